"""MOFCOM/GACC Announcement 18 of 2025: seven rare earths and magnets that hold them.

**What it says.** From 2025-04-04 export from China to any destination needs a licence for each
shipment: metal, listed alloys, targets, oxides, compounds and mixtures of Sm, Gd, Tb, Dy, Lu, Sc
and Y; SmCo magnet material; NdFeB magnet material with Tb or Dy. Not Nd, Pr, La, Ce, nor NdFeB
without Tb and Dy. It was never suspended.

**How it is judged.** REVIEW where a licence is needed. Blocks, rings and tiles are magnets; motor
rotors, sensors and other deeply processed goods are generally out of scope (FAQ of 2025-09-16): not
applicable, and REVIEW for a military end use. NdFeB whose content is not stated is INCOMPLETE. Dy
and Tb of 0.1 % together usually clear, by trade practice and not by the text. Secondary sources
speak of a presumption of denial for military use; the notice does not.

**What was read.** Translations of the notice for Sm, Gd and Tb. **Only recalled:** the codes 1C905
to 1C908 for Dy, Lu, Sc and Y.
"""

from __future__ import annotations

from datetime import date

from bomrisk.compliance.control import EIGHTEEN, Scope, licence, rare_earth_scope
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.rule import Clock, Kind, Rule, Ruling

PARAGRAPH = "MOFCOM/GACC 18/2025"


def scope(matter: Matter) -> Scope:
    """Whether the goods are of the seven elements in a controlled form."""
    return rare_earth_scope(matter, EIGHTEEN)


def decide(matter: Matter) -> Ruling:
    """Ask what leaves China."""
    military = matter.contract.end_use == "military"
    note = "; denial is likely for a military end use (secondary sources)" if military else ""
    return licence(matter, PARAGRAPH, scope(matter), note)


RULE = Rule(
    id="CN-18-2025",
    title="China: licence for Sm, Gd, Tb, Dy, Lu, Sc, Y and magnets that hold them",
    family="china",
    kind=Kind.CONTROL,
    citation="MOFCOM/GACC Announcement 18 of 2025",
    effective_from=date(2025, 4, 4),
    effective_to=None,
    status="in force, never suspended",
    page=__doc__ or "",
    decide=decide,
    clock=Clock.SHIPMENT,
)
