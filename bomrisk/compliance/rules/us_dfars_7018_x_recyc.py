"""Exception to DFARS 225.7018: recycled material.

**What it says.** A neodymium-iron-boron magnet made from recycled material is exempt, if the
recycled material is milled *and* the final magnet is sintered in the United States.

**Where the statute is ahead of the clause.** 10 USC 4872(c)(3)(C) now gives SmCo magnets the same.
(c)(3)(D) gives it to tantalum, tungsten and molybdenum from recycled material, if the contractor
shows that the recycled material was produced outside a covered nation and that melting and further
processing are in the United States or a country with a qualifying government. Neither DFARS nor the
clause of MAY 2024 has these: REVIEW, `statute ahead of clause`.

**Paragraph.** DFARS 225.7018-3(c)(3); 10 USC 4872(c)(3)(C), (D).

**What was read.** DFARS in the official copy of 2025-11-20; the code current through PL 119-73.
**Inferred:** the first day of the extension, 2025-12-18; and that a qualifying country of DFARS
225.003 has a qualifying government.
"""

from __future__ import annotations

from datetime import date

from bomrisk.compliance.classification import TUNGSTEN
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.relief import STATUTE_AMENDED
from bomrisk.compliance.rule import (
    Kind,
    Rule,
    Ruling,
    exempt,
    incomplete,
    not_applicable,
    review,
    span,
)

PARAGRAPH = "225.7018-3(c)(3)"
AT_HOME = ("milled", "sintered")
PROCESSED = ("reduced", "melted", "atomized", "milled", "powdered", "consolidated", "sintered")
AHEAD = "statute ahead of clause"


def decide(matter: Matter) -> Ruling:
    """Ask where recycled material was collected, milled, melted and sintered."""
    if not matter.part.recycled:
        return not_applicable(PARAGRAPH, "not stated to be recycled")
    if matter.family in ("ndfeb", "smco"):
        return _magnet(matter)
    if matter.family in ("tantalum", "molybdenum", *TUNGSTEN):
        return _metal(matter)
    return not_applicable(PARAGRAPH, f"says nothing of {matter.make.name}")


def _magnet(matter: Matter) -> Ruling:
    facts = (matter.fact("recycled"), *matter.place_facts())
    elsewhere = [
        stage
        for stage in AT_HOME
        if stage in matter.places
        and matter.places[stage].whole
        and not matter.whole(stage, matter.sets.domestic)
    ]
    if elsewhere:
        return not_applicable(PARAGRAPH, f"recycled, but {elsewhere[0]} outside the US", *facts)
    missing = tuple(s for s in AT_HOME if not matter.whole(s, matter.sets.domestic))
    if missing:
        text = f"recycled, but not stated where it was {' and '.join(missing)}"
        return incomplete(PARAGRAPH, text, *facts, missing=missing)
    if matter.family == "ndfeb":
        return exempt(PARAGRAPH, "recycled, milled and sintered in the United States", *facts)
    return _ahead(
        matter, "10 USC 4872(c)(3)(C)", "recycled SmCo, milled and sintered in the US", facts
    )


def _metal(matter: Matter) -> Ruling:
    paragraph = "10 USC 4872(c)(3)(D)"
    facts = (matter.fact("recycled"), *matter.place_facts())
    stock = matter.places.get("feedstock")
    if stock is None or not stock.whole:
        text = "recycled, but not stated where the recycled material was produced"
        return incomplete(paragraph, text, *facts, missing=("feedstock",))
    if (matter.sets.covered | matter.sets.review) & {*stock.countries}:
        return not_applicable(
            paragraph, f"{stock}: not shown to be outside a covered nation", *facts
        )
    friendly = matter.sets.domestic | matter.sets.qualifying
    done = matter.named(PROCESSED)
    if not done:
        text = "recycled outside a covered nation, but not stated where it was melted and processed"
        return incomplete(paragraph, text, *facts, missing=("melted",))
    if not all(p.whole and friendly.issuperset(p.countries) for p in done):
        text = "recycled, but not processed in the US or a qualifying country throughout"
        return not_applicable(paragraph, text, *facts)
    return _ahead(
        matter,
        paragraph,
        "recycled outside a covered nation, melted and processed in the US or a qualifying country",
        facts,
    )


def _ahead(matter: Matter, paragraph: str, what: str, facts: tuple[str, ...]) -> Ruling:
    _, last = span(matter)
    if last is not None and last < STATUTE_AMENDED:
        return not_applicable(paragraph, f"in the statute only since {STATUTE_AMENDED}", *facts)
    text = f"{AHEAD}: {what}; exempt in the statute, not in DFARS or the clause of MAY 2024"
    return review(paragraph, text, *facts)


RULE = Rule(
    id="US-DFARS-7018-X-RECYC",
    title="Exception: recycled material",
    family="7018",
    kind=Kind.EXCEPTION,
    citation="DFARS 225.7018-3(c)(3); 10 USC 4872(c)(3)(C), (D)",
    effective_from=date(2019, 4, 30),
    effective_to=None,
    status="in force; DFARS not updated for SmCo, tantalum, tungsten and molybdenum",
    page=__doc__ or "",
    decide=decide,
)
