"""Assemblies above a part in columns of their own: system, subsystem, assembly, and then the part.

The assemblies have no rows, so they are groups above the list: their names together are the part's path.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from bomrisk.bom.columns import IDENTITIES, Column, ColumnMap
from bomrisk.bom.levelheads import families
from bomrisk.bom.vocabulary import Header

if TYPE_CHECKING:
    import polars as pl

    from bomrisk.bom.regions import Region

BETWEEN = " / "
GIVEN_ONCE = 0.2
"""Share of rows without the first group from which a group holds for the rows below it too."""
IN_ORDER = 0.95
"""Share of the rows whose groups are given from the top down, without a gap."""
_LOOSE = ("parent", "category", "other", "level", "value")
"""Fields that a column of groups may have been taken for."""


def with_path(
    mapping: ColumnMap, frame: pl.DataFrame, region: Region, texts: Mapping[str, str]
) -> ColumnMap:
    """The mapping with several columns of assemblies as the path of the part, where the table has them."""
    if mapping.steps or not any(name in mapping.main for name in IDENTITIES):
        return mapping
    used = {column.letter for name, column in mapping.main.items() if name not in _LOOSE}
    known = mapping.main.get("parent")
    for family in families(frame, region, texts):
        letters = tuple(takewhile(lambda letter: letter not in used, family.letters))
        if len(letters) < 2 or family.bare or (known and known.letter not in letters):
            continue
        if _are_groups(mapping, frame, region, letters):
            return _taken(mapping, letters, texts)
    return mapping


def _are_groups(
    mapping: ColumnMap, frame: pl.DataFrame, region: Region, letters: Sequence[str]
) -> bool:
    """Whether the columns hold names that come again, from the top down, and name no part of the list."""
    import polars as pl

    if any(mapping.profiles[letter].words < 0.6 for letter in letters):
        return False
    rows = frame.slice(region.first, region.end - region.first)
    identity = {mapping.main[name].letter for name in IDENTITIES if name in mapping.main}
    parts = rows.filter(pl.any_horizontal(pl.col(sorted(identity)).is_not_null()))
    last = joined(parts, letters)
    if parts.height < 2 or last.null_count() or last.n_unique() > 0.9 * last.len():
        return False
    order = [
        pl.col(one).is_not_null() | pl.col(other).is_null() for one, other in pairwise(letters)
    ]
    held = parts.filter(pl.any_horizontal(pl.col(list(letters)).is_not_null()))
    if held.select(pl.all_horizontal(order).mean()).item() < IN_ORDER and not _once(
        parts, letters[0]
    ):
        return False
    names = {
        text.strip().casefold()
        for letter in letters
        for text in parts.get_column(letter).drop_nulls().unique().to_list()
    }
    own = {
        text.strip().casefold()
        for letter in identity
        for text in parts.get_column(letter).drop_nulls().unique().to_list()
    }
    return not names & own


def _taken(mapping: ColumnMap, letters: tuple[str, ...], texts: Mapping[str, str]) -> ColumnMap:
    main = {name: one for name, one in mapping.main.items() if one.letter not in letters}
    more = {
        name: tuple(one for one in columns if one.letter not in letters)
        for name, columns in mapping.more.items()
    }
    reason = f"the columns {letters[0]} to {letters[-1]} name the assemblies above the part"
    header = Header(texts.get(letters[0], ""))
    main["parent"] = Column(letters[0], "parent", header, 0.8, reason, letters[-1])
    return replace(mapping, main=main, more=more, path=letters)


def _once(rows: pl.DataFrame, letter: str) -> bool:
    """Whether a group is written in its first row only."""
    column = rows.get_column(letter)
    return (
        column.len() > 0 and column[0] is not None and column.null_count() >= GIVEN_ONCE * len(rows)
    )


def joined(rows: pl.DataFrame, letters: Sequence[str]) -> pl.Series:
    """The names of the groups of each row from the top down, `` / `` between; null if there is none."""
    import polars as pl

    texts: list[pl.Expr] = [pl.col(letter).str.strip_chars() for letter in letters]
    if rows.height and _once(rows, letters[0]):
        given = [pl.col(letter).is_not_null().cum_sum() for letter in letters]
        texts = [texts[0].forward_fill()] + [
            texts[at].forward_fill().over(pl.sum_horizontal(given[:at]))
            for at in range(1, len(letters))
        ]
    path = pl.concat_str(texts, separator=BETWEEN, ignore_nulls=True)
    return rows.select(pl.when(path != "").then(path).alias("path")).to_series()
