"""Bond coats by the elements they spell: NiCrAlY, CoNiCrAlY, NiCoCrAlY with hafnium and silicon."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bomrisk.recognition.answer import Clue
from bomrisk.recognition.grammar.pattern import Answer, Context, Pattern, quoted

REPLACES = frozenset({"mcraly_ni", "mcraly_conicraly", "mcraly_nicocraly_hfsi"})


def _bond_coat(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    base, end = match[1], match[2]
    material = (
        "mcraly_nicocraly_hfsi"
        if end
        else "mcraly_ni"
        if base in ("NI", "M")
        else "mcraly_conicraly"
    )
    yield Clue(
        material, match.start(), match.end(), f"bond coat: {quoted(match)}", 0.96, "", "coating"
    )


PATTERNS = (
    Pattern(
        r"(NICO|CONI|NI|CO|M)-?CR-?AL-?Y([ -]?HF-?SI)?", _bond_coat, triggers=("CRALY", "CR-AL-Y")
    ),
)
