"""Quantities in several columns that a total adds up: left hand and right hand, wing and tail."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bomrisk.bom.columns import ColumnMap

if TYPE_CHECKING:
    import polars as pl

    from bomrisk.bom.regions import Region

AGREEING = 0.9
"""Share of the rows in which the total must be the sum of the columns."""
LEAST_ROWS = 2


def with_summed(mapping: ColumnMap, frame: pl.DataFrame, region: Region) -> ColumnMap:
    """The mapping with quantity columns whose sum is the total as those of several end items.

    One quantity alone would leave out what the others count; the total proves that they belong together.
    """
    several = (mapping.main["quantity"],) if "quantity" in mapping.main else ()
    columns = (*several, *mapping.more.get("quantity", ()))
    total = mapping.main.get("quantity_total")
    if mapping.products or len(columns) < 2 or total is None or mapping.steps:
        return mapping
    import polars as pl

    letters = [column.letter for column in columns]
    rows = frame.slice(region.first, region.end - region.first).select(
        pl.col(letter).str.strip_chars().cast(pl.Float64, strict=False)
        for letter in (*letters, total.letter)
    )
    rows = rows.filter(pl.col(total.letter) > 0, pl.any_horizontal(pl.col(letters).is_not_null()))
    if rows.height < LEAST_ROWS or not any(rows.get_column(one).sum() for one in letters[1:]):
        return mapping
    added = pl.sum_horizontal(pl.col(letters).fill_null(0.0))
    agree = rows.select(((added - pl.col(total.letter)).abs() < 1e-6).mean()).item()
    if agree < AGREEING:
        return mapping
    places = list(mapping.headers)
    products = sorted(columns, key=lambda column: places.index(column.letter))
    more = {name: ones for name, ones in mapping.more.items() if name != "quantity"}
    main = {name: one for name, one in mapping.main.items() if name != "quantity_total"}
    return replace(
        mapping, main={**main, "quantity": products[0]}, more=more, products=tuple(products)
    )
