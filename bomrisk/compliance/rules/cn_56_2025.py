"""MOFCOM/GACC Announcement 56 of 2025: rare-earth production equipment and auxiliaries.

**What it says.** A licence for rare-earth production equipment and auxiliaries, suspended with its
sisters. It binds no metal and no magnet, and slows plants elsewhere.

**How it is judged.** As announcement 57 of 2025, for items stated to be equipment.

**What was read.** Secondary sources and, for the technology, a translation; not the lists of items.
"""

from __future__ import annotations

from datetime import date

from bomrisk.compliance.control import NO, Scope, licence, october_2025
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.rule import Clock, Kind, Rule, Ruling

PARAGRAPH = "MOFCOM/GACC 56/2025"
STARTED = date(2025, 11, 8)


def decide(matter: Matter) -> Ruling:
    """Ask whether it is equipment that leaves China, and on which day."""
    scope = (
        Scope(True, "rare-earth production equipment and auxiliaries")
        if matter.part.item == "equipment"
        else NO
    )
    return october_2025(matter, PARAGRAPH, licence(matter, PARAGRAPH, scope), STARTED)


RULE = Rule(
    id="CN-56-2025",
    title="China: licence for rare-earth production equipment and auxiliaries",
    family="china",
    kind=Kind.CONTROL,
    citation="MOFCOM/GACC Announcement 56 of 2025; No. 70 of 2025",
    effective_from=date(2025, 11, 8),
    effective_to=None,
    status="suspended by No. 70 of 2025 to 2026-11-10; extension to 2027-01-10 announced, notice not found",
    page=__doc__ or "",
    decide=decide,
    clock=Clock.NONE,
)
