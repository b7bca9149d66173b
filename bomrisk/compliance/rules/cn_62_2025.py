"""MOFCOM Announcement 62 of 2025: rare-earth technology and assistance.

**What it says.** A licence for rare-earth technology and assistance, suspended with its sisters. It
binds no metal and no magnet, and slows plants elsewhere.

**How it is judged.** As announcement 57 of 2025, for items stated to be technology.

**What was read.** Secondary sources and, for the technology, a translation; not the lists of items.
"""

from __future__ import annotations

from datetime import date

from bomrisk.compliance.control import NO, Scope, licence, october_2025
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.rule import Clock, Kind, Rule, Ruling

PARAGRAPH = "MOFCOM 62/2025"
STARTED = date(2025, 10, 9)


def decide(matter: Matter) -> Ruling:
    """Ask whether it is technology that leaves China, and on which day."""
    scope = (
        Scope(True, "rare-earth technology and assistance")
        if matter.part.item == "technology"
        else NO
    )
    return october_2025(matter, PARAGRAPH, licence(matter, PARAGRAPH, scope), STARTED)


RULE = Rule(
    id="CN-62-2025",
    title="China: licence for rare-earth technology and assistance",
    family="china",
    kind=Kind.CONTROL,
    citation="MOFCOM Announcement 62 of 2025; No. 70 of 2025",
    effective_from=date(2025, 10, 9),
    effective_to=None,
    status="suspended by No. 70 of 2025 to 2026-11-10; extension to 2027-01-10 announced, notice not found",
    page=__doc__ or "",
    decide=decide,
    clock=Clock.NONE,
)
