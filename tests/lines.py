"""A lines table made from a few cells, for tests that begin after reading."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import polars as pl

from bomrisk.tables import LINES


def lines_of(rows: Iterable[dict[str, Any]]) -> pl.DataFrame:
    """A lines table from the cells given: at level 0 of one file; all other cells are null."""
    full = [
        {
            **dict.fromkeys(LINES.names),
            "line": place,
            "line_id": f"abc123:{place}",
            "file": "bom.csv",
            "sheet": "",
            "row": place + 2,
            "level": 0,
            "path": "",
            **row,
        }
        for place, row in enumerate(rows)
    ]
    return pl.DataFrame(full, schema=LINES.schema())
