"""Every line as the page shows it: which lines, in which order, and the static table of the worst."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from bomrisk.assessment import Assessment, RegimeAnswer
from bomrisk.report.figures import percent_interval, quantity
from bomrisk.report.labels import LineRef, named, references, several_sheets
from bomrisk.report.summary import dated_first
from bomrisk.report.wording import BANDS, CODES, Word, band_word, code_word, period, rule_title

FULL_TABLE = 100_000
"""Up to so many lines the page holds all of them."""
WORST_SHOWN = 5_000
"""Above that it holds this many, the worst."""
STATIC_ROWS = 500
"""Lines of the static table, for print and for readers without script."""
MATERIALS_SHOWN = 3
REASONS_SHOWN = 2
"""What of a line the static table prints; the details of the line have all."""
RULES_SHOWN = 3
"""Rules with a column of their own; with more, one column shows the worst result of all."""


@dataclass(frozen=True, slots=True)
class RuleColumn:
    """A column with a line's worst result under one rule."""

    rule: str
    effective_from: str
    effective_to: str | None
    label: str


@dataclass(frozen=True, slots=True)
class StaticMaterial:
    """A material of a line as printed."""

    name: str
    told: str
    """How it is known where no text of the line names it: inferred, declared or decided; else empty."""


@dataclass(frozen=True, slots=True)
class StaticLine:
    """A line of the static table."""

    ref: LineRef
    quantity: str
    materials: tuple[StaticMaterial, ...]
    materials_left: int
    touch: str
    band: Word
    reasons: tuple[str, ...]
    results: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How each line stands: columns line, band, probability, reasons, touch_low, touch_high, result_n."""

    frame: pl.DataFrame
    rules: tuple[RuleColumn, ...]


def standing_of(assessment: Assessment) -> Standing:
    """Band, touch and results of every line, worst first."""
    rules = _rules(assessment)
    overall = (
        assessment.scores.filter(pl.col("indicator") == "overall")
        .select("line", "band", "reasons", probability="band_probability")
        .unique(subset="line", keep="first", maintain_order=True)
    )
    frame = (
        assessment.lines.select("line")
        .join(overall, on="line", how="left", maintain_order="left")
        .join(_touch(assessment), on="line", how="left", maintain_order="left")
    )
    for place, rule in enumerate(rules):
        frame = frame.join(
            _results(assessment, rule, place), on="line", how="left", maintain_order="left"
        )
    worst = (
        pl.min_horizontal(*(f"result_{i}" for i in range(len(rules))))
        if rules
        else pl.lit(len(CODES))
    )
    return Standing(_sorted(frame, worst), rules)


def _sorted(frame: pl.DataFrame, worst: pl.Expr) -> pl.DataFrame:
    """Worst first: a failing line, then by band, result, least touch, and place in the BOM."""
    bands = list(BANDS)
    rank = (
        pl.col("band")
        .fill_null("Unknown")
        .replace_strict(
            bands,
            list(range(len(bands))),
            default=bands.index("Unknown"),
            return_dtype=pl.Int8,
        )
    )
    return frame.with_columns(band_rank=rank, worst=worst.fill_null(len(CODES)).cast(pl.Int8)).sort(
        pl.col("worst") != 0,
        "band_rank",
        "worst",
        "touch_low",
        "line",
        descending=[False, False, False, True, False],
        nulls_last=True,
    )


def _rules(assessment: Assessment) -> tuple[RuleColumn, ...]:
    regimes = assessment.answer.regimes
    if len(regimes) > RULES_SHOWN:
        return (RuleColumn("", "", None, "Worst result"),)
    return tuple(
        RuleColumn(
            regime.rule,
            regime.effective_from,
            regime.effective_to,
            _column_label(regime, assessment.meta.as_of),
        )
        for regime in dated_first(regimes, assessment.meta.as_of)
    )


def _column_label(regime: RegimeAnswer, as_of: date) -> str:
    """The days on which the rule applies; for one in force without an end, what it is about."""
    words = period(regime.effective_from, regime.effective_to, as_of)
    return rule_title(regime.rule).short if words == "in force" else words


def _results(assessment: Assessment, rule: RuleColumn, place: int) -> pl.DataFrame:
    findings = assessment.findings
    if rule.rule:
        findings = findings.filter(
            (pl.col("rule") == rule.rule)
            & (pl.col("effective_from") == rule.effective_from)
            & pl.col("effective_to").eq_missing(pl.lit(rule.effective_to))
        )
    codes = list(CODES)
    rank = pl.col("code").replace_strict(
        codes, list(range(len(codes))), default=len(codes), return_dtype=pl.Int8
    )
    return findings.group_by("line").agg(rank.min().alias(f"result_{place}"))


def _touch(assessment: Assessment) -> pl.DataFrame:
    """The bounds of the line's worst material: greatest least, then greatest upper bound."""
    return (
        assessment.materials.select("line", "case")
        .join(assessment.cases.select("case", "touch_low", "touch_high"), on="case", how="inner")
        .filter(pl.col("touch_low").is_not_null())
        .sort("touch_low", "touch_high", descending=True)
        .group_by("line", maintain_order=True)
        .agg(pl.col("touch_low").first(), pl.col("touch_high").first())
    )


def shown_lines(assessment: Assessment, standing: Standing) -> pl.DataFrame:
    """The lines that the page holds, in the order of the BOM: all, or the worst of very many."""
    if assessment.lines.height <= FULL_TABLE:
        return assessment.lines
    worst = standing.frame.head(WORST_SHOWN).select("line")
    return assessment.lines.join(worst, on="line", how="semi", maintain_order="left").sort("line")


def static_lines(assessment: Assessment, standing: Standing) -> tuple[StaticLine, ...]:
    """The worst lines for the static table, worst first."""
    worst = standing.frame.head(STATIC_ROWS)
    rows = worst.join(
        named(assessment.lines).join(assessment.lines.select("line", "rolled_up"), on="line"),
        on="line",
        how="left",
        maintain_order="left",
    )
    refs = references(rows, with_sheet=several_sheets(assessment.lines))
    names = _material_names(assessment, worst)
    codes = [*CODES, None]
    return tuple(
        StaticLine(
            ref=ref,
            quantity=quantity(row["rolled_up"]),
            materials=names.get(row["line"], ())[:MATERIALS_SHOWN],
            materials_left=max(0, len(names.get(row["line"], ())) - MATERIALS_SHOWN),
            touch=""
            if row["touch_low"] is None
            else percent_interval(row["touch_low"], row["touch_high"]),
            band=band_word(row["band"]),
            reasons=tuple(
                part.strip() for part in (row["reasons"] or "").split("|") if part.strip()
            )[:REASONS_SHOWN],
            results=tuple(
                code_word(
                    None
                    if row[f"result_{i}"] is None
                    else codes[min(row[f"result_{i}"], len(CODES))]
                )
                for i in range(len(standing.rules))
            ),
        )
        for ref, row in zip(refs, rows.iter_rows(named=True), strict=True)
    )


def _material_names(
    assessment: Assessment, wanted: pl.DataFrame
) -> dict[int, tuple[StaticMaterial, ...]]:
    rows = (
        assessment.materials.join(wanted.select("line"), on="line", how="semi")
        .group_by("line", "material_id")
        .agg(
            pl.col("inferred").all(),
            decided=pl.col("rule").str.starts_with("human:").any(),
            declared=pl.col("rule").str.starts_with("declared:").any(),
            confidence=pl.col("confidence").max(),
        )
        .join(assessment.cards.select("material_id", "name"), on="material_id", how="left")
        .sort("line", "inferred", "confidence", "name", descending=[False, False, True, False])
    )
    names: dict[int, tuple[StaticMaterial, ...]] = {}
    for row in rows.iter_rows(named=True):
        told = next((how for how in ("inferred", "decided", "declared") if row[how]), "")
        material = StaticMaterial(row["name"] or row["material_id"], told)
        names[row["line"]] = (*names.get(row["line"], ()), material)
    return names
