"""Exception to the specialty-metals rule: commercially available off-the-shelf items.

**What it says.** COTS items are exempt, except: mill products that are not incorporated into COTS
items; forgings and castings, unless in COTS items; commercially available high performance magnets,
unless in COTS end items or subsystems; COTS fasteners, unless in COTS items or under the fastener
exception. "Without modification" is before contractual acceptance by the next higher tier; metal
that is added later is caught.

**How it is judged.** A magnet inside a COTS assembly or component is REVIEW: an assembly may or may
not be a subsystem, and the facts do not tell.

**Paragraph.** DFARS 225.7003-3(b)(2); clause (c)(2).

**What was read.** All of it, in the official copy of 2025-11-20.
"""

from __future__ import annotations

from bomrisk.compliance.matter import Matter
from bomrisk.compliance.rule import (
    Clock,
    Kind,
    Rule,
    Ruling,
    exempt,
    incomplete,
    not_applicable,
    review,
)

PARAGRAPH = "225.7003-3(b)(2); 252.225-7009(c)(2)"
LEFT_OUT = ("fastener", "mill-product", "forging", "casting", "raw-material", "powder")


def decide(matter: Matter) -> Ruling:
    """Ask whether it is COTS, and of what the exception leaves out, whether it is inside a COTS item."""
    part = matter.part
    inside = part.incorporated_in_cots
    if not part.cots and not inside:
        return not_applicable(PARAGRAPH, "not stated to be COTS")
    facts = tuple(
        matter.fact(name, f"{name} {getattr(part, name)}".lower())
        for name in ("cots", "incorporated_in_cots")
        if getattr(part, name) is not None
    )
    if matter.make.magnet:
        return _magnet(matter, facts)
    if part.item not in LEFT_OUT or inside:
        return exempt(PARAGRAPH, "COTS item, or inside one", *facts)
    if inside is None:
        text = f"a COTS {part.item} is exempt inside a COTS item only, and that is not stated"
        return incomplete(PARAGRAPH, text, *facts, missing=("incorporated_in_cots",))
    return not_applicable(PARAGRAPH, f"a COTS {part.item} that is not inside a COTS item", *facts)


def _magnet(matter: Matter, facts: tuple[str, ...]) -> Ruling:
    part = matter.part
    if part.item == "end-item" and part.cots:
        return exempt(PARAGRAPH, "magnet in a COTS end item", *facts)
    if part.item == "magnet" and not part.incorporated_in_cots:
        text = "a commercially available high performance magnet is left out of the exception"
        return not_applicable(PARAGRAPH, text, *facts)
    text = "exempt only inside a COTS end item or subsystem; whether this is one is not stated"
    return review(PARAGRAPH, text, *facts)


RULE = Rule(
    id="US-DFARS-7003-X-COTS",
    title="Exception: COTS items",
    family="7003",
    kind=Kind.EXCEPTION,
    citation="DFARS 225.7003-3(b)(2); 252.225-7009(c)(2)",
    effective_from=None,
    effective_to=None,
    status="in force",
    page=__doc__ or "",
    decide=decide,
    clock=Clock.NONE,
)
