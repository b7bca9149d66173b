"""Rows that are no lines, each with its reason: with the lines they are all the rows there were."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bomrisk.bom.lines import TableLines
from bomrisk.bom.model import SourceFile
from bomrisk.bom.views import SheetTables

if TYPE_CHECKING:
    import polars as pl

    from bomrisk.bom.sheet import Sheet

LONGEST_EXCERPT = 120
"""Characters of an excluded row that are kept as its text."""


def excluded_rows(
    source: SourceFile, one: SheetTables, *, counted: bool
) -> Iterator[tuple[pl.DataFrame, int]]:
    """Excluded rows of each strip of a sheet, and how many rows the strip has."""
    import polars as pl

    sheet = one.sheet
    strips: dict[tuple[str, ...], list[TableLines]] = {}
    for table in one.tables:
        strips.setdefault(table.region.letters, []).append(table)
    if not strips:
        strips = {tuple(sheet.frame.columns): []}
    for letters, tables in strips.items():
        is_line = pl.Series("line", [False]).new_from_index(0, sheet.frame.height)
        for table in tables if counted else ():
            is_line = is_line.scatter(table.lines.get_column("place"), True)
        cells = pl.col(list(letters))
        below = min(
            (table.region.end for table in tables if counted), default=sheet.frame.height
        )  # what no table holds stands above the first one, or is a table of something else
        rest = "title" if counted else (one.role or "other sheet")
        frame = (
            sheet.frame.with_columns(sheet.rows.alias("row"))
            .with_row_index("place")
            .filter(~is_line)
            .select(
                "place",
                "row",
                pl.any_horizontal(cells.is_not_null()).alias("filled"),
                pl.concat_str(cells.str.strip_chars(), separator=" | ", ignore_nulls=True).alias(
                    "text"
                ),
            )
            .with_columns(
                pl.when(pl.col("text").str.len_chars() > LONGEST_EXCERPT)
                .then(pl.col("text").str.slice(0, LONGEST_EXCERPT - 1) + pl.lit("…"))
                .otherwise("text")
                .alias("text")
            )
            .with_columns(
                pl.when(pl.col("filled") & (pl.col("place") >= below))
                .then(pl.lit("other table"))
                .when("filled")
                .then(pl.lit(rest if tables else "other sheet"))
                .otherwise(pl.lit("blank"))
                .alias("reason")
            )
        )
        height = sheet.frame.height
        if sheet.gaps:
            between = _blank_between(sheet)
            yield (
                between.select(
                    pl.lit(source.name).alias("file"),
                    pl.lit(sheet.name).alias("sheet"),
                    "row",
                    pl.lit("blank").alias("reason"),
                    pl.lit("").alias("text"),
                ),
                between.height,
            )
        yield (
            _with_reasons(frame, tables, None if counted else one.role).select(
                pl.lit(source.name).alias("file"),
                pl.lit(sheet.name).alias("sheet"),
                "row",
                "reason",
                "text",
            ),
            height,
        )


def _blank_between(sheet: Sheet) -> pl.DataFrame:
    """Rows that no cell was written in, between the rows of a sparse sheet."""
    import polars as pl

    last = int(sheet.rows[-1])
    every = pl.DataFrame({"row": pl.Series(range(1, last + 1), dtype=pl.UInt32)})
    return every.join(pl.DataFrame({"row": sheet.rows}), on="row", how="anti")


def _with_reasons(
    frame: pl.DataFrame, tables: Sequence[TableLines], role: str | None
) -> pl.DataFrame:
    """The reasons that the tables give for their rows, where they give one."""
    import polars as pl

    schema = {"place": pl.UInt32, "why": pl.String}
    known = [pl.DataFrame(schema=schema)]
    for table in tables:
        if role is not None:
            known.append(table.lines.select("place", pl.lit(role).alias("why")))
        known.append(table.excluded.select("place", pl.col("reason").alias("why")))
        header = table.region.header
        if header is not None:
            places = list(range(header.index - header.above, header.last + 1))
            known.append(pl.DataFrame({"place": places, "why": "header"}, schema=schema))
    given = pl.concat(known).unique("place", keep="first", maintain_order=True)
    return frame.join(given, on="place", how="left", maintain_order="left").with_columns(
        pl.coalesce("why", "reason").alias("reason")
    )
