"""A sheet as it was found: a frame of texts, the spreadsheet row of each record, and what is hidden."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

    from bomrisk.bom.rowmarks import Merge


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet, or a text file as its only sheet.

    `frame` has one String column per column of the sheet, named by its letter (A is the first even
    if it is empty); a cell that is empty or blank is null. `rows` says for each record of the frame
    the row as the spreadsheet counts, from 1; for a text file its first physical line.
    """

    name: str
    frame: pl.DataFrame
    rows: pl.Series
    hidden: bool = False
    hidden_rows: pl.Series | None = None
    outline: pl.DataFrame | None = None
    """Columns row, level; rows that are not there have level 0."""
    indents: dict[str, pl.DataFrame] = field(default_factory=dict)
    """Column letter → columns row, level; from the cell format, not from leading spaces."""
    gaps: bool = False
    """Whether rows between those of the frame exist and are blank."""
    merges: tuple[Merge, ...] = ()
    filtered: bool = False
    remarks: tuple[str, ...] = ()
    """What the reader had to guess or mend, for the notes."""
    header: Mapping[str, str] | None = None
    """Header texts by column letter where the file has them, but not in a row of the sheet."""
    reasons: pl.Series | None = None
    """Why a row is no line, where the reader knows it; null where the rows must be looked at."""
    decimal_hint: str | None = None
    """',' or '.' where the whole file speaks for one decimal sign."""
    typed: bool = False
    """Whether numbers are numbers in the file, so that they come with a dot in any country."""
