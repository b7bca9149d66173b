"""The declared elements of one line spread over its materials, in balance with the mass of the line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bomrisk.composition.declared.balance import Balanced
from bomrisk.composition.declared.model import FIELD, Amount, DeclaredPart
from bomrisk.composition.declared.substances import standing_in

if TYPE_CHECKING:
    from bomrisk.knowledge import Knowledge

Row = dict[str, Any]
_BOUNDS = ("low", "likely", "high")
_MAGNETS = {
    "permanent_magnet_ndfeb": ("ndfeb_unspecified", "neodymium, iron and boron", "NdFeB"),
    "permanent_magnet_smco": ("smco_unspecified", "samarium and cobalt", "SmCo"),
}
_NO_ALLOY = frozenset(("permanent_magnet_unspecified", "permanent_magnet_re_unspecified"))
"""Families of magnets whose alloy the text leaves open."""
_NOT_THE_PART = ("alternates",)


@dataclass(frozen=True, slots=True)
class Masses:
    """The factor from an amount of a piece to grams in the end item, and the mass of the line (g)."""

    factor: float | None
    line_g: float | None


@dataclass(frozen=True, slots=True)
class LineDeclared:
    """What is declared for a line, and the contents of the lines below it."""

    line: int
    part: DeclaredPart
    found: Balanced
    masses: Masses
    below: Sequence[Row]


@dataclass(slots=True)
class Spread:
    """The materials and contents of a line after its declaration, and remarks in words."""

    materials: list[Row]
    contents: list[Row]
    remarks: list[str] = field(default_factory=list)


def spread(
    given: LineDeclared, materials: list[Row], contents: list[Row], knowledge: Knowledge
) -> Spread:
    """Put the declared elements in the place of the reckoned ones of a line.

    An element goes to the materials of the line that hold it by the knowledge, else to a row of its
    own. What is not declared keeps its reckoned mass as far as the mass of the line leaves room.
    """
    out = Spread([dict(row) for row in materials], [])
    elements, own = _own_elements(given, out)
    out.remarks += _contradictions(given, materials, knowledge)
    magnets = _magnet_rows(given, out.materials, knowledge)
    out.materials = _without_guesses(given, out.materials, magnets, knowledge) + magnets
    kept = {row["material_id"] for row in out.materials}
    contents = [row for row in contents if row["material_id"] in kept]
    untraced: list[str] = []
    for symbol in sorted(elements):
        bounds = elements[symbol]
        if bounds is not None and own and bounds[2] == 0.0:
            continue
        holders = _holders(symbol, out.materials, contents, knowledge)
        if not holders:
            material = standing_in().get(symbol)
            if material is None or material not in knowledge.materials:
                untraced.append(symbol)
                continue
            bare = _row(given, material, given.found.said_by[symbol])
            out.materials.append(bare)
            holders = [(bare["material_id"], 1.0)]
        for material_id, weight in holders:
            out.contents.append(_content(given, material_id, symbol, bounds, weight))
    if untraced:
        out.remarks.append(
            f"{', '.join(untraced)} of {given.part.called} are declared, but no material of"
            " the line or the knowledge stands for them: they are not traced"
        )
    out.contents += _undeclared(given, elements, contents)
    _weigh(out, given)
    return out


Bounds = tuple[float, float | None, float] | None


def _own_elements(given: LineDeclared, out: Spread) -> tuple[dict[str, Bounds], bool]:
    """Grams of each declared element in the line, without what the lines below it hold; null if unknown."""
    found, factor = given.found, given.masses.factor
    elements: dict[str, Bounds] = {}
    for symbol in {*found.elements, *found.open}:
        amount = found.elements.get(symbol)
        if factor is None or symbol in found.open or amount is None:
            elements[symbol] = None
            continue
        low, likely, high = _grams(amount, factor)
        held = [row for row in given.below if row["element"] == symbol]
        if held and any(row["mass_high_g"] is None for row in held):
            low, likely = 0.0, None
        elif held:
            sums = [sum(row[f"mass_{bound}_g"] or 0.0 for row in held) for bound in _BOUNDS]
            if sums[0] > high * 1.01:
                out.remarks.append(
                    f"{high:.6g} g of {symbol} are declared for {given.part.called}, but the"
                    f" parts below it hold {sums[0]:.6g} g at least"
                )
            low, high = max(0.0, low - sums[2]), max(0.0, high - sums[0])
            likely = None if likely is None else min(max(likely - sums[1], low), high)
        elements[symbol] = (low, likely, high)
    return elements, bool(given.below)


def _grams(amount: Amount, factor: float) -> tuple[float, float | None, float]:
    likely = None if amount.likely is None else amount.likely * factor
    return amount.low * factor, likely, amount.high * factor


def _holders(
    symbol: str, materials: Sequence[Row], contents: Sequence[Row], knowledge: Knowledge
) -> list[tuple[str, float]]:
    """Materials of the line that hold an element, each with its share of the element's mass."""
    holding = {
        row["material_id"]: row
        for row in materials
        if row["field"] not in _NOT_THE_PART
        and any(
            one.element == symbol and one.high > 0
            for one in knowledge.materials[row["material_id"]].composition
        )
    }
    named = {key: row for key, row in holding.items() if not row["inferred"]} or holding
    weights = {
        row["material_id"]: row["mass_likely_g"] or row["wt_likely"] or 0.0
        for row in contents
        if row["element"] == symbol and row["material_id"] in named
    }
    whole = sum(weights.values())
    if whole <= 0:
        return [(min(named), 1.0)] if named else []
    return [(key, weight / whole) for key, weight in sorted(weights.items()) if weight > 0]


def _magnet_rows(given: LineDeclared, materials: Sequence[Row], knowledge: Knowledge) -> list[Row]:
    """A row for the magnet that the substances make up, where the line names no magnet of a stated alloy."""
    named = {
        knowledge.materials[row["material_id"]].family
        for row in materials
        if not row["inferred"] and row["field"] not in _NOT_THE_PART
    }
    alloys = {one for one in named - _NO_ALLOY if one.startswith("permanent_magnet")}
    if given.below or alloys:
        return []
    rows = []
    for kind in sorted(given.found.kinds):
        material, elements, _ = _MAGNETS[kind]
        if material in knowledge.materials:
            rows.append(_row(given, material, [elements]))
    return rows


def _without_guesses(
    given: LineDeclared, materials: list[Row], magnets: Sequence[Row], knowledge: Knowledge
) -> list[Row]:
    """The materials without magnets that only the type of part suggests, where a magnet is declared.

    Where the declaration is not full, only a guess of the declared family gives way.
    """
    declared = {knowledge.materials[row["material_id"]].family for row in magnets}
    if not declared:
        return materials
    start = "permanent_magnet"

    def settled(family: str) -> bool:
        return family in declared or (given.found.full and family.startswith(start))

    return [
        row
        for row in materials
        if not (row["inferred"] and settled(knowledge.materials[row["material_id"]].family))
    ]


def _contradictions(
    given: LineDeclared, materials: Sequence[Row], knowledge: Knowledge
) -> list[str]:
    """Where the substances and the words of the line cannot both be true; nothing is picked silently."""
    texts = []
    number = given.part.called
    said = [row for row in materials if not row["inferred"] and row["field"] not in _NOT_THE_PART]
    magnets = {
        row["material_id"]
        for row in said
        if knowledge.materials[row["material_id"]].family.startswith("permanent_magnet")
    }
    families = {knowledge.materials[one].family for one in magnets}
    odd = given.found.kinds - families
    vague = families & _NO_ALLOY
    if magnets and odd and not vague and not given.below:
        kinds = " and ".join(_MAGNETS[kind][2] for kind in sorted(odd))
        names = ", ".join(knowledge.materials[one].name for one in sorted(magnets))
        texts.append(
            f"conflict: the substances declared for {number} make up {kinds}, but the line says {names}"
        )
    if given.found.full and not given.found.unknown:
        declared = set(given.found.elements)
        for row in said:
            material = knowledge.materials[row["material_id"]]
            lacking = sorted(
                one.element
                for one in material.composition
                if one.low >= 5.0 and one.element not in declared
            )
            if lacking and row["role"] != "coating":
                texts.append(
                    f"conflict: the line says {material.name}, but the full declaration of {number} has"
                    f" no {', '.join(lacking)}"
                )
    return list(dict.fromkeys(texts))


def _row(given: LineDeclared, material_id: str, said_by: Sequence[str]) -> Row:
    """The row of a material that only the declaration names."""
    words = "; ".join(dict.fromkeys(said_by))[:200]
    return {
        "line": given.line,
        "material_id": material_id,
        "field": FIELD,
        "span_start": 0,
        "span_end": len(words),
        "matched": words,
        "rule": f"declared: substances of the part in {given.part.place}",
        "confidence": 1.0,
        "inferred": False,
        "part_rule": None,
        "role": "inside",
        "fraction_low": 0.0,
        "fraction_likely": None,
        "fraction_high": 1.0,
    }


def _content(
    given: LineDeclared, material_id: str, symbol: str, bounds: Bounds, weight: float
) -> Row:
    scaled = [None if one is None else one * weight for one in bounds or (None, None, None)]
    return {
        "line": given.line,
        "material_id": material_id,
        "element": symbol,
        "wt_low": 0.0,
        "wt_likely": None,
        "wt_high": 1.0,
        **{f"mass_{name}_g": value for name, value in zip(_BOUNDS, scaled, strict=True)},
        "evidence": "declared",
    }


def _undeclared(
    given: LineDeclared, elements: Mapping[str, Bounds], contents: Sequence[Row]
) -> list[Row]:
    """What recognition says of elements that are not declared, within the mass that is left for them."""
    rest = [dict(row) for row in contents if row["element"] not in elements]
    found, masses = given.found, given.masses
    room = None
    if masses.line_g is not None:
        taken = sum((one[1] if one[1] is not None else one[0]) for one in elements.values() if one)
        room = max(0.0, masses.line_g - taken)
    if found.full and masses.factor is not None:
        room = min(found.rest * masses.factor, room if room is not None else float("inf"))
    if room is None:
        return rest
    for bound in _BOUNDS:
        name = f"mass_{bound}_g"
        whole = sum(row[name] or 0.0 for row in rest)
        factor = min(1.0, room / whole) if whole > 0 else 1.0
        for row in rest:
            if row[name] is None and bound == "high" and found.full:
                row[name] = room
            elif row[name] is not None:
                row[name] = min(row[name], room) if bound == "high" else row[name] * factor
    for row in rest:
        high, low, likely = row["mass_high_g"], row["mass_low_g"], row["mass_likely_g"]
        if high is None:
            continue
        likely = high if likely is None else min(likely, high)
        row["mass_low_g"] = 0.0 if found.full or low is None else min(low, likely)
        if row["mass_likely_g"] is not None:
            row["mass_likely_g"] = likely
    return [row for row in rest if row["mass_high_g"] is None or row["mass_high_g"] > 0.0]


def _weigh(out: Spread, given: LineDeclared) -> None:
    """Masses of the materials that declared elements stand in, and the shares that follow."""
    line = given.masses.line_g
    touched = {row["material_id"] for row in out.contents if row["evidence"] == "declared"}
    for material in out.materials:
        own = [row for row in out.contents if row["material_id"] == material["material_id"]]
        if material["material_id"] in touched or (given.found.full and material.get("inferred")):
            for bound in _BOUNDS:
                values = [row[f"mass_{bound}_g"] for row in own]
                whole = None if any(one is None for one in values) else sum(values)
                if whole is not None and line is not None and whole > line:
                    whole = line
                material[f"mass_{bound}_g"] = whole
                if line and whole is not None:
                    material[f"fraction_{bound}"] = min(1.0, whole / line)
        for row in own:
            _shares(row, material)


def _shares(row: Row, material: Row) -> None:
    """The element's share of its material, where both masses are known and one of them is declared."""
    likely, whole = row["mass_likely_g"], material["mass_likely_g"]
    if row["evidence"] == "declared" and likely is not None and whole:
        share = min(1.0, likely / whole)
        row["wt_low"] = row["wt_likely"] = row["wt_high"] = share
