"""The answer read in ten seconds: may it be delivered, what blocks, and who owes what proof."""

from __future__ import annotations

from datetime import date
from typing import Literal

import polars as pl
from pydantic import BaseModel, ConfigDict, Field

from bomrisk.tables import STAGES

Verdict = Literal["blocked", "not proven", "review", "clear", "nothing covered"]

SHOWN = 50
"""Blocking lines and owing suppliers that are listed by name; the counts say how many there are."""

BANDS = ("Critical", "High", "Moderate", "Low", "Unknown")
DELIVERY_RULES = "US-DFARS-"
"""Rules whose id begins so decide whether a part may be delivered; the others inform."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RegimeAnswer(_Frozen):
    """One dated rule over the whole BOM: from when to when, and how many lines stand how."""

    rule: str
    effective_from: str
    effective_to: str | None
    verdict: Verdict
    codes: dict[str, int] = Field(description="result code to number of lines, worst code per line")

    def applies_on(self, day: date) -> bool:
        """Whether the rule is in force on the day."""
        return self.effective_from <= day.isoformat() <= (self.effective_to or "9999-12-31")


class Blocking(_Frozen):
    """A line that fails a rule, with the paragraph and the reason."""

    line_id: str
    row: int
    part: str
    supplier: str
    rule: str
    paragraph: str
    reason: str


class Owed(_Frozen):
    """What one supplier still has to prove, and on how many lines."""

    supplier: str
    lines: int
    missing: tuple[str, ...]
    line_ids: tuple[str, ...]


class Answer(_Frozen):
    """The first screen of every output; the worst regime that applies gives the verdict."""

    verdict: Verdict
    delivery: date | None
    regimes: tuple[RegimeAnswer, ...]
    blocking_lines: int
    blocking: tuple[Blocking, ...]
    owing_lines: int
    owed: tuple[Owed, ...]
    bands: dict[str, int]
    rows_read: int
    lines: int
    excluded: int
    lines_with_material: int
    lines_with_inferred_only: int


_ORDER = {
    code: rank
    for rank, code in enumerate(
        ("NOT_APPLICABLE", "EXEMPT", "PASS", "WATCH", "REVIEW", "INCOMPLETE", "FAIL")
    )
}


def _verdict(codes: dict[str, int]) -> Verdict:
    if codes.get("FAIL"):
        return "blocked"
    if codes.get("INCOMPLETE"):
        return "not proven"
    if codes.get("REVIEW") or codes.get("WATCH"):
        return "review"
    if codes.get("PASS") or codes.get("EXEMPT"):
        return "clear"
    return "nothing covered"


def _regimes(findings: pl.DataFrame) -> tuple[RegimeAnswer, ...]:
    if findings.is_empty():
        return ()
    worst = (
        findings.with_columns(
            rank=pl.col("code").replace_strict(_ORDER, return_dtype=pl.Int32),
        )
        .group_by("rule", "effective_from", "effective_to", "line")
        .agg(pl.col("code").sort_by("rank").last())
        .group_by("rule", "effective_from", "effective_to", "code")
        .len()
        .sort("effective_from", "rule", "code")
    )
    answers = []
    for (rule, start, end), group in worst.group_by(
        ["rule", "effective_from", "effective_to"], maintain_order=True
    ):
        codes = dict(zip(group["code"].to_list(), group["len"].to_list(), strict=True))
        answers.append(
            RegimeAnswer(
                rule=str(rule),
                effective_from=str(start),
                effective_to=None if end is None else str(end),
                verdict=_verdict(codes),
                codes=codes,
            )
        )
    return tuple(answers)


def _part(frame: pl.DataFrame) -> pl.DataFrame:
    blank = [pl.col(field).replace("", None) for field in ("part_number", "mpn")]
    words = [pl.col(field).replace("", None) for field in ("name", "description")]
    return frame.with_columns(
        part=pl.concat_str(
            pl.coalesce(*blank), pl.coalesce(*words), separator=" ", ignore_nulls=True
        ).fill_null(""),
        who=pl.coalesce(pl.col("supplier").replace("", None), pl.lit("supplier not stated")),
    )


def _blocking(findings: pl.DataFrame, lines: pl.DataFrame) -> tuple[int, tuple[Blocking, ...]]:
    fails = findings.filter(pl.col("code") == "FAIL")
    rows = _part(
        fails.sort("effective_from", "line", "rule", "material_id")
        .head(SHOWN)
        .join(lines, on="line", how="left", maintain_order="left")
    )
    listed = tuple(
        Blocking(
            line_id=row["line_id"],
            row=row["row"],
            part=row["part"],
            supplier=row["who"],
            rule=row["rule"],
            paragraph=row["paragraph"],
            reason=row["reason"],
        )
        for row in rows.iter_rows(named=True)
    )
    return fails["line"].n_unique(), listed


def _owed(findings: pl.DataFrame, lines: pl.DataFrame) -> tuple[int, tuple[Owed, ...]]:
    owing = findings.filter((pl.col("code") == "INCOMPLETE") & (pl.col("missing") != ""))
    if owing.is_empty():
        return 0, ()
    pieces = _part(
        owing.select("line", pl.col("missing").str.split(";"))
        .explode("missing")
        .with_columns(pl.col("missing").str.strip_chars())
        .unique()
        .join(lines, on="line", how="left")
    ).sort("line", "missing")
    per = (
        pieces.group_by("who")
        .agg(
            lines=pl.col("line").n_unique(),
            missing=pl.col("missing").unique(),
            line_ids=pl.col("line_id").unique(maintain_order=True),
        )
        .sort(["lines", "who"], descending=[True, False])
    )
    listed = tuple(
        Owed(
            supplier=row["who"],
            lines=row["lines"],
            missing=tuple(sorted(row["missing"], key=_in_process_order)),
            line_ids=tuple(row["line_ids"][:SHOWN]),
        )
        for row in per.head(SHOWN).iter_rows(named=True)
    )
    return owing["line"].n_unique(), listed


def _in_process_order(missing: str) -> tuple[int, str]:
    """Stages in the order in which a material passes them, what is no stage first."""
    stage = missing.split(maxsplit=1)[0].strip(",") if missing else ""
    return (STAGES.index(stage) if stage in STAGES else -1, missing)


def answer_of(
    *,
    lines: pl.DataFrame,
    excluded: int,
    rows_read: int,
    materials: pl.DataFrame,
    findings: pl.DataFrame,
    scores: pl.DataFrame,
    delivery: date | None,
) -> Answer:
    """Sum the tables up into the answer; counts are of lines, each by its worst result."""
    findings = findings.filter(pl.col("rule").str.starts_with(DELIVERY_RULES))
    regimes = _regimes(findings)
    merged: dict[str, int] = {}
    for regime in regimes:
        for code, count in regime.codes.items():
            merged[code] = merged.get(code, 0) + count
    parts = lines.select(
        "line", "line_id", "row", "part_number", "mpn", "name", "description", "supplier"
    )
    blocking_lines, blocking = _blocking(findings, parts)
    owing_lines, owed = _owed(findings, parts)
    overall = scores.filter(pl.col("indicator") == "overall")
    counted = dict(overall.group_by("band").len().iter_rows())
    named = materials.filter(~pl.col("inferred"))["line"].unique()
    any_material = materials["line"].n_unique()
    return Answer(
        verdict=_verdict(merged),
        delivery=delivery,
        regimes=regimes,
        blocking_lines=blocking_lines,
        blocking=blocking,
        owing_lines=owing_lines,
        owed=owed,
        bands={band: int(counted.get(band, 0)) for band in BANDS},
        rows_read=rows_read,
        lines=lines.height,
        excluded=excluded,
        lines_with_material=any_material,
        lines_with_inferred_only=any_material - named.len(),
    )
