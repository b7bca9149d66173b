"""Changes to bytes, to texts of records and to XML, drawn from a seed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random

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
