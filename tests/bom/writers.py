"""Spreadsheets written by the tests: the same rows as .csv, .xlsx and .ods."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

Row = Sequence[str | float | None]
Rows = Sequence[Row]


def table(text: str) -> list[list[str | None]]:
    """Rows of a text block: one row a line, cells between bars, an empty cell is empty."""
    lines = text.strip("\n").split("\n")
    return [[cell.strip(" ") or None for cell in line.split("|")] for line in lines]


def typed(text: str | float | None) -> str | float | None:
    """A number where the text is one that a spreadsheet would hold as a number."""
    if not isinstance(text, str):
        return text
    plain = text.lstrip("-")
    if plain.replace(".", "", 1).isdecimal() and not (
        len(plain) > 1 and plain[0] == "0" and plain[1] != "."
    ):
        return float(text)
    return text


def write_csv(
    path: Path, rows: Rows, *, encoding: str = "utf-8", delimiter: str = ",", end: str = "\r\n"
) -> Path:
    """A text file of delimited records."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator=end)
    writer.writerows([["" if cell is None else cell for cell in row] for row in rows])
    path.write_bytes(buffer.getvalue().encode(encoding))
    return path


def write_xlsx(path: Path, sheets: Mapping[str, Rows] | Rows) -> Path:
    """A workbook by openpyxl; numbers are numbers."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in _named(sheets).items():
        sheet = book.create_sheet(name)
        for number, row in enumerate(rows, 1):
            for column, cell in enumerate(row, 1):
                value = typed(cell)
                if value is not None:
                    sheet.cell(number, column, value)
    book.save(path)
    return path


def write_ods(path: Path, sheets: Mapping[str, Rows] | Rows, *, before: str = "") -> Path:
    """An OpenDocument spreadsheet with nothing but its contents; `before` stands before the root."""
    tables = "".join(
        f"<table:table table:name={quoteattr(name)}>"
        + "".join(f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in rows)
        + "</table:table>"
        for name, rows in _named(sheets).items()
    )
    return write_content(path, tables, before=before)


def write_content(path: Path, tables: str, *, before: str = "") -> Path:
    """An OpenDocument spreadsheet with these tables as XML."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<office:document-content {spaces}'
        f' office:version="1.2"><office:body><office:spreadsheet>{tables}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED
        )
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return path


def _cell(value: str | float | None) -> str:
    value = typed(value)
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, float):
        return f'<table:table-cell office:value-type="float" office:value="{value!r}"><text:p>{value:g}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'


def _named(sheets: Mapping[str, Rows] | Rows) -> Mapping[str, Rows]:
    return sheets if isinstance(sheets, Mapping) else {"BOM": sheets}


def xlsx_of_parts(
    path: Path, sheet: str, *, extra: Mapping[str, str | bytes] | None = None, compress: bool = True
) -> Path:
    """A minimal workbook whose one sheet has this XML, for what no library would write."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    packages = "http://schemas.openxmlformats.org/package/2006"
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{packages}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{packages}/relationships"><Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="BOM" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{packages}/relationships"><Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
    }
    parts |= extra or {}
    with zipfile.ZipFile(
        path, "w", zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
    ) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def sheet_xml(
    rows: Rows, *, after: str = "", row_attributes: Callable[[int], str] = lambda _: ""
) -> str:
    """The XML of a sheet with inline texts."""
    from bomrisk.bom.letters import letter

    def cell(number: int, column: int, value: str | float | None) -> str:
        value = typed(value)
        place = f"{letter(column)}{number}"
        if value is None:
            return ""
        if isinstance(value, float):
            return f'<c r="{place}"><v>{value!r}</v></c>'
        return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'

    body = "".join(
        f'<row r="{number}"{row_attributes(number)}>'
        + "".join(cell(number, column, value) for column, value in enumerate(row))
        + "</row>"
        for number, row in enumerate(rows, 1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{body}</sheetData>{after}</worksheet>"
    )
