"""Other senses of a metal's name that the words right around it give away: ratings, tints, colours, streets.

80 PLUS GOLD rates a power supply, steel grey and RAL 9006 white aluminium are paints, «цвет: бронза» and
银色 name a colour, and in via dell'Acciaio one lives.
"""

from __future__ import annotations

import re

_NOT_BEFORE = re.compile(
    r"(?:\b80 ?(?:PLUS|\+)"
    r"|\bRAL[ -]?[0-9]{4}(?: [A-Z]+)?"
    r"|(?:\b(?:COLOU?RS?|COULEUR|FARBE|KOLOR|COLORE|COR)\b|ЦВЕТА?|颜色|顏色|カラー|색상)['\"]? ?[:=] ?['\"]?"
    r"|\b(?:VIA DE[A-Z]*|RUE(?: D[EU]S?(?: L)?)?|CALLE(?: DEL?)?|RUA D[AOE]|AVENIDA|PIAZZA)\b['.]?"
    r"|\b(?:ULICA|УЛИЦА)\b\.?)"
    r" ?$"
)
"""What may end right before the name."""
_GREY_BEFORE = re.compile(r"\b(?:GRIS|CINZA|GRIGIO|GRIGIA|GRAU|SZARY|СЕРЫЙ)[ -]$")
_GREYS = ("GRAF", "GRAPHIT", "TITAN", "PRATA", "PLATA", "ARGENT", "ГРАФИТ")
"""Names that make a shade of grey behind the word for it: cinza grafite, gris titane."""
_CUT_BEFORE = re.compile(
    r"\b(?:DISCOS? (?:DE CORTE|CORTE)|DISQUES? A (?:TRONCONNER|MEULER)|TRENNSCHEIBEN?|SCHRUPPSCHEIBEN?"
    r"|DISCHI? DA TAGLIO|TARCZ[AY] DO CIECIA|CUT(?:TING|-OFF) (?:DISCS?|WHEELS?)|КРУГ ОТРЕЗНОЙ"
    r"|ДИСК ОТРЕЗНОЙ|ОТРЕЗНОЙ (?:КРУГ|ДИСК))\b[^,;|(]{0,24}$"
)
"""Abrasive wheels: what is named behind them is what they cut."""
_TINT_AFTER = re.compile(r"[ -](?:GR[EA]Y|BLONDE?|BLUE)\b|[色색]")
_ALLOY_BEFORE = re.compile(r"(?:STAINLESS|SPRING|CARBON|TOOL|MILD|ALLOY) $")
_TINTS = frozenset(["STEEL", "IRON", "BRONZE", "NICKEL", "CHROME", "COBALT"])
"""Names of colours where a hyphen joins them to one: steel-grey."""
_SHADE = re.compile(r"\b(?:DARK|LIGHT|MEDIUM)[ -]$")
"""Before BRONZE it names a shade of paint or of an anodic film."""
_TINTED = frozenset(["PLATINUM", "SILVER", "GOLD"])
_NEAR = 24
ARTICLES = frozenset(["A", "AN", "THE", "BOTH", "EACH", "ALL", "IT"])
"""Right behind SOLDER they make it a verb: solder the copper lead."""


def other_sense(upper: str, start: int, end: int) -> bool:
    """Whether the words right before or behind the name of a metal make it something else."""
    if _NOT_BEFORE.search(upper[max(0, start - _NEAR) : start]):
        return True
    near = upper[max(0, start - 2 * _NEAR) : start]
    if upper.startswith(_GREYS, start) and _GREY_BEFORE.search(near):
        return "INOX" not in upper[start : end + 6]
    if "-" in (upper[start - 1 : start], upper[end : end + 1]) and _constituent(upper, start, end):
        return True
    right_before = near[-_NEAR:]
    shade = upper[start:end] == "BRONZE" and _SHADE.search(right_before)
    if shade or _CUT_BEFORE.search(near) or _FLUX.search(right_before):
        return True
    tint = _TINT_AFTER.match(upper, end)
    if not tint:
        return False
    if not tint.group().isascii() or upper[start:end] in _TINTED:
        return True
    if tint.group() == " BLUE":
        return upper[start:end] == "STEEL" and not _ALLOY_BEFORE.search(upper[:start])
    return tint.group()[0] == "-" and upper[start:end] in _TINTS


def of_solder(before: list[str], spelled: list[str]) -> bool:
    """Whether the item is solder or brazing metal, and the metal what it is of, or for."""
    if not before or before[-1] not in ("SOLDER", "BRAZING") or spelled[0] != before[-1]:
        return False
    return ARTICLES.isdisjoint(spelled[1:2])  # none where signs of a script without spaces follow


_ELEMENTS = (
    "NICKEL|CHROMIUM|CHROME|MOLYBDENUM|COLUMBIUM|NIOBIUM|IRON|MANGANESE|SILICON|VANADIUM|COBALT|COPPER|TUNGSTEN"
    "|ZIRCONIUM|ZINC|ALUMINI?UM|TITANIUM|TANTALUM|BORON|TIN|MAGNESIUM"
)
_CHAIN = re.compile(rf"\b(?:{_ELEMENTS})(?:-(?:{_ELEMENTS}))+\b")
_ALLOYED = re.compile(r"\b(?:ALLOYS?|STEELS?)\b")
_LAYERED = re.compile(r"PLAT(?:ED|ING)|FINISH|COAT|LAYER|CLAD")
_FLUX = re.compile(r"\bFLUX[ ,]{1,2}(?:(?:GAS )?(?:WELDING|SOLDERING|BRAZING)[ ,]{1,2})?$")
"""What works on the metal behind it: FLUX,BRAZING,SILVER."""


def _constituent(upper: str, start: int, end: int) -> bool:
    """Whether hyphens make an element a part of an alloy's description: nickel-chromium-molybdenum alloy.

    The first of a chain is its base and stays where its name is a general one: aluminium-lithium.
    """
    for chain in _CHAIN.finditer(upper):
        first = start == chain.start()
        if not chain.start() <= start < chain.end() or (first and end >= chain.end()):
            continue
        if _LAYERED.search(upper) or not (chain.group().count("-") > 1 or _ALLOYED.search(upper)):
            return False
        return not (first and upper.startswith(_BASES, start))
    return False


_BASES = ("ALUMIN", "TITANIUM", "MAGNESIUM")
