"""Which elements and products a source's own words speak of: "NdPr oxide", "HREE", "RE magnets"."""

from __future__ import annotations

import re
from functools import lru_cache

from bomrisk.supply.chain import RARE_EARTHS

LIGHT = frozenset(["La", "Ce", "Pr", "Nd", "Sm", "Eu", "Gd"])
HEAVY = frozenset(["Tb", "Dy", "Ho", "Er", "Tm", "Yb", "Lu", "Y"])

_GROUPS: tuple[tuple[str, frozenset[str]], ...] = (
    (r"\bNdPr\b|\bdidymium\b", frozenset({"Nd", "Pr"})),
    (r"\bLREE?\b", LIGHT),
    (r"\bHREE?\b|\bheavy REE?\b", HEAVY),
    (r"\bSEG\b", frozenset({"Sm", "Eu", "Gd"})),
    (
        r"\bREO?\b|\bREE\b|rare earths?\b|ion(?:ic)?[ -]clay|monazite|bastnaesite|xenotime",
        RARE_EARTHS,
    ),
    (r"\bNdFeB\b|VACODYM", frozenset({"NdFeB", "Nd", "Pr"})),
    (r"\bSmCo\b|RECOMA|VACOMAX", frozenset({"SmCo", "Sm"})),
    (r"\bRE (?:permanent )?magnets?\b|magnets, electromagnets", frozenset({"NdFeB", "SmCo"})),
    (r"tungsten|\bAPT\b", frozenset({"W"})),
    (r"titanium", frozenset({"Ti"})),
    (r"niobium", frozenset({"Nb"})),
    (r"scandium", frozenset({"Sc"})),
    (r"beryllium", frozenset({"Be"})),
    (r"Dual-use RE|all RE", RARE_EARTHS),
)
_SYMBOL = re.compile(r"(?<![A-Za-z])(?:[A-Z][a-z]?)(?![A-Za-z])")
_SYMBOLS = (
    RARE_EARTHS
    | {"Al", "Sb", "As", "Be", "Bi", "Cd", "Cr", "Co", "Cu", "Ga", "Ge", "Au", "Hf", "He", "In"}
    | {"Ir", "Fe", "Pb", "Li", "Mg", "Mn", "Mo", "Ni", "Nb", "Pd", "Pt", "Re", "Rh", "Ru", "Se"}
    | {"Si", "Ag", "Ta", "Te", "Sn", "Ti", "W", "V", "Zn", "Zr"}
)


@lru_cache(maxsize=2048)
def speaks_of(words: str) -> frozenset[str]:
    """Element symbols and products that the words name, singly or as a group; empty if none is found."""
    found: set[str] = set()
    for pattern, members in _GROUPS:
        if re.search(pattern, words, re.IGNORECASE if "magnet" in pattern else 0):
            found |= members
    found |= {symbol for symbol in _SYMBOL.findall(words) if symbol in _SYMBOLS}
    return frozenset(found)
