"""Findings grouped by rule: which lines stand how, under which paragraph, why, and what proof is missing."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from bomrisk.assessment import Assessment
from bomrisk.report.labels import LineRef, named, references, several_sheets
from bomrisk.report.summary import Bar, dated_first
from bomrisk.report.wording import (
    CODES,
    RuleTitle,
    Word,
    code_rank,
    code_word,
    common_ending,
    facts_words,
    is_open,
    period,
    rule_title,
    split_list,
    without_ending,
)

GROUPS_SHOWN = 60
"""Groups of findings printed per rule; the table of lines has every finding."""
FAILING_SHOWN = 25
"""Lines named in a group that fails, with the facts used."""
REFS_SHOWN = 6
"""Lines named in other groups."""

_GROUP = ("code", "paragraph", "reason", "missing", "inferred")


@dataclass(frozen=True, slots=True)
class JudgedLine:
    """A line of a group with its materials, and the facts used where it fails."""

    ref: LineRef
    materials: tuple[str, ...]
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
    decides: bool
    """Whether it decides delivery; the other rules inform."""
    title: RuleTitle
    period: str
    bars: tuple[Bar, ...]
    groups: tuple[Group, ...]
    minor: tuple[Group, ...]
    groups_left: int
    ending: str
    """What every open finding of the rule ends with, said once."""


def findings_of(assessment: Assessment) -> tuple[RuleFindings, ...]:
    """The findings by rule: first the rules that decide delivery, in the order of the answer."""
    findings = assessment.findings
    if findings.is_empty():
        return ()
    deciding = dated_first(assessment.answer.regimes, assessment.meta.as_of)
    order = {
        (regime.rule, regime.effective_from, regime.effective_to): place
        for place, regime in enumerate(deciding)
    }
    rules = (
        findings.select("rule", "effective_from", "effective_to")
        .unique()
        .sort("rule", "effective_from", "effective_to", nulls_last=True)
    )
    found = sorted(rules.iter_rows(), key=lambda rule: order.get(rule, len(order)))
    return tuple(
        _rule(assessment, number, rule, decides=rule in order)
        for number, rule in enumerate(found, 1)
    )


def _rule(
    assessment: Assessment, number: int, rule: tuple[str, str, str | None], *, decides: bool
) -> RuleFindings:
    rule_id, start, end = rule
    judged = assessment.findings.filter(
        (pl.col("rule") == rule_id)
        & pl.col("effective_from").eq_missing(pl.lit(start))
        & pl.col("effective_to").eq_missing(pl.lit(end, dtype=pl.String))
    )
    counts = dict(judged.group_by("code").agg(pl.col("line").n_unique()).iter_rows())
    longest = max(counts.values(), default=0) or 1
    groups = _groups(judged)
    shown = groups[:GROUPS_SHOWN]
    listed = _listed(assessment, judged, shown)
    ending = common_ending([str(g["reason"] or "") for g in groups if is_open(str(g["code"]))])
    built = [_group(group, listed.get(place, ()), ending) for place, group in enumerate(shown)]
    return RuleFindings(
        anchor=f"rule-{number}",
        rule=rule_id,
        decides=decides,
        title=rule_title(rule_id),
        period=period(start or "", end, assessment.meta.as_of),
        bars=tuple(
            Bar(CODES[code], counts[code], 100 * counts[code] / longest)
            for code in CODES
            if code in counts
        ),
        groups=tuple(g for g in built if is_open(g.word.code)),
        minor=tuple(g for g in built if not is_open(g.word.code)),
        groups_left=len(groups) - len(shown),
        ending=ending,
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
    names = assessment.cards.select("material_id", "name")
    failing = pl.col("code") == "FAIL"
    rows = (
        judged.join(places.with_row_index("place"), on=list(_GROUP), how="inner", nulls_equal=True)
        .join(names, on="material_id", how="left")
        .with_columns(pl.coalesce("name", "material_id"))
        .sort("place", "line", "material_id")
        .group_by("place", "code", "line", maintain_order=True)
        .agg(
            materials=pl.col("name"), facts=pl.col("facts").drop_nulls().unique(maintain_order=True)
        )
        .filter(
            pl.int_range(pl.len()).over("place")
            < pl.when(failing).then(FAILING_SHOWN).otherwise(REFS_SHOWN)
        )
        .join(named(assessment.lines), on="line", how="left", maintain_order="left")
    )
    refs = references(rows, with_sheet=several_sheets(assessment.lines))
    listed: dict[int, tuple[JudgedLine, ...]] = {}
    for ref, row in zip(refs, rows.iter_rows(named=True), strict=True):
        facts = facts_words(";".join(row["facts"])) if row["code"] == "FAIL" else ""
        line = JudgedLine(ref, tuple(row["materials"]), facts)
        listed[row["place"]] = (*listed.get(row["place"], ()), line)
    return listed


def _group(row: dict[str, object], shown: tuple[JudgedLine, ...], ending: str) -> Group:
    return Group(
        word=code_word(str(row["code"])),
        paragraph=str(row["paragraph"] or ""),
        reason=without_ending(str(row["reason"] or ""), ending),
        missing=tuple(split_list(str(row["missing"] or ""))),
        inferred=bool(row["inferred"]),
        lines=int(str(row["lines"])),
        shown=shown,
    )
