"""Relief from the specialty-metals rule: a national-security waiver.

**What it says.** USD(A&S) may accept noncompliant specialty metal in the interest of national
security; by DFARS that is not delegable, by the statute as amended service secretaries may too. The
waiver states quantity and period and asks for a corrective plan; where the breach was knowing,
suspension is considered. On 2022-10-08 such a waiver covered the F-35's SmCo magnets, 126 aircraft.

**How it is judged.** It exempts on its days. It is no waiver under 10 USC 4872.

**Paragraph.** DFARS 225.7003-3(d); 10 USC 4863(k).

**What was read.** Both, in the official copy of 2025-11-20 and the code current through PL 119-73.
The F-35 waiver from press reports.
"""

from __future__ import annotations

from bomrisk.compliance.matter import Matter
from bomrisk.compliance.regime import days_of
from bomrisk.compliance.relief import waived_7003
from bomrisk.compliance.rule import Clock, Kind, Rule, Ruling


def decide(matter: Matter) -> Ruling:
    """Hold the contract's waivers against the days of delivery."""
    return waived_7003(matter, days_of(matter, None, None))


RULE = Rule(
    id="US-DFARS-7003-NSW",
    title="Relief: national-security waiver for specialty metals",
    family="7003",
    kind=Kind.EXCEPTION,
    citation="DFARS 225.7003-3(d); 10 USC 4863(k)",
    effective_from=None,
    effective_to=None,
    status="in force",
    page=__doc__ or "",
    decide=decide,
    clock=Clock.NONE,
)
