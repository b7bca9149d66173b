"""Metals as machine shops and provisioning lists shorten them: AL BRACKET, SS WASHER, ALY STL, BRZ BUSHING.

Two letters are a part number, a unit or a maker as well (TI, CU FT), so they count only beside a word for
a mechanical part or a form of stock, or behind one after a comma, and never beside electronics.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bomrisk.recognition.answer import Clue
from bomrisk.recognition.grammar.pattern import Answer, Context, Pattern, quoted
from bomrisk.recognition.wordlists import words

_THREAD = re.compile(
    r"\bM[1-9][0-9]?(?:\.[0-9])? ?X ?[0-9]|\b#?[0-9]{1,2}(?:/[0-9]{1,2})?-[1-9][0-9]\b"
)
"""The size of a screw: M3X8, 10-32, 1/4-20."""
_FILES = frozenset(["FILE", "FILES", "STEP", "CAD", "PRINT", "PRINTED", "MODEL", "MODELS", "MESH"])
_OPTICS = frozenset(["LEN", "LENS", "WINDOW", "DOME", "WAFER", "PRISM", "OPTIC", "OBJECTIV"])
_STAINLESS = ("STN", "ST", "STAINLESS", "CRES", "SS", "CORR", "INOX", "S")
_CARBON = ("CARBON", "CARB", "MILD", "LOW", "LC")


def _parts() -> frozenset[str]:
    return words("mechanical") | words("stock_forms")


def _beside(match: re.Match[str], context: Context, reach: int = 2) -> bool:
    """Whether a mechanical part or a form of stock stands beside the match."""
    if context.reading.words & words("electronics"):
        return False
    around = [
        *context.reading.before(match.start(), reach),
        *context.reading.after(match.end(), reach),
    ]
    known = _parts()
    return any(word in known or word.removesuffix("S") in known for word in around)


def _clue(material: str, match: re.Match[str], rule: str, confidence: float = 0.85) -> Clue:
    return Clue(
        material, match.start(), match.end(), f"abbreviation of {rule}: {quoted(match)}", confidence
    )


def _steel(match: re.Match[str], context: Context) -> Iterable[Answer]:
    reading = context.reading
    if reading.words & _FILES or reading.upper[max(0, match.start() - 1) : match.start()] == ".":
        return  # a file of a shape
    lead = (match[1] or "").strip(" -.,/")
    if lead in _STAINLESS:
        yield _clue("ss_unspecified", match, "stainless steel", 0.9)
    elif lead in _CARBON:
        yield _clue("steel_carbon", match, "carbon steel", 0.9)
    elif lead or _beside(match, context):
        yield _clue("steel_unspecified", match, "steel")


def _stainless(match: re.Match[str], context: Context) -> Iterable[Answer]:
    threaded = _THREAD.search(context.reading.upper) and not (
        context.reading.words & words("electronics")
    )
    vessel = not words("vessels").isdisjoint(
        [*context.reading.before(match.start(), 1), *context.reading.after(match.end(), 1)]
    )
    if threaded or vessel or _beside(match, context) or _last(match, context):
        yield _clue("ss_unspecified", match, "stainless steel")


def _last(match: re.Match[str], context: Context) -> bool:
    """Whether the short name closes an item that opens with a mechanical part: PIN, DOWEL 1/4 X 1 SS."""
    reading = context.reading
    if reading.after(match.end(), 1) or reading.words & words("electronics"):
        return False
    head = reading.spelled[0]
    return match.start() > 0 and (head in _parts() or head.removesuffix("S") in _parts())


def _zinc(match: re.Match[str], context: Context) -> Iterable[Answer]:
    """ZN and ZP behind steel or on a screw: M16 CLASS 8 ZP, STEEL ZN; HDG is hot-dip galvanized."""
    reading = context.reading
    if reading.words & words("electronics") or "copper" in context.evidence:
        return
    threaded = _THREAD.search(reading.upper) or _METRIC.search(reading.upper)
    fastened = not _parts().isdisjoint(reading.words) and not words("nominal_symbols") & {
        *reading.before(match.start(), 1),
        *reading.after(match.end(), 1),
    }
    if "steel" in context.evidence or threaded or fastened:
        yield Clue(
            "zinc_plate",
            match.start(),
            match.end(),
            f"abbreviation of zinc plating: {quoted(match)}",
            0.85,
            "",
            "coating",
        )


def _galvanized(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    """Both words of an item name that lost its spaces: PIPE,GALVANIZEDSTEEL."""
    coated = Clue(
        "zinc_plate", match.start(), match.end(1), "plating: galvanized", 0.9, "", "coating"
    )
    yield coated
    yield Clue("steel_unspecified", match.end(1), match.end(), "name steel", 0.9)


def _alloy_screw(match: re.Match[str], context: Context) -> Iterable[Answer]:
    """Alloy in black oxide on a screw is alloy steel: SHCS 1/4-20, ALLOY BO."""
    if context.reading.words & _SCREWS:
        yield Clue(
            "steel_unspecified",
            match.start(),
            match.start() + len("ALLOY"),
            "alloy steel of a screw, by its black oxide",
            0.85,
        )


_METRIC = re.compile(r"\bM[1-9][0-9]?\b")
_SCREWS = frozenset(
    ["SCREW", "SCREWS", "SHCS", "BHCS", "FHCS", "BOLT", "BOLTS", "SETSCREW", "CAPSCREW"]
)


def _cadmium(match: re.Match[str], context: Context) -> Iterable[Answer]:
    """CAD II is a class of design files as well: it counts behind a metal or a part of one."""
    if "steel" in context.evidence or context.reading.words & _parts():
        yield Clue(
            "cadmium_plate",
            match.start(),
            match.end(),
            f"cadmium plating by its type: {quoted(match)}",
            0.88,
            "",
            "coating",
        )


def _own_field(match: re.Match[str], context: Context) -> bool:
    """Whether AL or CU stands alone between commas behind a form of stock: CABLE,CU,PVC; TAPE,ARMOR,AL."""
    reading = context.reading
    upper = reading.upper
    before, after = upper[: match.start()].rstrip(), upper[match.end() :]
    if match.group() not in ("AL", "CU") or not before.endswith(","):
        return False
    return bool(re.match(r" ?(?:$|,| [0-9]|[0-9])", after)) and (
        reading.spelled[:1] != [] and reading.spelled[0] in _CONDUCTORS | words("stock_forms")
    )


def _worked(match: re.Match[str], context: Context) -> bool:
    """Whether the word before says how aluminium was worked, or a choice follows: Al or SiC."""
    before, after = (
        context.reading.before(match.start(), 1),
        context.reading.after(match.end(), 1),
    )
    return bool({*before} & _WORKED) or after == ["OR"]


_WORKED = frozenset(
    ["ANODIZED", "ANODISED", "MACHINED", "CAST", "BILLET", "EXTRUDED", "MILLED", "FORGED"]
)
_CONDUCTORS = frozenset(
    ["CABLE", "WIRE", "CONDUCTOR", "TAPE", "BUSBAR", "LUG", "BRAID", "STRAP", "TERMINAL"]
)


def _metal(material: str, name: str, *spelled: str) -> Pattern:
    """A rule for the symbol of a metal, in the case of chemistry or in capitals."""

    def read(match: re.Match[str], context: Context) -> Iterable[Answer]:
        said = context.reading.cased[match.start() : match.end()]
        worked = said == "Al" and _worked(match, context)
        if said in spelled and (worked or _beside(match, context, 1) or _own_field(match, context)):
            yield _clue(material, match, name)

    return Pattern(spelled[0].upper(), read, triggers=(f" {spelled[0].upper()} ",))


def _germanium(match: re.Match[str], context: Context) -> Iterable[Answer]:
    around = [
        *context.reading.before(match.start(), 1),
        *context.reading.after(match.end(), 1),
    ]
    if any(word.removesuffix("S").removesuffix("E") in _OPTICS for word in around):
        yield _clue("germanium", match, "germanium")


def _aluminium_alloy(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    yield _clue("al_unspecified", match, "aluminium alloy", 0.9)


def _brass(match: re.Match[str], context: Context) -> Iterable[Answer]:
    if _beside(match, context):
        yield _clue("cu_brass", match, "brass")


def _bronze(match: re.Match[str], context: Context) -> Iterable[Answer]:
    lead = (match[1] or match[2] or "").strip(" -.,")
    if lead.startswith(("AL", "NI")):
        yield _clue("cu_nab", match, "aluminium bronze", 0.9)
    elif lead or _beside(match, context):
        yield _clue("cu_bronze", match, "bronze")


def _carbide(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    yield _clue("wc_co_unspecified", match, "tungsten carbide", 0.9)


def _structural(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    yield Clue(
        "steel_carbon",
        match.start(1),
        match.end(1),
        f"structural steel of ASTM {match[1]}, by the form beside it",
        0.85,
    )


def _piping(match: re.Match[str], context: Context) -> Iterable[Answer]:
    """Carbon steels of pipes and flanges; A105 is a room too, so a piece of piping must stand by."""
    if context.reading.words & _PIPING:
        end = match.end() - match.group().endswith("/")
        yield Clue(
            "steel_carbon",
            match.start(),
            end,
            f"steel for piping of ASTM {match.group().strip('/')}",
            0.88,
        )


_PIPING = frozenset(
    [
        "PIPE",
        "PIPES",
        "FLANGE",
        "FLANGES",
        "ELBOW",
        "TEE",
        "REDUCER",
        "FITTING",
        "FITTINGS",
        "VALVE",
        "NIPPLE",
    ]
) | {"COUPLING", "OLET", "WELDOLET", "SMLS", "ASTM", "CAP", "PIPING"}


def _tool(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    yield Clue(
        "steel_unspecified", match.start(), match.end(), f"tool steel: {quoted(match)}", 0.88
    )


def _cast(match: re.Match[str], context: Context) -> Iterable[Answer]:
    """A380 is an aircraft and ADC12 an input too: a casting, a part or aluminium must stand beside it."""
    if context.reading.words & {"CHANNEL", "CHANNELS", "INPUT", "INPUTS", "BIT"}:
        return
    cast = any(word.startswith(("CAST", "DIECAST", "DIE")) for word in context.reading.words)
    beside = not match.group().startswith("A3") and _beside(match, context)
    asian = not context.reading.upper.isascii()
    if cast or beside or asian or "aluminium" in context.evidence:
        yield Clue(
            "al_unspecified",
            match.start(),
            match.end(),
            f"aluminium for castings or plates: {quoted(match)}",
            0.88,
        )


PATTERNS = (
    Pattern(
        r"((?:STN|ST|STAINLESS|CRES|SS|CORR|S|ALY|ALLOY|CARBON|CARB|MILD|LOW CARBON|TOOL|SPRING|GALV)"
        r"[ .,/-]{1,2})?STL",
        _steel,
        triggers=(" STL ",),
    ),
    Pattern(r"SSTL?|S[./]S\.?|SS", _stainless, triggers=(" SST ", " SSTL ", " SS ", "S.S", "S/S")),
    Pattern(
        r"HDG|[BE]?ZP|Z/P|ZN(?: ?PL)?",
        _zinc,
        triggers=(" HDG ", " BZP ", " EZP ", " ZP ", "Z/P", " ZN "),
    ),
    Pattern(r"(GALVANI[SZ]ED)STEEL", _galvanized),
    Pattern(
        r"ALLOY[ ,]{1,2}(?:BO|B/O|BLK|BLACK|BLACK[ -]OX[A-Z]*)",
        _alloy_screw,
        triggers=("ALLOY B", "ALLOY, B", "ALLOY,B"),
    ),
    _metal("al_unspecified", "aluminium", "AL", "Al"),
    _metal("cu_pure", "copper", "CU", "Cu"),
    _metal("ti_unspecified", "titanium", "TI", "Ti"),
    Pattern("GE", _germanium, triggers=(" GE ",)),
    Pattern(r"AL(?:UM)?[ .-]{1,2}(?:ALY|ALLY)", _aluminium_alloy, triggers=(" ALY ", " ALLY ")),
    Pattern(
        r"CAD\.?,? (?:TY(?:PE)?\.? ?|CL(?:ASS)?\.? ?)?(?:I{1,3}|[123])",
        _cadmium,
        triggers=(" CAD ",),
    ),
    Pattern(r"BRS", _brass, triggers=(" BRS ",)),
    Pattern(
        r"((?:PHOS(?:PHOR)?|(?:NI-?)?AL(?:UM)?(?:[ -]NI)?|NI[ -]AL|PH)[ .-]{1,2})?BR(?:N?Z)"
        r"|((?:NI[ -]?)?AL(?:UM)?(?:[ -]NI)?\.?[ -])BRONZE",
        _bronze,
        triggers=(" BRZ ", " BRNZ ", " AL ", " ALUM "),
    ),
    Pattern(r"TUNG(?:STEN)?[ .-]{1,2}CARB\.?", _carbide, triggers=(" CARB ",)),
    Pattern(
        r"(A36|A500|A513|A53|A106|A516|A572|A1011|A1008)[ ,-]+"
        r"(?:STEEL |STL |HR |CR |GR(?:ADE)? ?[A-C0-9]{1,2} )?"
        r"(?:PLATE|ANGLE|CHANNEL|BEAM|TUBE|TUBING|PIPE|BAR|FLAT|SHEET|ROD|ROUND)",
        _structural,
    ),
    Pattern(
        r"A(?:572|992|588|656)(?:,? GR(?:ADE)?\.? ?|-)[0-9]{2}"
        r"|(?:STEEL|SHEET|PLATE|TUBE|PIPE|STL)[ |,]{1,3}(?:[A-Z0-9]{1,6} )?"
        r"A(?:500|1011|1008|53|513)-(?:[A-D]|[0-9]{2})"
        r"|ASTM A(?:572|992|500|53|106|516|513|1011|1008|588)",
        lambda match, context: (_clue("steel_carbon", match, "a structural steel"),),  # noqa: ARG005
        triggers=(
            "A572",
            "A992",
            "A588",
            "A656",
            "ASTM A",
            "A500-",
            "A1011-",
            "A1008-",
            "A53-",
            "A513-",
        ),
    ),
    Pattern(
        r"A(?:234(?:[ -]?WP[BC]| GR ?WPB)|106(?:[ -]?GR?\.? ?)?[ABC]|333[ -]GR?\.? ?6|105N?/)",
        _piping,
        triggers=("A234", "A106", "A333", "A105"),
    ),
    Pattern(r"A105N?", _piping, triggers=("A105",)),
    Pattern(
        r"(?:O-?1|A-?2|A-?6|D-?2|S-?7|H-?13|W-?1|L-?6|P-?20)[ ,]{1,2}(?:DRILL ROD|GROUND FLAT|FLAT STOCK"
        r"|DIE|PUNCH|TOOL ST(?:EE)?L)|DRILL ROD|(?:SKD-?(?:11|61)|DC53|1\.2083|1\.2311)",
        _tool,
    ),
    Pattern(
        r"A(?:380|383|413|319|390)|ADC-?(?:3|6|10|12|14)|MIC-?6|K100-?S",
        _cast,
        triggers=("A380", "A383", "A413", "A319", "A390", "ADC", "MIC6", "MIC-6", "K100"),
    ),
)
