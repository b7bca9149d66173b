"""German compounds: metal and form in one word (Stahlblech, Kupferdraht, Titanschraube).

The other way round the first part says the kind: Vergütungsstahl, Reinkupfer, Al-Legierung.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bomrisk.recognition.answer import Clue
from bomrisk.recognition.grammar.pattern import Answer, Context, Pattern

_METALS = {
    "STAHL": "steel_unspecified",
    "KUPFER": "cu_pure",
    "MESSING": "cu_brass",
    "ALUMINIUM": "al_unspecified",
    "ALU": "al_unspecified",
    "TITAN": "ti_unspecified",
    "BRONZE": "cu_bronze",
    "ZINK": "zinc_plate",
    "NICKEL": "nickel_200",
    "MAGNESIUM": "mg_unspecified",
    "WOLFRAM": "w_pure",
    "MOLYBDAEN": "mo_pure",
    "MOLYBDAN": "mo_pure",
    "TANTAL": "ta_pure",
    "SILBER": "ag_metal",
    "FERRIT": "ferrite_soft_unspecified",
    "GRAPHIT": "graphite",
    "ROTGUSS": "cu_bronze",
}
_FORMS = (
    "ROHR|BLECH|STANGE|STAB|SCHRAUBE|MUTTER|DRAHT|BUCHSE|TEIL|PLATTE|PROFIL|FOLIE|RING|WELLE|GEHAUSE|GEHAEUSE"
    "|BOLZEN|STIFT|SCHEIBE|LAGER|GUSS|LEGIERUNG|FEDER|HALTER|WINKEL|LITZE|SCHIENE|KERN|HULSE|HUELSE|KUGEL"
    "|BLOCK|STREIFEN|NIET|KORPER|KOERPER|DECKEL|RAHMEN|DRUCKGUSS|ACHSE|FLANSCH|BURSTE|BUERSTE|ROLLE|BAND|KAPPE|LEISTE|SEIL|NAGEL|NADEL|KLEMME|RIPPE|LASCHE|TRAGER|TRAEGER|STUTZE|PFETTE|GITTER|KONSOLE|SOCKEL|PULVER|SPAN|SPANE"
    "|DICHTRING|DICHTUNG|VENTIL|FITTING|HAHN|ARMATUR|VERSCHRAUBUNG|MUFFE|NIPPEL|STOPFEN|BESCHLAG|GRIFF|TRAVERSE"
)


def _compound(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    if match[1] == "ZINK" and "GUSS" in match.group():
        return  # a casting alloy, no coating of zinc
    yield Clue(
        _METALS[match[1]],
        match.start(),
        match.end(),
        f"German compound: {match.group().capitalize()}",
        0.92,
    )


_STEELS = (
    "BAU|VERGUE?TUNGS|EINSATZ|AUTOMATEN|WERKZEUG|NITRIER|WAE?LZLAGER|KALTARBEITS|WARMARBEITS|KOHLENSTOFF|RUND"
    "|FLACH|VIERKANT|SECHSKANT|BLANK|PROFIL|WINKEL|STAB|BAND|SCHMIEDE|FEINKORNBAU|BETON|SPANN"
)
_PURE = {
    "KUPFER": "cu_pure",
    "ALUMINIUM": "al_unspecified",
    "TITAN": "ti_cp",
    "NICKEL": "nickel_200",
}
_LIGHT = {
    "AL": "al_unspecified",
    "ALU": "al_unspecified",
    "TI": "ti_unspecified",
    "MG": "mg_unspecified",
}


def _kind(material: str, match: re.Match[str]) -> Clue:
    return Clue(
        material,
        match.start(),
        match.end(),
        f"German compound: {match.group().capitalize()}",
        0.92,
    )


PATTERNS = (
    Pattern(rf"({'|'.join(_METALS)})-?(?:{_FORMS})(?:E[NR]?|N|S)?", _compound),
    Pattern(
        rf"(?:{_STEELS})STAE?HL(?:E[SN]?|S)?",
        lambda match, context: (_kind("steel_unspecified", match),),  # noqa: ARG005
        triggers=("STAHL", "STAEHL"),
    ),
    Pattern(
        rf"(?:REIN|ELEKTROLYT)({'|'.join(_PURE)})",
        lambda match, context: (_kind(_PURE[match[1]], match),),  # noqa: ARG005
    ),
    Pattern(
        r"(AL|ALU|TI|MG)-LEGIERUNG(?:EN)?",
        lambda match, context: (_kind(_LIGHT[match[1]], match),),  # noqa: ARG005
        triggers=("LEGIERUNG",),
    ),
)
