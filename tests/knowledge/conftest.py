"""The shipped knowledge, read once, and a copy of it that a test may spoil."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bomrisk.knowledge import Knowledge
from bomrisk.knowledge.store import DATA


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return Knowledge()


class Copy:
    """A copy of the shipped tables; `row` and `record` change one entry of it."""

    def __init__(self, data: Path) -> None:
        self.data = data

    def rows(self, table: str, change: Callable[[list[dict[str, str]]], object]) -> None:
        path = self.data / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            rows, columns = list(reader), list(reader.fieldnames or ())
        change(rows)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]) if rows else columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    def row(self, table: str, at: int = 0, **values: str) -> None:
        self.rows(table, lambda rows: rows[at].update(values))

    def record(self, file: str, change: Callable[[list[dict[str, Any]]], object]) -> None:
        path = self.data / file
        records = json.loads(path.read_text("utf-8"))
        change(records)
        path.write_text(json.dumps(records), "utf-8")


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    return Copy(data)
