"""Section 301: 25 % on Chinese tungsten and tantalum.

**What it says.** 25 % on goods of China under 8101.10 and 8103.20 from 2024-09-27, and 8101.94,
8101.99.10 and 8101.99.80 from 2025-01-01.

**How it is judged.** A duty is a cost, not a violation: WATCH with the rate and the whole stack of
the day of entry, REVIEW where the text that decides was not seen. The country of origin is that of
the last step that transforms the goods, magnetizing left out (a judgement); the number is as
stated, or follows from a bare magnet or powder. The day of entry is the delivery where it is not
stated.

**What was read.** HTS 2026 revision 10.
"""

from __future__ import annotations

from datetime import date

from bomrisk.compliance.duty import duty_ruling
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.rule import Clock, Kind, Rule, Ruling


def decide(matter: Matter) -> Ruling:
    """Look the layer up in the stack of the day of entry."""
    return duty_ruling(matter, "US-301-W", "HTS 9903.91.01, 9903.91.11")


RULE = Rule(
    id="US-301-W",
    title="Section 301: 25 % on Chinese tungsten and tantalum",
    family="duties",
    kind=Kind.DUTY,
    citation="HTS 9903.91.01, 9903.91.11",
    effective_from=date(2024, 9, 27),
    effective_to=None,
    status="in force",
    page=__doc__ or "",
    decide=decide,
    clock=Clock.ENTRY,
)
