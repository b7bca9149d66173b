"""NATO list of defence-critical raw materials, 2024.

**What it says.** Twelve: aluminium, beryllium, cobalt, gallium, germanium, graphite, lithium,
manganese, platinum, rare earths, titanium, tungsten.

**How it is judged.** A flag; nothing is violated. WATCH.

**What was read.** News reports with the full list.
"""

from __future__ import annotations

from datetime import date

from bomrisk.compliance.flag import flag
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.rule import Clock, Kind, Rule, Ruling

SEEN = (
    *("Al", "Be", "Co", "Ga", "Ge", "Li", "Mn", "Pt", "Ti", "W"),
    *(
        "Sc",
        "Y",
        "La",
        "Ce",
        "Pr",
        "Nd",
        "Sm",
        "Eu",
        "Gd",
        "Tb",
        "Dy",
        "Ho",
        "Er",
        "Tm",
        "Yb",
        "Lu",
    ),
)
RECALLED = ()


def decide(matter: Matter) -> Ruling:
    """Flag the elements that are on the list."""
    return flag(matter, "NATO, 2024-12-11", seen=SEEN, recalled=RECALLED)


RULE = Rule(
    id="REF-NATO-2024",
    title="NATO list of defence-critical raw materials, 2024",
    family="lists",
    kind=Kind.LIST,
    citation="NATO, 2024-12-11",
    effective_from=date(2024, 12, 11),
    effective_to=None,
    status="in force",
    page=__doc__ or "",
    decide=decide,
    clock=Clock.NONE,
)
