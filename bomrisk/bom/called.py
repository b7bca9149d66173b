"""What a sheet calls its assembly: its own name, a number in its title, and how often it is used."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bomrisk.bom import words
from bomrisk.bom.content import is_number

if TYPE_CHECKING:
    import polars as pl

    from bomrisk.bom.lines import TableLines
    from bomrisk.bom.views import SheetTables

TITLE_ROWS = 12
"""Rows above a table that are looked at as its title."""
MOST_TIMES = 1_000

_TIMES = re.compile(
    r"(?i)[(\[]\s*(?:x\s?(\d{1,3})|(\d{1,3})\s?x|qty:?\s?(\d{1,3}))\s*[)\]]\s*$"
    r"|(?:^|[\s_-])x\s?(\d{1,3})\s*$|^(\d{1,3})\s?x[\s_-]"
)
_IN_BRACKETS = re.compile(
    r"(?i)\w.*[(\[]\s*(?:x\s?([1-9]\d{0,2})|([1-9]\d{0,2})\s?x|qty[:.]?\s?([1-9]\d{0,2}))\s*[)\]]\s*$"
)
"""A title alone in its row that ends in how often: ``Wheel module (4x)``, ``Board A (qty 2)``."""
_LABEL = re.compile(rf"(?i)\s*(?:{words.pattern('sheet multiplier')})\s*[:=]?\s*(\d{{1,4}})?\s*")
_NUMBER = re.compile(r"(?=.*\d)[\w./-]{4,48}")


def times_said(one: SheetTables) -> tuple[float, str] | None:
    """How often the assembly of a sheet is used, as its name or its title says, and where it is said."""
    match = _TIMES.search(one.sheet.name)
    if match:
        count = next(int(group) for group in match.groups() if group)
        return (float(count), "its name") if 0 < count <= MOST_TIMES else None
    if len(one.tables) > 1:
        return None
    said = _times(_title(one))
    return None if said is None else (said, "its title")


def times_above(one: SheetTables, table: TableLines) -> float | None:
    """How often the assembly of one of several tables on a sheet is used, as the rows above it say."""
    header = table.region.header
    if len(one.tables) < 2 or header is None:
        return None
    first = header.index - header.above
    return _times(_texts(one.sheet.frame.slice(max(0, first - TITLE_ROWS), min(first, TITLE_ROWS))))


def says_times(frame: pl.DataFrame, above: int) -> bool:
    """Whether the rows above a header say how often the assembly below it is used."""
    first = max(0, above - TITLE_ROWS)
    return _times(_texts(frame.slice(first, above - first))) is not None


def title_places(frame: pl.DataFrame) -> frozenset[int]:
    """Places of the last rows of a table that are the title of the next one, since they say how often."""
    first = max(0, frame.height - TITLE_ROWS)
    rows = [
        [text.strip() for text in row if text and text.strip()]
        for row in frame.tail(TITLE_ROWS).rows()
    ]
    while rows and not rows[-1]:
        rows.pop()
    start = next((at + 1 for at in reversed(range(len(rows))) if not rows[at]), None)
    if start is None or _times(rows[start:]) is None:
        return frozenset()
    return frozenset(range(first + start, first + len(rows)))


def _times(rows: Sequence[Sequence[str]]) -> float | None:
    """The number beside the last label in the rows that says how often an assembly is used."""
    for row in reversed(rows):
        if not row:
            return None
        for at, text in enumerate(row):
            bracket = _IN_BRACKETS.search(text) if len(row) == 1 else None
            if bracket:
                return float(next(group for group in bracket.groups() if group))
            label = _LABEL.fullmatch(text)
            if label is None:
                continue
            given = label[1] or next(iter(row[at + 1 : at + 2]), "")
            number = given.strip().removesuffix(".0")
            if is_number(number) and number.isdecimal() and 0 < int(number) <= MOST_TIMES:
                return float(number)
    return None


def titles(found: Sequence[SheetTables]) -> dict[str, frozenset[str]]:
    """Sheet → numbers in its title that no other sheet has there: one of them may be its assembly's."""
    said = {one.sheet.name: _numbers(one) for one in found}
    counts = Counter(number for numbers in said.values() for number in numbers)
    return {
        name: frozenset(number for number in numbers if counts[number] == 1)
        for name, numbers in said.items()
    }


def _numbers(one: SheetTables) -> frozenset[str]:
    tokens = (
        token for row in _title(one) for text in row for token in re.split(r"[\s:,;()]+", text)
    )
    return frozenset(token.casefold() for token in tokens if _NUMBER.fullmatch(token))


def _title(one: SheetTables) -> list[list[str]]:
    """The rows above the first table of a sheet, as texts."""
    header = one.tables[0].region.header if one.tables else None
    if header is None:
        return []
    return _texts(one.sheet.frame.head(min(header.index - header.above, TITLE_ROWS)))


def _texts(frame: pl.DataFrame) -> list[list[str]]:
    """The texts of the rows; blank rows just above a header are left out, they part it from its title."""
    found = [
        [" ".join(text.split()) for text in row if text and text.strip()] for row in frame.rows()
    ]
    while found and not found[-1]:
        found.pop()
    return found
