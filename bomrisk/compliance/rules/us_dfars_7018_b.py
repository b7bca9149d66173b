"""DFARS 252.225-7052 from 2027-01-01: the mine-to-magnet regime.

**What it says.** From 2027-01-01 the same materials are barred when they were *mined, refined, separated,
melted or produced* in China, Russia, North Korea or Iran. One such step there fails the material.

**What it catches.** For samarium-cobalt the whole chain from the mining or production of a cobalt and
samarium ore or feedstock, *including recycled material*, to the finished magnet. For
neodymium-iron-boron from the mining of neodymium, iron and boron; the text has no words on recycled
material there. For tantalum and tungsten from ore or feedstock, including recycled material.

**What proves it.** Demanded for magnets: mined, separated, melted, sintered (or bonded), magnetized;
reduction to metal is judged when a country is stated, and its absence is said. For tantalum and
tungsten: mined, separated, reduced or melted, and consolidation of heavy alloy.

**What was read.** DFARS 225.7018-2(a)(2), (b)(2), (b)(4), (c)(2), (d)(2) and the clause's (b)(1)(ii),
(b)(2)(i)(B), (b)(3), (b)(4)(ii), (b)(5)(ii) in the official copy of 2025-11-20. The date was moved by
sec. 854 of the FY2024 NDAA. **What is open.** Sec. 848 of the FY2026 NDAA amended sec. 844 and was not
read; a pending text (sec. 1803) would repeal sec. 844 before the regime begins, and H.R. 9073 would move
it. Until one is law, 2027-01-01 stands.
"""

from __future__ import annotations

from datetime import date

from bomrisk.compliance.contract import ContractFacts
from bomrisk.compliance.part import PartFacts
from bomrisk.compliance.rule import Decision, Rule
from bomrisk.compliance.rules.regime_7018 import Regime, decide

_CHAIN = (
    "feedstock",
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
_MAGNET = (("mined",), ("separated",), ("melted",), ("sintered",), ("magnetized",))
_METAL = (("mined",), ("separated",), ("reduced", "melted", "atomized"))

REGIME = Regime(
    paragraphs={
        "smco": "252.225-7052(b)(1)(ii), (b)(2)(i)(B)",
        "ndfeb": "252.225-7052(b)(1)(ii), (b)(3)",
        "tantalum": "252.225-7052(b)(4)(ii)",
        "tungsten-powder": "252.225-7052(b)(5)(ii)",
        "tungsten-heavy-alloy": "252.225-7052(b)(5)(ii)",
        "unknown-magnet": "252.225-7052(b)(1)(ii)",
    },
    caught=dict.fromkeys(
        ("smco", "ndfeb", "unknown-magnet", "tantalum", "tungsten-powder", "tungsten-heavy-alloy"),
        _CHAIN,
    ),
    demanded={
        "smco": _MAGNET,
        "ndfeb": _MAGNET,
        "unknown-magnet": _MAGNET,
        "tantalum": _METAL,
        "tungsten-powder": _METAL,
        "tungsten-heavy-alloy": (*_METAL, ("consolidated",)),
    },
    words="mined, refined, separated, melted or produced",
    mines=True,
)


def _decide(part: PartFacts, contract: ContractFacts) -> Decision:
    return decide(REGIME, part, contract)


RULE = Rule(
    id="US-DFARS-7018-B",
    title="Certain magnets, tantalum and tungsten: mined, refined, separated, melted or produced",
    citation="NDAA FY2021 sec. 844; DFARS 225.7018-2; 252.225-7052 (MAY 2024)",
    effective_from=date(2027, 1, 1),
    effective_to=None,
    status="law for deliveries from 2027-01-01; repeal or rewrite pending (sec. 1803; H.R. 9073)",
    families=frozenset(REGIME.paragraphs),
    page=__doc__ or "",
    decide=_decide,
)
