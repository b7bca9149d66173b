"""MOFCOM/GACC Announcement 23 of 2023: gallium and germanium items.

**What it says.** From 2023-08-01 export of gallium and germanium items from China needs a licence,
whatever the destination.

**How it is judged.** REVIEW for goods of either; a content of 10 % and more makes such goods (a
judgement), so that the traces of gallium in a magnet do not.

**What was read.** Secondary sources.
"""

from __future__ import annotations

from datetime import date

from bomrisk.compliance.control import Scope, licence, metal_scope
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.rule import Clock, Kind, Rule, Ruling

PARAGRAPH = "MOFCOM/GACC 23/2023"


def scope(matter: Matter) -> Scope:
    """Whether the goods are of gallium or germanium."""
    return metal_scope(matter, ("Ga", "Ge"))


def decide(matter: Matter) -> Ruling:
    """Ask what leaves China."""
    return licence(matter, PARAGRAPH, scope(matter))


RULE = Rule(
    id="CN-23-2023",
    title="China: licence for gallium and germanium",
    family="china",
    kind=Kind.CONTROL,
    citation="MOFCOM/GACC Announcement 23 of 2023",
    effective_from=date(2023, 8, 1),
    effective_to=None,
    status="in force",
    page=__doc__ or "",
    decide=decide,
    clock=Clock.SHIPMENT,
)
