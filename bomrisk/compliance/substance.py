"""Materials that only a declaration of substances names: the element is sure, what it is part of is not.

A declared gram of neodymium may be a magnet, a glass or a capacitor. So no such material clears a line, and
an element of a covered material is open under 225.7018 until the material itself is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bomrisk.compliance.classification import COVERED, UNKNOWN_MAGNET
from bomrisk.compliance.judgement import Code, Judgement
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.rule import Kind, Rule

DECLARED = "declaration"
"""What stands in the column `field` of a material that only a declaration names."""
RECOGNIZED = "declared as substances of the part"
COVERED_ELEMENTS = {
    "nd_metal": "neodymium-iron-boron magnet",
    "pr_metal": "neodymium-iron-boron magnet",
    "dy_metal": "neodymium-iron-boron magnet",
    "tb_metal": "neodymium-iron-boron magnet",
    "sm_metal": "samarium-cobalt magnet",
    "ta_pure": "tantalum metal or alloy",
    "w_pure": "tungsten metal powder or heavy alloy",
}
"""Bare elements of the knowledge, and the covered material of 252.225-7052 that they may stand in."""


def open_elements(matter: Matter, rules: Iterable[Rule]) -> Iterator[Judgement]:
    """REVIEW under each rule of 225.7018 for an element that may stand in a covered material."""
    covered = COVERED_ELEMENTS.get(str(matter.part.material))
    if covered is None or matter.family in (*COVERED, UNKNOWN_MAGNET):
        return
    for rule in rules:
        if rule.kind is Kind.DELIVERY and rule.family == "7018":
            yield replace(
                rule.judge(matter),
                code=Code.REVIEW,
                paragraph="225.7018-2",
                reason=f"{matter.make.name} is declared among the substances; whether it stands in a"
                f" {covered} is not known",
                missing=("material",),
            )


def not_cleared(judgement: Judgement) -> Judgement:
    """The judgement, REVIEW in the place of PASS: substances alone do not say which material passed."""
    if judgement.code is not Code.PASS:
        return judgement
    return replace(
        judgement,
        code=Code.REVIEW,
        reason="the material is known from declared substances alone, not by its name; otherwise: "
        + judgement.reason,
        missing=tuple(dict.fromkeys((*judgement.missing, "material"))),
    )
