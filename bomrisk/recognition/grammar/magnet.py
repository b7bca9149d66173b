"""The word magnet itself: permanent magnets of no stated alloy, and magnetic hardware.

"Magnetic" alone says little: tapes, disks, shields and drill presses are magnetic and hold none. It
counts before or after the few things that are permanent magnets by nature. Federal item names are cut
at 19 characters, so that LOUDSPEAKER,PERMANE still means a permanent magnet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bomrisk.recognition.answer import Clue, Conflict
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


def _standard(match: re.Match[str], context: Context) -> Iterable[Answer]:
    """A code of IEC 60404-8-1 alone (R7-1-12) says the class; other things are numbered so, too."""
    if "magnet" not in context.evidence:
        return
    material, alloy, rivals = _CLASSES[match[1]]
    if re.search(rivals, context.reading.upper):
        yield Conflict(
            "conflict",
            f"{quoted(match)} is the code of {alloy} in IEC 60404-8-1, but the text speaks of another"
            " magnet alloy",
        )
        return
    yield Clue(
        material,
        match.start(),
        match.end(),
        f"IEC 60404-8-1 code of {alloy}: {quoted(match)}",
        0.8,
    )


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


_NEODYMIUM, _SAMARIUM = r"ND-?FE-?B|NEODYM|REFEB|\bNEO\b", r"SM-?CO|SAMARI|RECO\b|SM2CO17"
_ALNICO, _FERRITE = r"AL-?NI-?CO", r"\bFERRITE?\b|\bCERAMIC"
_CLASSES = {
    "R1": ("alnico_unspecified", "AlNiCo", f"{_NEODYMIUM}|{_SAMARIUM}|{_FERRITE}"),
    "R5": ("smco_unspecified", "rare earth and cobalt", f"{_NEODYMIUM}|{_ALNICO}|{_FERRITE}"),
    "R7": ("ndfeb_unspecified", "rare earth, iron and boron", f"{_SAMARIUM}|{_ALNICO}|{_FERRITE}"),
    "S1": ("ferrite_hard_sr", "hard ferrite", f"{_NEODYMIUM}|{_SAMARIUM}|{_ALNICO}"),
    "U2": ("smco_bonded", "bonded rare earth and cobalt", f"{_NEODYMIUM}|{_ALNICO}|{_FERRITE}"),
    "U3": (
        "ndfeb_bonded_unspecified",
        "bonded rare earth, iron and boron",
        f"{_SAMARIUM}|{_ALNICO}|{_FERRITE}",
    ),
    "U4": ("ferrite_bonded", "bonded hard ferrite", f"{_NEODYMIUM}|{_SAMARIUM}|{_ALNICO}"),
    "U5": ("smfen_bonded", "bonded rare earth, iron and nitrogen", f"{_ALNICO}|{_FERRITE}"),
}
"""Classes of magnets in IEC 60404-8-1: the material, its name, and words for the others."""

PATTERNS = (
    Pattern(
        r"(R[157]|S1|U[2-5])-[0-9]-[0-9]{1,2}",
        _standard,
        triggers=tuple(f"{code}-" for code in _CLASSES),
    ),
    Pattern(rf"MAGNETIC[ ,-]+(?:(?:DOOR|CABINET|CUPBOARD|TOUCH|PUSH) )?(?:{_THINGS})", _thing),
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
