"""Regulation (EU) 2024/1252, article 24: supply-chain risk assessment of large companies.

**What it says.** Member States name, by 2025-05-24, companies of more than 500 staff and 150
million euro turnover that use strategic materials in listed technologies; these assess their supply
chain at least every three years. Products primarily for defence or space are outside articles 28
and 29.

**How it is judged.** REVIEW for civil goods that go to the Union; not applicable otherwise.

**What was read.** Nothing. **Only recalled:** all of it.
"""

from __future__ import annotations

from datetime import date

from bomrisk.compliance.matter import Matter
from bomrisk.compliance.rule import Clock, Kind, Rule, Ruling
from bomrisk.compliance.union import union_goods

PARAGRAPH = "Regulation (EU) 2024/1252, Art. 24"


def decide(matter: Matter) -> Ruling:
    """Ask whether it is civil goods for the Union."""
    return union_goods(matter, PARAGRAPH, magnets=False)


RULE = Rule(
    id="EU-CRMA-24",
    title="EU Critical Raw Materials Act, Art. 24: supply-chain risk assessment of large companies",
    family="eu",
    kind=Kind.LIST,
    citation="Regulation (EU) 2024/1252, Art. 24",
    effective_from=date(2025, 5, 24),
    effective_to=None,
    status="in force; recalled",
    page=__doc__ or "",
    decide=decide,
    clock=Clock.NONE,
)
