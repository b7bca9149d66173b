"""DFARS 252.225-7052 from 2027-01-01: the mine-to-magnet regime.

**What it says.** From 2027-01-01 the same materials are barred when they were *mined, refined,
separated, melted or produced* in China, Russia, North Korea or Iran. One such step there fails the
material.

**What it catches.** For samarium-cobalt the whole chain from the mining or production of a cobalt
and samarium ore or feedstock, *including recycled material*, to the finished magnet. For
neodymium-iron-boron from the mining of neodymium, iron and boron; the text has no words on recycled
material there. For tantalum and tungsten from ore or feedstock, including recycled material.

**What proves it.** Demanded for magnets: mined, separated, melted, sintered (or bonded),
magnetized; reduction to metal is judged when a country is stated, and its absence is said. For
tantalum and tungsten: mined, separated, reduced or melted, and consolidation of heavy alloy.
Recycled feedstock stands for the mine, except for neodymium-iron-boron.

**Strict constituents.** The text names neodymium, iron and boron (samarium and cobalt), not
praseodymium, dysprosium, terbium, cobalt, copper or gallium. An origin of a named element in a
covered country is FAIL, of another one REVIEW while the option `strict_constituents` stands
(inferred).

**The edition of the clause.** Editions before MAY 2024 know nothing of this regime. Where the
contract has one, a step that only this regime catches is REVIEW: the statute binds the buyer, the
clause does not name it.

**What was read.** DFARS 225.7018-2(a)(2), (b)(2), (b)(4), (c)(2), (d)(2) and the clause's
(b)(1)(ii), (b)(2)(i)(B), (b)(3), (b)(4)(ii), (b)(5)(ii) in the official copy of 2025-11-20. The
date was moved by sec. 854 of the FY2024 NDAA. **What is open.** Sec. 848 of the FY2026 NDAA amended
sec. 844 and was not read; a pending text (sec. 1803) would repeal sec. 844 before the regime
begins, and H.R. 9073 would move it. Until one is law, 2027-01-01 stands.
"""

from __future__ import annotations

from datetime import date

from bomrisk.compliance.contract import edition_month
from bomrisk.compliance.judgement import Code
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.regime import Regime
from bomrisk.compliance.regime import decide as decide_regime
from bomrisk.compliance.relief import accepted, determined
from bomrisk.compliance.rule import Kind, Rule, Ruling, review
from bomrisk.compliance.rules import (
    us_dfars_7018_a,
    us_dfars_7018_x_cots2,
    us_dfars_7018_x_elec,
    us_dfars_7018_x_oconus,
    us_dfars_7018_x_recyc,
    us_dfars_7018_x_sat,
)

FIRST = date(2027, 1, 1)
CLAUSE = "252.225-7052"
FIRST_EDITION = (2024, 5)
"""MAY 2024 is the first edition whose text has both regimes."""
PENDING = (
    "a text to repeal or move this regime is pending (FY2027 NDAA sec. 1803; H.R. 9073); as long as"
    " neither is law, it stands"
)

_NDFEB_CHAIN = (
    "mined",
    "separated",
    "reduced",
    "melted",
    "atomized",
    "milled",
    "powdered",
    "consolidated",
    "sintered",
    "magnetized",
)
_CHAIN = ("feedstock", *_NDFEB_CHAIN)
_MAGNET = (("mined",), ("separated",), ("melted",), ("sintered",), ("magnetized",))
_METAL = (("mined",), ("separated",), ("reduced", "melted"))

REGIME = Regime(
    first=FIRST,
    last=None,
    paragraphs={
        "smco": "225.7018-2(b)(2); 252.225-7052(b)(1)(ii), (b)(2)(i)(B)",
        "ndfeb": "225.7018-2(b)(4); 252.225-7052(b)(1)(ii), (b)(3)",
        "unknown-magnet": "225.7018-2(b); 252.225-7052(b)(1)(ii)",
        "tantalum": "225.7018-2(c)(2); 252.225-7052(b)(4)(ii)",
        "tungsten-powder": "225.7018-2(d)(2); 252.225-7052(b)(5)(ii)",
        "tungsten-heavy-alloy": "225.7018-2(d)(2); 252.225-7052(b)(5)(ii)",
    },
    caught={
        "smco": _CHAIN,
        "ndfeb": _NDFEB_CHAIN,
        "unknown-magnet": _NDFEB_CHAIN,
        "tantalum": _CHAIN,
        "tungsten-powder": _CHAIN,
        "tungsten-heavy-alloy": _CHAIN,
    },
    demanded={
        "smco": _MAGNET,
        "ndfeb": _MAGNET,
        "unknown-magnet": _MAGNET,
        "tantalum": _METAL,
        "tungsten-powder": _METAL,
        "tungsten-heavy-alloy": (*_METAL, ("consolidated",)),
    },
    mines=True,
    outside=(us_dfars_7018_x_sat.decide, us_dfars_7018_x_oconus.decide),
    exceptions=(
        us_dfars_7018_x_cots2.decide,
        us_dfars_7018_x_elec.decide,
        us_dfars_7018_x_recyc.decide,
    ),
    papers=(determined, accepted),
)


def decide(matter: Matter) -> Ruling:
    """Judge every step from the mine; an older edition of the clause leaves the new ones to a person."""
    ruling = decide_regime(REGIME, matter)
    edition = matter.contract.clauses.get(CLAUSE)
    month = edition_month(edition) if edition else None
    if ruling.code is Code.FAIL and month is not None and month < FIRST_EDITION:
        later = us_dfars_7018_a.REGIME.caught.get(str(matter.family), ())
        late = matter.inside((*later, "manufactured"), matter.sets.covered)
        if not late:
            return review(
                ruling.paragraph,
                f"{ruling.reason}; the contract has the clause of {edition}, which does not name that"
                " step, while sec. 844 binds the buyer",
                *ruling.facts,
                matter.term("clauses", f"clause {CLAUSE} ({edition})"),
                missing=ruling.missing,
            )
    if ruling.code in (Code.FAIL, Code.REVIEW, Code.INCOMPLETE):
        reason = f"{ruling.reason}; {PENDING}"
        return Ruling(ruling.code, ruling.paragraph, reason, ruling.facts, ruling.missing)
    return ruling


RULE = Rule(
    id="US-DFARS-7018-B",
    title="Certain magnets, tantalum and tungsten: mined, refined, separated, melted or produced",
    family="7018",
    kind=Kind.DELIVERY,
    citation="NDAA FY2021 sec. 844; DFARS 225.7018-2(a)(2), (b)(2), (b)(4), (c)(2), (d)(2);"
    " 252.225-7052 (MAY 2024)",
    effective_from=FIRST,
    effective_to=None,
    status="law for deliveries from 2027-01-01; repeal or rewrite pending (sec. 1803; H.R. 9073)",
    page=__doc__ or "",
    decide=decide,
)
