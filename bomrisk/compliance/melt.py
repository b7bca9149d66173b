"""Where a specialty metal was melted or produced, held against the countries that are allowed."""

from __future__ import annotations

from bomrisk.compliance.judgement import Code
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.origins import said
from bomrisk.compliance.rule import Ruling, incomplete, review

PARAGRAPH = "225.7003-2(a)(1); 252.225-7009(b)"
PRODUCED = ("atomized", "consolidated")
"""Ways to produce metal without a melt: atomization, and final consolidation of powder not from a melt."""


def melt_ruling(matter: Matter, allowed: frozenset[str], paragraph: str, where: str) -> Ruling:
    """FAIL for a melt outside the allowed countries, INCOMPLETE without one, PASS inside.

    A metal that was never melted is judged by its atomization or final consolidation. Powder made
    elsewhere from a melt that is allowed is a person's decision.
    """
    facts = (matter.material_fact(), *matter.place_facts())
    melted = matter.named(("melted",))
    produced = matter.named(PRODUCED)
    outside = [p for p in (melted or produced) if not allowed.issuperset(p.countries)]
    if outside:
        reason = f"{said(outside)}, not {where}: specialty metal ({matter.make.specialty.why})"
        return Ruling(Code.FAIL, paragraph, reason, facts)
    if not melted and not produced:
        cells = [f"{p.stage} {p.cell!r}" for p in matter.unreadable(("melted", *PRODUCED))]
        unread = f"; cannot be read: {', '.join(cells)}" if cells else ""
        return incomplete(
            paragraph,
            f"specialty metal ({matter.make.specialty.why}) whose country of melt is not stated{unread}",
            *facts,
            missing=("melted",),
        )
    partly = [p.stage for p in (melted or produced) if not p.whole]
    if partly:
        reason = f"a part of the share has no country: {said(melted or produced)}"
        return incomplete(paragraph, reason, *facts, missing=tuple(partly))
    later = [p for p in produced if not allowed.issuperset(p.countries)] if melted else []
    if later:
        text = f"{said(melted)}, but {said(later)}, which is producing metal too"
        return review(paragraph, text, *facts)
    return Ruling(Code.PASS, paragraph, f"{said(melted or produced)}: {where}", facts)
