"""Section 301: 25 % on Chinese permanent magnets, graphite and batteries.

**What it says.** 25 % on goods of China under 8505.11.00, 2504.10.10, 2504.10.50, 2504.90.00 and,
not for electric vehicles, 8507.60.00, from 2026-01-01. Rare-earth metals and compounds (2805.30,
2846) have no such heading.

**How it is judged.** A duty is a cost, not a violation: WATCH with the rate and the whole stack of
the day of entry, REVIEW where the text that decides was not seen. The country of origin is that of
the last step that transforms the goods, magnetizing left out (a judgement); the number is as
stated, or follows from a bare magnet or powder. The day of entry is the delivery where it is not
stated.

**What was read.** HTS 2026 revision 10 and a list of the four-year review. A public data set that
puts 2805.30 and 2846 on list 3 is contradicted by it.
"""

from __future__ import annotations

from datetime import date

from bomrisk.compliance.duty import duty_ruling
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.rule import Clock, Kind, Rule, Ruling


def decide(matter: Matter) -> Ruling:
    """Look the layer up in the stack of the day of entry."""
    return duty_ruling(matter, "US-301-MAG", "89 FR 76581; HTS 9903.91.06")


RULE = Rule(
    id="US-301-MAG",
    title="Section 301: 25 % on Chinese permanent magnets, graphite and batteries",
    family="duties",
    kind=Kind.DUTY,
    citation="89 FR 76581; HTS 9903.91.06",
    effective_from=date(2026, 1, 1),
    effective_to=None,
    status="in force",
    page=__doc__ or "",
    decide=decide,
    clock=Clock.ENTRY,
)
