"""Is it a specialty metal? The test of 225.7003-1 and clause 252.225-7009(a), computed from composition.

Percent are by mass. A range that straddles a limit leaves the answer open: only a certified
composition settles it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Range = tuple[float, float, float]
"""Least, likely and greatest content, weight percent."""

STEEL_CARBON = (0.02, 2.0)
STEEL_LIMITS = {"Mn": 1.65, "Si": 0.60, "Cu": 0.60}
STEEL_ALLOYING = dict.fromkeys(("Al", "Cr", "Co", "Mo", "Ni", "Nb", "Ti", "W", "V"), 0.25)
OTHER_METALS_PCT = 10.0
"""Nickel, iron-nickel and cobalt alloys count above this much of other alloying metals."""
NAMED_PCT = 50.0
"""An alloy bears one metal's name from this content on."""
IRON_NICKEL_PCT = 25.0
"""From this nickel content iron and nickel name the alloy together, and it is no steel, whatever its carbon:
a judgement, by the reading that Invar 36 is no specialty metal."""
COMPOUND_PCT = 5.0
"""More oxygen, nitrogen or halogen than this is a compound, not a metal: a judgement."""
COMPLETE_PCT = 99.95
"""A composition that sums to this leaves no room for carbon that it does not list."""

_NOT_METALS = frozenset(("B", "C", "N", "O", "F", "P", "S", "Cl", "Se", "Br", "I", "H", "Si"))
_COMPOUND_FORMERS = ("O", "N", "F", "Cl", "Br", "I")


@dataclass(frozen=True, slots=True)
class Specialty:
    """Answer of the test: yes, no, or open (None); `why` says by which limit."""

    is_one: bool | None
    why: str


def points(composition: Mapping[str, float]) -> dict[str, Range]:
    """A composition without ranges, as ranges of no width."""
    return {element: (pct, pct, pct) for element, pct in composition.items()}


def specialty_metal(composition: Mapping[str, Range], *, steel: bool = False) -> Specialty:
    """Test a composition. `steel` is true where the material is known to be a steel, carbon or not stated.

    SmCo5 and Sm2Co17 are cobalt alloys with far more than 10 % samarium: specialty metals. NdFeB is an
    iron alloy outside the steel test: not one (PGI 225.7003-3(b)(6)(A)). Tantalum, tungsten,
    molybdenum, aluminium, copper and magnesium alloys are none.
    """
    likely = {element: pct for element, (_, pct, _) in composition.items() if pct > 0.0}
    if not likely:
        return Specialty(None, "the composition is not known")
    if sum(likely.get(element, 0.0) for element in _COMPOUND_FORMERS) >= COMPOUND_PCT:
        return Specialty(False, "a compound, not a metal")
    ordered = sorted(likely, key=lambda element: (-likely[element], element))
    base, second = ordered[0], ordered[1] if len(ordered) > 1 else ""
    if base in ("Ti", "Zr"):
        return Specialty(True, f"{_METALS[base]} or an alloy of it ({likely[base]:g} %)")
    if base == "Fe" and second == "Ni":
        nickel_iron = _by_others(composition, ("Ni", "Fe"), "iron-nickel alloy")
        carbon_steel = _steel(composition, likely, steel=steel)
        named = nickel_iron.is_one or likely["Ni"] >= IRON_NICKEL_PCT
        return nickel_iron if named or not carbon_steel.is_one else carbon_steel
    if base == "Fe":
        return _steel(composition, likely, steel=steel)
    if base == "Ni":
        return _by_others(composition, ("Ni", "Fe"), "nickel alloy")
    if base == "Co":
        return _by_others(composition, ("Co", "Fe"), "cobalt alloy")
    return Specialty(False, f"no steel, nickel, cobalt, titanium or zirconium alloy: mostly {base}")


_METALS = {"Ti": "titanium", "Zr": "zirconium"}


def _by_others(composition: Mapping[str, Range], named: tuple[str, str], what: str) -> Specialty:
    """Alloying metals other than the two named, against 10 %."""
    others = [
        values
        for element, values in composition.items()
        if element not in named and element not in _NOT_METALS
    ]
    low, likely, high = (sum(values[at] for values in others) for at in range(3))
    text = f"{what} with {likely:g} % of alloying metals other than {named[0]} and {named[1]}"
    if likely > OTHER_METALS_PCT:
        if low <= OTHER_METALS_PCT < likely and low < likely:
            return Specialty(None, f"{text}, from {low:g} %: the range straddles 10 %")
        return Specialty(True, f"{text}, above 10 %")
    if high > OTHER_METALS_PCT:
        return Specialty(None, f"{text}, up to {high:g} %: the range straddles 10 %")
    return Specialty(False, f"{text}, not above 10 %")


def _steel(
    composition: Mapping[str, Range], likely: Mapping[str, float], *, steel: bool
) -> Specialty:
    """An iron alloy of 0.02 to 2 % carbon above one of the limits."""
    limits = {**STEEL_LIMITS, **STEEL_ALLOYING}
    above = [e for e in limits if likely.get(e, 0.0) > limits[e]]
    maybe = [e for e in limits if e not in above and composition.get(e, (0.0,) * 3)[2] > limits[e]]
    if not above and not maybe:
        return Specialty(False, "steel or iron below every limit of alloying elements")
    told = "C" in likely or sum(likely.values()) >= COMPLETE_PCT
    carbon = likely.get("C", 0.0)
    low_c, high_c = STEEL_CARBON
    if not steel and told and not low_c <= carbon <= high_c:
        return Specialty(False, f"iron alloy of {carbon:g} % carbon, outside 0.02 to 2 %: no steel")
    if not steel and not told:
        return Specialty(None, "iron alloy whose carbon content is not stated")
    if above:
        first = above[0]
        return Specialty(True, f"steel with {likely[first]:g} % {first}, above {limits[first]:g} %")
    first = maybe[0]
    return Specialty(None, f"steel whose {first} may be above {limits[first]:g} %")
