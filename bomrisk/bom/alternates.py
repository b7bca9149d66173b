"""Alternates: other parts that a row permits, in further columns or in rows ranked below the first.

They are judged each, but the product holds one of them: an alternate never adds to a quantity.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bomrisk.bom.columns import Column, ColumnMap

if TYPE_CHECKING:
    import polars as pl

SCHEMA_NAMES = ("place", "rank", "part_number", "manufacturer")


def of_columns(keep: pl.DataFrame, mapping: ColumnMap) -> pl.DataFrame:
    """Alternates in columns of their own: place, rank (2 is the first alternate), part, maker."""
    import polars as pl

    schema = {
        "place": pl.UInt32,
        "rank": pl.UInt32,
        "part_number": pl.String,
        "manufacturer": pl.String,
    }
    parts = _columns(mapping, "alt_part_number")
    makers = _columns(mapping, "alt_manufacturer")
    found = [pl.DataFrame(schema=schema)]
    for at in range(max(len(parts), len(makers))):
        part = _text(parts, at)
        maker = _text(makers, at)
        found.append(
            keep.select(
                "place",
                pl.lit(at + 2, pl.UInt32).alias("rank"),
                part.alias("part_number"),
                maker.alias("manufacturer"),
            ).filter(pl.col("part_number").is_not_null() | pl.col("manufacturer").is_not_null())
        )
    return pl.concat(found).sort("place", "rank", maintain_order=True)


def _columns(mapping: ColumnMap, name: str) -> list[Column]:
    columns = [mapping.main[name]] if name in mapping.main else []
    columns += mapping.more.get(name, ())
    letters = list(mapping.profiles)
    return sorted(columns, key=lambda column: letters.index(column.letter))


def _text(columns: Sequence[Column], at: int) -> pl.Expr:
    import polars as pl

    if at >= len(columns):
        return pl.lit(None, pl.String)
    text = pl.col(columns[at].letter).str.strip_chars()
    return pl.when(text.str.contains(r"[\pL\pN]")).then(text)


def of_ranks(ranks: Sequence[str | None], places: Sequence[int]) -> list[int | None]:
    """For each line the line that it is an alternate of, by its rank; None for a first choice.

    Ranks count within a block of rows that follow one another. The least number is the first
    choice; a line without a number stands for itself only if the block has no first choice.
    """
    result: list[int | None] = [None] * len(ranks)
    start = 0
    while start < len(ranks):
        end = start + 1
        while end < len(ranks) and places[end] == places[end - 1] + 1:
            end += 1
        _block(ranks, start, end, result)
        start = end
    return result


def _block(ranks: Sequence[str | None], start: int, end: int, result: list[int | None]) -> None:
    numbers = [_number(ranks[at]) for at in range(start, end)]
    known = [number for number in numbers if number is not None]
    if not known:
        return
    first = min(known)
    chosen = start + numbers.index(first)
    for at in range(start, end):
        own = numbers[at - start]
        given = (ranks[at] or "").strip()
        if own == first or (own is None and not given):
            continue
        result[at] = chosen


def _number(text: str | None) -> int | None:
    match = re.fullmatch(r"\s*(\d{1,3})(?:\.0+|[.)]|st|nd|rd|th)?\s*", text or "")
    return int(match[1]) if match else None
