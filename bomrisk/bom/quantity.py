"""Quantity texts → numbers: what cannot be understood stays a text and becomes unknown, never 0 or 1."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from bomrisk.bom import units, words
from bomrisk.bom.numerals import CORE, PLAIN, number, tidy

_ABOUT = words.pattern("approximate")
_WITH_UNIT = re.compile(
    rf"(?P<about>{_ABOUT})?\s*(?P<number>{CORE})\s*(?P<unit>[^\d\s,.].*?)?", re.I
)
_ABOUT_AFTER = re.compile(rf"(?P<main>{CORE}.*?)\s*(?:{_ABOUT}|左右)", re.I)
_LABEL = re.compile(rf"(?:{words.pattern('quantity label')})[\s:=]*(?=\d)", re.I)
_LABEL_AFTER = re.compile(rf"(?<=\d)\s*(?:{words.pattern('quantity after')})", re.I)
_FRACTION = re.compile(
    r"(?P<minus>-)?(?:(?P<whole>\d+)[\s\-+]+)?(?P<top>\d+)\s*[/⁄]\s*(?P<bottom>\d+)\s*(?P<unit>[^\d\W].*|[\"'])?"
)
_PRODUCT = re.compile(
    rf"(?P<one>{CORE})\s*(?:[x×*✕]|mal)\s*(?P<two>{CORE})\s*(?P<unit>[^\d\W].*|[\"'])?", re.I
)
_TIMES = re.compile(rf"(?:[x×]\s*(?P<a>{CORE})|(?P<b>{CORE})\s*[x×])", re.I)
_RANGE = re.compile(
    rf"{CORE}\s*[^\W\d]{{0,4}}\s*(?:-|–|—|\.\.\.?|…|~|{words.pattern('range')})\s*{CORE}.*", re.I
)
_BOUND = re.compile(
    rf"(?:[<>≤≥=]+|(?:{words.pattern('bound')})[.:]?)\s*{CORE}.*"
    rf"|{CORE}\s*\S{{0,6}}?\s*(?:[+]|(?:{words.pattern('bound')})\.?)",
    re.I,
)
_SPARE = re.compile(rf"(?P<main>{CORE}[^+]*?)\s*\+\s*{CORE}\s*(?:{words.pattern('spare')})", re.I)
_MARKED = re.compile(r"(?P<main>.*?\w)\s*\*{1,3}")
_MINUS_AFTER = re.compile(rf"(?P<number>{CORE})-")
_TWO_MASSES = re.compile(rf"({CORE})\s*([^\W\d]+)\.?,?\s*({CORE})\s*([^\W\d]+)\.?")
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


def parse(text: str, decimal: str = ".") -> Amount:
    """Understand one quantity cell; `decimal` is the sign that its column uses."""
    clean = tidy(text)
    if len(clean) > LONGEST:
        return _unknown(clean)
    special = _specials().get(clean.casefold())
    if special is not None:
        return special
    clean = _LABEL.sub("", clean, count=1)
    label = _LABEL_AFTER.search(clean)
    clean = clean[: label.start()] if label and label.end() == len(clean) else clean
    plain = clean.removesuffix(".")
    if PLAIN.fullmatch(plain):
        value = number(plain, decimal)
        return Amount(value) if value is not None else _unknown(clean)
    for attempt in _ATTEMPTS:
        found = attempt(clean, decimal)
        if found is not None:
            return found
    return _unknown(clean)


def _unknown(clean: str, why: str = "is not understood") -> Amount:
    if _DATE.match(clean):
        return Amount(
            None,
            None,
            f"quantity {clean[:10]!r} is a date, which a spreadsheet may have made of a text such as"
            " '3, 4': it counts as unknown",
        )
    return Amount(None, None, f"quantity {clean[:60]!r} {why}: it counts as unknown")


@lru_cache(maxsize=1)
def _specials() -> dict[str, Amount]:
    """Texts that stand for a quantity without being a number."""
    found: dict[str, Amount] = {}
    for topic, why in (
        ("nothing", "unknown"),
        ("as required", "as required, so unknown"),
        ("variable", "variable, so unknown"),
        ("reference only", "reference only, counted where it is called for"),
        ("failed formula", "a formula that failed, so unknown"),
    ):
        for text in words.plain(topic):
            found[text] = Amount(None, None, f"quantity {text!r}: {why}")
    for text, value in _number_words().items():
        found[text] = Amount(value)
    found[""] = Amount(None)
    return found


@lru_cache(maxsize=1)
def _number_words() -> dict[str, float]:
    return {text: float(value) for value in range(1, 11) for text in words.plain(f"number {value}")}


def _fraction(clean: str, _: str) -> Amount | None:
    match = _FRACTION.fullmatch(clean)
    if not match or int(match["bottom"]) == 0:
        return None
    unit = _unit(match["unit"])
    if match["unit"] and unit is None:
        return None
    value = Fraction(int(match["whole"] or 0)) + Fraction(int(match["top"]), int(match["bottom"]))
    return Amount(float(-value if match["minus"] else value), unit)


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


def _bounded(clean: str, _: str) -> Amount | None:
    """A range or a least or greatest number: "2-4", "3 to 5", "≥3", "min. 3", "5+"."""
    if _DATE.match(clean):
        return _unknown(clean)
    if _RANGE.fullmatch(clean):
        return _unknown(clean, "is a range")
    if _BOUND.fullmatch(clean):
        return _unknown(clean, "only says a least or greatest number")
    return None


def _returned(clean: str, decimal: str) -> Amount | None:
    """A minus behind the number, as SAP writes it."""
    match = _MINUS_AFTER.fullmatch(clean)
    value = number(match["number"], decimal) if match else None
    return None if value is None else Amount(-value)


def _measured(clean: str, decimal: str) -> Amount | None:
    """A number with a unit: "200g", "15 m", "10pk", "4 pcs"."""
    match = _WITH_UNIT.fullmatch(clean)
    if not match:
        return None
    value = number(match["number"], decimal)
    unit = _unit(match["unit"])
    if value is None or (match["unit"] and unit is None):
        return None
    note = f"quantity {clean!r} is only approximate" if match["about"] else None
    return Amount(value, unit, note)


def _about(clean: str, decimal: str) -> Amount | None:
    """A quantity with "approx." behind it."""
    match = _ABOUT_AFTER.fullmatch(clean)
    inner = parse(match["main"], decimal) if match else None
    if inner is None or inner.value is None:
        return None
    return Amount(inner.value, inner.unit, f"quantity {clean!r} is only approximate")


def _in_words(clean: str, _: str) -> Amount | None:
    """A number in words with its unit: "two pcs", "一套", "a pair"."""
    low = clean.casefold()
    for word, value in _number_words().items():
        rest = low.removeprefix(word)
        spaced = rest.startswith(" ") or not word.isascii()
        if rest != low and spaced and (unit := _unit(rest)):
            return Amount(value, unit)
    return None


def _two_masses(clean: str, decimal: str) -> Amount | None:
    """A mass in two units, "5 lb 4 oz": in the first of them."""
    match = _TWO_MASSES.fullmatch(clean)
    if not match:
        return None
    whole, part = number(match[1], decimal), number(match[3], decimal)
    large, small = units.grams(match[2]), units.grams(match[4])
    if whole is None or part is None or not large or not small or small >= large:
        return None
    return Amount(whole + part * small / large, match[2])


def _with_spare(clean: str, decimal: str) -> Amount | None:
    """A quantity and what is ordered beside it: "5 + 1 spare"."""
    match = _SPARE.fullmatch(clean)
    inner = parse(match["main"], decimal) if match else None
    if inner is None or inner.value is None:
        return None
    return Amount(inner.value, inner.unit, f"quantity {clean!r}: the spare ones are not counted")


def _footnoted(clean: str, decimal: str) -> Amount | None:
    """A quantity with the asterisk of a footnote: "4*"."""
    match = _MARKED.fullmatch(clean)
    inner = parse(match["main"], decimal) if match else None
    if inner is None or inner.value is None:
        return None
    return Amount(inner.value, inner.unit, f"quantity {clean!r} has a footnote, which is not read")


def _with_aside(clean: str, decimal: str) -> Amount | None:
    """A quantity with a remark in brackets: "4 (2 per side)"."""
    match = _ASIDE.fullmatch(clean)
    if not match:
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


_ATTEMPTS: tuple[Callable[[str, str], Amount | None], ...] = (
    _fraction, _product, _times, _returned, _measured, _bounded, _about, _in_words, _two_masses,
    _with_spare, _footnoted, _with_aside,
)  # fmt: skip
"""Forms in the order in which they are tried."""


def _unit(text: str | None) -> str | None:
    if text is None:
        return None
    name = text.strip().rstrip(".")
    return name if units.kind_of_unit(name) else None
