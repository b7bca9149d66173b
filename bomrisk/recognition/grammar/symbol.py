"""Metals by their chemical symbol right beside a form of stock: Hf rod, Ta foil, Mo sheet, Au wire.

Only the case of chemistry is read: HF is high frequency, TA a coil and MO a month. Aluminium, copper and
titanium stand with the abbreviations of machine shops, which write them in capitals as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from bomrisk.recognition.answer import Clue
from bomrisk.recognition.grammar.pattern import Answer, Context, Pattern

_METALS = {
    "Hf": "hf_pure",
    "Ta": "ta_pure",
    "Nb": "nb_pure",
    "Mo": "mo_pure",
    "Zr": "zr_702",
    "Ni": "nickel_200",
    "Ag": "ag_metal",
    "Au": "au_metal",
    "Pt": "pt_igniter",
    "Pd": "pd_metal",
    "Rh": "rh_metal",
    "Ir": "ir_metal",
    "Gd": "gd_metal",
    "Mg": "mg_unspecified",
}
_FORMS = (
    "rod|wire|foil|sheet|plate|bar|tube|ribbon|strip|crucible|target|powder|ingot|sponge|pellets?|disc|disk"
    "|slug|boat|electrode|mesh|gauze|billet|Draht|Folie|Blech|Stab|fil|feuille|tige"
)


def _metal(symbol: str) -> Callable[[re.Match[str], Context], Iterable[Answer]]:
    def read(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
        at = match.start() + match.group().index(symbol)
        yield Clue(_METALS[symbol], at, at + len(symbol), f"symbol {symbol} beside its form", 0.88)

    return read


PATTERNS = tuple(
    Pattern(
        rf"\b{symbol}[ -](?i:{_FORMS})\b|\b(?i:{_FORMS})[ ,-]{{1,2}}{symbol}\b",
        _metal(symbol),
        cased=True,
        triggers=(f" {symbol.upper()} ",),
    )
    for symbol in _METALS
)
