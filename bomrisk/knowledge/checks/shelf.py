"""The files of the knowledge as text: rows with their numbers, records with their places."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from bomrisk.errors import InputError
from bomrisk.knowledge.reading import read_records, read_table


@dataclass(frozen=True)
class Shelf:
    """A folder of tables; each file is read once."""

    data: Path

    @cached_property
    def tables(self) -> Mapping[str, list[dict[str, str]]]:
        """Every CSV table by name."""
        return {path.stem: read_table(path) for path in sorted(self.data.glob("*.csv"))}

    @cached_property
    def materials(self) -> list[tuple[str, dict[str, Any]]]:
        """Every material with the file in which it stands."""
        return [
            (f"materials/{path.name}", record)
            for path in sorted((self.data / "materials").glob("*.json"))
            for record in read_records(path)
        ]

    @cached_property
    def part_rules(self) -> list[dict[str, Any]]:
        """Every part rule."""
        return read_records(self.data / "part_rules.json")

    @cached_property
    def platforms(self) -> list[dict[str, Any]]:
        """Every platform."""
        return read_records(self.data / "platforms.json")

    @cached_property
    def edition(self) -> dict[str, Any]:
        """The edition and the version of the form."""
        records: Any = read_records(self.data / "edition.json")
        return dict(records)

    def rows(self, *names: str) -> Iterator[tuple[str, int, dict[str, str]]]:
        """Table, row number in the file (the header is row 1) and row; of all tables without a name."""
        for name in names or tuple(self.tables):
            for number, row in enumerate(self.tables[name], start=2):
                yield name, number, row

    def column(self, table: str, column: str) -> frozenset[str]:
        """The values of one column."""
        return frozenset(row[column] for row in self.tables[table])

    @cached_property
    def elements(self) -> frozenset[str]:
        """The symbols of the elements."""
        return frozenset(
            row["commodity"] for row in self.tables["commodities"] if row["kind"] == "element"
        )


def in_table(name: str, row: int, what: str, mend: str, column: str | None = None) -> InputError:
    """A problem in a row of a table."""
    return InputError(what, mend=mend, file=f"{name}.csv", row=row, path=column)


def in_record(file: str, identity: str, what: str, mend: str) -> InputError:
    """A problem in a record of a JSON file."""
    return InputError(what, mend=mend, file=file, path=identity)


def number(text: Any) -> float | None:
    """A finite number, or None where the text is none."""
    if isinstance(text, bool):
        return None
    try:
        value = float(text)
    except (TypeError, ValueError):
        return None
    return value if math.isfinite(value) else None
