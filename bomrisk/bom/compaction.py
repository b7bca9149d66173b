"""Sparse sheets made dense: a few rows spread over a million become as many rows as there are.

calamine allocates the rectangle that the cells span. A sheet with one stray cell far below would cost
a gigabyte; its rows are renumbered in memory, and their true numbers are kept beside them.
"""

from __future__ import annotations

import io
import re
import zipfile

from bomrisk.bom.archive import Archive
from bomrisk.bom.limits import MEBI
from bomrisk.bom.sheetscan import SheetScan, too_large

LARGE = 3_000_000
"""Cells of a rectangle from which a sheet is looked at as sparse."""
SPARSE = 4
"""A sheet is sparse if its rectangle has this many times more rows than it has rows written."""
_LARGEST_PART = 256 * MEBI
_ROW = re.compile(rb'(<(?:\w+:)?row\b[^>]*?\br=")(\d{1,12})(")')
_CELL = re.compile(rb'(<(?:\w+:)?c\b[^>]*?\br="[A-Z]{1,8})(\d{1,12})(")')
_UNNUMBERED = re.compile(rb"<(?:\w+:)?(?:row|c)(?=[\s>/])(?![^>]*\br=\")[^>]*>")


def is_sparse(sheet: SheetScan) -> bool:
    """Whether the sheet spans far more rows than it has."""
    cells = sheet.last_row * (sheet.last_column + 1)
    return cells > LARGE and sheet.last_row > SPARSE * (sheet.rows_written + 1)


def compacted(archive: Archive, sheets: list[SheetScan]) -> bytes:
    """The workbook with its sparse sheets renumbered; each scan gets the true numbers of its rows."""
    replaced: dict[str, bytes] = {}
    for sheet in sheets:
        if is_sparse(sheet):
            replaced[sheet.part] = _renumbered(archive, sheet)
    if not replaced:
        return archive.data
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as copy:
        for name in archive.members:
            if name in replaced:
                copy.writestr(name, replaced[name])
            elif name.lower().endswith((".xml", ".rels", ".bin")):
                copy.writestr(name, b"".join(archive.blocks(name)))
    return target.getvalue()


def _renumbered(archive: Archive, sheet: SheetScan) -> bytes:
    xml = archive.read(sheet.part, _LARGEST_PART)
    if _UNNUMBERED.search(xml):
        raise too_large(
            archive,
            sheet.name,
            f"spans {sheet.last_row:,} rows but has {sheet.rows_written:,}, not all of them numbered",
            "a sheet whose rows have numbers",
        )
    numbers = sorted(
        {int(match[2]) for pattern in (_ROW, _CELL) for match in pattern.finditer(xml)}
    )
    place = {str(number).encode(): str(at).encode() for at, number in enumerate(numbers, 1)}

    def moved(match: re.Match[bytes]) -> bytes:
        return match[1] + place[str(int(match[2])).encode()] + match[3]

    sheet.row_numbers = numbers
    return _CELL.sub(moved, _ROW.sub(moved, xml))
