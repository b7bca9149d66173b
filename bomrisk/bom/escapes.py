"""Signs that XML and Excel write otherwise in a text: ``&amp;``, ``&#10;``, ``_x000D_``."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

XML_BLANKS = " \t\r\n"
"""Signs that do not count at the ends of a text, unless it says that they are preserved."""
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_ENTITY = re.compile(r"&(?:#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6})|(\w{1,8}));|&")
_CODE = re.compile(r"_x(00[0-9A-Fa-f]{2})_")
"""Signs beyond these Excel writes as they are, and calamine leaves their codes."""
FIRST_LINE = r"\s*(?:<\?xml(?![^<>]*\bencoding\s*=\s*[\"'](?!(?i:utf-8)[\"']))[^<>]*\?>\s*)?"
"""The first line of a part, which names no other encoding than UTF-8."""
_MOST_MARKS = 50_000
"""Signs written otherwise, in texts taken apart at once, of which no more are mended one by one."""
_SURROGATES = range(0xD800, 0xE000)


class UnknownEntityError(ValueError):
    """A text has an ``&`` that XML does not know, or too many that it knows."""


def cell_texts(written: pl.Series, preserved: pl.Series) -> pl.Series:
    """Texts of cells as they are shown: entities first, then the blanks at the ends, then Excel's codes.

    `preserved` says by text whether its blanks count. Raises UnknownEntityError.
    """
    texts = unescaped(written)
    texts = texts.zip_with(preserved, texts.str.strip_chars(XML_BLANKS))
    return _mended(texts, "_x", with_codes)


def unescaped(written: pl.Series) -> pl.Series:
    """The texts with their entities as signs. Raises UnknownEntityError."""
    return _mended(written, "&", with_signs)


def with_signs(text: str) -> str:
    """A text with its entities as signs. Raises UnknownEntityError."""
    return _ENTITY.sub(_sign, text)


def with_codes(text: str) -> str:
    """A text with what Excel writes as ``_x00HH_`` as signs."""
    return _CODE.sub(lambda match: chr(int(match[1], 16)), text)


def _mended(texts: pl.Series, mark: str, mend: Callable[[str], str]) -> pl.Series:
    import polars as pl

    at = texts.str.contains(mark, literal=True).arg_true()
    if not at.len():
        return texts
    if int(texts.gather(at).str.count_matches(mark, literal=True).sum()) > _MOST_MARKS:
        raise UnknownEntityError(mark)
    return texts.scatter(at, pl.Series(map(mend, texts.gather(at)), dtype=pl.String))


def _sign(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    try:
        if decimal or hexadecimal:
            number = int(decimal) if decimal else int(hexadecimal, 16)
            if not number or number in _SURROGATES:
                raise UnknownEntityError(match[0])
            return chr(number)
        return _NAMED[name]
    except (KeyError, ValueError, OverflowError) as error:
        raise UnknownEntityError(match[0]) from error
