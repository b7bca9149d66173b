"""Mass of one piece in grams: from a mass column and its unit, from a row's total, from a quantity in kg."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bomrisk.bom import parsing, units

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class MassColumns:
    """The texts that a mass may come from, aligned by row; None where the table has no such column."""

    each: pl.Series | None
    each_unit: str | None
    total: pl.Series | None
    total_unit: str | None
    units: pl.Series | None
    """A column of its own that says the unit of mass."""


@dataclass(frozen=True, slots=True)
class Masses:
    """Grams per piece (or per unit of the quantity), the text behind it, and what was not understood."""

    grams: pl.Series
    text: pl.Series
    notes: pl.Series
    unit_unknown: bool


def masses(
    columns: MassColumns,
    quantities: pl.Series,
    quantity_units: pl.Series,
    decimal: str | None,
    *,
    typed: bool,
) -> Masses:
    """Mass of one piece of each line, g.

    The unit stands in the cell, in a unit column, or in the header; a mass without any of these is
    unknown, and is said to be. A quantity in kilograms needs no mass column: its piece is 1 kg.
    """
    import polars as pl

    height = quantities.len()
    empty = pl.Series([None], dtype=pl.String).new_from_index(0, height)
    each = _column(
        columns.each, columns.each_unit, columns.units, decimal, typed=typed, height=height
    )
    total = _column(
        columns.total, columns.total_unit, columns.units, decimal, typed=typed, height=height
    )
    frame = pl.DataFrame(
        {
            "each": each.get_column("grams"),
            "total": total.get_column("grams"),
            "quantity": quantities,
            "of_unit": grams_of(quantity_units),
            "each_text": each.get_column("text"),
            "note": each.get_column("note"),
        }
    )
    shared = pl.when(pl.col("quantity") > 0).then(pl.col("total") / pl.col("quantity"))
    grams = frame.select(pl.coalesce("each", shared, pl.col("of_unit")).alias("mass_g")).to_series()
    unknown = bool(
        each.select((pl.col("value").is_not_null() & pl.col("grams").is_null()).any()).item()
    )
    return Masses(
        grams,
        frame.get_column("each_text") if columns.each is not None else total.get_column("text"),
        frame.get_column("note") if columns.each is not None else empty,
        unknown,
    )


def _column(
    texts: pl.Series | None,
    unit: str | None,
    unit_column: pl.Series | None,
    decimal: str | None,
    *,
    typed: bool,
    height: int,
) -> pl.DataFrame:
    """Columns value, grams, text, note of one mass column."""
    import polars as pl

    if texts is None:
        return pl.DataFrame(
            {
                "value": [None] * height,
                "grams": [None] * height,
                "text": [None] * height,
                "note": [None] * height,
            },
            schema={"value": pl.Float64, "grams": pl.Float64, "text": pl.String, "note": pl.String},
        )
    sign = parsing.decimal_of(texts, typed=typed, otherwise=decimal)
    found = parsing.amounts(texts, sign)
    in_cell = grams_of(found.get_column("unit"))
    in_column = (
        grams_of(unit_column)
        if unit_column is not None
        else pl.Series([None], dtype=pl.Float64).new_from_index(0, height)
    )
    header = units.grams(unit) if unit else None
    frame = pl.DataFrame(
        {
            "value": found.get_column("value"),
            "cell": in_cell,
            "column": in_column,
            "text": texts,
            "unit": found["unit"],
        }
    )
    suffix = f" {unit}" if unit else ""
    column_text = (
        unit_column
        if unit_column is not None
        else pl.Series([None], dtype=pl.String).new_from_index(0, height)
    )
    return frame.with_columns(column_text.alias("unit_text")).select(
        "value",
        pl.when(pl.col("value") >= 0)
        .then(pl.col("value") * pl.coalesce("cell", "column", pl.lit(header, pl.Float64)))
        .alias("grams"),
        pl.when(pl.col("unit").is_not_null())
        .then(pl.col("text"))
        .when(pl.col("unit_text").is_not_null())
        .then(pl.col("text") + " " + pl.col("unit_text"))
        .otherwise(pl.col("text") + suffix)
        .alias("text"),
        pl.when(
            pl.col("text").is_not_null()
            & pl.col("value").is_null()
            & pl.col("text").str.contains(r"[\pL\pN]")
        )
        .then(
            pl.lit("mass ")
            + pl.col("text").str.slice(0, 60)
            + " is not understood: it counts as unknown"
        )
        .alias("note"),
    )


def grams_of(texts: pl.Series) -> pl.Series:
    """Grams in one unit of mass for each unit text, null where it is no unit of mass."""
    import polars as pl

    if texts.null_count() == texts.len():
        return pl.Series("grams", [None], dtype=pl.Float64).new_from_index(0, texts.len())
    distinct = texts.drop_nulls().unique().sort()
    table = pl.DataFrame(
        {"unit": distinct, "grams": [units.grams(text) for text in distinct.to_list()]},
        schema={"unit": pl.String, "grams": pl.Float64},
    )
    frame = pl.DataFrame({"unit": texts.cast(pl.String)})
    return frame.join(table, on="unit", how="left", maintain_order="left").get_column("grams")
