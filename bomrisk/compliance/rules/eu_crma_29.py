"""Regulation (EU) 2024/1252, article 29: recycled content of magnets.

**What it says.** From 2027-05-24, or two years after the delegated act, products with more than 0.2
kg of magnets publish the recycled share of Nd, Dy, Pr, Tb, B, Sm, Ni and Co. Products primarily for
defence or space are outside articles 28 and 29.

**How it is judged.** REVIEW for civil goods that go to the Union; not applicable otherwise.

**What was read.** Nothing. **Only recalled:** all of it.
"""

from __future__ import annotations

from bomrisk.compliance.matter import Matter
from bomrisk.compliance.rule import Clock, Kind, Rule, Ruling
from bomrisk.compliance.union import union_goods

PARAGRAPH = "Regulation (EU) 2024/1252, Art. 29"


def decide(matter: Matter) -> Ruling:
    """Ask whether it is civil goods for the Union."""
    return union_goods(matter, PARAGRAPH, magnets=True)


RULE = Rule(
    id="EU-CRMA-29",
    title="EU Critical Raw Materials Act, Art. 29: recycled content of magnets",
    family="eu",
    kind=Kind.LIST,
    citation="Regulation (EU) 2024/1252, Art. 29",
    effective_from=None,
    effective_to=None,
    status="future; recalled",
    page=__doc__ or "",
    decide=decide,
    clock=Clock.NONE,
)
