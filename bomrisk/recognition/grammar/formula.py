"""Stoichiometric formulas (Y3Al5O12, LiNbO3, SmCo5), compared by their ratios with those of the knowledge.

Only text in the case of chemistry is read, with at least two elements, so that N52 is never 52 atoms
of nitrogen and CONN no compound. A dopant after a colon is left to the names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bomrisk.knowledge.model import Material
from bomrisk.recognition.answer import Clue
from bomrisk.recognition.grammar.pattern import Answer, Context, Pattern
from bomrisk.recognition.wordlists import words

_ELEMENTS = words("elements")
_ATOM = re.compile(r"([A-Z][a-z]?)([0-9]*\.?[0-9]*)|(\()|(\))([0-9]*\.?[0-9]*)")
Ratios = tuple[tuple[str, float], ...]


def parse(formula: str) -> Ratios | None:
    """The atoms of a formula as shares that sum to 1, sorted by symbol; None where it is no formula."""
    counts = atoms(formula)
    if counts is None:
        return None
    total = sum(counts.values())
    return tuple(sorted((symbol, round(count / total, 4)) for symbol, count in counts.items()))


def atoms(formula: str) -> dict[str, float] | None:
    """How many atoms of each element a formula has, above 0 together; None where it is no formula."""
    stack: list[dict[str, float]] = [{}]
    place = 0
    while place < len(formula):
        match = _ATOM.match(formula, place)
        if match is None:
            return None
        place = match.end()
        if match[3]:
            stack.append({})
        elif match[4]:
            if len(stack) < 2:
                return None
            inner = stack.pop()
            for symbol, count in inner.items():
                stack[-1][symbol] = stack[-1].get(symbol, 0.0) + count * _count(match[5])
        else:
            symbol = match[1]
            if symbol not in _ELEMENTS:
                return None
            stack[-1][symbol] = stack[-1].get(symbol, 0.0) + _count(match[2])
    if len(stack) != 1 or sum(stack[0].values()) <= 0:
        return None
    return stack[0]


def _count(text: str) -> float:
    return float(text) if text and text != "." else 1.0


def patterns(materials: Mapping[str, Material]) -> tuple[Pattern, ...]:
    """The rule that reads formulas of the given materials."""
    known: dict[Ratios, str] = {}
    spelled: set[str] = set()
    for material in materials.values():
        if material.family.startswith("capacitor"):
            continue  # NP0 and Y5V are dielectric classes, not compounds
        spoken = [
            material.formula,
            # IN718 is no nitride of iodine: a name in capitals alone is no formula
            *(name for name in material.synonyms if re.search(r"[a-z].*[0-9]", name)),
        ]
        for formula in spoken:
            ratios = parse(formula) if formula else None
            if formula and ratios and len(ratios) > 1:
                known.setdefault(ratios, material.id)
                spelled.add(formula.upper())

    def read(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
        text = match.group()
        ratios = parse(text) if any(one in text.upper() for one in spelled) else None
        if (
            ratios
            and len(ratios) > 1
            and ratios in known
            and (len(ratios) > 2 or re.search("[0-9]", text))
        ):
            yield Clue(known[ratios], match.start(), match.end(), f"formula {text}", 0.95)

    return (
        Pattern(
            r"[A-Z][a-z]?[A-Za-z0-9.()]*[A-Z)][a-z]?[0-9]*",
            read,
            cased=True,
            triggers=tuple(sorted(spelled)),
        ),
    )
