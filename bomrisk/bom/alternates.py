"""Alternates: other parts that a row permits, in further columns or in rows ranked below the first.

They are judged each, but the product holds one of them: an alternate never adds to a quantity.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bomrisk.bom import packed, words
from bomrisk.bom.columns import Column, ColumnMap

if TYPE_CHECKING:
    import polars as pl

_WORD = rf"(?i)^\W*(?:{words.pattern('alternate row')})\W*\d{{0,2}}\W*$"
"""A cell, or a row, that says no more than "alternate" or "or"."""
_FIRST = rf"(?i)^\W*(?:{words.pattern('first choice')})\W*$"
"""A cell that says that the part is the first choice."""
_LOOSE = ("category", "notes", "other", "value", "phantom", "name")
"""Fields whose column may be one that tells alternates from first choices."""
MOST_CHOICES = 6
"""Different texts that such a column may have."""
HEAD_ROWS = 2_000
_ANSWER = rf"(?i)^\W*(?:{words.pattern('yes or no')})\W*$"
"""A cell that says whether there is an alternate, and names none."""


def flagged(keep: pl.DataFrame, part: pl.DataFrame, mapping: ColumnMap) -> pl.Series:
    """Which lines are alternates of the line above: a cell says so, or a row "or" stands before them.

    `part` has all rows of the table in order, with `place` and `kind`.
    """
    import polars as pl

    said = pl.lit(value=False)
    for name in ("alt_part_number", "rank"):
        for column in _columns(mapping, name):
            said = said | pl.col(column.letter).str.contains(_WORD).fill_null(value=False)
    for letter in _choosing(keep, mapping):
        said = said | pl.col(letter).str.contains(_WORD).fill_null(value=False)
    cells = [pl.col(letter) for letter in mapping.profiles if letter in part.columns]
    others = part.filter(pl.col("kind") != "line")
    bare = others.filter(
        (pl.sum_horizontal(cell.is_not_null() for cell in cells) == 1)
        & pl.any_horizontal(cell.str.contains(_WORD) for cell in cells).fill_null(value=False)
    )
    after = _following(bare.get_column("place"), others, keep, cells)
    return keep.select(said | pl.col("place").is_in(after)).to_series().alias("flagged")


def _choosing(keep: pl.DataFrame, mapping: ColumnMap) -> list[str]:
    """Columns of no other use whose cells say nothing but first choice or alternate, and say both."""
    used = {column.letter for name, column in mapping.main.items() if name not in _LOOSE}
    found = []
    for letter in mapping.profiles:
        if letter in used or letter not in keep.columns:
            continue
        for height in (HEAD_ROWS, keep.height):
            texts = keep.get_column(letter).head(height).drop_nulls().unique()
            if not 0 < texts.len() <= MOST_CHOICES:
                break
            rest = texts.filter(~texts.str.contains(_WORD))
            if rest.len() == texts.len() or not rest.str.contains(_FIRST).all():
                break
        else:
            if rest.len():
                found.append(letter)
    return found


def _following(
    bare: pl.Series, others: pl.DataFrame, keep: pl.DataFrame, cells: Sequence[pl.Expr]
) -> list[int]:
    """The line that stands right below each of some rows; blank rows between do not count."""
    import polars as pl

    if not bare.len():
        return []
    filled = others.filter(pl.any_horizontal(cell.is_not_null() for cell in cells))
    stops = filled.get_column("place").to_list()
    lines = keep.get_column("place")
    found = []
    for place in bare.to_list():
        at = lines.search_sorted(place)
        if at < lines.len():
            following = int(lines[int(at)])
            if not any(place < stop < following for stop in stops):
                found.append(following)
    return found


def of_cells(lines: pl.DataFrame) -> pl.DataFrame:
    """Parts packed into the cells of maker and number, as `packed.of_cells` gives them."""
    import polars as pl

    found = packed.of_cells(lines, "manufacturer", "mpn")
    rest = lines.join(found, on="place", how="anti") if found.height else lines
    rest = rest.with_columns(none=pl.lit(None, pl.String))
    return pl.concat([found, packed.of_cells(rest, "none", "part_number")])


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
    return packed.split(pl.concat(found).sort("place", "rank", maintain_order=True))


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
    said = text.str.contains(r"[\pL\pN]") & ~text.str.contains(_WORD) & ~text.str.contains(_ANSWER)
    return pl.when(said).then(text)


def of_ranks(
    ranks: Sequence[str | None], places: Sequence[int], flags: Sequence[bool]
) -> list[int | None]:
    """For each line the line that it is an alternate of, by its rank; None for a first choice.

    Ranks count within a block of rows that follow one another. The least number is the first
    choice; a line without a number stands for itself only if the block has no first choice. A flagged
    line is an alternate of the last line above that is not.
    """
    result: list[int | None] = [None] * len(ranks)
    if any(flags):
        first: int | None = None
        for at, flag in enumerate(flags):
            if flag:
                result[at] = first
            else:
                first = at
        return result
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
