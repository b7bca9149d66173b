"""A column for each level of the assembly: the part, its name, a digit or a mark stands in that of its depth.

Such a family of columns is written together into two: the depth, and what stood in the cell.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bomrisk.bom.content import profile
from bomrisk.bom.header import HEAD_ROWS, KNOWN, cells_of
from bomrisk.bom.sheet import Sheet
from bomrisk.bom.vocabulary import read_header

if TYPE_CHECKING:
    import polars as pl

MOST_LEVELS = 20
ALONE = 0.95
"""Share of the rows with any cell in the family that have just one: else it is no family of levels."""
_LAST_NUMBER = re.compile(r"(.*?)[\s.:_#\-]*(\d{1,2})")
_SHORT = frozenset(("l", "lv", "lvl", "lev"))
_MARK = r"^\s*(?:[xX×*•●▪■✓✔+]|\d{1,2}(?:\.0)?)\s*$"
_LEVEL, _PART, _NAME = "Level", "Part Number", "Name"


@dataclass(frozen=True, slots=True)
class _Family:
    """Columns of a family, the depth that each stands for, and the row and rows of its header."""

    letters: tuple[str, ...]
    depths: tuple[int, ...]
    header: int
    """The place at which the other headers stand, and at which the two that replace it are written."""
    rows: tuple[int, ...]


def levelled(sheet: Sheet) -> Sheet:
    """The sheet with a family of level columns written into two; the same sheet if it has none."""
    if sheet.header is not None or sheet.frame.width < 3:
        return sheet
    for index in range(min(HEAD_ROWS, sheet.frame.height - 2)):
        found = _family(sheet.frame, index)
        if found is not None and _is_staggered(sheet.frame, found):
            return _written(sheet, found)
    return sheet


def _family(frame: pl.DataFrame, index: int) -> _Family | None:
    cells = cells_of(frame, index)
    for letter, text in cells.items():
        below = cells_of(frame, index + 1)
        found = (
            _numbered(frame.columns, cells, letter, index)
            or _numbered_below(frame.columns, cells, below, letter, index)
            or _unnamed(frame, cells, letter, index)
        )
        if found is not None and text:
            return found
    return None


def _says_level(text: str) -> bool:
    """Whether a header's words mean the level."""
    word = text.strip(" .:_#-").casefold()
    header = read_header(word)
    sure = header.candidates and header.candidates[0].field == "level"
    return word in _SHORT or (bool(sure) and header.strength >= 0.9)


def _run(
    columns: Sequence[str], texts: Mapping[str, str], first: str, numbers: Mapping[str, int]
) -> tuple[str, ...]:
    """The columns from one on whose headers count up by one."""
    letters = [first]
    for letter in columns[columns.index(first) + 1 :]:
        if letter not in texts or numbers.get(letter) != numbers[letters[-1]] + 1:
            break
        letters.append(letter)
    return tuple(letters[:MOST_LEVELS])


def _numbered(
    columns: Sequence[str], cells: Mapping[str, str], letter: str, index: int
) -> _Family | None:
    """Headers such as Level 1, Level 2, Level 3, or L0, L1, L2."""
    numbers: dict[str, int] = {}
    for other, text in cells.items():
        match = _LAST_NUMBER.fullmatch(text)
        if match and match[1] and _says_level(match[1]):
            numbers[other] = int(match[2])
    if numbers.get(letter) not in (0, 1):
        return None
    letters = _run(columns, cells, letter, numbers)
    if len(letters) < 2:
        return None
    return _Family(letters, tuple(numbers[each] for each in letters), index, (index,))


def _numbered_below(
    columns: Sequence[str],
    cells: Mapping[str, str],
    below: Mapping[str, str],
    letter: str,
    index: int,
) -> _Family | None:
    """A heading that says level above digits that count up from 0 or 1."""
    numbers = {
        other: int(float(text))
        for other, text in below.items()
        if re.fullmatch(r"\d{1,2}(?:\.0)?", text)
    }
    if not _says_level(cells[letter]) or numbers.get(letter) not in (0, 1):
        return None
    letters = _run(columns, below, letter, numbers)
    if len(letters) < 3 or any(each in cells for each in letters[1:]):
        return None
    others = [set(texts) - set(letters) for texts in (cells, below)]
    header = index if len(others[0]) >= len(others[1]) else index + 1
    return _Family(letters, tuple(numbers[each] for each in letters), header, (index, index + 1))


def _unnamed(
    frame: pl.DataFrame, cells: Mapping[str, str], letter: str, index: int
) -> _Family | None:
    """A heading that says level, merged over columns that have no header of their own."""
    if not _says_level(cells[letter]):
        return None
    letters = [letter]
    for other in frame.columns[frame.columns.index(letter) + 1 :]:
        if other in cells or frame.get_column(other).slice(index + 1).null_count() == (
            frame.height - index - 1
        ):
            break
        letters.append(other)
    if len(letters) < 2 or len(cells) < 3:
        return None
    return _Family(tuple(letters[:MOST_LEVELS]), tuple(range(len(letters))), index, (index,))


def _is_staggered(frame: pl.DataFrame, family: _Family) -> bool:
    """Whether (nearly) every row has one cell in the family, and several columns of it are used."""
    import polars as pl

    letters = list(family.letters)
    body = frame.slice(max(family.rows) + 1).select(pl.col(letters).is_not_null())
    counts = body.select(pl.sum_horizontal(letters)).to_series()
    filled = counts.filter(counts > 0)
    used = sum(body.get_column(letter).any() for letter in letters)
    lonely = int((filled == 1).sum())
    return filled.len() >= 3 and used >= 2 and lonely >= ALONE * filled.len()


def _written(sheet: Sheet, family: _Family) -> Sheet:
    import polars as pl

    letters = list(family.letters)
    place = pl.int_range(pl.len())
    in_body = place > max(family.rows)
    depth = pl.coalesce(
        *(
            pl.when(pl.col(letter).is_not_null()).then(pl.lit(str(depth)))
            for letter, depth in zip(letters, family.depths, strict=True)
        )
    )
    text = pl.coalesce(letters)
    body = sheet.frame.slice(max(family.rows) + 1).select(text.alias("text")).to_series()
    named = _title(sheet.frame, family, body.drop_nulls().head(2 * HEAD_ROWS).to_list())
    levels = (
        pl.when(in_body)
        .then(depth)
        .when(place == family.header)
        .then(pl.lit(_LEVEL))
        .alias("level")
    )
    texts = (
        pl.when(in_body & (named is not None))
        .then(text)
        .when(place == family.header)
        .then(pl.lit(named, pl.String))
        .alias("text")
    )
    made = sheet.frame.select(levels, texts)
    above = place < min(family.rows)
    frame = sheet.frame.with_columns(
        pl.when(above).then(pl.col(letter)).alias(letter) for letter in letters
    ).with_columns(
        pl.coalesce(made["level"], pl.col(letters[0])).alias(letters[0]),
        pl.coalesce(made["text"], pl.col(letters[1])).alias(letters[1]),
    )
    said = (
        f"columns {letters[0]} to {letters[-1]} are one for each level: the column tells the level"
    )
    return replace(sheet, frame=frame, remarks=(*sheet.remarks, said))


def _title(frame: pl.DataFrame, family: _Family, texts: list[str]) -> str | None:
    """What the cells of the family are: numbers of parts, names, or (None) mere marks."""
    import polars as pl

    marks = int(pl.Series(texts, dtype=pl.String).str.contains(_MARK).sum())
    if marks >= ALONE * len(texts):
        return None
    others = {
        header.candidates[0].field
        for place in family.rows
        for letter, text in cells_of(frame, place).items()
        if letter not in family.letters
        for header in (read_header(text),)
        if header.strength >= KNOWN
    }
    if "part_number" in others:
        return _NAME
    found = profile(texts)
    return _PART if found.code >= 0.5 or "name" in others or "description" in others else _NAME
