"""Minimal .xls (BIFF8 in a compound file) and .xlsb written by the tests, record by record."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence

from tests.bom.writers import Rows, typed

Records = Sequence[tuple[int, bytes]]

_SECTOR = 512
_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def xls(rows: Rows, *, workbook: Records = (), sheet: Records = (), name: str = "BOM") -> bytes:
    """A workbook of Excel 97; extra records stand in front of the sheet list and of the cells."""
    texts = sorted({cell for row in rows for cell in map(typed, row) if isinstance(cell, str)})
    return compound_file(
        {"Workbook": workbook_stream(texts, cells_of(rows, texts), workbook, sheet, name)}
    )


def cells_of(rows: Rows, texts: Sequence[str]) -> list[tuple[int, bytes]]:
    """NUMBER and LABELSST records of the rows."""
    records = []
    for at, row in enumerate(rows):
        records.append((0x208, struct.pack("<HHHHHHI", at, 0, len(row), 255, 0, 0, 0x100)))
        for column, cell in enumerate(map(typed, row)):
            if isinstance(cell, str):
                body = struct.pack("<HHHI", at, column, 0, texts.index(cell))
                records.append((0xFD, body))
            elif cell is not None:
                records.append((0x203, struct.pack("<HHHd", at, column, 0, cell)))
    return records


def workbook_stream(
    texts: Sequence[str], cells: Records, workbook: Records, sheet: Records, name: str = "BOM"
) -> bytes:
    """The stream of a workbook with one sheet."""
    shared = struct.pack("<II", len(texts), len(texts)) + b"".join(
        struct.pack("<HB", len(text), 1) + text.encode("utf-16-le") for text in texts
    )
    head = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    head += b"".join(record(*one) for one in workbook)
    head += record(0xE0, struct.pack("<HH16x", 0, 0))
    title = name.encode("utf-16-le")
    tail = record(0xFC, shared) + record(0x0A, b"")
    listed = struct.pack("<IBBBB", 0, 0, 0, len(name), 1) + title
    start = len(head) + len(record(0x85, listed)) + len(tail)
    body = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    body += b"".join(record(*one) for one in (*sheet, *cells)) + record(0x0A, b"")
    return head + record(0x85, struct.pack("<I", start) + listed[4:]) + tail + body


def record(kind: int, body: bytes) -> bytes:
    """One BIFF record."""
    return struct.pack("<HH", kind, len(body)) + body


def compound_file(streams: Mapping[str, bytes]) -> bytes:
    """A compound file of version 3 with these streams, each stored in whole sectors."""
    table: list[int] = []
    sectors = b""
    entries = [_entry("Root Entry", 5, _END, 0, child=1 if streams else _FREE)]
    for number, (name, content) in enumerate(streams.items(), 1):
        start = len(table)
        padded = content.ljust(4096, b"\0")
        count = -(-len(padded) // _SECTOR)
        sectors += padded.ljust(count * _SECTOR, b"\0")
        table += [*range(start + 1, start + count), _END]
        following = number + 1 if number < len(streams) else _FREE
        entries.append(_entry(name, 2, start, len(padded), right=following))
    directory = len(table)
    listing = b"".join(entries)
    count = -(-len(listing) // _SECTOR)
    sectors += listing.ljust(count * _SECTOR, b"\0")
    table += [*range(directory + 1, directory + count), _END]
    needed = 1
    while needed * 128 < len(table) + needed:
        needed += 1
    places = range(len(table), len(table) + needed)
    table += [_TABLE] * needed
    table += [_FREE] * (needed * 128 - len(table))
    sectors += struct.pack(f"<{len(table)}I", *table)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, needed, directory, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", *places, *[_FREE] * (109 - needed))
    return header + sectors


def _entry(
    name: str, kind: int, start: int, size: int, *, child: int = _FREE, right: int = _FREE
) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    head = text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1)
    return head + struct.pack("<III36xIQ", _FREE, right, child, start, size)


def xlsb(
    rows: Rows, *, sheet: Records | None = None, extra: Mapping[str, bytes] | None = None
) -> bytes:
    """A binary workbook; `sheet` stands for the records of its cells."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    packages = "http://schemas.openxmlformats.org/package/2006"
    content = 'ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"'
    body = binary_cells(rows) if sheet is None else sheet
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{packages}/content-types"><Default Extension="bin" {content}/></Types>'.encode(),
        "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{packages}/relationships"><Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.bin"/></Relationships>'.encode(),
        "xl/workbook.bin": binary_records(
            [
                (131, b""),
                (143, b""),
                (156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide("BOM")),
                (144, b""),
                (132, b""),
            ]
        ),
        "xl/worksheets/sheet1.bin": binary_records(
            [
                (129, b""),
                (148, struct.pack("<IIII", 0, max(0, len(rows) - 1), 0, 6)),
                (145, b""),
                *body,
                (146, b""),
                (130, b""),
            ]
        ),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in {**parts, **(extra or {})}.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def binary_cells(rows: Rows) -> list[tuple[int, bytes]]:
    """Row, real and text records of the rows."""
    records = []
    for at, row in enumerate(rows):
        records.append(binary_row(at))
        for column, cell in enumerate(map(typed, row)):
            if isinstance(cell, str):
                records.append((6, struct.pack("<II", column, 0) + _wide(cell)))
            elif cell is not None:
                records.append((5, struct.pack("<IId", column, 0, cell)))
    return records


def binary_row(at: int) -> tuple[int, bytes]:
    """The header of a row, counted from 0."""
    return 0, struct.pack("<IIHHB", at, 0, 300, 0, 0) + struct.pack("<I", 0)


def binary_records(records: Records) -> bytes:
    """Records of an .xlsb part: kind and length in groups of seven bits."""
    out = bytearray()
    for kind, body in records:
        out += bytes((kind,)) if kind < 128 else bytes((kind & 0x7F | 0x80, kind >> 7))
        length = len(body)
        while length > 0x7F:
            out.append(length & 0x7F | 0x80)
            length >>= 7
        out.append(length)
        out += body
    return bytes(out)


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")
