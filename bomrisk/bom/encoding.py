"""The encoding of a text file, chosen by what its bytes make sense as."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from bomrisk.bom import codepages

_MOJIBAKE = (
    "Ã[\u0080-\u00bf]|Â[\u00a0-\u00bf]|â€|ï»¿|ï¿½|\ufffd|Ð[\u0080-\u00bf]{1}Ñ|锟斤拷"
    "|(?:[РС][\u0400-\u040f\u0450-\u045f\u2010-\u2122\u00a0-\u00bb]){3}"
    "|[\u00c0-\u00d6\u00d9-\u00f6\u00f9-\u00ff][\u00a1-\u00af\u00b1-\u00b6\u00b8-\u00ff]{5}"
)
"""Characters that show that a text was read in a wrong encoding before it came here and saved so.

UTF-8 read as Western or Cyrillic, and Chinese or Cyrillic pages read as Western.
"""
_LOOKED_AT = 4 << 20
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_DECLARED = re.compile(rb"(?i)<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{3,20})")


def spoiled(text: str) -> str | None:
    """The first characters of a text that show it was read in a wrong encoding before; None if none do.

    Looked for in the beginning of a large file alone: a program spoils all of it or nothing.
    """
    import polars as pl

    if text.isascii():
        return None
    found = pl.Series([text[:_LOOKED_AT]], dtype=pl.String).str.extract(f"({_MOJIBAKE})", 1)[0]
    return None if found is None else str(found)


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, the encoding it was taken for, and why."""

    text: str
    encoding: str
    reason: str


def decode(data: bytes) -> Decoded:
    """Decode by byte order mark, else strict UTF-8, else the most plausible of the usual code pages.

    UTF-8 with a few foreign bytes stays UTF-8: these are read as Western.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return Decoded(data[len(mark) :].decode(name, "replace"), name, "byte order mark")
    wide = utf_16(data)
    if wide is not None:
        return Decoded(
            data.decode(wide, "replace"), wide, "every second byte of plain text is zero"
        )
    try:
        return Decoded(data.decode("utf-8"), "utf-8", "valid UTF-8")
    except UnicodeDecodeError:
        pass
    mended = _nearly_utf_8(data)
    if mended is not None:
        return mended
    found = codepages.choose(data)
    reason = "most plausible of the encodings without a mark"
    if found.other:
        reason += f"; it may also be {found.other}: check the letters beyond A to Z"
    return Decoded(data.decode(found.name, "replace"), found.name, reason)


def decode_page(data: bytes) -> Decoded:
    """Decode an HTML page: as it declares itself, if its bytes fit that, else as any text."""
    declared = _DECLARED.search(data[:4096])
    if declared and not data.startswith(tuple(mark for mark, _ in _MARKS)):
        name = declared[1].decode("ascii").lower()
        name = {"gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc-kr": "cp949"}.get(
            name, name
        )
        try:
            if codecs.lookup(name).name not in ("utf-16", "utf-7", "utf-32", "punycode", "idna"):
                return Decoded(data.decode(name), name, "declared by the page")
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)


def utf_16(data: bytes) -> str | None:
    """The byte order of UTF-16 without a mark, told by the zeros of its plain characters; else None."""
    sample = data[:65536]
    sample = sample[: len(sample) // 2 * 2]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    for name, own, other in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if own < 2 or own < 0.02 * len(sample) / 2 or other > 0.34 * own:
            continue
        text = sample.decode(name, "replace")
        odd_ones = sum(
            1 for char in text if char == "\ufffd" or (char < " " and char not in "\t\r\n")
        )
        if odd_ones <= 0.01 * len(text) + 1 and re.search("[\t\r\n,;|]", text):
            return name
    return None


def _nearly_utf_8(data: bytes) -> Decoded | None:
    """UTF-8 into which bytes of another encoding were pasted; None if the foreign bytes are not few."""
    sample = data[: 1 << 22]
    sound = len(_SEQUENCE.findall(sample))
    broken = len(re.findall(rb"[\x80-\xff]+", _SEQUENCE.sub(b"", sample)))
    if sound < 4 or sound < 8 * broken:
        return None
    text = data.decode("utf-8", "surrogateescape")
    foreign = sum(1 for _ in re.finditer("[\udc80-\udcff]", text))
    text = re.sub("[\udc80-\udcff]+", _western, text)
    return Decoded(text, "utf-8", f"with {foreign:,} bytes of another encoding, read as cp1252")


def _western(match: re.Match[str]) -> str:
    return match[0].encode("utf-8", "surrogateescape").decode("cp1252", "replace")
