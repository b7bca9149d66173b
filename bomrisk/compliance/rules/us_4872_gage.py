"""10 USC 4872 from 2027-12-18: gallium and germanium.

**What it says.** Two years after enactment of the FY2026 NDAA gallium and germanium become covered
materials.

**How it is judged.** WATCH for deliveries until 2027-12-17 and while the delivery is open. From
2027-12-18 production in a covered country is REVIEW: the clause names neither, and the amendment
was not read. Without a country it is INCOMPLETE.

**Paragraph.** NDAA FY2026, amending 10 USC 4872(f)(1).

**Only known at second hand:** the date and the materials; the stages are to be verified.
"""

from __future__ import annotations

from datetime import date

from bomrisk.compliance.matter import Matter
from bomrisk.compliance.rule import Clock, Kind, Rule, Ruling, not_applicable, span, watch
from bomrisk.compliance.statute import METAL, decide_ahead

PARAGRAPH = "10 USC 4872 as amended by NDAA FY2026"
FIRST = date(2027, 12, 18)


def decide(matter: Matter) -> Ruling:
    """Watch until the day, then judge by the statute alone."""
    if matter.family not in ("gallium", "germanium"):
        return not_applicable(PARAGRAPH, "no gallium or germanium", matter.material_fact())
    first, last = span(matter)
    if last is None or first < FIRST:
        text = f"{matter.family} becomes a covered material on {FIRST} (secondary source)"
        return watch(PARAGRAPH, text, matter.material_fact(), *matter.place_facts())
    return decide_ahead(matter, PARAGRAPH, str(matter.family), METAL)


RULE = Rule(
    id="US-4872-GAGE",
    title="Gallium and germanium: covered from 2027-12-18",
    family="4872",
    kind=Kind.DELIVERY,
    citation="NDAA FY2026, amending 10 USC 4872",
    effective_from=date(2027, 12, 18),
    effective_to=None,
    status="law on a future date; known at second hand",
    page=__doc__ or "",
    decide=decide,
    clock=Clock.NONE,
)
