"""Short numbers of superalloys that mean other things too: beside a form of stock or a part they count.

X750 is a computer, HS25 a connector and C263 a capacitor; an X750 SPRING, an HS25 SHEET and an R41 BOLT
are of the alloy.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bomrisk.recognition.answer import Clue
from bomrisk.recognition.grammar.pattern import Answer, Context, Pattern, quoted
from bomrisk.recognition.wordlists import words

_NUMBERS = {
    "X750": "inconel_x750",
    "HS25": "l_605",
    "HS188": "haynes_188",
    "HS31": "stellite_31",
    "HS21": "stellite_21",
    "R41": "rene_41",
    "C263": "nimonic_263",
    "U500": "udimet_500",
    "U720": "udimet_720",
    "713LC": "inconel_713c",
    "713C": "inconel_713c",
}
_FORMS = (
    words("stock_forms")
    | words("mechanical")
    | {"WIRE", "FOIL", "STRIP", "RING", "TUBE", "BLADE", "VANE", "LINER", "SHEET", "BELLOWS"}
)


def _beside(match: re.Match[str], context: Context) -> Iterable[Answer]:
    reading = context.reading
    if reading.words & words("electronics"):
        return
    around = [*reading.before(match.start(), 1), *reading.after(match.end(), 1)]
    material = _NUMBERS[match.group().replace("-", "").replace(" ", "")]
    if not _FORMS.isdisjoint(word.removesuffix("S") for word in around):
        yield Clue(
            material,
            match.start(),
            match.end(),
            f"number of an alloy beside its form: {quoted(match)}",
            0.82,
        )


_LISTED = {
    "INCONEL": {
        "600": "inconel_600",
        "601": "inconel_601",
        "617": "inconel_617",
        "625": "inconel_625",
        "690": "in_690",
        "706": "in_706",
        "718": "inconel_718",
        "740": "in_740",
        "783": "inconel_783",
        "800": "incoloy_800",
        "825": "incoloy_825",
        "X750": "inconel_x750",
    },
    "INCOLOY": {
        "800": "incoloy_800",
        "825": "incoloy_825",
        "901": "incoloy_901",
        "909": "incoloy_909",
    },
    "HASTELLOY": {"X": "hastelloy_x", "C276": "hastelloy_c276"},
    "HAYNES": {
        "188": "haynes_188",
        "214": "haynes_214",
        "230": "haynes_230",
        "242": "haynes_242",
        "282": "haynes_282",
    },
    "MONEL": {"400": "monel_400", "K500": "monel_k500"},
    "NIMONIC": {
        "75": "nimonic_75",
        "80A": "nimonic_80a",
        "90": "nimonic_90",
        "105": "nimonic_105",
        "263": "nimonic_263",
    },
}
"""What may follow the name of a maker once and again: Inconel 600, 625 and 718."""
_FIGURE = re.compile(r"[XCK]?-?[0-9]+A?|X")


def _list(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    known = _LISTED[match[1]]
    for figure in _FIGURE.finditer(match[2]):
        material = known.get(figure.group().replace("-", ""))
        if material:
            start = match.start(2) + figure.start()
            rule = f"trade name {match[1]} {figure.group()} of a list"
            yield Clue(material, start, start + len(figure.group()), rule, 0.94)


PATTERNS = (
    Pattern(r"X-?750|HS-?(?:25|188|31|21)|R-?41|C-?263|U-?(?:500|720)|713L?C", _beside),
    Pattern(
        r"(INCONEL|INCOLOY|HASTELLOY|HAYNES|MONEL|NIMONIC)[ -]"
        r"((?:[XCK]-?)?[0-9]{2,3}A?(?:(?: ?[,/&+;] ?| AND | OR | UND | ET | E | Y )"
        r"(?:(?:[XCK]-?)?[0-9]{2,3}A?|X))+)",
        _list,
        triggers=("INCONEL", "INCOLOY", "HASTELLOY", "HAYNES", "MONEL", "NIMONIC"),
    ),
)
