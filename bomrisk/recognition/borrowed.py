"""Where a text that decided stands, if an item master and not the parts list itself holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

_ENTRY = r"(?:^|; )([^;]*?): (?:[a-z_]+, )*"


def with_places(found: pl.DataFrame, lines: pl.DataFrame, reason: str) -> pl.DataFrame:
    """The rows (line, field, and the column `reason`) with "description from items.csv row 12" at its end.

    `from_items` of the lines says which field came from where; rows of other fields stay as they are.
    """
    import polars as pl

    borrowed = lines.filter(pl.col("from_items").is_not_null()).select("line", "from_items")
    if not borrowed.height or not found.height:
        return found
    fields = found.get_column("field").drop_nulls().unique().sort()
    place = pl.coalesce(
        pl.when(pl.col("field") == field).then(
            pl.col("from_items").str.extract(rf"{_ENTRY}{field}(?:$|, |; )")
        )
        for field in fields
    )
    joined = found.join(borrowed, on="line", how="left", maintain_order="left").with_columns(
        place=place
    )
    said = pl.format("{} ({} from {})", reason, "field", "place")
    return joined.with_columns(
        pl.when(pl.col("place").is_not_null()).then(said).otherwise(reason).alias(reason)
    ).select(found.columns)
