"""Write the sample bills of materials of sample_boms/ from the tables in tools/samples/.

Usage: ``python tools/build_samples.py [--out FOLDER]``. The same tables give the same bytes on
every run: the workbooks carry a fixed date, their zip members a fixed time. What a sample claims
as public fact cites a source of samples/sources.csv by its number in square brackets; every other
line is illustrative and says so.
"""

from __future__ import annotations

import argparse
import csv
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO, StringIO
from math import ceil
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import Outline, PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

HERE = Path(__file__).resolve().parent
DATA = HERE / "samples"
EDITION = datetime(2026, 11, 23)
ZIP_TIME = (1980, 1, 1, 0, 0, 0)

NAVY, TEAL, PALE, PALER, RULE = "1F3A5F", "2E6F73", "DCE6F1", "F1F5FA", "C9D3DF"
THIN = Border(bottom=Side(style="hair", color=RULE))
FILL_OF_STATUS = {
    "Public fact": "E2F0E4",
    "Public claim": "FFF4D6",
    "Not published": "FFF4D6",
    "Illustrative": "ECECEC",
}

Row = dict[str, str]
Number = int | float | None
AnyCell = Cell | MergedCell


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sample: field of the data table, header text, width, and how it is shown."""

    field: str
    header: str
    width: float
    show: str = "text"
    """text, wrap, number (General), mass (three decimals and more) or origin (centred)."""


@dataclass(frozen=True, slots=True)
class Layout:
    """One workbook: its data table, the name of its parts list, columns and way of numbering."""

    sample: str
    sheet: str
    columns: tuple[Column, ...]
    frozen: int
    """Columns that stay in sight when the sheet is scrolled."""
    numbering: str
    """level (a level column), item (dotted item numbers) or flat."""


def _origins(*fields: str) -> tuple[Column, ...]:
    return tuple(Column(f, f"Country {f.title()}", 11, "origin") for f in fields)


SUPPLIER = (Column("supplier", "Supplier", 40), Column("code", "CAGE Code", 10, "origin"))
ORIGIN = Column("origin", "Country of Origin", 11, "origin")
BASIS = Column("basis", "Basis", 80, "wrap")
F35 = (
    Column("level", "Level", 7, "origin"),
    Column("find", "Find No.", 7, "origin"),
    Column("part_number", "Part Number", 18),
    Column("nomenclature", "Nomenclature", 54),
    Column("material", "Material", 42),
    Column("specification", "Specification", 22),
    Column("qty", "Qty per NHA", 9, "number"),
    Column("uom", "UOM", 6, "origin"),
    Column("mass_kg", "Unit Mass (kg)", 11, "mass"),
    *SUPPLIER,
    *_origins("mined", "separated", "reduced", "melted", "sintered", "magnetized"),
    ORIGIN,
    BASIS,
    Column("remarks", "Remarks", 52),
)
MISSILE = (
    Column("item", "Item No.", 11),
    Column("part_number", "Part No.", 17),
    Column("description", "Description", 44),
    Column("material", "Material", 38),
    Column("specification", "Specification", 20),
    Column("qty", "Qty", 7, "number"),
    Column("unit", "Unit", 6, "origin"),
    Column("mass_g", "Mass (g)", 10, "mass"),
    *SUPPLIER,
    *_origins("melted", "sintered", "magnetized"),
    ORIGIN,
    BASIS,
)
ELECTRONICS = (
    Column("designator", "Designator", 14),
    Column("comment", "Comment", 20),
    Column("description", "Description", 48),
    Column("footprint", "Footprint", 14),
    Column("qty", "Qty", 7, "number"),
    Column("supplier", "Manufacturer", 42),
    Column("mpn", "MPN", 16),
    ORIGIN,
)
LAYOUTS = (
    Layout("f35_subsystems", "Indentured BOM", F35, frozen=4, numbering="level"),
    Layout("missile_actuator", "Parts List", MISSILE, frozen=3, numbering="item"),
    Layout("electronics_flat", "BOM", ELECTRONICS, frozen=2, numbering="flat"),
)
UAV = (
    ("pos", "Pos."),
    ("part_number", "Part Number"),
    ("description", "Description"),
    ("material", "Material"),
    ("qty", "Qty"),
    ("unit", "Unit"),
    ("mass_g", "Mass [g]"),
    ("supplier", "Manufacturer"),
    ("mpn", "MPN"),
    ("origin", "Country of Origin"),
    ("note", "Note"),
)


def table(name: str) -> list[Row]:
    """The rows of one data table, each as long as its header; every cell is text."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    for number, row in enumerate(rows, 2):
        if None in row or None in row.values():
            raise ValueError(f"{name}.csv, line {number}: as many cells as headers are needed")
    return rows


def number(text: str) -> Number:
    """A cell's number, an integer where it is one; None for an empty cell."""
    if not text:
        return None
    value = float(text)
    return int(value) if value.is_integer() else value


def basis(text: str, sources: Mapping[str, Row]) -> str:
    """What a line rests on: 'I' is illustrative; a text is public fact and cites its sources."""
    if text == "I":
        return "Illustrative"
    cited = sorted(set(re.findall(r"\[(\d+)\]", text)), key=int)
    if not cited:
        raise ValueError(f"a public fact without a source: {text!r}")
    names = ", ".join(sources[no]["short"] for no in cited)
    return f"Public fact: {text} Source{'s' if len(cited) > 1 else ''}: {names}."


def find_numbers(rows: Sequence[Row]) -> list[int]:
    """The ordinal of each row among its siblings; levels may go down by one at a time only."""
    counts: list[int] = []
    found = []
    for row in rows:
        level = int(row["level"])
        if level > len(counts):
            raise ValueError(f"{row['part_number']}: level {level} skips a level")
        counts = [*counts[: level + 1], 0] if level < len(counts) else [*counts, 0]
        del counts[level + 1 :]
        counts[level] += 1
        found.append(counts[level])
    return found


def resolve(rows: Sequence[Row]) -> list[Row]:
    """Put names for supplier keys and full sentences for the basis of each line."""
    suppliers = {row["key"]: row for row in table("suppliers")}
    sources = {row["no"]: row for row in table("sources")}
    resolved = []
    for row in rows:
        supplier = suppliers[row.get("supplier") or row["mfr"]]
        line = {**row, "supplier": supplier["supplier"], "code": supplier["code"]}
        if "basis" in row:
            line["basis"] = basis(row["basis"], sources)
        resolved.append(line)
    return resolved


def _font(size: int = 10, *, bold: bool = False, color: str | None = None) -> Font:
    return Font(name="Calibri", size=size, bold=bold, color=color or (NAVY if size > 10 else None))


def _solid(color: str) -> PatternFill:
    return PatternFill("solid", fgColor=color)


def _paint(cell: AnyCell, column: Column, *, bold: bool, fill: str | None) -> None:
    cell.font, cell.border = _font(bold=bold), THIN
    if fill:
        cell.fill = _solid(fill)
    if column.show == "mass":
        cell.number_format = "0.0#####"
    cell.alignment = Alignment(
        horizontal={"origin": "center", "number": "right", "mass": "right"}.get(column.show),
        vertical="top",
        wrap_text=column.show == "wrap",
        indent=1 if column.show in ("number", "mass") else 0,
    )


def _header(sheet: Worksheet, row: int, columns: Sequence[Column]) -> None:
    for index, column in enumerate(columns, 1):
        cell = sheet.cell(row, index, column.header)
        is_origin = column.show == "origin" and column.header.startswith("Country")
        cell.font = _font(bold=True, color="FFFFFF")
        cell.fill = _solid(TEAL if is_origin else NAVY)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(index)].width = column.width
    sheet.row_dimensions[row].height = 32


def bom_sheet(sheet: Worksheet, layout: Layout, rows: Sequence[Row], levels: Sequence[int]) -> None:
    """The parts list: title rows, a header, and a row per line, indented by its level."""
    texts = titles(layout.sample, "sheet")
    for index, text in enumerate(texts, 1):
        sheet.cell(index, 1, text or None).font = _font(15 if index == 1 else 10, bold=index == 1)
    head = len(texts) + 1
    _header(sheet, head, layout.columns)
    for offset, (row, level) in enumerate(zip(rows, levels, strict=True), 1):
        assembly = offset < len(rows) and levels[offset] > level
        fill = PALE if assembly and level < 2 else PALER if assembly else None
        for index, column in enumerate(layout.columns, 1):
            is_number = column.show in ("number", "mass") or column.field == "level"
            text = row[column.field]
            cell = sheet.cell(head + offset, index, number(text) if is_number else text or None)
            _paint(cell, column, bold=assembly and level < 2 and column.show != "wrap", fill=fill)
            if column.field in ("nomenclature", "description") and level:
                cell.alignment = Alignment(horizontal="left", indent=level, vertical="top")
        sheet.row_dimensions[head + offset].outline_level = max(0, level - 1)
        sheet.row_dimensions[head + offset].height = 13.5 * _text_lines(row, layout.columns)
    last = get_column_letter(len(layout.columns))
    sheet.sheet_properties.outlinePr = Outline(summaryBelow=False)
    sheet.auto_filter.ref = f"A{head}:{last}{head + len(rows)}"
    sheet.freeze_panes = f"{get_column_letter(layout.frozen + 1)}{head + 1}"
    sheet.print_title_rows = f"{head}:{head}"
    _page(sheet)


def _text_lines(row: Row, columns: Sequence[Column]) -> int:
    """How many lines of text the wrapped cells of a row need."""
    return max(
        [1, *(ceil(len(row[c.field]) / (1.15 * c.width)) for c in columns if c.show == "wrap")]
    )


def _page(sheet: Worksheet) -> None:
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def about_sheet(sheet: Worksheet, sample: str) -> None:
    """The first sheet: what is public fact, what is illustrative, and the sources cited."""
    sheet.title = "About"
    for letter, width in zip("ABCDE", (16, 62, 34, 17, 72), strict=True):
        sheet.column_dimensions[letter].width = width
    wrap = Alignment(horizontal="left", vertical="top", wrap_text=True)
    row = 0
    for text in titles(sample, "about"):
        row += 1
        sheet.cell(row, 1, text).font = _font(10 if row > 1 else 15, bold=row == 1)
    row += 1

    def band(cells: Sequence[str]) -> None:
        for index in range(1, 6):
            cell = sheet.cell(row, index, cells[index - 1] if index <= len(cells) else None)
            cell.font, cell.fill = _font(bold=True, color="FFFFFF"), _solid(NAVY)

    statements = [line for line in table("statements") if line["sample"] == sample]
    row += 1
    band(("Status", "Statement"))
    for line in statements:
        row += 1
        status = sheet.cell(row, 1, line["status"])
        status.fill = _solid(FILL_OF_STATUS[line["status"]])
        status.font, status.alignment = _font(bold=True), wrap
        cell = sheet.cell(row, 2, line["statement"])
        cell.font, cell.alignment = _font(), wrap
        sheet.merge_cells(start_row=row, start_column=2, end_row=row, end_column=5)
        sheet.row_dimensions[row].height = 15 * (1 + len(line["statement"]) // 200)
    cited = _cited(sample, statements)
    row += 2
    if cited:
        band(("Source", "Title", "Publisher", "Year", "What it says"))
    for line in cited:
        row += 1
        cells = (f"[{line['no']}]", line["title"], line["publisher"], line["year"], line["says"])
        for index, text in enumerate(cells, 1):
            cell = sheet.cell(row, index, int(text) if text.isdigit() else text)
            cell.font, cell.alignment = _font(), wrap
            cell.border = THIN
        sheet.row_dimensions[row].height = 30
    _page(sheet)


def _cited(sample: str, statements: Sequence[Row]) -> list[Row]:
    texts = [line["statement"] for line in statements]
    texts += [line.get("basis", "") for line in table(sample)]
    numbers = set(re.findall(r"\[(\d+)\]", " ".join(texts)))
    return [line for line in table("sources") if line["no"] in numbers]


def settle(workbook: Workbook, path: Path) -> None:
    """Save a workbook with fixed dates and zip times: the same content gives the same bytes."""
    workbook.properties.creator = "bomrisk samples"
    workbook.properties.created = EDITION
    raw = BytesIO()
    workbook.save(raw)
    modified = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
    stamp = EDITION.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":
                data = modified.sub(rb"\g<1>" + stamp + rb"\g<2>", data)
            member = zipfile.ZipInfo(name, ZIP_TIME)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o600 << 16
            target.writestr(member, data)


def titles(sample: str, place: str) -> list[str]:
    """The title texts of a sample: of its sheet about, of its parts list, or its comment rows."""
    return [r["text"] for r in table("titles") if (r["sample"], r["place"]) == (sample, place)]


def build_workbook(folder: Path, layout: Layout) -> None:
    """One workbook: the sheet about first, then the parts list."""
    rows = resolve(table(layout.sample))
    if layout.numbering == "level":
        for row, find in zip(rows, find_numbers(rows), strict=True):
            row["find"] = str(find)
        levels = [int(row["level"]) for row in rows]
    else:
        levels = [row["item"].count(".") if layout.numbering == "item" else 0 for row in rows]
    workbook = Workbook()
    about_sheet(workbook.worksheets[0], layout.sample)
    bom_sheet(workbook.create_sheet(layout.sheet), layout, rows, levels)
    settle(workbook, folder / f"{layout.sample}.xlsx")


def build_uav(folder: Path) -> None:
    """The flat list as text: comment rows, semicolons and decimal commas."""
    text = StringIO()
    text.writelines(f"{line}\r\n" for line in titles("uav_propulsion", "comment"))
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([header for _, header in UAV])
    for row in resolve(table("uav_propulsion")):
        writer.writerow([row[field] for field, _ in UAV])
    (folder / "uav_propulsion.csv").write_bytes(text.getvalue().encode("utf-8"))


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the four samples into a folder."""
    parser = argparse.ArgumentParser(description="Write the sample bills of materials.")
    parser.add_argument("--out", type=Path, default=HERE.parent / "sample_boms")
    folder: Path = parser.parse_args(arguments).out
    folder.mkdir(parents=True, exist_ok=True)
    for layout in LAYOUTS:
        build_workbook(folder, layout)
    build_uav(folder)


if __name__ == "__main__":
    main()
