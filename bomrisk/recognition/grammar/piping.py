"""Metals of valves, pipes and gaskets by the grades of ASTM: body CF8M, WCB, F316L, TP304, SS316/GRAPH.

Which wrought steel a cast or forged grade stands for is recalled, not read in the standards. A grade that
means other things too (WCB, F22) counts only beside a word of piping; a gasket's GRAPH is its filler.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bomrisk.recognition.answer import Clue
from bomrisk.recognition.grammar.pattern import Answer, Context, Pattern, quoted
from bomrisk.recognition.wordlists import words

_CAST = {
    "CF3": "ss_304",
    "CF8": "ss_304",
    "CF3M": "ss_316",
    "CF8M": "ss_316",
    "CF8C": "ss_347",
    "CA15": "ss_410",
    "CA6NM": "ss_unspecified",
    "CD4MCU": "ss_unspecified",
    "WCA": "steel_carbon",
    "WCB": "steel_carbon",
    "WCC": "steel_carbon",
    "LCB": "steel_carbon",
    "LCC": "steel_carbon",
    "WC6": "steel_unspecified",
    "WC9": "steel_unspecified",
}
"""Cast grades of ASTM A216, A217, A351 and A352."""
_NUMBERED = {
    "304": "ss_304",
    "316": "ss_316",
    "321": "ss_321",
    "347": "ss_347",
    "310": "ss_unspecified",
    "317": "ss_unspecified",
    "410": "ss_410",
    "430": "ss_430",
}
_FORGED = {
    "F6A": "ss_410",
    "F51": "ss_unspecified",
    "F53": "ss_unspecified",
    "F55": "ss_unspecified",
    "F5": "steel_unspecified",
    "F9": "steel_unspecified",
    "F11": "steel_unspecified",
    "F22": "steel_unspecified",
    "F91": "steel_unspecified",
}
"""Forged grades of ASTM A182 that no AISI number names."""


def _clue(material: str, match: re.Match[str], rule: str) -> Clue:
    return Clue(material, match.start(), match.end(), f"{rule}: {quoted(match)}", 0.9)


def _of_piping(context: Context) -> bool:
    said = context.reading.words
    return not words("piping").isdisjoint(said) and words("electronics").isdisjoint(
        said - {"DRIVER", "SWITCH", "SENSOR", "CONTROLLER"}
    )


def _cast(match: re.Match[str], context: Context) -> Iterable[Answer]:
    if match.group() == "CF8M" or _of_piping(context):
        yield _clue(_CAST[match.group()], match, "cast grade of ASTM")


def _forged(match: re.Match[str], context: Context) -> Iterable[Answer]:
    if match[1].strip() == "TP" or _of_piping(context):
        yield _clue(_NUMBERED[match[2]], match, "stainless grade of pipes and forgings")


def _forged_other(match: re.Match[str], context: Context) -> Iterable[Answer]:
    if _of_piping(context) and re.search(r"\bS?A-?182\b", context.reading.upper):
        yield _clue(_FORGED[match.group()], match, "forged grade of ASTM A182")


def _short(match: re.Match[str], context: Context) -> Iterable[Answer]:
    """MS, CS and GI beside a form of stock or a piece of piping: MS PLATE, PIPE,CS, GI ELBOW."""
    reading = context.reading
    said = match.group()
    before, after = reading.before(match.start(), 1), reading.after(match.end(), 1)
    counted = any(word[:1].isdigit() for word in before) and said == "MS"
    standard = any(word.isdigit() and len(word) > 3 for word in after)
    if counted or standard or not words("electronics").isdisjoint(reading.words):
        return  # 10 MS, MS 35649
    forms = _FORMS if said == "MS" else _FORMS & (words("piping") | _SHEET)
    forms = forms - {"TUBE"} if said == "GI" else forms
    if not forms.isdisjoint(word.removesuffix("S") for word in (*before, *after)):
        material = "zinc_plate" if said == "GI" else "steel_carbon"
        name = "galvanized iron" if said == "GI" else "mild or carbon steel"
        yield _clue(material, match, f"abbreviation of {name}")


_SHEET = frozenset(
    ["SHEET", "WIRE", "COIL", "TUBE", "BEND", "UNION", "SOCKET", "BUCKET", "CONDUIT", "STRIP"]
)
_FORMS = (
    words("stock_forms")
    | words("piping")
    | _SHEET
    | {"FLAT", "BEAM", "I-BEAM", "SQUARE", "GRATING", "CHEQUERED", "CHECKERED", "STRUCTURAL", "ERW"}
    | {"UNIVERSAL", "EQUAL", "EXPANDED", "CONCENTRIC", "ECCENTRIC", "SEAMLESS", "BRACKET", "BOLT"}
) - {"CHECK", "DISC", "STEM", "TRIM", "PUMP", "SKIN", "FRAME", "MOC", "HEX"}


def _filler(match: re.Match[str], context: Context) -> Iterable[Answer]:
    if not context.reading.words.isdisjoint(_GASKETS):
        yield Clue(
            "graphite",
            match.start(),
            match.end(),
            f"filler of a gasket: {quoted(match)}",
            0.88,
            "",
            "inside",
        )


_GASKETS = frozenset(["GASKET", "GASKETS", "GSKT", "PACKING", "SPWD", "SPW", "SWG"])

PATTERNS = (
    Pattern(r"CF3M?|CF8[CM]?|CA15|CA6NM|CD4MCU|[WL]C[BC]|WCA|WC[69]", _cast),
    Pattern(
        r"(TP ?|WP|F)(304|316|321|347|310|317|410|430)(?:L|H|LN|TI|S|W|-S|-W)?"
        r"(?:/(?:TP ?|WP|F)?3(?:04|16)L)?",
        _forged,
        triggers=tuple(f"{lead}{digit}" for lead in ("TP", "TP ", "WP", "F") for digit in "34"),
    ),
    Pattern(r"F6A|F5[135]|F5|F9|F11|F22|F91", _forged_other, triggers=("A182", "A-182")),
    Pattern("MS|CS|GI", _short, triggers=(" MS ", " CS ", " GI ")),
    Pattern(r"GRAFOIL|GRAPH|GRPH|GRAF", _filler, triggers=(" GRAPH ", "GRPH", " GRAF ", "GRAFOIL")),
)
