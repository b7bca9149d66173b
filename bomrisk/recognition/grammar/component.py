"""Electronic parts that name their material by a type code: capacitors, resistors, cores.

A dielectric inside a maker's part number (C1005C0G1H080C) is read where the number has the shape of a
ceramic capacitor's: series letters, a four-digit size, the dielectric, a voltage.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bomrisk.recognition.answer import Clue
from bomrisk.recognition.grammar.pattern import Answer, Context, Pattern, quoted
from bomrisk.recognition.wordlists import words

_CAPACITANCE = re.compile(r"[0-9] ?(?:UF|MF|NF|PF|MFD)\b|\b[0-9]{1,3}U[0-9]?\b")
_HOLDERS = frozenset(
    ["HOLDER", "HOLDERS", "RETAINER", "SOCKET", "CLIP", "CLIPS", "CASE", "CHARGER"]
)
_CAPACITOR_WORDS = words("capacitor_words")


def _clue(material: str, match: re.Match[str], rule: str, confidence: float) -> Clue:
    return Clue(material, match.start(), match.end(), f"{rule}: {quoted(match)}", confidence)


def _dielectric(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    first = match[1] in ("C0G", "NP0", "NPO", "CH", "COG")
    yield _clue(
        "mlcc_c0g" if first else "mlcc_x7r",
        match,
        f"part number with the dielectric {match[1]}",
        0.88,
    )


def _murata(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    yield _clue(
        "mlcc_c0g" if match[1] == "5C" else "mlcc_x7r",
        match,
        "part number of a ceramic capacitor",
        0.85,
    )


def _kemet(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    yield _clue(
        "mlcc_c0g" if match[1] in ("G", "C") else "mlcc_x7r",
        match,
        "part number of a ceramic capacitor",
        0.85,
    )


def _ceramic(match: re.Match[str], context: Context) -> Iterable[Answer]:
    if context.reading.words & _CAPACITOR_WORDS or re.search(
        r"[0-9](?:UF|PF|NF)\b", context.reading.upper
    ):
        if context.reading.words & {"RESONATOR", "FUSE", "FILTER", "TRIMMER"}:
            return
        yield _clue("mlcc_unspecified", match, "ceramic capacitor", 0.88)


def _military(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    material = {
        "55365": "cap_tantalum_mno2",
        "39003": "cap_tantalum_mno2",
        "39006": "cap_tantalum_wet",
        "39018": "cap_al_electrolytic",
        "32700": "cap_tantalum_polymer",
        "123": "mlcc_unspecified",
        "55681": "mlcc_unspecified",
        "49470": "mlcc_unspecified",
    }[match[1]]
    yield _clue(material, match, "military capacitor specification", 0.93)


def _tantalum_series(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    yield _clue("cap_tantalum_mno2", match, "series of solid tantalum capacitors", 0.9)


def _polymer_series(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    yield _clue("cap_tantalum_polymer", match, "series of polymer tantalum capacitors", 0.88)


def _aluminium(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    yield _clue("cap_al_electrolytic", match, "aluminium electrolytic capacitor", 0.95)


def _fair_rite(match: re.Match[str], context: Context) -> Iterable[Answer]:
    if "ferrite" not in context.evidence:
        return
    yield _clue(_soft_ferrite(match[1]), match, "soft-ferrite material number", 0.85)


def _toroid(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    yield _clue(_soft_ferrite(match[1]), match, "ferrite toroid by size and material", 0.88)


def _soft_ferrite(number: str) -> str:
    """The soft ferrite of a Fair-Rite material number; recalled."""
    return "ferrite_nizn" if number in ("43", "61", "52", "67") else "ferrite_mnzn"


def _rechargeable(match: re.Match[str], context: Context) -> Iterable[Answer]:
    """A lithium battery that can be charged again is of lithium ions."""
    said = context.reading.words
    start = context.reading.upper.find("LITHIUM")
    if start < 0 or "LITHIUM" not in said or said & _HOLDERS:
        return
    if said & {"BATTERY", "BATTERIES", "CELL", "CELLS"}:
        rule = f"lithium battery that is charged again: {quoted(match)}"
        yield Clue("liion_unspecified", start, start + len("LITHIUM"), rule, 0.85)


def _thick_film(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    yield _clue("resistor_ruo2", match, "thick-film resistor", 0.93)


def _tantalum_value(match: re.Match[str], context: Context) -> Iterable[Answer]:
    if _CAPACITANCE.search(context.reading.upper):
        yield from _tantalum(match, context)


def _coin(match: re.Match[str], context: Context) -> Iterable[Answer]:
    said = context.reading.words
    if said & _HOLDERS:
        return
    if "battery" in context.evidence or said & {"COIN", "BUTTON"}:
        yield _clue("limno2_cell", match, "lithium coin cell", 0.92)


def _cell(match: re.Match[str], context: Context) -> Iterable[Answer]:
    """IEC 61960: the letter behind I says the cathode: C cobalt, N nickel, F iron phosphate."""
    if context.reading.words & _HOLDERS:
        return
    material = {"N": "liion_nmc", "C": "liion_lco", "F": "liion_lfp"}.get(
        match[1], "liion_unspecified"
    )
    yield _clue(material, match, "lithium-ion cell by its type code", 0.92)


def _tantalum(match: re.Match[str], context: Context) -> Iterable[Answer]:
    """A solid one has a cathode of manganese dioxide, unless polymer is said."""
    said = context.reading.words
    polymer = bool(said & {"POLYMER", "POLY", "POLYMERS", "KO", "CONDUCTIVE"})
    solid = "SOLID" in said and not polymer and "WET" not in said
    material = (
        "cap_tantalum_polymer"
        if polymer
        else "cap_tantalum_mno2"
        if solid
        else "cap_tantalum_unspecified"
    )
    yield _clue(
        material, match, "solid capacitor of tantalum" if solid else "capacitor of tantalum", 0.9
    )


PATTERNS = (
    Pattern(
        r"I([NCFM])R-?(?:1[0-9]|2[0-9]|3[0-9])[0-9]{3}(?:-?[A-Z0-9]{1,4})?",
        _cell,
        triggers=("INR", "ICR", "IFR", "IMR"),
        type_code=True,
    ),
    Pattern(r"TANT(?:AL(?:UM)?)?", _tantalum_value),
    Pattern(r"CR-?(?:10|11|12|16|20|23|24|30)[0-9]{2}[A-Z]{0,2}", _coin),
    Pattern(
        r"CAP(?:ACITOR)?S?\b[^|;]{0,40}\bTANT(?:AL(?:UM)?)?|TANT(?:AL(?:UM)?)?\b[^|;]{0,30}\bCAP(?:ACITOR)?S?",
        _tantalum,
    ),
    Pattern(
        r"[A-Z]{1,4}[0-9]{3,4}[A-Z]{0,3}(X[5-8][RST]|C0G|NP0|NPO|COG|Y5V|Z5U)[0-9][A-Z0-9]*",
        _dielectric,
        type_code=True,
    ),
    Pattern(
        r"K[0-9]{3}[JKMZ][0-9]{2}(X7R|X5R|C0G|COG|Y5V|Z5U)[A-Z][A-Z0-9]*",
        _dielectric,
        type_code=True,
    ),
    Pattern(
        r"(?:GRM|GCM|GRT|GJM)[0-9]{2}[A-Z0-9](R7|R6|C8|5C|C7|D7)[0-9A-Z]{6,}",
        _murata,
        type_code=True,
    ),
    Pattern(
        r"C(?:0201|0402|0603|0805|1206|1210|1812|2220)[CXTF][0-9]{3}[A-Z][0-9](R|P|G)AC[A-Z0-9]*",
        _kemet,
        triggers=("RAC", "PAC", "GAC"),
        type_code=True,
    ),
    Pattern(
        r"CL(?:03|05|10|21|31|32)(A|B|C|X)[0-9]{3}[A-Z]{2}[0-9A-Z]{2,}",
        _kemet,
        triggers=tuple(
            f"CL{size}{one}" for size in ("03", "05", "10", "21", "31", "32") for one in "ABCX"
        ),
        type_code=True,
    ),
    Pattern(
        r"CERAMIC(?:[ ,]*CHIP)?(?:[ ,]*CAP(?:ACITOR)?S?)?|CER(?:[ ,]*CHIP)?[ ,]*CAP(?:ACITOR)?",
        _ceramic,
    ),
    Pattern(
        r"(?:MIL-(?:PRF|C|R)-?|M)(55365|39003|39006|39018|32700|55681|49470)(?:[/ -][0-9A-Z/-]*)?",
        _military,
        type_code=True,
    ),
    Pattern(
        r"(?:TAJ|TPS|TRJ|TPM)[A-EVWXY][0-9]{3}[KM][0-9]{3}[A-Z0-9]*",
        _tantalum_series,
        type_code=True,
    ),
    Pattern(
        r"TC[JMNOQ][A-EVWXY][0-9]{3}[KM][0-9]{3}[A-Z0-9]*|[0-9R]{1,4}TP[A-Z]{1,2}[0-9]{2,3}M[A-Z0-9]*",
        _polymer_series,
        triggers=(
            *(f"TC{kind}{case}" for kind in "JMNOQ" for case in "ABCDEVWXY"),
            *(f"{digit}TP" for digit in "0123456789R"),
        ),
        type_code=True,
    ),
    Pattern(r"293D[0-9]{3}[A-Z0-9]*|TR3[A-E][0-9]{3}[A-Z0-9]*", _tantalum_series, type_code=True),
    Pattern(r"T49[1-9][A-EXV][0-9]{3}[A-Z0-9]*", _tantalum_series, type_code=True),
    Pattern(r"CWR(?:0[2-9]|1[0-9]|2[0-9])(?:[A-Z][A-Z0-9]*)?", _tantalum_series, type_code=True),
    Pattern(r"CSR(?:04|09|13|21|23|33|91)(?:[A-Z][A-Z0-9]*)?", _tantalum_series, type_code=True),
    Pattern(r"TANTALUM,? ?SOLID|SOLID TANTALUM", _tantalum_series, type_code=True),
    Pattern(
        r"CAP(?:ACITOR)?S?[ ,.]+(?:[A-Z]{1,12}[ ,.]+){0,2}ALUM(?:INI?UM)?(?:[ ,-]+(?:ELEC[A-Z]*|POLY[A-Z]*))?"
        r"|ALUM(?:INI?UM)?[ ,.-]{1,2}ELEC(?:TROLY[A-Z]*|TRO|TR|TL|T|LYTIC)?(?:[ ,]CAP(?:ACITOR)?S?)?"
        r"|CAP(?:ACITOR)?S?[ ,:]{1,2}(?:[0-9.]+ ?[UΜM]F[ ,]{1,2}(?:[0-9.]+ ?V(?:DC)?[ ,]{1,2})?)?ELECTROLYTIC"
        r"|ELECTROLYTIC[ ,]+ALUM(?:INI?UM)?|ELEC(?:TROLYTIC|T)?[ ,]CAP(?:ACITOR)?S?",
        _aluminium,
    ),
    Pattern(
        r"(?:MIX|MATERIAL|TYPE|MATL|FAIR-RITE)[ -]?(31|43|52|61|67|73|75|77)",
        _fair_rite,
        triggers=("FERRITE", "FAIR-RITE", "TOROID", "BEAD"),
    ),
    Pattern(
        r"FT-?[0-9]{2,3}[A-C]?-(31|43|52|61|67|73|75|77)",
        _toroid,
        triggers=tuple(
            f"FT{gap}{size}"
            for gap in ("", "-")
            for size in (23, 37, 50, 82, 87, 114, 140, 150, 193, 240)
        ),
    ),
    Pattern(r"SECONDARY|RECHARGEABLE", _rechargeable),
    Pattern(
        r"THICK[ -]FILM[ ,]*(?:CHIP )?RES(?:ISTORS?)?"
        r"|RES(?:ISTORS?)?[ ,]*(?:CHIP[ ,]*)?THICK[ -]FILM|THICK FILM",
        _thick_film,
    ),
)
