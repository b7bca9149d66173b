"""What the knowledge says about the materials found: cards, compositions, events, sources.

An assessment carries these with it, so that a report needs no knowledge and an auditor sees the
figures that were used, not those of a later edition.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl

from bomrisk.knowledge import Knowledge
from bomrisk.tables import CARDS, COMPOSITIONS, EVENTS, NOTES, SOURCES

AS_OF = "as-of date"
"""Kind of the notes on the day of the assessment."""

RARE_EARTHS = frozenset(
    [
        "La",
        "Ce",
        "Pr",
        "Nd",
        "Pm",
        "Sm",
        "Eu",
        "Gd",
        "Tb",
        "Dy",
        "Ho",
        "Er",
        "Tm",
        "Yb",
        "Lu",
        "Y",
        "Sc",
    ]
)
"""The lanthanides with yttrium and scandium: what an event means by REE."""


def day_notes(knowledge: Knowledge, as_of: date) -> pl.DataFrame:
    """A note where the as-of date lies outside the days that the knowledge speaks of; else none."""
    oldest = min(one.year[:4] for one in knowledge.share_sets() if one.year[:4].isdecimal())
    texts = []
    if as_of > knowledge.edition:
        texts.append(
            f"the as-of date {as_of} is later than the knowledge of {knowledge.edition}: what has"
            " changed since is not known"
        )
    if f"{as_of.year:04}" < oldest:
        texts.append(
            f"the as-of date {as_of} is earlier than the oldest shares, those of {oldest}: they are"
            " used all the same, and rules that ended before them are not held"
        )
    rows = [{**dict.fromkeys(NOTES.names), "kind": AS_OF, "text": text} for text in texts]
    return pl.DataFrame(rows, schema=NOTES.schema(), orient="row")


def cards_of(materials: pl.DataFrame, knowledge: Knowledge) -> pl.DataFrame:
    """A card per material found, by id."""
    found = [knowledge.materials[i] for i in sorted(materials["material_id"].unique().to_list())]
    rows = [
        (
            m.id,
            m.name,
            m.family,
            m.form,
            m.density_g_cm3,
            m.basis,
            m.evidence.value,
            ";".join(m.source_ids),
            m.note,
            m.origin,
        )
        for m in found
    ]
    return pl.DataFrame(rows, schema=CARDS.schema(), orient="row")


def compositions_of(cards: pl.DataFrame, knowledge: Knowledge) -> pl.DataFrame:
    """The composition of each card's material, in weight percent, greatest likely content first."""
    rows = [
        (
            material.id,
            part.element,
            part.low,
            part.likely,
            part.high,
            part.balance,
            material.evidence.value,
            ";".join(material.source_ids),
        )
        for material in (knowledge.materials[i] for i in cards["material_id"].to_list())
        for part in sorted(material.composition, key=lambda c: (-c.likely, c.element))
    ]
    return pl.DataFrame(rows, schema=COMPOSITIONS.schema(), orient="row")


def events_of(compositions: pl.DataFrame, knowledge: Knowledge) -> pl.DataFrame:
    """Events that name an element of the materials found, oldest first; REE is any rare earth."""
    found = set(compositions["element"].unique().to_list())
    rows = []
    for event in sorted(knowledge.events, key=lambda e: (e.date, e.title)):
        named: set[str] = set()
        for element in event.elements:
            named |= RARE_EARTHS if element == "REE" else {element}
        touched = sorted(found & named)
        if touched:
            rows.append(
                (
                    event.date.isoformat(),
                    event.kind,
                    event.title,
                    event.effect,
                    ";".join(event.countries),
                    ";".join(event.elements),
                    ";".join(touched),
                    ";".join(event.stages),
                    event.evidence.value,
                    ";".join(event.source_ids),
                )
            )
    return pl.DataFrame(rows, schema=EVENTS.schema(), orient="row")


def sources_of(frames: Sequence[pl.DataFrame], knowledge: Knowledge) -> pl.DataFrame:
    """Every source that one of the frames cites, by id."""
    cited: set[str] = set()
    for frame in frames:
        for ids in frame["source_ids"].drop_nulls().unique().to_list():
            cited.update(part for part in ids.split(";") if part)
    rows = [
        (s.id, s.title, s.publisher, s.year, s.locator, s.seen)
        for s in (knowledge.sources[i] for i in sorted(cited))
    ]
    return pl.DataFrame(rows, schema=SOURCES.schema(), orient="row")
