"""Stainless steels: the word in many languages, AISI grades, duplex, groups of ISO 3506.

Three digits are an alloy only right beside a word for stainless steel.
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
_ROW = re.compile(r"(?:[| ][0-9.,]+ \| ?){2}$")
"""Two figures in cells of their own: what follows is a figure of the row, no grade."""
_DIODE = re.compile(r"\bSS[0-9]{2}[A-Z]?\b")
"""SS14, SS34: Schottky diodes, beside which a number is no grade."""
_OTHERS = sorted(words("other_stainless"))
_BESIDE = words("stainless_words")
_NOT_AFTER = words("no_stainless_after")
_NOT_BEFORE = words("no_stainless_before")
_WITH = re.compile(r"[ ,]*W/")  # 304 W are watts, 304 W/NUTS is with nuts


def _stainless(match: re.Match[str], context: Context) -> Iterable[Answer]:
    reading, start, end = context.reading, match.start(), match.end()
    upper = reading.upper
    prefix, number = (match[1] or "").strip(" -"), match[2]
    before, after = reading.before(start, 1), reading.after(end, 1)
    counts = after and after[0] in _NOT_AFTER and not _WITH.match(reading.upper, end)
    if counts or (before and before[0] in _NOT_BEFORE):
        return
    if _ROW.search(upper[:start]) or _DIODE.search(upper):
        return
    pair = _PAIR.search(upper[max(0, start - 4) : end + 4])  # 304/316 are two grades
    if not pair and (
        re.match(r"[-./][0-9]{2,}", upper[end:]) or re.search(r"[0-9][-./]$", upper[:start])
    ):
        return
    sure = bool(prefix) or bool(match[3]) or context.near(start, end, _BESIDE, 3)
    low_carbon = upper[end - 1 : end] == "L" and number in ("304", "316", "317", "904")
    heat_resisting = upper[end - 1 : end] == "S" and number in ("309", "310")
    if (low_carbon or heat_resisting) and not sure:
        yield Clue(
            _STAINLESS.get(number, "ss_unspecified"),
            start,
            end,
            f"stainless grade {upper[start:end]}",
            0.8,
        )
        return
    if not sure and not any(
        word in upper for word in ("不锈钢", "不銹鋼", "不鏽鋼", "ステンレス", "스테인")
    ):
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


_LOOK = re.compile(
    r"EDELSTAHL[ -]?(?:EFFEKT|OPTIK|LOOK|FARB|DEKOR|IMITAT|LACK|REINIGER|PFLEGE|POLITUR)"
)
"""What looks like stainless steel, or cleans it."""


def _word(match: re.Match[str], context: Context) -> Iterable[Answer]:
    if context.reading.upper[max(0, match.start() - 4) : match.start()] == "NON-":
        return
    if _LOOK.match(context.reading.upper, match.start()):
        return
    yield Clue(
        "ss_unspecified", match.start(), match.end(), f"stainless steel: {quoted(match)}", 0.95
    )


def _kinds(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    """Alloy steel and stainless steel side by side are two kinds: alloy steel / A2-70 stainless."""
    start = match.start() + match.group().index("ALLOY")
    yield Clue("steel_unspecified", start, start + len("ALLOY STEEL"), "kind of steel", 0.9)


def _german_class(match: re.Match[str], context: Context) -> Iterable[Answer]:
    """V2A and V4A on a fastener: socket head V4A (DIN 912)."""
    upper = context.reading.upper
    fastener = _SIZE.search(upper) and (_STANDARD.search(upper) or context.reading.words & _HEADS)
    if fastener and not context.reading.words & {"FUSE", "RELAY", "SENSOR", "CONNECTOR"}:
        material = "ss_304" if match.group() == "V2A" else "ss_316"
        yield Clue(material, *match.span(), f"stainless steel class {match.group()}", 0.9)


_SIZE = re.compile(r"\bM[1-9][0-9]?(?:[.,][0-9])?(?: ?[X×-] ?[0-9]|\b)")
_STANDARD = re.compile(r"\b(?:DIN|ISO|EN) ?[0-9]{3,5}")
_HEADS = frozenset(
    [
        "SCREW",
        "SCREWS",
        "BOLT",
        "BOLTS",
        "NUT",
        "NUTS",
        "WASHER",
        "WASHERS",
        "SOCKET",
        "COUNTERSUNK",
    ]
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


_METRIC = re.compile(r"\bM[1-9][0-9]?(?:[.,][0-9])?(?: ?X|\b)")

_NEAR_STAINLESS = (
    *("304L", "316L", "317L", "904L", "309S", "310S", "A2 3", "18/8 ", "18-8 "),
    *("A240", "A276", "A269", "A312", "A479", "A554", "A582"),
    *(
        "STAINL",
        " STAINLESS ",
        " SS ",
        "STN STL",
        "ST STL",
        "ST. STL",
        "SUS3",
        "SUS4",
        "SUS 3",
        "SUS-3",
        "SUS 4",
        "SUS-4",
        "STS3",
        "STS 3",
        "STS4",
        "STS 4",
        "S/S",
        "S.S",
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
        "不鏽鋼",
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
        r"(ASTM A(?:240|276|269|312|479|554|582)[ ,]{1,2}(?:TP ?)?|A2 |18[-/]8 |S[./]S\.? ?"
        r"|(?:STN|ST)\.? ?STL\.? |SST?[ -]?"
        r"|SUS[ -]?|STS[ -]?|AISI[ -]?|CRES[ -]?|INOX[ -]?|TYPE[ -]|T-)?"
        rf"({'|'.join([*_STAINLESS, *_OTHERS])})"
        r"(?:(?:L|H|N|LN|TI|SE|J[12]|F)?([ -]?SST?L?|[ -]?CRES|[ -]?INOX| (?:STN|ST)\.? ?STL)"
        r"|(?:L|H|N|LN|TI|SE|S|J[12]|F)?)",
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
        r"|SAF[ -]?(?:2205|2507|2304|2906)|ZERON[ -]?100|(?:SUPER[ -]?)?DUPLEX (?:STAINLESS|STEEL|SS)"
        r"|(?:SUPER|HYPER|LEAN)[ -]?DUPLEX|DUPLEX (?:BOLTS?|STUDS?|NUTS?|FLANGES?|FASTENERS?|ROUND BARS?)",
        _word,
        triggers=("DUPLEX", "SAF2", "SAF 2", "SAF-2", "ZERON"),
    ),
    Pattern(
        r"ALLOY[ -]STEELS?(?: ?[/&+,] ?| AND | OR )(?:A[24]-[578]0 )?(?:STAINLESS|SS|CRES)"
        r"|(?:STAINLESS(?:[ -]STEELS?)?|CRES)(?: ?[/&+,] ?| AND | OR )ALLOY[ -]STEELS?",
        _kinds,
        triggers=("ALLOY STEEL", "ALLOY-STEEL"),
    ),
    Pattern(r"18-8", _eighteen_eight),
    Pattern(r"V[24]A", _german_class),
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
        r"(?: STEEL)?,? (?:\| )?(?:\((?:A|А)[24]\)|(?:A|А)[24])",
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
)
