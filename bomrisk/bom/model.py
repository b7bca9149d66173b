"""What a spreadsheet holds once it is read: the file, the tables found in it, and their lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The file that was read: name without folder, SHA-256 of its bytes, size, format by content."""

    name: str
    sha256: str
    size_bytes: int
    format: str


@dataclass(frozen=True, slots=True)
class ColumnFound:
    """A column that was taken for a field: where it stands, what its header says, and why."""

    letter: str
    header: str | None
    confidence: float
    """0 to 1: how well header and content agree; a judgement, not a measured rate."""
    reason: str
    last: str | None = None
    """Letter of the last column, where the field stands in a column per level; `letter` is the first."""

    @property
    def span(self) -> str:
        """Where the field stands: ``B``, or ``A:C`` where it has a column per level."""
        return f"{self.letter}:{self.last}" if self.last else self.letter


@dataclass(frozen=True, slots=True)
class TableFound:
    """A table of parts on a sheet: its header row (None if it has none) and its columns by field."""

    sheet: str
    header_row: int | None
    columns: Mapping[str, ColumnFound]
    first_row: int = 0
    last_row: int = 0
    hierarchy: str = "flat"
    """How the tree is written: flat, level, dotted, indent, outline, parent or sheets."""
    confidence: float = 1.0
    """0 to 1: how sure part and quantity are; a judgement, not a measured rate."""
    reason: str = ""
    parts: tuple[TableFound, ...] = ()
    """The tables that it was put together from, where it stands in several pieces."""


@dataclass(frozen=True, slots=True)
class Bom:
    """A bill of materials as read: every input row stands in `lines` or, with a reason, in `excluded`.

    `rows_read` counts the rows of the sheets that were looked at, to the last row that is not empty,
    blank rows included; lists that stand side by side count their rows each for itself, since one
    spreadsheet row then holds two lines. `total_quantity` sums the numbers written in the quantity
    cells of lines, without multiplying. The frames have the columns of `bomrisk.tables`.
    """

    source: SourceFile
    tables: tuple[TableFound, ...]
    rows_read: int
    total_quantity: float | None
    lines: pl.DataFrame
    excluded: pl.DataFrame
    notes: pl.DataFrame
    alternates: pl.DataFrame
    """Other parts that a line's row permits: line, rank (2 is the first), part_number, manufacturer."""
    products: tuple[str, ...] = ()
    """End items that have a quantity column each."""
    layout: str = ""
    """Hash of sheet names and headers: files of one layout share one saved mapping."""
    mapping_file: str = ""
    """Name of the mapping file by which it was read; empty if its columns were guessed."""
    item_files: tuple[str, ...] = ()
    """Names of the files from whose item masters lines were described."""
    hidden_rows: Mapping[str, int] = field(default_factory=dict)
    """Sheet → hidden or filtered rows that were read all the same."""

    def __post_init__(self) -> None:
        """Check that nothing was lost: every row read is a line or an excluded row."""
        if self.lines.height + self.excluded.height != self.rows_read:
            raise AssertionError(
                f"{self.source.name}: {self.lines.height} lines + {self.excluded.height} excluded"
                f" rows are not the {self.rows_read} rows read"
            )
