"""Section 301 on forced labour: 12.5 % on Chinese goods.

**What it says.** 12.5 % on goods of China from 2026-07-24, with exemptions in Annex A (9903.05.85
to .92); 60 economies at 10 or 12.5 %. The proposed annex has 2805.30.00, 2846.10.00, 2846.90.20 and
2846.90.40, not 8505.11 nor 2846.90.80.

**How it is judged.** A duty is a cost, not a violation: WATCH with the rate and the whole stack of
the day of entry, REVIEW where the text that decides was not seen. The country of origin is that of
the last step that transforms the goods, magnetizing left out (a judgement); the number is as
stated, or follows from a bare magnet or powder. The day of entry is the delivery where it is not
stated.

**What was read.** A tariff module that quotes the notice, and the proposal of June 2026. **Not
seen:** the final Annex A and the rates of the other economies. So every result on Chinese goods is
REVIEW.
"""

from __future__ import annotations

from datetime import date

from bomrisk.compliance.duty import duty_ruling
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.rule import Clock, Kind, Rule, Ruling


def decide(matter: Matter) -> Ruling:
    """Look the layer up in the stack of the day of entry."""
    return duty_ruling(matter, "US-301-FL", "USTR final action 2026-07-23; HTS 9903.05.31")


RULE = Rule(
    id="US-301-FL",
    title="Section 301 on forced labour: 12.5 % on Chinese goods",
    family="duties",
    kind=Kind.DUTY,
    citation="USTR final action 2026-07-23; HTS 9903.05.31",
    effective_from=date(2026, 7, 24),
    effective_to=None,
    status="in force; exemption of 8505.11 and 2846.90.80 not verified",
    page=__doc__ or "",
    decide=decide,
    clock=Clock.ENTRY,
)
