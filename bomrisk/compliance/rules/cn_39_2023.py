"""MOFCOM/GACC Announcement 39 of 2023: graphite.

**What it says.** Export from China of synthetic graphite of high purity, strength and density, and
of natural flake graphite, needs a licence.

**How it is judged.** REVIEW for graphite, INCOMPLETE for carbon of which nobody says what it is; purity,
strength and density are not asked for.

**What was read.** The title. **Only recalled:** the date, 2023-12-01.
"""

from __future__ import annotations

from datetime import date

from bomrisk.compliance.control import Scope, goods_scope, licence
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.rule import Clock, Kind, Rule, Ruling

PARAGRAPH = "MOFCOM/GACC 39/2023"


def scope(matter: Matter) -> Scope:
    """Whether the goods are graphite; carbon may be it."""
    return goods_scope(matter, "graphite")


def decide(matter: Matter) -> Ruling:
    """Ask what leaves China."""
    return licence(matter, PARAGRAPH, scope(matter), " (purity, strength and density decide)")


RULE = Rule(
    id="CN-39-2023",
    title="China: licence for graphite",
    family="china",
    kind=Kind.CONTROL,
    citation="MOFCOM/GACC Announcement 39 of 2023",
    effective_from=date(2023, 12, 1),
    effective_to=None,
    status="in force; date recalled",
    page=__doc__ or "",
    decide=decide,
    clock=Clock.SHIPMENT,
)
