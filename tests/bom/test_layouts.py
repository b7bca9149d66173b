"""Every layout of `layouts.py` in every kind of file that it is met in, held against what must come out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bom.layouts import LAYOUTS, Layout
from tests.bom.test_read_files import checked, letters, reasons, write
from tests.bom.writers import table

CASES = [(layout, kind) for layout in LAYOUTS for kind in layout.kinds]


@pytest.mark.parametrize(("layout", "kind"), CASES, ids=lambda one: getattr(one, "name", one))
def test_layout(tmp_path: Path, layout: Layout, kind: str) -> None:
    grid = [
        [cell.replace("␣", " ") if isinstance(cell, str) else cell for cell in row]
        for row in table(layout.rows)
    ]
    bom = checked(write(tmp_path / "bom", kind, grid))
    rows = bom.lines["row"].to_list()
    found = {
        line["row"]: (
            line["part_number"] or line["mpn"] or line["name"] or line["description"],
            line["quantity"],
            line["rolled_up"],
            None if line["parent"] is None else rows[line["parent"]],
        )
        for line in bom.lines.iter_rows(named=True)
    }
    if layout.side_by_side:
        assert tuple(sorted(bom.lines["name"])) == layout.side_by_side
    else:
        assert found == layout.lines
    why = reasons(bom)
    assert {row: why.get(row) for row in layout.excluded} == layout.excluded
    read_as = letters(bom)
    assert {name: read_as.get(name) for name in layout.columns} == layout.columns
