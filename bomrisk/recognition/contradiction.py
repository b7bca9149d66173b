"""Named alloys and specifications that contradict each other on one thing: Ti-6Al-4V per AMS 5643.

Neither is dropped: both stand, and the contradiction is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from bomrisk.knowledge.model import Material
from bomrisk.recognition.answer import Clue, Conflict
from bomrisk.recognition.reading import Reading

_APART = re.compile(r"[,;|&+(/]|\. | AND | OR | WITH | W/|\bWITH\b| ON | TO ")
"""What stands between two things, or between one thing and another material of it."""
_CODES = ("specification ", "UNS ")
_ALLOY = re.compile(
    r"(?:al|ti|ni|co|fe|mg|cu)_.*|.*_(?:steel|stainless)|brass|bronze|copper|molybdenum|tungsten.*"
)


def contradictions(
    clues: Sequence[Clue], reading: Reading, materials: Mapping[str, Material]
) -> Iterator[Conflict]:
    """One conflict for each specification that is of another kind of alloy than the one named beside it."""
    alloys = [
        clue
        for clue in clues
        if clue.role != "coating" and _ALLOY.fullmatch(materials[clue.material_id].family)
    ]
    codes = [clue for clue in alloys if clue.rule.startswith(_CODES)]
    for code in codes:
        for named in alloys:
            if named.rule.startswith(_CODES) or _kind(named, materials) == _kind(code, materials):
                continue
            first, second = sorted((named, code), key=lambda clue: clue.start)
            if not _APART.search(reading.upper[first.end : second.start]):
                yield Conflict(
                    "conflict",
                    f"{code.rule} is {materials[code.material_id].name}, but the text names"
                    f" {materials[named.material_id].name}",
                )


def _kind(clue: Clue, materials: Mapping[str, Material]) -> str:
    """The metal that an alloy is of, as its family says: any steel is one kind, any nickel alloy another."""
    family = materials[clue.material_id].family
    if family.endswith(("_steel", "_stainless")) or family.startswith("steel"):
        return "steel"
    return family.split("_")[0]
