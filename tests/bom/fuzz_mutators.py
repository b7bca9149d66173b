"""Changes to sound files that damaged programs, bad lines and hostile hands make, drawn from a seed.

A mutator takes a source of chance and bytes, and gives bytes. `mutated` picks those that fit the format, so
that a change reaches the reader it is meant for: parts of a zip are packed again with sound checksums.
"""

from __future__ import annotations

import contextlib
import io
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Sequence
from random import Random

from tests.bom.fuzz_texts import (
    NUMBERS,
    WORDS,
    changed_bytes,
    changed_text,
    changed_xml,
    spliced,
)
from tests.bom.test_read_files import csv_text, html_text
from tests.bom.writers import Rows, sheet_xml

Mutator = Callable[[Random, bytes], bytes]


def mutated(random: Random, kind: str, data: bytes, others: Sequence[bytes]) -> bytes:
    """One unsound file of the format, from a sound one and its like."""
    if random.random() < 0.06:
        data = spliced(random, data, random.choice(others))
    if random.random() < 0.12:
        return gridded(random, kind)
    own = OF_FORMAT.get(kind, (changed_bytes,))
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        mutate = changed_bytes if random.random() < 0.15 else random.choice(own)
        data = mutate(random, data)
    return data


def changed_records(random: Random, data: bytes) -> bytes:
    """Lengths, numbers, kinds and order of BIFF records from some record onwards."""
    start = data.find(b"\x09\x08\x10\x00")
    places: list[tuple[int, int]] = []
    while 0 <= start <= len(data) - 4 and len(places) < 400:
        kind, length = struct.unpack_from("<HH", data, start)
        if not kind and not length:
            break
        places.append((start, length))
        start += 4 + length
    if not places:
        return changed_bytes(random, data)
    at, length = random.choice(places)
    match random.randrange(6):
        case 0:
            new = struct.pack("<H", random.choice((0, 1, 3, length + 1, 8224, 8225, 0xFFFF)))
            return data[: at + 2] + new + data[at + 4 :]
        case 1:
            kinds = (
                0x0A,
                0x2F,
                0x3C,
                0x06,
                0x203,
                0x204,
                0x208,
                0x27E,
                0xFD,
                0xFC,
                0x85,
                0x809,
                0xE5,
                0x200,
                0xBD,
                0xBE,
                0x207,
                0x221,
                0x4BC,
            )
            return data[:at] + struct.pack("<H", random.choice(kinds)) + data[at + 2 :]
        case 2 | 3:
            offset = at + 4 + random.randrange(max(1, length - 1))
            size = random.choice(("<B", "<H", "<I"))
            most = 256 ** struct.calcsize(size)
            new = struct.pack(size, random.choice(NUMBERS) % most)
            return data[:offset] + new + data[offset + len(new) :]
        case 4:
            end = at + 4 + length
            return data[:end] + data[at:end] * random.choice((1, 2, 30)) + data[end:]
        case _:
            return data[:at] + data[at + 4 + length :]


def changed_sectors(random: Random, data: bytes) -> bytes:
    """Numbers in the header, the allocation table and the directory of a compound file."""
    if len(data) < 1024:
        return changed_bytes(random, data)
    first = random.choice((0, 0, len(data) - 512, len(data) - 1024))
    at = min(len(data) - 4, first + 4 * random.randrange(6, 128))
    return data[:at] + struct.pack("<I", random.choice(NUMBERS) % 2**32) + data[at + 4 :]


def changed_binary(random: Random, data: bytes) -> bytes:
    """Numbers and lengths of .xlsb records."""
    if len(data) < 8:
        return changed_bytes(random, data)
    at = random.randrange(len(data) - 4)
    size = random.choice(("<B", "<H", "<I"))
    new = struct.pack(size, random.choice(NUMBERS) % 256 ** struct.calcsize(size))
    return data[:at] + new + data[at + len(new) :]


def changed_footer(random: Random, data: bytes) -> bytes:
    """Bytes of a Parquet footer, its length, or the head of a page."""
    if len(data) < 16:
        return changed_bytes(random, data)
    length = struct.unpack_from("<I", data, len(data) - 8)[0]
    footer = max(4, len(data) - 8 - length)
    match random.randrange(5):
        case 0:
            new = struct.pack("<I", random.choice((0, 1, length - 1, length + 1, *NUMBERS)) % 2**32)
            return data[:-8] + new + data[-4:]
        case 1 | 2:
            at = random.randrange(footer, len(data) - 8) if footer < len(data) - 8 else footer
            return (
                data[:at]
                + bytes((random.choice((0, 1, 0x15, 0x7F, 0x80, 0xFF, random.randrange(256))),))
                + data[at + 1 :]
            )
        case 3:
            at = random.randrange(4, 40)
            return data[:at] + random.randbytes(random.randint(1, 3)) + data[at + 3 :]
        case _:
            at = random.randrange(footer, len(data) - 8) if footer < len(data) - 8 else footer
            return data[:at] + b"\xff\xff\xff\xff\x0f" + data[at + 5 :]


def changed_member(random: Random, data: bytes) -> bytes:
    """One part of a zip changed by what fits it, or dropped, renamed, doubled or emptied; packed anew."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [(name, archive.read(name)) for name in archive.namelist()]
    except (
        zipfile.BadZipFile,
        ValueError,
        OSError,
        NotImplementedError,
        RuntimeError,
        zlib.error,
        EOFError,
    ):
        return changed_bytes(random, data)
    if not parts:
        return data
    weights = [
        6 if re.search(r"sheet\d|content\.xml|workbook|sharedS|styles", name) else 1
        for name, _ in parts
    ]
    at = random.choices(range(len(parts)), weights)[0]
    name, content = parts[at]
    what = random.random()
    if what < 0.85:
        change = changed_binary if name.endswith(".bin") else changed_xml
        if random.random() < 0.1:
            change = changed_bytes
        parts[at] = (name, change(random, content))
    elif what < 0.88:
        del parts[at]
    elif what < 0.91:
        parts[at] = (
            random.choice(
                (name.upper(), name + "x", "../" + name, name.replace("/", "\\"), "/" + name)
            ),
            content,
        )
    elif what < 0.94:
        parts.append((name, content))
    elif what < 0.97:
        parts[at] = (name, b"")
    else:
        parts[at] = (name, random.choice(parts)[1])
    method = random.choice(
        (zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2)
    )
    target = io.BytesIO()
    with warnings.catch_warnings(), contextlib.suppress(ValueError):
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(target, "w", method) as archive:
            for part, body in parts:
                archive.writestr(part, body)
    return target.getvalue()


def gridded(random: Random, kind: str) -> bytes:
    """A sound file of the format with any plausible and implausible cells in it."""
    rows: Rows = [
        [random.choice(WORDS) for _ in range(random.randint(1, 9))]
        for _ in range(random.randint(1, 25))
    ]
    if random.random() < 0.7:
        head = [
            "Level",
            "Part Number",
            "Parent",
            "Description",
            "Qty",
            "Unit",
            "Alternate 1",
            "QPA",
        ]
        rows = [random.sample(head, random.randint(2, len(head))), *rows]
    return packed(kind, rows)


def packed(kind: str, rows: Rows) -> bytes:
    """The rows as a file of the format."""
    import tempfile
    from pathlib import Path

    from tests.bom.binary_writers import xls, xlsb
    from tests.bom.writers import write_ods, xlsx_of_parts

    plain = [["" if cell is None else cell for cell in row] for row in rows]
    if kind == "xls":
        return xls(rows)
    if kind == "xlsb":
        return xlsb(rows)
    if kind == "html":
        return html_text(plain).encode("utf-8", "replace")
    if kind in ("xlsx", "ods"):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "bom")
            made = xlsx_of_parts(path, sheet_xml(rows)) if kind == "xlsx" else write_ods(path, rows)
            return made.read_bytes()
    return csv_text(plain, {"tsv": "\t", "semicolon": ";"}.get(kind, ",")).encode()


OF_FORMAT: dict[str, tuple[Mutator, ...]] = {
    "xlsx": (changed_member, changed_member, changed_member, changed_bytes),
    "ods": (changed_member, changed_member, changed_member, changed_bytes),
    "xlsb": (changed_member, changed_member, changed_member, changed_bytes),
    "xls": (changed_records, changed_records, changed_records, changed_sectors, changed_bytes),
    "html": (changed_xml, changed_text, changed_bytes),
    "xml2003": (changed_xml, changed_xml, changed_bytes),
    "parquet": (changed_footer, changed_footer, changed_bytes),
    "csv": (changed_text, changed_bytes),
    "tsv": (changed_text, changed_bytes),
    "semicolon": (changed_text, changed_bytes),
    "utf-16": (changed_bytes,),
    "gb18030": (changed_bytes,),
}
"""Format → what fits it; a mutator named more often is drawn more often."""
