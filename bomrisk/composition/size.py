"""Volume from a size in words: 12x5x3 mm, Ø10 x 4 mm, ring 20x10x5 mm, 1/2 x 1/8 x 1/16 in.

Only sizes with a unit are read. Three sizes are a block, or a ring where the text says so; two are a disc or
a rod. What shape it is can be wrong, so the volume is a range: from the round to the square of it.
"""

from __future__ import annotations

import re
from math import pi

_UNIT_MM = {"MM": 1.0, "CM": 10.0, "IN": 25.4, "INCH": 25.4, '"': 25.4}
_NUMBER = r"(?:[0-9]+[- ])?[0-9]+/[0-9]+|[0-9]*[.,]?[0-9]+"
_UNIT = r"(MM|CM|INCH|IN\b|\")?"
_BY = r"\s*[X×*]\s*"
_ROUND = r"(?:[ØD]|DIA\.?|Ø=)?\s*"
_SIZE = re.compile(
    rf"{_ROUND}({_NUMBER})\s*{_UNIT}{_BY}(?:[HL]=?)?({_NUMBER})\s*{_UNIT}(?:{_BY}(?:[HL]=?)?({_NUMBER})\s*{_UNIT})?"
)
_RING = re.compile(r"\bRING\b|\bANNUL|\bTUBE\b|\bANNEAU\b|\bANILLO\b|环|環|リング")
_DISC = re.compile(r"[ØD]\s?[0-9]|\bDIS[CK]\b|\bDIA|CYLIND|\bROD\b|ROUND|SCHEIBE|圆|円")

Volume = tuple[float, float, float]
"""Least, likely and greatest volume, cm3."""


def volume_cm3(text: str) -> Volume | None:
    """The volume that a size in a text describes; None without a size or without its unit."""
    upper = text.upper().replace(",", ".") if re.search(r"[0-9],[0-9]", text) else text.upper()
    match = _SIZE.search(upper)
    if match is None:
        return None
    unit = match[6] or match[4] or match[2]
    if unit is None:
        return None
    sizes = [
        _number(found) * _UNIT_MM[own or unit] / 10.0
        for found, own in ((match[1], match[2]), (match[3], match[4]), (match[5], match[6]))
        if found
    ]
    if min(sizes) <= 0:
        return None
    if len(sizes) == 2:
        diameter, height = sizes
        disc = pi / 4 * diameter**2 * height
        return disc * 0.9, disc, (disc if _DISC.search(upper) else diameter**2 * height)
    first, second, third = sizes
    block = first * second * third
    if _RING.search(upper) and first > second:
        ring = pi / 4 * (first**2 - second**2) * third
        return ring * 0.9, ring, ring
    return block * 0.7, block, block


def _number(text: str) -> float:
    whole, _, fraction = text.replace("-", " ").rpartition(" ")
    if "/" in fraction:
        over, under = fraction.split("/")
        value = float(over) / float(under) if float(under) else 0.0
    else:
        value = float(fraction)
    return value + (float(whole) if whole else 0.0)
