"""Summed up: assemblies and suppliers by their worst line, both regimes, and what to ask for first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from bomrisk.assessment import Assessment
from bomrisk.report.figures import UNKNOWN, grams
from bomrisk.report.labels import LineRef, named, references, several_sheets
from bomrisk.report.wording import (
    BANDS,
    Word,
    band_word,
    code_rank,
    code_word,
    stage_label,
)

ASSEMBLIES_SHOWN = 60
"""Assemblies listed, the highest of the tree first; all are in the JSON."""
SUPPLIERS_SHOWN = 30
MASSES_SHOWN = 24
REQUESTS_SHOWN = 8
"""Suppliers to ask first, each with its stages."""
STAGES_ASKED = 4
HEADS = {
    "US-DFARS-7018-A": ("7052", "until 2026-12-31"),
    "US-DFARS-7018-B": ("7052", "from 2027-01-01"),
    "US-DFARS-7003": ("7009", "specialty metals"),
}
"""Rules with a column of their own: the clause, and what tells it from its neighbour."""

HEADED = tuple(HEADS.values())


@dataclass(frozen=True, slots=True)
class Standing:
    """One rule over a group: its worst result, and on how many lines that stands."""

    word: Word
    lines: int


@dataclass(frozen=True, slots=True)
class AssemblyRow:
    """An assembly: its depth, worst band, lines per band, and how it stands under each shown rule."""

    ref: LineRef
    depth: int
    band: Word
    counts: tuple[tuple[Word, int], ...]
    standings: tuple[Standing | None, ...]


@dataclass(frozen=True, slots=True)
class SupplierRow:
    """A supplier under each shown rule."""

    name: str
    standings: tuple[Standing | None, ...]


@dataclass(frozen=True, slots=True)
class Overlap:
    """Materials that two rules see in one pair of ways, with the first line and both reasons."""

    head: tuple[str, str]
    word: Word
    word_7009: Word
    count: int
    ref: LineRef
    reason: str
    reason_7009: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A stage whose country would tell much: on how many lines, and how many bands it may move."""

    stage: str
    lines: int
    bands_moved: int


@dataclass(frozen=True, slots=True)
class Request:
    """A supplier to ask, with the stages that would tell most."""

    supplier: str
    stages: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class ElementMass:
    """An element of the program: its mass and what of it touched, in words."""

    element: str
    lines: int
    unknown: int
    mass: str
    touched: str


@dataclass(frozen=True, slots=True)
class Rollups:
    """The section; empty tuples where there is nothing to sum up."""

    heads: tuple[tuple[str, str], ...]
    """The head of each column of results."""
    deliveries: tuple[tuple[str, int], ...]
    assemblies: tuple[AssemblyRow, ...]
    assemblies_left: int
    suppliers: tuple[SupplierRow, ...]
    suppliers_left: int
    overlaps: tuple[Overlap, ...]
    requests: tuple[Request, ...]
    masses: tuple[ElementMass, ...]
    masses_left: int


def rollups_of(assessment: Assessment) -> Rollups:
    """The section of the assessment."""
    standings = assessment.sums.standings.filter(pl.col("rule").is_in(list(HEADS)))
    rules = tuple(rule for rule in HEADS if rule in set(standings["rule"]))
    said = assessment.sums.regimes["said"].value_counts(sort=True).sort("said")
    sides = said.sort("count", descending=True, maintain_order=True).rows()
    assemblies, assemblies_left = _assemblies(assessment, standings, rules)
    suppliers, suppliers_left = _suppliers(standings, rules)
    return Rollups(
        heads=tuple(HEADS[rule] for rule in rules),
        deliveries=tuple((text, count) for text, count in sides),
        assemblies=assemblies,
        assemblies_left=assemblies_left,
        suppliers=suppliers,
        suppliers_left=suppliers_left,
        overlaps=_overlaps(assessment),
        requests=_requests(assessment),
        masses=_masses(assessment),
        masses_left=max(0, assessment.sums.mass_at_risk.height - MASSES_SHOWN),
    )


def _worst(standings: pl.DataFrame, scope: str) -> dict[str, dict[str, Standing]]:
    """Group to rule to its worst result."""
    found: dict[str, dict[str, Standing]] = {}
    rows = standings.filter((pl.col("scope") == scope) & (pl.col("code") == pl.col("worst")))
    for group, rule, code, lines in rows.select("group", "rule", "code", "lines").iter_rows():
        found.setdefault(group, {})[rule] = Standing(code_word(code), lines)
    return found


def _columns(found: Mapping[str, Standing], rules: tuple[str, ...]) -> tuple[Standing | None, ...]:
    return tuple(found.get(rule) for rule in rules)


def _assemblies(
    assessment: Assessment, standings: pl.DataFrame, rules: tuple[str, ...]
) -> tuple[tuple[AssemblyRow, ...], int]:
    """The assemblies in the order of the tree, as many of its upper levels as fit."""
    lines = assessment.lines
    parents = lines["parent"].drop_nulls().unique()
    above = lines.filter(pl.col("line").is_in(parents.implode()))
    first = above.sort("level", "line", nulls_last=True).head(ASSEMBLIES_SHOWN).sort("line")
    refs = references(named(first), with_sheet=several_sheets(lines))
    bands = assessment.sums.assemblies.join(first.select("line"), on="line", how="semi")
    by_line = {row["line"]: row for row in bands.iter_rows(named=True)}
    results = _worst(standings, "assembly")
    lowest = first["level"].min() if first.height else 0
    depths = [(level or 0) - int(str(lowest or 0)) for level in first["level"].to_list()]
    rows = tuple(
        AssemblyRow(
            ref=ref,
            depth=min(depth, 6),
            band=band_word(by_line[ref.line]["band"]),
            counts=tuple((word, by_line[ref.line][name.lower()]) for name, word in BANDS.items()),
            standings=_columns(results.get(ref.line_id, {}), rules),
        )
        for ref, depth in zip(refs, depths, strict=True)
    )
    return rows, above.height - first.height


def _suppliers(
    standings: pl.DataFrame, rules: tuple[str, ...]
) -> tuple[tuple[SupplierRow, ...], int]:
    """The suppliers, those that stand worst first."""

    def order(item: tuple[str, dict[str, Standing]]) -> tuple[int, int, str]:
        name, found = item
        worst = min(found.values(), key=lambda one: (code_rank(one.word.code), -one.lines))
        return code_rank(worst.word.code), -worst.lines, name

    ranked = sorted(_worst(standings, "supplier").items(), key=order)
    shown = tuple(
        SupplierRow(name, _columns(found, rules)) for name, found in ranked[:SUPPLIERS_SHOWN]
    )
    return shown, len(ranked) - len(shown)


def _overlaps(assessment: Assessment) -> tuple[Overlap, ...]:
    """The pairs of results, those that differ first."""
    pairs = assessment.sums.overlaps
    rows = pairs.join(named(assessment.lines), on="line", how="left", maintain_order="left")
    refs = references(rows, with_sheet=several_sheets(assessment.lines))
    found = [
        Overlap(
            head=HEADS[row["rule"]],
            word=code_word(row["code"]),
            word_7009=code_word(row["code_7009"]),
            count=row["count"],
            ref=ref,
            reason=row["reason"] or "",
            reason_7009=row["reason_7009"] or "",
        )
        for ref, row in zip(refs, rows.iter_rows(named=True), strict=True)
    ]
    return tuple(
        sorted(
            found,
            key=lambda o: (
                o.word == o.word_7009,
                HEADED.index(o.head),
                code_rank(o.word.code),
                -o.count,
            ),
        )
    )


def _requests(assessment: Assessment) -> tuple[Request, ...]:
    """The suppliers in the order of their most telling stage."""
    asked: dict[str, list[Asked]] = {}
    rows = assessment.sums.next_evidence.select("supplier", "stage", "lines", "bands_moved")
    for supplier, stage, lines, moved in rows.iter_rows():
        name = supplier or "supplier not stated"
        asked.setdefault(name, []).append(Asked(stage_label(stage), lines, moved))
    return tuple(
        Request(name, tuple(stages[:STAGES_ASKED]))
        for name, stages in list(asked.items())[:REQUESTS_SHOWN]
    )


def _masses(assessment: Assessment) -> tuple[ElementMass, ...]:
    """The elements, the one of which most touched first."""
    ranked = assessment.sums.mass_at_risk.sort(
        "touched_mean_g", "element", descending=[True, False], nulls_last=True
    )
    return tuple(
        ElementMass(
            row["element"],
            row["lines"],
            row["lines_unknown"],
            _span(row["mass_low_g"], row["mass_likely_g"], row["mass_high_g"]),
            _span(row["touched_p05_g"], row["touched_mean_g"], row["touched_p95_g"]),
        )
        for row in ranked.head(MASSES_SHOWN).iter_rows(named=True)
    )


def _span(low: float | None, middle: float | None, high: float | None) -> str:
    if middle is None:
        return UNKNOWN
    if low is None or high is None or grams(low) == grams(high):
        return grams(middle)
    return f"{grams(middle)} ({grams(low)} to {grams(high)})"
