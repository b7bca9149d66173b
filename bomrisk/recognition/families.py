"""Kinds of material as texts speak of them: words that give a kind away, general names and particular ones.

A short or ambiguous clue ("N52", "M50", "713C") counts only beside a word of its own kind. "Steel" in
a text that also says "4340" is no second material: the general name yields to the particular one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from bomrisk.knowledge.model import Material
from bomrisk.recognition.reading import Reading
from bomrisk.recognition.wordlists import words_by_key

_GROUP_OF_CLASS = {
    "permanent_magnet": "magnet",
    "ti": "titanium",
    "ni": "superalloy",
    "co": "superalloy",
    "fe": "superalloy",
    "maraging": "maraging",
    "tool": "toolsteel",
    "austenitic": "stainless",
    "martensitic": "stainless",
    "ferritic": "stainless",
    "ph": "stainless",
    "uhs": "steel",
    "alloy_steel": "steel",
    "bearing": "steel",
    "ship": "steel",
    "armour": "steel",
    "carbon_steel": "steel",
    "steel": "steel",
    "al": "aluminium",
    "be": "aluminium",
    "mg": "magnesium",
    "tungsten": "tungsten",
    "cemented": "carbide",
    "cu": "copper",
    "copper": "copper",
    "brass": "copper",
    "bronze": "copper",
    "beryllium": "copper",
    "molybdenum": "refractory",
    "tantalum": "refractory",
    "niobium": "refractory",
    "rhenium": "refractory",
    "hafnium": "refractory",
    "zirconium": "nuclear",
    "uranium": "nuclear",
    "neutron": "nuclear",
    "precious": "precious",
    "plating": "plating",
    "semiconductor": "semiconductor",
    "ceramic_semi": "semiconductor",
    "ir": "infrared",
    "photocathode": "infrared",
    "optical": "optics",
    "laser": "optics",
    "film": "optics",
    "oxide": "optics",
    "polishing": "optics",
    "scintillator": "scintillator",
    "phosphor": "phosphor",
    "ceramic": "ceramic",
    "coating": "ceramic",
    "piezo": "ceramic",
    "soft_ferrite": "ferrite",
    "soft": "lamination",
    "microwave": "microwave",
    "cathode": "microwave",
    "capacitor": "capacitor",
    "battery": "battery",
    "hydride": "battery",
    "solder": "solder",
    "braze": "solder",
    "energetic": "energetic",
    "re": "rareearth",
    "pure": "rareearth",
    "composite": "composite",
    "carbon": "composite",
    "thermocouple": "thermocouple",
}


def group_of(material: Material) -> str:
    """The kind of evidence that an ambiguous clue to the material waits for."""
    words = material.family.split("_")
    for count in range(len(words), 0, -1):
        found = _GROUP_OF_CLASS.get("_".join(words[:count]))
        if found:
            return found
    return "material"


@lru_cache(maxsize=1)
def _evidence_tables() -> tuple[
    dict[str, tuple[str, ...]], tuple[tuple[str, tuple[str, ...]], ...], tuple[tuple[str, str], ...]
]:
    """Whole words, openings of words and words of scripts without spaces, each with its kinds."""
    whole: dict[str, list[str]] = {}
    opening: dict[str, list[str]] = {}
    inside: list[tuple[str, str]] = []
    for group, listed in words_by_key("evidence").items():
        for word in sorted(listed):
            if not word.isascii() and not "\u0400" <= word[0] <= "\u04ff":
                inside.append((word, group))
            elif word.endswith("*"):
                opening.setdefault(word[:-1], []).append(group)
            else:
                whole.setdefault(word, []).append(group)
    return (
        {word: tuple(groups) for word, groups in whole.items()},
        tuple((word, tuple(groups)) for word, groups in opening.items()),
        tuple(inside),
    )


@lru_cache(maxsize=65536)
def _evidence_of(word: str) -> tuple[str, ...]:
    whole, opening, _ = _evidence_tables()
    return (
        *whole.get(word, ()),
        *(group for start, groups in opening if word.startswith(start) for group in groups),
    )


def evidence(reading: Reading) -> frozenset[str]:
    """The kinds of material that the words of a text speak of."""
    found: set[str] = set()
    for word in reading.words:
        found.update(_evidence_of(word))
    if not reading.upper.isascii():
        found.update(group for word, group in _evidence_tables()[2] if word in reading.upper)
    if _ANNOUNCED.search(reading.upper):
        found |= _MATERIALS | {"announced"}
    return frozenset(found)


_ANNOUNCED = re.compile(
    r"(?:\b(?:MATERIALS?|MAT'?L|MAT|WERKSTOFF|MATERIAU|MATIERE|MATERIALE|MATERIA PRIMA|TWORZYWO)\b\.?"
    r"|\bМАТЕРИАЛ\b|材料|材质|材質|소재|재질)['\"]? ?[:=：]"
)
"""The word that announces the material of a part, as on drawings: MATL: 17-4."""
_MATERIALS = frozenset(_GROUP_OF_CLASS.values()) - {"capacitor", "battery", "solder", "energetic"}
"""What may follow it; SLA behind it is a way to print, no battery."""


_GENERAL: dict[str, tuple[str, ...]] = {
    "permanent_magnet_unspecified": ("permanent_magnet*",),
    "rare_earth_magnet_unspecified": (
        "permanent_magnet_ndfeb*",
        "permanent_magnet_smco*",
        "permanent_magnet_other_re*",
    ),
    "ndfeb_unspecified": ("permanent_magnet_ndfeb*",),
    "ndfeb_bonded_unspecified": ("=ndfeb_bonded_compression", "=ndfeb_bonded_injection"),
    "smco_unspecified": ("permanent_magnet_smco*",),
    "alnico_unspecified": ("permanent_magnet_alnico*",),
    "ferrite_soft_unspecified": (
        "soft_ferrite*",
        "permanent_magnet_ferrite*",
        "microwave_ferrite*",
    ),
    "ferrite_hard_sr": ("=ferrite_hard_ba", "=ferrite_hard_laco", "=ferrite_bonded"),
    "steel_unspecified": (
        "*_steel",
        "*_stainless",
        "steel_re*",
        "fe_superalloy",
        "steel*",
        "soft_magnetic*",
        "uhs_steel*",
    ),
    "ss_unspecified": ("*_stainless", "fe_superalloy", "=ss_a286"),
    "steel_carbon": ("alloy_steel*", "uhs_steel*"),
    "steel_tool_m2": ("=steel_tool_cobalt",),
    "al_unspecified": ("al_*", "be_al", "=cap_al_electrolytic", "=sapphire", "=cu_nab"),
    "ti_unspecified": ("ti_*", "=nitinol"),
    "mg_unspecified": ("mg_*", "=mtv"),
    "wha_unspecified": ("tungsten_heavy_alloy*",),
    "w_pure": ("tungsten*", "cemented_carbide*"),
    "wc_co_unspecified": ("cemented_carbide*",),
    "mo_pure": ("molybdenum*",),
    "ta_pure": ("tantalum*", "capacitor_tantalum*"),
    "cap_tantalum_unspecified": ("capacitor_tantalum*",),
    "nb_pure": ("niobium*", "superconductor*"),
    "zr_702": ("zirconium*", "=zpp"),
    "cu_pure": ("cu_be*", "cu_ni*", "copper*", "braze", "=w_cu", "=mo_cu", "=cu_nab", "=cu_cr_zr"),
    "cu_bronze": ("=cu_nab",),
    "be_s200f": ("cu_be*", "be_al*", "=beo"),
    "nickel_200": ("ni_*",),
    "ag_metal": ("=ag_cdo", "=agzn_cell", "=braze_bag8", "=w_ag", "=contact_agni"),
    "au_metal": ("=solder_ausn",),
    "pt_igniter": ("=pt_ir10", "=pt_rh", "=ptco"),
    "solder_unspecified": ("solder*",),
    "mlcc_unspecified": ("capacitor_ceramic*",),
    "cap_al_electrolytic": ("capacitor_tantalum*",),
    "liion_unspecified": ("=liion_nmc", "=liion_lco", "=liion_lfp"),
    "chalcogenide_unspecified": ("=chalcogenide_amtir", "=chalcogenide_gesbse"),
    "yag_undoped": ("laser_crystal*", "phosphor*", "=luag_ce"),
    "yig": ("=yig_gd_al",),
    "pzt": ("=plzt", "=pmn_pt"),
    "ysz_7": ("=ytzp_3",),
    "lyso": (),
    "sb_metal": ("=sb2s3", "=insb"),
    "in_metal": ("=insb", "=inp", "=ingaas", "=solder_inag", "=bifeo_ito"),
    "v_metal": ("=vox",),
    "cfrp": (),
    "smco_1_5": ("=smco_1_5_ltc",),
    "smco_2_17": ("=smco_2_17_ltc",),
    "inconel_718": ("=inconel_718plus",),
    "cmsx_4": ("=cmsx_4_plus",),
    "in_100": ("=in_100_pm",),
    "ti_6al4v": ("=ti_6al4v_eli",),
    "invar_36": ("=super_invar",),
    "monel_400": ("=monel_k500",),
    "mcraly_ni": ("coating_mcraly*",),
    "resistor_ruo2": (),
    "zinc_plate": ("=agzn_cell", "=cu_brass"),
    "cadmium_plate": ("=nicd_cell",),
    "graphite": ("composite",),
    "sapphire": ("=ruby",),
    "cobalt_metal": ("co_*",),
    "gd_metal": ("=gdz", "=gd2o3", "=yig_gd_al", "=phosphor_gos_tb"),
    "nd_metal": ("=ndpr_metal",),
    "pr_metal": ("=ndpr_metal",),
}


def general_to(materials: Mapping[str, Material]) -> dict[str, frozenset[str]]:
    """For each general name the ids to which it yields: a rare earth element yields to whatever holds it."""
    by_class = [(m.id, m.family) for m in materials.values()]
    out: dict[str, frozenset[str]] = {}
    for general, rules in _GENERAL.items():
        if general in materials:
            out[general] = frozenset(_chosen(rules, by_class)) - {general}
    for material in materials.values():
        if material.family == "re_metal" and len(material.composition) == 1:
            element = material.composition[0].element
            holders = {
                other.id
                for other in materials.values()
                if other.id != material.id
                and any(part.element == element and part.high > 0.5 for part in other.composition)
            }
            out[material.id] = out.get(material.id, frozenset()) | holders
    return out


def _chosen(rules: Iterable[str], by_class: list[tuple[str, str]]) -> set[str]:
    """The ids that rules name: =id, an opening of the class with a trailing *, an ending, or the class."""
    chosen = {rule[1:] for rule in rules if rule.startswith("=")}
    openings = tuple(rule[:-1] for rule in rules if rule.endswith("*"))
    endings = tuple(rule[1:] for rule in rules if rule.startswith("*"))
    classes = frozenset(rules)
    known = {material_id for material_id, _ in by_class}
    return (chosen & known) | {
        material_id
        for material_id, family in by_class
        if family in classes
        or (openings and family.startswith(openings))
        or (endings and family.endswith(endings))
    }
