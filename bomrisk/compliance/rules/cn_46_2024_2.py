"""MOFCOM Announcement 46 of 2024, article 2: gallium, germanium, antimony and superhard materials to the US.

**What it says.** In principle no licence for gallium, germanium, antimony and superhard materials
to the United States; a stricter review of end user and end use for graphite. No. 72 of 2025
suspended it from 2025-11-09 to 2026-11-27.

**How it is judged.** FAIL for such goods from 2024-12-03 to 2025-11-08, not applicable while
suspended, and REVIEW from 2026-11-28: an extension was not found, and whether the truce to
2027-01-10 covers it is not established; for risk it counts as active. Graphite is REVIEW while it
is active.

**What was read.** Secondary sources that quote the notices.
"""

from __future__ import annotations

from datetime import date

from bomrisk.compliance.control import (
    SUSPENDED_46_FROM,
    SUSPENDED_46_TO,
    Scope,
    day_of,
    either,
    goods_scope,
    leaving_china,
    metal_scope,
    shipment_facts,
)
from bomrisk.compliance.judgement import Code
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.rule import Clock, Kind, Rule, Ruling, incomplete, not_applicable, review

PARAGRAPH = "MOFCOM 46/2024, Art. 2"


def scope(matter: Matter) -> Scope:
    """Whether the goods are gallium, germanium, antimony, superhard, or graphite."""
    goods = goods_scope(matter, "superhard", "graphite")
    return either(goods, metal_scope(matter, ("Ga", "Ge", "Sb")))


def decide(matter: Matter) -> Ruling:
    """Ask for goods, destination and day."""
    goods = scope(matter)
    if goods.controlled is False:
        return not_applicable(PARAGRAPH, goods.why, matter.material_fact())
    facts = (matter.material_fact(), *shipment_facts(matter))
    destination = matter.contract.ship_to
    if destination not in ("USA", None):
        return not_applicable(PARAGRAPH, f"shipped to {destination}, not to the US", *facts)
    day = day_of(matter)
    if SUSPENDED_46_FROM <= day <= SUSPENDED_46_TO:
        text = f"suspended by No. 72 of 2025 from {SUSPENDED_46_FROM} to {SUSPENDED_46_TO}"
        return not_applicable(PARAGRAPH, text, *facts)
    outside = leaving_china(matter, PARAGRAPH)
    if outside is not None:
        return outside
    if destination is None:
        text = "where it is shipped to is not stated"
        return incomplete(PARAGRAPH, text, *facts, missing=("ship_to",))
    if day > SUSPENDED_46_TO:
        text = (
            f"the suspension ended on {SUSPENDED_46_TO} and no extension was found: counted as active;"
            f" {goods.why}, in principle no licence"
        )
        return review(PARAGRAPH, text, *facts)
    if goods.controlled is None or matter.make.goods == "graphite":
        return review(PARAGRAPH, f"{goods.why}: stricter review of end user and use", *facts)
    return Ruling(Code.FAIL, PARAGRAPH, f"{goods.why}: in principle no licence to the US", facts)


RULE = Rule(
    id="CN-46-2024-2",
    title="China: no gallium, germanium, antimony or superhard materials to the US",
    family="china",
    kind=Kind.CONTROL,
    citation="MOFCOM Announcement 46 of 2024, Art. 2; No. 72 of 2025",
    effective_from=date(2024, 12, 3),
    effective_to=None,
    status="suspended from 2025-11-09 to 2026-11-27; extension not found",
    page=__doc__ or "",
    decide=decide,
    clock=Clock.SHIPMENT,
)
