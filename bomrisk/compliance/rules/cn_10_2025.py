"""MOFCOM/GACC Announcement 10 of 2025: tungsten, tellurium, bismuth, molybdenum and indium items.

**What it says.** From 2025-02-04 export from China needs a licence, whatever the destination, for
items by parameter: ammonium paratungstate, tungsten oxides and carbide; tungsten and alloys of 97 %
tungsten and more, and W-Ni-Fe and W-Ni-Cu above 17.5 g/cm3 with limits of strength and size;
tellurium; bismuth; molybdenum as *powder*; indium phosphide and organic indium compounds.

**How it is judged.** REVIEW for goods in a listed form; limits of size and strength are not asked
for. Molybdenum in another form than powder, and heavy alloy of at most 17.5 g/cm3, are not listed.
A density that is not stated is INCOMPLETE.

**What was read.** A translation of the item list.
"""

from __future__ import annotations

from datetime import date

from bomrisk.compliance.control import DEEP, Scope, licence, metal_scope
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.rule import Clock, Kind, Rule, Ruling

PARAGRAPH = "MOFCOM/GACC 10/2025"
DENSE_G_CM3 = 17.5
PURE_W_PCT = 97.0


def scope(matter: Matter) -> Scope:
    """Whether the goods are in a form that the list names."""
    family = matter.family or ""
    if matter.part.item in DEEP and (family.startswith("tungsten") or family == "molybdenum"):
        return Scope(False, "a deeply processed good, not in a listed form")
    if family.startswith("tungsten"):
        return _tungsten(matter)
    if family == "molybdenum":
        return _molybdenum(matter)
    indium = matter.make.pct("In") or 0.0
    if indium >= 10.0 and "P" in matter.make.elements:
        return Scope(True, "indium phosphide")
    return metal_scope(matter, ("Te", "Bi"), least_pct=50.0)


def _tungsten(matter: Matter) -> Scope:
    content = matter.make.pct("W")
    if content is None:
        content = matter.part.tungsten_weight_pct
    carbide = {"C", "O"} & {*matter.make.elements}
    if matter.part.item == "powder" or matter.family == "tungsten-powder" or carbide:
        return Scope(True, "tungsten powder, oxide or carbide")
    if content is not None and content >= PURE_W_PCT:
        return Scope(True, f"{content:g} % tungsten, not below 97 %")
    density = matter.make.density_g_cm3
    if density is None:
        return Scope(None, "whether it is above 17.5 g/cm3 is not stated", ("density_g_cm3",))
    if density > DENSE_G_CM3:
        return Scope(True, f"tungsten alloy of {density:g} g/cm3, above 17.5")
    return Scope(False, f"tungsten alloy of {density:g} g/cm3, not above 17.5")


def _molybdenum(matter: Matter) -> Scope:
    if matter.part.item is None:
        return Scope(None, "whether it is powder is not stated", ("item",))
    if matter.part.item == "powder":
        return Scope(True, "molybdenum powder")
    return Scope(False, "molybdenum is listed as powder only")


def decide(matter: Matter) -> Ruling:
    """Ask what leaves China."""
    return licence(matter, PARAGRAPH, scope(matter), " (limits of size and strength apply)")


RULE = Rule(
    id="CN-10-2025",
    title="China: licence for tungsten, tellurium, bismuth, molybdenum and indium items",
    family="china",
    kind=Kind.CONTROL,
    citation="MOFCOM/GACC Announcement 10 of 2025",
    effective_from=date(2025, 2, 4),
    effective_to=None,
    status="in force",
    page=__doc__ or "",
    decide=decide,
    clock=Clock.SHIPMENT,
)
