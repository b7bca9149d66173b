"""Findings grouped by rule: which lines stand how, under which paragraph, why, and what proof is missing."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from bomrisk.assessment import Assessment
from bomrisk.report.labels import LineRef, named, references, several_sheets
from bomrisk.report.summary import Bar
from bomrisk.report.wording import (
    CODES,
    RuleTitle,
    Word,
    code_rank,
    code_word,
    period,
    rule_title,
    split_list,
)

GROUPS_SHOWN = 60
"""Groups of findings printed per rule; the table of lines has every finding."""
REFS_SHOWN = 25
"""Lines named per group."""

_GROUP = ("code", "paragraph", "reason", "missing", "inferred")


@dataclass(frozen=True, slots=True)
class JudgedLine:
    """A line of a group with the facts that the judgement used."""

    ref: LineRef
    material: str
    facts: str


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that one rule judges alike: result, paragraph, reason, and the proof they lack."""

    word: Word
    paragraph: str
    reason: str
    missing: tuple[str, ...]
    inferred: bool
    lines: int
    shown: tuple[JudgedLine, ...]


@dataclass(frozen=True, slots=True)
class RuleFindings:
    """One rule with its groups, worst first; `minor` are groups that block nothing."""

    anchor: str
    rule: str
    title: RuleTitle
    period: str
    bars: tuple[Bar, ...]
    groups: tuple[Group, ...]
    minor: tuple[Group, ...]
    groups_left: int


def findings_of(assessment: Assessment) -> tuple[RuleFindings, ...]:
    """The findings by rule, earliest rule first."""
    findings = assessment.findings
    if findings.is_empty():
        return ()
    rules = (
        findings.select("rule", "effective_from", "effective_to")
        .unique()
        .sort("effective_from", "rule", "effective_to", nulls_last=True)
    )
    return tuple(
        _rule(assessment, number, row) for number, row in enumerate(rules.iter_rows(named=True), 1)
    )


def _rule(assessment: Assessment, number: int, row: dict[str, str]) -> RuleFindings:
    judged = assessment.findings.filter(
        (pl.col("rule") == row["rule"])
        & pl.col("effective_from").eq_missing(pl.lit(row["effective_from"]))
        & pl.col("effective_to").eq_missing(pl.lit(row["effective_to"]))
    )
    counts = dict(judged.group_by("code").agg(pl.col("line").n_unique()).iter_rows())
    longest = max(counts.values(), default=0) or 1
    groups = _groups(judged)
    shown = groups[:GROUPS_SHOWN]
    listed = _listed(assessment, judged, shown)
    built = [_group(group, listed.get(place, ())) for place, group in enumerate(shown)]
    return RuleFindings(
        anchor=f"rule-{number}",
        rule=row["rule"],
        title=rule_title(row["rule"]),
        period=period(row["effective_from"], row["effective_to"], assessment.meta.as_of),
        bars=tuple(
            Bar(CODES[code], counts[code], 100 * counts[code] / longest)
            for code in CODES
            if code in counts
        ),
        groups=tuple(g for g in built if g.word.tone not in ("low", "plain")),
        minor=tuple(g for g in built if g.word.tone in ("low", "plain")),
        groups_left=len(groups) - len(shown),
    )


def _groups(judged: pl.DataFrame) -> list[dict[str, object]]:
    grouped = judged.group_by(_GROUP).agg(
        lines=pl.col("line").n_unique(), first=pl.col("line").min()
    )
    rows = list(grouped.iter_rows(named=True))
    rows.sort(
        key=lambda g: (
            code_rank(g["code"]),
            bool(g["inferred"]),
            -g["lines"],
            g["first"],
            g["paragraph"] or "",
            g["reason"] or "",
            g["missing"] or "",
        )
    )
    return rows


def _listed(
    assessment: Assessment, judged: pl.DataFrame, groups: list[dict[str, object]]
) -> dict[int, tuple[JudgedLine, ...]]:
    """The first lines of each group, by the group's place."""
    if not groups:
        return {}
    schema = {name: judged.schema[name] for name in _GROUP}
    places = pl.DataFrame([{k: g[k] for k in _GROUP} for g in groups], schema=schema)
    rows = (
        judged.join(places.with_row_index("place"), on=list(_GROUP), how="inner", nulls_equal=True)
        .sort("place", "line", "material_id")
        .group_by("place", maintain_order=True)
        .head(REFS_SHOWN)
        .select("place", "line", "facts", "material_id")
        .join(
            assessment.cards.select("material_id", "name"),
            on="material_id",
            how="left",
            maintain_order="left",
        )
        .join(named(assessment.lines), on="line", how="left", maintain_order="left")
    )
    refs = references(rows, with_sheet=several_sheets(assessment.lines))
    listed: dict[int, tuple[JudgedLine, ...]] = {}
    for ref, row in zip(refs, rows.iter_rows(named=True), strict=True):
        line = JudgedLine(ref, row["name"] or row["material_id"] or "", row["facts"] or "")
        listed[row["place"]] = (*listed.get(row["place"], ()), line)
    return listed


def _group(row: dict[str, object], shown: tuple[JudgedLine, ...]) -> Group:
    return Group(
        word=code_word(str(row["code"])),
        paragraph=str(row["paragraph"] or ""),
        reason=str(row["reason"] or ""),
        missing=tuple(split_list(str(row["missing"] or ""))),
        inferred=bool(row["inferred"]),
        lines=int(str(row["lines"])),
        shown=shown,
    )
