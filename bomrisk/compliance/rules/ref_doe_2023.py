"""DOE critical materials for energy, 2023.

**What it says.** Eighteen: aluminium, cobalt, copper, dysprosium, electrical steel, fluorine,
gallium, iridium, lithium, magnesium, graphite, neodymium, nickel, platinum, praseodymium, silicon,
silicon carbide, terbium.

**How it is judged.** A flag; nothing is violated. REVIEW: the list is only recalled.

**What was read.** Nothing. **Only recalled:** the list and its month.
"""

from __future__ import annotations

from datetime import date

from bomrisk.compliance.flag import flag
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.rule import Clock, Kind, Rule, Ruling

SEEN = ()
RECALLED = ("Al", "Co", "Cu", "Dy", "F", "Ga", "Ir", "Li", "Mg", "Nd", "Ni", "Pt", "Pr", "Si", "Tb")


def decide(matter: Matter) -> Ruling:
    """Flag the elements that are on the list."""
    return flag(matter, "DOE Critical Materials Assessment 2023", seen=SEEN, recalled=RECALLED)


RULE = Rule(
    id="REF-DOE-2023",
    title="DOE critical materials for energy, 2023",
    family="lists",
    kind=Kind.LIST,
    citation="DOE Critical Materials Assessment 2023",
    effective_from=date(2023, 7, 1),
    effective_to=None,
    status="in force; date and list recalled",
    page=__doc__ or "",
    decide=decide,
    clock=Clock.NONE,
)
