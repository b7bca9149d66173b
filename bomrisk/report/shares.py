"""The steps of a supply case as bars: who does each stage, with range, year, grade and sources."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from bomrisk.report.countries import OTHER, country_name
from bomrisk.report.figures import index_interval, percent, percent_interval
from bomrisk.report.sources import Citation, SourceIndex
from bomrisk.report.wording import GRADES, Word, grade_word, stage_label
from bomrisk.tables import STAGES

COUNTRIES_NAMED = 5
"""Countries printed with their share; the rest are added up."""
_LEAST_NAMED = 0.005


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
    segments: tuple[Segment, ...]
    words: tuple[str, ...]
    declared: bool
    unknown: bool
    year: str
    grade: Word
    citations: tuple[Citation, ...]
    notes: tuple[str, ...]
    touch: str
    hhi: str


@dataclass(frozen=True, slots=True)
class Chain:
    """The steps of one commodity in order, with the bounds over all of them."""

    commodity: str
    touch: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class CaseFrames:
    """The steps and exposures of one supply case, and the countries whose touch is traced."""

    steps: pl.DataFrame
    exposures: pl.DataFrame
    country_set: frozenset[str]


def chains_of(case: CaseFrames, sources: SourceIndex) -> tuple[Chain, ...]:
    """The chains of a case: commodities in the order of its steps, stages in the order of the process."""
    order = {stage: place for place, stage in enumerate(STAGES)}
    chains = []
    for (commodity,), group in case.steps.group_by(["commodity"], maintain_order=True):
        stages = [
            (str(stage), part)
            for (stage,), part in group.group_by(["stage"], maintain_order=True)
        ]
        stages.sort(key=lambda item: order.get(item[0], len(order)))
        chains.append(
            Chain(
                commodity=str(commodity),
                touch=_exposure(case.exposures, str(commodity), None)[0],
                steps=tuple(
                    _step(str(commodity), stage, part, case, sources) for stage, part in stages
                ),
            )
        )
    return tuple(chains)


def _exposure(exposures: pl.DataFrame, commodity: str, stage: str | None) -> tuple[str, str]:
    """Bounds of the touch and of the HHI of a step, or of a whole commodity if the stage is None."""
    at = pl.col("stage").is_null() if stage is None else pl.col("stage") == stage
    found = exposures.filter((pl.col("commodity") == commodity) & at)
    if found.is_empty():
        return "", ""
    row = found.row(0, named=True)
    hhi = "" if row["hhi_low"] is None else index_interval(row["hhi_low"], row["hhi_high"])
    return percent_interval(row["low"], row["high"]), hhi


def _step(
    commodity: str, stage: str, part: pl.DataFrame, case: CaseFrames, sources: SourceIndex
) -> Step:
    touch, hhi = _exposure(case.exposures, commodity, stage)
    rows = part.filter(pl.col("country").is_not_null() & pl.col("share").is_not_null()).sort(
        [pl.col("country") == OTHER, -pl.col("share"), pl.col("country")]
    )
    declared = bool(part["declared"].fill_null(value=False).any())
    grades = [grade for grade in GRADES if grade in part["evidence"].to_list()]
    unknown = rows.is_empty()
    return Step(
        commodity=commodity,
        label=stage_label(stage),
        segments=_segments(rows, case.country_set, declared=declared),
        words=_words(rows, declared=declared),
        declared=declared,
        unknown=unknown,
        year=", ".join(sorted({y for y in part["year"].drop_nulls().to_list() if y})),
        grade=grade_word(grades[-1] if grades else None),
        citations=sources.cite(*part["source_ids"].to_list()),
        notes=tuple(dict.fromkeys(n for n in part["note"].drop_nulls().to_list() if n)),
        touch=touch,
        hhi=hhi,
    )


def _segments(
    rows: pl.DataFrame, country_set: frozenset[str], *, declared: bool
) -> tuple[Segment, ...]:
    segments = []
    start = 0.0
    for country, share in rows.select("country", "share").iter_rows():
        width = min(100.0 - start, 100.0 * share)
        kind = (
            "remainder"
            if country == OTHER
            else f"{'declared-' if declared else ''}{'in-set' if country in country_set else 'out'}"
        )
        title = f"{country_name(country)} {percent(share)}"
        segments.append(Segment(round(start, 2), round(width, 2), kind, title))
        start += width
    if start < 99.0:
        title = f"unknown {percent(1 - start / 100)}"
        segments.append(Segment(round(start, 2), round(100 - start, 2), "unknown", title))
    return tuple(segments)


def _words(rows: pl.DataFrame, *, declared: bool) -> tuple[str, ...]:
    """The shares in words, greatest first, ranges where a source gives them."""
    if rows.is_empty():
        return ("no figures known: counted from 0 to 100 %",)
    words = []
    named = rows.filter((pl.col("country") != OTHER) & (pl.col("share") >= _LEAST_NAMED))
    for row in named.head(COUNTRIES_NAMED).iter_rows(named=True):
        text = f"{country_name(row['country'])} {percent(row['share'])}"
        spread = percent_interval(row["share_low"], row["share_high"])
        if not declared and row["share_low"] is not None and spread != percent(row["share"]):
            text += f" ({spread})"
        words.append(f"declared: {text}" if declared else text)
    rest = rows.filter(pl.col("country") != OTHER)
    left = rest.height - min(named.height, COUNTRIES_NAMED)
    if left > 0:
        share = rest["share"].sum() - named.head(COUNTRIES_NAMED)["share"].sum()
        words.append(f"{left} more {percent(max(0.0, share))}")
    remainder = rows.filter(pl.col("country") == OTHER)["share"].sum()
    if remainder:
        words.append(f"not allocated {percent(remainder)}")
    return tuple(words)
