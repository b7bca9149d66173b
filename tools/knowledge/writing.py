"""Writing the knowledge: UTF-8, LF, stable order, the same bytes for the same facts."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> int:
    """Write rows as CSV with exactly these columns; returns how many."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n", extrasaction="raise")
    writer.writeheader()
    count = 0
    for row in rows:
        writer.writerow({column: row.get(column, "") for column in columns} | dict(row))
        count += 1
    path.write_bytes(text.getvalue().encode("utf-8"))
    return count


def write_records(path: Path, records: Sequence[Mapping[str, Any]]) -> None:
    """Write records as JSON: a field a line; a composition or a list of records has an entry a line."""
    blocks = [_record(record) for record in records]
    path.write_bytes(("[\n" + ",\n".join(blocks) + "\n]\n").encode("utf-8"))


def _record(record: Mapping[str, Any]) -> str:
    lines = []
    for key, value in record.items():
        if isinstance(value, dict):
            inner = [f"      {_one(k)}: {_one(v)}" for k, v in value.items()]
            text = "{\n" + ",\n".join(inner) + "\n    }" if inner else "{}"
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            text = "[\n" + ",\n".join(f"      {_one(entry)}" for entry in value) + "\n    ]"
        else:
            text = _one(value)
        lines.append(f"    {_one(key)}: {text}")
    return "  {\n" + ",\n".join(lines) + "\n  }"


def _one(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
