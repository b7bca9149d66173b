"""The shape of a text: numbers that no rule can tell apart are made alike, so that each shape is read once.

A number that stands alone between spaces, has three digits or more, and occurs in no name, code, grade
or pattern is a serial or a size: STAINLESS SCREW 48213 and STAINLESS SCREW 48214 say the same. Lengths
stay, so that spans stay. A number behind a word that gives numbers a meaning (AMS, AISI) is not touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bomrisk.recognition.wordlists import words

_GIVES_MEANING = words("numbered")
_DIGITS = re.compile(r"[0-9]+")


class Shapes:
    """The numbers that mean something, and the shape of texts by them."""

    def __init__(self, spoken: Iterable[str]) -> None:
        self._meant = {run for text in spoken for run in _DIGITS.findall(text)}

    def of(self, text: str) -> str:
        """The text with its meaningless numbers written in eights."""
        pieces = text.split(" ")
        changed = False
        last = ""
        for place, piece in enumerate(pieces):
            if (
                piece.isdigit()
                and len(piece) > 2
                and piece not in self._meant
                and piece.isascii()
                and last.upper() not in _GIVES_MEANING
            ):
                pieces[place] = "8" * len(piece)
                changed = True
            last = piece
        return " ".join(pieces) if changed else text
