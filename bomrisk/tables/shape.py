"""What a table is: its columns, each with a kind of value and a meaning."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import polars as pl

Kind = Literal["text", "float", "int", "row", "flag"]
"""text: string; float: 64 bit; int: 32 bit signed; row: 32 bit unsigned; flag: boolean."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, its kind of value, and what it says, with the unit if it has one."""

    name: str
    kind: Kind
    meaning: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the assessment: its name, what a row stands for, and its columns in order."""

    name: str
    row_is: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The column names in order."""
        return tuple(column.name for column in self.columns)

    def schema(self) -> dict[str, pl.DataType]:
        """The Polars schema of the table (column name to data type), in order."""
        import polars as pl

        kinds: dict[Kind, pl.DataType] = {
            "text": pl.String(),
            "float": pl.Float64(),
            "int": pl.Int32(),
            "row": pl.UInt32(),
            "flag": pl.Boolean(),
        }
        return {column.name: kinds[column.kind] for column in self.columns}


def columns(*rows: tuple[str, Kind, str]) -> tuple[Column, ...]:
    """Columns from rows of name, kind and meaning."""
    return tuple(Column(*row) for row in rows)


def missing_columns(table: Table, names: Iterable[str]) -> tuple[str, ...]:
    """The columns of `table` that `names` lacks, in the table's order."""
    present = set(names)
    return tuple(name for name in table.names if name not in present)
