"""Row marks and extent of an .xlsb: the binary records of its sheets ([MS-XLSB])."""

from __future__ import annotations

import posixpath
import struct
from collections.abc import Iterator

from bomrisk.bom.archive import Archive
from bomrisk.bom.limits import mostly_empty
from bomrisk.bom.markup import elements
from bomrisk.bom.rowmarks import FAILED, RowMarks
from bomrisk.bom.sheetscan import too_large

_ROW, _SHEET, _FIRST_CELL, _LAST_CELL = 0, 156, 1, 11
_FILTER = 163
_MERGED = 176
_FAILED = (3, 11)
"""A cell with an error, and a formula that gave one."""


def row_marks(archive: Archive) -> dict[str, RowMarks]:
    """Marks by sheet name; refuses a sheet whose cells span more than the limits allow."""
    workbook = archive.find("xl/workbook.bin")
    relations = archive.find("xl/_rels/workbook.bin.rels")
    if workbook is None or relations is None:
        raise archive.damaged("its list of sheets is missing")
    targets = {
        element.attributes.get("Id", ""): element.attributes.get("Target", "").replace("\\", "/")
        for element in elements(
            archive.read(relations),
            file=archive.file,
            part=relations,
            depth=archive.limits.depth,
        )
        if element.name == "Relationship"
    }
    found: dict[str, RowMarks] = {}
    for kind, body in _records(archive.read(workbook)):
        if kind != _SHEET or len(body) < 16:
            continue
        identity, at = _wide(body, 8)
        name, _ = _wide(body, at)
        target = targets.get(identity, "")
        path = target[1:] if target.startswith("/") else posixpath.normpath("xl/" + target)
        part = archive.find(path)
        if part is not None:
            hidden = struct.unpack_from("<I", body)[0] != 0
            found[name] = _sheet(archive, part, name, hidden=hidden)
    return found


def _wide(body: bytes, at: int) -> tuple[str, int]:
    """A string with four bytes of length, and where it ends."""
    length = struct.unpack_from("<I", body, at)[0] if at + 4 <= len(body) else 0
    end = at + 4 + 2 * length
    return body[at + 4 : end].decode("utf-16-le", "replace"), end


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    at, end = 0, len(data)
    while at + 2 <= end:
        kind = data[at]
        at += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | (data[at] & 0x7F) << 7
            at += 1
        length = shift = 0
        while at < end:
            byte = data[at]
            at += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80 or shift > 21:
                break
        yield kind, data[at : at + length]
        at += length


def _sheet(archive: Archive, part: str, name: str, *, hidden: bool) -> RowMarks:
    marks = RowMarks(sheet_hidden=hidden)
    row = last_row = last_column = written = 0
    for kind, body in _records(archive.read(part, archive.limits.unpacked_bytes)):
        if kind == _ROW and len(body) >= 12:
            row = struct.unpack_from("<I", body)[0] + 1
            flags = body[11]
            if flags & 0x10:
                marks.hidden.append(row)
            marks.outline(row, flags & 7)
        elif _FIRST_CELL < kind <= _LAST_CELL and len(body) >= 4:
            written += 1
            last_row = max(last_row, row)
            last_column = max(last_column, struct.unpack_from("<I", body)[0])
            if kind in _FAILED and len(body) >= 9:
                marks.failed(row - 1, struct.unpack_from("<I", body)[0], FAILED.get(body[8]))
        elif kind == _MERGED and len(body) >= 16:
            marks.merge(*struct.unpack_from("<IIII", body))
        elif kind == _FILTER:
            marks.filtered = True
    limits = archive.limits
    cells = last_row * (last_column + 1)
    empty = mostly_empty(last_row, last_column + 1, written)
    if last_column >= limits.columns or last_row > limits.rows or cells > limits.cells or empty:
        raise too_large(
            archive,
            name,
            f"spans {last_row:,} rows and {last_column + 1:,} columns with {written:,} cells",
            f"{limits.cells:,} cells, {limits.columns:,} columns",
        )
    return marks
