"""The shape of a text: numbers that no rule can tell apart are made alike, so that each shape is read once.

STAINLESS SCREW 48213 and STAINLESS SCREW 48214 say the same. Made alike are numbers that stand alone
between spaces and have three digits or more, and those of words with five digits in a row in which none
of the letters lies that the filter found; but never a number that occurs in a name, code, grade or
pattern. Lengths stay, so that spans stay. A number behind a word that gives numbers a meaning (AMS,
AISI) is not touched, nor one into which letters reach that the filter found (5 H1 in 5005 H111).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from bomrisk.recognition.answer import Clue, PartFound, TextAnswer
from bomrisk.recognition.wordlists import words

if TYPE_CHECKING:
    import polars as pl

LETTERS = "\t"
"""What stands between the letters that the filter found."""

_GIVES_MEANING = words("numbered")
_BEHIND = re.compile(r"(?:^|\t)([0-9]+) [^\t]")
"""The number with which letters begin that were found."""
LONGEST = 16
"""Letters that a word may have that gives numbers a meaning."""
_LAST_WORD = re.compile(r"[^\W\d_]*$")
_DIGITS = re.compile(r"[0-9]+")
_THREE = re.compile(r"[0-9]{3}")
_SERIAL = re.compile(r"[0-9]{5}")
_NOT_BY_WORDS = r"[^ 0-9][^ ]*[0-9]{5}|[0-9]{5}[^ ]*[^ 0-9]|[^\x00-\x7F][^ ]* [0-9]{3,}(?: |$)"
"""Texts with five digits in a row beside other signs of a word, or a number behind foreign letters."""
_WHOLE_NUMBER = r"(?:^| )[0-9]{3,}(?: |$)"
_ALIKE = str.maketrans("0123456789", "8888888888")


class Shapes:
    """The numbers that mean something, and the shape of texts by them."""

    def __init__(self, spoken: Iterable[str]) -> None:
        import polars as pl

        self._meant = {run for text in spoken for run in _DIGITS.findall(text)}
        self._meant_list = pl.Series(sorted(self._meant)).implode()

    def of_all(self, texts: pl.Series, seen: pl.Series) -> list[str]:
        """The shapes of texts as `of` gives them, in columns where it is a matter of whole words."""
        import polars as pl

        alone = texts.str.contains(_NOT_BY_WORDS) | seen.str.contains(_BEHIND.pattern)
        shapes = texts.to_list()
        found = seen.filter(alone).to_list()
        for at, letters in zip(alone.arg_true().to_list(), found, strict=True):
            shapes[at] = self.of(shapes[at], letters)
        places = (~alone & texts.str.contains(_WHOLE_NUMBER)).arg_true()
        if not places.len():
            return shapes
        lists = texts.gather(places).str.split(" ")
        words = lists.explode()
        numbers = words.str.contains(r"^[0-9]{3,}$").arg_true()
        numbered = pl.DataFrame(
            {"at": numbers, "word": words.gather(numbers), "before": words.shift(1).gather(numbers)}
        )
        first = lists.list.len().cum_sum().shift(1).fill_null(0)
        last_word = pl.col("before").str.extract(r"([A-Za-z]*)$").str.to_uppercase()
        alike = numbered.filter(
            ~pl.col("word").is_in(self._meant_list)
            & (~last_word.is_in(_GIVES_MEANING) | pl.col("at").is_in(first.implode()))
        )
        words = words.scatter(alike["at"], alike["word"].str.replace_all("[0-9]", "8"))
        place = pl.Series(range(places.len())).repeat_by(lists.list.len()).explode()
        joined = (
            pl.DataFrame({"place": place, "word": words})
            .group_by("place", maintain_order=True)
            .agg("word")
            .select(place=places, shape=pl.col("word").list.join(" "))
        )
        for at, shape in zip(joined["place"].to_list(), joined["shape"].to_list(), strict=True):
            shapes[at] = shape
        return shapes

    def of(self, text: str, seen: str) -> str:
        """The text with its meaningless numbers in eights; `seen` are the letters found, tabs between."""
        if _THREE.search(text) is None:
            return text
        pieces = text.split(" ")
        held: frozenset[str] | None = None
        reached = tuple(_BEHIND.findall(seen))
        for at, piece in enumerate(pieces):
            if len(piece) < 3 or piece.isalpha() or (reached and piece.endswith(reached)):
                continue
            if piece.isdigit():
                if piece not in self._meant and piece.isascii() and not _numbered(pieces, at):
                    pieces[at] = piece.translate(_ALIKE)
            elif _SERIAL.search(piece) and not _numbered(pieces, at):
                if held is None:
                    held = frozenset(map(str.strip, seen.upper().split(LETTERS)))
                upper = piece.upper()
                if not any(letters in upper for letters in held):
                    pieces[at] = _DIGITS.sub(self._alike, piece)
        return " ".join(pieces)

    def _alike(self, match: re.Match[str]) -> str:
        number = match.group()
        return number if number in self._meant else number.translate(_ALIKE)


def _numbered(pieces: list[str], at: int) -> bool:
    """Whether the word before a piece, or what it ends in, gives numbers a meaning."""
    before = pieces[at - 1] if at else ""
    if before.isalpha():
        return before.upper() in _GIVES_MEANING
    last = _LAST_WORD.search(before[-LONGEST:])
    return last is not None and last.group().upper() in _GIVES_MEANING


def told_by(answer: TextAnswer, shape: str, text: str) -> bool:
    """Whether an answer to a shape quotes no number that another text of the shape has otherwise."""
    if shape == text:
        return True
    said: tuple[Clue | PartFound, ...] = (*answer.materials, *answer.parts, *answer.doubts)
    same = all(shape[one.start : one.end] == text[one.start : one.end] for one in said)
    return same and not answer.conflicts
