"""Relief from DFARS 225.7018: a nonavailability determination.

**What it says.** An individual determination (one contract) is made by the head of the contracting
activity with an analysis and a written certification of the requiring activity; a class
determination (several contracts) by USD(A&S). "Required form" is the form and properties of the
magnet; for tantalum and tungsten the mill product or the finished component. The statute as amended
asks for a specific end item and a specific covered material, for at most 36 months.

**How it is judged.** It serves the contract (individual), end item and material it names, on the
days it holds. One that names no end item or material although the statute asks for it, or whose
days do not cover the delivery whole, is REVIEW. EO 14415 stops such waivers from 2027-01-01 except
with a formal mitigation plan: one signed from then on without a plan is REVIEW.

**Paragraph.** DFARS 225.7018-3(d), 225.7018-4; 10 USC 4872(c)(1), (d).

**What was read.** DFARS in the official copy of 2025-11-20; the code current through PL 119-73.
**Only known at second hand:** EO 14415; its text was not read.
"""

from __future__ import annotations

from datetime import date

from bomrisk.compliance.matter import Matter
from bomrisk.compliance.regime import days_of
from bomrisk.compliance.relief import determined
from bomrisk.compliance.rule import Kind, Rule, Ruling


def decide(matter: Matter) -> Ruling:
    """Hold the contract's determinations against the part and the days of delivery."""
    return determined(matter, days_of(matter, None, None))


RULE = Rule(
    id="US-DFARS-7018-NAV",
    title="Relief: nonavailability determination",
    family="7018",
    kind=Kind.EXCEPTION,
    citation="DFARS 225.7018-3(d), 225.7018-4; 10 USC 4872(c)(1), (d)",
    effective_from=date(2019, 4, 30),
    effective_to=None,
    status="in force; EO 14415 limits it from 2027-01-01",
    page=__doc__ or "",
    decide=decide,
)
