"""Materials that 10 USC 4872 names and clause 252.225-7052 does not yet: a person must decide."""

from __future__ import annotations

from datetime import date

from bomrisk.compliance.judgement import Code
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.origins import said
from bomrisk.compliance.regime import days_of
from bomrisk.compliance.relief import accepted, determined
from bomrisk.compliance.rule import (
    Ruling,
    exempt,
    incomplete,
    not_applicable,
    review,
    span,
    with_exceptions,
)
from bomrisk.compliance.rules import (
    us_dfars_7018_x_elec,
    us_dfars_7018_x_oconus,
    us_dfars_7018_x_recyc,
    us_dfars_7018_x_sat,
)

METAL = ("reduced", "melted", "atomized", "powdered", "consolidated", "sintered")
"""Steps by which a metal is melted or produced."""
ORE = ("mined", "separated")
MINES_FROM = date(2027, 1, 1)


def decide_ahead(matter: Matter, paragraph: str, name: str, produced: tuple[str, ...]) -> Ruling:
    """REVIEW for production in a covered country, INCOMPLETE without a country, PASS elsewhere."""
    outside = (us_dfars_7018_x_sat.decide(matter), us_dfars_7018_x_oconus.decide(matter))
    for ruling in outside:
        if ruling.code is Code.EXEMPT:
            return not_applicable(ruling.paragraph, ruling.reason, *ruling.facts)
    ruling = _by_stage(matter, paragraph, name, produced)
    if matter.part.inferred:
        return incomplete(
            paragraph,
            f"inferred: the type of part suggests {name}; nothing states that it holds it",
            *ruling.facts,
            missing=tuple(dict.fromkeys(("whether the part holds it", *ruling.missing))),
        )
    days = days_of(matter, None, None)
    claims = (
        _cots(matter),
        us_dfars_7018_x_elec.decide(matter),
        us_dfars_7018_x_recyc.decide(matter),
        determined(matter, days),
        accepted(matter, days),
    )
    return with_exceptions(ruling, claims)


def _cots(matter: Matter) -> Ruling:
    part = matter.part
    if part.cots and part.item == "end-item":
        return exempt("10 USC 4872(c)(3)(A)", "COTS end item", matter.fact("cots"))
    return not_applicable("10 USC 4872(c)(3)(A)", "no COTS end item")


def _by_stage(matter: Matter, paragraph: str, name: str, produced: tuple[str, ...]) -> Ruling:
    facts = (matter.material_fact(), *matter.place_facts())
    _, last = span(matter)
    mines = last is None or last >= MINES_FROM
    caught = (*ORE, *produced) if mines else produced
    known = matter.named(caught)
    bad = matter.inside(caught, matter.sets.covered)
    if bad:
        text = (
            f"statute ahead of clause: {said(bad)}; 10 USC 4872 names {name}, the clause does not"
        )
        return review(paragraph, text, *facts)
    unclear = matter.inside(caught, matter.sets.review)
    if unclear:
        text = f"{said(unclear)}: the statute does not name Hong Kong or Macau"
        return review(paragraph, text, *facts)
    partly = tuple(p.stage for p in matter.places.values() if p.stage in caught and not p.whole)
    missing = () if matter.named(("reduced", "melted")) else ("reduced or melted",)
    missing = tuple(dict.fromkeys((*missing, *partly)))
    if missing:
        return incomplete(
            paragraph, f"no country stated for: {', '.join(missing)}", *facts, missing=missing
        )
    return Ruling(Code.PASS, paragraph, f"no step in a covered country: {said(known)}", facts)
