"""Pending bills on 10 USC 4872: repeal, rewrite or delay of the mine-to-magnet regime.

**What they say.** Sec. 1803 of an FY2027 NDAA text would rewrite 10 USC 4872 into tiers, apply 180
days after enactment to new solicitations, hold its second tier until 2028-01-01, and repeal sec.
844 at the earlier of 2026-12-31 or enactment. H.R. 9073 would move the date to 180 days after a
market certification, or 2032-01-01.

**How it is judged.** WATCH for covered materials delivered in 2027 or on an open day. Until one is
law, US-DFARS-7018-B stands as it is.

**What was read.** Excerpts of both. **Not found:** which chamber's text sec. 1803 is, and any
enactment.
"""

from __future__ import annotations

from datetime import date

from bomrisk.compliance.matter import Matter
from bomrisk.compliance.regime import covered_here
from bomrisk.compliance.rule import Clock, Kind, Rule, Ruling, not_applicable, span, watch

PARAGRAPH = "FY2027 NDAA text, sec. 1803; H.R. 9073"
REGIME_FROM = date(2027, 1, 1)


def decide(matter: Matter) -> Ruling:
    """Watch where the answer of the regime from 2027 would change."""
    _, last = span(matter)
    if not covered_here(matter) or (last is not None and last < REGIME_FROM):
        return not_applicable(PARAGRAPH, "no covered material delivered in 2027 or later")
    text = "repeal or delay of the regime from 2027-01-01 is pending; it stands until one is law"
    return watch(PARAGRAPH, text, matter.material_fact())


RULE = Rule(
    id="US-FY27-1803",
    title="Pending: tiered rewrite of 10 USC 4872, repeal of sec. 844",
    family="4872",
    kind=Kind.LIST,
    citation="FY2027 NDAA text, sec. 1803; H.R. 9073",
    effective_from=None,
    effective_to=None,
    status="pending bills; neither is law",
    page=__doc__ or "",
    decide=decide,
    clock=Clock.NONE,
)
