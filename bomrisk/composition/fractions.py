"""What share of a line's mass each of its materials is: three figures, least, likely and greatest.

The rules a reviewer may dispute, all judgements unless a part rule has a source:
a material column that names one material means the whole item; a material inside a part takes the
part rule's share; a magnet, a component or a solder named in a description is the item; an alloy named
there is most of it; a coating is a few parts in a thousand. What can be anything between nothing and
all has no likely figure: null, not zero. The least and the likely shares of a line never exceed its mass.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bomrisk.knowledge.model import Implied, Material, PartRule

WHOLE = (0.9, 1.0, 1.0)
"""The item is the material: a magnet, a cell, a capacitor; a coating or a clip may be the rest."""
MOSTLY = (0.3, 0.9, 1.0)
"""The item is made of the alloy; inserts and fasteners may not be."""
COATING = (0.0005, 0.01, 0.05)
"""Plating of some micrometres on a part of some grams."""
ANYTHING = (0.0, None, 1.0)
"""Named with the item, share unknown."""

_WHOLE_KINDS = (
    "permanent_magnet",
    "battery_cell",
    "capacitor",
    "solder",
    "braze",
    "resistor",
    "soft_ferrite",
    "energetic",
)
_MADE_OF = (
    "ni_",
    "co_",
    "fe_",
    "ti_",
    "al_",
    "mg_",
    "cu_",
    "be_",
    "steel",
    "maraging",
    "uhs",
    "alloy_steel",
    "bearing_steel",
    "ship_steel",
    "armour_steel",
    "tool_steel",
    "carbon_steel",
    "martensitic",
    "austenitic",
    "ferritic",
    "ph_",
    "tungsten",
    "cemented",
    "molybdenum",
    "tantalum",
    "niobium",
    "rhenium",
    "hafnium",
    "zirconium",
    "uranium",
    "copper",
    "brass",
    "bronze",
    "beryllium",
    "controlled",
    "soft_magnetic",
    "shape_memory",
    "composite",
    "re_metal",
    "re_oxide",
    "re_alloy",
    "laser_crystal",
    "scintillator",
    "optical",
    "ir_optic",
    "piezo",
)

CONTRADICTION = 1.1
"""Sum of least shares from which they contradict each other; a coating beside the bulk does not."""

Share = tuple[float, float | None, float]


@dataclass(frozen=True, slots=True)
class Held:
    """A material of a line as recognition found it: column, role and part rule decide its share."""

    material_id: str
    field: str | None
    role: str
    part_rule: str | None
    inferred: bool


def shares_of(
    held: Sequence[Held], materials: Mapping[str, Material], rules: Mapping[str, PartRule]
) -> list[Share]:
    """The share of each material of one line, in the order given: fractions of the line's mass, 0 to 1."""
    column = [one for one in held if _in_column(one) and _role(one, materials) != "coating"]
    shares = [_share(one, len(column), materials, rules) for one in held]
    return _balanced(shares, _certainties(held, rules))


def _in_column(held: Held) -> bool:
    """Whether the material column names the material."""
    return held.field == "material" and not held.inferred


def _role(held: Held, materials: Mapping[str, Material]) -> str:
    if held.role == "unknown" and materials[held.material_id].family == "plating":
        return "coating"
    return held.role


def _share(
    held: Held,
    in_column: int,
    materials: Mapping[str, Material],
    rules: Mapping[str, PartRule],
) -> Share:
    role = _role(held, materials)
    family = materials[held.material_id].family
    if held.field == "alternates":
        return ANYTHING
    if role == "coating":
        return COATING
    if held.part_rule and role != "bulk" and not _in_column(held):
        return _by_rule(held, materials, rules[held.part_rule])
    if _in_column(held):
        return (1.0, 1.0, 1.0) if in_column == 1 else ANYTHING
    if role == "inside":
        return ANYTHING
    if role == "bulk" or family.startswith(_WHOLE_KINDS):
        return WHOLE
    if held.field == "specification":
        return (0.8, 1.0, 1.0)
    return MOSTLY if family.startswith(_MADE_OF) else ANYTHING


def _by_rule(held: Held, materials: Mapping[str, Material], rule: PartRule) -> Share:
    """The share that a part rule gives a material, or the material it stands in for."""
    fitting = [
        holds
        for holds in rule.implies
        if holds.basis == "mass_fraction_of_part" and holds.material_id == held.material_id
    ] or [
        holds
        for holds in rule.implies
        if holds.basis == "mass_fraction_of_part"
        and holds.material_id in materials
        and _alike(materials[holds.material_id].family, materials[held.material_id].family)
    ]
    if not fitting:
        return ANYTHING
    surest = max(fitting, key=lambda holds: holds.confidence)
    low = min(holds.low or 0.0 for holds in fitting)
    high = max(1.0 if holds.high is None else holds.high for holds in fitting)
    likely = surest.likely
    return low, likely, high


def _alike(family: str, other: str) -> bool:
    return (
        any(family.startswith(kind) and other.startswith(kind) for kind in _WHOLE_KINDS)
        or family == other
    )


def _certainties(held: Iterable[Held], rules: Mapping[str, PartRule]) -> list[float]:
    """How sure a part rule is of each inferred material; 1 for what is named."""
    return [
        max(
            (
                holds.confidence
                for holds in _implied(rules, one.part_rule)
                if holds.material_id == one.material_id
            ),
            default=1.0,
        )
        if one.inferred
        else 1.0
        for one in held
    ]


def _implied(rules: Mapping[str, PartRule], rule: str | None) -> tuple[Implied, ...]:
    return rules[rule].implies if rule is not None and rule in rules else ()


def _balanced(shares: list[Share], certainties: list[float]) -> list[Share]:
    """The shares in balance: least and likely ones sum to at most 1, each high leaves room for the rest.

    Least shares that cannot all hold contradict each other: one of the materials is not what it says, or
    is only a part, and nobody knows which. Each may then be nothing, and none has a likely share.
    """
    named = [share[0] for share, sure in zip(shares, certainties, strict=True) if sure == 1.0]
    if sum(named) > CONTRADICTION:
        shares = [
            (0.0, None, share[2]) if sure == 1.0 else share
            for share, sure in zip(shares, certainties, strict=True)
        ]
    likely = [share[1] for share in shares]
    total = sum(value for value in likely if value is not None)
    if total > 1.0:
        # alternatives of a part rule (this magnet or that) count by how sure the rule is of each
        weighed = [
            None if value is None else value * certainty
            for value, certainty in zip(likely, certainties, strict=True)
        ]
        whole = sum(value for value in weighed if value is not None)
        scale = min(1.0, 1.0 / whole) if whole > 0 else 1.0
        likely = [None if value is None else value * scale for value in weighed]
    low = [
        share[0] if value is None else min(share[0], value)
        for share, value in zip(shares, likely, strict=True)
    ]
    floor = sum(low)
    if floor > 1.0:
        low = [value / floor for value in low]
        floor = 1.0
    out: list[Share] = []
    for share, least, value in zip(shares, low, likely, strict=True):
        high = max(least, min(share[2], 1.0 - (floor - least)))
        middle = None if value is None else max(least, min(value, high))
        out.append((least, middle, high))
    return out
