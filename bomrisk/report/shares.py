"""The steps of a supply case as bars: who does each stage, with range, year, grade and sources."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from bomrisk.assessment import Assessment
from bomrisk.report.countries import OTHER, country_name
from bomrisk.report.figures import index_interval, percent, percent_interval
from bomrisk.report.sources import Citation, SourceIndex
from bomrisk.report.wording import GRADES, Word, grade_word, stage_label
from bomrisk.tables import STAGES

COUNTRIES_NAMED = 5
"""Countries printed with their share; the rest are added up."""
_LEAST_NAMED = 0.005
_LEAST_DRAWN = 1.5
"""Percent of a bar below which neighbours of one kind are drawn as one piece; the words have them."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a bar, in percent of its length: a country, the rest, the remainder, or unknown."""

    start: float
    width: float
    kind: str
    """in-set, out, rest, remainder, unknown or declared."""
    title: str


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of one commodity: the bar, the same in words, and where the figures come from."""

    commodity: str
    label: str
    short: str
    segments: tuple[Segment, ...]
    words: tuple[str, ...]
    declared: bool
    unknown: bool
    year: str
    grade: Word
    """The weakest grade among the shares."""
    lead: Word
    """The grade of the greatest share."""
    citations: tuple[Citation, ...]
    notes: tuple[str, ...]
    touch: str
    least: float
    """Least probability of touch at this step, 0 where nothing is known."""
    hhi: str
    told_at: str = ""
    """Anchor of the card where the same figures stand in full; empty where they do so here."""


@dataclass(frozen=True, slots=True)
class Chain:
    """The steps of one commodity in order, with the bounds over all of them."""

    commodity: str
    name: str
    """The commodity as it is printed; a material that is its own commodity goes by its name."""
    touch: str
    steps: tuple[Step, ...]

    @property
    def worst(self) -> Step | None:
        """The step with the greatest least probability of touch; None if no step has figures."""
        known = [step for step in self.steps if not step.unknown]
        return max(known, key=lambda step: step.least, default=None)

    @property
    def weakest(self) -> Word:
        """The weakest grade among the figures of its steps; ungraded if it has none."""
        order = list(GRADES)
        codes = [step.grade.code for step in self.steps if step.grade.code in order]
        return grade_word(max(codes, key=order.index, default=None))

    @property
    def told_elsewhere(self) -> str:
        """Anchor of the one card that has every step of this chain in full; empty if none has."""
        places = {step.told_at for step in self.steps}
        return places.pop() if len(places) == 1 else ""


Row = dict[str, Any]
"""A row of `steps` or `exposures`, by column."""


@dataclass(frozen=True, slots=True)
class CaseRows:
    """The steps and exposures of one supply case, and the countries whose touch is traced."""

    steps: list[Row]
    exposures: list[Row]
    country_set: frozenset[str]
    names: dict[str, str]


def rows_by_case(assessment: Assessment, cases: list[int]) -> dict[int, CaseRows]:
    """The rows of the cases, each frame read once."""
    country_set = frozenset(assessment.meta.country_set)
    names = dict(assessment.cards.select("material_id", "name").iter_rows())
    found = {case: CaseRows([], [], country_set, names) for case in cases}
    chosen = pl.col("case").is_in(cases)
    for row in assessment.steps.filter(chosen).iter_rows(named=True):
        found[row["case"]].steps.append(row)
    for row in assessment.exposures.filter(chosen).iter_rows(named=True):
        found[row["case"]].exposures.append(row)
    return found


def chains_of(case: CaseRows, sources: SourceIndex) -> tuple[Chain, ...]:
    """The chains of a case: commodities in the order of its steps, stages in that of the process."""
    order = {stage: place for place, stage in enumerate(STAGES)}
    groups: dict[str, dict[str, list[Row]]] = {}
    for row in case.steps:
        groups.setdefault(row["commodity"], {}).setdefault(row["stage"], []).append(row)
    exposed = {(row["commodity"], row["stage"]): row for row in case.exposures}
    return tuple(
        Chain(
            commodity=commodity,
            name=case.names.get(commodity, commodity),
            touch=_exposure(exposed.get((commodity, None)))[0],
            steps=tuple(
                _step(stages[stage], exposed.get((commodity, stage)), case.country_set, sources)
                for stage in sorted(stages, key=lambda stage: order.get(stage, len(order)))
            ),
        )
        for commodity, stages in groups.items()
    )


def told_once(chains: tuple[Chain, ...], anchor: str, told: dict[object, str]) -> tuple[Chain, ...]:
    """The chains with `told_at` set on steps whose figures already stand in another card.

    `told` keeps what was told where; it is filled as the cards are made, in their order.
    """
    return tuple(
        replace(
            chain,
            steps=tuple(
                step
                if told.setdefault(key := (step.commodity, step.label, step.words), anchor)
                == anchor
                else replace(step, told_at=told[key])
                for step in chain.steps
            ),
        )
        for chain in chains
    )


def _exposure(row: Row | None) -> tuple[str, str]:
    """Bounds of the touch and of the HHI, in words; empty where the scope has none."""
    if row is None:
        return "", ""
    hhi = "" if row["hhi_low"] is None else index_interval(row["hhi_low"], row["hhi_high"])
    return percent_interval(row["low"], row["high"]), hhi


def _step(
    part: list[Row], exposed: Row | None, country_set: frozenset[str], sources: SourceIndex
) -> Step:
    touch, hhi = _exposure(exposed)
    rows = [row for row in part if row["country"] is not None and row["share"] is not None]
    rows.sort(key=lambda row: (row["country"] == OTHER, -row["share"], row["country"]))
    declared = any(row["declared"] for row in part)
    seen = {row["evidence"] for row in part}
    grades = [grade for grade in GRADES if grade in seen]
    return Step(
        commodity=part[0]["commodity"],
        label=stage_label(part[0]["stage"]),
        short=part[0]["stage"],
        segments=_segments(rows, country_set, declared=declared),
        words=_words(rows, declared=declared),
        declared=declared,
        unknown=not rows,
        year=", ".join(sorted({row["year"] for row in part if row["year"]})),
        grade=grade_word(grades[-1] if grades else None),
        lead=grade_word(rows[0]["evidence"] if rows else None),
        citations=sources.cite(*(row["source_ids"] for row in part)),
        notes=tuple(dict.fromkeys(row["note"] for row in part if row["note"])),
        touch=touch,
        least=(exposed or {}).get("low") or 0.0,
        hhi=hhi,
    )


def _segments(
    rows: list[Row], country_set: frozenset[str], *, declared: bool
) -> tuple[Segment, ...]:
    segments: list[Segment] = []
    start = 0.0
    for row in rows:
        country, share = row["country"], row["share"]
        width = min(100.0 - start, 100.0 * share)
        inside = "in-set" if country in country_set else "out"
        kind = "remainder" if country == OTHER else f"{'declared-' if declared else ''}{inside}"
        last = segments[-1] if segments else None
        if last and last.kind == kind and max(width, last.width) < _LEAST_DRAWN:
            segments[-1] = replace(last, width=round(start + width - last.start, 1), title="")
        else:
            title = f"{country_name(country)} {percent(share)}"
            segments.append(Segment(round(start, 1), round(width, 1), kind, title))
        start += width
    if start < 99.0:
        title = f"unknown {percent(1 - start / 100)}"
        segments.append(Segment(round(start, 1), round(100 - start, 1), "unknown", title))
    return tuple(segments)


def _words(rows: list[Row], *, declared: bool) -> tuple[str, ...]:
    """The shares in words, greatest first, ranges where a source gives them."""
    if not rows:
        return ("no figures known: counted from 0 to 100 %",)
    words = []
    countries = [row for row in rows if row["country"] != OTHER]
    named = [row for row in countries if row["share"] >= _LEAST_NAMED][:COUNTRIES_NAMED]
    for row in named:
        text = f"{country_name(row['country'])} {percent(row['share'])}"
        spread = percent_interval(row["share_low"], row["share_high"])
        if not declared and row["share_low"] is not None and spread != percent(row["share"]):
            text += f" ({spread})"
        words.append(f"declared: {text}" if declared else text)
    left = len(countries) - len(named)
    if left:
        share = sum(row["share"] for row in countries) - sum(row["share"] for row in named)
        words.append(f"{left} more {percent(max(0.0, share))}")
    remainder = sum(row["share"] for row in rows if row["country"] == OTHER)
    if remainder:
        words.append(f"not allocated {percent(remainder)}")
    return tuple(words)
