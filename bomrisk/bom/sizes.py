"""Size and density of a part as columns of their own say them: what a mass can be reckoned from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bomrisk.bom import parsing
from bomrisk.bom.columns import ColumnMap
from bomrisk.bom.figures import series

if TYPE_CHECKING:
    import polars as pl

EXTENTS = ("length", "width", "height")
PER_CUBIC_METRE = 100.0
"""Solids have 0.1 to 23 g/cm3, which is 100 to 23,000 kg/m3: the number tells which is meant."""
PER_CUBIC_CENTIMETRE = 25.0


def sizes(keep: pl.DataFrame, mapping: ColumnMap, decimal: str | None, *, typed: bool) -> pl.Series:
    """The size of each line in words: "120 mm x 40 mm x 2 mm"; null where no column says one.

    An extent without a unit, in the cell or in the header, stands without one.
    """
    import polars as pl

    parts = []
    boxed = ""
    for name in EXTENTS:
        if name not in mapping.main:
            continue
        texts = series(keep, mapping, name)
        sign = parsing.decimal_of(texts, typed=typed, otherwise=decimal)
        found = parsing.amounts(texts, sign)
        header = mapping.main[name].header
        boxed = "bounding box " if "bounding" in header.text.casefold() else boxed
        unit = found.select(
            pl.coalesce("unit", pl.lit(header.unit, pl.String)).fill_null("").alias("unit")
        ).to_series()
        frame = pl.DataFrame({"value": found.get_column("value"), "unit": unit})
        parts.append(
            frame.select(
                pl.when(pl.col("value") > 0)
                .then(pl.format("{} {}", _figure("value"), "unit").str.strip_chars())
                .alias(name)
            ).to_series()
        )
    if not parts:
        return pl.Series("size", [None], dtype=pl.String).new_from_index(0, keep.height)
    joined = pl.DataFrame(parts).select(
        pl.concat_str(pl.all(), separator=" x ", ignore_nulls=True).alias("size")
    )
    return joined.select(
        pl.when(pl.col("size") != "").then(pl.lit(boxed) + pl.col("size")).alias("size")
    ).to_series()


def _figure(name: str) -> pl.Expr:
    """A number without the decimals that it does not need."""
    import polars as pl

    return pl.col(name).cast(pl.String).str.replace(r"\.0$", "")


def densities(
    keep: pl.DataFrame, mapping: ColumnMap, decimal: str | None, *, typed: bool
) -> pl.Series:
    """Density of each line's material, g/cm3, as the file states it; null where it does not or cannot be.

    Whether a number is in g/cm3 or kg/m3 is told by its size, since no solid can be mistaken.
    """
    import polars as pl

    if "density" not in mapping.main:
        return pl.Series("density_g_cm3", [None], dtype=pl.Float64).new_from_index(0, keep.height)
    texts = series(keep, mapping, "density").str.extract(r"^\s*([-+0-9.,eE]+)")
    sign = parsing.decimal_of(texts, typed=typed, otherwise=decimal)
    value = pl.col("value")
    return (
        parsing.amounts(texts, sign)
        .select(
            pl.when((value > 0) & (value <= PER_CUBIC_CENTIMETRE))
            .then(value)
            .when(value >= PER_CUBIC_METRE)
            .then(value / 1000.0)
            .alias("density_g_cm3")
        )
        .to_series()
    )
