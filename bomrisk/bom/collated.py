"""Circuit lists that name each component alone, and then all of a kind together with their number.

So export the scripts of circuit programs: the components stand in the file twice, and count once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bomrisk.bom.lines import TableLines

if TYPE_CHECKING:
    import polars as pl

SAID = ("part_number", "mpn", "name", "description")
"""Columns of which one must say the same in both places: two boards have the same designators."""
SINGLE = "listed again with its number"
"""Reason of a row whose component another row counts among others of its kind."""
COVERED = 0.9
"""Share of the rows without quantity that rows with a quantity must name, designator and kind."""
LEAST_ROWS = 3
MOST_LINES = 200_000


def counted_once(tables: Sequence[TableLines]) -> list[TableLines]:
    """The tables without the rows whose components stand again in rows that count them.

    A table that has no rows left is none; its excluded rows go to the first that has.
    """
    import polars as pl

    if not any("reference" in table.mapping.main for table in tables):
        return list(tables)
    lines = pl.concat(
        table.lines.select(
            "place",
            "reference",
            "quantity_text",
            *(one for one in SAID if one in table.lines.columns),
        ).with_columns(table=pl.lit(at))
        for at, table in enumerate(tables)
    ).filter(pl.col("reference").is_not_null())
    if lines.height > MOST_LINES:
        return list(tables)
    single = pl.col("quantity_text").is_null()
    alone, together = lines.filter(single), lines.filter(~single)
    if alone.height < LEAST_ROWS or not together.height:
        return list(tables)
    named = _components(together).select("one", "said").unique()
    again = (
        _components(alone)
        .join(named.with_columns(again=pl.lit(True)), on=["one", "said"], how="left")
        .group_by("table", "place", "one")
        .agg(pl.col("again").any())
        .group_by("table", "place")
        .agg(pl.col("again").fill_null(False).all())
        .filter("again")
    )
    if again.height < COVERED * alone.height:
        return list(tables)
    left = [
        _without(table, again.filter(pl.col("table") == at).get_column("place"))
        for at, table in enumerate(tables)
    ]
    empty = [table.excluded for table in left if not table.lines.height]
    first, *others = [table for table in left if table.lines.height]
    return [replace(first, excluded=pl.concat([first.excluded, *empty])), *others]


def _components(lines: pl.DataFrame) -> pl.DataFrame:
    """One row for each designator of each line and each text that says what it is."""
    import polars as pl

    return (
        lines.select(
            "table",
            "place",
            pl.col("reference").str.to_uppercase().str.extract_all(r"[^\s,;]+").alias("one"),
            pl.concat_list(SAID).list.drop_nulls().list.unique().alias("said"),
        )
        .explode("one")
        .explode("said")
    )


def _without(table: TableLines, places: pl.Series) -> TableLines:
    import polars as pl

    if not places.len():
        return table
    stays = ~pl.col("place").is_in(places.implode())
    keep = table.lines.select(stays.alias("keep")).to_series()
    left = table.lines.filter(~keep).select("place", pl.lit(SINGLE).alias("reason"))
    return replace(
        table,
        lines=table.lines.filter(keep),
        keys=table.keys.filter(keep),
        excluded=pl.concat((table.excluded, left)),
        notes=table.notes.filter(stays),
        alternates=table.alternates.filter(stays),
    )
