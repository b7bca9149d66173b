"""USGS list of critical minerals, 2025.

**What it says.** Sixty minerals: the fifty of 2022 and boron, copper, lead, metallurgical coal,
phosphate, potash, rhenium, silicon, silver and uranium; arsenic and tellurium were kept.

**How it is judged.** A flag; nothing is violated. WATCH for an element that was read, REVIEW where
only recalled ones are in it.

**What was read.** News of the list: the count, the ten additions, As and Te. **Only recalled:** the
fifty of 2022.
"""

from __future__ import annotations

from datetime import date

from bomrisk.compliance.flag import flag
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.rule import Clock, Kind, Rule, Ruling

SEEN = ("B", "Cu", "Pb", "P", "K", "Re", "Si", "Ag", "U", "As", "Te")
_RECALLED = (
    "Al Sb Ba Be Bi Ce Cs Cr Co Dy Er Eu F Gd Ga Ge C Hf Ho In Ir La Li Lu Mg Mn Nd Ni Nb Pd Pt Pr"
    " Rh Rb Ru Sm Sc Ta Tb Tm Sn Ti W V Yb Y Zn Zr"
)
RECALLED = tuple(_RECALLED.split())


def decide(matter: Matter) -> Ruling:
    """Flag the elements that are on the list."""
    return flag(matter, "USGS final list, 2025-11-07", seen=SEEN, recalled=RECALLED)


RULE = Rule(
    id="REF-USGS-2025",
    title="USGS list of critical minerals, 2025",
    family="lists",
    kind=Kind.LIST,
    citation="USGS final list, 2025-11-07",
    effective_from=date(2025, 11, 7),
    effective_to=None,
    status="in force",
    page=__doc__ or "",
    decide=decide,
    clock=Clock.NONE,
)
