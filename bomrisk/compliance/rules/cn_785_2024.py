"""State Council Order 785 of 2024: rare-earth management.

**What it says.** Mining, smelting, separation and circulation of rare earths in China are under
management, with traceability of products.

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

PARAGRAPH = "State Council Order 785"


def decide(matter: Matter) -> Ruling:
    """Watch rare earths that pass a Chinese mine or separator."""
    made = matter.inside(("mined", "separated", "reduced"), CHINA)
    if not made or not set(RARE_EARTHS) & {*matter.make.elements}:
        return not_applicable(PARAGRAPH, "no rare earth mined or separated in China")
    return watch(
        PARAGRAPH, f"{said(made)}: under Chinese production control", *matter.place_facts()
    )


RULE = Rule(
    id="CN-785-2024",
    title="China: rare-earth management regulations",
    family="china",
    kind=Kind.LIST,
    citation="State Council Order 785",
    effective_from=date(2024, 10, 1),
    effective_to=None,
    status="in force",
    page=__doc__ or "",
    decide=decide,
    clock=Clock.SHIPMENT,
)
