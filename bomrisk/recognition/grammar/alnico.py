"""Alnico and hard-ferrite grades: numbers, Roman numerals, LNG, Y30BH, C5, HF 26/30 and their kin."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bomrisk.recognition.answer import Clue
from bomrisk.recognition.grammar.pattern import Answer, Context, Pattern, quoted
from bomrisk.recognition.wordlists import words

REPLACES = frozenset(
    {
        "alnico_2",
        "alnico_5",
        "alnico_8",
        "alnico_9",
        "alnico_unspecified",
        "ferrite_hard_sr",
        "ferrite_hard_ba",
        "ferrite_hard_laco",
    }
)

_GRADES = {
    "2": "alnico_2",
    "II": "alnico_2",
    "5": "alnico_5",
    "5-7": "alnico_5",
    "V": "alnico_5",
    "500": "alnico_5",
    "8": "alnico_8",
    "VIII": "alnico_8",
    "9": "alnico_9",
    "IX": "alnico_9",
}
_OTHER_SCRIPTS = ("АЛЬНИКО", "АЛНИКО", "铝镍钴", "鋁鎳鈷", "アルニコ", "알니코")
_FIGURE = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_NO_MAGNET = frozenset(["TANK", "TANKS", "VESSEL", "FUEL", "CARRIER", "PUMP", "PUMPS"])
_CRYSTALS = frozenset(["CRYSTAL", "OSCILLATOR", "XTAL"])


def _clue(
    material: str, match: re.Match[str], rule: str, confidence: float, needs: str = ""
) -> Clue:
    return Clue(material, match.start(), match.end(), f"{rule}: {quoted(match)}", confidence, needs)


def _alnico(match: re.Match[str], context: Context) -> Iterable[Answer]:
    if context.reading.words & _NO_MAGNET and "magnet" not in _without(match, context):
        return
    energy = match[1]
    if energy is not None:  # IEC: kJ/m3 over kA/m / 10
        material = (
            "alnico_8"
            if int(match[2]) >= 9
            else "alnico_5"
            if int(energy) >= 30
            else "alnico_unspecified"
        )
        yield _clue(material, match, "IEC 60404-8-1 AlNiCo", 0.9)
        return
    number = match[3]
    yield _clue(
        _GRADES.get(number, "alnico_unspecified") if number else "alnico_unspecified",
        match,
        "Alnico grade" if number else "Alnico",
        0.95,
    )


def _without(match: re.Match[str], context: Context) -> frozenset[str]:
    rest = context.reading.upper[: match.start()] + context.reading.upper[match.end() :]
    return frozenset({"magnet"}) if "MAGNET" in rest else frozenset()


def _cast(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    yield _clue("alnico_8" if match[1] else "alnico_5", match, "Chinese Alnico grade", 0.9)


def _gost(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    material = "alnico_8" if "Т5" in match.group() or "T5" in match.group() else "alnico_5"
    yield _clue(material, match, "GOST 17809 Alnico grade", 0.85)


def _chinese_ferrite(match: re.Match[str], context: Context) -> Iterable[Answer]:
    if context.reading.words & _CRYSTALS:
        return
    sure = "magnet" in context.evidence
    rest = (context.reading.upper[: match.start()] + context.reading.upper[match.end() :]).strip()
    if not sure and rest and "BH" not in match.group():
        return
    number = int(match[1])
    material = (
        "ferrite_hard_ba"
        if number <= 10
        else "ferrite_hard_laco"
        if number >= 42
        else "ferrite_hard_sr"
    )
    yield _clue(material, match, "hard-ferrite grade", 0.9 if sure else 0.6)


def row_of_figures(upper: str) -> bool:
    """Whether a text is a row of a table of ferrites: remanence, coercivities and energy product."""
    figures = [float(found) for found in _FIGURE.findall(upper)]
    induction = any(
        0.19 <= value <= 0.48 or 190 <= value <= 480 or 1.9 <= value <= 4.8 for value in figures
    )
    return len(figures) >= 7 and induction and any(6 <= value <= 42 for value in figures)


def _ferrite_row(match: re.Match[str], context: Context) -> Iterable[Answer]:
    if match.start() == 0 and row_of_figures(context.reading.upper[match.end() :]):
        american, chinese = match[1], match[2]
        material = (
            "ferrite_hard_ba"
            if american == "1" or chinese in ("8", "10")
            else "ferrite_hard_laco"
            if american == "12" or (chinese or "").startswith("4")
            else "ferrite_hard_sr"
        )
        yield _clue(material, match, "hard-ferrite grade at the head of a row of figures", 0.85)


def _american_ferrite(match: re.Match[str], context: Context) -> Iterable[Answer]:
    sure = bool({"FERRITE", "FERRITES", "MAGNET", "MAGNETS", "CERAMIC"} & context.reading.words)
    if not sure or context.reading.words & words("capacitor_words"):
        return
    number = int(match[1])
    material = (
        "ferrite_hard_ba"
        if number == 1
        else "ferrite_hard_laco"
        if number == 12
        else "ferrite_hard_sr"
    )
    yield _clue(
        material, match, "hard-ferrite grade", 0.9 if "magnet" in context.evidence else 0.45
    )


def _ceramic(match: re.Match[str], context: Context) -> Iterable[Answer]:
    sure = "magnet" in context.evidence
    material = "ferrite_hard_ba" if match[1] == "1" else "ferrite_hard_sr"
    yield _clue(
        material, match, "ceramic magnet grade", 0.93 if sure else 0.4, "" if sure else "magnet"
    )


def _iec_ferrite(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    material = "ferrite_hard_ba" if int(match[1]) <= 10 else "ferrite_hard_sr"
    yield _clue(material, match, "IEC 60404-8-1 hard ferrite", 0.85)


def _tdk_ferrite(match: re.Match[str], context: Context) -> Iterable[Answer]:
    sure = "magnet" in context.evidence
    yield _clue(
        "ferrite_hard_laco",
        match,
        "hard-ferrite grade",
        0.85 if sure else 0.4,
        "" if sure else "magnet",
    )


def _ferrite_magnet(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    yield _clue("ferrite_hard_sr", match, "magnet of ferrite", 0.92)


def _flexible(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    yield _clue("ferrite_bonded", match, "flexible magnet, ferrite in rubber or plastic", 0.85)


PATTERNS = (
    Pattern(
        r"FLEXIBLE[ ,]+MAGNET(?:IC)?[ ,]+(?:STRIP|SHEET|TAPE|ROLL|RUBBER|FOIL|BAND)S?"
        r"|(?:SELF[ -])?ADHESIVE[A-Z ,-]{0,12} MAGNETIC (?:TAPE|STRIP)S?"
        r"|MAGNETIC (?:TAPE|STRIP)[A-Z0-9 ,.X-]{1,16}ADHESIVE|MAGNETFOLIEN?|MAGNETBAND SELBSTKLEBEND",
        _flexible,
    ),
    Pattern(
        r"(?:FERRITE|CERAMIC)[ ,][A-Z ,]{0,24}\bMAGNETS?"
        r"|(?:MAGNETS?|AIMANTS?|IMAN|IMANES|MAGNETE)[ ,][A-Z ,]{0,24}\b(?:FERRITE|FERRITA|CERAMIC)",
        _ferrite_magnet,
    ),
    Pattern(
        rf"(?:AL?NI-?CO|{'|'.join(_OTHER_SCRIPTS)})(?:[ -]*(?:S-)?([0-9]{{1,2}})/([0-9]{{1,2}})"
        r"|[ -]*(?:GR(?:ADE)?\.? ?)?(5-7|500|[2-9]|II|IX|V(?:III)?)(?:HC|HE|H|DG|CC)?)?",
        _alnico,
        triggers=("ALNI", "ANICO", *_OTHER_SCRIPTS),
    ),
    Pattern(r"LNG(T)?[0-9]{2}(?:H|J)?", _cast),
    Pattern(r"ЮНДК-?[0-9]{2}[А-ЯA-Z]{0,3}[0-9]?", _gost),
    Pattern(
        r"Y-?(8T|10T|20|22|23|24|25|26|27|28|30|32|33|34|35|36|38|40|42)".replace("8T|10T", "8|10")
        + r"(?:T|BH|H)?(?:-[1-4]\b)?",
        _chinese_ferrite,
    ),
    Pattern(
        r"C-?(12|11|10|8|7|5|1)[AB]?", _american_ferrite, triggers=("FERRITE", "CERAMIC", "MAGNET")
    ),
    Pattern(
        r"CERAMIC ?-?(?:MAGNETS?[ ,-]{1,2})?(?:GRADE ?|GR\.? ?|TYPE ?)?-?(11|10|8|7|5|1)[AB]?",
        _ceramic,
    ),
    Pattern(
        r"(?:C-?(12|11|10|8|7|5|1)[AB]?|Y-?(8|10|2[0-9]|3[0-9]|4[0-2])(?:T|BH|H)?(?:-[1-4]\b)?)"
        r" ?(?:\(=?C?[0-9]{1,2}[AB]?\))? ?\|",
        _ferrite_row,
        whole=False,
        triggers=("|",),
    ),
    Pattern(r"HF ?([0-9]{1,2})/([0-9]{2})", _iec_ferrite),
    Pattern(r"(?:FB-?(?:9|12|13|14)[A-Z]?|NMF-?(?:9|12)[A-Z]?)", _tdk_ferrite),
)
