"""Tungsten heavy alloys by their share of tungsten, and cemented carbides by their share of cobalt.

The maker's name alone (Densalloy, Densimet) names no class: the class of ASTM B777 is the share of
tungsten. WC stands for a room, too, so that without cobalt it needs a part that is made of carbide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bomrisk.recognition.answer import Clue
from bomrisk.recognition.grammar.pattern import Answer, Context, Pattern, quoted
from bomrisk.recognition.wordlists import words

REPLACES = frozenset(
    {"wha_class1", "wha_class2", "wha_class3", "wha_class4", "wc_co_6", "wc_co_12"}
)

_CLASSES = {"1": "wha_class1", "2": "wha_class2", "3": "wha_class3", "4": "wha_class4"}
_SHARES = {
    **dict.fromkeys(("90", "17", "170"), "wha_class1"),
    **dict.fromkeys(("92.5", "17.5", "175"), "wha_class2"),
    **dict.fromkeys(("95", "18", "180"), "wha_class3"),
    **dict.fromkeys(("97", "18.5", "185"), "wha_class4"),
}
"""The share of tungsten in per cent, or the density in g/cm3 that makers call their alloys by."""
_COBALT = {"6": "wc_co_6", "12": "wc_co_12", "17": "wc_co_12"}


def _clue(material: str, match: re.Match[str], rule: str, confidence: float) -> Clue:
    return Clue(material, match.start(), match.end(), f"{rule}: {quoted(match)}", confidence)


def _share(match: re.Match[str], context: Context) -> Iterable[Answer]:
    """The tungsten that a heavy alloy holds, in per cent, is its class (ASTM B777)."""
    if re.search(
        r"HEAVY|WHA|BALLAST|COUNTERWEIGHT|BALANC|DENSALLOY|DENSIMET|\bNI|[0-9]NI",
        context.reading.upper,
    ):
        yield _clue(
            _SHARES[match[1]], match, "tungsten heavy alloy with its share of tungsten", 0.93
        )


def _class(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    yield _clue(_CLASSES[match[1]], match, "tungsten heavy alloy with its class", 0.93)


def _made(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    yield _clue(
        _SHARES.get(match[1] or "", "wha_unspecified"), match, "maker's name of heavy alloy", 0.92
    )


def _carbide(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    share = match[1] or match[2]
    yield _clue(
        _COBALT.get(share, "wc_co_unspecified"), match, f"carbide with {share} % cobalt", 0.93
    )


def _bare(match: re.Match[str], context: Context) -> Iterable[Answer]:
    near = [*context.reading.before(match.start(), 2), *context.reading.after(match.end(), 2)]
    if not words("of_carbide").isdisjoint(word.removesuffix("S") for word in near):
        yield _clue("wc_co_unspecified", match, "tungsten carbide by its symbol", 0.85)


PATTERNS = (
    Pattern(
        r"(?:B-?777|T-?21014|7725)[^|;]{0,40}?\bCL(?:ASS)?\.? ?-?([1-4])",
        _class,
        whole=False,
        triggers=("777", "21014", "7725"),
    ),
    Pattern(
        r"(90|92\.5|95|97) ?%? ?W(?:TUNGSTEN)?(?:[ -]{1,2}[0-9.]* ?NI[A-Z0-9.-]*)?",
        _share,
        triggers=tuple(
            f"{share}{gap}W" for share in ("90", "92.5", "95", "97") for gap in ("", " ", "%", "% ")
        ),
    ),
    Pattern(r"HD-?(17\.5|18\.5|17|18)D?", _made),
    Pattern(
        r"(?:DENSALLOY|DENSIMET)(?:[ -]{0,2}(?:SD|HD|D)? ?(170|175|180|185|17\.5|18\.5|17|18))?",
        _made,
        triggers=("DENSALLOY", "DENSIMET"),
    ),
    Pattern(
        r"WC[ /-]{0,2}([0-9]{1,2})(?:\.0)? ?%?[ -]?CO(?:BALT)?"
        r"|(?:CARBIDE|WC)\b[^|;]{0,16}?\b([0-9]{1,2}) ?%? ?CO(?:BALT)?(?: BINDER)?",
        _carbide,
        triggers=("WC", "CARBIDE"),
    ),
    Pattern(
        r"CU-?W ?[5-9][0-9]|W-?[5-9][0-9]-?CU-?(?:[1-4][0-9])?|W-?CU-?[1-9][0-9]",
        lambda match, context: (_clue("w_cu", match, "tungsten with copper", 0.9),),  # noqa: ARG005
        triggers=("CUW", "CU-W", "WCU", "W-CU", *(f"{digit}CU" for digit in "0258")),
    ),
    Pattern(r"WC", _bare, triggers=(" WC ",)),
)
