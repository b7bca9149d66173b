"""Platings by the specification alone: FINISH AMS 2404, QQ-N-290, ASTM B633, MIL-DTL-45204.

What a specification plates with is its title, recalled, not read in the specification itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bomrisk.recognition.answer import Clue
from bomrisk.recognition.grammar.pattern import Answer, Context, Pattern, quoted

_SPECIFICATIONS = {
    "cadmium_plate": ("AMS2400", "AMS2401", "B766", "MIL-STD-870", "MIL-C-8837"),
    "zinc_plate": ("AMS2402", "B633", "QQ-Z-325"),
    "ni_plate": (
        *("AMS2403", "AMS2404", "AMS2405", "AMS2423", "AMS2424"),
        *("B733", "B689", "QQ-N-290", "MIL-C-26074"),
    ),
    "ag_metal": ("AMS2410", "AMS2411", "AMS2412", "B700", "QQ-S-365"),
    "au_metal": ("AMS2422", "AMS2425", "B488", "MIL-DTL-45204", "MIL-G-45204"),
}
_BY_CODE = {code: material for material, codes in _SPECIFICATIONS.items() for code in codes}


def _specified(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    code = match[1].replace(" ", "").replace("AMS-", "AMS")
    material = _BY_CODE.get(code)
    if material:
        yield Clue(
            material,
            match.start(),
            match.end(),
            f"specification of a plating: {quoted(match)}",
            0.9,
            "",
            "coating",
        )


PATTERNS = (
    Pattern(r"(AMS[ -]{0,2}24[0-2][0-9])[A-Z]?", _specified, triggers=("AMS",)),
    Pattern(r"ASTM[ -]{0,2}(B(?:766|633|733|689|700|488))", _specified, triggers=("ASTM",)),
    Pattern(
        r"(?:AMS-)?(QQ-[NSZ]-[0-9]{3}|MIL-(?:DTL|G|C|STD)-[0-9]{3,5})[A-Z]?",
        _specified,
        triggers=("QQ-", "MIL-"),
    ),
)
