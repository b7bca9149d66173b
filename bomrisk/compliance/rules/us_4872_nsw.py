"""Relief under 10 USC 4872(e): acceptance in the interest of national security.

**What it says.** The Secretary may accept an end item that holds covered material made in a covered
nation, if that is necessary to national security. The acceptance states quantity and period, and
Congress is told before, or within 7 days where it is urgent. A waiver under 10 USC 4863(k), for
specialty metals, may be applied to 4872 for the same item.

**How it is judged.** An acceptance that states both and covers the delivery exempts. One that lacks
either is REVIEW; so is a specialty-metals waiver that nobody says was applied here. Before PL
119-60 neither existed: the F-35 waiver of 2022 was for specialty metals alone.

**Paragraph.** 10 USC 4872(e).

**What was read.** The code current through PL 119-73. **Inferred:** the first day, 2025-12-18.
"""

from __future__ import annotations

from datetime import date

from bomrisk.compliance.matter import Matter
from bomrisk.compliance.regime import days_of
from bomrisk.compliance.relief import accepted
from bomrisk.compliance.rule import Kind, Rule, Ruling


def decide(matter: Matter) -> Ruling:
    """Hold the contract's waivers against the days of delivery."""
    return accepted(matter, days_of(matter, None, None))


RULE = Rule(
    id="US-4872-NSW",
    title="Relief: national-security acceptance",
    family="7018",
    kind=Kind.EXCEPTION,
    citation="10 USC 4872(e)",
    effective_from=date(2025, 12, 18),
    effective_to=None,
    status="in force",
    page=__doc__ or "",
    decide=decide,
)
