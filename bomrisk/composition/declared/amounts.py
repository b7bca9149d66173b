"""Amounts as declarations write them: numbers with a range or tolerance, in units of mass or as shares."""

from __future__ import annotations

import math
import re

from bomrisk.bom.numerals import CORE, number, tidy
from bomrisk.bom.units import grams
from bomrisk.composition.declared.model import Amount

_SHARES = {
    "%": 0.01,
    "percent": 0.01,
    "masspercent": 0.01,
    "weightpercent": 0.01,
    "pct": 0.01,
    "wt": 0.01,
    "ppm": 1e-6,
    "mg/kg": 1e-6,
    "ppb": 1e-9,
}
_RANGE = re.compile(rf"({CORE})\s*(?:%|ppm)?\s*(?:-|–|—|to|\.\.+|…|bis|~)\s*({CORE})")
_WITHIN = re.compile(rf"({CORE})\s*(?:%|ppm)?\s*(?:±|\+/-|\+-)\s*({CORE})\s*(%?)")
_BOUND = re.compile(rf"(?:<=|≤|<|max\.?|up to)\s*({CORE})", re.IGNORECASE)
_ONE = re.compile(CORE)


def factor_of(unit: str) -> tuple[float, bool] | None:
    """Grams, or the share, that one of the unit is, and whether it is a share; None for an unknown unit."""
    plain = re.sub(r"[\s.()\[\]_-]|by|of", "", unit.casefold())
    plain = re.sub(
        r"(wt|w/w|m/m|mass|weight|gew|ma)(?=%)|(?<=%)(wt|w/w|m/m|mass|weight|gew)", "", plain
    )
    plain = re.sub(r"(?<=ppm)(wt|w/w|mass|weight|w)$", "", plain)
    if plain in _SHARES:
        return _SHARES[plain], True
    mass = grams(unit.strip())
    return (mass, False) if mass else None


def amount_of(text: str, unit: str, decimal: str = ".") -> Amount | None:
    """The amount of a cell: `unit` serves a bare number, a unit in the cell goes before it.

    "2.1", "20-25", "2.1 ± 0.1", "30 ± 5 %" (of the value), "< 0.1". None where number or unit cannot
    be read, or the number is negative or no finite one.
    """
    plain = tidy(text)
    numbers, rest = _numbers(plain, decimal)
    if numbers is None:
        return None
    found = factor_of(rest or unit)
    if found is None:
        return None
    factor, share = found
    low, likely, high = numbers
    if low < 0 or not math.isfinite(high * factor):
        return None
    return Amount(low, likely, high).times(factor, share=share)


def _numbers(text: str, decimal: str) -> tuple[tuple[float, float | None, float] | None, str]:
    """Least, likely and greatest number of a text, and what is left of it: the unit."""
    match = _WITHIN.match(text)
    if match:
        middle, width = number(match[1], decimal), number(match[2], decimal)
        if middle is None or width is None:
            return None, ""
        rest = text[match.end() :].strip()
        if match[3] and rest:
            width *= middle / 100
        elif match[3]:
            rest = "%" if "%" in text[: match.end(1) + 2] else ""
            width = width if rest else width * middle / 100
        return (max(0.0, middle - width), middle, middle + width), rest
    match = _RANGE.match(text)
    if match:
        low, high = number(match[1], decimal), number(match[2], decimal)
        if low is None or high is None or low > high:
            return None, ""
        return (low, (low + high) / 2, high), text[match.end() :].strip()
    match = _BOUND.match(text)
    if match:
        high = number(match[1], decimal)
        return (None if high is None else (0.0, None, high)), text[match.end() :].strip()
    match = _ONE.match(text)
    value = number(match[0], decimal) if match else None
    if match is None or value is None:
        return None, ""
    return (value, value, value), text[match.end() :].strip()
