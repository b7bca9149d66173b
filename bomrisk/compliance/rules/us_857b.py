"""NDAA FY2023 sec. 857(b): sec. 1211 extended to goods such as rare-earth magnets.

**What it says.** 180 days after DoD certifies that enough suppliers outside China exist, the ban on
Chinese military companies reaches further goods and services, rare-earth magnets among them.

**How it is judged.** WATCH for a magnet with a stage in China; there is nothing to comply with yet.

**What was read.** The regulatory agenda of fall 2024. **Not found:** a certification.
"""

from __future__ import annotations

from bomrisk.compliance.matter import Matter
from bomrisk.compliance.origins import said
from bomrisk.compliance.part import ORIGIN_STAGES
from bomrisk.compliance.rule import Clock, Kind, Rule, Ruling, not_applicable, watch

PARAGRAPH = "NDAA FY2023 sec. 857(b)"


def decide(matter: Matter) -> Ruling:
    """Watch magnets with a stage in China."""
    made = matter.inside(ORIGIN_STAGES, frozenset(("CHN",)))
    if not matter.make.magnet or not made:
        return not_applicable(PARAGRAPH, "no rare-earth magnet with a stage in China")
    text = f"{said(made)}: caught 180 days after a certification, which was not found"
    return watch(PARAGRAPH, text, *matter.place_facts())


RULE = Rule(
    id="US-857B",
    title="Extension of sec. 1211 to rare-earth magnets",
    family="readiness",
    kind=Kind.LIST,
    citation="NDAA FY2023 sec. 857(b)",
    effective_from=None,
    effective_to=None,
    status="not triggered: no certification found",
    page=__doc__ or "",
    decide=decide,
    clock=Clock.NONE,
)
