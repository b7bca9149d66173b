"""Quantities of the lines with their units, and the columns that say a mass, each column read as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bomrisk.bom import mass, parsing, units
from bomrisk.bom.columns import ColumnMap
from bomrisk.bom.vocabulary import Header

if TYPE_CHECKING:
    import polars as pl


MOST = 1e12
"""A greater number is no quantity."""
_MEASURES = ("mass", "length", "area", "volume")


@dataclass(frozen=True, slots=True)
class Quantities:
    """Quantity of each line, the cell's text, its unit (column, else cell, else header), a remark."""

    value: pl.Series
    text: pl.Series
    unit: pl.Series
    note: pl.Series
    doubt: str | None = None
    """A remark on the whole column."""


def series(keep: pl.DataFrame, mapping: ColumnMap, name: str) -> pl.Series:
    """The stripped texts of a field's column; nulls if the table has none."""
    import polars as pl

    letter = mapping.letter(name)
    if letter is None:
        return pl.Series(name, [None], dtype=pl.String).new_from_index(0, keep.height)
    return keep.get_column(letter).str.strip_chars().alias(name)


def quantities(
    keep: pl.DataFrame, mapping: ColumnMap, decimal: str | None, *, typed: bool
) -> Quantities:
    """Quantities of the lines; `decimal` is the sign of the file where the column does not tell."""
    import polars as pl

    if mapping.products:
        return _per_product(keep, mapping, decimal, typed=typed)
    texts = series(keep, mapping, "quantity")
    sign = parsing.sign_of(texts, typed=typed, otherwise=decimal, weighed=True)
    found = parsing.amounts(texts, sign.decimal)
    named = mapping.main["quantity"].header.unit if "quantity" in mapping.main else None
    column, cell = series(keep, mapping, "unit"), found.get_column("unit")
    unit, against = _units(column, cell, named)
    value, note = _possible(found.get_column("value"), texts, found.get_column("note"))
    doubt = None
    if sign.doubtful:
        doubt = (
            f"nothing tells whether the comma of {sign.doubtful!r} parts thousands or decimals: it is"
            " taken for thousands"
        )
    told = pl.DataFrame({"note": note, "against": against}).select(pl.coalesce("note", "against"))
    return Quantities(value, texts, unit, told.to_series(), doubt)


def _units(column: pl.Series, cell: pl.Series, named: str | None) -> tuple[pl.Series, pl.Series]:
    """Unit of each quantity (column, else cell, else header) and a remark where two disagree.

    A cell that names a measure, "200 g", is believed over a column of pieces, and over another measure.
    """
    import polars as pl

    frame = pl.DataFrame({"column": column.cast(pl.String), "cell": cell.cast(pl.String)})
    both = frame.filter(pl.all_horizontal(pl.all().is_not_null())).unique().sort("column", "cell")
    differ = [
        (one, two)
        for one, two in both.iter_rows()
        if units.kind_of_unit(two) in _MEASURES and not units.same(one, two)
    ]
    if not differ:
        unit = frame.select(pl.coalesce("column", "cell", pl.lit(named, pl.String)).alias("unit"))
        return unit.to_series(), pl.Series("note", [None], dtype=pl.String).new_from_index(
            0, frame.height
        )
    schema = {"column": pl.String, "cell": pl.String}
    table = pl.DataFrame(differ, schema=schema, orient="row").with_columns(differs=True)
    joined = frame.join(table, on=["column", "cell"], how="left", maintain_order="left")
    said = "the quantity is in {}, its unit column says {}: the former is believed"
    told = joined.select(
        unit=pl.when(pl.col("differs"))
        .then("cell")
        .otherwise(pl.coalesce("column", "cell", pl.lit(named, pl.String))),
        note=pl.when(pl.col("differs")).then(pl.format(said, "cell", "column")),
    )
    return told.get_column("unit"), told.get_column("note")


def _possible(value: pl.Series, texts: pl.Series, note: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The values without those that no part can have, which become unknown.

    Below zero is a return or a correction and says nothing of the product; above a million million
    is the number of something else.
    """
    import polars as pl

    if not ((value < 0) | (value > MOST)).any():
        return value, note
    frame = pl.DataFrame({"value": value, "text": texts, "note": note})
    below, above = pl.col("value") < 0, pl.col("value") > MOST
    why = pl.when(below).then(pl.lit("below zero")).otherwise(pl.lit("too large to be one"))
    said = pl.format("quantity '{}' is {}: it counts as unknown", "text", why)
    told = frame.select(
        value=pl.when(~(below | above).fill_null(value=False)).then("value"),
        note=pl.when(below | above).then(said).otherwise("note"),
    )
    return told.get_column("value"), told.get_column("note")


def _per_product(
    keep: pl.DataFrame, mapping: ColumnMap, decimal: str | None, *, typed: bool
) -> Quantities:
    """One quantity column per end item: one of each is counted, and the text says which has how many."""
    import polars as pl

    values: list[pl.Series] = []
    notes: list[pl.Series] = []
    for number, column in enumerate(mapping.products):
        texts = keep.get_column(column.letter).str.strip_chars()
        sign = parsing.decimal_of(texts, typed=typed, otherwise=decimal)
        found = parsing.amounts(texts, sign)
        values.append(found.get_column("value").alias(f"value{number}"))
        notes.append(found.get_column("note").alias(f"note{number}"))
    said = [
        pl.lit(f"{column.header.text}: ") + pl.col(column.letter).str.strip_chars()
        for column in mapping.products
    ]
    text = keep.select(pl.concat_str(said, separator="; ", ignore_nulls=True)).to_series()
    frame = pl.DataFrame(values + notes)
    known = pl.any_horizontal(pl.col("^value\\d+$").is_not_null())
    open_ones = [
        pl.col(f"value{number}").is_null()
        & keep.get_column(column.letter).str.contains(r"[\pL\pN]").fill_null(value=False)
        for number, column in enumerate(mapping.products)
    ]
    total = frame.select(
        pl.when(known & ~pl.any_horizontal(open_ones))
        .then(pl.sum_horizontal("^value\\d+$"))
        .alias("quantity")
    ).to_series()
    note = frame.select(pl.coalesce("^note\\d+$")).to_series()
    return Quantities(total, text, series(keep, mapping, "unit"), note)


def mass_columns(keep: pl.DataFrame, mapping: ColumnMap) -> mass.MassColumns:
    """The columns of the table that say a mass."""

    def column(name: str) -> tuple[pl.Series | None, Header | None]:
        if name not in mapping.main:
            return None, None
        return series(keep, mapping, name), mapping.main[name].header

    return mass.MassColumns(*column("mass"), *column("ext_mass"), column("mass_unit")[0])
