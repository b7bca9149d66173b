"""China's catalogue of technologies prohibited or restricted for export, revision of 2023-12-21.

**What it says.** Technology for rare-earth extraction and separation (ionic leaching among it), for
making metal and alloys, and for SmCo, NdFeB and Ce magnets does not leave China.

**How it is judged.** FAIL for technology of rare earths shipped from China; goods are not its
matter.

**What was read.** News reports of the revision.
"""

from __future__ import annotations

from datetime import date

from bomrisk.compliance.control import RARE_EARTHS, leaving_china, shipment_facts
from bomrisk.compliance.judgement import Code
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.rule import Clock, Kind, Rule, Ruling, not_applicable, review

PARAGRAPH = "Catalogue of 2023-12-21"


def decide(matter: Matter) -> Ruling:
    """Ask whether it is technology that leaves China."""
    if matter.part.item != "technology":
        return not_applicable(PARAGRAPH, "binds technology, not goods")
    outside = leaving_china(matter, PARAGRAPH)
    if outside is not None:
        return outside
    facts = shipment_facts(matter)
    if set(RARE_EARTHS) & {*matter.make.elements}:
        text = "rare-earth technology is prohibited or restricted for export"
        return Ruling(Code.FAIL, PARAGRAPH, text, facts)
    return review(PARAGRAPH, "whether the technology is of rare earths is not stated", *facts)


RULE = Rule(
    id="CN-TECH-2023",
    title="China: rare-earth technology prohibited or restricted for export",
    family="china",
    kind=Kind.CONTROL,
    citation="Catalogue of technologies prohibited or restricted for export (2023-12-21)",
    effective_from=date(2023, 12, 21),
    effective_to=None,
    status="in force",
    page=__doc__ or "",
    decide=decide,
    clock=Clock.SHIPMENT,
)
