"""The assessment as JSON: ``{"meta": {...}, "answer": {...}, "tables": {name: [record, …]}}``.

The shape is published as JSON Schema by `schema` and versioned by `meta.schema_version`.
"""

from __future__ import annotations

import json
from typing import Any

from bomrisk.assessment import Answer, Assessment, Meta
from bomrisk.tables import TABLES, Column, Table

_TYPES = {
    "text": "string",
    "float": "number",
    "int": "integer",
    "row": "integer",
    "flag": "boolean",
}


def render(assessment: Assessment) -> str:
    """The whole assessment as one JSON text, a record a line, ending in a newline."""
    parts = []
    for name in TABLES:
        records = assessment.published(name).write_ndjson().rstrip("\n").replace("\n", ",\n")
        parts.append(f"{json.dumps(name)}: [\n{records}\n]")
    meta = assessment.meta.model_dump_json()
    answer = assessment.answer.model_dump_json()
    tables = ",\n".join(parts)
    return f'{{"meta": {meta},\n"answer": {answer},\n"tables": {{\n{tables}\n}}}}\n'


def schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of what `render` writes."""
    meta = Meta.model_json_schema(mode="serialization")
    answer = Answer.model_json_schema(mode="serialization")
    definitions = {**meta.pop("$defs", {}), **answer.pop("$defs", {})}
    tables = {name: _table_schema(table) for name, table in TABLES.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "bomrisk assessment",
        "type": "object",
        "required": ["meta", "answer", "tables"],
        "additionalProperties": False,
        "properties": {
            "meta": meta,
            "answer": answer,
            "tables": {
                "type": "object",
                "required": list(TABLES),
                "additionalProperties": False,
                "properties": tables,
            },
        },
        "$defs": definitions,
    }


def _table_schema(table: Table) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    for column in table.columns:
        if column.name == "line" and table.name == "lines":
            continue
        name, kind = _published(column)
        columns[name] = {"type": [kind, "null"], "description": column.meaning}
    return {
        "type": "array",
        "description": f"One record per {table.row_is}.",
        "items": {
            "type": "object",
            "required": list(columns),
            "additionalProperties": False,
            "properties": columns,
        },
    }


def _published(column: Column) -> tuple[str, str]:
    """Name and JSON type of a column as it goes out: rows that join are written as line ids."""
    if column.name == "line":
        return "line_id", "string"
    if column.name == "parent":
        return "parent", "string"
    return column.name, _TYPES[column.kind]
