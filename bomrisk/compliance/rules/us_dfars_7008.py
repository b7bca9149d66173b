"""DFARS 252.225-7008: specialty metal bought as the end item is melted in the United States.

**What it says.** Raw stock of specialty metal that the government buys as such (bar, billet, plate,
sheet, powder) is melted or produced in the United States or its outlying areas. A qualifying
country is not enough.

**When it is asked.** For raw material, powder and mill products of specialty metal that are stated
not to be incorporated, or whose contract has clause 252.225-7008. A mill product inside a platform
is the other rule's matter (252.225-7009).

**Paragraph.** DFARS 225.7003-2(a)(2); 252.225-7008 (MAR 2013).

**What was read.** Both, in the official copy of 2025-11-20. **Only recalled:** the first day of the
rule.
"""

from __future__ import annotations

from bomrisk.compliance.judgement import Code
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.melt import melt_ruling
from bomrisk.compliance.regime import days_of
from bomrisk.compliance.relief import unavailable_7003, waived_7003
from bomrisk.compliance.rule import (
    Clock,
    Kind,
    Rule,
    Ruling,
    incomplete,
    not_applicable,
    with_exceptions,
)
from bomrisk.compliance.rules.us_dfars_7018_x_sat import small

PARAGRAPH = "225.7003-2(a)(2); 252.225-7008(b)"
CLAUSE = "252.225-7008"
STOCK = ("mill-product", "raw-material", "powder")


def decide(matter: Matter) -> Ruling:
    """Ask whether it is raw stock bought as such, then where it was melted."""
    part = matter.part
    specialty = matter.make.specialty
    bought = CLAUSE in matter.contract.clauses or part.incorporated is False
    raw = part.item == "raw-material" and part.incorporated is not True
    if part.item not in STOCK or part.incorporated or not (bought or raw):
        return not_applicable(PARAGRAPH, "no raw stock bought as the end item")
    if specialty.is_one is False:
        return not_applicable("225.7003-1", specialty.why, matter.material_fact())
    excluded = small(matter, "225.7003-3(a)(1)")
    if excluded.code is Code.EXEMPT:
        return not_applicable(excluded.paragraph, excluded.reason, *excluded.facts)
    if specialty.is_one is None:
        return incomplete(
            "225.7003-1", specialty.why, matter.material_fact(), missing=("composition",)
        )
    ruling = melt_ruling(matter, matter.sets.domestic, PARAGRAPH, "the United States")
    if part.inferred:
        text = f"inferred: {ruling.reason}"
        missing = ("whether the part holds it", *ruling.missing)
        return incomplete(PARAGRAPH, text, *ruling.facts, missing=missing)
    days = days_of(matter, None, None)
    claims = (unavailable_7003(matter, days), waived_7003(matter, days))
    return with_exceptions(ruling, claims)


RULE = Rule(
    id="US-DFARS-7008",
    title="Specialty metal bought as the end item: melted in the United States",
    family="7003",
    kind=Kind.DELIVERY,
    citation="DFARS 225.7003-2(a)(2); 252.225-7008 (MAR 2013)",
    effective_from=None,
    effective_to=None,
    status="in force",
    page=__doc__ or "",
    decide=decide,
    clock=Clock.NONE,
)
