"""MOFCOM/GACC Announcement 58 of 2025: lithium batteries, cathode material and graphite anode.

**What it says.** A licence for lithium-ion cells of 300 Wh/kg and more, LFP cathode material,
artificial graphite anode and equipment for them, suspended with its sisters.

**How it is judged.** As announcement 57 of 2025, for batteries and graphite; the energy density is
not asked for.

**What was read.** Secondary sources on the suspension. **Only recalled:** the start, 2025-11-08.
"""

from __future__ import annotations

from datetime import date

from bomrisk.compliance.control import goods_scope, licence, october_2025
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.rule import Clock, Kind, Rule, Ruling

PARAGRAPH = "MOFCOM/GACC 58/2025"
STARTED = date(2025, 11, 8)


def decide(matter: Matter) -> Ruling:
    """Ask what leaves China, and on which day."""
    goods = goods_scope(matter, "lithium-battery", "graphite")
    active = licence(matter, PARAGRAPH, goods, " (cells from 300 Wh/kg)")
    return october_2025(matter, PARAGRAPH, active, STARTED)


RULE = Rule(
    id="CN-58-2025",
    title="China: licence for lithium batteries and artificial graphite anode",
    family="china",
    kind=Kind.CONTROL,
    citation="MOFCOM/GACC Announcement 58 of 2025; No. 70 of 2025",
    effective_from=date(2025, 11, 8),
    effective_to=None,
    status="suspended by No. 70 of 2025 to 2026-11-10; extension to 2027-01-10 announced, notice not found",
    page=__doc__ or "",
    decide=decide,
    clock=Clock.NONE,
)
