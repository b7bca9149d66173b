"""Row marks of an .xls: the records of its Workbook stream that calamine passes over ([MS-XLS])."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from bomrisk.bom import compound
from bomrisk.bom.letters import letter
from bomrisk.bom.rowmarks import RowMarks

_BOF, _EOF, _SHEET, _LOCKED = 0x809, 0x0A, 0x85, 0x2F
_ROW, _XF, _FORMAT, _FILTER = 0x208, 0xE0, 0x41E, 0x9B
_CELLS = frozenset((0x203, 0x27E, 0xFD, 0x204, 0x06))
"""Records of one cell: number, RK, shared string, label, formula. Each begins with row, column, format."""
_HIDDEN = 0x20


class LockedError(ValueError):
    """The workbook asks for a password."""


def row_marks(data: bytes) -> dict[str, RowMarks]:
    """Marks by sheet name. Raises LockedError, or compound.DamagedError if it is cut off."""
    stream = next(
        (found for name in ("Workbook", "Book") if (found := compound.stream(data, name))), None
    )
    if stream is None:
        return {}
    sheets: list[tuple[str, int, bool]] = []
    indents: dict[int, int] = {}
    zeros: dict[int, int] = {}
    formats: dict[int, str] = {}
    count = 0
    for kind, body in _records(stream, 0):
        if kind == _LOCKED:
            raise LockedError
        if kind == _SHEET and len(body) > 8:
            sheets.append((_name(body), struct.unpack_from("<I", body)[0], body[4] & 3 != 0))
        elif kind == _FORMAT and len(body) > 5:
            formats[struct.unpack_from("<H", body)[0]] = _text(body[2:])
        elif kind == _XF:
            if len(body) >= 20 and body[8] & 0x0F:
                indents[count] = body[8] & 0x0F
            code = formats.get(struct.unpack_from("<H", body, 2)[0], "") if len(body) >= 4 else ""
            if re.fullmatch(r"0{2,40}", code):
                zeros[count] = len(code)
            count += 1
    return {
        name: _sheet(stream, start, indents, zeros, hidden=hidden) for name, start, hidden in sheets
    }


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Records from a BOF to its EOF."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return


def _sheet(
    stream: bytes, start: int, indents: dict[int, int], zeros: dict[int, int], *, hidden: bool
) -> RowMarks:
    marks = RowMarks(sheet_hidden=hidden)
    for kind, body in _records(stream, start):
        if kind == _ROW and len(body) >= 16:
            row, flags = (
                struct.unpack_from("<H", body)[0] + 1,
                struct.unpack_from("<I", body, 12)[0],
            )
            if flags & _HIDDEN:
                marks.hidden.append(row)
            marks.outline(row, flags & 7)
        elif kind in _CELLS and len(body) >= 6 and (indents or zeros):
            row, column, style = struct.unpack_from("<HHH", body)
            if style in indents:
                marks.indents.append((letter(column), row + 1, indents[style]))
            if style in zeros:
                marks.padded.append((letter(column), row + 1, zeros[style]))
        elif kind == _FILTER:
            marks.filtered = True
    return marks


def _name(body: bytes) -> str:
    """A sheet's name: one byte of length, one of flags (Excel 97), then the characters."""
    length = body[6]
    if len(body) >= 8 + length and body[7] in (0, 1):
        wide = body[7] == 1
        raw = body[8 : 8 + length * (2 if wide else 1)]
        return raw.decode("utf-16-le" if wide else "latin-1", "replace")
    return body[7 : 7 + length].decode("cp1252", "replace")


def _text(body: bytes) -> str:
    """A string with two bytes of length and one of flags."""
    if len(body) < 3:
        return ""
    length = struct.unpack_from("<H", body)[0]
    wide = bool(body[2] & 1)
    return body[3 : 3 + length * (2 if wide else 1)].decode(
        "utf-16-le" if wide else "latin-1", "replace"
    )
