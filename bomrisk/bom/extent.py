"""How far the cells of an .xlsx sheet reach, by their tags: calamine makes room for the rectangle they span.

Programs give every cell its place (``r="B7"``). XML allows other spellings, and cells without a place stand
right of the one before; calamine understands both, so neither may pass unseen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bomrisk.bom.letters import index_of, letter

if TYPE_CHECKING:
    import polars as pl

_ODD = re.compile(rb"""\br(?:\s*=\s*'|\s+=|=\s|="[^A-Z0-9]|="[A-Z]+[^A-Z0-9"])""")
_SINGLE = re.compile(rb"""([\w:]+)\s*=\s*'([^'"<>]*)'""")
_SPACED = re.compile(rb"""([\w:]+)(?:\s+=\s*|=\s+)\"""")
_PLACE = re.compile(rb"""\br="\s*\$?([A-Za-z]*)\$?(\d+)\s*\"""")
_CELL = re.compile(rb'\br="([A-Z]+)(\d+)"')
_PREFIXED = r"<(?:[^\s<>/:]+:)?c"
_ANY_CELL = rf"{_PREFIXED}[>/\s]"
_PLACED_CELL = rf'{_PREFIXED}\s[^>]*\br="[A-Z]'


def is_odd(xml: bytes) -> bool:
    """Whether places are not spelled as programs spell them."""
    return _ODD.search(xml) is not None


def as_programs_write(xml: bytes) -> bytes:
    """Attributes in double quotes without blanks, and places in capitals."""
    xml = _SINGLE.sub(rb'\1="\2"', xml)
    xml = _SPACED.sub(rb'\1="', xml)
    return _PLACE.sub(lambda place: b'r="' + place[1].upper() + place[2] + b'"', xml)


@dataclass(slots=True)
class Columns:
    """The columns that the cells of a sheet reach, counted from 0."""

    placed: int = 25
    """The last column of a cell with a place, or a bound: before column Z nothing is looked at closely."""
    beside: int = 0
    """The most cells without a place in one row that has cells with one."""
    alone: int = 0
    """The most cells in one row without any place."""
    carried: int = 0
    """Cells without a place in the row in which the last batch ended."""

    @property
    def last(self) -> int:
        """The last column that any cell can have."""
        return max(self.placed + self.beside, self.alone - 1)

    def may_grow(self, text: pl.Series, last_row: int) -> bool:
        """Whether the text has cells that may reach further than is known."""
        prefixed = text.str.contains(":c", literal=True).any()
        return bool(text.str.contains(self._far(_PREFIXED if prefixed else "<c", last_row)).any())

    def _far(self, tag: str, last_row: int) -> str:
        """A pattern of cells that may reach further than is known.

        They stand right of the last column, below the last row by its digits, have no place, or one that
        is spelled otherwise.
        """
        digits = max(6, len(str(last_row)) + 1)
        beyond = rf'{_right_of(self.placed)}|[A-Z]+\d{{{digits},}}|[^A-Z0-9]|[A-Z]+[^A-Z0-9"]'
        return rf'{tag}(?:[>/]|\s(?:[^r]|r(?:="(?:{beyond})|[^=]|=[^"])))'

    def reach(self, text: pl.Series, xml: bytes) -> int:
        """Take in the cells of a batch, which is `text` and `xml`; the last row among their places."""
        row = 0
        for letters, number in set(_CELL.findall(xml)):
            self.placed = max(self.placed, index_of(letters[:8].decode()))
            row = max(row, int(number[:12]))
        self._reach_unplaced(text)
        return row

    def _reach_unplaced(self, text: pl.Series) -> None:
        import polars as pl

        pieces = text.str.replace_all(":row", "<row", literal=True).str.split("<row").explode()
        placed = pieces.str.count_matches(_PLACED_CELL)
        unplaced = pieces.str.count_matches(_ANY_CELL) - placed
        counts = pl.DataFrame({"placed": placed, "unplaced": unplaced}).with_columns(
            unplaced=pl.col("unplaced").cast(pl.Int64)
            + pl.when(pl.int_range(pl.len()) == 0).then(self.carried).otherwise(0)
        )
        beside, alone = counts.select(
            pl.col("unplaced").filter(pl.col("placed") > 0).max().fill_null(0),
            pl.col("unplaced").filter(pl.col("placed") == 0).max().fill_null(0).alias("alone"),
        ).row(0)
        self.beside, self.alone = max(self.beside, beside), max(self.alone, alone)
        self.carried = int(counts["unplaced"][-1])


def _right_of(column: int) -> str:
    """A pattern of the letters of all columns to the right of this one."""
    letters = letter(column)
    if len(letters) == 1:
        return "[A-Z]{2}"
    if len(letters) > 2:
        return "[A-Z]{3}"
    first, second = letters[0], letters[1]
    parts = ["[A-Z]{3}"]
    if first < "Z":
        parts.append(f"[{chr(ord(first) + 1)}-Z][A-Z]")
    if second < "Z":
        parts.append(f"{first}[{chr(ord(second) + 1)}-Z]")
    return "|".join(parts)
