"""Waivers and determinations: which of the contract's papers cover a part on the days of its delivery."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bomrisk.compliance.classification import UNKNOWN_MAGNET
from bomrisk.compliance.contract import Determination, Waiver, months_after
from bomrisk.compliance.judgement import Code
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.rule import Ruling, exempt, not_applicable, review

STATUTE_AMENDED = date(2025, 12, 18)
"""PL 119-60: form of waivers, national-security acceptance, reuse of 4863(k) waivers (day inferred)."""
MITIGATION_FROM = date(2027, 1, 1)
"""EO 14415: from this day waivers are issued only with a mitigation plan (secondary source)."""
LONGEST_MONTHS = 36

SPECIALTY = ("7003", "4863", "7009")
"""Words by which an authority is one for specialty metals."""
COVERED = ("4872", "7018", "7052")
"""Words by which an authority is one for the covered materials of 10 USC 4872."""


@dataclass(frozen=True, slots=True)
class Days:
    """The days on which a paper must hold; `last` is None where the end is open."""

    first: date
    last: date | None


def speaks_of(authority: str | None, words: tuple[str, ...]) -> bool:
    """Whether an authority cites one of the texts."""
    return authority is not None and any(word in authority for word in words)


def term(signed: date | None, until: date | None, days: Days, *, capped: bool) -> bool | None:
    """Whether a paper holds on all the days, on none (False), or on some or unknown ones (None).

    A paper signed under the statute's present form ends after 36 months at the latest.
    """
    if until is not None and until < days.first:
        return False
    if signed is None:
        return None
    if days.last is not None and signed > days.last:
        return False
    ends = [until] if until else []
    if capped and signed >= STATUTE_AMENDED:
        ends.append(months_after(signed, LONGEST_MONTHS))
    end = min(ends, default=None)
    if end is not None and end < days.first:
        return False
    whole = end is None or (days.last is not None and days.last <= end)
    return True if signed <= days.first and whole else None


def best(claims: list[Ruling], nothing: Ruling) -> Ruling:
    """The strongest of several papers: one that holds, else one that is arguable."""
    for code in (Code.EXEMPT, Code.REVIEW):
        for claim in claims:
            if claim.code is code:
                return claim
    return nothing


def determined(matter: Matter, days: Days) -> Ruling:
    """A nonavailability determination under 225.7018-3(d) and 225.7018-4, or 10 USC 4872(c)(1)."""
    paragraph = "225.7018-3(d), 225.7018-4"
    claims = [
        _determination(paper, matter, days, paragraph)
        for paper in matter.contract.determinations
        if not speaks_of(paper.authority, SPECIALTY) or speaks_of(paper.authority, COVERED)
    ]
    return best(claims, not_applicable(paragraph, "no determination covers this part"))


def _determination(paper: Determination, matter: Matter, days: Days, paragraph: str) -> Ruling:
    fact = f"{paper.kind} determination signed {paper.signed or 'on a day not stated'} (contract)"
    doubts = _scope_doubts(paper, matter)
    if doubts is None:
        return not_applicable(paragraph, "the determination is for something else", fact)
    holds = term(paper.signed, paper.until, days, capped=True)
    if holds is False:
        text = "the determination does not cover the day of delivery"
        return not_applicable(paragraph, text, fact)
    if holds is None:
        doubts.append("its dates do not cover every day on which delivery may be")
    elif _old(paper.signed, days):
        doubts.append(
            "it is older than the 36 months to which 10 USC 4872(d) now limits such waivers; whether"
            " that reaches papers signed before is not said"
        )
    if paper.signed and paper.signed >= MITIGATION_FROM and not paper.mitigation_plan:
        doubts.append(
            "EO 14415 stops such waivers from 2027-01-01 without a mitigation plan"
            " (secondary source; the order's text was not read)"
        )
    if doubts:
        return review(paragraph, f"nonavailability determination, but {'; '.join(doubts)}", fact)
    return exempt(paragraph, f"nonavailability determination signed {paper.signed}", fact)


def _scope_doubts(paper: Determination, matter: Matter) -> list[str] | None:
    """What is not clear about its contract, end item and material; None where it is for another."""
    doubts = []
    if paper.kind == "individual":
        match = same(paper.contract, matter.contract.id)
        if match is False:
            return None
        if match is None:
            doubts.append(
                "an individual determination covers one contract; which one is not stated"
            )
    for what, told, here in (
        ("end item", paper.end_item, matter.end_item),
        ("material", family_word(paper.material), family_of(matter)),
    ):
        match = same(told, here)
        if match is False:
            return None
        if told is not None and match is None:
            doubts.append(f"it names {what} {told}, which the part does not state")
        elif told is None and (paper.signed is None or paper.signed >= STATUTE_AMENDED):
            doubts.append(f"10 USC 4872(c)(1) asks for a specific {what}, and it names none")
    return doubts


def _old(signed: date | None, days: Days) -> bool:
    if signed is None or signed >= STATUTE_AMENDED:
        return False
    end = months_after(signed, LONGEST_MONTHS)
    return days.last is None or (days.last > end and days.last >= STATUTE_AMENDED)


def accepted(matter: Matter, days: Days) -> Ruling:
    """National-security acceptance under 10 USC 4872(e), or a 4863(k) waiver reused for 4872."""
    paragraph = "10 USC 4872(e)"
    claims = [_acceptance(paper, days, paragraph) for paper in matter.contract.waivers]
    return best(claims, not_applicable(paragraph, "no waiver covers this part"))


def _acceptance(paper: Waiver, days: Days, paragraph: str) -> Ruling:
    fact = (
        f"waiver under {paper.authority}, signed {paper.signed or 'on a day not stated'} (contract)"
    )
    if term(paper.signed, paper.until, days, capped=False) is False:
        return not_applicable(paragraph, "the waiver does not cover the day of delivery", fact)
    late = paper.signed is None or paper.signed >= STATUTE_AMENDED
    if speaks_of(paper.authority, COVERED):
        lacking = [
            name
            for name, value in (("quantity", paper.quantity), ("period", paper.until))
            if not value
        ]
        if not late:
            return review(paragraph, "signed before the statute knew such an acceptance", fact)
        if lacking:
            return review(paragraph, f"the acceptance must state its {' and '.join(lacking)}", fact)
        if term(paper.signed, paper.until, days, capped=False) is None:
            return review(paragraph, "the waiver does not cover every day of delivery", fact)
        return exempt(paragraph, f"accepted under {paper.authority}, signed {paper.signed}", fact)
    if speaks_of(paper.authority, SPECIALTY) and late:
        return review(
            paragraph,
            "a specialty-metals waiver may be applied to 10 USC 4872 for the same item since PL 119-60;"
            " that it was is not stated",
            fact,
        )
    return not_applicable(paragraph, "a waiver for something else", fact)


def waived_7003(matter: Matter, days: Days) -> Ruling:
    """A national-security waiver for specialty metals, 225.7003-3(d) and 10 USC 4863(k)."""
    paragraph = "225.7003-3(d); 10 USC 4863(k)"
    claims = []
    for paper in matter.contract.waivers:
        fact = f"waiver under {paper.authority}, signed {paper.signed or 'on a day not stated'} (contract)"
        holds = term(paper.signed, paper.until, days, capped=False)
        if (
            not speaks_of(paper.authority, SPECIALTY)
            or "(b)(5)" in paper.authority
            or holds is False
        ):
            continue
        if holds is None:
            claims.append(review(paragraph, "the waiver's dates do not cover every delivery", fact))
        else:
            text = f"waiver under {paper.authority} signed {paper.signed}, for {paper.quantity}"
            claims.append(exempt(paragraph, text.removesuffix(", for None"), fact))
    return best(
        claims, not_applicable(paragraph, "no waiver for specialty metals covers this part")
    )


def unavailable_7003(matter: Matter, days: Days) -> Ruling:
    """A domestic-nonavailability determination for specialty metals, 225.7003-3(b)(5).

    One under 10 USC 4872 does not serve here, nor the other way (PGI 225.7003-3(b)(6)(D)).
    """
    paragraph = "225.7003-3(b)(5); 252.225-7009(c)(5)"
    papers = [
        (paper.authority, paper.signed, paper.until)
        for paper in matter.contract.determinations
        if speaks_of(paper.authority, SPECIALTY) and not _elsewhere(paper, matter)
    ]
    papers += [
        (paper.authority, paper.signed, paper.until)
        for paper in matter.contract.waivers
        if speaks_of(paper.authority, SPECIALTY) and "(b)(5)" in paper.authority
    ]
    claims = []
    for authority, signed, until in papers:
        fact = (
            f"determination under {authority}, signed {signed or 'on a day not stated'} (contract)"
        )
        holds = term(signed, until, days, capped=False)
        if holds is None:
            claims.append(review(paragraph, "its dates do not cover every delivery", fact))
        elif holds:
            claims.append(
                exempt(paragraph, "metal of the required form not available at home", fact)
            )
    return best(claims, not_applicable(paragraph, "no determination for specialty metals"))


def _elsewhere(paper: Determination, matter: Matter) -> bool:
    """Whether it names another contract, end item or material."""
    return False in (
        same(paper.contract, matter.contract.id) if paper.kind == "individual" else None,
        same(paper.end_item, matter.end_item),
        same(family_word(paper.material), family_of(matter)),
    )


def same(told: str | None, here: str | None) -> bool | None:
    """Whether two names agree, without regard to case; None where one of them is not stated."""
    if told is None or here is None:
        return None
    return told.strip().casefold() == here.strip().casefold()


def family_word(material: str | None) -> str | None:
    """A material as a paper names it, in the form of the families."""
    return material.replace("_", "-").replace(" ", "-") if material else None


def family_of(matter: Matter) -> str | None:
    """The family to hold against a paper's material; None where the magnet's is not stated."""
    return None if matter.family == UNKNOWN_MAGNET else matter.family
