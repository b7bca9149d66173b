"""The shape of a text: numbers that no rule can tell apart are made alike, so that each shape is read once.

STAINLESS SCREW 48213 and STAINLESS SCREW 48214 say the same. Made alike are numbers that stand alone
between spaces and have three digits or more, and all of three digits in a word with five in a row, if
none of the letters lies in it that the filter found; but never a number that occurs in a name, code, grade or
pattern. Lengths stay, so that spans stay. A number behind a word that gives numbers a meaning (AMS,
AISI) is not touched, nor one into which letters reach that the filter looks for (5 H1 in 5005 H111).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bomrisk.recognition.answer import Clue, PartFound, TextAnswer
from bomrisk.recognition.wordlists import words

LETTERS = "\t"
"""What stands between the letters that the filter found."""

_GIVES_MEANING = words("numbered")
_ENDINGS = frozenset(word[-2:] for word in _GIVES_MEANING)
"""How they end: most words before a number are told by two letters."""
_REACHING = re.compile(r"[0-9]+ [^\t]+")
"""Letters the filter looks for that begin with the end of a number."""
LONGEST = 16
"""Letters that a word may have that gives numbers a meaning."""
_LAST_WORD = re.compile(r"[^\W\d_]*$")
_DIGITS = re.compile(r"[0-9]+")
_LONG = re.compile(r"[0-9]{3,}")
_SERIAL = re.compile(r"[0-9]{5}")
_NUMBER = re.compile(r"(?<![^ ])[0-9]{3,}(?![^ ])")
"""A number that stands alone between spaces."""
_ALIKE = "888"
"""What the shortest number becomes."""
_EIGHTS = "8" * 64


class Shapes:
    """The numbers that mean something, and the shape of texts by them."""

    def __init__(self, spoken: Iterable[str], triggers: Iterable[str] = ()) -> None:
        self._meant = {run for text in spoken for run in _DIGITS.findall(text)}
        reaching = sorted({one for one in triggers if _REACHING.fullmatch(one)})
        self._reaching = re.compile("|".join(map(re.escape, reaching)) or r"(?!)", re.IGNORECASE)

    def numbered(self, text: str) -> str:
        """The text with the meaningless numbers that stand alone in eights."""
        return _NUMBER.sub(self._apart, text)

    def _apart(self, match: re.Match[str]) -> str:
        number, text = match.group(), match.string
        start, end = match.span()
        if (
            number in self._meant
            or (
                (start > 1 and text[start - 3 : start - 1].upper() in _ENDINGS)
                and _gives_meaning(text[max(0, start - 1 - LONGEST) : start - 1])
            )
            or (end < len(text) and self._reached(match))
        ):
            return number
        return _eights(end - start)

    def _reached(self, match: re.Match[str]) -> bool:
        """Whether letters the filter looks for begin in a number and go on behind it."""
        return any(self._reaching.match(match.string, place) for place in range(*match.span()))

    def of(self, text: str, seen: str) -> str:
        """A numbered text with the serial numbers beside other signs in eights.

        `seen` are the letters that the filter found in it, tabs between.
        """
        if _SERIAL.search(text) is None:
            return text
        pieces = text.split(" ")
        held: frozenset[str] | None = None
        for at, piece in enumerate(pieces):
            if len(piece) < 6 or piece.isdigit() or not _SERIAL.search(piece):
                continue
            if at and _gives_meaning(pieces[at - 1][-LONGEST:]):
                continue
            if held is None:
                held = frozenset(map(str.strip, seen.upper().split(LETTERS)))
            upper = piece.upper()
            if not any(letters in upper for letters in held):
                pieces[at] = _LONG.sub(self._alike, piece)
        return " ".join(pieces)

    def _alike(self, match: re.Match[str]) -> str:
        number = match.group()
        return number if number in self._meant else _eights(len(number))


def _eights(count: int) -> str:
    return _EIGHTS[:count] if count <= len(_EIGHTS) else "8" * count


def _gives_meaning(before: str) -> bool:
    """Whether the end of what stands before a number gives it a meaning."""
    word = before.rpartition(" ")[2]
    if not word.isalpha():
        last = _LAST_WORD.search(word)
        word = last.group() if last else ""
    return word.upper() in _GIVES_MEANING


def quotes_a_number(answer: TextAnswer, shape: str) -> bool:
    """Whether an answer to a shape may quote a number that other texts of the shape have otherwise."""
    if answer.empty or _ALIKE not in shape:
        return False
    said: tuple[Clue | PartFound, ...] = (*answer.materials, *answer.parts, *answer.doubts)
    return any(_ALIKE in shape[one.start : one.end] for one in said) or any(
        _ALIKE in conflict.text for conflict in answer.conflicts
    )
