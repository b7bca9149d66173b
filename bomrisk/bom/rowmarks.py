"""Marks on rows and cells that calamine does not tell: hidden, outline level, indent, digits shown."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bomrisk.bom.letters import letter

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged block of cells: rows from 1, columns from 0, all inclusive."""

    top: int
    left: int
    bottom: int
    right: int


FAILED = {
    0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"
}  # fmt: skip
"""Codes of failed formulas in binary workbooks, and what their cells show."""
MOST = 100_000
"""So many merged blocks and failed cells of a sheet are kept."""


@dataclass(slots=True)
class RowMarks:
    """Marks of one sheet as they are collected; rows count from 1."""

    hidden: array[int] = field(default_factory=lambda: array("I"))
    outline_rows: array[int] = field(default_factory=lambda: array("I"))
    outline_levels: array[int] = field(default_factory=lambda: array("B"))
    indents: list[tuple[str, int, int]] = field(default_factory=list)
    """(column letters, row, indent)."""
    padded: list[tuple[str, int, int]] = field(default_factory=list)
    """(column letters, row, digits that the format shows)."""
    merges: list[Merge] = field(default_factory=list)
    errors: list[tuple[str, int, str]] = field(default_factory=list)
    """(column letters, row, text) of cells whose formula failed."""
    sheet_hidden: bool = False
    filtered: bool = False

    def merge(self, top: int, bottom: int, left: int, right: int) -> None:
        """Note a merged block; rows and columns count from 0."""
        if len(self.merges) < MOST and 0 <= top <= bottom and 0 <= left <= right:
            self.merges.append(Merge(top + 1, left, bottom + 1, right))

    def failed(self, row: int, column: int, text: str | None) -> None:
        """Note a cell whose formula failed; row and column count from 0."""
        if text and len(self.errors) < MOST:
            self.errors.append((letter(column), row + 1, text))

    def outline(self, row: int, level: int) -> None:
        """Note the outline level of a row; level 0 is none."""
        if level > 0:
            self.outline_rows.append(row)
            self.outline_levels.append(min(level, 255))


def cells_frame(cells: list[tuple[str, int, int]]) -> list[pl.DataFrame]:
    """The marked cells as a frame with the columns letter, row, level."""
    import polars as pl

    if not cells:
        return []
    schema = {"letter": pl.String, "row": pl.UInt32, "level": pl.Int32}
    return [pl.DataFrame(cells, schema=schema, orient="row")]
