"""Texts to materials: with the words that say so, the rule that fired, and a confidence."""

from __future__ import annotations

from bomrisk.recognition.answer import (
    NAMED_FLOOR,
    Clue,
    Conflict,
    PartFound,
    Recognition,
    TextAnswer,
)
from bomrisk.recognition.decisions import Decision, read_matches
from bomrisk.recognition.engine import recognize_texts
from bomrisk.recognition.lines import recognize

__all__ = [
    "NAMED_FLOOR",
    "Clue",
    "Conflict",
    "Decision",
    "PartFound",
    "Recognition",
    "TextAnswer",
    "read_matches",
    "recognize",
    "recognize_texts",
]
