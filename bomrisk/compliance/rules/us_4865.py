"""10 USC 4865: advanced batteries and cells without a foreign entity of concern.

**What it says.** An advanced battery or cell whose functional cell components or technology are
owned, sourced, refined or produced by a foreign entity of concern is barred: new programs from
2028-01-01, standard batteries from 2029-01-01, existing programs from 2031-01-30. Safe harbour:
assembled by another, more than 95 % of the cost of functional cell components from others, no
licensed technology of such an entity. Exempt are office and medical devices, COTS for maintenance,
and research; waivers run one year.

**How it is judged.** WATCH until the day that fits the contract's `program`; then by the stated
cost share: 5 % and more from such entities fails, below it assembly and technology remain to be
shown (REVIEW), nothing stated is INCOMPLETE.

**Paragraph.** 10 USC 4865.

**What was read.** The code current through PL 119-73. **Only recalled:** FY2024 sec. 154, which
names six makers.
"""

from __future__ import annotations

from datetime import date

from bomrisk.compliance.judgement import Code
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.rule import (
    Clock,
    Kind,
    Rule,
    Ruling,
    incomplete,
    not_applicable,
    review,
    span,
    watch,
)

PARAGRAPH = "10 USC 4865"
FIRST = {
    "new": date(2028, 1, 1),
    "standard": date(2029, 1, 1),
    "existing": date(2031, 1, 30),
    None: date(2028, 1, 1),
}
"""First days, by the contract's program; `standard` stands for standard batteries."""
SAFE_PCT = 5.0


def decide(matter: Matter) -> Ruling:
    """Watch until the day, then ask for the share of foreign entities of concern."""
    if matter.make.goods != "lithium-battery":
        return not_applicable(PARAGRAPH, "no advanced battery or cell", matter.material_fact())
    program = matter.contract.program
    day, (first, last) = FIRST[program], span(matter)
    if last is None or first < day:
        when = f"{day} ({program} program)" if program else f"{day} for new programs"
        return watch(PARAGRAPH, f"barred from {when} with parts of a foreign entity of concern")
    share = matter.part.foreign_entity_cost_pct
    if share is None:
        missing = (
            ("foreign_entity_cost_pct",) if program else ("foreign_entity_cost_pct", "program")
        )
        text = "not stated: the share of foreign entities of concern in the cell components' cost"
        return incomplete(PARAGRAPH, text, missing=missing)
    fact = matter.fact("foreign_entity_cost_pct", f"{share:g} % of cell component cost")
    if share >= SAFE_PCT:
        text = f"{share:g} % of the cost from foreign entities of concern, not below 5 %"
        if program is None and first < FIRST["existing"]:
            return review(PARAGRAPH, f"{text}; existing programs have time until 2031-01-30", fact)
        return Ruling(Code.FAIL, PARAGRAPH, text, (fact,))
    text = f"{share:g} % of the cost; that neither assembly nor technology is theirs is to be shown"
    return review(PARAGRAPH, text, fact, missing=("assembly", "licensed technology"))


RULE = Rule(
    id="US-4865",
    title="Advanced batteries without foreign entities of concern",
    family="4865",
    kind=Kind.DELIVERY,
    citation="10 USC 4865",
    effective_from=date(2028, 1, 1),
    effective_to=None,
    status="law on future dates: 2028-01-01 new programs, 2029-01-01 standard batteries, 2031-01-30 existing",
    page=__doc__ or "",
    decide=decide,
    clock=Clock.NONE,
)
