"""IEEPA fentanyl duty on Chinese goods.

**What it says.** 10 % from 2025-02-04, 20 % from 2025-03-04, 10 % from 2025-11-10, until
2026-02-23.

**How it is judged.** A duty is a cost, not a violation: WATCH with the rate and the whole stack of
the day of entry, REVIEW where the text that decides was not seen. The country of origin is that of
the last step that transforms the goods, magnetizing left out (a judgement); the number is as
stated, or follows from a bare magnet or powder. The day of entry is the delivery where it is not
stated.

**What was read.** A curated table of the tariff changes. **Only recalled:** that rare earths and
magnets had no relief.
"""

from __future__ import annotations

from datetime import date

from bomrisk.compliance.duty import duty_ruling
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.rule import Clock, Kind, Rule, Ruling


def decide(matter: Matter) -> Ruling:
    """Look the layer up in the stack of the day of entry."""
    return duty_ruling(matter, "US-IEEPA-FENT", "EO 14195 and amendments")


RULE = Rule(
    id="US-IEEPA-FENT",
    title="IEEPA fentanyl duty on Chinese goods",
    family="duties",
    kind=Kind.DUTY,
    citation="EO 14195 and amendments",
    effective_from=date(2025, 2, 4),
    effective_to=date(2026, 2, 23),
    status="ended: Supreme Court 2026-02-20, collection stopped 2026-02-24",
    page=__doc__ or "",
    decide=decide,
    clock=Clock.ENTRY,
)
