"""NDAA FY2024 sec. 833: provenance of aerospace-grade metals.

**What it says.** Mill products tell the location of melt, and suppliers of systems whose parts are
tracked for flight safety tell the government of metal that they know to be made or processed in
China, Iran, North Korea or Russia.

**How it is judged.** WATCH for specialty metal with such a stage; nothing is violated.

**Paragraph.** Sec. 833.

**What was read.** An excerpt. **Not seen:** its first day; the code current through PL 119-73 does
not have it.
"""

from __future__ import annotations

from bomrisk.compliance.matter import Matter
from bomrisk.compliance.origins import said
from bomrisk.compliance.part import ORIGIN_STAGES
from bomrisk.compliance.rule import Clock, Kind, Rule, Ruling, not_applicable, watch

PARAGRAPH = "NDAA FY2024 sec. 833"
PROCESSED = tuple(s for s in ORIGIN_STAGES if s not in ("mined", "separated", "feedstock"))


def decide(matter: Matter) -> Ruling:
    """Watch specialty metal that is known to be made or processed in a covered country."""
    made = matter.inside(PROCESSED, matter.sets.covered)
    if not matter.make.specialty.is_one or not made:
        return not_applicable(PARAGRAPH, "no specialty metal known to be made in a covered country")
    text = f"{said(made)}: to be told to the government once the section takes effect"
    return watch(PARAGRAPH, text, *matter.place_facts())


RULE = Rule(
    id="US-4863-PROV",
    title="Provenance of aerospace-grade metals",
    family="7003",
    kind=Kind.RECORD,
    citation="NDAA FY2024 sec. 833",
    effective_from=None,
    effective_to=None,
    status="pending effect; first day not seen; not in the code at PL 119-73",
    page=__doc__ or "",
    decide=decide,
    clock=Clock.NONE,
)
