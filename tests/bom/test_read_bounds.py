"""Files that claim, point or nest beyond all bounds: refused in one line, or read by what they hold.

Each file is made so that a reader without the bound would allocate, search or recurse far beyond what
the file holds; the expected count of lines or the one line that names the trouble is what is tested.
"""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import pytest

from bomrisk.bom import Limits
from tests.bom.binary_writers import (
    Records,
    binary_cells,
    binary_row,
    cells_of,
    compound_file,
    workbook_stream,
    xls,
    xlsb,
)
from tests.bom.test_read_files import (
    KINDS,
    PARTS,
    checked,
    csv_text,
    html_text,
    write,
    xml2003_text,
)
from tests.bom.test_read_hostile import refused
from tests.bom.writers import Rows, sheet_xml, write_content, write_ods, xlsx_of_parts

ROWS: Rows = [[float(cell) if isinstance(cell, int) else cell for cell in row] for row in PARTS]
SHEET = sheet_xml(ROWS)
FAR = '<Row ss:Index="{}"><Cell ss:Index="{}"><Data>x</Data></Cell></Row>'
TEXTS = sorted({cell for row in ROWS for cell in row if isinstance(cell, str)})
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {new} "' + f"&{old};" * 10 + '">' for old, new in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)  # fmt: skip


def put(path: Path, data: bytes | str) -> Path:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def sheet(
    path: Path, rows: str = "", after: str = "", extra: Mapping[str, str] | None = None
) -> Path:
    """The three parts and further rows as XML."""
    xml = SHEET.replace("</sheetData>", f"{rows}</sheetData>{after}")
    return xlsx_of_parts(path, xml, extra=extra)


def old(*cells: tuple[int, bytes], workbook: Records = ()) -> bytes:
    """An .xls of the three parts and further records of its sheet."""
    stream = workbook_stream(TEXTS, [*cells_of(ROWS, TEXTS), *cells], workbook, ())
    return compound_file({"Workbook": stream})


def number_at(row: int, column: int) -> tuple[int, bytes]:
    return 0x203, struct.pack("<HHHd", row, column, 0, 1.0)


@pytest.mark.parametrize("make", [xls, xlsb])
def test_the_writers_of_this_test_write_what_is_read(tmp_path: Path, make: object) -> None:
    assert callable(make)
    bom = checked(put(tmp_path / "bom.xlsx", make(ROWS)))
    assert bom.lines["part_number"].to_list() == ["A-1", "A-2", "A-3"]


HUGE_OLD: dict[str, tuple[bytes, str]] = {
    "far corner": (old(number_at(65535, 255)), "beyond the limits"),
    "far column": (old(number_at(3, 300)), "301 columns"),
    "beyond the format": (old(number_at(65535, 65535)), "beyond the limits"),
    "several numbers far right": (old((0xBD, struct.pack("<HHHIH", 3, 1, 0, 0, 999))), "1,000 columns"),
    "a size that lies": (old((0x200, struct.pack("<IIHHH", 0, 2**32 - 1, 0, 65535, 0))), "larger than any can be"),
    "a size that runs backwards": (old((0x200, struct.pack("<IIHHH", 4, 2, 6, 1, 0))), "larger than any can be"),
    "a size in the old form that runs backwards": (old((0x200, struct.pack("<HHHHH", 4, 0, 6, 0, 0))), "larger than any can be"),
    "many sheets": (old(workbook=[(0x85, struct.pack("<IBBBB4s", 0, 0, 0, 4, 0, b"%04d" % at)) for at in range(10_000)]), "10,001 sheets"),
    "password": (old(workbook=[(0x2F, bytes(54))]), "password"),
}  # fmt: skip


@pytest.mark.parametrize("name", HUGE_OLD)
def test_old_workbooks_beyond_bounds(tmp_path: Path, name: str) -> None:
    data, words = HUGE_OLD[name]
    refused(put(tmp_path / "bom.xls", data), words)


HEADER = {
    "sectors of the allocation table": (44, 2**31),
    "small sectors": (64, 2**31),
    "a list of the table that goes on": (68, 0),
    "sectors of that list": (72, 2**31),
}


@pytest.mark.parametrize("name", HEADER)
def test_counts_of_a_compound_file_that_lie(tmp_path: Path, name: str) -> None:
    """Room would be made for as many sectors as the header counts."""
    at, number = HEADER[name]
    data = bytearray(xls(ROWS))
    struct.pack_into("<I", data, at, number)
    refused(put(tmp_path / "bom.xls", bytes(data)), "directory")


def test_streams_of_a_compound_file_that_lie(tmp_path: Path) -> None:
    stream = workbook_stream(TEXTS, cells_of(ROWS, TEXTS), (), ())
    data = compound_file({"Workbook": stream, "Other": b"x" * 5000})
    assert checked(put(tmp_path / "bom.xls", data)).lines.height == 3
    directory = 512 * (1 + struct.unpack_from("<I", data, 48)[0])
    longer = bytearray(data)
    struct.pack_into("<I", longer, directory + 2 * 128 + 120, 2**31)
    refused(put(tmp_path / "bom.xls", bytes(longer)), "directory")
    table = 512 * (1 + struct.unpack_from("<I", data, 76)[0])
    start = struct.unpack_from("<I", data, directory + 2 * 128 + 116)[0]
    circle = bytearray(data)
    struct.pack_into("<I", circle, table + 4 * start, start)
    refused(put(tmp_path / "bom.xls", bytes(circle)), "directory")


def test_old_workbooks_whose_indexes_point_nowhere(tmp_path: Path) -> None:
    text = (0xFD, struct.pack("<HHHI", 4, 0, 0, 99_999_999))
    merges = struct.pack("<H", 1000) + struct.pack("<HHHH", 0, 65535, 0, 255) * 1000
    for record in (text, (0xE5, merges), (0x4BC, bytes(10))):
        assert checked(put(tmp_path / "bom.xls", old(record))).lines.height == 3


LIMITS = {
    "file_bytes": Limits(file_bytes=20),
    "rows": Limits(rows=2),
    "columns": Limits(columns=3),
    "cells": Limits(cells=10),
    "text_length": Limits(text_length=10),
}


@pytest.mark.parametrize("kind", [*KINDS, "xls", "xlsb"])
@pytest.mark.parametrize("name", LIMITS)
def test_each_limit_holds_in_each_format(tmp_path: Path, kind: str, name: str) -> None:
    path = tmp_path / "bom"
    if kind in ("xls", "xlsb"):
        put(path, xls(ROWS) if kind == "xls" else xlsb(ROWS))
    else:
        write(path, kind)
    assert checked(path).lines.height == 3
    refused(path, limits=LIMITS[name])


def test_the_documented_limits_are_those_that_hold() -> None:
    text = Path(__file__).parents[2].joinpath("docs", "formats.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `(\w+)` \| (\d+) \|", text, re.MULTILINE)
    assert {name: int(number) for name, number in told} == asdict(Limits())


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
@pytest.mark.parametrize("make", [xls, xlsb])
def test_binary_workbooks_cut_off(tmp_path: Path, share: float, make: object) -> None:
    assert callable(make)
    data = make(ROWS)
    refused(put(tmp_path / "bom.xls", data[: int(len(data) * share)]))


@pytest.mark.parametrize(("row", "column"), [(1_048_575, 16_383), (2**32 - 16, 3), (3, 2**32 - 1)])
def test_far_cells_of_binary_workbooks(tmp_path: Path, row: int, column: int) -> None:
    cells = [*binary_cells(ROWS), binary_row(row), (5, struct.pack("<IId", column, 0, 1.0))]
    refused(put(tmp_path / "bom.xlsb", xlsb(ROWS, sheet=cells)), "spans")


def test_binary_workbooks_whose_lengths_and_indexes_lie(tmp_path: Path) -> None:
    row = [*binary_cells(ROWS), binary_row(9)]
    for record in (
        (7, struct.pack("<III", 0, 0, 12_345_678)),
        (6, struct.pack("<III", 0, 0, 2**31 - 1) + b"aa"),
    ):
        refused(put(tmp_path / "bom.xlsb", xlsb(ROWS, sheet=[*row, record])), "cannot be read")
    rows = [*binary_cells(ROWS), *(binary_row(at) for at in range(10, 100_000))]
    assert checked(put(tmp_path / "bom.xlsb", xlsb(ROWS, sheet=rows))).rows_read == 4


def test_a_million_rows_of_nothing_but_formats(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{at}" s="3"><c r="A{at}" s="1"/></row>' for at in range(5, 1_000_005))
    assert checked(sheet(tmp_path / "bom.xlsx", rows)).lines.height == 3


def test_two_hundred_rows_in_a_used_range_of_a_million(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{at}"><c r="A{at}" t="inlineStr"><is><t>B-{at}</t></is></c><c r="C{at}"><v>2</v></c></row>'
        for at in [*range(5, 201), 1_043_370]
    )
    xml = SHEET.replace("</sheetData>", f"{rows}</sheetData>")
    xml = xml.replace("<sheetData>", '<dimension ref="A1:AB1043370"/><sheetData>')
    bom = checked(xlsx_of_parts(tmp_path / "bom.xlsx", xml))
    assert bom.lines.height == 200
    assert bom.lines["row"].max() == 1_043_370
    assert bom.rows_read == 1_043_370


def test_a_far_cell_beside_many_short_rows(tmp_path: Path) -> None:
    """The rectangle is within the limit of cells, and a gigabyte of emptiness."""
    rows = "".join(f'<row r="{at}"><c r="A{at}"><v>1</v></c></row>' for at in range(5, 9_000))
    far = '<row r="9000"><c r="ALA9000"><v>1</v></c></row>'
    refused(sheet(tmp_path / "bom.xlsx", rows + far), "9,000 rows and 989 columns with 9,0")
    cells = [*binary_cells(ROWS), binary_row(500_000), (5, struct.pack("<IId", 50, 0, 1.0))]
    refused(put(tmp_path / "bom.xlsb", xlsb(ROWS, sheet=cells)), "with 21 cells")
    empty = repeated(500_000, 1, "/>") + repeated(1, 50, ' office:value-type="string"/>')
    body = f'<table:table table:name="B">{empty}</table:table>'
    refused(write_content(tmp_path / "bom.ods", body), "with 50 cells")
    wide = xml2003_text(PARTS).replace("</Table>", FAR.format(500_000, 50) + "</Table>")
    refused(put(tmp_path / "bom.xml", wide), "cells")
    page = html_text(PARTS).replace(
        "</table>", "<tr><td>x" * 9_000 + "<tr><td colspan=999>x<td>y</table>"
    )
    refused(put(tmp_path / "bom.html", page), "cells")
    refused(put(tmp_path / "bom.csv", csv_text(PARTS) + "A,1\n" * 9_000 + "," * 1_000), "cells")


ODD_PARTS: dict[str, tuple[str, str, str]] = {
    "shared formulas in a circle": (
        '<row r="5"><c r="A5"><f t="shared" ref="A5:A6" si="0">A6</f><v>1</v></c></row>'
        '<row r="6"><c r="A6"><f t="shared" si="0"/></c><c r="B6"><f t="shared" si="99"/></c></row>',
        "",
        "",
    ),
    "shared formula over everything": ('<row r="5"><c r="A5"><f t="shared" ref="A1:XFD1048576" si="7">A5</f></c></row>', "", ""),
    "merged over everything": ("", '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>', ""),
    "merged backwards": ("", '<mergeCells><mergeCell ref="B9:B2"/><mergeCell ref="B0:B4"/></mergeCells>', ""),
    "merged a thousand times": ("", "<mergeCells>" + '<mergeCell ref="B2:B1048576"/>' * 20_000 + "</mergeCells>", ""),
    "format that does not exist": ('<row r="5"><c r="A5" s="999999999"/></row>', "", ""),
    "shared text that does not exist": ('<row r="5"><c r="A5" t="s"><v>999999999</v></c></row>', "", "index not found"),
}  # fmt: skip


@pytest.mark.parametrize("name", ODD_PARTS)
def test_indexes_and_ranges_that_point_anywhere(tmp_path: Path, name: str) -> None:
    rows, after, words = ODD_PARTS[name]
    path = sheet(
        tmp_path / "bom.xlsx", rows, after, {"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"/>'}
    )
    if words:
        refused(path, words)
    else:
        assert checked(path).lines.height == 3


def test_overlapping_merges_are_filled_down_once(tmp_path: Path) -> None:
    """A thousand merges over the same thousands of rows would be millions of cells."""
    rows = "".join(f'<row r="{at}"><c r="C{at}"><v>1</v></c></row>' for at in range(5, 20_001))
    merges = "".join(f'<mergeCell ref="B4:B{20_000 - at}"/>' for at in range(2_000))
    path = sheet(tmp_path / "bom.xlsx", rows, f"<mergeCells>{merges}</mergeCells>")
    assert checked(path).rows_read == 20_000


@pytest.mark.parametrize("claimed", ["A1", "A1:XFD1048576", "ZZZZZZZ99999999999999:A1"])
def test_a_dimension_that_lies(tmp_path: Path, claimed: str) -> None:
    xml = SHEET.replace("<sheetData>", f'<dimension ref="{claimed}"/><sheetData>')
    assert checked(xlsx_of_parts(tmp_path / "bom.xlsx", xml)).lines.height == 3


def test_more_shared_texts_than_there_are_bytes(tmp_path: Path) -> None:
    shared = (
        f'<sst xmlns="{MAIN}" count="4294967295" uniqueCount="4294967295"><si><t>a</t></si></sst>'
    )
    refused(sheet(tmp_path / "bom.xlsx", extra={"xl/sharedStrings.xml": shared}), "fewer bytes")


def workbook(body: str, relations: str = "worksheets/sheet1.xml") -> dict[str, str]:
    return {
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{body}</workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="{relations}"/></Relationships>',
    }


def test_ten_thousand_sheets_and_names(tmp_path: Path) -> None:
    sheets = "".join(
        f'<sheet name="S{at}" sheetId="{at + 1}" r:id="rId1"/>' for at in range(10_000)
    )
    path = sheet(tmp_path / "bom.xlsx", extra=workbook(f"<sheets>{sheets}</sheets>"))
    refused(path, "10,000 sheets")
    names = '<definedName name="n">BOM!$A$1:$XFD$1048576</definedName>' * 50_000
    one = '<sheets><sheet name="BOM" sheetId="1" r:id="rId1"/></sheets>'
    path = sheet(
        tmp_path / "names.xlsx", extra=workbook(f"{one}<definedNames>{names}</definedNames>")
    )
    assert checked(path).lines.height == 3


@pytest.mark.parametrize("target", ["workbook.xml", "_rels/workbook.xml.rels", "../../../etc/passwd", "file:///etc/passwd"])  # fmt: skip
def test_relations_that_run_in_a_circle_or_outside(tmp_path: Path, target: str) -> None:
    one = '<sheets><sheet name="BOM" sheetId="1" r:id="rId1"/></sheets>'
    refused(sheet(tmp_path / "bom.xlsx", extra=workbook(one, target)))


def test_a_sheet_of_excel_4_macros(tmp_path: Path) -> None:
    """It is never run; calamine opens no workbook that has one, so that is said."""
    two = (
        '<sheets><sheet name="BOM" sheetId="1" r:id="rId1"/><sheet name="M" sheetId="2"'
        ' state="veryHidden" r:id="rId2"/></sheets><definedNames><definedName'
        ' name="_xlnm.Auto_Open">M!$A$1</definedName></definedNames>'
    )
    parts = workbook(two)
    macro = "http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet"
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        "</Rel", f'<Relationship Id="rId2" Type="{macro}" Target="macrosheets/sheet1.xml"/></Rel'
    )
    parts["xl/macrosheets/sheet1.xml"] = (
        f'<m:macrosheet xmlns="{MAIN}" xmlns:m="http://schemas.microsoft.com/office/excel/2006/main">'
        '<sheetData><row r="1"><c r="A1"><f>EXEC("calc")</f><v>0</v></c></row></sheetData></m:macrosheet>'
    )
    refused(sheet(tmp_path / "bom.xlsm", extra=parts), "Excel 4 macros")


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])  # fmt: skip
def test_billion_laughs(tmp_path: Path, part: str) -> None:
    refused(sheet(tmp_path / "bom.xlsx", extra={part: f"{LAUGHS}<x>&i;</x>"}))


def test_billion_laughs_in_other_formats(tmp_path: Path) -> None:
    refused(write_ods(tmp_path / "bom.ods", ROWS, before=LAUGHS), "document type")
    refused(put(tmp_path / "bom.xml", xml2003_text(PARTS, before=LAUGHS)), "document type")


def test_members_of_a_zip_that_overlap(tmp_path: Path) -> None:
    """Two names for the same packed bytes, as in bombs whose parts quote each other."""
    path = sheet(tmp_path / "bom.xlsx", extra={"xl/a.xml": "x" * 100, "xl/b.xml": "x" * 100})
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        first, second = (archive.getinfo(name).header_offset for name in ("xl/a.xml", "xl/b.xml"))
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(b"xl/b.xml"))
    assert struct.unpack_from("<I", data, at + 42)[0] == second
    struct.pack_into("<I", data, at + 42, first)
    refused(put(path, bytes(data)), "overlap")


def repeated(rows: int, columns: int, cell: str) -> str:
    return (
        f'<table:table-row table:number-rows-repeated="{rows}"><table:table-cell'
        f' table:number-columns-repeated="{columns}"{cell}</table:table-row>'
    )


def test_repeats_of_an_ods(tmp_path: Path) -> None:
    text = ' office:value-type="string"><text:p>x</text:p></table:table-cell>'
    for rows, columns in ((1, 99_999_999), (999_999_999, 1), (2**32, 2**32)):
        body = f'<table:table table:name="B">{repeated(rows, columns, text)}</table:table>'
        refused(write_content(tmp_path / "bom.ods", body), "spans")
    long = text.replace("x", "x" * 100_000)
    body = f'<table:table table:name="B">{repeated(1_000, 1_000, long)}</table:table>'
    refused(write_content(tmp_path / "bom.ods", body), "text")


@pytest.mark.parametrize("deep", ["<table:table-row-group>", "<text:p>", "<table:table-row><table:table-cell>", "<table:table>"])  # fmt: skip
@pytest.mark.parametrize("times", [1, 50_000])
def test_tables_of_an_ods_that_are_never_closed(tmp_path: Path, deep: str, times: int) -> None:
    """Where the XML ends inside a table, calamine alone would not come to an end."""
    body = f'<table:table table:name="B">{deep * times}'
    refused(write_content(tmp_path / "bom.ods", body))
    path = write_content(tmp_path / "bom.ods", f"{body}<!-- </table:table> -->")
    with zipfile.ZipFile(path) as archive:
        content = archive.read("content.xml").partition(b"</office:spreadsheet>")[0]
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", content)
    refused(path, "damaged" if times == 1 else "")
