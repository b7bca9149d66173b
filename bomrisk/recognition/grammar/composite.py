"""Carbon fibre as builders of drones and robots shorten it: carbon frame, carbon arm, carbon tube 16x14.

A carbon rod is an electrode and a carbon tube may be of carbon steel: these forms count only beside a word
of that trade.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bomrisk.recognition.answer import Clue
from bomrisk.recognition.grammar.pattern import Answer, Context, Pattern, quoted

_TRADE = frozenset(
    [
        *("DRONE", "DRONES", "QUAD", "QUADCOPTER", "UAV", "UAS", "FPV", "HEXACOPTER", "OCTOCOPTER"),
        *("GIMBAL", "ROBOT", "FRAME", "ARM", "ARMS", "BOOM", "SPAR", "WING", "MOTOR", "TWILL"),
        *("WOVEN", "PULTRUDED", "PROPELLER", "PROPELLERS", "LANDING", "KITE", "TAIL"),
    ]
)
_NO_FIBRE = frozenset(
    [
        *("STEEL", "STL", "STAINLESS", "ASTM", "SCH", "SEAMLESS", "LOW", "HIGH"),
        *("GOUGING", "BRUSH", "BRUSHES"),
    ]
)
_VACUUM = frozenset(["VACUUM", "CONFLAT", "FLANGE", "FLANGES", "KF", "UHV", "MEMORY", "CARD"])
"""Beside one, CF is a flange or a card."""


def _structure(match: re.Match[str], context: Context) -> Iterable[Answer]:
    said = context.reading.words
    if said & _NO_FIBRE:
        return
    own = re.search(r"FRAME|ARM|BOOM|PROP|SPAR|^CF", match.group())
    if (own or said & _TRADE) and not said & _VACUUM:
        yield Clue(
            "cfrp",
            match.start(),
            match.end(),
            f"a part of carbon fibre: {quoted(match)}",
            0.85,
        )


PATTERNS = (
    Pattern(
        r"(?:CARBON|CF) (?:FRAME(?:S|SET)?|ARMS?|BOOMS?|PROP(?:ELLER)?S?|SPARS?|TUBES?|TUBING|PLATES?|RODS?"
        r"|SHEETS?)",
        _structure,
        triggers=tuple(
            f"{lead} {form}"
            for lead in ("CARBON", "CF")
            for form in ("FRAME", "ARM", "BOOM", "PROP", "SPAR", "TUB", "PLATE", "ROD", "SHEET")
        ),
    ),
)
