"""Which clues of a text stand: the longest words, the particular before the general, one line per material.

Two clues that cannot both be true are a conflict and are said; none is dropped for the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bomrisk.recognition.answer import NAMED_FLOOR, Clue

_GRADES = (
    *("EN copper name", "UNS ", "kind of steel"),
    *("name 紫铜", "name (zh) 紫铜", "name (zh) 无氧铜"),
)
"""Rules that read a grade of a material whose name else is a general one: Cu-ETP beside CuCrZr."""


_ALUMINIUM = re.compile(r"ALUMIN|АЛЮМИН|铝|鋁|アルミ|알루미", re.IGNORECASE)
"""In the name of an electrolytic capacitor: it is none of tantalum."""
_LITHIUM = frozenset({"limno2_cell", "lisocl2_cell", "liso2_cell", "lifes2_thermal"})
_RECHARGEABLE = re.compile(
    r"I[OÓ]N|JON|POL|LIPO|ИОН|ПОЛ|[离離]子|聚合|イオン|ポリ|이온|폴리", re.IGNORECASE
)
"""In the name of a cell: it says the chemistry, and not lithium alone (batería de litio)."""


def resolve(
    clues: Iterable[Clue], yields: Mapping[str, frozenset[str]]
) -> tuple[tuple[Clue, ...], tuple[Clue, ...]]:
    """The materials named, and the doubts: clues too weak to count here alone."""
    ordered = sorted(
        set(clues),
        key=lambda clue: (-clue.confidence, clue.start, -clue.end, clue.material_id, clue.rule),
    )
    sure = [clue for clue in ordered if clue.confidence >= NAMED_FLOOR]
    doubts = [clue for clue in ordered if clue.confidence < NAMED_FLOOR]
    sure = _not_inside(sure)
    sure = _particular(_without_bare_lithium(sure), yields)
    sure = _best_of_each(_one_of_equals(sure))
    named = {clue.material_id for clue in sure}
    doubts = _best_of_each(
        [
            clue
            for clue in doubts
            if clue.material_id not in named
            and not any(other.start <= clue.start and clue.end <= other.end for other in sure)
        ]
    )
    order = lambda clue: (clue.start, clue.end, clue.material_id)  # noqa: E731
    return tuple(sorted(sure, key=order)), tuple(sorted(doubts, key=order))


def _not_inside(clues: list[Clue]) -> list[Clue]:
    """Without clues that lie strictly inside the words of another."""
    return [
        clue
        for clue in clues
        if not any(
            other.start <= clue.start
            and clue.end <= other.end
            and other.end - other.start > clue.end - clue.start
            and other.material_id != clue.material_id
            for other in clues
        )
    ]


def _without_bare_lithium(clues: list[Clue]) -> list[Clue]:
    """Without a lithium battery of no stated chemistry where a primary cell is named: CR123A."""
    if _LITHIUM.isdisjoint(clue.material_id for clue in clues):
        return clues
    return [
        clue
        for clue in clues
        if clue.material_id != "liion_unspecified"
        or not clue.rule.startswith("name")
        or _RECHARGEABLE.search(clue.rule)
    ]


def _particular(clues: list[Clue], yields: Mapping[str, frozenset[str]]) -> list[Clue]:
    """Without general names where a particular one is said."""
    named = {clue.material_id for clue in clues}
    return [
        clue
        for clue in clues
        if clue.rule.startswith(_GRADES)
        or (clue.material_id == "cap_al_electrolytic" and _ALUMINIUM.search(clue.rule))
        or not yields.get(clue.material_id, frozenset()) & named
    ]


def _one_of_equals(clues: list[Clue]) -> list[Clue]:
    """Of several materials on the very same words only a grade or code outranks a name; equals all stay."""
    by_span: dict[tuple[int, int], float] = {}
    for clue in clues:
        span = (clue.start, clue.end)
        by_span[span] = max(by_span.get(span, 0.0), clue.confidence)
    return [clue for clue in clues if clue.confidence >= by_span[clue.start, clue.end] - 0.02]


def _best_of_each(clues: list[Clue]) -> list[Clue]:
    """One clue per material: the surest, then the first."""
    best: dict[str, Clue] = {}
    for clue in clues:
        held = best.get(clue.material_id)
        if held is None or (clue.confidence, -clue.start) > (held.confidence, -held.start):
            best[clue.material_id] = clue
    return list(best.values())
