"""NDAA FY2023 sec. 857(a): provenance of permanent magnets in a system.

**What it says.** The contractor of a system with a permanent magnet that holds rare earths or
strategic and critical materials tells, after a commercially reasonable inquiry, the countries where
they were mined, refined into oxides, made into metals and alloys, and where the magnet was sintered
or bonded and magnetized. Where that is unknown it sets up a tracking system within 180 days. It
takes effect no earlier than 30 months after enactment, about June 2025, and after a certification
that collecting it poses no risk.

**How it is judged.** Completeness only: PASS means ready for the four disclosures, whatever the
countries. Magnetizing counts with sintering. A magnet of unknown material is INCOMPLETE.

**Paragraph.** Sec. 857(a).

**What was read.** The regulatory agenda of fall 2024 and secondary texts. **Not found:** a clause
in DFARS at 2025-11-20, and the certification. **Inferred:** the first day, 30 months after
2022-12-23.
"""

from __future__ import annotations

from datetime import date

from bomrisk.compliance.judgement import Code
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.origins import words
from bomrisk.compliance.regime import LAST_STEP
from bomrisk.compliance.rule import Clock, Kind, Rule, Ruling, incomplete, not_applicable

PARAGRAPH = "NDAA FY2023 sec. 857(a)"
DISCLOSED = ("mined", "separated", "melted", "sintered", "magnetized")


def decide(matter: Matter) -> Ruling:
    """Ask for a country of each of the four disclosures."""
    if not matter.make.magnet:
        return not_applicable(PARAGRAPH, "no rare-earth magnet", matter.material_fact())
    facts = (matter.material_fact(), *matter.place_facts())
    lacking = [s for s in DISCLOSED if s not in matter.places or not matter.places[s].whole]
    made = matter.places.get("manufactured")
    if matter.part.item == "magnet" and LAST_STEP in lacking and made and made.whole:
        lacking.remove(LAST_STEP)
    missing = words(lacking)
    if matter.part.inferred:
        missing = ("whether the part holds it", *missing)
    if matter.family == "unknown-magnet":
        missing = ("material of the magnet", *missing)
    if missing:
        text = f"not ready for the disclosure: {', '.join(missing)}"
        return incomplete(PARAGRAPH, text, *facts, missing=missing)
    return Ruling(Code.PASS, PARAGRAPH, "ready: a country for each of the four disclosures", facts)


RULE = Rule(
    id="US-857A",
    title="Magnet provenance: four disclosures",
    family="readiness",
    kind=Kind.RECORD,
    citation="NDAA FY2023 sec. 857(a) (10 USC 4811 note); DFARS Case 2023-D003",
    effective_from=date(2025, 6, 23),
    effective_to=None,
    status="statute in force about 2025-06, subject to a certification; no clause found",
    page=__doc__ or "",
    decide=decide,
    clock=Clock.DELIVERY,
)
