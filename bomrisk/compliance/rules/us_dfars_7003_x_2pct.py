"""Exception to the specialty-metals rule: two percent of the end item's specialty metal.

**What it says.** Noncompliant specialty metal is accepted up to 2 % by weight of *all* specialty
metal in the end item, by a good-faith estimate. Never for high performance magnets: a SmCo magnet
of one gram fails.

**How it is judged.** The share is that of the noncompliant metal in the whole end item, all parts
added up; 2.00 % is within, 2.01 % is not. There is no such rule under 10 USC 4872.

**Paragraph.** DFARS 225.7003-3(b)(6); clause (c)(6); 10 USC 4863(i).

**What was read.** All of it, in the official copy of 2025-11-20 and the code current through PL
119-73.
"""

from __future__ import annotations

from bomrisk.compliance.matter import Matter
from bomrisk.compliance.rule import Clock, Kind, Rule, Ruling, exempt, not_applicable

PARAGRAPH = "225.7003-3(b)(6); 252.225-7009(c)(6)"
LIMIT_PCT = 2.0


def decide(matter: Matter) -> Ruling:
    """Hold the share against 2 %, magnets left out."""
    share = matter.part.specialty_metal_weight_pct
    if matter.make.magnet:
        return not_applicable(
            PARAGRAPH, "never for a high performance magnet", matter.material_fact()
        )
    if share is None:
        return not_applicable(
            PARAGRAPH, "its share of the end item's specialty metal is not stated"
        )
    fact = matter.fact("specialty_metal_weight_pct", f"{share:g} % of all specialty metal")
    if share <= LIMIT_PCT:
        return exempt(PARAGRAPH, f"{share:g} % of the end item's specialty metal, within 2 %", fact)
    return not_applicable(PARAGRAPH, f"{share:g} % is above 2 % of the specialty metal", fact)


RULE = Rule(
    id="US-DFARS-7003-X-2PCT",
    title="Exception: two percent of the end item's specialty metal",
    family="7003",
    kind=Kind.EXCEPTION,
    citation="DFARS 225.7003-3(b)(6); 252.225-7009(c)(6); 10 USC 4863(i)",
    effective_from=None,
    effective_to=None,
    status="in force",
    page=__doc__ or "",
    decide=decide,
    clock=Clock.NONE,
)
