"""Bans on dual-use items for the military users and uses of one state."""

from __future__ import annotations

from bomrisk.compliance.control import CHINA, Scope, leaving_china, shipment_facts
from bomrisk.compliance.judgement import Code
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.rule import Ruling, incomplete, not_applicable, review

LAST_STEPS = ("manufactured", "magnetized", "sintered", "consolidated", "melted", "reduced")
"""The steps of which the last stated one says where goods come from."""


def military_ban(
    matter: Matter, paragraph: str, state: str, scope: Scope, *, third_country_recalled: bool
) -> Ruling:
    """FAIL for listed goods from China to the state for military use; REVIEW where a link is not clear."""
    contract = matter.contract
    facts = (matter.material_fact(), *shipment_facts(matter))
    if scope.controlled is False:
        return not_applicable(paragraph, scope.why, matter.material_fact())
    if contract.end_use == "civil":
        return not_applicable(paragraph, "civil end use", *facts)
    if contract.ship_to is not None and contract.ship_to != state:
        return not_applicable(paragraph, f"shipped to {contract.ship_to}, not to {state}", *facts)
    away = contract.ship_from is not None and contract.ship_from not in CHINA
    if away and contract.ship_to == state and _chinese(matter):
        return _transfer(matter, paragraph, facts, recalled=third_country_recalled)
    outside = leaving_china(matter, paragraph)
    if outside is not None:
        return outside
    missing = tuple(n for n in ("ship_to", "end_use") if getattr(contract, n) is None)
    if missing:
        text = f"{scope.why}; not stated: {' and '.join(m.replace('_', ' ') for m in missing)}"
        return incomplete(paragraph, text, *facts, missing=missing)
    if scope.controlled is None:
        return review(paragraph, f"military end use; {scope.why}", *facts, missing=scope.missing)
    reason = f"{scope.why}: prohibited for military users and uses in {state}"
    return Ruling(Code.FAIL, paragraph, reason, facts)


def _chinese(matter: Matter) -> bool:
    """Whether the last stated step was in China."""
    last = next((matter.places[s] for s in LAST_STEPS if s in matter.places), None)
    return last is not None and not CHINA.isdisjoint(last.countries)


def _transfer(matter: Matter, paragraph: str, facts: tuple[str, ...], *, recalled: bool) -> Ruling:
    grade = "only recalled" if recalled else "in the text"
    if matter.contract.end_use is None:
        text = "goods of Chinese make through a third country; the end use is not stated"
        return incomplete(paragraph, text, *facts, missing=("end_use",))
    text = f"goods of Chinese make through a third country: liability for transfers is {grade}"
    return review(paragraph, text, *facts)
