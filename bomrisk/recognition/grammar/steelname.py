"""Steels by their short names in EN, GB/T, GOST and JIS.

42CrMo4 and X5CrNi18-10, 06Cr19Ni10 and GCr15, 12Х18Н10Т and 30ХГСА, S45C.
These names spell the composition: carbon first, then the elements with their shares. What the spelling
decides is read from it (chromium of 10.5 % and more makes stainless steel); a steel whose name matches
none in the knowledge stays a steel of no stated grade. Short names that mean other things too (C45,
40CR, Q235) wait for a word for steel.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bomrisk.recognition.answer import Clue
from bomrisk.recognition.grammar.pattern import Answer, Context, Pattern, quoted
from bomrisk.recognition.wordlists import words

STAINLESS_FROM = 10.5
"""Chromium, % by mass, from which a steel is stainless (EN 10088-1)."""
TOOL_CARBON = 140
"""Carbon, hundredths of a per cent, from which a chromium steel is a cold-work tool steel."""

_CYRILLIC = {
    "Х": "CR",
    "Н": "NI",
    "Т": "TI",
    "М": "MO",
    "Б": "NB",
    "Г": "MN",
    "С": "SI",
    "Ю": "AL",
    "Ф": "V",
    "В": "W",
    "Д": "CU",
    "Р": "B",
    "К": "CO",
    "А": "N",
    "П": "P",
    "Ц": "ZR",
}
_ELEMENT = "CR|NI|MO|MN|SI|TI|NB|AL|CU|CO|PB|ZR|V|W|B|N|S"
_PIECE = re.compile(rf"({_ELEMENT})([0-9]*)")
_RUSSIAN_PIECE = re.compile(rf"([{''.join(_CYRILLIC)}])([0-9]*)")

_LOW_ALLOY = {
    ("CR", "MO", 42): "steel_4140",
    ("CR", "MO", 38): "steel_4140",
    ("CR", "MO", 40): "steel_4140",
    ("CR", "MO", 25): "steel_4130",
    ("CR", "MO", 30): "steel_4130",
    ("CR", "NI", "MO", 40): "steel_4340",
    ("CR", "NI", "MO", 34): "steel_4340",
    ("CR", 100): "steel_52100",
}
"""Elements and carbon of low-alloy steels that the knowledge holds under an AISI number."""


_BRITISH_CARBON = frozenset({"1", "3", "8", "9", "14", "15", "32", "43"})
"""Numbers of BS 970 for plain carbon and carbon-manganese steels."""
_ONLY_CHROMIUM = {
    *((carbon, "13") for carbon in (8, 12, 20, 30, 40)),
    *((carbon, "17") for carbon in (8, 12)),
    (95, "18"),
    (15, "28"),
}
"""Carbon and chromium of the GOST steels that spell chromium alone."""


def _stainless(shares: dict[str, float], carbon: int) -> str:
    """The stainless grade that a chromium steel's spelling decides, or stainless of no stated grade."""
    chromium, nickel = shares["CR"], shares.get("NI", 0.0)
    if "CU" in shares and 14 <= chromium <= 17 and nickel >= 3:
        return "ss_17_4ph" if chromium > 15.4 else "ss_15_5ph"
    if "AL" in shares and nickel >= 6:
        return "ss_17_7ph"
    if 16 <= chromium <= 20 and 7 <= nickel <= 15:
        return _austenitic(shares, carbon)
    if nickel > 1:
        return "ss_unspecified"
    return _chromium_only(shares, carbon)


def _austenitic(shares: dict[str, float], carbon: int) -> str:
    if "MO" in shares:
        return "ss_316"
    for element, grade in (("TI", "ss_321"), ("NB", "ss_347"), ("S", "ss_303")):
        if element in shares:
            return grade
    return "ss_301" if carbon >= 9 and shares["NI"] < 9 else "ss_304"


def _chromium_only(shares: dict[str, float], carbon: int) -> str:
    chromium = shares["CR"]
    if 90 <= carbon <= 120 and chromium >= 16:
        return "ss_440c"
    if chromium <= 14.5 and 6 <= carbon <= 50 and "AL" not in shares:
        return "ss_410"
    if 15.5 <= chromium <= 18 and carbon <= 12 and "MO" not in shares:
        return "ss_430"
    return "ss_unspecified"


def _spelled(carbon: int, elements: list[str], shares: dict[str, float]) -> str:
    """The material that a spelled composition names."""
    if shares.get("CR", 0.0) >= STAINLESS_FROM:
        return "steel_unspecified" if carbon >= TOOL_CARBON else _stainless(shares, carbon)
    key: tuple[str | int, ...] = (*(one for one in elements if one != "N"), carbon)
    return _LOW_ALLOY.get(key, "steel_unspecified")


def _clue(
    material: str, match: re.Match[str], rule: str, confidence: float, needs: str = ""
) -> Clue:
    return Clue(material, match.start(), match.end(), f"{rule}: {quoted(match)}", confidence, needs)


def _european(match: re.Match[str], context: Context) -> Iterable[Answer]:
    """EN 10027-1: X and shares in per cent after all elements, or a low-alloy steel with coded shares."""
    elements = re.findall(_ELEMENT, match[3])
    figures = [float(one) for one in re.findall(r"[0-9]+", match[4] or "")]
    carbon = int(match[2])
    if match[1]:
        shares = dict.fromkeys(elements, 0.0) | dict(zip(elements, figures, strict=False))
    else:
        figure = figures[0] if figures else 0.0
        if len(match[2]) < 2 or figure >= STAINLESS_FROM or (len(elements) < 2 and not figure):
            return
        if len(elements) + bool(figure) < 3 and not _sure(match, context):
            return
        shares = dict.fromkeys(elements, 0.0)  # the figures are coded and stay low
    yield _clue(_spelled(carbon, elements, shares), match, "EN steel name", 0.93)


def _chinese(match: re.Match[str], context: Context) -> Iterable[Answer]:
    """GB/T: each element with its own share; carbon as 0, 1 (tenths) or 06, 022 (hundredths)."""
    pieces = _PIECE.findall(match[2])
    if len(pieces) == 1 and not pieces[0][1] and "steel" not in context.evidence:
        return
    if pieces[0][0] not in ("CR", "MN", "SI") and len(pieces) < 2:
        return
    digits = match[1]
    if match.group() == "3CR12":
        yield _clue("ss_unspecified", match, "trade name of ferritic stainless steel", 0.9)
        return
    carbon = int(digits) * 10 if len(digits) == 1 else int(digits[:2])
    shares = {element: float(share or 1) for element, share in pieces}
    if len(digits) == 1 and shares.get("CR", 0.0) < STAINLESS_FROM:
        return  # 2CR5 is a battery
    yield _clue(_spelled(carbon, [one for one, _ in pieces], shares), match, "GB/T steel name", 0.9)


def _russian(match: re.Match[str], context: Context) -> Iterable[Answer]:
    """Shares of chromium are few, so that 40Х40 and 10Х20Х30 stay the sizes that they are."""
    pieces = [(_CYRILLIC[letter], share) for letter, share in _RUSSIAN_PIECE.findall(match[2])]
    elements = [one for one, _ in pieces]
    shares = {element: float(share or 1) for element, share in pieces}
    carbon = int(match[1][:2])
    if "CR" not in shares or len(shares) < len(pieces) or shares["CR"] > 30:
        return
    if len(pieces) == 1 and (carbon, pieces[0][1]) not in _ONLY_CHROMIUM:
        if not pieces[0][1] and "steel" in context.evidence:
            yield _clue("steel_unspecified", match, "GOST steel name", 0.85)
        return
    yield _clue(_spelled(carbon, elements, shares), match, "GOST steel name", 0.93)


def _russian_other(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    yield _clue("steel_unspecified", match, "GOST steel name", 0.85)


def _sure(match: re.Match[str], context: Context) -> bool:
    """Whether the text speaks of steel, or writes the elements as chemists do (42CrMo)."""
    said = context.reading.cased[match.start() : match.end()]
    return "steel" in context.evidence or any(char.islower() for char in said)


def _bearing(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    yield _clue("steel_52100", match, "bearing steel", 0.93)


def _speed(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    cobalt = "К5" in match.group() or match.group().startswith("SKH55")
    yield _clue("steel_tool_cobalt" if cobalt else "steel_tool_m2", match, "high-speed steel", 0.9)


def _plain(match: re.Match[str], context: Context) -> Iterable[Answer]:
    if not context.reading.words & words("electronics"):
        yield _clue("steel_carbon", match, "plain carbon steel", 0.9)


def _short(match: re.Match[str], context: Context) -> Iterable[Answer]:
    # Chinese texts name Q235 without saying that it is steel
    chinese = match.group().startswith("Q") and any(
        "\u4e00" <= char <= "\u9fff" for char in context.reading.upper
    )
    if context.reading.before(match.start(), 1)[:1] in (["HASTELLOY"], ["ALLOY"]):
        return  # the nickel alloy C22
    sure = "steel" in context.evidence or chinese
    yield _clue(
        "steel_carbon", match, "plain carbon steel", 0.9 if sure else 0.4, "" if sure else "steel"
    )


def _alloyed(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    known = {"SCM440": "steel_4140", "SCM430": "steel_4130", "SNCM439": "steel_4340"}
    material = known.get(match.group(), "steel_unspecified")
    yield _clue(material, match, "JIS steel name", 0.85)


def _joined(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    """GB/T names without shares (42CrMo, 30CrMnSiA, 40CrNiMoA): all shares are about one per cent."""
    elements = [one for one, _ in _PIECE.findall(match[2])]
    if re.search(r"[0-9]$", match[2]):
        return  # an EN name
    carbon = int(match[1][:2]) if len(match[1]) > 1 else 0
    if carbon:
        shares = dict.fromkeys(elements, 1.0)
        yield _clue(_spelled(carbon, elements, shares), match, "GB/T steel name", 0.9)


def _british(match: re.Match[str], context: Context) -> Iterable[Answer]:
    """The numbers of BS 970 before 1983; EN 10025 and EN 8 as a standard are something else."""
    number = match[1].rstrip("TABD")
    material = (
        "steel_carbon"
        if number in _BRITISH_CARBON
        else {"19": "steel_4140", "24": "steel_4340", "31": "steel_52100"}.get(
            number, "steel_unspecified"
        )
    )
    glued = " " not in match.group()
    beside = [*context.reading.before(match.start(), 1), *context.reading.after(match.end(), 1)]
    shaped = not words("stock_forms").isdisjoint(word.removesuffix("S") for word in beside)
    if (glued and shaped) or {"STEEL", "STEELS", "STL"} & context.reading.words:
        yield _clue(material, match, "BS 970 steel number", 0.88)


_OPENINGS = tuple(
    f"{digit}{element}" for digit in "0123456789" for element in ("CR", "MN", "NI", "MO", "SI")
)
_LETTERS = "".join(_CYRILLIC)

_PLAIN = (
    *(f"S{number}{quality}" for number in (185, 235, 275, 355) for quality in "JKNM"),
    *("ST37", "ST44", "ST52", "SS400", "SPCC", "SPHC", "STKM", "SM20C", "SM45C", "11SMN"),
    *(f"C{number}E" for number in (22, 35, 45, 60)),
    *(f"CK{gap}{number}" for gap in ("", "-") for number in (15, 35, 45, 60)),
    *(f"DC0{number}+" for number in range(1, 6)),
    *(f"Q{number}{letter}" for number in (235, 345, 355, 390) for letter in "ABCDE"),
)

PATTERNS = (
    Pattern(
        r"(?:(X|G-?X) ?)?([0-9]{1,3})((?:CR|MN|NI|MO|SI)(?:CR|NI|MO|MN|SI|TI|NB|AL|CU|CO|PB|V|W|B|N|S)*)"
        r" ?([0-9]{1,2}(?:-[0-9]{1,2}){0,4})?(?:\+?[A-Z]{1,2})?",
        _european,
        triggers=_OPENINGS,
    ),
    Pattern(
        r"([0-9]{1,3})((?:(?:CR|MN|NI|MO|SI)[0-9]{0,2})"
        r"(?:(?:CR|NI|MO|MN|SI|TI|NB|AL|CU|CO|V|W|B|N)[0-9]{0,2})*)[AE]?",
        lambda match, context: (
            _chinese(match, context)
            if re.search(r"[0-9][A-Z]", match[2]) or len(_PIECE.findall(match[2])) == 1
            else _joined(match, context)
        ),
        triggers=_OPENINGS,
    ),
    Pattern(
        rf"([0-9]{{2,3}})((?:[ХГСНМ][0-9]{{0,2}})(?:[{_LETTERS}][0-9]{{0,2}})*)(?:-?[ВШ]Д?)?",
        _russian,
        triggers=tuple(f"{digit}{letter}" for digit in "0123456789" for letter in "ХГСНМ"),
    ),
    Pattern(r"(?:09Г2С?|17Г1С|1[46]Г2?С|60С2А?|110Г13Л)", _russian_other),
    Pattern(r"ШХ-?15(?:СГ)?|GCR15(?:SIMN)?|100CR6|SUJ-?2", _bearing),
    Pattern(r"Р6М5К?5?|Р18|W6MO5CR4V2|SKH-?(?:9|51|55)|HS6-5-2", _speed),
    Pattern(
        r"S(?:185|235|275|355)(?:JRH?|J0H?|J2H?|K2|NL?|ML?)(?:\+[A-Z]{1,2})?"
        r"|ST(?:37|44|52)(?:-[23])?|SS400|SPCC|SPHC|STKM[0-9]{0,2}[A-C]?|SM(?:20|45)C"
        r"|C(?:22|35|45|60)E|CK-?(?:15|35|45|60)|11SMN(?:PB)?[0-9]{2}|DC0[1-5]\+[A-Z]{1,2}"
        r"|Q(?:235|345|355|390)[A-E]",
        _plain,
        triggers=_PLAIN,
    ),
    Pattern(r"S(?:35|40|45|48|50|55)C", _plain),
    Pattern(
        r"S(?:185|235|275|355)|S(?:10|15|20|25|30)C|C(?:10|15|22|35|40|45|50|60)[ERK]?|DC0[1-5]|Q(?:195|215|235|345|355)",
        _short,
    ),
    Pattern(
        r"СТАЛЬ ?-?(?:08|10|15|20|25|30|35|40|45|50|60)(?:КП|ПС)?|СТ\.? ?(?:0|[1-6])(?:КП|ПС|СП)?"
        r"|(?:STALI?|STAHL|ACO|ACERO|ACCIAIO|ACIER) (?:SAE |AISI )?(?:C ?)?(?:10[1-9][0-9]|45)"
        r"|(?:10|15|20|25|30|35|40|45|50|60)(?:号|#)?钢"
        r"|СТАЛЬ [СC](?:235|245|255|275|285|345|355|375|390|440)"
        r"|[СC](?:235|245|255|275|285|345|355|375|390|440)[КД]?(?:-[СC]?[0-9]{1,3})? ГОСТ 27772",
        _plain,
        triggers=(
            "СТАЛЬ",
            "СТ",
            "27772",
            " STAL ",
            " STALI ",
            " STAHL ",
            " ACO ",
            " ACERO ",
            " ACCIAIO ",
            " ACIER ",
            "钢",
        ),
    ),
    Pattern(r"S (?:185|235|275|355)(?: ?(?:JR|J0|J2|K2)| ?\(E[0-9]{2}(?:-[0-9])?\))", _plain),
    Pattern(
        r"EN ?-?(1A|3B|8D?|9|14|15|16T?|19T?|24T?|25|26|30B|31|32B?|36[AB]?|39B?|40B?|43|45A?)",
        _british,
        triggers=tuple(
            f"EN{gap}{digit}" for gap in ("", " ", "-") for digit in "12348 9".replace(" ", "")
        ),
    ),
    Pattern(r"S(?:CM|CR|NCM)(?:4[1-4][05]|430|435|439|220|630)H?", _alloyed),
)
