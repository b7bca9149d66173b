"""Quantity texts → numbers: what cannot be understood stays a text and becomes unknown, never 0 or 1."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from bomrisk.bom import units, words

_CORE = r"[-+]?(?:\d[\d.,' \u00a0\u202f\u2009]*\d|\d|[.,]\d+)(?:[eE][-+]?\d{1,3})?"
_PLAIN = re.compile(_CORE)
_WITH_UNIT = re.compile(
    rf"(?P<about>{words.pattern('approximate')})?\s*(?P<number>{_CORE})\s*(?P<unit>\D.*)?"
)
_FRACTION = re.compile(
    r"(?:(?P<whole>\d+)[\s\-+]+)?(?P<top>\d+)\s*[/⁄]\s*(?P<bottom>\d+)\s*(?P<unit>[^\d\W].*|[\"'])?"
)
_PRODUCT = re.compile(
    rf"(?P<one>{_CORE})\s*(?:[x×*✕]|mal)\s*(?P<two>{_CORE})\s*(?P<unit>[^\d\W].*)?", re.I
)
_TIMES = re.compile(rf"(?:[x×]\s*(?P<a>{_CORE})|(?P<b>{_CORE})\s*[x×])", re.I)
_RANGE = re.compile(rf"{_CORE}\s*(?:-|–|—|\.\.\.?|…|to|bis|~|à)\s*{_CORE}.*", re.I)
_ASIDE = re.compile(r"(?P<main>[^(\[]+?)\s*[(\[](?P<aside>[^)\]]*)[)\]]")
_DATE = re.compile(r"(?:19|20)\d\d-\d\d-\d\d(?: \d\d:\d\d:\d\d)?$")
LONGEST = 80
"""A longer text is a sentence, not a quantity."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity as understood: the number (None = unknown), its unit if the text names one, a remark."""

    value: float | None
    unit: str | None = None
    note: str | None = None


def decimal_sign(texts: Iterable[str], *, typed: bool = False) -> str | None:
    """',' or '.' if the texts of one column tell which sign separates decimals, else None.

    "1,5" and "1.234,5" speak for the comma, "1.5" and "1,234.5" for the dot; "1,234" speaks for
    neither. In a workbook (`typed`) numbers come with a dot, so a lone dot is no thousands sign.
    """
    votes = {",": 0, ".": 0}
    for text in texts:
        for core in _PLAIN.findall(text):
            sign = _vote(core.strip(), typed=typed)
            if sign:
                votes[sign] += 1
    if votes[","] == votes["."]:
        return None
    return "," if votes[","] > votes["."] else "."


def _vote(core: str, *, typed: bool) -> str | None:
    core = re.sub(r"[eE].*$", "", core)
    dots, commas = core.count("."), core.count(",")
    if dots and commas:
        return "," if core.rfind(",") > core.rfind(".") else "."
    for sign, count, other in ((",", commas, "."), (".", dots, ",")):
        if count > 1:
            return other if re.fullmatch(rf"[-+]?\d{{1,3}}(?:\{sign}\d{{3}})+", core) else None
        if count == 1:
            grouped = re.fullmatch(rf"[-+]?[1-9]\d{{0,2}}\{sign}\d{{3}}", core)
            if grouped and not (typed and sign == "."):
                return None
            return sign
    return None


def number(text: str, decimal: str = ".") -> float | None:
    """The number that a bare numeric text writes, with `decimal` deciding where both readings fit."""
    core = re.sub(r"[ '\u00a0\u202f\u2009]", "", text.strip())
    core = core.removeprefix("+")
    if not core:
        return None
    own = _vote(core, typed=False)
    sign = own or decimal
    other = "," if sign == "." else "."
    core = core.replace(other, "").replace(sign, ".")
    if core.count(".") > 1:
        return None
    try:
        value = float(core)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def parse(text: str, decimal: str = ".") -> Amount:
    """Understand one quantity cell; `decimal` is the sign that its column uses."""
    clean = " ".join(
        unicodedata.normalize(
            "NFKC", text.replace("½", " 1/2").replace("¼", " 1/4").replace("¾", " 3/4")
        ).split()
    )
    if len(clean) > LONGEST:
        return _unknown(clean)
    low = clean.casefold()
    special = _specials().get(low)
    if special is not None:
        return special
    if _PLAIN.fullmatch(clean):
        value = number(clean, decimal)
        return Amount(value) if value is not None else _unknown(clean)
    for attempt in (_fraction, _product, _times, _measured, _with_aside):
        found = attempt(clean, decimal)
        if found is not None:
            return found
    return _unknown(clean)


def _unknown(clean: str) -> Amount:
    if _DATE.match(clean):
        return Amount(
            None,
            None,
            f"quantity {clean[:10]!r} is a date, which a spreadsheet may have made of a text such as"
            " '3, 4': it counts as unknown",
        )
    return Amount(None, None, f"quantity {clean[:60]!r} is not understood: it counts as unknown")


@lru_cache(maxsize=1)
def _specials() -> dict[str, Amount]:
    """Texts that stand for a quantity without being a number."""
    found: dict[str, Amount] = {}
    for topic, why in (
        ("nothing", "unknown"),
        ("as required", "as required, so unknown"),
        ("variable", "variable, so unknown"),
        ("reference only", "reference only, counted where it is called for"),
    ):
        for text in words.plain(topic):
            found[text] = Amount(None, None, f"quantity {text!r}: {why}")
    for number_ in range(1, 11):
        for text in words.plain(f"number {number_}"):
            found[text] = Amount(float(number_))
    found[""] = Amount(None)
    return found


def _fraction(clean: str, _: str) -> Amount | None:
    match = _FRACTION.fullmatch(clean)
    if not match or int(match["bottom"]) == 0:
        return None
    unit = _unit(match["unit"])
    if match["unit"] and unit is None:
        return None
    value = Fraction(int(match["whole"] or 0)) + Fraction(int(match["top"]), int(match["bottom"]))
    return Amount(float(value), unit)


def _product(clean: str, decimal: str) -> Amount | None:
    match = _PRODUCT.fullmatch(clean)
    if not match:
        return None
    one, two = number(match["one"], decimal), number(match["two"], decimal)
    unit = _unit(match["unit"])
    if one is None or two is None or (match["unit"] and unit is None):
        return None
    return Amount(one * two, unit, f"quantity {clean!r} is taken as {one:g} times {two:g}")


def _times(clean: str, decimal: str) -> Amount | None:
    match = _TIMES.fullmatch(clean)
    value = number(match["a"] or match["b"], decimal) if match else None
    return None if value is None else Amount(value)


def _measured(clean: str, decimal: str) -> Amount | None:
    """A number with a unit: "200g", "15 m", "10pk", "4 pcs"."""
    if _RANGE.fullmatch(clean):
        return Amount(None, None, f"quantity {clean[:60]!r} is a range: it counts as unknown")
    match = _WITH_UNIT.fullmatch(clean)
    if not match:
        return None
    value = number(match["number"], decimal)
    unit = _unit(match["unit"])
    if value is None or (match["unit"] and unit is None):
        return None
    note = f"quantity {clean!r} is only approximate" if match["about"] else None
    return Amount(value, unit, note)


def _with_aside(clean: str, decimal: str) -> Amount | None:
    """A quantity with a remark in brackets: "4 (2 per side)"."""
    match = _ASIDE.fullmatch(clean)
    if not match or _ASIDE.search(match["main"]):
        return None
    inner = parse(match["main"], decimal)
    if inner.value is None:
        return None
    unit = inner.unit or _unit(match["aside"])
    return Amount(
        inner.value,
        unit,
        inner.note or f"quantity {clean[:60]!r}: the remark in brackets is not counted",
    )


def _unit(text: str | None) -> str | None:
    if text is None:
        return None
    name = text.strip().rstrip(".")
    return name if units.kind_of_unit(name) else None
