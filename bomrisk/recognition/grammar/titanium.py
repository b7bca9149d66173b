"""Titanium by grade number (ASTM Grade 5, Gr. 2) and by its short names, beside a word for titanium."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bomrisk.recognition.answer import Clue
from bomrisk.recognition.grammar.pattern import Answer, Context, Pattern, quoted

_GRADES = {
    "1": "ti_cp",
    "2": "ti_cp",
    "3": "ti_cp",
    "4": "ti_cp",
    "5": "ti_6al4v",
    "6": "ti_5_2_5",
    "9": "ti_3_2_5",
    "19": "ti_beta_c",
    "23": "ti_6al4v_eli",
}
_BESIDE = frozenset(["TI", "TYTAN", "TYTANU", "TITAN", "TITANI", "TITANE", "ТИТАН"])


def _grade(match: re.Match[str], context: Context) -> Iterable[Answer]:
    number = match[1]
    beside = context.near(match.start(), match.end(), _BESIDE, 4) or any(
        char in context.reading.upper for char in "钛鈦チタン"
    )
    if beside:
        material = _GRADES.get(number, "ti_unspecified")
        if material == "ti_6al4v" and re.search(r"\bELI\b", context.reading.upper):
            material = "ti_6al4v_eli"
        yield Clue(material, match.start(), match.end(), f"titanium {quoted(match)}", 0.95)


def _specified(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    material = _GRADES.get(match[2], "ti_unspecified")
    yield Clue(
        material, match.start(), match.end(), f"titanium of ASTM {match[1]} grade {match[2]}", 0.97
    )


def _short(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    material = _GRADES.get(match[1])
    if material:
        yield Clue(material, match.start(), match.end(), f"titanium {quoted(match)}", 0.95)


def _six_four(match: re.Match[str], context: Context) -> Iterable[Answer]:
    eli = re.search(r"\bELI\b|EXTRA[ -]LOW", context.reading.upper)
    yield Clue(
        "ti_6al4v_eli" if eli else "ti_6al4v",
        match.start(),
        match.end(),
        f"Ti-6Al-4V: {quoted(match)}",
        0.97,
    )


def _pure(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    yield Clue(
        "ti_cp", match.start(), match.end(), f"commercially pure titanium: {quoted(match)}", 0.95
    )


def _tc4(match: re.Match[str], context: Context) -> Iterable[Answer]:
    sure = "titanium" in context.evidence - {"titanium"} or re.search(
        r"TITAN|\bTI\b|钛", context.reading.upper
    )
    yield Clue(
        "ti_6al4v",
        match.start(),
        match.end(),
        "GB/T 3620 grade TC4",
        0.93 if sure else 0.4,
        "" if sure else "titanium",
    )


def _bare_ti(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    yield Clue("ti_unspecified", match.start(), match.end(), f"titanium: {quoted(match)}", 0.8)


PATTERNS = (
    Pattern(
        r"(?:GR(?:ADE?|AU)?|KLASSE|GRADO)\.?[ -]{0,2}([0-9]{1,2})",
        _grade,
        triggers=(
            "GRAD",
            "GRAU",
            "KLASSE",
            *(f"GR{gap}{digit}" for gap in ("", ".", " ", "-", ". ") for digit in "123456789"),
        ),
    ),
    Pattern(
        r"(B265|B337|B338|B348|B363|B367|B381|B861|B862|B863|B988)M?[ ,-]{1,3}"
        r"(?:TI |TITANIUM )?(?:GR(?:ADE)?)?\.?[ -]{0,2}([1-9][0-9]?)",
        _specified,
    ),
    Pattern(
        r"(?:CP|CP TI|CPTI)[ -]{0,2}(?:GR(?:ADE)? ?)?[1-4][ ,-]{1,2}TI(?:TANIUM)?|CP[ -]?[1-4] TITANIUM",
        _pure,
    ),
    Pattern(r"TI[ -]?GR(?:ADE)?\.?[ -]?([0-9]{1,2})", _short),
    Pattern(r"TI[ -]{0,2}6[ -]?[-/][ -]?4|TI[ -]?64|TI[ -]?6AL[ -]?4V|T-?A6V4?|TIAL6V4", _six_four),
    Pattern(
        r"TI(?:TANIUM)?[ -]{1,2}6[ -]?ALUMINI?UM[ -]{1,2}4[ -]?VANADIUM",
        _six_four,
        triggers=("VANADIUM",),
    ),
    Pattern(r"TC4", _tc4),
    Pattern(
        r"TI[ -](?:ALLOY|BOLT|SCREW|SPRING|PLATE|BAR|SHEET|TUBE|ROD|FORGING|NUT|WASHER|BRACKET)S?",
        _bare_ti,
    ),
)
