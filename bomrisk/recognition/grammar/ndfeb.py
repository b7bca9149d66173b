"""NdFeB grades: N42SH and its spellings, bare 42SH, diffused G48UH, S/N codes, IEC REFeB and trade names.

The number is the energy product in MGOe, the suffix the class of coercivity: none 11, M 14, H 17,
SH 20, UH 25, EH 30, AH 33 kOe (vendor tables in the knowledge). The number alone is ambiguous (N52 is
also a connector, N97 a ferrite), so it needs a magnet in the same text; a suffix from SH up does not.
Sintered NdFeB ends at N58: a higher number is a contradiction, not a grade.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bomrisk.recognition.answer import Clue, Conflict
from bomrisk.recognition.grammar.pattern import Answer, Context, Pattern, quoted
from bomrisk.recognition.wordlists import words

REPLACES = frozenset(
    {
        "ndfeb_sintered_n",
        "ndfeb_sintered_m",
        "ndfeb_sintered_h",
        "ndfeb_sintered_sh",
        "ndfeb_sintered_uh",
        "ndfeb_sintered_eh",
        "ndfeb_sintered_ah",
        "ndfeb_sintered_sh_gbd",
        "ndfeb_sintered_uh_gbd",
        "ndfeb_sintered_eh_gbd",
    }
)

_NUMBER = "(2[7-9]|3[0-9]|4[0-9]|5[0-8])"
_SUFFIX = "(M|H|SH|UH|EH|AH|TH|VH)"
_CLASS = {
    "": "n",
    "M": "m",
    "H": "h",
    "SH": "sh",
    "UH": "uh",
    "EH": "eh",
    "AH": "ah",
    "TH": "ah",
    "VH": "ah",
}
_BY_COERCIVITY = (
    (33.0, "ah"),
    (30.0, "eh"),
    (25.0, "uh"),
    (20.0, "sh"),
    (16.5, "h"),
    (14.0, "m"),
    (0.0, "n"),
)
_SHAPES = words("magnet_shapes")
_OTHER_MEANING = words("no_magnet_grade")
_DIMENSIONS = re.compile(r"[0-9]\s?(?:MM)?\s?[X*]\s?[0-9./]")
_RANGE = re.compile(r"([0-9]{2})(?:\.[0-9])?\s?[-~]\s?([0-9]{2})(?:\.[0-9])?")
_TWO_DIGITS = re.compile(r"\b[0-9]{2}\b(?:[ |]|$)")
_FIGURE = re.compile(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")
_DIFFUSED = re.compile(
    r"\bGBD\b|GRAIN[ -]BOUNDARY|LOW[ -]DY\b|HREE[ -]REDUCED|\bDIFFUSED\b|DIFFUSION"
)
_RIVALS = re.compile(
    r"SM-?CO|SAMARI|SM2CO17|ALNICO|サマリウム|钐|\bFERRITE?\b|\bCERAMIC|FERRITMAGNET|铁氧体|フェライト"
)

_OWN = re.compile(r"ND-?FE-?B|NEODYM|НЕОДИМ|钕铁硼|ネオジ")
"""A list of several magnet alloys with the grades of each is no contradiction."""


def _likely(context: Context, match: re.Match[str], number: int, suffix: str) -> tuple[float, str]:
    """Confidence of a grade, and the evidence it still waits for."""
    reading = context.reading
    if "magnet" in context.evidence:
        return 0.97, ""
    if reading.words & _OTHER_MEANING:
        return (0.4, "magnet") if suffix in ("", "M", "H") else (0.8, "")
    if suffix not in ("", "M", "H"):
        return 0.93, ""
    if _table_row(reading.upper, number, match.start()):
        return 0.9, ""
    rest = (reading.upper[: match.start()] + reading.upper[match.end() :]).strip(" ,;|/()[]*-:")
    if not rest or re.fullmatch(_NUMBER.join(("[N ,/;]*", "[A-Z]{0,2}[ ,/;]*")), rest):
        return (0.8 if suffix else 0.7), ""
    if _DIMENSIONS.search(reading.upper):
        return 0.82, ""
    if reading.words & _SHAPES:
        return 0.75, ""
    return (0.45, "magnet")


def _table_row(upper: str, number: int, start: int) -> bool:
    """Whether energy products around the number stand in the text, as in vendors' tables."""
    figures = [float(found[:2]) for found in _TWO_DIGITS.findall(upper)]
    row = start < 3 and len(_FIGURE.findall(upper)) > 8
    if row and sum(number - 5 <= value <= number + 4 for value in figures) >= 2:
        return True
    return any(
        int(found[1]) - 1 <= number <= int(found[2]) + 1 and int(found[2]) - int(found[1]) <= 5
        for found in _RANGE.finditer(upper)
    )


def _grade(match: re.Match[str], context: Context) -> Iterable[Answer]:
    number, suffix = int(match[1]), match[2] or ""
    if not suffix and re.match(r"/[0-9]{2}\b", context.reading.upper[match.end() :]):
        return  # energy product and coercivity, read by _mmpa
    if _RIVALS.search(context.reading.upper) and not _OWN.search(context.reading.upper):
        yield Conflict(
            "conflict",
            f"{quoted(match)} is a grade of NdFeB, but the text speaks of another magnet alloy",
        )
        return
    confidence, needs = _likely(context, match, number, suffix)
    for ending in (suffix, *(match[3] or "").strip("/").split("/")):
        if ending or ending == suffix:
            yield Clue(
                _with_diffusion(_CLASS[ending], context),
                match.start(),
                match.end(),
                f"NdFeB grade: {number} MGOe, {'suffix ' + ending if ending else 'no suffix'}",
                confidence,
                needs,
            )
    return


def _before_script(match: re.Match[str], context: Context) -> Iterable[Answer]:
    """A grade with Chinese, Japanese or Korean signs right behind it: N52磁铁."""
    if context.reading.upper[match.end() : match.end() + 1] >= "\u2e80":
        yield from _grade(match, context)


def _with_diffusion(letters: str, context: Context) -> str:
    if letters in ("sh", "uh", "eh") and _DIFFUSED.search(context.reading.upper):
        return f"ndfeb_sintered_{letters}_gbd"
    return f"ndfeb_sintered_{letters}"


def _row(match: re.Match[str], context: Context) -> Iterable[Answer]:
    """A grade without its N at the head of a row of a vendor's table: 42H | 12.8-13.2 | … | 40-43."""
    upper = context.reading.upper
    if match.start() == 0 and _table_row(upper, int(match[1]), 0) and not _RIVALS.search(upper):
        yield Clue(
            f"ndfeb_sintered_{_CLASS[match[2]]}",
            0,
            match.end(2),
            f"NdFeB grade at the head of a row of figures: {match[1]} MGOe, suffix {match[2]}",
            0.85,
        )


def _bare(match: re.Match[str], context: Context) -> Iterable[Answer]:
    if match[2] == "AH" and "battery" in context.evidence:
        return  # ampere-hours
    lead = re.search(r"\b[NG][ -]?$", match.string[: match.start()])
    if lead or _RIVALS.search(context.reading.upper):
        return
    yield Clue(
        _with_diffusion(_CLASS[match[2]], context),
        match.start(),
        match.end(),
        f"NdFeB grade without its N: {match[1]} MGOe, suffix {match[2]}",
        0.85 if "magnet" in context.evidence else 0.4,
        "" if "magnet" in context.evidence else "magnet",
    )


def _impossible(match: re.Match[str], context: Context) -> Iterable[Answer]:
    if "magnet" in context.evidence and not context.reading.words & _OTHER_MEANING:
        yield Conflict(
            "conflict", f"{quoted(match)}: sintered NdFeB ends at N58, there is no such grade"
        )


def _diffused(match: re.Match[str], context: Context) -> Iterable[Answer]:
    letters = _CLASS[match[2]]
    yield Clue(
        "ndfeb_sintered_ah" if letters == "ah" else f"ndfeb_sintered_{letters}_gbd",
        match.start(),
        match.end(),
        f"grade of grain-boundary-diffused NdFeB: {match[1]} MGOe, suffix {match[2]}",
        0.9 if "magnet" in context.evidence else 0.45,
        "" if "magnet" in context.evidence else "magnet",
    )


def _code(match: re.Match[str], context: Context) -> Iterable[Answer]:
    upper = context.reading.upper
    stated = states(upper[match.end() :], int(match[1]), int(match[2]))
    if not (stated or "magnet" in context.evidence) or _RIVALS.search(upper):
        return
    yield _by_coercivity(match, int(match[2]), f"NdFeB code: {match[1]} MGOe, {match[2]} kOe", 0.85)


def states(text: str, energy: int, coercivity: int) -> bool:
    """Whether a text states the energy product and the coercivity that a code of both claims."""
    figures = {float(found.replace(",", "")) for found in _FIGURE.findall(text)}
    near = any(abs(value - energy) <= 1 for value in figures)
    return near and (coercivity * 1000 in figures or coercivity in figures)


def _iec(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    coercivity = int(match[2]) * 10 * 0.012566 * 1.03  # kA/m to kOe; the class limits are rounded
    yield _by_coercivity(
        match,
        coercivity,
        f"IEC 60404-8-1 REFeB: {match[1]} kJ/m3, {int(match[2]) * 10} kA/m",
        0.9,
    )


def _mmpa(match: re.Match[str], context: Context) -> Iterable[Answer]:
    """MMPA 0100: energy product in MGOe over intrinsic coercivity in kOe."""
    energy, coercivity = int(match[1]), int(match[2])
    upper = context.reading.upper
    neodymium = re.search(r"NDFEB|ND-FE-B|\bNEO", upper) and not _RIVALS.search(upper)
    if neodymium and 24 <= energy <= 55 and coercivity >= 8:
        rule = f"MMPA 0100 NdFeB: {energy} MGOe, {coercivity} kOe"
        yield _by_coercivity(match, coercivity, rule, 0.9)


def _spaced(match: re.Match[str], context: Context) -> Iterable[Answer]:
    if len(match[2]) > 1 or "magnet" in context.evidence:
        yield from _grade(match, context)


def _apart(match: re.Match[str], context: Context) -> Iterable[Answer]:
    """N 52 right beside the word for a magnet; elsewhere N 52 is a latitude."""
    beside = (*context.reading.before(match.start(), 1), *context.reading.after(match.end(), 1))
    if any(word.startswith(("MAGNET", "NEODYM", "NDFEB")) for word in beside):
        yield from _grade(match, context)


def _by_coercivity(match: re.Match[str], coercivity: float, rule: str, confidence: float) -> Clue:
    letters = next(name for least, name in _BY_COERCIVITY if coercivity >= least)
    return Clue(f"ndfeb_sintered_{letters}", match.start(), match.end(), rule, confidence)


def _trade(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    yield Clue(
        "ndfeb_unspecified",
        match.start(),
        match.end(),
        f"trade name of sintered NdFeB, its grade is not in the knowledge: {quoted(match)}",
        0.93,
    )


def _hot(match: re.Match[str], context: Context) -> Iterable[Answer]:
    confident = "magnet" in context.evidence
    yield Clue(
        "ndfeb_hot_deformed",
        match.start(),
        match.end(),
        f"hot-worked NdFeB: {quoted(match)}",
        0.85 if confident else 0.4,
        "" if confident else "magnet",
    )


_GRADES = tuple(f"N{gap}{number}" for number in range(27, 59) for gap in ("", "-", " "))
_BARE = tuple(
    f"{number}{suffix}"
    for number in range(27, 59)
    for suffix in ("SH", "UH", "EH", "AH", "TH", "VH")
)

PATTERNS = (
    Pattern(
        rf"N-?{_NUMBER}(?:-?{_SUFFIX})?[ZTR]?((?:/(?:AH|TH|VH|EH|UH|SH))*)\b",
        _grade,
        triggers=_GRADES,
    ),
    Pattern(rf"N-?{_NUMBER}{_SUFFIX}?()", _before_script, triggers=_GRADES),
    Pattern(
        rf"(?:NDFEB|NEO|NEODYM(?:IUM)?)[ /-]?N?{_NUMBER}[ -]?{_SUFFIX}?((?:/(?:AH|TH|VH))*)",
        _grade,
        triggers=(" NDFEB ", " NEO ", " NEODYM ", " NEODYMIUM ", " N "),
    ),
    Pattern(
        rf"{_NUMBER}{_SUFFIX}(?: NDFEB| NEO(?:DYMIUM)?(?: MAGNET)?)(\b)",
        _grade,
        triggers=(" NDFEB ", " NEO ", " NEODYMIUM "),
    ),
    Pattern(rf"N {_NUMBER} ?(SH|UH|EH|AH|TH|VH)(\b)", _grade, triggers=_GRADES),
    Pattern(rf"N[ -]?{_NUMBER} {_SUFFIX}(\b)", _spaced, triggers=_GRADES),
    Pattern(rf"N {_NUMBER}{_SUFFIX}?()", _apart, triggers=_GRADES),
    Pattern(
        r"(?:MMPA|NDFEB|ND-FE-B|NEO|NEODYMIUM)[ ,-]*(?:TYPE|GRADE|NDFEB|NEO)?[ -]*([2-5][0-9])/([0-9]{2})",
        _mmpa,
        triggers=("MMPA", "NDFEB", "ND-FE-B", " NEO ", "NEODYMIUM"),
    ),
    Pattern(rf"{_NUMBER}[ -]?(SH|UH|EH|AH|TH|VH)Z?", _bare, triggers=_BARE),
    Pattern(rf"{_NUMBER}{_SUFFIX} ?\|", _row, whole=False, triggers=("|",)),
    Pattern(r"N-?(?:59|[6-9][0-9])(?:M|H|SH|UH|EH|AH)?", _impossible),
    Pattern(r"G(3[5-9]|4[0-9]|5[0-8])(SH|UH|EH|AH)T?", _diffused),
    Pattern(rf"N{_NUMBER}(1[0-9]|2[0-9]|3[0-5])", _code),
    Pattern(r"(?:REFEB|ND-?FE-?B)[ -]?([1-4][0-9]{2})/([0-9]{2,3})", _iec),
    Pattern(
        r"(?:NEOMAX|NMX|NEOREC|VACODYM)[ -]?[A-Z]?[0-9]{2,3}[A-Z]{0,4}(?: ?(?:HR|TP|AP|WZ))?",
        _trade,
    ),
    Pattern(r"MQ-?[23]", _hot),
)
