"""DFARS 252.225-7052 until 2026-12-31: the melt-and-later regime.

**What it says.** Until 2026-12-31 a contractor does not deliver samarium-cobalt or
neodymium-iron-boron magnets, tantalum metals and alloys, tungsten metal powder or tungsten heavy
alloy that were *melted or produced* in China, Russia, North Korea or Iran, nor an end item
manufactured there that holds one.

**What it catches.** For magnets: melting the alloy and every later step, powder making, pressing,
sintering or bonding, magnetizing. Mining, separation and reduction to metal are not caught. For
tantalum: reduction or melting to metal and every later step. For tungsten: atomization, calcination
and reduction to powder, final consolidation, and every later step. Magnetizing in the United States
cures nothing: each step is judged alone.

**What proves it.** Demanded for magnets: melted, sintered (or bonded), magnetized. For tantalum the
first step to metal; for tungsten reduction or atomization, and consolidation of heavy alloy.
Neither policy nor clause prescribes a certificate. A demanded step without a country is INCOMPLETE.

**What was read.** DFARS 225.7018-2(a)(1), (b)(1), (c)(1), (d)(1); 252.225-7052(b)(1)(i),
(b)(2)(i)(A), (b)(4)(i), (b)(5)(i), edition MAY 2024, in the official copy of 2025-11-20; 10 USC
4872 as current through PL 119-73. Tantalum was added on 2022-08-25. Hong Kong and Macau are named
in neither: REVIEW.
"""

from __future__ import annotations

from datetime import date

from bomrisk.compliance.contract import edition_month
from bomrisk.compliance.judgement import Code
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.regime import Regime
from bomrisk.compliance.regime import decide as decide_regime
from bomrisk.compliance.relief import accepted, determined
from bomrisk.compliance.rule import Kind, Rule, Ruling, not_applicable, review, span
from bomrisk.compliance.rules import (
    us_dfars_7018_x_cots1,
    us_dfars_7018_x_elec,
    us_dfars_7018_x_oconus,
    us_dfars_7018_x_recyc,
    us_dfars_7018_x_sat,
)

FIRST, LAST = date(2019, 4, 30), date(2026, 12, 31)
TANTALUM_FROM = date(2022, 8, 25)
TANTALUM_EDITION = (2022, 8)
CLAUSE = "252.225-7052"

_LATER = ("milled", "powdered", "consolidated", "sintered", "magnetized")
_MAGNET = ("melted", "atomized", *_LATER)
_METAL = ("reduced", "melted", "atomized", *_LATER)
_MAGNET_DEMANDS = (("melted",), ("sintered",), ("magnetized",))

REGIME = Regime(
    first=FIRST,
    last=LAST,
    paragraphs={
        "smco": "225.7018-2(b)(1)(i); 252.225-7052(b)(1)(i), (b)(2)(i)(A)",
        "ndfeb": "225.7018-2(b)(1); 252.225-7052(b)(1)(i), (b)(2)(i)(A)",
        "unknown-magnet": "225.7018-2(b)(1); 252.225-7052(b)(1)(i)",
        "tantalum": "225.7018-2(c)(1); 252.225-7052(b)(4)(i)",
        "tungsten-powder": "225.7018-2(d)(1); 252.225-7052(b)(5)(i)",
        "tungsten-heavy-alloy": "225.7018-2(d)(1); 252.225-7052(b)(5)(i)",
    },
    caught={
        "smco": _MAGNET,
        "ndfeb": _MAGNET,
        "unknown-magnet": _MAGNET,
        "tantalum": _METAL,
        "tungsten-powder": _METAL,
        "tungsten-heavy-alloy": _METAL,
    },
    demanded={
        "smco": _MAGNET_DEMANDS,
        "ndfeb": _MAGNET_DEMANDS,
        "unknown-magnet": _MAGNET_DEMANDS,
        "tantalum": (("reduced", "melted"),),
        "tungsten-powder": (("reduced", "atomized"),),
        "tungsten-heavy-alloy": (("reduced", "atomized"), ("consolidated",)),
    },
    mines=False,
    outside=(us_dfars_7018_x_sat.decide, us_dfars_7018_x_oconus.decide),
    exceptions=(
        us_dfars_7018_x_cots1.decide,
        us_dfars_7018_x_elec.decide,
        us_dfars_7018_x_recyc.decide,
    ),
    papers=(determined, accepted),
)


def decide(matter: Matter) -> Ruling:
    """Judge melting and every later step; tantalum only since it is named."""
    if matter.family == "tantalum":
        return _tantalum(matter)
    return decide_regime(REGIME, matter)


def _tantalum(matter: Matter) -> Ruling:
    """Tantalum only since it is named, by the day of delivery and by the edition of the clause."""
    first, last = span(matter)
    paragraph = REGIME.paragraphs["tantalum"]
    if last is not None and last < TANTALUM_FROM:
        return not_applicable(paragraph, f"tantalum was added on {TANTALUM_FROM}")
    if first < TANTALUM_FROM:
        return review(paragraph, f"tantalum was added on {TANTALUM_FROM}, within the deliveries")
    ruling = decide_regime(REGIME, matter)
    edition = matter.contract.clauses.get(CLAUSE)
    month = edition_month(edition) if edition else None
    if ruling.code is Code.FAIL and month is not None and month < TANTALUM_EDITION:
        return review(
            paragraph,
            f"{ruling.reason}; the contract has the clause of {edition}, which does not name tantalum,"
            " while the statute binds the buyer",
            *ruling.facts,
            matter.term("clauses", f"clause {CLAUSE} ({edition})"),
            missing=ruling.missing,
        )
    return ruling


RULE = Rule(
    id="US-DFARS-7018-A",
    title="Certain magnets, tantalum and tungsten: melted or produced",
    family="7018",
    kind=Kind.DELIVERY,
    citation="10 USC 4872; DFARS 225.7018-2(a)(1), (b)(1), (c)(1), (d)(1); 252.225-7052 (MAY 2024)",
    effective_from=FIRST,
    effective_to=LAST,
    status="in force",
    page=__doc__ or "",
    decide=decide,
)
