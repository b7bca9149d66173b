"""Columns of texts → columns of numbers: each distinct text is understood once and joined back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from bomrisk.bom import quantity

if TYPE_CHECKING:
    import polars as pl

_PLAIN_DOT = r"^[-+]?\d{1,15}(?:\.\d+)?$"
_PLAIN_COMMA = r"^[-+]?\d{1,15}(?:,\d+)?$"


def decimal_of(texts: pl.Series, *, typed: bool, otherwise: str | None) -> str:
    """The decimal sign of one column: by its own texts, else `otherwise`, else the dot."""
    distinct = texts.drop_nulls().unique().sort()
    telling = distinct.filter(distinct.str.contains(r"[.,]")).head(5000).to_list()
    return quantity.decimal_sign(telling, typed=typed) or otherwise or "."


def vote_of(columns: list[pl.Series], *, typed: bool) -> str | None:
    """The decimal sign that the numeric columns of a file agree on, for columns that do not tell."""
    votes = [
        sign
        for texts in columns
        if (sign := quantity.decimal_sign(_telling(texts), typed=typed)) is not None
    ]
    if not votes:
        return None
    return "," if votes.count(",") > votes.count(".") else "."


def _telling(texts: pl.Series) -> list[str]:
    some = texts.drop_nulls().head(20_000).unique().sort()
    return some.filter(some.str.contains(r"^[^\pL]*\d[.,]\d")).head(2000).to_list()


def amounts(
    texts: pl.Series, decimal: str, parse: Callable[[str, str], quantity.Amount] = quantity.parse
) -> pl.DataFrame:
    """Columns value, unit, note for the texts, in their order; null stays null.

    Plain numbers are cast by Polars; only what is left is understood text by text, each once.
    """
    import polars as pl

    if texts.null_count() == texts.len():
        schema = {"value": pl.Float64, "unit": pl.String, "note": pl.String}
        return pl.DataFrame({name: [None] for name in schema}, schema=schema).select(
            pl.all().repeat_by(texts.len()).explode()
        )
    frame = pl.DataFrame({"text": texts.cast(pl.String).str.strip_chars()})
    pattern = _PLAIN_DOT if decimal == "." else _PLAIN_COMMA
    plain = pl.col("text").str.contains(pattern)
    cast = pl.col("text") if decimal == "." else pl.col("text").str.replace(",", ".", literal=True)
    frame = frame.with_columns(
        pl.when(plain).then(cast).cast(pl.Float64, strict=False).alias("value"),
        plain.fill_null(True).alias("plain"),
    )
    rest = frame.filter(~pl.col("plain")).get_column("text").unique().sort()
    found = [parse(text, decimal) for text in rest.to_list()]
    table = pl.DataFrame(
        {
            "text": rest,
            "value_": [one.value for one in found],
            "unit": [one.unit for one in found],
            "note": [one.note for one in found],
        },
        schema={"text": pl.String, "value_": pl.Float64, "unit": pl.String, "note": pl.String},
    )
    return frame.join(table, on="text", how="left", maintain_order="left").select(
        pl.coalesce("value", "value_").alias("value"), "unit", "note"
    )
