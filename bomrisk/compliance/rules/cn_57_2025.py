"""MOFCOM/GACC Announcement 57 of 2025: holmium, erbium, thulium, europium and ytterbium.

**What it says.** From 2025-11-08 a licence as under announcement 18 of 2025. It never applied: No.
70 of 2025 suspended it from 2025-11-07 to 2026-11-10. In September 2026 an extension of the truce
to 2027-01-10 was announced; a formal notice was not found.

**How it is judged.** Not applicable while suspended, WATCH from 2026-11-11 to 2027-01-10, REVIEW
after.

**What was read.** Translations and secondary sources. **Only recalled:** the code of ytterbium,
1C913.
"""

from __future__ import annotations

from datetime import date

from bomrisk.compliance.control import FIFTY_SEVEN, licence, october_2025, rare_earth_scope
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.rule import Clock, Kind, Rule, Ruling

PARAGRAPH = "MOFCOM/GACC 57/2025"
STARTED = date(2025, 11, 8)


def decide(matter: Matter) -> Ruling:
    """Ask what leaves China, and on which day."""
    active = licence(matter, PARAGRAPH, rare_earth_scope(matter, FIFTY_SEVEN))
    return october_2025(matter, PARAGRAPH, active, STARTED)


RULE = Rule(
    id="CN-57-2025",
    title="China: licence for Ho, Er, Tm, Eu and Yb",
    family="china",
    kind=Kind.CONTROL,
    citation="MOFCOM/GACC Announcement 57 of 2025; No. 70 of 2025",
    effective_from=date(2025, 11, 8),
    effective_to=None,
    status="suspended by No. 70 of 2025 to 2026-11-10; extension to 2027-01-10 announced, notice not found",
    page=__doc__ or "",
    decide=decide,
    clock=Clock.NONE,
)
