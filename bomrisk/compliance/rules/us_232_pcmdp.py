"""Section 232 on processed critical minerals and their derivative products: no duty so far.

**What it says.** The investigation of April 2025 found a threat; Proclamation 11001 of 2026-01-14
ordered negotiation for 180 days, to 2026-07-13, with price floors in view, and no tariff.

**How it is judged.** WATCH for rare earths, magnets, tungsten and tantalum of foreign origin.

**What was read.** Law-firm summaries. **Not found:** anything newer than 2026-07-13.
"""

from __future__ import annotations

from datetime import date

from bomrisk.compliance.classification import NONE
from bomrisk.compliance.duty import customs_origin
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.rule import Clock, Kind, Rule, Ruling, not_applicable, watch

PARAGRAPH = "Proclamation 11001"


def decide(matter: Matter) -> Ruling:
    """Watch covered families that come from abroad."""
    origin = customs_origin(matter)
    if matter.family in (None, NONE) or origin is None or set(origin.countries) <= {"USA"}:
        return not_applicable(PARAGRAPH, "no covered material of stated foreign origin")
    text = "no duty; a measure on processed critical minerals may follow the negotiations"
    return watch(PARAGRAPH, text, *matter.place_facts())


RULE = Rule(
    id="US-232-PCMDP",
    title="Section 232: processed critical minerals",
    family="duties",
    kind=Kind.LIST,
    citation="EO 14272; Proclamation 11001 (2026-01-14)",
    effective_from=date(2026, 1, 14),
    effective_to=None,
    status="no duty; 180 days of negotiation ended 2026-07-13; nothing newer found",
    page=__doc__ or "",
    decide=decide,
    clock=Clock.ENTRY,
)
