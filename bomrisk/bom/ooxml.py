"""What calamine cannot tell of an .xlsx: which part is which sheet, and what its tags and formats say.

Each sheet is scanned, within the limits, before calamine is let near it: calamine allocates the whole
rectangle that the cells span, and one cell at XFD1048576 makes it abort the process.
"""

from __future__ import annotations

import posixpath
import re

from bomrisk.bom.archive import Archive
from bomrisk.bom.markup import elements
from bomrisk.bom.sheetscan import SheetScan, Styles, scan_sheet
from bomrisk.errors import InputError


def scan(archive: Archive) -> list[SheetScan]:
    """Scan every sheet of the workbook; refuses one whose cells span more than the limits allow."""
    styles = _styles(archive)
    sheets = _sheets(archive)
    for sheet in sheets:
        if sheet.part:
            scan_sheet(archive, sheet, styles)
    archive.measure()
    return sheets


def _sheets(archive: Archive) -> list[SheetScan]:
    workbook = archive.find("xl/workbook.xml")
    if workbook is None:
        raise archive.damaged("its list of sheets is missing")
    targets: dict[str, str] = {}
    relations = archive.find("xl/_rels/workbook.xml.rels")
    depth = archive.limits.depth
    file = archive.file
    if relations is not None:
        for element in elements(archive.read(relations), file=file, part=relations, depth=depth):
            if element.name == "Relationship":
                target = element.attributes.get("Target", "").replace("\\", "/")
                path = target[1:] if target.startswith("/") else posixpath.normpath("xl/" + target)
                targets[element.attributes.get("Id", "")] = path
    sheets: list[SheetScan] = []
    for element in elements(archive.read(workbook), file=file, part=workbook, depth=depth):
        if element.name != "sheet":
            continue
        part = archive.find(targets.get(element.attributes.get("id", ""), ""))
        hidden = element.attributes.get("state", "visible") != "visible"
        sheet = SheetScan(element.attributes.get("name", ""), part or "")
        sheet.marks.sheet_hidden = hidden
        sheets.append(sheet)
    if len(sheets) > archive.limits.sheets:
        raise InputError(
            f"the workbook has {len(sheets):,} sheets, more than the limit of"
            f" {archive.limits.sheets:,}",
            mend="give a workbook with the parts list alone, or raise the limit of sheets",
            file=file,
        )
    return sheets


def _styles(archive: Archive) -> Styles:
    part = archive.find("xl/styles.xml")
    if part is None:
        return Styles({}, {})
    formats: dict[str, str] = {}
    indents: dict[str, int] = {}
    zeros: dict[str, int] = {}
    inside, number = False, -1
    depth = archive.limits.depth
    for element in elements(archive.read(part), file=archive.file, part=part, depth=depth):
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
            if re.fullmatch(r"0{2,40}", code):
                zeros[str(number)] = len(code)
        elif inside and element.name == "alignment":
            indent = attributes.get("indent", "0")
            if indent.isdecimal() and 0 < int(indent[:4]) < 250:
                indents[str(number)] = int(indent)
    return Styles(indents, zeros)
