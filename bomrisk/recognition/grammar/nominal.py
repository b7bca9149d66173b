"""Nominal compositions in words: "52.5Ni - 19Cr - 3.0Mo", "Ti-10V-2Fe-3Al", "98Cu 1.9Be".

The parts are compared with every composition of the knowledge: each stated content must lie within
the record's range (a little wider, because nominal values are rounded), and nothing of weight may be
left unsaid. The nearest record wins if it wins clearly. Misread letters of scans (AI for Al, M0 for
Mo) and the old symbol Cb are understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bomrisk.knowledge.model import Material
from bomrisk.recognition.answer import Clue
from bomrisk.recognition.grammar.pattern import Answer, Context, Pattern, quoted
from bomrisk.recognition.wordlists import words

_SYMBOLS = sorted(words("nominal_symbols"), key=lambda symbol: (-len(symbol), symbol))
_PART = rf"[0-9]{{1,2}}(?:\.[0-9]{{1,3}})? ?%? ?(?:{'|'.join(_SYMBOLS)})"
_ONE = re.compile(r"([0-9]{1,2}(?:\.[0-9]{1,3})?) ?%? ?([A-Z][A-Z0]?)")
_JOIN = r"(?: ?\((?:NB|CB)\))?[ ,/+-]{1,4}(?:C[ -])?"
_BASE = {
    "TITAN": "Ti",
    "NICKEL": "Ni",
    "COBALT": "Co",
    "STEEL": "Fe",
    "ALUMIN": "Al",
    "COPPER": "Cu",
    "MAGNES": "Mg",
    "TUNGST": "W",
    "TI": "Ti",
    "CO": "Co",
    "NI": "Ni",
    "AL": "Al",
    "FE": "Fe",
}
_FAMILY_OF_BASE = {
    "Ti": ("ti_",),
    "Ni": ("ni_", "fe_ni", "controlled", "soft_magnetic"),
    "Co": ("co_",),
    "Fe": ("_steel", "steel", "stainless", "fe_", "controlled", "soft_magnetic"),
    "Al": ("al_",),
    "Cu": ("cu_", "copper", "bronze", "brass"),
    "Mg": ("mg_",),
    "W": ("tungsten",),
}


@dataclass(frozen=True, slots=True)
class _Record:
    material_id: str
    family: str
    ranges: dict[str, tuple[float, float, float]]
    balance: str


def patterns(
    materials: Mapping[str, Material], yields: Mapping[str, frozenset[str]]
) -> tuple[Pattern, ...]:
    """The rule that reads nominal compositions against the given materials."""
    records = [
        _Record(
            material.id,
            material.family,
            {part.element: (part.low, part.likely, part.high) for part in material.composition},
            next((part.element for part in material.composition if part.balance), ""),
        )
        for material in materials.values()
        if material.basis in ("ranges", "mixture")
        and len(material.composition) > 1
        and not material.family.startswith(("capacitor", "battery", "permanent", "re_", "solder"))
        and not material.id.endswith("_unspecified")
    ]

    def read(match: re.Match[str], context: Context) -> Iterable[Answer]:
        stated = _stated(match.group())
        base = _base(match, context)
        if len(stated) < (1 if base and match.group()[0].isalpha() else 2):
            return
        if match.string[: match.start()][-1:].isdigit() or not context.reading.closes(match.end()):
            return
        found = _nearest(stated, base, records, yields)
        if found:
            yield Clue(
                found, match.start(), match.end(), f"nominal composition {quoted(match)}", 0.92
            )

    return (
        Pattern(
            rf"(?:(?:TI|CO|NI|AL|CU|FE|MG|W|NB|CB)[ -])?{_PART}(?:{_JOIN}{_PART})+",
            read,
            whole=False,
            triggers=_triggers(),
        ),
    )


def _triggers() -> tuple[str, ...]:
    """A digit beside a symbol: every composition holds one that ends in it."""
    return tuple(
        f"{digit}{gap}{symbol}"
        for symbol in (
            "AL",
            "AI",
            "CR",
            "CO",
            "NI",
            "MO",
            "M0",
            "SN",
            "ZR",
            "FE",
            "MG",
            "CU",
            "BE",
            "TI",
            "NB",
            "CB",
            "MN",
            "LA",
            "SI",
        )
        for digit in "0123456789"
        for gap in ("", " ")
    )


def _stated(text: str) -> dict[str, float]:
    out: dict[str, float] = {}
    for number, symbol in _ONE.findall(text):
        letters = {"AI": "Al", "M0": "Mo", "CB": "Nb"}.get(symbol, symbol.capitalize())
        if letters.upper() not in _SYMBOLS and symbol[0] in _SYMBOLS:
            letters = symbol[0]
        out[letters] = float(number)
    return out


def _base(match: re.Match[str], context: Context) -> str:
    head = re.match(r"(TI|CO|NI|AL|CU|FE|MG|W|NB|CB)[ -]", match.group())
    if head:
        return {"CB": "Nb"}.get(head[1], head[1].capitalize())
    for word in context.reading.before(match.start(), 20)[::-1]:
        for opening, base in _BASE.items():
            if word.startswith(opening) if len(opening) > 2 else word == opening:
                return base
    return ""


def _nearest(
    stated: dict[str, float],
    base: str,
    records: list[_Record],
    yields: Mapping[str, frozenset[str]],
) -> str:
    ranked: list[tuple[float, str]] = []
    for record in records:
        if base and base != record.balance and not _of_base(record, base, stated):
            continue
        if not base and sum(stated.values()) < 8:
            continue
        distance = _distance(stated, base, record)
        if distance is not None:
            ranked.append((distance, record.material_id))
    ranked.sort()
    if not ranked or ranked[0][0] > 1.0:
        return ""
    for distance, one in ranked[1:]:
        # a variant that the composition does not tell apart gives way to the plain alloy
        if distance - ranked[0][0] < 0.3 and ranked[0][1] in yields.get(one, frozenset()):
            return one
    if len(ranked) > 1 and ranked[1][0] - ranked[0][0] < 0.02 and ranked[0][0] > 0.001:
        return ""
    return ranked[0][1]


def _of_base(record: _Record, base: str, stated: dict[str, float]) -> bool:
    return (
        base in stated
        and base in record.ranges
        and any(
            record.family.startswith(part) or part in record.family
            for part in _FAMILY_OF_BASE.get(base, ())
        )
    )


def _distance(stated: dict[str, float], base: str, record: _Record) -> float | None:
    """How far the stated contents lie from the record's; None where they contradict it."""
    total = 0.0
    for element, value in stated.items():
        if element not in record.ranges:
            if value > 0.25:
                return None
            continue
        low, likely, high = record.ranges[element]
        slack = 0.3 + 0.05 * value
        if not low - slack <= value <= high + slack:
            return None
        total += abs(value - likely) / max(1.0, value)
    for element, (_, likely, _) in record.ranges.items():
        if element in stated or element in (base, record.balance):
            continue
        if likely >= 1.6:
            return None
        total += 0.1 * likely if likely > 0.4 else 0.0
    if (
        not base
        and record.balance not in stated
        and record.balance not in ("Al", "Ti", "Fe", "Ni", "Co")
    ):
        return None
    return total / len(stated)
