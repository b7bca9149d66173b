"""Exception to the specialty-metals rule: commercial fasteners with a domestic-purchase certificate.

**What it says.** Fasteners that are commercial items are exempt, if the maker certifies that it
buys, in the calendar year, at least half of its specialty metal for fasteners melted at home.

**Paragraph.** DFARS 225.7003-3(b)(3); clause (c)(3).

**What was read.** All of it, in the official copy of 2025-11-20.
"""

from __future__ import annotations

from bomrisk.compliance.matter import Matter
from bomrisk.compliance.rule import Clock, Kind, Rule, Ruling, exempt, not_applicable

PARAGRAPH = "225.7003-3(b)(3); 252.225-7009(c)(3)"


def decide(matter: Matter) -> Ruling:
    """Ask for the certificate of a fastener's maker."""
    part = matter.part
    if part.item != "fastener":
        return not_applicable(PARAGRAPH, "no fastener")
    if part.domestic_purchase_certificate:
        text = "the maker certifies that it buys at least half of its specialty metal at home"
        return exempt(PARAGRAPH, text, matter.fact("domestic_purchase_certificate"))
    return not_applicable(PARAGRAPH, "a fastener without a domestic-purchase certificate")


RULE = Rule(
    id="US-DFARS-7003-X-FAST",
    title="Exception: certified commercial fasteners",
    family="7003",
    kind=Kind.EXCEPTION,
    citation="DFARS 225.7003-3(b)(3); 252.225-7009(c)(3)",
    effective_from=None,
    effective_to=None,
    status="in force",
    page=__doc__ or "",
    decide=decide,
    clock=Clock.NONE,
)
