"""SmCo grades: 1:5 against 2:17, by formula, family code, trade name, and only last by the number.

The number of a grade does not decide the family: one vendor's YX18 is 1:5, another sells
Sm2Co17-YX18. A formula in the text outranks any grade. From 26 MGOe up only 2:17 is possible.
LT, TC and "zero RTC" are temperature-compensated grades, which hold Gd or Er.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bomrisk.recognition.answer import Clue, Conflict
from bomrisk.recognition.grammar.ndfeb import states
from bomrisk.recognition.grammar.pattern import Answer, Context, Pattern, quoted

REPLACES = frozenset(
    {"smco_1_5", "smco_2_17", "smco_2_17_ltc", "smco_1_5_ltc", "smco_unspecified", "smco_bonded"}
)

_ONE_FIVE = re.compile(r"SM1?CO5|SMPR\)?\s?CO5|RE?CO5\b|\b1[:-]5\b|SM ?CO ?5\b|\(SM")
_TWO_SEVENTEEN = re.compile(r"SM2\s?CO17|SM2\(|SM2TM17|\b2[:-]17\b|SM\)?2\(?CO")
_STANDARD_CODE = re.compile(r"\b[RSU][0-9]?-$")
"""Opening of a code of IEC 60404-8-1, such as R1-1-5, whose numbers are no ratio."""
_RIVALS = re.compile(
    r"ND-?FE-?B|NEODYM|NEODIM|НЕОДИМ|钕|釹|ネオジム|네오디뮴|\bNEO\b|ALNICO|\bFERRITE?\b|铁氧体|フェライト"
)
_SAMARIUM = re.compile(r"SM-?CO|SAMARI|САМАРИ|钐|釤|サマリウム|사마륨|RECOMA|VACOMAX|SM2CO17|COSM")


def _family(context: Context) -> str:
    """The family that the formulas in a text state: smco_1_5, smco_2_17, or nothing."""
    upper = context.reading.upper
    if _TWO_SEVENTEEN.search(upper):
        return "smco_2_17"
    if re.search(r"SM1?CO5|SMPR\)? ?CO5|\bSM-?CO ?1:5\b", upper):
        return "smco_1_5"
    return ""


def _clue(
    material: str, match: re.Match[str], rule: str, confidence: float, needs: str = ""
) -> Clue:
    return Clue(material, match.start(), match.end(), f"{rule}: {quoted(match)}", confidence, needs)


def _chinese(match: re.Match[str], context: Context) -> Iterable[Answer]:
    letters, number, tail = match[1], int(match[2]), match[3] or ""
    material = "smco_2_17" if letters in ("YXG", "XGS") else "smco_1_5"
    stated = _family(context)
    upper = context.reading.upper
    least = 6 if _SAMARIUM.search(upper) else 14
    if not least <= number <= 35:
        return
    if number >= 28:
        material = "smco_2_17"  # SmCo5 and (Sm,Pr)Co5 end below
    if _RIVALS.search(upper) and not _SAMARIUM.search(upper):
        yield Conflict(
            "conflict",
            f"{quoted(match)} is a grade of SmCo, but the text speaks of another magnet alloy",
        )
        return
    if tail in ("LT", "TC") and (stated or material) == "smco_2_17":
        yield _clue("smco_2_17_ltc", match, "temperature-compensated SmCo grade", 0.93)
        return
    if stated and stated != material:
        yield _clue(stated, match, "SmCo grade, family by the formula in the text", 0.9)
        return
    sure = letters in ("YXG", "XGS") or "magnet" in context.evidence or bool(stated)
    yield _clue(material, match, "SmCo grade", 0.95 if sure else 0.6)


def _recoma(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    number = int(match[1])
    material = "smco_1_5" if number in (18, 20, 22, 25) else "smco_2_17"
    yield _clue(material, match, "RECOMA grade", 0.95)


def _vacomax(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    number = int(match[1])
    if number in (145, 170, 200):
        compensated = number == 145 and "TC" in match.group()
        yield _clue("smco_1_5_ltc" if compensated else "smco_1_5", match, "VACOMAX grade", 0.95)
    elif number in (225, 240, 262):
        yield _clue("smco_2_17", match, "VACOMAX grade", 0.95)
    else:
        yield _clue("smco_unspecified", match, "VACOMAX grade not in the knowledge", 0.9)


def _ratio(match: re.Match[str], context: Context) -> Iterable[Answer]:
    if _STANDARD_CODE.search(context.reading.upper, 0, match.start()):
        return
    compensated = match[2] is not None
    material = {"1": "smco_1_5", "2": "smco_2_17"}[match[1][0]] + ("_ltc" if compensated else "")
    sure = bool(_SAMARIUM.search(context.reading.upper)) or "EEC" in context.reading.words
    if sure or compensated or "magnet" in context.evidence:
        yield _clue(material, match, "SmCo family", 0.95 if sure else 0.85)


def _formula(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    inner = match[1].replace(" ", "")
    if "GD" in inner or "ER" in inner:
        yield _clue("smco_2_17_ltc", match, "formula with Gd or Er", 0.95)
    else:
        yield _clue("smco_2_17", match, "formula", 0.97)


def _r_grade(match: re.Match[str], context: Context) -> Iterable[Answer]:
    number = int(match[1])
    if number < 16 or not _SAMARIUM.search(context.reading.upper):
        return
    material = _family(context) or ("smco_1_5" if number < 22 else "smco_2_17")
    yield _clue(material, match, "SmCo grade", 0.9)


def _s_code(match: re.Match[str], context: Context) -> Iterable[Answer]:
    """S3320 = 33 MGOe, 20 kOe: a part number too, so a magnet or those two figures must stand beside it."""
    energy, coercivity = int(match[1]), int(match[2])
    stated = states(context.reading.upper[match.end() :], energy, coercivity)
    if _SAMARIUM.search(context.reading.upper) or stated or "magnet" in context.evidence:
        yield _clue("smco_2_17", match, f"SmCo code, {energy} MGOe and {coercivity} kOe", 0.85)


def _numbered(match: re.Match[str], context: Context) -> Iterable[Answer]:
    number = int(match[1])
    stated = _family(context)
    if not 14 <= number <= 35:
        return
    material = stated or ("smco_1_5" if number < 24 else "smco_2_17")
    yield _clue(material, match, f"SmCo grade of {number} MGOe", 0.9)


def _energy(match: re.Match[str], context: Context) -> Iterable[Answer]:
    if float(match[1]) >= 26 and _SAMARIUM.search(context.reading.upper):
        yield _clue("smco_2_17", match, "SmCo of more than 25 MGOe is 2:17", 0.85)


def _iec(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    energy = int(match[1])
    material = "smco_1_5" if energy <= 175 else "smco_2_17" if energy >= 190 else "smco_unspecified"
    yield _clue(material, match, "IEC 60404-8-1 RECo", 0.8)


def _mmpa(match: re.Match[str], context: Context) -> Iterable[Answer]:
    """MMPA 0100: energy product in MGOe over intrinsic coercivity in kOe; 1:5 ends at 25 MGOe."""
    energy = int(match[1])
    if not 14 <= energy <= 33 or not _SAMARIUM.search(context.reading.upper):
        return
    material = _family(context) or (
        "smco_1_5" if energy <= 22 else "smco_2_17" if energy >= 26 else "smco_unspecified"
    )
    yield _clue(material, match, f"MMPA 0100 SmCo: {energy} MGOe, {match[2]} kOe", 0.9)


def _bms(match: re.Match[str], context: Context) -> Iterable[Answer]:
    sure = "magnet" in context.evidence
    yield _clue("smco_1_5", match, "SmCo grade", 0.85 if sure else 0.4, "" if sure else "magnet")


def _zero(match: re.Match[str], context: Context) -> Iterable[Answer]:
    if _SAMARIUM.search(context.reading.upper) or "EEC" in context.reading.words:
        yield _clue(
            "smco_1_5_ltc" if _family(context) == "smco_1_5" else "smco_2_17_ltc",
            match,
            "temperature-compensated SmCo",
            0.85,
        )


def _bonded(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    yield _clue("smco_bonded", match, "bonded SmCo", 0.9)


def _trade(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    yield _clue("smco_unspecified", match, "trade name of SmCo", 0.9)


PATTERNS = (
    Pattern(r"(YXG|XGS|YX|XG)-?([0-9]{1,2})(LT|TC|[A-Z]{1,2})?", _chinese),
    Pattern(r"RECOMA[ -]*(?:STAB |HT ?|HE ?)?([0-9]{2,3})[A-Z]*", _recoma),
    Pattern(r"VACOMAX[ -]*([0-9]{3})(?: ?(?:HR|TP|AP|K|TC|S))?", _vacomax),
    Pattern(r"(?:VACOMAX|RECOMA)", _trade),
    Pattern(
        r"(?:EEC )?(1[:-]5|2[:-]17)(TC)?(?:[ -]?[0-9]{1,2})?",
        _ratio,
        triggers=("1:5", "2:17", "1-5", "2-17"),
    ),
    Pattern(
        r"\(?SM2?(\(?(?:[ ,]?(?:CO|FE|CU|ZR|GD|ER|HF))+\)?) ?17",
        _formula,
        whole=False,
        triggers=("SM2", "SM(", "(SM"),
    ),
    Pattern(r"\(SM(GD|ER)\)2CO17", _formula, whole=False),
    Pattern(
        r"R-?([0-9]{2})(?:HS|H|S|HE|E)?",
        _r_grade,
        triggers=("SMCO", "SM-CO", "SAMARI", "钐", "サマリウム", "RECOMA"),
    ),
    Pattern(r"S(2[4-9]|3[0-5])(0[5-9]|[12][0-9]|3[0-5])", _s_code),
    Pattern(r"SM-?CO[ -]?([0-9]{2})(?:HS|HT|H|S|E|M|L)?", _numbered),
    Pattern(r"([0-9]{2}(?:\.[0-9])?) ?MGOE", _energy),
    Pattern(r"RECO ?([0-9]{2,3})/([0-9]{2,3})", _iec),
    Pattern(r"SM-?CO ?([12][0-9]{2})/([0-9]{2,3})", _iec),
    Pattern(
        r"(?:MMPA|SM-?CO|SAMARIUM[ -]COBALT)[ ,-]*(?:TYPE|GRADE)?[ -]*([0-9]{2})/([0-9]{1,2})",
        _mmpa,
        triggers=("MMPA", "SMCO", "SM-CO", "SAMARIUM"),
    ),
    Pattern(r"BMS-?(?:16|18|20|22|24)S?", _bms),
    Pattern(r"ZERO RTC|\bLTC\b|TEMPERATURE[ -]COMPENSATED|TEMP\.? COMP\b", _zero),
    Pattern(r"(?:BONDED|INJECTION[ -]MOU?LDED|PLASTIC) (?:SM-?CO|SAMARIUM[ -]COBALT)", _bonded),
)
