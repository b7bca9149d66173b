"""Units of measure as parts lists write them: what they count, and grams for units of mass."""

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
    """Name → what the unit counts, and name → grams.

    Grams by definition of the SI; pound and ounce by the international yard and pound agreement.
    Where a name stands twice, the first kind of the table is meant.
    """
    kinds: dict[str, str] = {}
    mass: dict[str, float] = {}
    for row in _table("units.csv"):
        for name in row["names"].split():
            kinds.setdefault(name, row["kind"])
            if row["grams"]:
                mass.setdefault(name, float(row["grams"]))
    return kinds, mass


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


def grams(text: str) -> float | None:
    """Grams in one unit of mass, None if the text is no unit of mass.

    A denominator is left to the caller: "g/Part" is grams per unit of the quantity.
    """
    _, mass = _units()
    name = plain(text)
    numerator = re.split(r"/|per|pro(?=st)", name, maxsplit=1)[0]
    return mass.get(name, mass.get(numerator))


@lru_cache(maxsize=1)
def _currencies() -> dict[str, str]:
    return {name: row["code"] for row in _table("currencies.csv") for name in row["names"].split()}


def currency(text: str | None) -> str | None:
    """ISO 4217 code of a currency as written in a header, a cell or a currency column.

    A lone $ is taken for US dollars; a lone ¥ is Chinese or Japanese, so it stays unknown.
    """
    if not text:
        return None
    name = text.strip().casefold()
    return _currencies().get(name, "USD" if name == "$" else None)
