"""MOFCOM Announcement 61 of 2025: items made abroad with Chinese content or technology.

**What it says.** Exporters outside China need a Chinese licence for (1) magnets and other listed
items that hold China-origin rare-earth items worth 0.1 % and more of their value, (2) items made
with China-origin mining, separation, metal, magnet or recycling technology, (3) China-origin items.
In principle refused: foreign military users, listed parties and their affiliates of 50 % and more,
military end use. Paragraph (3) was to bind at once, (1) and (2) from 2025-12-01; all were suspended
from 2025-11-07.

**How it is judged.** For SmCo, NdFeB with Tb or Dy, and the seven elements, shipped from outside
China: by the stated share of Chinese value, or a stage in China where none is stated. Where neither
is, only a chain stated from the mine to the alloy shows that nothing is of Chinese origin. Not
applicable while suspended, WATCH from 2026-11-11 to 2027-01-10, REVIEW after: if it binds, refused
in principle for a military user.

**What was read.** A translation of the text; not its annexes. **Only recalled:** what the annexes
list.
"""

from __future__ import annotations

from datetime import date

from bomrisk.compliance.control import (
    CHINA,
    EIGHTEEN,
    SUSPENDED_FROM,
    day_of,
    october_2025,
    rare_earth_scope,
    shipment_facts,
)
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.part import ORIGIN_STAGES
from bomrisk.compliance.rule import Clock, Kind, Rule, Ruling, incomplete, not_applicable, review

PARAGRAPH = "MOFCOM 61/2025"
STARTED = date(2025, 10, 9)
VALUE_PCT = 0.1
CHAIN = ("mined", "separated", "reduced", "melted")
"""Without a share of value, only these steps, all stated, show that nothing in it is of Chinese origin."""


def decide(matter: Matter) -> Ruling:
    """Ask for Chinese content in goods that leave another country, and for the day."""
    active = _active(matter)
    early = STARTED <= day_of(matter) < SUSPENDED_FROM
    if early and not _chinese(matter):
        text = "only China-origin items were bound then"
        return not_applicable(PARAGRAPH, text, *active.facts)
    return october_2025(matter, PARAGRAPH, active, STARTED)


def _chinese(matter: Matter) -> bool:
    """Whether it is a China-origin item: its last stated step was there."""
    last = matter.named(("manufactured", "magnetized", "sintered", "melted", "reduced"))
    return bool(last) and not CHINA.isdisjoint(last[0].countries)


def _active(matter: Matter) -> Ruling:
    """What it would say if it were not suspended."""
    contract = matter.contract
    scope = rare_earth_scope(matter, EIGHTEEN)
    facts = (matter.material_fact(), *shipment_facts(matter))
    if scope.controlled is False:
        return not_applicable(PARAGRAPH, scope.why, matter.material_fact())
    if contract.ship_from in CHINA:
        return not_applicable(PARAGRAPH, "shipped from China: announcement 18 binds", *facts)
    share = matter.part.cn_origin_value_pct
    made = matter.inside(ORIGIN_STAGES, CHINA)
    if share is not None:
        facts = (*facts, matter.fact("cn_origin_value_pct", f"{share:g} % of Chinese origin"))
        if share < VALUE_PCT and not _chinese(matter):
            text = f"{share:g} % Chinese value, below 0.1 %; Chinese technology is not stated"
            return not_applicable(PARAGRAPH, text, *facts)
    elif not made and all(matter.named((stage,)) and matter.places[stage].whole for stage in CHAIN):
        return not_applicable(PARAGRAPH, "no Chinese step in its chain", *matter.place_facts())
    if contract.ship_from is None:
        text = "from where it is shipped is not stated"
        return incomplete(PARAGRAPH, text, *facts, missing=("ship_from",))
    if share is None and not made:
        text = "the share of Chinese origin is not stated"
        return incomplete(PARAGRAPH, text, *facts, missing=("cn_origin_value_pct",))
    military = contract.end_use == "military"
    refusal = ", refused in principle for a military user" if military else ""
    text = f"{scope.why}, made abroad with Chinese content: needs a Chinese licence{refusal}"
    return review(PARAGRAPH, text, *facts, missing=("Chinese licence",))


RULE = Rule(
    id="CN-61-2025",
    title="China: rare-earth items made abroad with Chinese content or technology",
    family="china",
    kind=Kind.CONTROL,
    citation="MOFCOM Announcement 61 of 2025; No. 70 of 2025",
    effective_from=date(2025, 10, 9),
    effective_to=None,
    status="suspended by No. 70 of 2025 to 2026-11-10; extension to 2027-01-10 announced, notice not found",
    page=__doc__ or "",
    decide=decide,
    clock=Clock.NONE,
)
