"""The shape of a text: numbers that no rule can tell apart are made alike, so that each shape is read once.

STAINLESS SCREW 48213 and STAINLESS SCREW 48214 say the same. Made alike are numbers that stand alone
between spaces, have three digits or more, and occur in no name, code, grade or pattern; and words with
five digits in a row in which none of the letters lies that the filter found. Lengths stay, so that
spans stay. A number behind a word that gives numbers a meaning (AMS, AISI) is not touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bomrisk.recognition.wordlists import words

_GIVES_MEANING = words("numbered")
_DIGITS = re.compile(r"[0-9]+")
_THREE = re.compile(r"[0-9]{3}")
_SERIAL = re.compile(r"[0-9]{5}")
_ALIKE = str.maketrans("0123456789", "8888888888")


class Shapes:
    """The numbers that mean something, and the shape of texts by them."""

    def __init__(self, spoken: Iterable[str]) -> None:
        self._meant = {run for text in spoken for run in _DIGITS.findall(text)}

    def of(self, text: str, seen: Sequence[str]) -> str:
        """The text with its meaningless numbers written in eights; `seen` are the letters found in it."""
        shape: list[str] = []
        kept = end = 0
        while (digits := _THREE.search(text, end)) is not None:
            start = text.rfind(" ", 0, digits.start()) + 1
            end = text.find(" ", digits.end())
            end = len(text) if end < 0 else end
            piece = text[start:end]
            before = text[text.rfind(" ", 0, max(0, start - 1)) + 1 : max(0, start - 1)]
            if before.upper() not in _GIVES_MEANING and self._meaningless(piece, seen):
                shape += [text[kept:start], piece.translate(_ALIKE)]
                kept = end
        return "".join([*shape, text[kept:]]) if shape else text

    def _meaningless(self, piece: str, seen: Sequence[str]) -> bool:
        if piece.isdigit():
            return piece not in self._meant and piece.isascii()
        if not _SERIAL.search(piece):
            return False
        upper = piece.upper()
        return not any(letters.strip().upper() in upper for letters in seen)
