"""DFARS 252.225-7052 until 2026-12-31: the melt-and-later regime.

**What it says.** Until 2026-12-31 a contractor does not deliver samarium-cobalt or neodymium-iron-boron
magnets, tantalum metals and alloys, tungsten metal powder or tungsten heavy alloy that were *melted or
produced* in China, Russia, North Korea or Iran, nor an end item manufactured there that holds one.

**What it catches.** For magnets: melting the alloy and every later step, powder making, pressing,
sintering or bonding, magnetizing. Mining, separation and reduction to metal are not caught. For
tantalum: reduction or melting to metal and every later step. For tungsten: atomization, calcination and
reduction to powder, final consolidation, and every later step. Magnetizing in the United States cures
nothing: each step is judged alone.

**What proves it.** Demanded for magnets: melted, sintered (or bonded), magnetized. For tantalum the
first step to metal; for tungsten reduction or atomization, and consolidation of heavy alloy. Neither
policy nor clause prescribes a certificate. A demanded step without a country is INCOMPLETE.

**What was read.** DFARS 225.7018-2(a)(1), (b)(1), (c)(1), (d)(1); 252.225-7052(b)(1)(i), (b)(2)(i)(A),
(b)(4)(i), (b)(5)(i), edition MAY 2024, in the official copy of 2025-11-20; 10 USC 4872 as current
through PL 119-73. Tantalum was added on 2022-08-25. Hong Kong and Macau are named in neither: REVIEW.
"""

from __future__ import annotations

from datetime import date

from bomrisk.compliance.contract import ContractFacts
from bomrisk.compliance.judgement import Code
from bomrisk.compliance.part import PartFacts
from bomrisk.compliance.rule import Decision, Rule
from bomrisk.compliance.rules.regime_7018 import Regime, decide

TANTALUM_FROM = date(2022, 8, 25)

_LATER = ("powdered", "consolidated", "sintered", "magnetized")

REGIME = Regime(
    paragraphs={
        "smco": "252.225-7052(b)(1)(i)",
        "ndfeb": "252.225-7052(b)(1)(i)",
        "tantalum": "252.225-7052(b)(4)(i)",
        "tungsten-powder": "252.225-7052(b)(5)(i)",
        "tungsten-heavy-alloy": "252.225-7052(b)(5)(i)",
        "unknown-magnet": "252.225-7052(b)(1)(i)",
    },
    caught={
        "smco": ("melted", *_LATER),
        "ndfeb": ("melted", *_LATER),
        "unknown-magnet": ("melted", *_LATER),
        "tantalum": ("reduced", "melted", "atomized", *_LATER),
        "tungsten-powder": ("reduced", "melted", "atomized", *_LATER),
        "tungsten-heavy-alloy": ("reduced", "melted", "atomized", *_LATER),
    },
    demanded={
        "smco": (("melted",), ("sintered",), ("magnetized",)),
        "ndfeb": (("melted",), ("sintered",), ("magnetized",)),
        "unknown-magnet": (("melted",), ("sintered",), ("magnetized",)),
        "tantalum": (("reduced", "melted"),),
        "tungsten-powder": (("reduced", "atomized"),),
        "tungsten-heavy-alloy": (("reduced", "atomized"), ("consolidated",)),
    },
    words="melted or produced",
    mines=False,
)


def _decide(part: PartFacts, contract: ContractFacts) -> Decision:
    if part.family == "tantalum" and contract.delivery and contract.delivery < TANTALUM_FROM:
        return Decision(
            Code.NOT_APPLICABLE,
            "225.7018-2(c)(1)",
            f"tantalum was added on {TANTALUM_FROM}",
            (f"delivery {contract.delivery} (contract)",),
        )
    return decide(REGIME, part, contract)


RULE = Rule(
    id="US-DFARS-7018-A",
    title="Certain magnets, tantalum and tungsten: melted or produced",
    citation="10 USC 4872; DFARS 225.7018-2; 252.225-7052 (MAY 2024)",
    effective_from=date(2019, 4, 30),
    effective_to=date(2026, 12, 31),
    status="in force",
    families=frozenset(REGIME.paragraphs),
    page=__doc__ or "",
    decide=_decide,
)
