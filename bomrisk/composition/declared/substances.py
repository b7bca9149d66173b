"""From a substance to the elements in it: by CAS number, by formula, by the name of an element.

Atomic weights are the abridged standard ones of IUPAC, `elements.csv`; CAS numbers with their grade of
evidence stand in `substances.csv`.
"""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from importlib import resources

from bomrisk.recognition.grammar.formula import atoms

_CAS = re.compile(r"\b(\d{2,7})-(\d{2})-(\d)\b")
_OTHER_SPELLINGS = {"aluminum": "Al", "sulphur": "S", "cesium": "Cs", "wolfram": "W"}


def table(name: str) -> list[dict[str, str]]:
    """A table of this room as rows of text."""
    text = resources.files("bomrisk.composition.declared").joinpath(name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


@lru_cache(maxsize=1)
def atomic_weights() -> dict[str, float]:
    """Symbol to standard atomic weight (IUPAC 2013, abridged), g/mol."""
    return {row["symbol"]: float(row["atomic_weight"]) for row in table("elements.csv")}


@lru_cache(maxsize=1)
def standing_in() -> dict[str, str]:
    """Symbol to the material of the knowledge that stands for the bare element in the supply chain."""
    return {
        row["symbol"]: row["material_id"] for row in table("elements.csv") if row["material_id"]
    }


@lru_cache(maxsize=1)
def symbols() -> dict[str, str]:
    """Name of an element, in lower case, to its symbol."""
    named = {row["name"]: row["symbol"] for row in table("elements.csv")}
    return named | _OTHER_SPELLINGS


@lru_cache(maxsize=1)
def _formulas() -> dict[str, str]:
    return {row["cas"]: row["formula"] for row in table("substances.csv")}


def cas_number(text: str) -> str | None:
    """The first CAS number in a text whose check digit holds; None if there is none."""
    for match in _CAS.finditer(text):
        digits = match[1] + match[2]
        check = sum(place * int(digit) for place, digit in enumerate(reversed(digits), 1)) % 10
        if check == int(match[3]):
            return f"{match[1].lstrip('0')}-{match[2]}-{match[3]}"
    return None


MOST_ATOMS = 20
"""Atoms of one element in a formula that is read from a name: N42SH is a grade of magnet, no compound."""


def shares_of_formula(formula: str) -> dict[str, float] | None:
    """Mass share (0 to 1) of each element of a formula; None where it is none or a weight is not known."""
    counts = atoms(formula)
    weights = atomic_weights()
    if not counts or any(symbol not in weights for symbol in counts):
        return None
    masses = {symbol: count * weights[symbol] for symbol, count in counts.items()}
    whole = sum(masses.values())
    return {symbol: mass / whole for symbol, mass in masses.items()} if whole > 0 else None


def elements_of(name: str, cas: str) -> dict[str, float] | None:
    """Mass shares of the elements of a substance; None for one that is not known.

    A known CAS number decides. Without one the name counts: an element's name or symbol, or a formula
    of at least two elements; a number that is not known leaves the name to decide.
    """
    number = cas_number(cas)
    if number in _formulas():
        return shares_of_formula(_formulas()[number])
    plain = " ".join(name.split())
    symbol = symbols().get(plain.casefold().removesuffix(" metal"))
    if symbol:
        return {symbol: 1.0}
    if plain in atomic_weights():
        return {plain: 1.0}
    for word in re.findall(r"[A-Za-z0-9().]+", plain) if len(plain) <= 200 else ():
        formula = word.strip(".") if word.count("(") == word.count(")") else word.strip("().")
        shares = shares_of_formula(formula) if any(char.isdigit() for char in formula) else None
        if shares and len(shares) > 1 and max((atoms(formula) or {}).values()) <= MOST_ATOMS:
            return shares
    return None
