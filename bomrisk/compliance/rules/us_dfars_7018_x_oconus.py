"""Exception to DFARS 225.7018: acquired outside the United States for use outside the United States.

**What it says.** An acquisition outside the United States of an item for use outside the United
States is not restricted. Both must hold. Since PL 119-60 the statute also names acquisitions in
support of contingency operations; DFARS does not yet, so that alone is REVIEW, `statute ahead of
clause`.

**Paragraph.** DFARS 225.7018-3(b); 10 USC 4872(c)(2).

**What was read.** Both, in the official copy of 2025-11-20 and the code current through PL 119-73.
"""

from __future__ import annotations

from datetime import date

from bomrisk.compliance.matter import Matter
from bomrisk.compliance.rule import Kind, Rule, Ruling, exempt, not_applicable, review

PARAGRAPH = "225.7018-3(b)"


def decide(matter: Matter) -> Ruling:
    """Hold place of acquisition and place of use against the United States."""
    contract = matter.contract
    facts = (
        matter.term("acquired_in", f"acquired in {contract.acquired_in or 'a place not stated'}"),
        matter.term("used_in", f"used in {contract.used_in or 'a place not stated'}"),
    )
    if contract.overseas:
        return exempt(PARAGRAPH, "acquired outside the United States for use outside it", *facts)
    if contract.operation in ("contingency", "combat"):
        return review(
            "10 USC 4872(c)(2)",
            "statute ahead of clause: the statute leaves out acquisitions in support of contingency"
            " operations, DFARS 225.7018-3 does not say so yet",
            matter.term("operation"),
        )
    return not_applicable(PARAGRAPH, "acquired or used in the United States", *facts)


RULE = Rule(
    id="US-DFARS-7018-X-OCONUS",
    title="Exception: acquired outside the US for use outside the US",
    family="7018",
    kind=Kind.EXCEPTION,
    citation="DFARS 225.7018-3(b); 10 USC 4872(c)(2)",
    effective_from=date(2019, 4, 30),
    effective_to=None,
    status="in force",
    page=__doc__ or "",
    decide=decide,
)
