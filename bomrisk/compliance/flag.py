"""Flags: elements of a part that stand on a reference list."""

from __future__ import annotations

from bomrisk.compliance.matter import Matter
from bomrisk.compliance.rule import Ruling, not_applicable, review, watch

LEAST_PCT = 0.1
"""Below this an element is a trace and flags nothing: a judgement."""


def listed_elements(matter: Matter, elements: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the elements that the part holds above a trace, or by its name."""
    content = matter.make.pct
    return tuple(
        e
        for e in sorted(elements)
        if e in matter.make.elements and ((pct := content(e)) is None or pct >= LEAST_PCT)
    )


def flag(
    matter: Matter, paragraph: str, *, seen: tuple[str, ...], recalled: tuple[str, ...]
) -> Ruling:
    """WATCH for listed elements that were read, REVIEW where only recalled ones are in it."""
    read, known = listed_elements(matter, seen), listed_elements(matter, recalled)
    facts = (matter.material_fact(),)
    if read:
        also = f"; by recall also {', '.join(known)}" if known else ""
        return watch(paragraph, f"on the list: {', '.join(read)}{also}", *facts)
    if known:
        text = f"on the list as recalled, not checked against it: {', '.join(known)}"
        return review(paragraph, text, *facts)
    return not_applicable(paragraph, "no element of it is on the list", *facts)
