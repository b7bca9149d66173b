"""MOFCOM/GACC Announcement 55 of 2025: superhard materials.

**What it says.** A licence for synthetic diamond and other superhard materials, suspended with its
sisters.

**How it is judged.** As announcement 57 of 2025, for goods stated to be superhard.

**What was read.** Secondary sources on the suspension. **Only recalled:** the start, 2025-11-08.
"""

from __future__ import annotations

from datetime import date

from bomrisk.compliance.control import goods_scope, licence, october_2025
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.rule import Clock, Kind, Rule, Ruling

PARAGRAPH = "MOFCOM/GACC 55/2025"
STARTED = date(2025, 11, 8)


def decide(matter: Matter) -> Ruling:
    """Ask what leaves China, and on which day."""
    active = licence(matter, PARAGRAPH, goods_scope(matter, "superhard"))
    return october_2025(matter, PARAGRAPH, active, STARTED)


RULE = Rule(
    id="CN-55-2025",
    title="China: licence for superhard materials",
    family="china",
    kind=Kind.CONTROL,
    citation="MOFCOM/GACC Announcement 55 of 2025; No. 70 of 2025",
    effective_from=date(2025, 11, 8),
    effective_to=None,
    status="suspended by No. 70 of 2025 to 2026-11-10; extension to 2027-01-10 announced, notice not found",
    page=__doc__ or "",
    decide=decide,
    clock=Clock.NONE,
)
