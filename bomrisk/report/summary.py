"""The first screen: may it be delivered, what blocks it, what is missing and from whom, and the counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import polars as pl

from bomrisk.assessment import Answer, Assessment, RegimeAnswer
from bomrisk.report.countries import listed
from bomrisk.report.figures import counted
from bomrisk.report.labels import LineRef, named, references, several_sheets
from bomrisk.report.wording import (
    BANDS,
    CODES,
    HEADLINES,
    RuleTitle,
    Word,
    common_ending,
    is_open,
    period,
    rule_title,
    spoken_period,
    stated_words,
    without_ending,
)

FAILS_SHOWN = 6
"""Failing lines on the first screen; the section on findings has them all."""
OWED_SHOWN = 8
REFS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a picture: its word, its count, and its share of the longest bar, 0 to 100."""

    word: Word
    count: int
    width: float


@dataclass(frozen=True, slots=True)
class Regime:
    """One dated rule as a card: when, which, the verdict in a sentence, and the counts of lines."""

    heading: str
    title: RuleTitle
    headline: Word
    sentence: str
    bars: tuple[Bar, ...]
    applies: bool
    """Whether it is in force on the day of delivery, if that is set; true if delivery is open."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a line fails one rule: when, which paragraph, and the sentence."""

    period: str
    paragraph: str
    text: str


@dataclass(frozen=True, slots=True)
class Failing:
    """A material of a line that fails: where its steps were done and who says so, and a reason per rule."""

    ref: LineRef
    material: str
    stated: str
    inferred: bool
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Owing:
    """What one supplier owes: on how many lines, which stages, and the first of the lines."""

    supplier: str
    lines: int
    missing: tuple[str, ...]
    refs: tuple[LineRef, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """Everything on the first screen."""

    question: str
    headline: Word
    sentence: str
    regimes: tuple[Regime, ...]
    failing: tuple[Failing, ...]
    failing_lines: int
    owing: tuple[Owing, ...]
    owing_lines: int
    owing_suppliers_more: bool
    bands: tuple[Bar, ...]
    rows_read: int
    lines: int
    excluded: int
    excluded_reasons: tuple[tuple[str, int], ...]
    with_material: int
    inferred_only: int
    without_material: int
    countries: str


def summary_of(assessment: Assessment) -> Summary:
    """The first screen of the assessment."""
    answer, meta = assessment.answer, assessment.meta
    longest = max((n for regime in answer.regimes for n in regime.codes.values()), default=0)
    counts = (
        assessment.excluded.group_by("reason")
        .len()
        .sort(["len", "reason"], descending=[True, False])
    )
    return Summary(
        question=_question(assessment),
        headline=HEADLINES[answer.verdict],
        sentence=_overall_sentence(answer),
        regimes=tuple(
            _regime(regime, assessment, longest)
            for regime in dated_first(answer.regimes, meta.as_of)
        ),
        failing=failing(assessment, FAILS_SHOWN),
        failing_lines=answer.blocking_lines,
        owing=_owing(assessment),
        owing_lines=answer.owing_lines,
        owing_suppliers_more=len(answer.owed) > OWED_SHOWN,
        bands=_bars({BANDS[band]: n for band, n in answer.bands.items() if band in BANDS}),
        rows_read=answer.rows_read,
        lines=answer.lines,
        excluded=answer.excluded,
        excluded_reasons=tuple(
            zip(counts["reason"].to_list(), counts["len"].to_list(), strict=True)
        ),
        with_material=answer.lines_with_material,
        inferred_only=answer.lines_with_inferred_only,
        without_material=answer.lines - answer.lines_with_material,
        countries=listed(meta.country_set),
    )


def _question(assessment: Assessment) -> str:
    delivery = assessment.meta.delivery
    if delivery:
        return f"May it be delivered on {delivery.isoformat()}?"
    return "May it be delivered? The date is open, so each regime is answered."


def _overall_sentence(answer: Answer) -> str:
    sentences = {
        "blocked": f"{counted(answer.blocking_lines, 'line')} must not be delivered as declared"
        + ("." if answer.delivery else ", under one regime at least."),
        "not proven": f"No line is known to fail, but {counted(answer.owing_lines, 'line')}"
        " must not be delivered until the proof is in.",
        "review": "No line is known to fail; a person must decide the open ones.",
        "clear": "Every covered line passes or is exempt, as declared.",
        "nothing covered": "No covered material was recognized. That is no proof of absence:"
        " see what was not understood.",
    }
    return sentences[answer.verdict]


def dated_first(regimes: Iterable[RegimeAnswer], as_of: date) -> list[RegimeAnswer]:
    """The rules that begin or end at a known date, then the others: the answer turns on the dates."""
    today = as_of.isoformat()
    return sorted(
        regimes,
        key=lambda r: (
            r.effective_to is None and r.effective_from <= today,
            r.effective_from,
            r.rule,
        ),
    )


def _regime(regime: RegimeAnswer, assessment: Assessment, longest: int) -> Regime:
    delivery = assessment.meta.delivery
    return Regime(
        heading=spoken_period(regime.effective_from, regime.effective_to, assessment.meta.as_of),
        title=rule_title(regime.rule),
        headline=HEADLINES[regime.verdict],
        sentence=_regime_sentence(regime.codes),
        bars=_bars(
            {CODES[code]: regime.codes[code] for code in CODES if code in regime.codes}, longest
        ),
        applies=delivery is None or regime.applies_on(delivery),
    )


def _regime_sentence(codes: dict[str, int]) -> str:
    said = []
    if fails := codes.get("FAIL", 0):
        said.append(f"{counted(fails, 'line fails', 'lines fail')}")
    if missing := codes.get("INCOMPLETE", 0):
        said.append(f"{counted(missing, 'line lacks', 'lines lack')} proof")
    if review := codes.get("REVIEW", 0) + codes.get("WATCH", 0):
        said.append(f"{counted(review, 'line needs', 'lines need')} a decision")
    if passing := codes.get("PASS", 0) + codes.get("EXEMPT", 0):
        said.append(f"{counted(passing, 'line is', 'lines are')} shown to be fine")
    return "; ".join(said) + "." if said else "No line holds a material that this rule covers."


def _bars(counts: dict[Word, int], longest: int = 0) -> tuple[Bar, ...]:
    """Bars of counts; pictures that stand side by side share the count of the longest bar."""
    longest = max((longest, *counts.values())) or 1
    return tuple(Bar(word, n, 100 * n / longest) for word, n in counts.items())


def deciding(assessment: Assessment) -> pl.DataFrame:
    """The findings of the rules that decide delivery: those that the answer counts."""
    rules = [regime.rule for regime in assessment.answer.regimes]
    return assessment.findings.filter(pl.col("rule").is_in(rules))


def failing(assessment: Assessment, shown: int) -> tuple[Failing, ...]:
    """The first failing (line, material) pairs: earliest regime first, then in the order of the BOM."""
    decided = deciding(assessment)
    fails = decided.filter(pl.col("code") == "FAIL")
    if fails.is_empty():
        return ()
    pairs = (
        fails.group_by("line", "material_id")
        .agg(first=pl.col("effective_from").min(), inferred=pl.col("inferred").any())
        .sort("first", "line", "material_id")
        .head(shown)
    )
    pairs = pairs.join(
        assessment.cards.select("material_id", "name"),
        on="material_id",
        how="left",
        maintain_order="left",
    ).join(named(assessment.lines), on="line", how="left", maintain_order="left")
    refs = references(pairs, with_sheet=several_sheets(assessment.lines))
    endings = {
        str(rule): common_ending(part["reason"].drop_nulls().unique().sort().to_list())
        for (rule,), part in decided.filter(
            pl.col("code").is_in([code for code in CODES if is_open(code)])
        ).group_by(["rule"], maintain_order=True)
    }
    said = []
    for ref, row in zip(refs, pairs.iter_rows(named=True), strict=True):
        judged = fails.filter(
            (pl.col("line") == row["line"]) & (pl.col("material_id") == row["material_id"])
        ).sort("effective_from", "rule")
        said.append(
            Failing(
                ref=ref,
                material=row["name"] or row["material_id"],
                stated=stated_words("; ".join(judged["facts"].drop_nulls().to_list())),
                inferred=bool(row["inferred"]),
                reasons=_reasons(judged, assessment, endings),
            )
        )
    return tuple(said)


def _reasons(
    judged: pl.DataFrame, assessment: Assessment, endings: dict[str, str]
) -> tuple[Reason, ...]:
    """A reason per rule; rules that say the same words share one line."""
    merged: dict[str, tuple[list[str], list[str]]] = {}
    for row in judged.iter_rows(named=True):
        when = period(row["effective_from"], row["effective_to"], assessment.meta.as_of)
        text = without_ending(row["reason"] or "", endings.get(row["rule"], ""))
        periods, paragraphs = merged.setdefault(text, ([], []))
        periods.append(when)
        paragraphs.append(row["paragraph"] or "")
    return tuple(
        Reason(" and ".join(dict.fromkeys(periods)), "; ".join(dict.fromkeys(paragraphs)), text)
        for text, (periods, paragraphs) in merged.items()
    )


def _owing(assessment: Assessment) -> tuple[Owing, ...]:
    owed = assessment.answer.owed[:OWED_SHOWN]
    wanted = [line_id for item in owed for line_id in item.line_ids[:REFS_SHOWN]]
    found = assessment.lines.filter(pl.col("line_id").is_in(wanted))
    refs = {
        ref.line_id: ref
        for ref in references(named(found), with_sheet=several_sheets(assessment.lines))
    }
    return tuple(
        Owing(
            supplier=item.supplier,
            lines=item.lines,
            missing=item.missing,
            refs=tuple(refs[i] for i in item.line_ids[:REFS_SHOWN] if i in refs),
        )
        for item in owed
    )
