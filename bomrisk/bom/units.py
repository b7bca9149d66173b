"""Units of measure as parts lists write them: what they count, and how much of it."""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import lru_cache
from importlib import resources


def _table(name: str) -> list[dict[str, str]]:
    source = resources.files("bomrisk.bom").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(source.splitlines()))


@lru_cache(maxsize=1)
def _units() -> tuple[dict[str, str], dict[str, float]]:
    """Name → what the unit counts, and name → how many g, mm, mm² or ml it is.

    By definition of the SI; pound, ounce, inch, foot and yard by the international yard and pound
    agreement of 1959, gallons and their parts as of the United States. Where a name stands twice, the
    first kind of the table is meant.
    """
    kinds: dict[str, str] = {}
    factors: dict[str, float] = {}
    for row in _table("units.csv"):
        for name in row["names"].split():
            if name not in kinds and row["factor"]:
                factors[name] = float(row["factor"])
            kinds.setdefault(name, row["kind"])
    return kinds, factors


def plain(text: str) -> str:
    """A unit as it is looked up: lower case, without spaces and closing dot."""
    clean = text.strip()
    name = unicodedata.normalize("NFC", clean).casefold().replace(" ", "").rstrip(".")
    return name or clean


def kind_of_unit(text: str) -> str | None:
    """What a unit counts: piece, group, mass, length, area, volume, other; None if it is none."""
    kinds, _ = _units()
    name = plain(text)
    return kinds.get(name) or kinds.get(name.rstrip("s"))


def same(one: str, two: str) -> bool:
    """Whether two names mean the same unit, as far as the table tells."""
    if plain(one) == plain(two):
        return True
    kind = kind_of_unit(one)
    return kind is not None and kind == kind_of_unit(two) and _factor(one) == _factor(two)


def _factor(text: str) -> float | None:
    _, factors = _units()
    name = plain(text)
    return factors.get(name, factors.get(name.rstrip("s")))


def grams(text: str) -> float | None:
    """Grams in one unit of mass, None if the text is no unit of mass.

    A denominator is left to the caller: "g/Part" is grams per unit of the quantity.
    """
    name = plain(text)
    for part in (name, re.split(r"/|per|pro(?=st)", name, maxsplit=1)[0]):
        if kind_of_unit(part) == "mass":
            return _factor(part)
    return None


_PER_COUNT = re.compile(
    r"(?i)(?:/|\b(?:per|pro|je|pour|por|za|за)\b|每|\bp\.)\s*"
    r"(10|100|1[.,' ]?000|hundred|thousand|hundert|tausend)(?![\d.,])"
)
_COUNTS = {"hundred": 100.0, "hundert": 100.0, "thousand": 1000.0, "tausend": 1000.0}


def per_count(text: str) -> float:
    """For how many pieces a price or a mass is stated: 100 for "Preis/100" and "kg per 100 pcs", else 1."""
    match = _PER_COUNT.search(text)
    if match is None:
        return 1.0
    word = match[1].casefold()
    return _COUNTS.get(word) or float(re.sub(r"\D", "", word))


def per_length(text: str) -> float | None:
    """Millimetres to which "kg/m" or "lb per ft" refers, None if the unit is per piece."""
    match = re.fullmatch(r"[^\W\d]+\s*(?:/|per|pro)\s*([^\W\d]+)\.?", text.strip(), re.I)
    return millimetres(match[1]) if match else None


def millimetres(text: str) -> float | None:
    """Millimetres in one unit of length, None if the text is no unit of length."""
    return _factor(text) if kind_of_unit(text) == "length" else None


def millilitres(text: str) -> float | None:
    """Millilitres in one unit of volume, None if the text is no unit of volume."""
    return _factor(text) if kind_of_unit(text) == "volume" else None


@lru_cache(maxsize=1)
def _currencies() -> dict[str, str]:
    return {name: row["code"] for row in _table("currencies.csv") for name in row["names"].split()}


def currency(text: str | None) -> str | None:
    """ISO 4217 code of a currency as written in a header, a cell or a currency column.

    A lone $ is taken for US dollars. A lone ¥ is Chinese or Japanese, a kr Swedish, Norwegian or Danish:
    they stay unknown.
    """
    if not text:
        return None
    name = "".join(text.casefold().split())
    known = _currencies()
    return known.get(name) or known.get(name.rstrip(".")) or ("USD" if name == "$" else None)
