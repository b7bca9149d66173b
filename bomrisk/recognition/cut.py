"""Item names cut at 19 characters, as federal systems store them: completed where only one ending fits.

ALTERNATOR,PERMANEN is read as ALTERNATOR,PERMANENT MAGNET. Only names of exactly that length are
looked at, and only endings that stand in the list of names the rules know; nothing else is guessed.
"""

from __future__ import annotations

from dataclasses import replace

from bomrisk.recognition.answer import Clue, TextAnswer

LENGTH = 19
"""Characters at which item names are cut."""
SHORTEST_TAIL = 5
"""Letters of an ending that must be there: STA may be a stage as well as stainless steel."""
TRUST = 0.9
"""Factor on the confidence of what only the completed name says."""

_ENDINGS = (
    "PERMANENT MAGNET",
    "ALTERNATING CURRENT",
    "DIRECT CURRENT",
    "ELECTROMAGNETIC",
    "ELECTRO-MECHANICAL",
    "ELECTROLYTIC",
    "TANTALUM",
    "TURBINE",
    "COMPRESSOR",
    "RECHARGEABLE",
    "NONRECHARGEABLE",
    "STAINLESS STEEL",
    "ALUMINUM ALLOY",
    "TITANIUM ALLOY",
    "NEODYMIUM",
    "SAMARIUM COBALT",
    "TUNGSTEN",
    "BERYLLIUM",
    "INTENSIFIER",
    "COMBUSTION",
    "LITHIUM",
)


def completed(name: str) -> str | None:
    """The full name where the cut one has a single fitting ending; None otherwise."""
    if len(name) != LENGTH:
        return None
    upper = name.upper()
    border = max(upper.rfind(","), upper.rfind(" "))
    if border < 3:
        return None
    # the cut may fall in the second word of an ending: DIRECT CURREN
    for place in (upper.rfind(","), border):
        tail = upper[place + 1 :].lstrip()
        if len(tail) < SHORTEST_TAIL:
            continue
        fitting = [
            ending
            for ending in _ENDINGS
            if ending.startswith(tail) and ending[len(tail) : len(tail) + 1] not in ("", " ")
        ]
        if len(fitting) == 1:
            return upper[: len(upper) - len(tail)] + fitting[0]
    return None


def clipped(answer: TextAnswer, name: str) -> TextAnswer:
    """The answer to the completed name, with its spans inside the name as written and the cut in the rule."""
    length = len(name)

    def clue(one: Clue) -> Clue:
        if one.end <= length:
            return one
        return replace(
            one,
            start=min(one.start, length),
            end=length,
            rule=f"{one.rule} (item name cut at {LENGTH} characters)",
            confidence=round(one.confidence * TRUST, 3),
        )

    return answer._replace(
        text=name,
        materials=tuple(clue(one) for one in answer.materials),
        doubts=tuple(clue(one) for one in answer.doubts),
        parts=tuple(replace(one, end=min(one.end, length)) for one in answer.parts),
    )
