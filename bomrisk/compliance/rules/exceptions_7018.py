"""Exceptions of DFARS 225.7018-3 and relief under 225.7018-4, in their order.

There is no de minimis weight in this rule family. The statute (10 USC 4872 as amended through PL
119-73) is ahead of the clause on recycled SmCo, tantalum, tungsten and molybdenum: REVIEW says so.

The drafting trap: in the clause the 2027 line on mill products stands as its own (c)(1)(ii) and reads
like an exception. 225.7018-3(c)(1)(iii) and 10 USC 4872(c)(3)(A)(ii) make it an exclusion *from* the
COTS exception, and so it is coded.
"""

from __future__ import annotations

from datetime import date

from bomrisk.compliance.contract import ContractFacts, Determination, Waiver
from bomrisk.compliance.judgement import Code
from bomrisk.compliance.origins import COVERED
from bomrisk.compliance.part import MAGNETS, PartFacts
from bomrisk.compliance.rule import Decision

STATUTE_AMENDED = date(2025, 12, 18)
"""Day from which a specialty-metals waiver may serve 10 USC 4872 too (PL 119-60; day inferred)."""
WAIVERS_LIMITED_FROM = date(2027, 1, 1)
"""EO 14415: from this day waivers only with a mitigation plan (secondary source)."""
LONGEST_WAIVER_MONTHS = 36
COTS_SHARE_PCT = 50.0


def not_restricted(contract: ContractFacts) -> Decision | None:
    """What takes the whole acquisition out of the rule: its value, or its place."""
    if contract.value_usd <= contract.threshold_usd:
        return Decision(
            Code.NOT_APPLICABLE,
            "225.7018-3(a)",
            f"acquisition of {contract.value_usd:,.2f} USD is not above the simplified acquisition"
            f" threshold of {contract.threshold_usd:,.0f} USD on {contract.award}",
            (
                f"value {contract.value_usd:,.2f} USD (contract)",
                f"award {contract.award} (contract)",
            ),
        )
    if contract.overseas:
        return Decision(
            Code.NOT_APPLICABLE,
            "225.7018-3(b)",
            f"acquired in {contract.acquired_in} for use in {contract.used_in}, outside the US",
            (f"acquired in {contract.acquired_in}, used in {contract.used_in} (contract)",),
        )
    return None


def exception(part: PartFacts, contract: ContractFacts, *, mines: bool) -> Decision | None:
    """The first exception that applies, or a REVIEW where its application is not clear; else None.

    `mines` is true for the regime from 2027-01-01, whose COTS test differs.
    """
    tests = (
        _cots(part, mines=mines),
        _electronic(part),
        _recycled(part),
        _relief(part, contract, mines=mines),
    )
    found = [decision for decision in tests if decision is not None]
    clear = [decision for decision in found if decision.code is Code.EXEMPT]
    return next(iter(clear or found), None)


def _cots(part: PartFacts, *, mines: bool) -> Decision | None:
    if not part.cots or _mill_product(part, mines=mines):
        return None
    share = part.covered_material_weight_pct if mines else part.tungsten_weight_pct
    if mines and share is None and part.item == "magnet":
        share = 100.0
    told = ("cots (part)", f"weight share {share:g} % (part)" if share is not None else "")
    used = tuple(fact for fact in told if fact)
    paragraph = "225.7018-3(c)(1)"
    if share is not None and share >= COTS_SHARE_PCT:
        return None
    needed = mines or part.family in ("tungsten-powder", "tungsten-heavy-alloy")
    if share is None and needed:
        of = "covered material" if mines else "tungsten"
        return Decision(
            Code.REVIEW, paragraph, f"COTS, but its share of {of} by weight is not stated", used
        )
    if part.item != "end-item" and part.family in MAGNETS:
        return Decision(
            Code.REVIEW,
            paragraph,
            "the exception speaks of a COTS end item; whether it reaches a COTS component is not said",
            used,
        )
    return Decision(Code.EXEMPT, paragraph, "COTS item below 50 % by weight", used)


def _mill_product(part: PartFacts, *, mines: bool) -> bool:
    """Whether it is a mill product that the COTS exception leaves out."""
    if part.item != "mill-product" or part.incorporated:
        return False
    return mines or part.family in ("tantalum", "tungsten-heavy-alloy")


def _electronic(part: PartFacts) -> Decision | None:
    if not part.electronic_device:
        return None
    return Decision(
        Code.EXEMPT,
        "225.7018-3(c)(2)",
        "electronic device by a recorded determination, and the contract does not say otherwise",
        ("electronic_device (part)",),
    )


def _recycled(part: PartFacts) -> Decision | None:
    if not part.recycled:
        return None
    used = ("recycled (part)",)
    at_home = {
        stage: set(part.origins.get(stage, ())) == {"USA"} for stage in ("milled", "sintered")
    }
    if part.family == "ndfeb" and all(at_home.values()):
        return Decision(
            Code.EXEMPT,
            "225.7018-3(c)(3)",
            "recycled, milled and sintered in the United States",
            used,
        )
    if part.family == "smco" and all(at_home.values()):
        return Decision(
            Code.REVIEW,
            "10 USC 4872(c)(3)(C)",
            "statute ahead of clause: recycled SmCo milled and sintered in the US is exempt in the"
            " statute, not in the clause of MAY 2024",
            used,
        )
    feedstock = set(part.origins.get("feedstock", ()))
    clean = bool(feedstock) and not feedstock & COVERED
    if part.family not in MAGNETS and clean:
        return Decision(
            Code.REVIEW,
            "10 USC 4872(c)(3)(D)",
            "statute ahead of clause: recycled material from outside a covered nation",
            used,
        )
    return None


def _relief(part: PartFacts, contract: ContractFacts, *, mines: bool) -> Decision | None:
    decisions = [
        decision
        for decision in (
            *(_determined(d, part, contract, mines=mines) for d in contract.determinations),
            *(_waived(w, contract) for w in contract.waivers),
        )
        if decision is not None
    ]
    clear = [decision for decision in decisions if decision.code is Code.EXEMPT]
    return next(iter(clear or decisions), None)


def _determined(
    determination: Determination, part: PartFacts, contract: ContractFacts, *, mines: bool
) -> Decision | None:
    paragraph = "225.7018-3(d), 225.7018-4"
    used = (f"{determination.kind} determination signed {determination.signed} (contract)",)
    if determination.kind == "individual" and determination.contract != contract.id:
        return None
    if determination.end_item is not None and determination.end_item != part.end_item:
        return None
    if determination.material is not None and determination.material != part.family:
        return None
    if not _runs(determination.signed, determination.until, contract.delivery):
        return None
    if determination.end_item is None or determination.material is None:
        return Decision(
            Code.REVIEW, paragraph, "a determination must name its end item and material", used
        )
    if mines and determination.signed >= WAIVERS_LIMITED_FROM and not determination.mitigation_plan:
        return Decision(
            Code.REVIEW,
            f"{paragraph}; EO 14415",
            "from 2027-01-01 such relief needs a mitigation plan (the order's text was not read)",
            used,
        )
    return Decision(
        Code.EXEMPT, paragraph, f"nonavailability determination signed {determination.signed}", used
    )


def _waived(waiver: Waiver, contract: ContractFacts) -> Decision | None:
    if not _runs(waiver.signed, waiver.until, contract.delivery):
        return None
    used = (f"waiver under {waiver.authority} signed {waiver.signed} (contract)",)
    if "4872" in waiver.authority:
        return Decision(Code.EXEMPT, "10 USC 4872(e)", f"accepted under {waiver.authority}", used)
    specialty = "7003" in waiver.authority or "4863" in waiver.authority
    if specialty and waiver.signed >= STATUTE_AMENDED:
        return Decision(
            Code.REVIEW,
            "10 USC 4872(e)",
            "a specialty-metals waiver may serve 10 USC 4872 since PL 119-60; whether it does is not stated",
            used,
        )
    return None


def _runs(signed: date, until: date | None, delivery: date | None) -> bool:
    """Whether a paper signed and ending so covers the delivery; 36 months is the longest."""
    if delivery is None:
        return False
    months = (delivery.year - signed.year) * 12 + delivery.month - signed.month
    too_long = months > LONGEST_WAIVER_MONTHS or (
        months == LONGEST_WAIVER_MONTHS and delivery.day > signed.day
    )
    return signed <= delivery and not too_long and (until is None or delivery <= until)
