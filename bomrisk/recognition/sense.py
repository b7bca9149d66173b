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
_TINT_AFTER = re.compile(r"[ -](?:GR[EA]Y|BLONDE?|BLUE)\b|[色색]")
_ALLOY_BEFORE = re.compile(r"(?:STAINLESS|SPRING|CARBON|TOOL|MILD|ALLOY) $")
_TINTS = frozenset(["STEEL", "IRON", "BRONZE", "NICKEL", "CHROME", "COBALT"])
"""Names of colours where a hyphen joins them to one: steel-grey."""
_TINTED = frozenset(["PLATINUM", "SILVER", "GOLD"])
_NEAR = 24


def other_sense(upper: str, start: int, end: int) -> bool:
    """Whether the words right before or behind the name of a metal make it something else."""
    if _NOT_BEFORE.search(upper[max(0, start - _NEAR) : start]):
        return True
    tint = _TINT_AFTER.match(upper, end)
    if not tint:
        return False
    if not tint.group().isascii() or upper[start:end] in _TINTED:
        return True
    if tint.group() == " BLUE":
        return upper[start:end] == "STEEL" and not _ALLOY_BEFORE.search(upper[:start])
    return tint.group()[0] == "-" and upper[start:end] in _TINTS
