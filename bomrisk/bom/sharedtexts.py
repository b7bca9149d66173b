"""The texts that cells of an .xlsx workbook share: how long they are and, on demand, what they say."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bomrisk.bom.archive import Archive
from bomrisk.bom.escapes import (
    FIRST_LINE,
    XML_BLANKS,
    UnknownEntityError,
    cell_texts,
    with_codes,
    with_signs,
)

if TYPE_CHECKING:
    import polars as pl

_COUNT = re.compile(rb'\b(?:uniqueCount|count)\s*=\s*["\'](\d{1,30})["\']')
_HEAD = re.compile(rf"\ufeff?{FIRST_LINE}<sst\b[^<>]*>")
_PART = "xl/sharedstrings.xml"
_OPEN, _PRESERVED, _CLOSE = "<si><t>", '<si><t xml:space="preserve">', "</t>"
_DOUBTFUL = "<[?!]|\ufffd|\r"
_RUN = re.compile(r'<t(?: (xml:space="preserve"))?>([^<]*)</t>')
_TEXT = r'(?:<t/>|<t(?: xml:space="preserve")?>[^<]*</t>)'
_SPOKEN = re.compile(rf"<rPh\b[^<>/]*>{_TEXT}</rPh>")
_RICH = re.compile(
    rf"<si>(?:{_TEXT}|(?:<r>(?:<rPr/>|<rPr>(?:<\w[^<>]*/>)*</rPr>)?{_TEXT}</r>)+)(?:<phoneticPr\b[^<>]*/>)?"
)


@dataclass(frozen=True, slots=True)
class SharedTexts:
    """Texts by the numbers that cells name them by."""

    lengths: pl.Series
    """Bytes that each takes in the file."""
    texts: pl.Series | None
    """What each says; None if that was not asked for, or if they are written otherwise than programs do."""


def shared_texts(archive: Archive, *, said: bool) -> SharedTexts | None:
    """The shared texts of a workbook, None if it has none; `said` asks for what they say."""
    import polars as pl

    part = next(
        (name for name in archive.members if name.lower().endswith("sharedstrings.xml")), None
    )
    if part is None:
        return None
    said = said and part.lower() == _PART and _alone(archive)
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    lengths = [pl.Series([], dtype=pl.UInt32)]
    texts = [pl.Series([], dtype=pl.String)]
    rest, first = "", True
    for block in archive.blocks(part):
        if first:
            _check_counts(archive, part, block)
        first = False
        pieces = pl.Series([rest + decoder.decode(block)]).str.split("</si>").explode()
        rest = str(pieces[-1])
        pieces = pieces.head(pieces.len() - 1)
        lengths.append(pieces.str.len_bytes())
        if said and pieces.len():
            found = _said(pieces)
            said = found is not None
            texts += [] if found is None else [found]
    said = said and part in archive.sound and rest.strip() == "</sst>"
    return SharedTexts(pl.concat(lengths), pl.concat(texts) if said else None)


def _alone(archive: Archive) -> bool:
    """Whether no other member could be meant by the one name that calamine looks for."""
    return sum(name.lower().endswith("sharedstrings.xml") for name in archive.members) == 1


def _said(pieces: pl.Series) -> pl.Series | None:
    """What the texts say that end with the pieces; None where one is not written as programs do."""
    import polars as pl

    head = _HEAD.match(str(pieces[0]))
    if head is not None:
        pieces = pieces.scatter(0, str(pieces[0])[head.end() :])
    if pieces.str.contains(_DOUBTFUL).any():
        return None
    inner = pieces.str.strip_suffix(_CLOSE)
    preserved = pieces.str.starts_with(_PRESERVED)
    texts = inner.str.strip_prefix(_PRESERVED).zip_with(preserved, inner.str.strip_prefix(_OPEN))
    sure = (preserved | pieces.str.starts_with(_OPEN)) & pieces.str.ends_with(_CLOSE)
    others = (~sure | texts.str.contains("<", literal=True)).arg_true()
    try:
        rich = [_rich(piece) for piece in pieces.gather(others)]
        if None in rich:
            return None
        texts = cell_texts(texts.scatter(others, ""), preserved)
    except UnknownEntityError:
        return None
    return texts.scatter(others, pl.Series(rich, dtype=pl.String))


def _rich(piece: str) -> str | None:
    """The text of runs of several formats, without what says how it is spoken."""
    written = _SPOKEN.sub("", piece)
    if _RICH.fullmatch(written) is None:
        return None
    runs = ((preserved, with_signs(text)) for preserved, text in _RUN.findall(written))
    return "".join(
        with_codes(text if preserved else text.strip(XML_BLANKS)) for preserved, text in runs
    )


def _check_counts(archive: Archive, part: str, block: bytes) -> None:
    """Room is made by calamine for as many texts as the table of shared texts says it has."""
    declared = max((int(number) for number in _COUNT.findall(block[:4096])), default=0)
    if declared > max(1000, archive.members[part].file_size):
        raise archive.damaged(f"{part} says that it holds {declared:,} texts in fewer bytes")
