"""German compounds: metal and form in one word (Stahlblech, Kupferdraht, Titanschraube)."""

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
}
_FORMS = (
    "ROHR|BLECH|STANGE|STAB|SCHRAUBE|MUTTER|DRAHT|BUCHSE|TEIL|PLATTE|PROFIL|FOLIE|RING|WELLE|GEHAUSE|GEHAEUSE"
    "|BOLZEN|STIFT|SCHEIBE|LAGER|GUSS|LEGIERUNG|FEDER|HALTER|WINKEL|LITZE|SCHIENE|KERN|HULSE|HUELSE|KUGEL"
    "|BLOCK|STREIFEN|NIET|KORPER|KOERPER|DECKEL|RAHMEN|DRUCKGUSS|ACHSE|FLANSCH|BURSTE|BUERSTE|ROLLE|BAND|KAPPE|LEISTE|SEIL|NAGEL|NADEL|KLEMME|RIPPE|LASCHE|TRAGER|TRAEGER|STUTZE|PFETTE|GITTER|KONSOLE|SOCKEL|PULVER|SPAN|SPANE"
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


PATTERNS = (Pattern(rf"({'|'.join(_METALS)})-?(?:{_FORMS})(?:E|N|EN|S|ER)?", _compound),)
