"""Exception to DFARS 225.7018 until 2026-12-31: commercially available off-the-shelf items.

**What it says.** An end item that holds a covered material and is COTS is exempt, except a COTS
item of 50 % tungsten or more by weight, and a COTS mill product of tantalum, tantalum alloy or
heavy alloy that is not incorporated into an end item, subsystem, assembly or component.

**What is disputed.** The text says "end item". Whether a COTS component inside a non-COTS end item
is exempt is not spelled out; the definition of COTS reaches subcontracts at any tier, which points
to yes. For magnets that is REVIEW here. A claim whose weight share is not stated is INCOMPLETE.

**Paragraph.** DFARS 225.7018-3(c)(1)(i)(A) and (ii); clause (c)(1)(i).

**What was read.** All of it, in the official copy of 2025-11-20.
"""

from __future__ import annotations

from datetime import date

from bomrisk.compliance.cots import cots_item
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.rule import Kind, Rule, Ruling


def decide(matter: Matter) -> Ruling:
    """Ask whether the part is COTS and not left out of the exception."""
    return cots_item(matter, mines=False, paragraph="225.7018-3(c)(1)(i)(A), (ii)")


RULE = Rule(
    id="US-DFARS-7018-X-COTS1",
    title="Exception: COTS, to 2026-12-31",
    family="7018",
    kind=Kind.EXCEPTION,
    citation="DFARS 225.7018-3(c)(1)(i)(A), (ii); clause (c)(1)(i)",
    effective_from=date(2019, 4, 30),
    effective_to=date(2026, 12, 31),
    status="in force",
    page=__doc__ or "",
    decide=decide,
)
