"""What calamine cannot tell of an .xlsx: extent, hidden rows, outline levels, indents, merged cells.

Each sheet's XML is scanned once as a stream of tags, within the limits, before calamine is let near
it: calamine allocates the whole rectangle that the cells span, and a single cell at XFD1048576 makes
it abort the process.
"""

from __future__ import annotations

import posixpath
import re
from array import array
from dataclasses import dataclass, field

from bomrisk.bom.archive import Archive
from bomrisk.bom.letters import index_of
from bomrisk.bom.limits import MEBI
from bomrisk.bom.markup import elements
from bomrisk.errors import InputError

_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_ROW_NUMBER = re.compile(rb'\br="(\d+)"')
_OUTLINE = re.compile(rb'\boutlineLevel="(\d+)"')
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_WIDE = re.compile(rb'\br="([A-Z]{2,})\d')
_FAR = re.compile(rb'\br="[A-Z]+(\d{6,})"')
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*)>")
_REFERENCE = re.compile(rb'\br="([A-Z]+)(\d+)"')
_STYLE = re.compile(rb'\bs="(\d+)"')
_FILTER = re.compile(rb"<(?:\w+:)?filterColumn\b")


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged block of cells: rows from 1, columns from 0, all inclusive."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class SheetScan:
    """What the tags of one sheet say; rows count from 1, columns from 0."""

    name: str
    part: str
    hidden: bool
    last_row: int = 0
    last_column: int = 0
    rows_written: int = 0
    hidden_rows: array[int] = field(default_factory=lambda: array("I"))
    outline_rows: array[int] = field(default_factory=lambda: array("I"))
    outline_levels: array[int] = field(default_factory=lambda: array("B"))
    indent_rows: dict[str, array[int]] = field(default_factory=dict)
    indent_levels: dict[str, array[int]] = field(default_factory=dict)
    padded: dict[str, dict[int, int]] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    filtered: bool = False


@dataclass(frozen=True, slots=True)
class Styles:
    """Cell formats that carry meaning: format → indent, and format → digits shown with leading zeros."""

    indents: dict[bytes, int]
    zeros: dict[bytes, int]


def scan(archive: Archive) -> list[SheetScan]:
    """Scan every sheet of the workbook; refuses one whose cells span more than the limits allow."""
    styles = _styles(archive)
    scans = _sheets(archive)
    for sheet in scans:
        _scan_sheet(archive, sheet, styles)
    for name in archive.members:
        if name.lower().endswith("sharedstrings.xml"):
            for _ in archive.blocks(name):
                pass
    return scans


def _sheets(archive: Archive) -> list[SheetScan]:
    workbook = archive.find("xl/workbook.xml")
    if workbook is None:
        raise archive.damaged("its list of sheets is missing")
    targets: dict[str, str] = {}
    relations = archive.find("xl/_rels/workbook.xml.rels")
    depth = archive.limits.depth
    if relations is not None:
        for element in elements(
            archive.read(relations), file=archive.file, part=relations, depth=depth
        ):
            if element.name == "Relationship":
                target = element.attributes.get("Target", "").replace("\\", "/")
                path = target[1:] if target.startswith("/") else posixpath.normpath("xl/" + target)
                targets[element.attributes.get("Id", "")] = path
    sheets: list[SheetScan] = []
    for element in elements(archive.read(workbook), file=archive.file, part=workbook, depth=depth):
        if element.name != "sheet":
            continue
        part = archive.find(targets.get(element.attributes.get("id", ""), ""))
        hidden = element.attributes.get("state", "visible") != "visible"
        sheets.append(SheetScan(element.attributes.get("name", ""), part or "", hidden))
    if len(sheets) > archive.limits.sheets:
        raise InputError(
            f"the workbook has {len(sheets):,} sheets, more than the limit of {archive.limits.sheets:,}",
            mend="give a workbook with the parts list alone, or raise the limit of sheets",
            file=archive.file,
        )
    return sheets


def _styles(archive: Archive) -> Styles:
    part = archive.find("xl/styles.xml")
    if part is None:
        return Styles({}, {})
    formats: dict[str, str] = {}
    indents: dict[bytes, int] = {}
    zeros: dict[bytes, int] = {}
    inside, number = False, -1
    for element in elements(
        archive.read(part), file=archive.file, part=part, depth=archive.limits.depth
    ):
        attributes = element.attributes
        if element.name == "numFmt":
            formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif element.name == "cellXfs":
            inside = True
        elif element.name in ("cellStyles", "dxfs", "cellStyleXfs"):
            inside = False
        elif inside and element.name == "xf":
            number += 1
            code = formats.get(attributes.get("numFmtId", ""), "")
            if re.fullmatch(r"0{2,}", code):
                zeros[str(number).encode()] = len(code)
        elif inside and element.name == "alignment":
            indent = attributes.get("indent", "0")
            if indent.isdigit() and 0 < int(indent) < 250:
                indents[str(number).encode()] = int(indent)
    return Styles(indents, zeros)


def _scan_sheet(archive: Archive, sheet: SheetScan, styles: Styles) -> None:
    if not sheet.part:
        return
    rest = b""
    for block in archive.blocks(sheet.part):
        piece = rest + block
        cut = piece.rfind(b"<")
        if cut <= 0:
            rest = piece
            if len(rest) > 16 * MEBI:
                raise _too_large(archive, sheet, "holds a text of more than 16 MiB", "a text")
            continue
        rest = piece[cut:]
        _scan_piece(piece[:cut], sheet, styles)
        _check_extent(archive, sheet)
    _scan_piece(rest, sheet, styles)
    _check_extent(archive, sheet)


def _scan_piece(piece: bytes, sheet: SheetScan, styles: Styles) -> None:
    if b"<!DOCTYPE" in piece or b"<!ENTITY" in piece:
        raise InputError(
            "the sheet declares a document type, which a workbook never needs",
            mend="do not trust this file; ask its sender for a clean copy",
            sheet=sheet.name,
        )
    _scan_rows(piece, sheet)
    for match in _WIDE.finditer(piece):
        sheet.last_column = max(sheet.last_column, index_of(match[1].decode()[:8]))
    if sheet.last_row < 100_000:
        for match in _FAR.finditer(piece):
            sheet.last_row = max(sheet.last_row, int(match[1][:12]))
    if styles.indents or styles.zeros:
        _scan_styles(piece, sheet, styles)
    if b"mergeCell" in piece:
        for match in _MERGE.finditer(piece):
            left, top, right, bottom = match.groups()
            sheet.merges.append(
                Merge(int(top), index_of(left.decode()), int(bottom), index_of(right.decode()))
            )
    if b"filterColumn" in piece and _FILTER.search(piece):
        sheet.filtered = True


def _scan_rows(piece: bytes, sheet: SheetScan) -> None:
    marked = b"hidden=" in piece or b"outlineLevel=" in piece
    row = sheet.last_row
    for match in _ROW.finditer(piece):
        attributes = match[1]
        number = _ROW_NUMBER.search(attributes)
        row = int(number[1][:12]) if number else row + 1
        sheet.rows_written += 1
        sheet.last_row = max(sheet.last_row, row)
        if not marked or row > 0xFFFFFFFF:
            continue
        if _HIDDEN.search(attributes):
            sheet.hidden_rows.append(row)
        level = _OUTLINE.search(attributes)
        if level and level[1] != b"0":
            sheet.outline_rows.append(row)
            sheet.outline_levels.append(min(int(level[1]), 255))


def _scan_styles(piece: bytes, sheet: SheetScan, styles: Styles) -> None:
    for match in _CELL.finditer(piece):
        style = _STYLE.search(match[1])
        if style is None:
            continue
        indent = styles.indents.get(style[1])
        width = styles.zeros.get(style[1])
        if indent is None and width is None:
            continue
        place = _REFERENCE.search(match[1])
        if place is None:
            continue
        column, row = place[1].decode(), int(place[2])
        if row > 0xFFFFFFFF:
            continue
        if indent is not None:
            sheet.indent_rows.setdefault(column, array("I")).append(row)
            sheet.indent_levels.setdefault(column, array("B")).append(indent)
        if width is not None:
            sheet.padded.setdefault(column, {})[row] = width


def _check_extent(archive: Archive, sheet: SheetScan) -> None:
    limits = archive.limits
    if sheet.last_column >= limits.columns:
        raise _too_large(
            archive,
            sheet,
            f"has a cell in column {sheet.last_column + 1:,}",
            f"{limits.columns:,} columns",
        )
    if sheet.last_row > limits.rows:
        raise _too_large(
            archive, sheet, f"has a cell in row {sheet.last_row:,}", f"{limits.rows:,} rows"
        )
    cells = sheet.last_row * (sheet.last_column + 1)
    if cells > limits.cells:
        raise _too_large(archive, sheet, f"spans {cells:,} cells", f"{limits.cells:,} cells")


def _too_large(archive: Archive, sheet: SheetScan, what: str, limit: str) -> InputError:
    return InputError(
        f"the sheet {what}, beyond the limit ({limit})",
        mend="delete the far or empty cells and save it again, or raise the limit",
        file=archive.file,
        sheet=sheet.name,
    )
