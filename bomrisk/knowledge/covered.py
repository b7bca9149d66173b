"""Which covered family of 10 USC 4872 and DFARS 225.7018 a material belongs to."""

from __future__ import annotations

from bomrisk.knowledge.model import Material

_BY_FAMILY = {
    "permanent_magnet_ndfeb": "ndfeb",
    "permanent_magnet_smco": "smco",
    "permanent_magnet_re_unspecified": "unknown-magnet",
    "permanent_magnet_unspecified": "unknown-magnet",
    "tungsten_heavy_alloy": "tungsten-heavy-alloy",
    "tantalum": "tantalum",
    "capacitor_tantalum": "tantalum",
    "molybdenum": "molybdenum",
}

_METAL_FAMILIES = frozenset({"pure_metal", "film", "plating", "contact", "composite"})

_HEAVY_ALLOY_SPECIFICATIONS = ("B777", "T-21014", "T21014")

HEAVY_ALLOY_W_PCT = 90.0
"""Least tungsten of a heavy alloy, weight percent (252.225-7052(a))."""
HEAVY_ALLOY_DENSITY_G_CM3 = 16.5
"""Least density of a heavy alloy, g/cm3 (252.225-7052(a))."""
NAMED_ALLOY_PCT = 50.0
"""An alloy bears a metal's name from this content, weight percent (225.7003-1)."""
MINOR_METAL_PCT = 10.0
"""Gallium and germanium make a material from this content, weight percent: a judgement."""


def covered_family(material: Material) -> str | None:
    """The covered family of a material: ndfeb, smco, tantalum, tungsten-powder …; None if it has none.

    A tungsten alloy is a heavy alloy by its specification (ASTM B777, SAE-AMS-T-21014), or by at least
    90 % tungsten in another metal's matrix together with a density of 16.5 g/cm3 or more. A carbide or an
    oxide is no metal: it is `tungsten-other`. A magnet of unknown kind is `unknown-magnet`, never none.
    """
    if material.family in _BY_FAMILY:
        return _BY_FAMILY[material.family]
    content = {part.element: part.likely for part in material.composition}
    if content.get("W", 0.0) >= NAMED_ALLOY_PCT:
        return _tungsten(material, content)
    if content.get("Ta", 0.0) >= NAMED_ALLOY_PCT and "O" not in content:
        return "tantalum"
    if content.get("Mo", 0.0) >= NAMED_ALLOY_PCT:
        return "molybdenum"
    minor = max(("Ga", "Ge"), key=lambda element: content.get(element, 0.0))
    if content.get(minor, 0.0) >= MINOR_METAL_PCT:
        return {"Ga": "gallium", "Ge": "germanium"}[minor]
    return None


def _tungsten(material: Material, content: dict[str, float]) -> str:
    codes = " ".join(code for _, code in material.codes).upper()
    if any(word in codes for word in _HEAVY_ALLOY_SPECIFICATIONS):
        return "tungsten-heavy-alloy"
    matrix = {e for e, pct in content.items() if e not in ("W", "C", "O") and pct >= 1.0}
    metal = not content.keys() & {"C", "O"}
    dense = (material.density_g_cm3 or 0.0) >= HEAVY_ALLOY_DENSITY_G_CM3
    if content["W"] >= HEAVY_ALLOY_W_PCT and matrix and metal and dense:
        return "tungsten-heavy-alloy"
    if "powder" in material.form and metal:
        return "tungsten-powder"
    return "tungsten-other"
