"""Numbers of a workbook as texts: at most nine decimals, no exponent, unless that loses the number."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

_ROUNDED = r"^-?(?:\d+\.\d{9}|0)$"
"""Texts that may stand for a number with more decimals, as calamine writes it: 1E-10 is not 0."""
REGULAR = r"^-?(?:0|[1-9]\d*)(?:\.\d{0,8}[1-9])?$"
"""Numbers of at most 15 signs that stand in the file as they are shown."""


def as_shown(numbers: pl.Series) -> pl.Series:
    """Numbers, none of them infinite, as they are shown."""
    import polars as pl

    below = (numbers == 0) & (1 / numbers < 0)
    numbers = numbers.set(below, 0.0)
    distinct = numbers.unique(maintain_order=True)
    rounded = [f"{number:.9f}".rstrip("0").rstrip(".") for number in distinct]
    texts = with_all_decimals(pl.Series(rounded, dtype=pl.String), distinct)
    shown = numbers.replace_strict(distinct, texts, return_dtype=pl.String)
    return shown.set(below, "-0") if below.any() else shown


def doubtful(texts: pl.Expr) -> pl.Expr:
    """Whether a text may have been rounded."""
    return texts.str.contains(_ROUNDED)


def with_all_decimals(texts: pl.Series, numbers: pl.Series) -> pl.Series:
    """The texts, but those that were rounded as the numbers that they stand for."""
    import polars as pl

    frame = pl.DataFrame({"text": texts, "number": numbers})
    lost = doubtful(pl.col("text")) & (
        pl.col("number") != pl.col("text").cast(pl.Float64, strict=False)
    )
    return frame.select(
        pl.when(lost).then(pl.col("number").cast(pl.String)).otherwise("text").alias("text")
    ).to_series()
