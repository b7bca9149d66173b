"""Numbers of a workbook as texts: at most nine decimals, no exponent, unless that loses the number."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

_ROUNDED = r"^-?(?:\d+\.\d{9}|0|[\d.]{17,})$"
"""Texts that may stand for a number with more or fewer decimals, as calamine writes it: 1E-10 is not 0."""
_ROUNDED_OFF = r"^-?(?:[1-9]\d*|\d+\.\d{1,8})$"
"""Texts of numbers that have fewer than nine decimals once they are rounded."""
_EXACT_BELOW = 1e6
"""Numbers below this are told apart by less than a billionth."""
_BETWEEN = 0.1
"""Parts of a billionth near a half, in which it is not sure which way a number is rounded."""
REGULAR = r"^-?(?:0|[1-9]\d*)(?:\.\d{0,8}[1-9])?$"
"""Numbers of at most 15 signs that stand in the file as they are shown."""


def as_shown(numbers: pl.Series) -> pl.Series:
    """Numbers, none of them infinite, as they are shown."""
    import numpy as np
    import polars as pl

    exact = numbers.cast(pl.String)
    texts = exact.str.strip_suffix(".0")
    longer = (~texts.str.contains(REGULAR)).arg_true()
    if not longer.len():
        return texts
    numbers, exact = numbers.gather(longer), exact.gather(longer)
    billionths = numbers.to_numpy() * 1e9
    between = pl.Series(np.abs(billionths - np.floor(billionths) - 0.5) < _BETWEEN)
    rounded = pl.Series(np.round(billionths) / 1e9).cast(pl.String).str.strip_suffix(".0")
    others = rounded.zip_with(rounded.str.contains(_ROUNDED_OFF), exact)
    hard = between | (numbers.abs() >= _EXACT_BELOW) | exact.str.contains("e", literal=True)
    at = hard.arg_true()
    others = others.scatter(at, _one_by_one(numbers.gather(at)))
    return texts.scatter(longer, others)


def _one_by_one(numbers: pl.Series) -> pl.Series:
    """The same for numbers that are too great or small for steps of a billionth."""
    import polars as pl

    rounded = [f"{number:.9f}".rstrip("0").rstrip(".") for number in numbers]
    return with_all_decimals(pl.Series(rounded, dtype=pl.String), numbers)


def doubtful(texts: pl.Expr) -> pl.Expr:
    """Whether a text may have been rounded."""
    return texts.str.contains(_ROUNDED)


def with_all_decimals(texts: pl.Series, numbers: pl.Series) -> pl.Series:
    """The texts, but those that were rounded, or have more decimals than it takes, as their numbers."""
    import polars as pl

    exact = numbers.cast(pl.String).str.strip_suffix(".0")
    frame = pl.DataFrame({"text": texts, "number": numbers, "exact": exact})
    lost = pl.col("number") != pl.col("text").cast(pl.Float64, strict=False)
    longer = (pl.col("exact").str.len_bytes() < pl.col("text").str.len_bytes()) & ~pl.col(
        "exact"
    ).str.contains("e", literal=True)
    return frame.select(
        text=pl.when(doubtful(pl.col("text")) & (lost | longer)).then("exact").otherwise("text")
    ).to_series()
