"""Section 122 surcharge of 10 %.

**What it says.** 10 % on goods of every country from 2026-02-24 to 2026-07-23. Exempt: 2805.30,
2846 and sintered NdFeB magnets (8505.11.00.70); the other magnets are not clearly exempt.

**How it is judged.** A duty is a cost, not a violation: WATCH with the rate and the whole stack of
the day of entry, REVIEW where the text that decides was not seen. The country of origin is that of
the last step that transforms the goods, magnetizing left out (a judgement); the number is as
stated, or follows from a bare magnet or powder. The day of entry is the delivery where it is not
stated.

**What was read.** Curated lists; not the proclamation.
"""

from __future__ import annotations

from datetime import date

from bomrisk.compliance.duty import duty_ruling
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.rule import Clock, Kind, Rule, Ruling


def decide(matter: Matter) -> Ruling:
    """Look the layer up in the stack of the day of entry."""
    return duty_ruling(matter, "US-S122", "Trade Act sec. 122; Proclamation 11012")


RULE = Rule(
    id="US-S122",
    title="Section 122 surcharge of 10 %",
    family="duties",
    kind=Kind.DUTY,
    citation="Trade Act sec. 122; Proclamation 11012",
    effective_from=date(2026, 2, 24),
    effective_to=date(2026, 7, 23),
    status="ended",
    page=__doc__ or "",
    decide=decide,
    clock=Clock.ENTRY,
)
