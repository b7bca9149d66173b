"""Steels that a bare number names: AISI stainless grades, plain carbon 10xx, tool steels with cobalt.

Three digits are an alloy only right beside a word for stainless steel; 10xx only beside a word for
steel; M35 and M42 are screw threads unless high-speed steel or a cutting tool is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bomrisk.recognition.answer import Clue
from bomrisk.recognition.grammar.pattern import Answer, Context, Pattern, quoted
from bomrisk.recognition.wordlists import words

REPLACES = frozenset(
    {
        "ss_304",
        "ss_316",
        "ss_321",
        "ss_347",
        "ss_303",
        "ss_301",
        "ss_410",
        "ss_430",
        "ss_unspecified",
        "steel_tool_cobalt",
    }
)

_STAINLESS = {
    "301": "ss_301",
    "302": "ss_301",
    "303": "ss_303",
    "304": "ss_304",
    "316": "ss_316",
    "321": "ss_321",
    "347": "ss_347",
    "410": "ss_410",
    "416": "ss_410",
    "420": "ss_410",
    "430": "ss_430",
}
_PAIR = re.compile(r"\b3(?:04|16|03|21)L?/3(?:04|16|03|21)L?")
_CELL = 16
"""Characters up to which a text may be the cell of a material column and no more."""
_TREATED = frozenset(["PEENED", "PEEN", "VAR", "HT", "FORGED", "HRC", "KSI"])
_LOW_ALLOYS = {
    "4130": "steel_4130",
    "4140": "steel_4140",
    "4340": "steel_4340",
    "9310": "steel_9310",
    "52100": "steel_52100",
}
_STEEL_PARTS = frozenset(
    [
        "GEAR",
        "GEARS",
        "PINION",
        "SHAFT",
        "AXLE",
        "BAR",
        "ROD",
        "FORGING",
        "STL",
        "SPRING",
        "CRANKSHAFT",
        "TUBE",
        "TUBING",
    ]
)
_STEEL_WORDS = frozenset(
    [
        "STEEL",
        "STL",
        "STAHL",
        "ACERO",
        "ACIER",
        "ACCIAIO",
        "ACO",
        "STAL",
        "STALI",
        "CELIK",
        "CELIKL",
        "CELIGI",
        "STAAL",
        "OCEL",
        "СТАЛЬ",
        "AISI",
        "SAE",
    ]
)
_OTHERS = sorted(words("other_stainless"))
_BESIDE = words("stainless_words")
_NOT_AFTER = words("no_stainless_after")
_NOT_BEFORE = words("no_stainless_before")


def _stainless(match: re.Match[str], context: Context) -> Iterable[Answer]:
    reading, start, end = context.reading, match.start(), match.end()
    upper = reading.upper
    prefix, number = (match[1] or "").strip(" -"), match[2]
    before, after = reading.before(start, 1), reading.after(end, 1)
    if (after and after[0] in _NOT_AFTER) or (before and before[0] in _NOT_BEFORE):
        return
    pair = _PAIR.search(upper[max(0, start - 4) : end + 4])  # 304/316 are two grades
    if not pair and (
        re.match(r"[-./][0-9]{2,}", upper[end:]) or re.search(r"[0-9][-./]$", upper[:start])
    ):
        return
    sure = bool(prefix) or bool(match[3]) or context.near(start, end, _BESIDE, 3)
    low_carbon = upper[end - 1 : end] == "L" and number in ("304", "316", "317")
    if low_carbon and not sure:
        yield Clue(
            _STAINLESS.get(number, "ss_unspecified"),
            start,
            end,
            f"low-carbon stainless grade {number}L",
            0.8,
        )
        return
    if not sure and not any(word in upper for word in ("不锈钢", "不銹鋼", "ステンレス", "스테인")):
        yield Clue(
            _STAINLESS.get(number, "ss_unspecified"),
            start,
            end,
            f"stainless grade {number}",
            0.35,
            "stainless",
        )
        return
    yield Clue(
        _STAINLESS.get(number, "ss_unspecified"),
        start,
        end,
        f"AISI stainless grade: {quoted(match)}",
        0.95,
    )


def _word(match: re.Match[str], context: Context) -> Iterable[Answer]:
    if context.reading.upper[max(0, match.start() - 4) : match.start()] == "NON-":
        return
    yield Clue(
        "ss_unspecified", match.start(), match.end(), f"stainless steel: {quoted(match)}", 0.95
    )


def _eighteen_eight(match: re.Match[str], context: Context) -> Iterable[Answer]:
    sure = context.near(match.start(), match.end(), _BESIDE | words("mechanical"), 4)
    yield Clue(
        "ss_unspecified",
        match.start(),
        match.end(),
        "18-8 stainless steel",
        0.9 if sure else 0.4,
        "" if sure else "stainless",
    )


def _fastener(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    material = "ss_316" if match[1] == "4" else "ss_unspecified"
    yield Clue(
        material, match.start(), match.end(), f"ISO 3506 property class {quoted(match)}", 0.95
    )


def _standard_fastener(match: re.Match[str], context: Context) -> Iterable[Answer]:
    """A2 behind the standard of a screw with a metric thread: DIN 912 M3x8 A2."""
    if _METRIC.search(context.reading.upper):
        material = "ss_316" if match[1] == "4" else "ss_unspecified"
        start = match.start(1) - 1
        yield Clue(material, start, start + 2, f"ISO 3506 steel group A{match[1]}", 0.88)


def _fastener_steel(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    material = "ss_316" if "4" in match.group() else "ss_unspecified"
    yield Clue(material, match.start(), match.end(), f"ISO 3506 steel group: {quoted(match)}", 0.9)


def _carbon(match: re.Match[str], context: Context) -> Iterable[Answer]:
    prefix = (match[1] or "").strip(" -.")
    sure = bool(prefix) or context.near(
        match.start(),
        match.end(),
        frozenset(
            ["STEEL", "AISI", "SAE", "CRS", "HRS", "CARBON", "STAHL", "ACERO", "ACIER", "DRAWN"]
        ),
        2,
    )
    near = [
        *context.reading.before(match.start(), 1),
        *context.reading.after(match.end(), 1),
    ]
    shaped = not words("stock_forms").isdisjoint(word.removesuffix("S") for word in near)
    upper = context.reading.upper
    sure = sure or (shaped and not re.match(r"[-./][0-9A-Z]", upper[match.end() :]))
    if not sure and len(upper) > _CELL and "announced" not in context.evidence:
        return
    yield Clue(
        "steel_carbon",
        match.start(),
        match.end(),
        f"plain carbon steel {match[2]}",
        0.9 if sure else 0.3,
        "" if sure else "announced",
    )


def _numbered(match: re.Match[str], context: Context) -> Iterable[Answer]:
    """A four-digit AISI number right beside a word for steel, in any language."""
    start, end = match.span()
    before, after = context.reading.before(start, 1), context.reading.after(end, 1)
    if (after and after[0] in _NOT_AFTER) or (before and before[0] in _NOT_BEFORE):
        return
    if after and after[0].startswith("MOD"):
        return  # 4340 MOD is another steel
    # the numbers of records wait for a word for steel; a letter says how it was treated: 4130N
    beside = (match[1] not in _LOW_ALLOYS or match[2]) and any(
        word in _STEEL_PARTS for word in (*before, *after)
    )
    if beside or context.near(start, end, _STEEL_WORDS, 2):
        material = _LOW_ALLOYS.get(match[1], "steel_unspecified")
        yield Clue(material, start, end, f"AISI steel number {match[1]}", 0.93)


def _leaded(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    yield Clue(
        "steel_carbon",
        match.start(),
        match.end(),
        f"free-cutting carbon steel {match.group()}",
        0.85,
    )


def _low_alloy(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    yield Clue(
        "steel_unspecified",
        match.start(),
        match.end(),
        f"AISI steel {match[1]}, not in the knowledge",
        0.75,
    )


def _three_hundred(match: re.Match[str], context: Context) -> Iterable[Answer]:
    """300M is 300 metres of cable, too: it counts beside a part or a form of steel."""
    reading = context.reading
    if reading.words & (words("electronics") | words("lengths")):
        return
    around = [*reading.before(match.start(), 2), *reading.after(match.end(), 2)]
    known = words("mechanical") | words("stock_forms") | _TREATED
    if any(word in known or word.removesuffix("S") in known for word in around):
        yield Clue(
            "steel_300m", match.start(), match.end(), "steel 300M, by the part beside it", 0.8
        )


def _cobalt_tool(match: re.Match[str], context: Context) -> Iterable[Answer]:
    words = context.reading.words
    if words & {"HSS", "COBALT", "HSSE"} or re.search(
        r"\b(?:DRILL|TAP|REAMER|END ?MILL|BIT|STEEL)", context.reading.upper
    ):
        if re.match(r"M(?:35|42) ?X ?[0-9]", context.reading.upper[match.start() :]):
            return
        yield Clue(
            "steel_tool_cobalt",
            match.start(),
            match.end(),
            f"cobalt high-speed steel {match.group()}",
            0.85,
        )


def _cobalt_drill(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    yield Clue(
        "steel_tool_cobalt", match.start(), match.end(), "a cobalt drill is of M35 or M42", 0.88
    )


_CARBON = sorted(words("carbon_steels"))

_METRIC = re.compile(r"\bM[1-9][0-9]?(?:[.,][0-9])?(?: ?X|\b)")

_NEAR_STAINLESS = (
    *("304L", "316L", "317L"),
    *(
        "STAINL",
        "SUS3",
        "SUS4",
        "SUS 3",
        "SUS-3",
        "STS3",
        "STS 3",
        "AISI",
        "CRES",
        "INOX",
        "EDELST",
        "NIERDZ",
        "INOSSI",
        "НЕРЖАВ",
        "STEEL",
        "ACIER",
        "ACERO",
        "ACCIA",
        "PASLAN",
        "ROESTV",
        "ROSTFR",
        "RUSTFR",
        "NEREZ",
    ),
    *(
        "不锈钢",
        "不銹鋼",
        "ステンレス",
        "스테인",
        "SST",
        "AUSTEN",
        "TYPE 3",
        "TYPE 4",
        "T-3",
        "T-4",
    ),
    *(f"SS{gap}{digit}" for gap in ("", " ", "-") for digit in "349"),
    *(
        f"{digit}{low}{gap}SS"
        for digit in "01234679"
        for low in ("", "L")
        for gap in ("", " ", "-")
    ),
)
"""Letters beside which a three-digit number may be a stainless grade."""

_SS_AFTER = tuple(
    f"{letter}{digit}{gap}SS" for letter in "AА" for digit in "24" for gap in ("", " ")
)

PATTERNS = (
    Pattern(
        rf"(SST?[ -]?|SUS[ -]?|STS[ -]?|AISI[ -]?|CRES[ -]?|INOX[ -]?|TYPE[ -]|T-)?"
        rf"({'|'.join([*_STAINLESS, *_OTHERS])})(?:L|H|N|LN|TI|SE)?([ -]?SST?|[ -]?CRES|[ -]?INOX)?",
        _stainless,
        triggers=_NEAR_STAINLESS,
    ),
    Pattern(
        r"STAINLESS(?:[ -]*STEEL)?|CRES|INOX|EDELSTAHL[A-Z]*|PASLANMAZ(?: CELIK[A-Z]*)?"
        r"|ROESTVRIJ(?:E|STAAL)?(?: STAAL)?|ROSTFRI(?:TT?|A)?|RUSTFRI(?:TT?|E)?|NEREZ[A-Z]{0,5}"
        r"|NERUSTN[A-Z]{1,3}|RUOSTUMATON|ROZSDAMENTES",
        _word,
    ),
    Pattern(
        r"(?:(?:SUPER|HYPER|LEAN)[ -]?)?DUPLEX[ ,-]{0,2}(?:STAINLESS |SS |ALLOY |UNS )?"
        r"(?:S3[12][0-9]{3}|2205|2507|2304|2101|2906|2202|2003|F5[1-5])"
        r"|SAF[ -]?(?:2205|2507|2304|2906)|ZERON[ -]?100|(?:SUPER[ -]?)?DUPLEX (?:STAINLESS|STEEL)",
        _word,
        triggers=("DUPLEX", "SAF2", "SAF 2", "SAF-2", "ZERON"),
    ),
    Pattern(r"18-8", _eighteen_eight),
    Pattern(r"A([24])[ -](?:50|70|80)", _fastener),
    Pattern(
        r"(?:DIN|ISO)[ -]?(?:EN )?(?:ISO )?[0-9]{2,5}[A-Z0-9 ,.*/-]{0,28}[ ,-]A([24])",
        _standard_fastener,
        triggers=(" DIN ", " ISO "),
    ),
    Pattern(
        r"A([24])[ ,-]{1,2}(?:DIN|ISO)[ -]?[0-9]{2,5}",
        _standard_fastener,
        triggers=(" DIN ", " ISO "),
    ),
    Pattern(
        r"(?:A|А)[24] ?(?:STAINLESS|SS|INOX|EDELSTAHL)"
        r"|(?:STAINLESS|INOX|EDELSTAHL|INOXIDABLE|INOXYDABLE|INOSSIDABILE|INOXIDAVEL|NIERDZEWN[A-Z]{1,2}|НЕРЖАВЕЮЩ[А-Я]{2})"
        r"(?: STEEL)?,? (?:A|А)[24]",
        _fastener_steel,
        triggers=(
            "STAINLESS",
            "INOX",
            "INOSSID",
            "EDELSTAHL",
            "NIERDZEWN",
            "НЕРЖАВЕЮЩ",
            *_SS_AFTER,
        ),
    ),
    Pattern(
        rf"(AISI[ -]?|SAE[ -]?|COMP[ -]?|ASTM[ -]?|C)?(10(?:{'|'.join(_CARBON)}))",
        _carbon,
        triggers=tuple(f"10{ending}" for ending in _CARBON),
    ),
    Pattern(r"(4130|4140|4340|9310|52100|8620|8630|8740|4150|5160|6150)(N|H)?", _numbered),
    Pattern(r"(?:11|12)L1[3-7]", _leaded),
    Pattern(
        r"(?:AISI|SAE)[ -]?(86[0-9]{2}|43[0-2][0-9]|41[0-9]5|5[0-9]{3}|61[0-9]{2}|87[0-9]{2}"
        r"|46[0-9]{2}|48[0-9]{2}|11[0-9]{2}|12[0-9]{2}|L?4150)",
        _low_alloy,
    ),
    Pattern(r"300-?M", _three_hundred),
    Pattern(r"M(?:35|42)", _cobalt_tool),
    Pattern(
        r"COBALT[ ,]*(?:HSS )?(?:TWIST )?DRILL|DRILL[A-Z ,]*COBALT|HSS-?CO[58]?|HSS-?E",
        _cobalt_drill,
    ),
)
