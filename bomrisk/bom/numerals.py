"""Numbers as people write them, and which sign separates the decimals of a column."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable

BOTH = ".,"
"""Sign of a workbook's column in which true numbers (2.5) and texts (2,5) stand side by side."""
CORE = (
    r"[-+]?(?:\d{1,3}(?:[ '\u00a0\u202f\u2009]\d{3})+(?:[.,]\d+)?|\d[\d.,]*\d|\d|[.,]\d+)"
    r"(?:[eE][-+]?\d{1,3})?"
)
"""A number in a text. Spaces and apostrophes part groups of three: "4 5" is no number."""
PLAIN = re.compile(CORE)
_SPACES = re.compile(r"[ '\u00a0\u202f\u2009]")
_TWO_LINES = re.compile(r"(?<=\d)\s*[\r\n]\s*(?=\d)")
_POWER = re.compile(r"[eE].*$")
_FIXED = re.compile(r"[-+]?\d{1,3}([.,])\d{3}(?:\s*[^\W\d]{1,8}\.?)?")
_SAME = str.maketrans("’ʼ`´−‑‐", "''''---")
_FRACTIONS = str.maketrans(
    {"½": " 1/2", "¼": " 1/4", "¾": " 3/4", "⅓": " 1/3", "⅔": " 2/3"}
    | {"⅛": " 1/8", "⅜": " 3/8", "⅝": " 5/8", "⅞": " 7/8"}
)


def tidy(text: str) -> str:
    """A cell with odd digits, minus signs, apostrophes and spaces made plain; two lines stay apart."""
    plain = unicodedata.normalize("NFKC", text.translate(_FRACTIONS))
    plain = _TWO_LINES.sub("; ", plain)
    return " ".join(plain.translate(_SAME).split())


def decimal_sign(texts: Iterable[str], *, typed: bool = False) -> str | None:
    """',' or '.' if the texts of one column tell which sign separates decimals, else None.

    "1,5" speaks for the comma, "1.5" for the dot, "1,234" for neither; "1.234,5" and "1,234.5",
    which show both signs, outvote all others. In a workbook (`typed`) true numbers come with a dot
    whatever the texts beside them use, so there both may be meant (`BOTH`).
    """
    votes = {",": 0, ".": 0}
    sure = {",": 0, ".": 0}
    for text in texts:
        for core in PLAIN.findall(text):
            sign = own_sign(core, typed=typed)
            if sign:
                votes[sign] += 1
                sure[sign] += ("." in core) == ("," in core)
    if sure[","] != sure["."]:
        return "," if sure[","] > sure["."] else "."
    if typed and votes[","] and votes["."]:
        return BOTH
    if votes[","] == votes["."]:
        return None
    return "," if votes[","] > votes["."] else "."


def fixed_sign(texts: Iterable[str]) -> str | None:
    """The sign of a column in which every number has three digits behind it: "1,000", "12,500".

    Programs write quantities with three decimals. Were the sign one of thousands, a number below
    1,000 would stand without it.
    """
    signs: list[str] = []
    for text in texts:
        match = _FIXED.fullmatch(text.strip())
        if match is None:
            return None
        signs.append(match[1])
    return signs[0] if len(signs) >= 2 and len(set(signs)) == 1 else None


def own_sign(core: str, *, typed: bool) -> str | None:
    """The decimal sign that one number shows by itself, None if both readings fit or there is none."""
    core = _POWER.sub("", core)
    dots, commas = core.count("."), core.count(",")
    if dots and commas:
        return "," if core.rfind(",") > core.rfind(".") else "."
    for sign, count, other in ((",", commas, "."), (".", dots, ",")):
        if count > 1:
            return other if _in_groups(core.lstrip("+-"), sign) else None
        if count == 1:
            grouped = re.fullmatch(rf"[-+]?[1-9]\d{{0,2}}\{sign}\d{{3}}", core)
            if grouped and not (typed and sign == "."):
                return None
            return sign
    return None


def _in_groups(whole: str, sign: str) -> bool:
    """Whether digits stand in groups of three, or of two before the last three as in India."""
    three = re.fullmatch(rf"\d{{1,3}}(?:\{sign}\d{{3}})+", whole)
    return bool(three or re.fullmatch(rf"\d{{1,2}}(?:\{sign}\d\d)*\{sign}\d{{3}}", whole))


def number(text: str, decimal: str = ".") -> float | None:
    """The number that a bare numeric text writes, with `decimal` deciding where both readings fit.

    None if it is no number, or its groups of digits do not fit together ("1,234,56").
    """
    core = _SPACES.sub("", text.strip()).removeprefix("+")
    if not core:
        return None
    power = _POWER.search(core)
    digits = core[: power.start()] if power else core
    sign = own_sign(digits, typed=False)
    if sign is None:
        sign = decimal if len(decimal) == 1 else "," if "," in digits else "."
    other = "," if sign == "." else "."
    whole, *parts = digits.split(sign)
    if len(parts) > 1 or any(other in part for part in parts):
        return None
    if other in whole and not _in_groups(whole.lstrip("-"), other):
        return None
    try:
        value = float(core.replace(other, "").replace(sign, "."))
    except ValueError:
        return None
    return value if math.isfinite(value) else None
