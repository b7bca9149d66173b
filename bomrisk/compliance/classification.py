"""What a part is made of, as the rules count it: its covered family, its elements, its heavy-alloy test."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bomrisk.compliance.part import PartFacts
from bomrisk.compliance.specialty import Range, Specialty, points, specialty_metal
from bomrisk.knowledge import Knowledge
from bomrisk.knowledge.covered import HEAVY_ALLOY_DENSITY_G_CM3, HEAVY_ALLOY_W_PCT
from bomrisk.knowledge.model import Material

NONE = "none"
"""Family of a material that no covered family holds; None instead says that nothing is known."""

UNKNOWN_MAGNET = "unknown-magnet"
MAGNETS = ("ndfeb", "smco")
TUNGSTEN = ("tungsten-powder", "tungsten-heavy-alloy")
COVERED = (*MAGNETS, "tantalum", *TUNGSTEN)
"""Covered materials of clause 252.225-7052 (MAY 2024)."""

FAMILIES = (
    *COVERED,
    "tungsten-other",
    "molybdenum",
    "gallium",
    "germanium",
    UNKNOWN_MAGNET,
)

NAMES = {
    "ndfeb": "NdFeB magnet",
    "smco": "SmCo magnet",
    "tantalum": "tantalum",
    "tungsten-powder": "tungsten metal powder",
    "tungsten-heavy-alloy": "tungsten heavy alloy",
    "tungsten-other": "tungsten that is neither metal powder nor heavy alloy",
    "molybdenum": "molybdenum",
    "gallium": "gallium",
    "germanium": "germanium",
    UNKNOWN_MAGNET: "magnet of a material that is not stated",
}

_WORDS = {
    "magnet": UNKNOWN_MAGNET,
    "permanent-magnet": UNKNOWN_MAGNET,
    "unspecified-magnet": UNKNOWN_MAGNET,
    "nd-fe-b": "ndfeb",
    "neodymium-iron-boron": "ndfeb",
    "sm-co": "smco",
    "samarium-cobalt": "smco",
    "tungsten-metal-powder": "tungsten-powder",
    "wha": "tungsten-heavy-alloy",
}

_ELEMENTS = {
    "aluminium": "Al", "aluminum": "Al", "antimony": "Sb", "beryllium": "Be", "bismuth": "Bi",
    "boron": "B", "cerium": "Ce", "cobalt": "Co", "copper": "Cu", "chromium": "Cr",
    "dysprosium": "Dy", "erbium": "Er", "europium": "Eu", "gadolinium": "Gd", "gallium": "Ga",
    "germanium": "Ge", "gold": "Au", "hafnium": "Hf", "holmium": "Ho", "indium": "In", "iron": "Fe",
    "lanthanum": "La", "lead": "Pb", "lithium": "Li", "lutetium": "Lu", "magnesium": "Mg",
    "manganese": "Mn", "molybdenum": "Mo", "neodymium": "Nd", "nickel": "Ni", "niobium": "Nb",
    "platinum": "Pt", "praseodymium": "Pr", "rhenium": "Re", "samarium": "Sm", "scandium": "Sc",
    "silicon": "Si", "silver": "Ag", "tantalum": "Ta", "tellurium": "Te", "terbium": "Tb",
    "thulium": "Tm", "tin": "Sn", "titanium": "Ti", "tungsten": "W", "vanadium": "V",
    "ytterbium": "Yb", "yttrium": "Y", "zinc": "Zn", "zirconium": "Zr",
}  # fmt: skip
_SYMBOLS = frozenset(_ELEMENTS.values())

STATED_ELEMENTS = {
    "ndfeb": ("Nd", "Fe", "B"),
    "smco": ("Sm", "Co"),
    "tantalum": ("Ta",),
    "tungsten-powder": ("W",),
    "tungsten-heavy-alloy": ("W",),
    "tungsten-other": ("W",),
    "molybdenum": ("Mo",),
    "gallium": ("Ga",),
    "germanium": ("Ge",),
}
"""Elements that a family has by its name, though no composition is given."""


@dataclass(frozen=True, slots=True)
class Make:
    """What a part is made of, for the rules.

    `family` is a covered family, NONE for a material outside all of them, and None where the material
    is not known. `composition` maps elements to weight percent (least, likely, greatest) and is None
    where it is not known; `elements` are those that are in it for certain or by its name.
    """

    family: str | None
    name: str
    composition: Mapping[str, Range] | None
    density_g_cm3: float | None
    specialty: Specialty
    elements: tuple[str, ...]
    heavy_if_dense: bool = False
    """Heavy alloy by its tungsten and its matrix, where only the density is not known."""
    goods: str = ""
    """Words for goods that are no metal: graphite, superhard, lithium-battery; else empty."""

    def pct(self, element: str) -> float | None:
        """Likely content of an element; None where the composition is not known."""
        if self.composition is None:
            return None
        return self.composition.get(element, (0.0, 0.0, 0.0))[1]

    @property
    def magnet(self) -> bool:
        """Whether it is a magnet of a covered kind, or may be one."""
        return self.family in (*MAGNETS, UNKNOWN_MAGNET)


def make_of(part: PartFacts, knowledge: Knowledge) -> Make:
    """Classify a part by its stated family, the knowledge's record, or its composition."""
    word = (part.material or "").strip()
    record = knowledge.materials.get(word)
    composition: Mapping[str, Range] | None = points(part.composition) or None
    if composition is None and record is not None and record.composition:
        composition = {c.element: (c.low, c.likely, c.high) for c in record.composition}
    density = part.density_g_cm3 or (record.density_g_cm3 if record else None)
    family = _family(part, word, record, knowledge, composition, density)
    symbol = _element(word)
    if composition is None and symbol and family in (NONE, "gallium", "germanium", "molybdenum"):
        composition = points({symbol: 100.0})
    goods = _goods(word, record, part)
    elements = set(composition or ()) | set(STATED_ELEMENTS.get(family or "", ()))
    if composition is not None:
        elements = {e for e in elements if e not in composition or composition[e][1] > 0.0}
    return Make(
        family,
        _name(word, family, record),
        composition,
        density,
        _specialty(family, record, composition, goods),
        tuple(sorted(elements)),
        not word and family == "tungsten-other" and density is None and _heavy(part, composition),
        goods,
    )


def _element(word: str) -> str | None:
    if word in _SYMBOLS:
        return word
    return _ELEMENTS.get(word.casefold().removesuffix("-metal"))


def _family(
    part: PartFacts,
    word: str,
    record: Material | None,
    knowledge: Knowledge,
    composition: Mapping[str, Range] | None,
    density: float | None,
) -> str | None:
    key = word.casefold().replace("_", "-").replace(" ", "-")
    family = key if key in FAMILIES else _WORDS.get(key)
    if family is None and record is not None:
        family = knowledge.covered_family(record) or NONE
    if family is None and _element(word):
        symbol = str(_element(word))
        by_symbol = {"Ta": "tantalum", "Mo": "molybdenum", "Ga": "gallium", "Ge": "germanium"}
        family = by_symbol.get(symbol, "tungsten-other" if symbol == "W" else NONE)
        composition = points({symbol: 100.0})
    if family is None and _goods(word, record, part):
        family = NONE
    if family is None and composition:
        family = _by_composition(composition)
    if family is None and not word and part.item == "magnet":
        family = UNKNOWN_MAGNET
    if family == "tungsten-other":
        family = _tungsten(part, composition, density)
    return family


def _by_composition(composition: Mapping[str, Range]) -> str:
    """The family that the content makes it: an alloy is named from 50 % (225.7003-1)."""
    pct = {element: values[1] for element, values in composition.items()}
    rare = sum(pct.get(element, 0.0) for element in ("Nd", "Pr", "Dy", "Tb", "Ce", "La"))
    if pct.get("Nd", 0.0) + pct.get("Pr", 0.0) >= 5.0 and pct.get("B", 0.0) >= 0.5 and rare >= 20.0:
        return "ndfeb" if pct.get("Fe", 0.0) >= 40.0 else NONE
    if pct.get("Sm", 0.0) >= 10.0 and pct.get("Co", 0.0) >= 30.0:
        return "smco"
    if pct.get("O", 0.0) >= 5.0:
        return NONE
    for element, family in (("Ta", "tantalum"), ("Mo", "molybdenum"), ("W", "tungsten-other")):
        if pct.get(element, 0.0) >= 50.0:
            return family
    for element, family in (("Ga", "gallium"), ("Ge", "germanium")):
        if pct.get(element, 0.0) >= 10.0:
            return family
    return NONE


def _tungsten(
    part: PartFacts, composition: Mapping[str, Range] | None, density: float | None
) -> str:
    """Heavy alloy by its make: 90 % W in another metal's matrix and 16.5 g/cm3 (252.225-7052(a))."""
    content = _content(composition)
    if part.item == "powder" and not _carbide(content) and content.get("W", 0.0) >= 50.0:
        return "tungsten-powder"
    dense = (density or 0.0) >= HEAVY_ALLOY_DENSITY_G_CM3
    return "tungsten-heavy-alloy" if dense and _heavy(part, composition) else "tungsten-other"


def _heavy(part: PartFacts, composition: Mapping[str, Range] | None) -> bool:
    """Whether it has the tungsten of a heavy alloy, in the matrix of another metal."""
    content = _content(composition)
    tungsten = part.tungsten_weight_pct
    if tungsten is None:
        tungsten = content.get("W", 0.0)
    pure = bool(content) and 100.0 - content.get("W", 0.0) < 0.5
    return tungsten >= HEAVY_ALLOY_W_PCT and not _carbide(content) and not pure


def _carbide(content: Mapping[str, float]) -> bool:
    """Carbide or oxide of tungsten, which is no metal."""
    return content.get("C", 0.0) >= 1.0 or content.get("O", 0.0) >= 1.0


def _content(composition: Mapping[str, Range] | None) -> dict[str, float]:
    return {element: values[1] for element, values in (composition or {}).items()}


_NO_SPECIALTY = {
    "magnet-other": "of magnets only SmCo is a specialty metal (PGI 225.7003-3(b)(6)(A))",
    "graphite": "graphite is no metal",
    "superhard": "superhard material is no metal",
}


def _specialty(
    family: str | None,
    record: Material | None,
    composition: Mapping[str, Range] | None,
    goods: str,
) -> Specialty:
    if family == "smco":
        return Specialty(True, "SmCo is a cobalt alloy with more than 10 % samarium")
    if family == "ndfeb":
        return Specialty(False, "NdFeB is no specialty metal (PGI 225.7003-3(b)(6)(A))")
    if goods in _NO_SPECIALTY:
        return Specialty(False, _NO_SPECIALTY[goods])
    if family not in (None, NONE, UNKNOWN_MAGNET):
        return Specialty(False, f"{NAMES[str(family)]} is no specialty metal")
    if composition:
        steel = record is not None and ("steel" in record.family or "stainless" in record.family)
        return specialty_metal(composition, steel=steel)
    if family == UNKNOWN_MAGNET:
        return Specialty(None, "SmCo is a specialty metal and NdFeB is not: the material decides")
    return Specialty(None, "the composition is not known")


def _name(word: str, family: str | None, record: Material | None) -> str:
    if record is not None:
        return record.name
    if family in NAMES:
        return NAMES[str(family)]
    return word or ("alloy of the stated composition" if family == NONE else "material not stated")


_GOODS = {
    "graphite": "graphite",
    "superhard": "superhard",
    "diamond": "superhard",
    "cbn": "superhard",
    "lithium-battery": "lithium-battery",
    "battery": "lithium-battery",
    "battery_cell": "lithium-battery",
    "ferrite": "magnet-other",
    "alnico": "magnet-other",
    "permanent_magnet_other": "magnet-other",
}


def _goods(word: str, record: Material | None, part: PartFacts) -> str:
    if part.item == "battery":
        return "lithium-battery"
    for key in (word.casefold(), record.family if record else ""):
        found = next((goods for name, goods in _GOODS.items() if key and name in key), None)
        if found:
            return found
    return ""
