"""Regulation (EU) 2024/1252: strategic raw materials, and no more than 65 % from one third country.

**What it says.** Seventeen strategic and 34 critical raw materials. Benchmarks for 2030: 10 %
extraction, 40 % processing, 25 % recycling in the Union, and not more than 65 % of a strategic
material from one third country at any relevant stage.

**How it is judged.** Information for a defence BOM. For each strategic element of the part, the
world share of the leading third country at each stage is held against 65 %: world shares, not those
of the Union's imports. REVIEW, as the lists are recalled; the reason names element, stage, country
and share.

**What was read.** Counts and the three benchmarks; the 65 % in the proposal. **Only recalled:** the
lists, and 65 % in the final text.
"""

from __future__ import annotations

from datetime import date

from bomrisk.compliance.flag import listed_elements
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.rule import Clock, Kind, Rule, Ruling, not_applicable, review
from bomrisk.knowledge.countries import country_name
from bomrisk.knowledge.model import OTHER

PARAGRAPH = "Regulation (EU) 2024/1252, Art. 5"
BENCHMARK = 0.65
STRATEGIC = (
    *(
        "Al",
        "Bi",
        "B",
        "Co",
        "Cu",
        "Ga",
        "Ge",
        "Li",
        "Mg",
        "Mn",
        "Ni",
        "Pt",
        "Pd",
        "Rh",
        "Ru",
        "Ir",
    ),
    *("Nd", "Pr", "Tb", "Dy", "Gd", "Sm", "Ce", "Si", "Ti", "W"),
)
_UNION = (
    "AUT BEL BGR HRV CYP CZE DNK EST FIN FRA DEU GRC HUN IRL ITA LVA LTU LUX MLT NLD POL PRT ROU SVK"
    " SVN ESP SWE"
)
UNION = frozenset(_UNION.split())
"""Members of the European Union."""


def decide(matter: Matter) -> Ruling:
    """Hold the leading third country of each strategic element and stage against 65 %."""
    elements = listed_elements(matter, STRATEGIC)
    facts = (matter.material_fact(),)
    if not elements:
        return not_applicable(PARAGRAPH, "no strategic raw material in it (list recalled)", *facts)
    above = []
    for element in elements:
        for stage in matter.knowledge.chain(element):
            shares = matter.knowledge.shares(element, stage)
            third = [s for s in shares.shares if s.country not in UNION | {OTHER}] if shares else []
            lead = max(third, key=lambda s: s.share, default=None)
            if lead and lead.share > BENCHMARK:
                where = country_name(lead.country)
                above.append(f"{element} {stage} {lead.share:.0%} in {where}".replace("%", " %"))
    text = f"strategic by the recalled list: {', '.join(elements)}"
    if above:
        return review(PARAGRAPH, f"{text}; above 65 % of the world: {'; '.join(above)}", *facts)
    return review(PARAGRAPH, f"{text}; no stage with a known share above 65 %", *facts)


RULE = Rule(
    id="EU-CRMA-LIST",
    title="EU Critical Raw Materials Act: strategic materials and the 65 % benchmark",
    family="eu",
    kind=Kind.LIST,
    citation="Regulation (EU) 2024/1252, Art. 5, Annex I and II",
    effective_from=date(2024, 5, 23),
    effective_to=None,
    status="in force; lists recalled",
    page=__doc__ or "",
    decide=decide,
    clock=Clock.NONE,
)
