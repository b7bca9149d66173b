"""Row marks of an .xls: the records of its Workbook stream that calamine passes over ([MS-XLS])."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import replace

from bomrisk.bom import compound
from bomrisk.bom.letters import letter
from bomrisk.bom.limits import Limits, mostly_empty
from bomrisk.bom.rowmarks import FAILED, RowMarks
from bomrisk.bom.sheetscan import too_many_sheets
from bomrisk.errors import InputError

_BOF, _EOF, _SHEET, _LOCKED = 0x809, 0x0A, 0x85, 0x2F
_ROW, _XF, _FORMAT, _FILTER = 0x208, 0xE0, 0x41E, 0x9B
_CELLS = frozenset((0x203, 0x27E, 0xFD, 0x204, 0x06))
"""Records of one cell: number, RK, shared string, label, formula. Each begins with row, column, format."""
_MERGED, _TRUTH, _FORMULA = 0xE5, 0x205, 0x06
_HIDDEN = 0x20


class LockedError(ValueError):
    """The workbook asks for a password."""


_SEVERAL = frozenset((0xBD, 0xBE))
"""Records of several cells of a row, numbers and blanks; the last two bytes are the last column."""
_SOME = _SEVERAL | {0x201, 0x205, 0xD6}
"""Further records of cells: blank, truth or error, and rich text."""
_DIMENSIONS = 0x200
_ROWS, _COLUMNS = 65_536, 256
"""The largest sheet that the format knows."""


def row_marks(data: bytes, file: str, limits: Limits) -> dict[str, RowMarks]:
    """Marks by sheet name. Raises LockedError, or compound.DamagedError if it is cut off.

    Refuses workbooks with more sheets, and sheets that span more cells, than the limits allow.
    """
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
    if len(sheets) > limits.sheets:
        raise too_many_sheets(len(sheets), limits.sheets, file)
    read: dict[int, RowMarks] = {}
    result: dict[str, RowMarks] = {}
    for name, start, hidden in sheets:
        if start not in read:
            _check_extent(stream, start, name, file, limits)
            read[start] = _sheet(stream, start, indents, zeros)
        result[name] = replace(read[start], sheet_hidden=hidden)
    return result


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


def _check_extent(stream: bytes, start: int, name: str, file: str, limits: Limits) -> None:
    """Room is made by calamine for the rectangle that the cells span, and for what DIMENSIONS says."""
    last_row = last_column = written = 0
    for kind, body in _records(stream, start):
        if kind == _DIMENSIONS and len(body) >= 10:
            form = "<IIHH" if len(body) >= 12 else "<HHHH"
            first_row, rows, first_column, columns = struct.unpack_from(form, body)
            backwards = rows < first_row or columns < first_column
            if rows > _ROWS or columns > _COLUMNS or backwards:
                raise compound.DamagedError("a sheet says that it is larger than any can be")
        elif (kind in _CELLS or kind in _SOME) and len(body) >= 6:
            row, column = struct.unpack_from("<HH", body)
            if kind in _SEVERAL:
                column = max(column, struct.unpack_from("<H", body, len(body) - 2)[0])
            last_row, last_column = max(last_row, row + 1), max(last_column, column + 1)
            written += 1
    cells = last_row * last_column
    sparse = mostly_empty(last_row, last_column, written)
    if last_column > min(limits.columns, _COLUMNS) or cells > limits.cells or sparse:
        raise InputError(
            f"the sheet spans {last_row:,} rows and {last_column:,} columns with {written:,} cells"
            " in them, beyond the limits",
            mend="delete the far cells and save it again",
            file=file,
            sheet=name,
        )


def _sheet(stream: bytes, start: int, indents: dict[int, int], zeros: dict[int, int]) -> RowMarks:
    marks = RowMarks()
    for kind, body in _records(stream, start):
        if kind == _ROW and len(body) >= 16:
            row, flags = (
                struct.unpack_from("<H", body)[0] + 1,
                struct.unpack_from("<I", body, 12)[0],
            )
            if flags & _HIDDEN:
                marks.hidden.append(row)
            marks.outline(row, flags & 7)
        failed = _failed(kind, body)
        if failed is not None:
            row, column = struct.unpack_from("<HH", body)
            marks.failed(row, column, FAILED.get(failed))
        if kind in _CELLS and len(body) >= 6 and (indents or zeros):
            row, column, style = struct.unpack_from("<HHH", body)
            if style in indents:
                marks.indents.append((letter(column), row + 1, indents[style]))
            if style in zeros:
                marks.padded.append((letter(column), row + 1, zeros[style]))
        elif kind == _MERGED and len(body) >= 2:
            for at in range(2, len(body) - 7, 8):
                marks.merge(*struct.unpack_from("<HHHH", body, at))
        elif kind == _FILTER:
            marks.filtered = True
    return marks


def _failed(kind: int, body: bytes) -> int | None:
    """The code of an error that a cell, or the formula in it, holds."""
    if kind == _TRUTH and len(body) >= 8 and body[7]:
        return body[6]
    if kind == _FORMULA and len(body) >= 14 and body[6] == 2 and body[12:14] == b"\xff\xff":
        return body[8]
    return None


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
