"""Duties of EU law on goods for the Union: information, and only recalled."""

from __future__ import annotations

from bomrisk.compliance.matter import Matter
from bomrisk.compliance.rule import Ruling, not_applicable, review
from bomrisk.compliance.rules.eu_crma_list import UNION


def union_goods(matter: Matter, paragraph: str, *, magnets: bool) -> Ruling:
    """REVIEW for civil goods that go to the Union; `magnets` limits it to magnets of any kind."""
    contract = matter.contract
    if contract.end_use == "military":
        return not_applicable(paragraph, "primarily for defence (recalled)", matter.term("end_use"))
    if contract.ship_to not in UNION:
        return not_applicable(paragraph, "not stated to go to the European Union")
    if magnets and not (matter.make.magnet or matter.make.goods == "magnet-other"):
        return not_applicable(paragraph, "no magnet", matter.material_fact())
    text = "goods for the European Union; the article is only recalled"
    return review(paragraph, text, matter.term("ship_to"))
