"""Executive Order 14415: the chain mapped from raw material to end use.

**What it says.** Within 180 days a rule asks primes and subcontractors to map from raw material to
end use with indentured bills of materials, to vet foreign ownership and financial risk, to tell of
a significant risk within 15 days and give a corrective plan within 45, and to qualify domestic
alternates. From 2027-01-01 nonavailability waivers are issued only with a formal mitigation plan
(see US-DFARS-7018-NAV). Dates: 2026-10-18 strategy, 2027-01-01 waivers, 2027-01-16 guidance, about
2027-04 regulations.

**How it is judged.** A readiness, not a violation: WATCH where every stage of a covered material
has a country, INCOMPLETE with the stages that lack one.

**Only known at second hand.** All of it: the text of the order was not read, so nothing PASSes.
"""

from __future__ import annotations

from datetime import date

from bomrisk.compliance.classification import MAGNETS
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.origins import words
from bomrisk.compliance.regime import covered_here
from bomrisk.compliance.rule import Clock, Kind, Rule, Ruling, incomplete, not_applicable, watch

PARAGRAPH = "EO 14415 (secondary source)"
MAGNET_CHAIN = ("mined", "separated", "reduced", "melted", "sintered", "magnetized")
METAL_CHAIN = ("mined", "separated", "reduced")


def decide(matter: Matter) -> Ruling:
    """Ask whether the chain is mapped down to raw material."""
    if not covered_here(matter):
        return not_applicable(
            PARAGRAPH, "no covered material of 10 USC 4872", matter.material_fact()
        )
    chain = MAGNET_CHAIN if matter.family in MAGNETS or matter.make.magnet else METAL_CHAIN
    lacking = tuple(s for s in chain if s not in matter.places or not matter.places[s].whole)
    facts = (matter.material_fact(), *matter.place_facts())
    if matter.part.inferred:
        text = "the material is only inferred from the type of part: nothing is mapped"
        return incomplete(PARAGRAPH, text, *facts, missing=words(lacking))
    if lacking:
        text = f"not mapped to raw material: no country for {', '.join(words(lacking))}"
        return incomplete(PARAGRAPH, text, *facts, missing=words(lacking))
    text = "mapped to raw material; guidance due 2027-01-16, regulations about 2027-04"
    return watch(PARAGRAPH, text, *facts)


RULE = Rule(
    id="US-EO14415",
    title="Executive Order 14415: mapped down to raw material",
    family="readiness",
    kind=Kind.RECORD,
    citation="EO 14415 (2026-07-20; 91 FR 46693)",
    effective_from=date(2026, 7, 20),
    effective_to=None,
    status="in force; regulations pending; text not read",
    page=__doc__ or "",
    decide=decide,
    clock=Clock.DELIVERY,
)
