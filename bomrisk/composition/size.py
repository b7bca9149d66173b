"""Volume from a size in words: 12x5x3 mm, Ø10 x 4 mm, ring 20x10x5 mm, 1/2 x 1/8 x 1/16 in.

Only sizes with a unit are read. Three sizes are a block, or a ring where the text says so; two are a disc or
a rod. What shape it is can be wrong, so the volume is a range: from the round to the square of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
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

_BOX = re.compile(r"\bBOUNDING BOX\b")
_STOCK = re.compile(
    r"\b(?:BARS?|PLATES?|SHEETS?|STRIPS?|RODS?|TUBES?|TUBING|WIRE|BLOCKS?|BILLETS?|FOILS?|DIS[CK]S?|RINGS?)\b"
    r"|BLECH|STAB|STANGE|PLATTE|ROHR|板|棒|管"
)
_ACROSS = re.compile(rf"(?:[ØD]|\bDIA(?:METER)?\.?|Ø=)\s*=?\s*({_NUMBER})\s*{_UNIT}")
_LONG = re.compile(rf"^({_NUMBER})\s*{_UNIT}$")

Volume = tuple[float, float | None, float]
"""Least, likely and greatest volume, cm3; likely is None where the size only bounds it."""


def volume_of(size: str, texts: Iterable[str], *, solid: bool) -> Volume | None:
    """The volume of a part from its size columns, else from its texts; None if neither says it.

    A magnet, a bar or a plate fills its size (`solid`); of any other part, and of a bounding box, the
    size only bounds the volume from above.
    """
    words = " ".join(texts)
    found = volume_cm3(size) or _long_and_round(size, words)
    for text in texts:
        found = found or volume_cm3(text)
    if found is None:
        return None
    upper = f"{size} {words}".upper()
    if _BOX.search(upper) or not (solid or _STOCK.search(upper)):
        return 0.0, None, found[2]
    return found


def _long_and_round(size: str, words: str) -> Volume | None:
    """A length in its column and a diameter in the text: a rod or a wire."""
    length, across = _LONG.match(size.upper()), _ACROSS.search(words.upper())
    if length is None or across is None or not (length[2] and (across[2] or length[2])):
        return None
    long = _number(length[1]) * _UNIT_MM[length[2]] / 10.0
    wide = _number(across[1]) * _UNIT_MM[across[2] or length[2]] / 10.0
    rod = pi / 4 * wide**2 * long
    return (rod * 0.9, rod, rod) if rod > 0 else None


def volume_cm3(text: str) -> tuple[float, float, float] | None:
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
