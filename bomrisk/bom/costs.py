"""Costs of the lines: the cost of one piece, the cost of the line, and the currency of both."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bomrisk.bom import money, parsing, units
from bomrisk.bom.columns import ColumnMap
from bomrisk.bom.figures import series

if TYPE_CHECKING:
    import polars as pl


_SHARED = r"[¥￥]|\b[Kk]r\b"
"""Signs that several currencies have."""


@dataclass(frozen=True, slots=True)
class Costs:
    """Cost of one piece and of the line, currency, a remark for each line, and remarks on columns."""

    unit_cost: pl.Series
    ext_cost: pl.Series
    currency: pl.Series
    note: pl.Series
    remarks: tuple[str, ...]


def costs(keep: pl.DataFrame, mapping: ColumnMap, decimal: str | None, *, typed: bool) -> Costs:
    """Costs of the lines.

    The currency is that of the cell, else of a currency column, else of the header. A price for 100
    or 1,000 pieces, as its header or a price-unit column says, is that of one of them.
    """
    import polars as pl

    remarks: list[str] = []
    each = _column(keep, mapping, "unit_cost", decimal, remarks, typed=typed)
    total = _column(keep, mapping, "ext_cost", decimal, remarks, typed=typed)
    named = _currency_column(series(keep, mapping, "currency"))
    of_each, of_total = _of_header(mapping, "unit_cost"), _of_header(mapping, "ext_cost")
    frame = pl.DataFrame(
        {
            "each": each.get_column("value"),
            "each_code": each.get_column("unit"),
            "total": total.get_column("value"),
            "total_code": total.get_column("unit"),
            "named": named,
            "per": _price_unit(keep, mapping),
            "note": pl.DataFrame([each["note"].alias("a"), total["note"].alias("b")]).select(
                pl.coalesce("a", "b")
            ),
        }
    ).with_columns(
        pl.coalesce("each_code", "named", pl.lit(of_each, pl.String)).alias("each_code"),
        pl.coalesce("total_code", "named", pl.lit(of_total, pl.String)).alias("total_code"),
    )
    other = (
        pl.col("each").is_not_null()
        & pl.col("total").is_not_null()
        & (pl.col("each_code") != pl.col("total_code")).fill_null(value=False)
    )
    told = frame.select(
        unit_cost=pl.col("each") / pl.col("per"),
        ext_cost=pl.when(~other).then("total"),
        currency=pl.when(pl.col("each").is_not_null())
        .then(pl.coalesce("each_code", "total_code"))
        .when(pl.col("total").is_not_null())
        .then("total_code")
        .otherwise("named"),
        note="note",
        other=other,
    )
    if told.get_column("other").any():
        remarks.append(
            f"column {mapping.main['ext_cost'].header.text!r} is in another currency than the unit"
            " cost: it is not used where both stand"
        )
    remarks += _ambiguous(keep, mapping, told)
    return Costs(
        told.get_column("unit_cost"),
        told.get_column("ext_cost"),
        told.get_column("currency"),
        told.get_column("note"),
        tuple(remarks),
    )


def _of_header(mapping: ColumnMap, name: str) -> str | None:
    """The currency of a cost column's header; an ambiguous sign is none."""
    return mapping.main[name].header.currency if name in mapping.main else None


def _ambiguous(keep: pl.DataFrame, mapping: ColumnMap, told: pl.DataFrame) -> list[str]:
    """A remark where costs bear a sign that several currencies share, and nothing says which."""
    without = told.get_column("currency").is_null()
    for name in ("unit_cost", "ext_cost"):
        if name not in mapping.main:
            continue
        header = mapping.main[name].header.text
        known = told.get_column(name).is_not_null() & without
        some = series(keep, mapping, name).str.contains(_SHARED).fill_null(value=False) & known
        if some.any() or (known.any() and re.search(_SHARED, header)):
            return [
                f"the currency of column {header!r} is unknown, since several have its sign: add its code"
                " to the header, or as currency to a saved mapping"
            ]
    return []


def _column(
    keep: pl.DataFrame,
    mapping: ColumnMap,
    name: str,
    decimal: str | None,
    remarks: list[str],
    *,
    typed: bool,
) -> pl.DataFrame:
    """Columns value, unit, note of one cost column; remarks on it are added to `remarks`."""
    import polars as pl

    texts = series(keep, mapping, name)
    sign = parsing.sign_of(texts, typed=typed, otherwise=decimal)
    found = parsing.amounts(texts, sign.decimal, money.parse_cost)
    if name not in mapping.main:
        return found
    header = mapping.main[name].header.text
    if sign.doubtful:
        remarks.append(
            f"nothing tells whether the comma of {sign.doubtful!r} in column {header!r} parts"
            " thousands or decimals: it is taken for thousands"
        )
    value = pl.col("value")
    below = "cost '{}' is below zero: it counts as unknown"
    pieces = units.per_count(header) if name == "unit_cost" else 1.0
    return found.with_columns(texts.alias("text")).select(
        value=pl.when(value >= 0).then(value / pieces),
        unit="unit",
        note=pl.when(value < 0).then(pl.format(below, "text")).otherwise("note"),
    )


def _price_unit(keep: pl.DataFrame, mapping: ColumnMap) -> pl.Series:
    """For how many pieces each price is: the price-unit column of an ERP (1, 10, 100, 1,000), else 1."""
    import polars as pl

    texts = series(keep, mapping, "price_unit").cast(pl.String)
    plain = texts.str.replace_all(r"[.,' ]", "").str.extract(r"^(1|10|100|1000|10000)(?:\pL*\.?)?$")
    return plain.cast(pl.Float64).fill_null(1.0).alias("per")


def _currency_column(texts: pl.Series) -> pl.Series:
    """ISO codes of a currency column; a text that is none is not taken for one."""
    import polars as pl

    known = {text: units.currency(text) for text in texts.drop_nulls().unique().to_list()}
    frame = pl.DataFrame({"text": texts.cast(pl.String)})
    return frame.select(
        pl.col("text").replace_strict(known, default=None, return_dtype=pl.String)
    ).to_series()
