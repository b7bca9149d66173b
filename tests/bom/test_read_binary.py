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
from tests.bom.writers import typed, write_content

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


MERGED: Rows = [
    ["Part", None, "Amount", None, "Material"],
    ["Number", "Name", "Qty", "Unit", None],
    ["A-1", "Magnet", "4", "EA", "NdFeB N42"],
    ["A-2", "Magnet 2", "1.5", "kg", None],
    ["A-3", "Nut", None, "EA", "Steel 304"],
    ["A-4", "Bolt", None, "EA", None],
]
BLOCKS = ((0, 0, 0, 1), (0, 0, 2, 3), (0, 1, 4, 4), (2, 3, 4, 4), (4, 5, 4, 4))
"""First and last row, first and last column, from 0."""


def merged_xls() -> bytes:
    """Merged blocks; row 5 holds an error, row 6 a formula that gave one."""
    blocks = b"".join(struct.pack("<HHHH", *block) for block in BLOCKS)
    formula = struct.pack("<HHH", 5, 2, 0) + bytes((2, 0, 7, 0, 0, 0, 0xFF, 0xFF)) + bytes(8)
    return xls(
        MERGED,
        sheet=[
            (0xE5, struct.pack("<H", len(BLOCKS)) + blocks),
            (0x205, struct.pack("<HHHBB", 4, 2, 0, 42, 1)),
            (0x06, formula),
        ],
    )


def merged_xlsb() -> bytes:
    """The same in an .xlsb, where the cells of a row stand behind its header."""
    records = []
    for code, body in binary_cells(MERGED):
        records.append((code, body))
        if code == 0 and struct.unpack_from("<I", body)[0] == 4:
            records.append((3, struct.pack("<IIB", 2, 0, 42)))
        if code == 0 and struct.unpack_from("<I", body)[0] == 5:
            records.append((11, struct.pack("<IIB", 2, 0, 7) + bytes(6)))
    records.append((146, b""))
    records += [(176, struct.pack("<IIII", *block)) for block in BLOCKS]
    return xlsb(MERGED, sheet=records)


def merged_ods(path: Path) -> None:
    """The same in an .ods, which counts the rows and columns that a cell spans."""
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, bottom, left, right in BLOCKS}  # fmt: skip
    shown = {(4, 2): "#N/A", (5, 2): "#DIV/0!"}
    rows = ""
    for at, row in enumerate(MERGED):
        rows += "<table:table-row>"
        for column, cell in enumerate(row):
            down, across = spans.get((at, column), (1, 1))
            span = f' table:number-rows-spanned="{down}" table:number-columns-spanned="{across}"'
            kind = 'office:value-type="string"'
            text = shown.get((at, column), cell)
            if (at, column) in shown:
                kind = (
                    'office:value-type="string" office:string-value="" calcext:value-type="error"'
                )
            body = f"<text:p>{text}</text:p>" if text else ""
            rows += f"<table:table-cell {kind}{span}>{body}</table:table-cell>"
        rows += "</table:table-row>"
    space = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    write_content(path, f'<table:table {space} table:name="BOM">{rows}</table:table>')


@pytest.mark.parametrize("kind", ["xls", "xlsb", "ods"])
def test_merged_cells_and_failed_formulas(tmp_path: Path, kind: str) -> None:
    """A header merged over two columns, a material merged over two rows, and two kinds of errors."""
    path = tmp_path / f"bom.{kind}"
    if kind == "ods":
        merged_ods(path)
    else:
        path.write_bytes(merged_xls() if kind == "xls" else merged_xlsb())
    bom = checked(path)
    found = bom.lines.select("part_number", "name", "quantity", "quantity_text", "unit", "material")
    assert found.rows() == [
        ("A-1", "Magnet", 4.0, "4", "EA", "NdFeB N42"),
        ("A-2", "Magnet 2", 1.5, "1.5", "kg", "NdFeB N42"),
        ("A-3", "Nut", None, "#N/A", "EA", "Steel 304"),
        ("A-4", "Bolt", None, "#DIV/0!", "EA", "Steel 304"),
    ]
    assert {row for row, text in told(bom, "quantity").items() if "failed" in text} == {5, 6}


@pytest.mark.parametrize("kind", WRITERS)
def test_big_numbers_truth_values_and_long_texts(tmp_path: Path, kind: str) -> None:
    rows: Rows = [
        ["Part Number", "MPN", "Description", "Qty"],
        ["A-1", "1234567890123", "Magnet " + "x" * 8000, "4"],
        ["A-2", "545636", "磁铁 Ø 8", "1e-10"],
        ["A-3", "370103009", "Nut", None],
    ]
    path = tmp_path / "bom.bin"
    if kind == "xls":
        path.write_bytes(xls(rows, sheet=[(0x205, struct.pack("<HHHBB", 3, 3, 0, 1, 0))]))
    else:
        truth = (4, struct.pack("<IIB", 3, 0, 1))
        path.write_bytes(xlsb(rows, sheet=[*binary_cells(rows), truth]))
    bom = checked(path)
    assert bom.lines["mpn"].to_list() == ["1234567890123", "545636", "370103009"]
    assert len(bom.lines["description"][0]) == 8007
    assert bom.lines["quantity"].to_list() == [4.0, 1e-10, None]
    assert bom.lines["quantity_text"][2] == "true"
    assert "'true'" in told(bom, "quantity")[4].casefold()


def test_dates_of_an_xls_are_no_quantities(tmp_path: Path) -> None:
    """A text such as 3, 4 that Excel made a date: 45720 shown by the date format."""
    formats = [(0xE0, struct.pack("<HH16x", 0, 0)), (0xE0, struct.pack("<HH16x", 0, 14))]
    rows: Rows = [["Part Number", "Name", "Qty"], ["A-1", "Magnet", None], ["A-2", "Nut", "2"]]
    date = (0x203, struct.pack("<HHHd", 1, 2, 1, 45720.0))
    path = tmp_path / "bom.xls"
    path.write_bytes(xls(rows, workbook=formats, sheet=[date]))
    bom = checked(path)
    assert bom.lines["quantity"].to_list() == [None, 2]
    assert bom.lines["quantity_text"][0].startswith("2025-03-04")
    assert "is a date" in told(bom, "quantity")[2]
