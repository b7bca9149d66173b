"""Where a declaration and the BOM say different things: which result stands, and when it is REVIEW.

A declaration goes before a column of the BOM. But a result that clears a line only because of it, while the
BOM names a country that would not, is a person's to decide. So is a part whose maker denies the material
that the BOM names. An answer that clears nothing (unsigned, expired, qualified …) is still heard where it
names a country that would not pass.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from bomrisk.compliance.claim import NONE, Claims
from bomrisk.compliance.judgement import Code, Judgement

CLEARING = (Code.PASS, Code.EXEMPT)
CAUGHT = (Code.FAIL, Code.REVIEW, Code.INCOMPLETE)


def disputed(declared: Judgement, column: Judgement, stages: Iterable[str]) -> Judgement:
    """The judgement by the declaration, or REVIEW where it clears what the BOM's own column would not.

    One that is open anyway stays, and tells that the BOM's column would fail. `stages` are those of which
    the two name different countries.
    """
    if column.code not in CAUGHT or declared.code is Code.FAIL:
        return declared
    by_the_bom = f"by the BOM {column.code.value} ({column.reason})"
    if declared.code in CLEARING:
        told = f"by the declaration {declared.code.value} ({declared.reason}), {by_the_bom}"
        code, paragraph = Code.REVIEW, column.paragraph
    elif declared.code in CAUGHT and column.code is Code.FAIL:
        told = f"{by_the_bom}, by the declaration: {declared.reason}"
        code, paragraph = declared.code, declared.paragraph
    else:
        return declared
    settle = (f"evidence that settles where it was {stage}" for stage in stages)
    return replace(
        declared,
        code=code,
        paragraph=paragraph,
        reason=f"the supplier's declaration and the BOM disagree: {told}",
        facts=tuple(dict.fromkeys((*declared.facts, *column.facts))),
        missing=(*declared.missing, *settle),
    )


def doubted(judgement: Judgement, otherwise: Judgement) -> Judgement:
    """The judgement, or REVIEW where it clears what an answer that itself clears nothing would not."""
    if judgement.code not in CLEARING or otherwise.code not in (Code.FAIL, Code.REVIEW):
        return judgement
    return replace(
        judgement,
        code=Code.REVIEW,
        paragraph=otherwise.paragraph,
        reason=f"an answer that clears nothing says otherwise: by it {otherwise.code.value}"
        f" ({otherwise.reason}), without it {judgement.code.value} ({judgement.reason})",
        facts=tuple(dict.fromkeys((*judgement.facts, *otherwise.facts))),
        missing=(*judgement.missing, "a sound answer that settles where it was done"),
    )


def denied(
    judgements: Iterable[Judgement],
    claims: Claims,
    *,
    inferred: bool,
    caught: Collection[str] = (),
) -> Iterator[Judgement]:
    """The judgements of a part whose supplier says that it contains none of the material.

    A material that only followed from the type of part is answered for by that: NOT_APPLICABLE, unless it
    would fail where somebody says that it was done (`caught` are the rules). One that the BOM itself
    names is contradicted: nothing clears it, and what lacked a country is REVIEW.
    """
    claim = claims.contains()
    if claim is None or claim.value != NONE:
        yield from judgements
        return
    fact = f"contains none of it ({claim.source})"
    for one in judgements:
        if inferred and one.rule not in caught:
            yield replace(
                one,
                code=Code.NOT_APPLICABLE,
                reason="its supplier declares that it contains none of it; the material was only inferred"
                " from the type of part",
                facts=(*one.facts, fact),
                missing=(),
            )
        elif inferred or one.code in (*CLEARING, Code.INCOMPLETE):
            named = "or another answer says where it was done" if inferred else "names it"
            yield replace(
                one,
                code=Code.REVIEW,
                reason=f"its supplier declares that it contains none of it, and the BOM {named}; otherwise"
                f" {one.code.value}: {one.reason}",
                facts=(*one.facts, fact),
                missing=tuple(dict.fromkeys((*one.missing, "material"))),
            )
        else:
            yield one
