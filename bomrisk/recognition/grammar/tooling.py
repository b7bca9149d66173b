"""Tools and electrodes that name their material by a word: carbide end mills, thoriated tungsten."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bomrisk.recognition.answer import Clue
from bomrisk.recognition.grammar.pattern import Answer, Context, Pattern, quoted

_OTHER_CARBIDES = frozenset(["SILICON", "BORON", "CALCIUM", "TITANIUM", "CHROMIUM"])
_TOOLS = "END ?MILL|DRILL|BURR?|REAMER|CUTTER|ROD|BLANK|INSERT|BIT|BALL|NOZZLE|TAP|BLADE|TIP|TIPPED|PUNCH|DIE"
_ELECTRODES = {
    "LANTHAN": "w_la2o3",
    "LANTAN": "w_la2o3",
    "CERI": "w_ceo2",
    "CEROW": "w_ceo2",
    "THORI": "w_tho2",
    "THORAT": "w_tho2",
    "TORI": "w_tho2",
    "TOROW": "w_tho2",
}


def _carbide(match: re.Match[str], context: Context) -> Iterable[Answer]:
    before = context.reading.before(match.start(), 1)
    if before and before[0] in _OTHER_CARBIDES:
        return
    yield Clue(
        "wc_co_unspecified",
        match.start(),
        match.end(),
        f"tool of cemented carbide: {quoted(match)}",
        0.88,
    )


def _electrode(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    yield Clue(
        next(one for opening, one in _ELECTRODES.items() if opening in match.group()),
        match.start(),
        match.end(),
        f"tungsten with an oxide: {quoted(match)}",
        0.92,
    )


PATTERNS = (
    Pattern(
        rf"CARBIDE[ ,-]+(?:{_TOOLS})S?|(?:{_TOOLS})S?,[A-Z ,]{{0,15}}CARBIDE",
        _carbide,
        triggers=("CARBIDE",),
    ),
    Pattern(
        r"TUNGSTEN[A-Z0-9 ,.%-]{0,20}(?:LANTHANATED|LANTHANUM|CERIATED|THORI?ATED)"
        r"|(?:LANTHANATED|CERIATED|THORI?ATED)(?:[ ,-]+TUNGSTEN)?",
        _electrode,
        triggers=("TUNGSTEN", "LANTHANATED", "CERIATED", "THORIATED", "THORATED"),
    ),
    Pattern(
        r"(?:TUNGSTENE|TUNGSTEN[IO]O?|WOLFRAMIO) (?:AU |AL |AO |CON )?"
        r"(?:THORIUM|THORIEE?S?|TORIO|TORIAT[OI]|TORIAD[OA]S?|LANTHANEE?S?|LANTHANE|LANTANIO|LANTANAD[OA]S?|CERIUM|CERIEE?S?|CERIO)"
        r"|WOLFRAMOW[A-Z]{1,3} (?:TOROWAN|LANTANOW|CEROW)[A-Z]{1,3}",
        _electrode,
        triggers=("TUNGSTEN", "WOLFRAM"),
    ),
)
