"""The shape of a text: numbers that no rule can tell apart are made alike, so that each shape is read once.

STAINLESS SCREW 48213 and STAINLESS SCREW 48214 say the same. Made alike are, before the filter,

- numbers of six digits or more, wherever they stand: no rule counts so far;
- numbers of three digits or more that stand alone between spaces or signs that part things, but for
  those of up to four into which letters reach that the filter looks for (5 H1 in 5005 H111);
- sizes in one piece: 12x8.5x4mm;

and behind it those of three digits or more in a word with five in a row, if none of the letters lies in
the word that the filter found. Never touched is a number that occurs in a name, code, grade or pattern,
nor one behind a word that gives numbers a meaning (AMS, AISI). Lengths stay, so that spans stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from bomrisk.recognition.answer import Clue, PartFound, TextAnswer
from bomrisk.recognition.reading import LONGEST
from bomrisk.recognition.wordlists import words

if TYPE_CHECKING:
    import polars as pl

KEPT = 100_000
"""Forms of texts whose numbers are remembered."""
LETTERS = "\t"
"""What stands between the letters that the filter found."""

_GIVES_MEANING = words("numbered")
LONGEST_WORD = 16
"""Letters that such a word may have."""
_BETWEEN = " -#:./(,\t\u00a0\u3000"
"""What may stand between the word and the number."""
_ANNOUNCING = frozenset({"NO", "C"})
"""Words that only announce a number; the one before says of what: ALLOY NO. 932, SAE C 1085."""
_ENDINGS = frozenset(word[-2:] for word in _GIVES_MEANING | _ANNOUNCING)
"""How such words end: most words before a number are told by two letters."""
_LAST_WORD = re.compile(r"[^\W\d_]*$")

_EXTENT = r"(?:\.[0-9]{1,3})?"
_TIMES = frozenset("xX\u00d7")
_BY = "[xX\u00d7]"
_NUMBER = re.compile(
    "[0-9](?:"
    # a size
    rf"(?<![^ (][0-9])[0-9]{{0,3}}{_EXTENT}(?:{_BY}[0-9]{{1,4}}{_EXTENT}){{1,2}}"
    r"(?=(?:mm|MM)?(?:[ ),;]|$))"
    # or a number that stands alone
    r"|(?<![^ ;|:(#][0-9])[0-9]{2,}(?:\.[0-9]+)?(?=[ ;|:)]|,(?: |$)|$)"
    # or one with more digits than any rule reads
    "|[0-9]{5,})"
)
"""Numbers that may mean nothing. It begins with a digit, so that the search is fast."""
_CODE = re.compile(r"\b[NS][0-9]{4}\b", re.IGNORECASE)
_GRADE = re.compile(r".{0,2}?(?:[CNY]-?[0-9]{1,2}|[0-9]{2})[A-Z]{0,3}\b", re.IGNORECASE)
_FIGURES = 7
"""Numbers from which a row that begins with a grade is one of its values: Y30BH | 0.39 | 225 | …"""
_VALUE = 5
"""Digits of the longest such value: 11000 Oe."""
_SHORT = 3
"""Digits from which a number that stands alone may mean nothing."""
_REACHED = 4
"""Digits of the longest number that a rule reads together with letters behind it."""
_REACHING = re.compile(r"[0-9]+ [^\t]+")
"""Letters the filter looks for that begin with the end of a number."""
_DIGITS = re.compile(r"[0-9]+")
_LONG = re.compile(r"(?<![0-9.,])[0-9]{3,}(?![0-9.,])")
_SERIAL = re.compile(r"[0-9]{5}")
_SHORTEST = 6
"""Characters of the shortest word that holds five digits and another sign."""
_EXTENT_ALIKE = r"8{1,4}(?:\.8{1,3})?"
_ALIKE = re.compile(rf"{_EXTENT_ALIKE}(?:{_BY}{_EXTENT_ALIKE}){{1,2}}|8{{3,}}(?:\.8+)?")
"""What numbers become."""


class Shapes:
    """The numbers that mean something, and the shape of texts by them."""

    def __init__(self, spoken: Iterable[str], triggers: Iterable[str] = ()) -> None:
        self._meant = {run for text in spoken for run in _DIGITS.findall(text)}
        reaching = sorted({one for one in triggers if _REACHING.fullmatch(one)})
        self._runs: dict[str, tuple[tuple[int, int, bool, bool], ...]] = {}
        self._reaching = re.compile("|".join(map(re.escape, reaching)) or r"(?!)", re.IGNORECASE)

    def numbered(self, texts: pl.Series) -> list[str]:
        """The texts, as far as they are read, with their meaningless numbers in eights.

        Where such numbers may stand is the same in all texts that differ in digits alone.
        """
        runs_of, meant = self._runs, self._meant
        if len(runs_of) > KEPT:
            runs_of.clear()
        shapes = []
        read = texts.str.head(LONGEST)
        masks = read.str.replace_all("[0-9]", "8").to_list()
        for text, mask in zip(read.to_list(), masks, strict=True):
            shape = text
            runs = runs_of.get(mask)
            if runs is None:
                runs_of[mask] = runs = tuple(_runs(mask))
            for start, end, glued, reached in runs:
                if glued or not (
                    text[start:end] in meant or (reached and self._reached(text, start, end))
                ):
                    shape = f"{shape[:start]}{mask[start:end]}{shape[end:]}"
            shapes.append(shape)
        return shapes

    def _reached(self, text: str, start: int, end: int) -> bool:
        """Whether letters the filter looks for begin in a number and go on behind it."""
        return any(self._reaching.match(text, place) for place in range(start, end))

    def of(self, text: str, seen: str) -> str:
        """A numbered text with the serial numbers beside other signs in eights.

        `seen` are the letters that the filter found in it, tabs between.
        """
        if _SERIAL.search(text) is None:
            return text
        pieces = text.split(" ")
        held: frozenset[str] | None = None
        place = 0
        for at, piece in enumerate(pieces):
            start = place
            place += len(piece) + 1
            if len(piece) < _SHORTEST or piece.isdigit() or not _SERIAL.search(piece):
                continue
            if start and _gives_meaning(text, start):
                continue
            if held is None:
                held = frozenset(map(str.strip, seen.upper().split(LETTERS)))
            upper = piece.upper()
            if not any(letters in upper for letters in held):
                pieces[at] = _LONG.sub(self._alike, piece)
        return " ".join(pieces)

    def _alike(self, match: re.Match[str]) -> str:
        number = match.group()
        return number if number in self._meant else "8" * len(number)


def _runs(mask: str) -> Iterator[tuple[int, int, bool, bool]]:
    """Runs of digits that may mean nothing, in a text whose digits are all eights.

    Each with its begin and end, whether it is glued to another part of a size, and whether letters behind
    it may reach into it.
    """
    values = _states_values(mask)
    for found in _NUMBER.finditer(mask):
        start, end = found.span()
        if start > 1 and _gives_meaning(mask, start):
            continue
        whole = found.group()
        for run in _DIGITS.finditer(whole):
            first, past = run.span()
            count = past - first
            glued = whole[first - 1 : first] in _TIMES or whole[past : past + 1] in _TIMES
            if (values and count <= _VALUE) or (count < _SHORT and not glued):
                continue
            reached = not glued and count <= _REACHED and start + past == end < len(mask)
            yield start + first, start + past, glued, reached


def _states_values(text: str) -> bool:
    """Whether a text may be a magnet's code or grade with its figures: their values say whether it is."""
    return _CODE.search(text) is not None or (
        _GRADE.match(text) is not None and len(_DIGITS.findall(text)) > _FIGURES
    )


def _gives_meaning(text: str, start: int) -> bool:
    """Whether the word before a number gives it a meaning; at least two characters stand before it."""
    ending = text[max(0, start - 3) : start - 1].lstrip()
    if text[start - 1] == " " and ending[-1:].isalpha() and ending.upper() not in _ENDINGS:
        return False
    word, begin = _word_before(text, start)
    if word in _ANNOUNCING:
        word, _ = _word_before(text, begin)
    return word in _GIVES_MEANING


def _word_before(text: str, start: int) -> tuple[str, int]:
    """The word before a number or before another word, in capitals, and where it begins."""
    end = len(text[:start].rstrip(_BETWEEN))
    last = _LAST_WORD.search(text[max(0, end - LONGEST_WORD) : end])
    word = last.group() if last else ""
    return word.upper(), end - len(word)


def quotes_a_number(answer: TextAnswer, shape: str) -> bool:
    """Whether an answer to a shape may quote a number that other texts of the shape have otherwise."""
    if answer.empty:
        return False
    alike = [match.span() for match in _ALIKE.finditer(shape)]
    if not alike:
        return False
    said: tuple[Clue | PartFound, ...] = (*answer.materials, *answer.parts, *answer.doubts)
    return any(one.start < end and start < one.end for one in said for start, end in alike) or any(
        "8" in conflict.text for conflict in answer.conflicts
    )
