"""Carbon, alloy and tool steels that a bare number names: 1018, 4140, 300M, M42.

10xx counts only beside a word for steel or a form of stock; 300M is a length of cable unless a part stands
beside it; M35 and M42 are screw threads unless high-speed steel or a cutting tool is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bomrisk.recognition.answer import Clue
from bomrisk.recognition.grammar.pattern import Answer, Context, Pattern
from bomrisk.recognition.wordlists import words

REPLACES = frozenset({"steel_tool_cobalt"})

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
_MADE = frozenset(["HT", "VAR", "VIM", "PREHARD", "PREHARDENED", "HRC", "NORMALIZED", "QT"])
"""How a steel was melted or treated, right behind its number."""
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
_NOT_AFTER = words("no_stainless_after")
_NOT_BEFORE = words("no_stainless_before")
_CARBON = sorted(words("carbon_steels"))


def _carbon(match: re.Match[str], context: Context) -> Iterable[Answer]:
    prefix = (match[1] or "").strip(" -.")
    sure = bool(prefix) or context.near(
        match.start(),
        match.end(),
        frozenset(
            [
                *(
                    "STEEL",
                    "AISI",
                    "SAE",
                    "CRS",
                    "HRS",
                    "CARBON",
                    "STAHL",
                    "ACERO",
                    "ACIER",
                    "DRAWN",
                ),
                *("ROLLED", "COLD", "CDS"),
            ]
        ),
        2,
    )
    after = context.reading.after(match.end(), 3)
    drawn = bool(after) and after[0] in ("CD", "CF", "HR", "CR")  # cold drawn, hot rolled
    near = [*context.reading.before(match.start(), 1), *(after if drawn else after[:1])]
    shaped = not words("stock_forms").isdisjoint(word.removesuffix("S") for word in near)
    upper = context.reading.upper
    if (
        match[1] == "C"
        and not context.reading.words & _STEEL_WORDS
        and "copper" in context.evidence
    ):
        return  # C1020 is oxygen-free copper in JIS H 3100
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
    beside = beside or (bool(after) and after[0] in _MADE) or match[2] == "HT"
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


PATTERNS = (
    Pattern(
        r"(AISI[ -]?|SAE[ -]?|COMP[ -]?|ASTM[ -]?|A[0-9]{2,3}[ ,]{1,2}GR(?:ADE)?[. ]{0,2}|C)?"
        rf"(10(?:{'|'.join(_CARBON)}))",
        _carbon,
        triggers=tuple(f"10{ending}" for ending in _CARBON),
    ),
    Pattern(r"(4130|4140|4340|9310|52100|8620|8630|8740|4150|5160|6150)(HT|N|H)?", _numbered),
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
