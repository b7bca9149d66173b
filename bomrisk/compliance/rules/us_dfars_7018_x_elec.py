"""Exception to DFARS 225.7018: electronic devices.

**What it says.** An electronic device is exempt, unless the Secretary determines that the domestic
availability of that device is critical; the clause says "unless otherwise specified in the
contract". A device works by controlling the flow of electrons or other charged particles in
circuits.

**What is disputed.** A motor, an actuator or a sensor is no electronic device by itself: a recorded
determination is asked for. A part that is called an electronic device without one is REVIEW. A SmCo
magnet that is exempt this way is still under the specialty-metals rule (PGI 225.7018-3(c)(2)).

**Paragraph.** DFARS 225.7018-3(c)(2); clause (c)(1)(iii).

**What was read.** All of it, in the official copy of 2025-11-20. **Inferred:** that motors need a
record.
"""

from __future__ import annotations

from datetime import date

from bomrisk.compliance.matter import Matter
from bomrisk.compliance.rule import Kind, Rule, Ruling, exempt, not_applicable, review

PARAGRAPH = "225.7018-3(c)(2)"


def decide(matter: Matter) -> Ruling:
    """Ask for a recorded determination."""
    part = matter.part
    if part.electronic_device:
        text = "electronic device by a recorded determination; the contract does not say otherwise"
        return exempt(PARAGRAPH, text, matter.fact("electronic_device"))
    stated = "electronic_device" in part.model_fields_set
    if part.item == "electronic-device" and not stated:
        text = "called an electronic device, but no determination is recorded"
        return review(PARAGRAPH, text, matter.fact("item"))
    return not_applicable(PARAGRAPH, "no electronic device by a recorded determination")


RULE = Rule(
    id="US-DFARS-7018-X-ELEC",
    title="Exception: electronic device",
    family="7018",
    kind=Kind.EXCEPTION,
    citation="DFARS 225.7018-3(c)(2); clause (c)(1)(iii)",
    effective_from=date(2019, 12, 31),
    effective_to=None,
    status="in force",
    page=__doc__ or "",
    decide=decide,
)
