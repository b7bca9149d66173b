"""DFARS 252.225-7009: specialty metals melted or produced in the United States or a qualifying country.

**What it says.** Specialty metal in aircraft, missile and space systems, ships, tank and automotive
items, weapon systems and ammunition, or in components of them, is melted or produced in the United
States, its outlying areas, or a qualifying country of DFARS 225.003. "Produce" is atomization,
sputtering, or final consolidation of powder that was not made from a melt. Where it was mined or
refined does not matter. Any other country fails, not only the four covered ones: Vietnam, Korea,
India, Brazil.

**What is a specialty metal.** Computed from composition by mass: steel (iron with 0.02 to 2 %
carbon) with more than 1.65 % Mn, 0.60 % Si or 0.60 % Cu, or more than 0.25 % of Al, Cr, Co, Mo, Ni,
Nb, Ti, W or V; nickel, iron-nickel and cobalt alloys with more than 10 % of other alloying metals;
titanium and zirconium and their alloys. Iron with a quarter of nickel or more is read as iron-nickel
alloy and no steel, so Invar 36 is none (inferred). SmCo is one, NdFeB is not (PGI 225.7003-3(b)(6)(A)). A
range that straddles a limit is INCOMPLETE.

**Exceptions, in their order.** Acquisitions not above the simplified acquisition threshold, and
those abroad for combat or contingency; then by item: electronic components, COTS, certified
fasteners, items manufactured in a qualifying country, domestic nonavailability, 2 % of the end
item's specialty metal; last a national-security waiver. The alternative for commercial derivative
military articles (7009(d)) is a commitment of the contractor, not a fact of a part, and is not
judged.

**What proves it.** A mill certificate that names the country of melt. A magnet's country of
magnetizing proves nothing here.

**What was read.** 10 USC 4863 (code current through PL 119-73), DFARS 225.7003, clauses
252.225-7008 and -7009 in the official copy of 2025-11-20. **Only recalled:** the first day of the
rule (2007 or 2008), and the list of outlying areas (FAR 2.101).
"""

from __future__ import annotations

from bomrisk.compliance.judgement import Code
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.melt import PARAGRAPH, melt_ruling
from bomrisk.compliance.regime import days_of
from bomrisk.compliance.relief import unavailable_7003, waived_7003
from bomrisk.compliance.rule import (
    Clock,
    Kind,
    Rule,
    Ruling,
    incomplete,
    not_applicable,
    review,
    with_exceptions,
)
from bomrisk.compliance.rules import (
    us_dfars_7003_x_2pct,
    us_dfars_7003_x_cots,
    us_dfars_7003_x_elec,
    us_dfars_7003_x_fast,
    us_dfars_7003_x_qc,
)
from bomrisk.compliance.rules.us_dfars_7018_x_sat import small

ITEM_EXCEPTIONS = (
    us_dfars_7003_x_elec.decide,
    us_dfars_7003_x_cots.decide,
    us_dfars_7003_x_fast.decide,
    us_dfars_7003_x_qc.decide,
    us_dfars_7003_x_2pct.decide,
)


def decide(matter: Matter) -> Ruling:
    """Test the metal, then the exceptions, then the country of melt."""
    specialty = matter.make.specialty
    if specialty.is_one is False:
        return not_applicable("225.7003-1", specialty.why, matter.material_fact())
    excluded = small(matter, "225.7003-3(a)(1)")
    if excluded.code is Code.EXEMPT:
        return not_applicable(excluded.paragraph, excluded.reason, *excluded.facts)
    abroad = _abroad(matter)
    if abroad.code is Code.EXEMPT:
        return not_applicable(abroad.paragraph, abroad.reason, *abroad.facts)
    if specialty.is_one is None:
        return incomplete(
            "225.7003-1", specialty.why, matter.material_fact(), missing=_unsettled(matter)
        )
    allowed = matter.sets.domestic | matter.sets.qualifying
    ruling = melt_ruling(matter, allowed, PARAGRAPH, "the United States or a qualifying country")
    if matter.platform is None and ruling.code is not Code.PASS:
        ruling = incomplete(
            "252.225-7009(b)",
            "the platform is not stated: the clause speaks of aircraft, missile and space systems, ships,"
            f" vehicles, weapon systems and ammunition; there it is {ruling.code}: {ruling.reason}",
            *ruling.facts,
            missing=("platform", *ruling.missing),
        )
    if matter.part.inferred:
        return _inferred(matter, ruling)
    days = days_of(matter, None, None)
    claims = [abroad, *(test(matter) for test in ITEM_EXCEPTIONS)]
    claims += [unavailable_7003(matter, days), waived_7003(matter, days)]
    return with_exceptions(ruling, tuple(claims))


def _unsettled(matter: Matter) -> tuple[str, ...]:
    if matter.make.magnet:
        return ("material of the magnet",)
    return ("certified composition",) if matter.make.composition else ("composition",)


def _inferred(matter: Matter, ruling: Ruling) -> Ruling:
    return incomplete(
        ruling.paragraph,
        f"inferred: the type of part suggests {matter.make.name}; nothing states that it holds it",
        *ruling.facts,
        missing=tuple(dict.fromkeys(("whether the part holds it", *ruling.missing))),
    )


def _abroad(matter: Matter) -> Ruling:
    """Acquisitions outside the United States for combat or contingency operations."""
    paragraph = "225.7003-3(a)(2)"
    contract = matter.contract
    if contract.operation in ("combat", "contingency") and contract.acquired_in not in (
        "USA",
        None,
    ):
        text = f"acquired outside the United States in support of {contract.operation} operations"
        return Ruling(Code.EXEMPT, paragraph, text, (matter.term("operation"),))
    if contract.overseas:
        return review(
            "10 USC 4863(c)(1)",
            "statute ahead of DFARS: the statute now leaves out acquisitions abroad for use abroad;"
            " 225.7003-3(a) names combat and contingency operations only",
            matter.term("acquired_in"),
            matter.term("used_in"),
        )
    return not_applicable(paragraph, "acquired or used in the United States")


RULE = Rule(
    id="US-DFARS-7003",
    title="Specialty metals in aircraft, missile, ship, vehicle, weapon and ammunition items",
    family="7003",
    kind=Kind.DELIVERY,
    citation="10 USC 4863; DFARS 225.7003; 252.225-7009 (JAN 2023)",
    effective_from=None,
    effective_to=None,
    status="in force",
    page=__doc__ or "",
    decide=decide,
    clock=Clock.NONE,
)
