"""Exception to the specialty-metals rule: electronic components.

**What it says.** Electronic components are exempt. The word does not include structural or
mechanical parts of an electronic component, nor a high performance magnet in it: a SmCo magnet is
never exempt this way.

**How it is judged.** A part recorded as an electronic device or component is exempt; one that is
only called so is REVIEW.

**Paragraph.** DFARS 225.7003-3(b)(1), 225.7003-1; clause (c)(1).

**What was read.** All of it, in the official copy of 2025-11-20.
"""

from __future__ import annotations

from bomrisk.compliance.matter import Matter
from bomrisk.compliance.rule import Clock, Kind, Rule, Ruling, exempt, not_applicable, review

PARAGRAPH = "225.7003-3(b)(1); 252.225-7009(c)(1)"
MECHANICAL = ("fastener", "mill-product", "forging", "casting", "raw-material", "powder")


def decide(matter: Matter) -> Ruling:
    """Ask for a record, and leave magnets and mechanical parts out."""
    part = matter.part
    if matter.make.magnet:
        return not_applicable(
            PARAGRAPH, "never for a high performance magnet", matter.material_fact()
        )
    if part.item in MECHANICAL:
        return not_applicable(
            PARAGRAPH, "not for structural or mechanical parts", matter.fact("item")
        )
    if part.electronic_device:
        text = "electronic component by a recorded determination"
        return exempt(PARAGRAPH, text, matter.fact("electronic_device"))
    if part.item == "electronic-device" and "electronic_device" not in part.model_fields_set:
        text = "called an electronic device, but no determination is recorded"
        return review(PARAGRAPH, text, matter.fact("item"))
    return not_applicable(PARAGRAPH, "no electronic component by a recorded determination")


RULE = Rule(
    id="US-DFARS-7003-X-ELEC",
    title="Exception: electronic components",
    family="7003",
    kind=Kind.EXCEPTION,
    citation="DFARS 225.7003-3(b)(1); 252.225-7009(c)(1)",
    effective_from=None,
    effective_to=None,
    status="in force",
    page=__doc__ or "",
    decide=decide,
    clock=Clock.NONE,
)
