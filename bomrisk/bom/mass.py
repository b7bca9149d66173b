"""Mass of one piece in grams: from a mass column and its unit, from a row's total, from a quantity in kg."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bomrisk.bom import parsing, units
from bomrisk.bom.vocabulary import Header

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class MassColumns:
    """The texts that a mass may come from, aligned by row; None where the table has no such column."""

    each: pl.Series | None
    each_header: Header | None
    total: pl.Series | None
    total_header: Header | None
    units: pl.Series | None
    """A column of its own that says the unit of mass."""


@dataclass(frozen=True, slots=True)
class Masses:
    """Grams per piece (or per unit of the quantity), the text behind it, and what was not understood."""

    grams: pl.Series
    text: pl.Series
    notes: pl.Series
    remarks: tuple[str, ...]
    """What is to be said of a whole column."""


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
    unknown, and is said to be. So is a mass of 0, which programs write where they know none. A
    quantity in kilograms needs no mass column: its piece is 1 kg.
    """
    import polars as pl

    lengths = _lengths_of(quantity_units, columns.each_header)
    each = _column(columns.each, columns.each_header, columns.units, lengths, decimal, typed=typed)
    total = _column(columns.total, columns.total_header, columns.units, None, decimal, typed=typed)
    nothing = pl.Series([None], dtype=pl.String).new_from_index(0, quantities.len())
    frame = pl.DataFrame(
        {
            "each": nothing.cast(pl.Float64) if each is None else each.grams,
            "total": nothing.cast(pl.Float64) if total is None else total.grams,
            "quantity": quantities,
            "of_unit": grams_of(quantity_units),
        }
    )
    shared = pl.when(pl.col("quantity") > 0).then(pl.col("total") / pl.col("quantity"))
    grams = frame.select(pl.coalesce("each", shared, pl.col("of_unit")).alias("mass_g")).to_series()
    first = each or total
    return Masses(
        grams,
        nothing if first is None else first.text,
        nothing if first is None else first.note,
        () if first is None else tuple(first.remarks),
    )


@dataclass(frozen=True, slots=True)
class _Read:
    """One mass column as understood."""

    grams: pl.Series
    text: pl.Series
    note: pl.Series
    remarks: list[str]


def _lengths_of(quantity_units: pl.Series, header: Header | None) -> pl.Series | None:
    """Millimetres in one unit of each quantity, where the mass is stated per length."""
    import polars as pl

    if header is None or header.unit is None or units.per_length(header.unit) is None:
        return None
    return _looked_up(quantity_units, units.millimetres).cast(pl.Float64)


def _column(
    texts: pl.Series | None,
    header: Header | None,
    unit_column: pl.Series | None,
    lengths: pl.Series | None,
    decimal: str | None,
    *,
    typed: bool,
) -> _Read | None:
    """One mass column; `lengths` has the millimetres of one unit of quantity for a mass per length."""
    import polars as pl

    if texts is None or header is None:
        return None
    sign = parsing.sign_of(texts, typed=typed, otherwise=decimal, weighed=True)
    found = parsing.amounts(texts, sign.decimal)
    nothing = pl.Series([None], dtype=pl.String).new_from_index(0, texts.len())
    column = nothing if unit_column is None else unit_column
    of_header = units.grams(header.unit) if header.unit else None
    frame = pl.DataFrame(
        {
            "value": found.get_column("value"),
            "cell": found.get_column("unit"),
            "cell_grams": grams_of(found.get_column("unit")),
            "column_grams": grams_of(column),
            "text": texts,
            "column": column.cast(pl.String),
        }
    )
    pieces = units.per_count(header.text)
    factor = (
        pl.when(pl.col("cell").is_not_null())
        .then("cell_grams")
        .otherwise(pl.coalesce("column_grams", pl.lit(of_header, pl.Float64)) / pieces)
    )
    if lengths is not None and header.unit is not None:
        per = units.per_length(header.unit)
        frame = frame.with_columns(lengths.alias("length"))
        factor = factor * pl.col("length") / per
    value = pl.col("value")
    frame = frame.with_columns(grams=pl.when(value > 0).then(value * factor))
    why = (
        pl.when(value.is_null() & pl.col("text").str.contains(r"[\pL\pN]"))
        .then(pl.lit("is not understood"))
        .when(value < 0)
        .then(pl.lit("is below zero"))
        .when((value > 0) & pl.col("cell").is_not_null() & pl.col("cell_grams").is_null())
        .then(pl.lit("is not in a unit of mass"))
    )
    unit = f" {header.unit}" if header.unit else ""
    told = frame.select(
        "grams",
        text=pl.when(pl.col("cell").is_not_null())
        .then("text")
        .otherwise(pl.col("text") + pl.coalesce(pl.lit(" ") + pl.col("column"), pl.lit(unit))),
        note=pl.format("mass {} {}: it counts as unknown", pl.col("text").str.slice(0, 60), why),
        unknown=(value > 0) & factor.is_null() & pl.col("cell").is_null(),
        zero=value == 0,
    )
    return _Read(
        told.get_column("grams"),
        told.get_column("text"),
        told.get_column("note"),
        _remarks(header, told, sign, per_length=lengths is not None),
    )


def _remarks(
    header: Header, told: pl.DataFrame, sign: parsing.Sign, *, per_length: bool
) -> list[str]:
    remarks = []
    if told.get_column("unknown").any():
        why = "says a mass per length, and not every quantity is a length"
        if not per_length:
            why = "does not say its unit: masses without a unit count as unknown"
        remarks.append(f"the column {header.text!r} {why}")
    zeros = int(told.get_column("zero").sum())
    if zeros:
        what = "1 mass" if zeros == 1 else f"{zeros:,} masses"
        remarks.append(
            f"{what} in column {header.text!r} are 0, which no part has: they count as unknown"
        )
    if sign.doubtful:
        remarks.append(
            f"nothing tells whether the comma of {sign.doubtful!r} in column {header.text!r} parts"
            " thousands or decimals: it is taken for thousands"
        )
    return remarks


def grams_of(texts: pl.Series) -> pl.Series:
    """Grams in one unit of mass for each unit text, null where it is no unit of mass."""
    return _looked_up(texts, units.grams)


def _looked_up(texts: pl.Series, table: Callable[[str], float | None]) -> pl.Series:
    """What the table says of each text; each distinct text is looked up once."""
    import polars as pl

    if texts.null_count() == texts.len():
        return pl.Series("found", [None], dtype=pl.Float64).new_from_index(0, texts.len())
    distinct = texts.drop_nulls().unique().sort()
    known = pl.DataFrame(
        {"unit": distinct, "found": [table(text) for text in distinct.to_list()]},
        schema={"unit": pl.String, "found": pl.Float64},
    )
    frame = pl.DataFrame({"unit": texts.cast(pl.String)})
    return frame.join(known, on="unit", how="left", maintain_order="left").get_column("found")
