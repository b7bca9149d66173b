"""The COTS exception of DFARS 225.7018-3(c)(1), whose exclusions differ before and from 2027-01-01."""

from __future__ import annotations

from bomrisk.compliance.classification import TUNGSTEN, UNKNOWN_MAGNET
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.rule import Ruling, exempt, incomplete, not_applicable, review

HALF_PCT = 50.0
MILL_PRODUCTS_TO_2026 = ("tantalum", "tungsten-heavy-alloy")


def cots_item(matter: Matter, *, mines: bool, paragraph: str) -> Ruling:
    """Whether the COTS exception holds; `mines` is true for the text from 2027-01-01.

    To 2026-12-31 a COTS item of half tungsten or more, and a bare mill product of tantalum or heavy
    alloy, are left out. From 2027-01-01 a COTS item of half covered material or more, and any covered
    mill product that is not incorporated, are left out.
    """
    part = matter.part
    if not part.cots:
        return not_applicable(paragraph, "not stated to be COTS")
    facts = [matter.fact("cots")]
    share_of = "covered material" if mines else "tungsten"
    name = "covered_material_weight_pct" if mines else "tungsten_weight_pct"
    share = _share(matter, mines=mines)
    if share is not None:
        facts.append(f"{share_of} {share:g} % by weight ({part.source(name)})")
    if share is not None and share >= HALF_PCT:
        text = f"COTS, but {share:g} % {share_of} by weight: left out of the exception from 50 %"
        return not_applicable(paragraph, text, *facts)
    mill = part.item == "mill-product" and (mines or matter.family in MILL_PRODUCTS_TO_2026)
    if mill and part.incorporated is False:
        text = "COTS, but a mill product that is not incorporated into an item"
        return not_applicable(paragraph, text, *facts, matter.fact("incorporated"))
    missing = []
    if mill and part.incorporated is None:
        missing.append("whether the mill product is incorporated")
    if share is None and (mines or matter.family in TUNGSTEN):
        missing.append(f"{share_of} by weight of the item")
    if missing:
        text = f"COTS, but not stated: {', '.join(missing)}"
        return incomplete(paragraph, text, *facts, missing=tuple(missing))
    if part.item != "end-item" and (matter.make.magnet or matter.family == UNKNOWN_MAGNET):
        text = (
            "the exception speaks of a COTS end item; whether a COTS magnet or motor inside another"
            " end item is reached is not spelled out"
        )
        return review(paragraph, text, *facts)
    return exempt(paragraph, f"COTS, below 50 % {share_of} by weight", *facts)


def _share(matter: Matter, *, mines: bool) -> float | None:
    """Weight share that the exclusion asks for; a bare piece of the material is all of it."""
    part = matter.part
    bare = part.item in ("magnet", "powder", "raw-material") or (
        part.item == "mill-product" and not part.incorporated
    )
    if mines:
        stated = part.covered_material_weight_pct
        if stated is None and matter.family in TUNGSTEN:
            stated = (
                part.tungsten_weight_pct if (part.tungsten_weight_pct or 0) >= HALF_PCT else None
            )
        return 100.0 if stated is None and bare else stated
    if part.tungsten_weight_pct is not None:
        return part.tungsten_weight_pct
    if matter.family in TUNGSTEN:
        if bare:
            content = matter.make.pct("W")
            return content if content is not None else 100.0
        whole = part.covered_material_weight_pct
        return whole if whole is not None and whole < HALF_PCT else None
    return None
