"""The word magnet itself: permanent magnets of no stated alloy, and magnetic hardware.

"Magnetic" alone says little: tapes, disks, shields and drill presses are magnetic and hold none. It
counts before or after the few things that are permanent magnets by nature. Federal item names are cut
at 19 characters, so that LOUDSPEAKER,PERMANE still means a permanent magnet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bomrisk.recognition.answer import Clue
from bomrisk.recognition.grammar.pattern import Answer, Context, Pattern, quoted

_THINGS = (
    "STRIP|STRIPS|SHEET|SHEETS|BASE|BASES|HOOK|HOOKS|CATCH|CATCHES|LATCH|LATCHES|TRAY|TRAYS|RETRIEVER|RETRIEVING"
    "|PICK[ -]?UP TOOL|PICKUP,? ?TOOL|SWEEPER|HOLDER|CLASP|CUP|PARTS DISH|BAR|BUTTON|DISC"
)


def _clue(match: re.Match[str], rule: str, confidence: float, role: str = "unknown") -> Clue:
    return Clue(
        "permanent_magnet_unspecified",
        match.start(),
        match.end(),
        f"{rule}: {quoted(match)}",
        confidence,
        "",
        role,
    )


def _thing(match: re.Match[str], context: Context) -> Iterable[Answer]:
    if context.reading.upper[max(0, match.start() - 4) : match.start()].strip(" -") in (
        "NON",
        "ANTI",
    ):
        return
    yield _clue(match, "magnetic hardware", 0.85)


def _inside(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    yield _clue(match, "part with a permanent magnet", 0.9, "inside")


def _german(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    word = match.group()
    if word.startswith(
        (
            "ELEKTRO",
            "ELECTRO",
            "ELETTRO",
            "ELETRO",
            "HUB",
            "HALTE",
            "SCHALT",
            "DIA",
            "PARA",
            "FERRO",
            "BIO",
        )
    ):
        return
    material = (
        "ndfeb_unspecified"
        if "NEODYM" in word
        else "smco_unspecified"
        if "SAMARIUM" in word
        else "ferrite_hard_sr"
        if "FERRIT" in word
        else "rare_earth_magnet_unspecified"
        if "SELTEN" in word
        else "permanent_magnet_unspecified"
    )
    yield Clue(material, match.start(), match.end(), f"German compound: {word}", 0.92)


PATTERNS = (
    Pattern(rf"MAGNETIC[ ,-]+(?:{_THINGS})", _thing),
    Pattern(
        r"(?:RETRIEVING TOOL|PICK[ -]?UP TOOL|HOOK|CATCH|LATCH|STRIP|SHEET|BASE|SWEEPER"
        r"|TOOL HOLDER|TRAY|CLIP|BAR)"
        r"S?,\s?MAGNETIC",
        _thing,
    ),
    Pattern(
        r"(?:LOUDSPEAKER|SPEAKER|ALTERNATOR|GENERATOR|MOTOR|STARTER)[ ,]+PERMANENT[ -]?MAGNET",
        _inside,
    ),
    Pattern(r"[A-Z]{3,}MAGNETE?N?S?", _german),
)
