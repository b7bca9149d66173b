"""Files that are no parts list, or mean harm: one clear line with the mend, never a crash or a long wait."""

from __future__ import annotations

import gzip
import io
import re
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
import pytest

from bomrisk.bom import Limits, read
from bomrisk.errors import InputError
from tests.bom.test_read_files import (
    PARTS,
    Rows,
    checked,
    csv_text,
    html_text,
    seen,
    write,
    xml2003_text,
)
from tests.bom.writers import sheet_xml, write_content, write_ods, write_xlsx, xlsx_of_parts

SHEET = sheet_xml(
    [[float(cell) if isinstance(cell, int) else cell for cell in row] for row in PARTS]
)
ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


@pytest.fixture(autouse=True)
def within_five_seconds() -> Iterator[None]:
    begun = time.perf_counter()
    yield
    assert time.perf_counter() - begun < 5


def refused(path: Path, *words: str, limits: Limits | None = None) -> str:
    """The one line with which a file is refused: it names the file, what is wrong and the mend."""
    with pytest.raises(InputError) as caught:
        read(path, limits=limits)
    text = str(caught.value)
    assert path.name in text
    assert "\n" not in text
    what, _, mend = text.rpartition("; ")
    assert what
    assert mend
    for word in words:
        assert word in text
    return text


def test_missing_file_and_folder(tmp_path: Path) -> None:
    refused(tmp_path / "none.xlsx", "no such file")
    (tmp_path / "folder.xlsx").mkdir()
    refused(tmp_path / "folder.xlsx", "folder")
    with pytest.raises(InputError, match=r"cannot be opened|no such file"):
        read(tmp_path / "a\0b.xlsx")


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "bom.csv", "csv")

    def denied(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", denied)
    refused(path, "Permission denied", "permissions")


def zipped(**members: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/"), text)
    return buffer.getvalue()


def compound(*names: str) -> bytes:
    """The directory of an OLE compound file with these streams, as encrypted workbooks have it."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    header[24:34] = (
        (0x3E).to_bytes(2, "little")
        + (3).to_bytes(2, "little")
        + b"\xfe\xff"
        + (9).to_bytes(2, "little")
        + (6).to_bytes(2, "little")
    )
    header[44:48] = (1).to_bytes(4, "little")
    header[48:52] = (1).to_bytes(4, "little")
    header[56:60] = (4096).to_bytes(4, "little")
    header[60:64] = header[68:72] = b"\xfe\xff\xff\xff"
    header[76:512] = b"\xff" * 436
    header[76:80] = (0).to_bytes(4, "little")
    table = b"\xfd\xff\xff\xff" + b"\xfe\xff\xff\xff" + b"\xff" * (512 - 8)
    entries = b""
    for at, name in enumerate(("Root Entry", *names)):
        text = name.encode("utf-16-le") + b"\0\0"
        entry = bytearray(128)
        entry[: len(text)] = text
        entry[64:66] = len(text).to_bytes(2, "little")
        entry[66] = 2 if at else 5
        entry[67] = 1
        entry[68:80] = b"\xff" * 12
        if not at:
            entry[76:80] = (1).to_bytes(4, "little")
        entry[116:120] = b"\xfe\xff\xff\xff"
        entries += bytes(entry)
    return bytes(header) + table + entries.ljust(512, b"\0")


NOT_A_LIST: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "empty"),
    "spaces": (b" \r\n\t\n", "empty"),
    "nothing but a mark": (b"\xef\xbb\xbf", "empty"),
    "nothing but NUL": (b"\0" * 5000, "empty"),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF"),
    "PNG": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "picture"),
    "JPEG": (b"\xff\xd8\xff\xe0\0\x10JFIF", "picture"),
    "gzip": (gzip.compress(b"Part Number,Qty\nA,1\n"), "gzip"),
    "7-Zip": (b"7z\xbc\xaf\x27\x1c\0\4", "7-Zip"),
    "RTF": (b"{\\rtf1\\ansi Part Number}", "RTF"),
    "SQLite": (b"SQLite format 3\0" + bytes(100), "SQLite"),
    "program": (b"\x7fELF\2\1\1" + bytes(64), "program"),
    "JSON": (b'{"lines": [{"part_number": "A-1"}]}', "JSON"),
    "some XML": (b'<?xml version="1.0"?><bom><part/></bom>', "XML"),
    "random bytes": (bytes(range(256)) * 20, "binary"),
    "Word": (zipped(word__document_xml="<w/>", _Content="x"), "Word"),
    "PowerPoint": (zipped(ppt__presentation_xml="<p/>"), "PowerPoint"),
    "plain zip": (zipped(readme="x"), "zip archive"),
    "zip header alone": (b"PK\x03\x04" + bytes(40), "damaged"),
    "old Word": (compound("WordDocument"), "Word"),
    "locked workbook": (compound("EncryptionInfo", "EncryptedPackage"), "password"),
    "OLE without a workbook": (compound("Else"), "no workbook"),
    "OLE header alone": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(200), "damaged"),
    "workbook without its stream": (compound("Workbook"), ""),
    "Excel 4": (b"\x09\x04\x06\x00\x00\x00\x10\x00" + bytes(20), "Excel 4"),
    "half a Parquet file": (b"PAR1" + bytes(60), "cut off"),
    "no Parquet inside": (b"PAR1" + bytes(60) + b"PAR1", "Parquet"),
    "prose": (b"Dear all,\nplease find the list attached.\nRegards\n", "no parts list"),
    "numbers": (b"1,2,3\n4,5,6\n7,8,9\n", "no parts list"),
    "header alone": (b"Part Number,Description,Qty\n", "no parts list"),
    "HTML without a table": (b"<html><body>Sign in</body></html>", ""),
    "locked OpenDocument": (zipped(**{"content.xml": "x", "META-INF__manifest.xml": "<m><encryption-data/></m>"}), "password"),
    "OpenDocument text": (zipped(**{"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}), "OpenDocument text"),
}  # fmt: skip


@pytest.mark.parametrize("name", NOT_A_LIST)
def test_what_is_no_parts_list_is_named(tmp_path: Path, name: str) -> None:
    data, word = NOT_A_LIST[name]
    path = tmp_path / "bom.xlsx"
    path.write_bytes(data)
    refused(path, word)


@pytest.mark.parametrize("kind", ["xlsx", "ods", "parquet"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_truncated_files(tmp_path: Path, kind: str, share: float) -> None:
    path = write(tmp_path / "bom", kind)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    refused(path, "cut off")


@pytest.mark.parametrize("place", ["XFD1048576", "A300000", "XFD1"])
def test_a_far_cell_does_not_end_the_process(tmp_path: Path, place: str) -> None:
    row = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    far = f'<row r="{row}"><c r="{place}"><v>1</v></c></row></sheetData>'
    path = xlsx_of_parts(tmp_path / "bom.xlsx", SHEET.replace("</sheetData>", far))
    if place == "A300000":
        assert checked(path).rows_read == 300_000
        refused(path, "cells", limits=Limits(cells=200_000))
    else:
        refused(path, "columns")


@pytest.mark.parametrize(
    "row",
    [
        "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
        '<row r = "1048576"><c r\t=\n"XFD1048576"><v>1</v></c></row>',
        '<row><c r="xfd1048576"><v>1</v></c></row>',
        '<row><c r="Xfd1048576"><v>1</v></c></row>',
        "<row r='4294967290'><c><v>5</v></c></row>",
        "<row s='1' r='4294967290' hidden='1'><c><v>5</v></c></row>",
    ],
)
def test_a_far_cell_is_seen_however_its_place_is_spelled(tmp_path: Path, row: str) -> None:
    far = SHEET.replace("</sheetData>", f"{row}</sheetData>")
    refused(xlsx_of_parts(tmp_path / "bom.xlsx", far), "beyond the limit")


def test_cells_without_places_count_as_columns(tmp_path: Path) -> None:
    """Nine hundred cells of one row times many rows: gigabytes of empty cells, and no far place to see."""
    wide = '<row r="3">' + "<c><v>1</v></c>" * 900 + "</row>"
    long = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(4, 90_000))
    path = xlsx_of_parts(
        tmp_path / "a.xlsx", SHEET.replace("</sheetData>", f"{wide}{long}</sheetData>")
    )
    refused(path, "cells")
    many = '<row r="3"><c r="A3"><v>1</v></c>' + "<x:c><v>1</v></x:c>" * 1100 + "</row></sheetData>"
    refused(xlsx_of_parts(tmp_path / "b.xlsx", SHEET.replace("</sheetData>", many)), "column AQ")


def test_a_sheet_without_any_places_is_read(tmp_path: Path) -> None:
    bare = re.sub(r' r="[A-Z]*\d+"', "", SHEET)
    assert bare != SHEET
    one = checked(xlsx_of_parts(tmp_path / "a.xlsx", SHEET))
    two = checked(xlsx_of_parts(tmp_path / "b.xlsx", bare))
    columns = [name for name in one.lines.columns if name not in ("file", "line_id")]
    assert two.lines.select(columns).equals(one.lines.select(columns))


def test_rows_in_single_quotes_are_read_hidden_and_grouped(tmp_path: Path) -> None:
    plain = SHEET.replace('<row r="2">', '<row r="2" hidden="1" outlineLevel="2">')
    assert plain != SHEET
    odd = plain.replace('"', "'").replace(
        "<?xml version='1.0' encoding='UTF-8'", '<?xml version="1.0" encoding="UTF-8"'
    )
    one = checked(xlsx_of_parts(tmp_path / "a.xlsx", plain))
    two = checked(xlsx_of_parts(tmp_path / "b.xlsx", odd))
    columns = [name for name in one.lines.columns if name not in ("file", "line_id")]
    assert two.lines.select(columns).equals(one.lines.select(columns))
    told = [bom.notes.select("row", "kind", "text").rows() for bom in (one, two)]
    assert told[0] == told[1]
    assert any("hidden" in text for _, _, text in told[0])


def test_far_cell_beyond_any_spreadsheet(tmp_path: Path) -> None:
    far = '<row r="99999999"><c r="ZZZZ99999999"><v>1</v></c></row></sheetData>'
    refused(xlsx_of_parts(tmp_path / "bom.xlsx", SHEET.replace("</sheetData>", far)))


def test_far_cells_of_an_ods(tmp_path: Path) -> None:
    rows = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'
    refused(
        write_content(tmp_path / "bom.ods", f'<table:table table:name="BOM">{rows}</table:table>'),
        "span",
    )


def bomb(path: Path) -> Path:
    return xlsx_of_parts(
        path,
        SHEET,
        extra={
            "xl/worksheets/sheet1.xml": SHEET.replace(
                "</sheetData>", "<!--  -->" * 1_000_000 + "</sheetData>"
            )
        },
    )


def test_zip_bomb(tmp_path: Path) -> None:
    path = bomb(tmp_path / "bom.xlsx")
    assert path.stat().st_size < 200_000
    refused(path, "zip bomb", limits=Limits(ratio_from_bytes=1 << 20))
    refused(path, "unpacks to more than", limits=Limits(unpacked_bytes=1 << 20))
    long = SHEET.replace("Shaft", "x" * 90_000_000)
    refused(xlsx_of_parts(tmp_path / "long.xlsx", SHEET, extra={"xl/worksheets/sheet1.xml": long}))


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"]
)
def test_document_types_in_a_workbook_read_nothing_else(tmp_path: Path, part: str) -> None:
    """An external entity is refused, or its text never stands in a line."""
    plain = xlsx_of_parts(tmp_path / "plain.xlsx", SHEET)
    with zipfile.ZipFile(plain) as archive:
        content = archive.read(part).decode() if part in archive.namelist() else "<sst/>"
    spoiled = content.replace("?>", "?>" + ENTITY, 1) if "?>" in content else ENTITY + content
    path = xlsx_of_parts(
        tmp_path / "bom.xlsx", SHEET, extra={part: spoiled.replace("Ring magnet N42SH", "&e;")}
    )
    try:
        said = read(path).lines.write_csv()
    except InputError as error:
        said = str(error)
    assert "root:" not in said


def test_document_types_in_other_formats(tmp_path: Path) -> None:
    rows: Rows = [[float(cell) if isinstance(cell, int) else cell for cell in row] for row in PARTS]
    refused(write_ods(tmp_path / "bom.ods", rows, before=ENTITY), "document type")
    path = tmp_path / "bom.xls"
    path.write_text(
        xml2003_text(
            PARTS, before='<!DOCTYPE Workbook [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
        ),
        encoding="utf-8",
    )
    refused(path)


@pytest.mark.parametrize(
    "name", ["../evil.xml", "/etc/evil.xml", "..\\evil.xml", "C:/evil.xml", "xl/../../evil.xml"]
)
def test_members_that_point_outside(tmp_path: Path, name: str) -> None:
    refused(xlsx_of_parts(tmp_path / "bom.xlsx", SHEET, extra={name: "x"}), "outside")
    assert [path.name for path in tmp_path.parent.rglob("evil.xml")] == []


def test_members_that_stand_twice_and_too_many_members(tmp_path: Path) -> None:
    path = xlsx_of_parts(tmp_path / "bom.xlsx", SHEET)
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/worksheets/sheet1.xml", SHEET)
    refused(path, "twice")
    many = xlsx_of_parts(
        tmp_path / "many.xlsx", SHEET, extra={f"xl/media/{at}.bin": "" for at in range(30)}
    )
    refused(many, "members", limits=Limits(members=20))


def test_a_member_whose_declared_size_lies(tmp_path: Path) -> None:
    path = xlsx_of_parts(tmp_path / "bom.xlsx", SHEET)
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(b"xl/worksheets/sheet1.xml"))
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    path.write_bytes(bytes(data))
    refused(path, "damaged")


def test_deep_xml_and_missing_parts(tmp_path: Path) -> None:
    deep = "<workbook>" + "<a>" * 5000 + "</a>" * 5000 + "</workbook>"
    refused(xlsx_of_parts(tmp_path / "deep.xlsx", SHEET, extra={"xl/workbook.xml": deep}), "deeper")
    refused(
        xlsx_of_parts(
            tmp_path / "torn.xlsx", SHEET, extra={"xl/workbook.xml": "<workbook><sheets>"}
        )
    )
    refused(xlsx_of_parts(tmp_path / "cut.xlsx", SHEET[:-200]))
    gone = tmp_path / "gone.xlsx"
    gone.write_bytes(zipped(xl__workbook_xml="x"))
    refused(gone)


def test_nested_html_tables(tmp_path: Path) -> None:
    path = tmp_path / "bom.xls"
    path.write_text("<table><tr><td>" * 3000, encoding="utf-8")
    refused(path, "deeper")
    path.write_text("<table><tr>" + "<td colspan=9999>x" * 9 + "</table>", encoding="utf-8")
    refused(path, "columns")


def test_endless_field_of_a_text(tmp_path: Path) -> None:
    path = tmp_path / "bom.csv"
    path.write_text(csv_text(PARTS) + 'A-9,"' + "x" * 3_000_000, encoding="utf-8")
    refused(path, "beyond the limit")
    path.write_text(
        csv_text(PARTS) + 'A-9,"open quote,1,EA,3\n' + csv_text(PARTS[1:]) * 1000, encoding="utf-8"
    )
    assert seen(checked(path))[2][0] == "A-1"
    assert checked(path).lines.height > 2990


LIMITS: dict[str, tuple[str, Limits]] = {
    "file size": ("bytes", Limits(file_bytes=20)),
    "columns": ("columns", Limits(columns=3)),
    "cells": ("cells", Limits(cells=10)),
    "text length": ("text of", Limits(text_length=10)),
}


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods", "html", "xml2003", "parquet"])
@pytest.mark.parametrize("name", LIMITS)
def test_limits(tmp_path: Path, kind: str, name: str) -> None:
    word, limits = LIMITS[name]
    text = refused(write(tmp_path / "bom", kind), limits=limits)
    assert word in text or "field" in text or "column" in text or "cells" in text


def test_limits_of_rows_and_sheets(tmp_path: Path) -> None:
    refused(write(tmp_path / "bom.csv", "csv"), "lines", limits=Limits(rows=2))
    refused(write(tmp_path / "bom.parquet", "parquet"), "rows", limits=Limits(rows=2))
    path = write_xlsx(tmp_path / "bom.xlsx", {f"S{at}": PARTS for at in range(5)})
    refused(path, "5 sheets", limits=Limits(sheets=4))


@pytest.mark.parametrize("make", [lambda text: text.encode(), lambda text: text.encode("utf-16")])
def test_a_wide_record(tmp_path: Path, make: Callable[[str], bytes]) -> None:
    path = tmp_path / "bom.csv"
    path.write_bytes(make("Part Number,Qty" + ",x" * 5000 + "\nA-1,1\n"))
    refused(path, "fields")


def test_formula_texts_are_texts(tmp_path: Path) -> None:
    path = tmp_path / "bom.csv"
    path.write_text(
        'Part Number,Description,Qty\nA-1,=cmd|\' /C calc\'!A0,1\nA-2,"=HYPERLINK(""x"")",2\n',
        encoding="utf-8",
    )
    bom = checked(path)
    assert bom.lines["description"].to_list() == ["=cmd|' /C calc'!A0", '=HYPERLINK("x")']


def test_html_scripts_are_no_cells(tmp_path: Path) -> None:
    path = tmp_path / "bom.xls"
    path.write_text(
        html_text(PARTS).replace("Shaft", "Shaft<script>alert(1)</script>"), encoding="utf-8"
    )
    bom = checked(path)
    assert bom.lines.filter(pl.col("part_number") == "A-3")["description"].item() == "Shaft"
