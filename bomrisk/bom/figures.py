"""Numbers of the lines: quantities with their units, masses and costs, each column read as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bomrisk.bom import mass, money, parsing
from bomrisk.bom.columns import ColumnMap

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class Quantities:
    """Quantity of each line, the cell's text, its unit (column, else cell, else header), a remark."""

    value: pl.Series
    text: pl.Series
    unit: pl.Series
    note: pl.Series


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
    sign = parsing.decimal_of(texts, typed=typed, otherwise=decimal)
    found = parsing.amounts(texts, sign)
    named = mapping.main["quantity"].header.unit if "quantity" in mapping.main else None
    frame = pl.DataFrame(
        {"column": series(keep, mapping, "unit"), "cell": found.get_column("unit")},
    ).select(pl.coalesce("column", "cell", pl.lit(named, pl.String)).alias("unit"))
    value, note = _without_negative(found.get_column("value"), texts, found.get_column("note"))
    return Quantities(value, texts, frame.to_series(), note)


def _without_negative(
    value: pl.Series, texts: pl.Series, note: pl.Series
) -> tuple[pl.Series, pl.Series]:
    """The values with those below zero unknown: a return or a correction says nothing of the product."""
    import polars as pl

    if not (value < 0).any():
        return value, note
    frame = pl.DataFrame({"value": value, "text": texts, "note": note})
    below = pl.col("value") < 0
    said = pl.format("quantity '{}' is below zero: it counts as unknown", "text")
    told = frame.select(
        value=pl.when(~below.fill_null(value=False)).then("value"),
        note=pl.when(below).then(said).otherwise("note"),
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
        & keep.get_column(column.letter).str.contains(r"[\\pL\\pN]").fill_null(value=False)
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

    def column(name: str) -> tuple[pl.Series | None, str | None]:
        if name not in mapping.main:
            return None, None
        return series(keep, mapping, name), mapping.main[name].header.unit

    each, each_unit = column("mass")
    total, total_unit = column("ext_mass")
    return mass.MassColumns(each, each_unit, total, total_unit, column("mass_unit")[0])


def costs(
    keep: pl.DataFrame, mapping: ColumnMap, decimal: str | None, *, typed: bool
) -> list[pl.Series]:
    """The columns unit_cost, ext_cost and currency."""
    import polars as pl

    result: list[pl.Series] = []
    codes = series(keep, mapping, "currency")
    by_header: str | None = None
    for name in ("unit_cost", "ext_cost"):
        texts = series(keep, mapping, name)
        sign = parsing.decimal_of(texts, typed=typed, otherwise=decimal)
        result.append(
            parsing.amounts(texts, sign, money.parse_cost).get_column("value").alias(name)
        )
        if name in mapping.main:
            by_header = by_header or mapping.main[name].header.currency
            codes = (
                pl.DataFrame({"one": codes, "two": money.currency_of(texts)})
                .select(pl.coalesce("one", "two"))
                .to_series()
            )
    frame = pl.DataFrame({"code": codes, "unit_cost": result[0], "ext_cost": result[1]})
    known = pl.col("unit_cost").is_not_null() | pl.col("ext_cost").is_not_null()
    result.append(
        frame.select(
            pl.when(known | pl.col("code").is_not_null())
            .then(pl.coalesce("code", pl.lit(by_header, pl.String)))
            .alias("currency")
        ).to_series()
    )
    return result
