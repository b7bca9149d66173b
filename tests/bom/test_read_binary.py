"""Binary workbooks, .xls and .xlsb, read as the same rows in .xlsx are, with their row marks."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bom.binary_writers import binary_cells, cells_of, xls, xlsb
from tests.bom.test_read_alternates import COLUMNS, FLAGGED
from tests.bom.test_read_defense import DRAWING, MANUAL, PUMP, lsa
from tests.bom.test_read_files import PARTS, Rows, checked, seen, told, write
from tests.bom.writers import typed

TREE: Rows = [
    ["Level", "Part Number", "Name", "Qty", "Mass [kg]"],
    ["1", "P-1", "Pump", "1", "12.5"],
    ["2", "P-2", "Magnet N42SH", "4", "0.25"],
    ["2", "0042", "Housing", "1", "1.125"],
]
ROWS = {
    "parts": PARTS, "tree": TREE, "columns": COLUMNS, "flagged": FLAGGED, "manual": MANUAL,
    "drawing": DRAWING, "provisioning": lsa(*PUMP),
}  # fmt: skip
WRITERS: dict[str, Callable[[Rows], bytes]] = {"xls": xls, "xlsb": xlsb}


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("rows", ROWS.values(), ids=ROWS)
def test_the_same_rows_read_the_same(tmp_path: Path, kind: str, rows: Rows) -> None:
    path = tmp_path / f"bom.{kind}"
    path.write_bytes(WRITERS[kind](rows))
    found = checked(path)
    plain = checked(write(tmp_path / "bom.xlsx", "xlsx", rows))
    assert found.source.format == kind
    assert seen(found) == seen(plain)
    fields = ["part_number", "name", "description", "mass_g", "material", "cage", "niin", "level"]
    assert found.lines.select(fields).equals(plain.lines.select(fields))
    assert found.excluded.select("row", "reason").equals(plain.excluded.select("row", "reason"))
    assert found.alternates.equals(plain.alternates)


@pytest.mark.parametrize("name", ["bom.xlsx", "bom.csv", "bom.xls", "bom"])
@pytest.mark.parametrize("kind", WRITERS)
def test_the_content_decides_not_the_name(tmp_path: Path, kind: str, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(WRITERS[kind](PARTS))
    assert checked(path).source.format == kind


def marked_xls(rows: Rows, hidden: int, levels: dict[int, int]) -> bytes:
    """An .xls of which one row is hidden, and others are grouped."""
    texts = sorted({cell for row in rows for cell in map(typed, row) if isinstance(cell, str)})
    records = []
    for code, body in cells_of(rows, texts):
        if code == 0x208:
            at = struct.unpack_from("<H", body)[0]
            flags = 0x100 | (0x20 if at == hidden else 0) | levels.get(at, 0)
            records.append((code, body[:12] + struct.pack("<I", flags)))
        else:
            records.append((code, body))
    from tests.bom.binary_writers import compound_file, workbook_stream

    return compound_file({"Workbook": workbook_stream(texts, records, (), ())})


def marked_xlsb(rows: Rows, hidden: int, levels: dict[int, int]) -> bytes:
    """An .xlsb of which one row is hidden, and others are grouped."""
    records = []
    for code, body in binary_cells(rows):
        if code == 0:
            at = struct.unpack_from("<I", body)[0]
            flags = levels.get(at, 0) | (0x10 if at == hidden else 0)
            head = struct.pack("<IIHBBB", at, 0, 300, 0, flags, 0)
            records.append((code, head + struct.pack("<I", 0)))
        else:
            records.append((code, body))
    return xlsb(rows, sheet=records)


@pytest.mark.parametrize("kind", ["xls", "xlsb"])
def test_hidden_rows_and_outline_groups(tmp_path: Path, kind: str) -> None:
    rows: Rows = [
        ["Part Number", "Name", "Qty"],
        ["A-1", "Pump", "1"],
        ["A-2", "Magnet", "4"],
        ["A-3", "Rotor", "2"],
        ["A-4", "Valve", "1"],
    ]
    levels = {2: 1, 3: 1}
    write_marked = marked_xls if kind == "xls" else marked_xlsb
    path = tmp_path / f"bom.{kind}"
    path.write_bytes(write_marked(rows, 3, levels))
    bom = checked(path)
    assert seen(bom) == {
        2: ("A-1", 1, 1, None),
        3: ("A-2", 4, 4, 2),
        4: ("A-3", 2, 2, 2),
        5: ("A-4", 1, 1, None),
    }
    assert bom.hidden_rows == {"BOM": 1}
    assert "1 hidden rows were read all the same" in told(bom, "hidden rows")[None]
