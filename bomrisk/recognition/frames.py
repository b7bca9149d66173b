"""What recognition found, as frames: joined back from distinct combinations to lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bomrisk.recognition.decisions import Decision, Idle
from bomrisk.tables import MATERIALS, NOTES

if TYPE_CHECKING:
    import polars as pl

FILLED = (
    "material_id",
    "field",
    "span_start",
    "span_end",
    "matched",
    "rule",
    "confidence",
    "inferred",
    "part_rule",
    "role",
)
"""Columns of MATERIALS that recognition fills, after `line`."""


def materials_frame(
    rows: list[tuple[object, ...]],
    joined: pl.DataFrame,
    settled: pl.DataFrame,
    decisions: Sequence[Decision],
    lines: pl.DataFrame,
) -> pl.DataFrame:
    """The materials of all lines: what the texts say, and what people decided instead."""
    import polars as pl

    said = pl.DataFrame(rows, schema={"combination": pl.UInt32, **_filled()}, orient="row")
    human = found_frame(_decided(settled, decisions, lines))
    return pl.concat(
        [joined.join(said, on="combination", how="inner").select("line", *FILLED), human]
    ).sort("line", "inferred", "material_id", maintain_order=True)


def _filled() -> dict[str, pl.DataType]:
    schema = MATERIALS.schema()
    return {name: schema[name] for name in FILLED}


def found_frame(rows: list[tuple[object, ...]]) -> pl.DataFrame:
    """Materials by line: the line and the columns of FILLED."""
    import polars as pl

    return pl.DataFrame(rows, schema={"line": pl.UInt32, **_filled()}, orient="row")


def asked_frame(rows: list[tuple[object, ...]]) -> pl.DataFrame:
    """Questions for a person by line, as `doubts_frame` gives them."""
    import polars as pl

    return pl.DataFrame(rows, schema={"line": pl.UInt32, **_asked()}, orient="row")


def _asked() -> dict[str, pl.DataType]:
    import polars as pl

    return {
        name: pl.Float64() if name == "confidence" else pl.String()
        for name in ("material_id", "field", "text", "confidence", "reason")
    }


def _decided(
    settled: pl.DataFrame, decisions: Sequence[Decision], lines: pl.DataFrame
) -> list[tuple[object, ...]]:
    """One row per settled line and decided material: shown as a person's, with full confidence."""
    out: list[tuple[object, ...]] = []
    texts = lines.join(settled, on="line", how="inner", maintain_order="left")
    for line in texts.iter_rows(named=True):
        one = decisions[line["decision"]]
        text = line[line["field"]]
        whole = (line["field"], 0, len(text), text, one.rule, 1.0, False, None, one.role)
        out.extend((line["line"], material, *whole) for material in one.materials)
    return out


def notes_frame(
    notes: list[tuple[int, str]],
    joined: pl.DataFrame,
    unused: Sequence[Idle],
    lines: pl.DataFrame,
) -> pl.DataFrame:
    """Contradictions by line, then decisions that settle no line."""
    import polars as pl

    said = pl.DataFrame(notes, schema={"combination": pl.UInt32, "text": pl.String}, orient="row")
    by_line = (
        joined.join(said, on="combination", how="inner")
        .join(lines.select("line", "file", "sheet", "row"), on="line", how="left")
        .with_columns(kind=pl.lit("conflict"))
        .select(NOTES.names)
        .cast(NOTES.schema())  # type: ignore[arg-type]
        .sort("line", "text", maintain_order=True)
    )
    stale = pl.DataFrame(
        [
            (
                None,
                one.decision.file,
                None,
                one.decision.row,
                "decision",
                one.reason,
            )
            for one in unused
        ],
        schema=NOTES.schema(),
        orient="row",
    )
    return pl.concat([by_line, stale])


def doubts_frame(doubts: list[tuple[object, ...]], joined: pl.DataFrame) -> pl.DataFrame:
    """Questions for a person, by line: material_id, field, text, confidence, reason."""
    import polars as pl

    asked = pl.DataFrame(doubts, schema={"combination": pl.UInt32, **_asked()}, orient="row")
    return (
        joined.join(asked, on="combination", how="inner")
        .drop("combination")
        .sort("line", "field", "text", "material_id", maintain_order=True)
    )
