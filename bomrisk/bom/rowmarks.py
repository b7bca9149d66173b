"""Marks on rows and cells that calamine does not tell: hidden, outline level, indent, digits shown."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl


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
    sheet_hidden: bool = False
    filtered: bool = False

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
