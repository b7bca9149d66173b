"""10 USC 4872(f)(1)(F): molybdenum, where the statute is ahead of the clause.

**What it says.** The statute names molybdenum, in no particular form, among the covered materials.
Clause 252.225-7052 (MAY 2024) does not.

**How it is judged.** Molybdenum or an alloy named by it (50 % and more) that was reduced, melted or
made in a covered country is REVIEW, `statute ahead of clause`; so is, from 2027-01-01, a mine or a
separation there. Steel with some molybdenum is no molybdenum. Without a country of reduction or
melt it is INCOMPLETE. Acquisitions under the threshold or abroad, COTS end items and electronic
devices are left out as for the other materials.

**Paragraph.** 10 USC 4872(f)(1)(F).

**What was read.** The code current through PL 119-73. **Inferred:** the first day, 2025-12-18
(enactment of PL 119-60); the text that was read does not state one, and the code had it by March
2026.
"""

from __future__ import annotations

from datetime import date

from bomrisk.compliance.matter import Matter
from bomrisk.compliance.rule import Clock, Kind, Rule, Ruling, not_applicable
from bomrisk.compliance.statute import METAL, decide_ahead

PARAGRAPH = "10 USC 4872(f)(1)(F)"


def decide(matter: Matter) -> Ruling:
    """Judge molybdenum by the statute alone."""
    if matter.family != "molybdenum":
        return not_applicable(
            PARAGRAPH, "no molybdenum or alloy named by it", matter.material_fact()
        )
    return decide_ahead(matter, PARAGRAPH, "molybdenum", METAL)


RULE = Rule(
    id="US-4872-MO",
    title="Molybdenum: covered by the statute, not yet by the clause",
    family="4872",
    kind=Kind.DELIVERY,
    citation="10 USC 4872(f)(1)(F)",
    effective_from=date(2025, 12, 18),
    effective_to=None,
    status="statute in force, clause not updated; first day inferred",
    page=__doc__ or "",
    decide=decide,
    clock=Clock.DELIVERY,
)
