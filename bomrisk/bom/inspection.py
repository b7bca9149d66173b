"""What `bomrisk inspect` tells of a Bom as JSON: every row, and why it is or is not a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bomrisk.bom.model import Bom, TableFound

_LINE_FIELDS = (
    "sheet",
    "row",
    "parent_row",
    "level",
    "part_number",
    "name",
    "description",
    "quantity",
    "quantity_text",
    "rolled_up",
    "unit",
    "mass_g",
    "make_buy",
    "alternate_of_row",
)


def render(bom: Bom) -> str:
    """The JSON document of an inspected file; rows count as the spreadsheet counts, from 1.

    Lines and excluded rows are written by Polars, so that a million of them need no objects.
    """
    import json

    import polars as pl

    rows = bom.lines.select(pl.col("line").alias("parent"), pl.col("row").alias("parent_row"))
    choices = rows.rename({"parent": "alternate_of", "parent_row": "alternate_of_row"})
    lines = (
        bom.lines.join(rows, on="parent", how="left", maintain_order="left")
        .join(choices, on="alternate_of", how="left", maintain_order="left")
        .select(_LINE_FIELDS)
    )
    places = bom.lines.select("line", "sheet", "row")
    alternates = bom.alternates.join(places, on="line", how="left", maintain_order="left")
    head = {
        "file": {
            "name": bom.source.name,
            "sha256": bom.source.sha256,
            "size_bytes": bom.source.size_bytes,
            "format": bom.source.format,
            "layout": bom.layout,
            "mapping": bom.mapping_file or None,
        },
        "rows_read": bom.rows_read,
        "total_quantity": bom.total_quantity,
        "hidden_rows": dict(bom.hidden_rows),
        "tables": [_table(table) for table in bom.tables],
    }
    parts = {
        "lines": lines,
        "alternates": alternates.select("sheet", "row", "rank", "part_number", "manufacturer"),
        "excluded": bom.excluded.select("sheet", "row", "reason", "text"),
        "notes": bom.notes.select("sheet", "row", "kind", "text"),
    }
    text = json.dumps(head, ensure_ascii=False)[:-1]
    return "".join(
        (text, *(f', "{name}": {frame.write_json()}' for name, frame in parts.items()), "}")
    )


def _table(table: TableFound) -> dict[str, Any]:
    return {
        "sheet": table.sheet,
        "header_row": table.header_row,
        "first_row": table.first_row,
        "last_row": table.last_row,
        "hierarchy": table.hierarchy,
        "confidence": table.confidence,
        "reason": table.reason,
        "columns": {
            name: {
                "letter": column.letter,
                **({"last": column.last} if column.last else {}),
                "header": column.header,
                "confidence": column.confidence,
                "reason": column.reason,
            }
            for name, column in table.columns.items()
        },
    }
