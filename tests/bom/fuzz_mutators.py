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

from tests.bom.test_read_files import csv_text, html_text
from tests.bom.writers import Rows, sheet_xml

Mutator = Callable[[Random, bytes], bytes]

NUMBERS = (
    0, 1, 2, 7, 9, 26, 127, 128, 255, 256, 1000, 16383, 16384, 32767, 32768, 65535, 65536, 99999, 1048575, 1048576,
    1048577, 2**24, 2**31 - 1, 2**31, 2**32 - 1, 2**32, 10**10, 2**63, 2**64, 10**30, -1,
)  # fmt: skip
VALUES = (
    "", " ", "s", "str", "inlineStr", "b", "e", "d", "n", "hidden", "true", "1.5", "-0", "NaN", "1e999", "#REF!", "A1",
    "A0", "XFD1", "A1048576", "XFD1048576", "ZZZZ99999999", "A1:XFD1048576", "B2:A1", "A1:B2:C3", "1:1048576",
    "rId1", "../../x", "&amp;", "\u00e9\u78c1", "x" * 5000, "0" * 60, "collapse", "float", "string", "percentage",
    "2024-13-45", "PT25H", "1:16384", "1 9999999999",
)  # fmt: skip
PIECES = (
    b"\0", b'"', b"\n", b"\r", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"<", b">", b"&", b"PK\5\6", b"PK\1\2", b"999999999", b"\t;,|",
    b"-1e999", b"]]>", b"<!--", b"<![CDATA[", b"&#0;", b"&#x110000;", b"\xed\xa0\x80", b"\x1a", b"sep=,\n", b'"""', b"\xd8\x00", b"PAR1",
)  # fmt: skip
WORDS = (
    "", "", "Part Number", "Qty", "Level", "Parent", "Item No.", "Description", "Mass [kg]", "Unit", "A-1", "A-2", "Magnet", "1",
    "2", "1.1", "1.2.1", "..2", "AR", "Total", "-", "1,5", "200g", "磁铁", "note: x", "Next Higher Assembly", "1E309", "-1", "0x10",
    "1/2", "2 x 3", "END OF FIGURE", "PLISN", "QPA", "Alternate 1", "=1+1", "99999999999999999999", "\u202e", "NaN", "inf", "%", "$1",
    "1..1", ".", "....", "***3", "A" * 300, "1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1", "CN/JP", "150% CN", "Page 1 of 2",
)  # fmt: skip


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


def changed_bytes(random: Random, data: bytes) -> bytes:
    """Flip, replace, insert, remove, double, swap or cut some bytes."""
    if not data:
        return random.choice(PIECES)
    at = random.randrange(len(data))
    piece = (
        random.choice(PIECES) if random.random() < 0.6 else random.randbytes(random.randint(1, 8))
    )
    match random.randrange(7):
        case 0:
            return data[:at] + bytes((data[at] ^ 1 << random.randrange(8),)) + data[at + 1 :]
        case 1:
            return data[:at] + piece + data[at + len(piece) :]
        case 2:
            return data[:at] + piece * random.choice((1, 1, 2, 500)) + data[at:]
        case 3:
            return data[:at] + data[at + random.choice((1, 4, 64, 512)) :]
        case 4:
            size = random.choice((4, 60, 600))
            return (
                data[: at + size]
                + data[at : at + size] * random.choice((1, 3, 50))
                + data[at + size :]
            )
        case 5:
            other = random.randrange(len(data))
            first, last = sorted((at, other))
            return data[:first] + data[last:] + data[first:last]
        case _:
            return data[:at]


def spliced(random: Random, data: bytes, other: bytes) -> bytes:
    """The beginning of one file and the end of another."""
    return data[: random.randint(0, len(data))] + other[random.randint(0, len(other)) :]


def changed_text(random: Random, data: bytes) -> bytes:
    """Quotes, delimiters, NULs, line ends and encodings of a text of records."""
    text = data.decode("utf-8", "replace")
    lines = text.split("\n")
    at = random.randrange(len(lines))
    match random.randrange(9):
        case 0:
            lines[at] = random.choice(('"', '""', "'")) + lines[at]
        case 1:
            lines[at] = lines[at].replace(
                random.choice((",", "\t", ";")), random.choice((";", "\t", ",", "|", "", '","'))
            )
        case 2:
            lines[at] = lines[at] + random.choice((",", ";", "\t", '"', "\0")) * random.choice(
                (1, 5, 3000)
            )
        case 3:
            lines[at:at] = [lines[at]] * random.choice((1, 3, 400))
        case 4:
            lines.insert(at, ",".join(random.choice(WORDS) for _ in range(random.randint(1, 9))))
        case 5:
            lines[at] = ",".join(random.sample(cells := lines[at].split(","), len(cells)))
        case 6:
            return text.replace(
                "\n", random.choice(("\r", "\r\n", "\n\n", "\x0b", "\u2028", "\x85"))
            ).encode()
        case 7:
            code = random.choice(
                (
                    "utf-16",
                    "utf-16-be",
                    "utf-32",
                    "cp1251",
                    "cp932",
                    "cp1252",
                    "gb18030",
                    "utf-7",
                    "cp037",
                )
            )
            return text.encode(code, "replace")
        case _:
            lines = lines[at:] + lines[:at]
    return "\n".join(lines).encode("utf-8", "surrogatepass")


_ATTRIBUTE = re.compile(rb'([\w:.-]+)="([^"<>]*)"')
_NUMBER = re.compile(rb"(?<=>)-?\d[\d.eE+-]*(?=<)")
_TAG = re.compile(rb"<(/?)([A-Za-z][\w:.-]*)[^<>]*>")


def changed_xml(random: Random, data: bytes) -> bytes:
    """Attributes and numbers at their extremes; elements doubled, dropped, nested, renamed or left open."""
    tags = list(_TAG.finditer(data))
    attributes = list(_ATTRIBUTE.finditer(data))
    what = random.random()
    if attributes and what < 0.45:
        one = random.choice(attributes)
        value = str(random.choice(NUMBERS)) if random.random() < 0.5 else random.choice(VALUES)
        return data[: one.start(2)] + value.replace("&", "&amp;").encode() + data[one.end(2) :]
    if attributes and what < 0.52:
        one = random.choice(attributes)
        new = b"" if random.random() < 0.5 else one[0] + b" " + one[0]
        return data[: one.start()] + new + data[one.end() :]
    numbers = list(_NUMBER.finditer(data))
    if numbers and what < 0.62:
        one = random.choice(numbers)
        value = str(random.choice(NUMBERS)) if random.random() < 0.6 else random.choice(VALUES[:20])
        return data[: one.start()] + value.encode() + data[one.end() :]
    if not tags:
        return changed_bytes(random, data)
    return _changed_tags(random, data, tags)


def _changed_tags(random: Random, data: bytes, tags: Sequence[re.Match[bytes]]) -> bytes:
    one, two = sorted(random.choices(tags, k=2), key=lambda tag: tag.start())
    match random.randrange(8):
        case 0 | 1:
            end = random.choice((one.end(), two.end(), len(data)))
            return data[: one.start()] + data[end:]
        case 2:
            times = random.choice((1, 2, 40, 400))
            return (
                data[: two.start()] + data[one.start() : two.start()] * times + data[two.start() :]
            )
        case 3:
            depth = random.choice((3, 99, 101, 5000, 60_000))
            name = one[2]
            return data[: one.start()] + b"<%s>" % name * depth + data[one.start() :]
        case 4:
            return data.replace(one[2], two[2], random.choice((1, 2, 10_000)))
        case 5:
            entity = random.choice(
                (
                    b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>',
                    b'<!ENTITY a "b">',
                    b"<?x y?>",
                )
            )
            return data[: one.start()] + entity + data[one.start() :].replace(b">A-", b">&e;A-", 1)
        case 6:
            extra = b' %s="%d"' % (
                random.choice(
                    (
                        b"r",
                        b"hidden",
                        b"outlineLevel",
                        b"table:number-rows-repeated",
                        b"table:number-columns-repeated",
                        b"ss:Index",
                        b"ss:MergeAcross",
                        b"colspan",
                        b"rowspan",
                        b"t",
                        b"s",
                    )
                ),
                random.choice(NUMBERS),
            )
            end = one.end() - 1
            return data[:end] + extra + data[end:]
        case _:
            text = random.choice(VALUES).encode()
            return data[: one.end()] + text + data[one.end() :]


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
