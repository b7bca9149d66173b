"""Interim measures of 2025-08-22: total control of rare-earth mining and separation.

**What it says.** The quotas for mining and separation reach imported ore and monazite, with monthly
tracing. The volumes of 2025 were issued without publication; those of 2026 were not found.

**How it is judged.** WATCH for a rare-earth material that was mined or separated in China: it binds
supply, not the part.

**What was read.** Secondary sources.
"""

from __future__ import annotations

from datetime import date

from bomrisk.compliance.control import CHINA, RARE_EARTHS
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.origins import said
from bomrisk.compliance.rule import Clock, Kind, Rule, Ruling, not_applicable, watch

PARAGRAPH = "MIIT/NDRC/MNR interim measures of 2025-08-22"


def decide(matter: Matter) -> Ruling:
    """Watch rare earths that pass a Chinese mine or separator."""
    made = matter.inside(("mined", "separated", "reduced"), CHINA)
    if not made or not set(RARE_EARTHS) & {*matter.make.elements}:
        return not_applicable(PARAGRAPH, "no rare earth mined or separated in China")
    return watch(
        PARAGRAPH, f"{said(made)}: under Chinese production control", *matter.place_facts()
    )


RULE = Rule(
    id="CN-QUOTA-2025",
    title="China: total control of mining and separation",
    family="china",
    kind=Kind.LIST,
    citation="MIIT/NDRC/MNR interim measures of 2025-08-22",
    effective_from=date(2025, 8, 22),
    effective_to=None,
    status="in force; volumes of 2025 not public",
    page=__doc__ or "",
    decide=decide,
    clock=Clock.SHIPMENT,
)
