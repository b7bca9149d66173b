"""A text as the grammar reads it: typography levelled, character for character, and cut into tokens.

Every change keeps the length, so that a span in the reading is the span in the cell. Full-width
letters, dashes, primes and subscript digits become their plain forms, accents fall, letters are
capitals; `cased` keeps the case, for names such as GaN that only their case tells from GAN.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left

LONGEST = 2000
"""Characters of a cell that are read; what follows is left unread, so that no text can make it slow."""

_LEVEL = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "-"),
        **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u202f\u3000\t\r\n", " "),
        **dict.fromkeys("\u00ae\u2122\u00a9\u2120", " "),
        **dict.fromkeys("\u2018\u2019\u02bc\u00b4", "'"),
        **dict.fromkeys("\u201c\u201d\u2033", '"'),
        "\u00d7": "x",
        "\u00b5": "u",
        "\u03bc": "u",
        "\u2044": "/",
        "\u2236": ":",
        "\u0131": "i",
        "\u0142": "l",
        "\u0141": "L",
    }
)

_TOKEN = re.compile(r"[A-Z]+|[0-9]+|[\u0400-\u04ff]+|[\u00c0-\u024f]+")


class _Plain(dict[int, int]):
    """Plain characters by code point, worked out once per character that occurs."""

    def __missing__(self, point: int) -> int:
        self[point] = plain = ord(_plain(chr(point)))
        return plain


class _Capital(_Plain):
    """Plain capitals by code point; a letter whose capital is longer stays as it is."""

    def __missing__(self, point: int) -> int:
        plain = _plain(chr(point))
        capital = plain.upper()
        self[point] = found = ord(capital if len(capital) == 1 else plain)
        return found


def _plain(char: str) -> str:
    """The plain character of the same width; the character itself where there is none."""
    levelled = char.translate(_LEVEL)
    if levelled.isascii():
        return levelled
    compatible = unicodedata.normalize("NFKC", char)
    if len(compatible) == 1:
        char = compatible
    base = unicodedata.normalize("NFD", char)[0]
    # in Russian and in Japanese a mark makes another letter, not an accent
    return base if base.isascii() else char


_PLAIN = _Plain()
_CAPITAL = _Capital()


def level(text: str) -> str:
    """The text with plain typography, of the same length, case kept."""
    if text.isascii() and text.isprintable():
        return text
    return text.translate(_PLAIN)


def capitals(text: str) -> str:
    """The text with plain typography in capitals, of the same length."""
    if text.isascii() and text.isprintable():
        return text.upper()
    return text.translate(_CAPITAL)


class Reading:
    """One text, levelled once and cut into tokens; grammar, context and part rules all read this."""

    __slots__ = ("cased", "spans", "spelled", "upper", "words")

    spelled: list[str]
    """The tokens as words, in order."""
    spans: list[tuple[int, int]]
    """Where each token begins and ends."""
    words: frozenset[str]
    """The distinct tokens: what context words are looked up in."""

    def __init__(self, text: str) -> None:
        self.cased = level(text[:LONGEST])
        self.upper = capitals(self.cased)

    def __getattr__(self, name: str) -> object:
        """Tokens are cut on first use: many texts need none."""
        if name == "spelled":
            self.spelled = found = _TOKEN.findall(self.upper)
            return found
        if name == "spans":
            self.spans = spans = [match.span() for match in _TOKEN.finditer(self.upper)]
            return spans
        if name == "words":
            self.words = words = frozenset(self.spelled)
            return words
        raise AttributeError(name)

    def whole(self, start: int, end: int) -> bool:
        """Whether the span begins and ends at word borders."""
        return self.opens(start) and self.closes(end)

    def opens(self, start: int) -> bool:
        """Whether a word begins at the place."""
        upper = self.upper
        return start == 0 or not (_joined(upper[start - 1]) and _joined(upper[start]))

    def closes(self, end: int) -> bool:
        """Whether a word ends before the place."""
        upper = self.upper
        return end >= len(upper) or not (_joined(upper[end - 1]) and _joined(upper[end]))

    def index_before(self, start: int) -> int:
        """How many tokens end at or before the place."""
        spans = self.spans
        index = bisect_left(spans, (start, 0))
        while index and spans[index - 1][1] > start:
            index -= 1
        return index

    def index_after(self, end: int) -> int:
        """Index of the first token that begins at or after the place."""
        return bisect_left(self.spans, (end, 0))

    def before(self, start: int, count: int = 3) -> list[str]:
        """The last tokens before a place, nearest first."""
        index = self.index_before(start)
        return self.spelled[max(0, index - count) : index][::-1]

    def after(self, end: int, count: int = 3) -> list[str]:
        """The first tokens after a place, nearest first."""
        index = self.index_after(end)
        return self.spelled[index : index + count]


def _joined(char: str) -> bool:
    """Whether a character continues a word; scripts without spaces never do."""
    return char.isalnum() and char < "\u2e80"
