"""MOFCOM/GACC Announcement 33 of 2024: antimony, and superhard materials.

**What it says.** From 2024-09-15 export of antimony items, and of some superhard materials, from
China needs a licence, whatever the destination.

**How it is judged.** REVIEW for goods of antimony (10 % and more: a judgement) and superhard
materials.

**What was read.** Secondary sources; not the list of superhard materials.
"""

from __future__ import annotations

from datetime import date

from bomrisk.compliance.control import Scope, either, goods_scope, licence, metal_scope
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.rule import Clock, Kind, Rule, Ruling

PARAGRAPH = "MOFCOM/GACC 33/2024"


def scope(matter: Matter) -> Scope:
    """Whether the goods are of antimony, or superhard."""
    return either(goods_scope(matter, "superhard"), metal_scope(matter, ("Sb",)))


def decide(matter: Matter) -> Ruling:
    """Ask what leaves China."""
    return licence(matter, PARAGRAPH, scope(matter))


RULE = Rule(
    id="CN-33-2024",
    title="China: licence for antimony",
    family="china",
    kind=Kind.CONTROL,
    citation="MOFCOM/GACC Announcement 33 of 2024",
    effective_from=date(2024, 9, 15),
    effective_to=None,
    status="in force",
    page=__doc__ or "",
    decide=decide,
    clock=Clock.SHIPMENT,
)
