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


PATTERNS = (Pattern(r"X-?750|HS-?(?:25|188|31|21)|R-?41|C-?263|U-?(?:500|720)|713L?C", _beside),)
