"""Misspelt names of materials (neodimium, tantulum, Hasteloy X), put right before the grammar reads on.

Only words of seven letters or more, only toward the names of a short list, and only where the first
four letters are right, so that the candidate filter sees them at all: a miss is better than a wrong
hit. The distance is shown in the rule. Words that mean something else (Tantalus, Germany) are listed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from bomrisk.recognition.answer import Clue, PartFound, TextAnswer
from bomrisk.recognition.reading import Reading
from bomrisk.recognition.wordlists import words

LEAST = 7
"""Letters a word must have to be taken for a misspelling."""
OPENING = 4
"""Letters at the beginning that must be right."""
TRUST = 0.85
"""Factor on the confidence of what a corrected word says."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A misspelt word: where it stands, what it was written for, and how many letters are off."""

    start: int
    end: int
    wrong: str
    right: str
    distance: int


def openings() -> frozenset[str]:
    """Letters without which no misspelling is found."""
    return frozenset(word[:OPENING] for word in words("spelled"))


def corrections(reading: Reading) -> list[Correction]:
    """The misspelt names in a text, in order."""
    from rapidfuzz.distance import OSA

    found: list[Correction] = []
    for index, word in enumerate(reading.spelled):
        if len(word) < LEAST or word in words("spelled") or word in words("not_typos"):
            continue
        best: list[tuple[int, str]] = []
        for name in _by_opening().get(word[:OPENING], ()):
            most = 1 if len(name) < 9 else 2
            distance = OSA.distance(word, name, score_cutoff=most)
            if distance <= most and not word.startswith(name):
                best.append((distance, name))
        if best:
            found.append(Correction(*reading.spans[index], word, min(best)[1], min(best)[0]))
    return found


_openings: dict[str, list[str]] = {}


def _by_opening() -> dict[str, list[str]]:
    if not _openings:
        for name in sorted(words("spelled")):
            _openings.setdefault(name[:OPENING], []).append(name)
    return _openings


def corrected(text: str, found: list[Correction]) -> str:
    """The text with its misspelt names put right."""
    out, place = [], 0
    for one in found:
        out += [text[place : one.start], one.right]
        place = one.end
    return "".join([*out, text[place:]])


def moved_back(answer: TextAnswer, text: str, found: list[Correction]) -> TextAnswer:
    """The answer with its spans in the text as written and the distance in the rule."""
    return answer._replace(
        text=text,
        materials=tuple(_clue(clue, found) for clue in answer.materials),
        doubts=tuple(_clue(clue, found) for clue in answer.doubts),
        parts=tuple(
            PartFound(part.rule, _back(part.start, found), _back(part.end, found), part.confidence)
            for part in answer.parts
        ),
    )


def _clue(clue: Clue, found: list[Correction]) -> Clue:
    start, end = _back(clue.start, found), _back(clue.end, found)
    touched = [one for one in found if one.start < end and start < one.end]
    if not touched:
        return replace(clue, start=start, end=end)
    said = "; ".join(
        f"{one.wrong.lower()} read as {one.right.lower()}, {one.distance} off" for one in touched
    )
    return replace(
        clue,
        start=start,
        end=end,
        rule=f"{clue.rule} ({said})",
        confidence=round(clue.confidence * TRUST, 3),
    )


def _back(place: int, found: list[Correction]) -> int:
    """A place in the corrected text as a place in the text as written."""
    shift = 0
    for one in found:
        grown = len(one.right) - (one.end - one.start)
        begins = one.start + shift
        if place <= begins:
            break
        if place < begins + len(one.right):
            return min(one.end, place - shift)
        shift += grown
    return place - shift
