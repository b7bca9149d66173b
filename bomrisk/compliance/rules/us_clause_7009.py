"""Clause 252.225-7009 in the contract, in an edition that fits the delivery.

**What it says.** A contract above the simplified acquisition threshold for aircraft, missile and
space systems, ships, vehicles, weapon systems or ammunition, or their components, has clause
252.225-7009 when they hold specialty metal.

**Why it is asked.** What inspectors general find missing first is the clause itself: 19 of 32
noncompliant contracts in one DLA audit (2017), 11 of 23 in one of the Navy (2015).

**How it is judged.** PASS when the contract states the clause, REVIEW when it states others and not
this one or an older edition, INCOMPLETE when nothing is stated and the edition is only assumed. The
duty to comply does not end where the clause lacks: the statute binds the buyer, and the rule itself
is judged all the same.

**What was read.** The clause; the audits by report. **Recalled:** the paragraph that prescribes the
clause.
"""

from __future__ import annotations

from bomrisk.compliance.clause import clause_ruling
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.rule import Clock, Kind, Rule, Ruling, not_applicable

CLAUSE = "252.225-7009"


def decide(matter: Matter) -> Ruling:
    """Look for the clause where a part needs it."""
    if not (matter.make.specialty.is_one is not False and matter.platform is not None):
        return not_applicable(CLAUSE, "no specialty metal for a stated platform")
    return clause_ruling(matter, CLAUSE, "225.7003-3(a)(1)")


RULE = Rule(
    id="US-CLAUSE-7009",
    title="Clause 252.225-7009 in the contract",
    family="readiness",
    kind=Kind.RECORD,
    citation="252.225-7009; DFARS 225.7003-5",
    effective_from=None,
    effective_to=None,
    status="in force",
    page=__doc__ or "",
    decide=decide,
    clock=Clock.NONE,
)
