"""Clause 252.225-7052 in the contract, in an edition that fits the delivery.

**What it says.** A contract above the simplified acquisition threshold for items that hold a
covered material has clause 252.225-7052. Editions before MAY 2024 know nothing of the regime from
2027-01-01. The clause is flowed down at every tier, commercial products included: "The Contractor
shall insert the substance of this clause, including this paragraph (d), in subcontracts ... unless
an exception in paragraph (c) applies."

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

from datetime import date

from bomrisk.compliance.clause import clause_ruling
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.regime import covered_here
from bomrisk.compliance.rule import Clock, Kind, Rule, Ruling, not_applicable

CLAUSE = "252.225-7052"


def decide(matter: Matter) -> Ruling:
    """Look for the clause where a part needs it."""
    if not (covered_here(matter)):
        return not_applicable(CLAUSE, "no covered material")
    return clause_ruling(matter, CLAUSE, "225.7018-3(a)")


RULE = Rule(
    id="US-CLAUSE-7052",
    title="Clause 252.225-7052 in the contract",
    family="readiness",
    kind=Kind.RECORD,
    citation="252.225-7052; DFARS 225.7018-5",
    effective_from=date(2019, 12, 31),
    effective_to=None,
    status="in force",
    page=__doc__ or "",
    decide=decide,
    clock=Clock.NONE,
)
