"""Exception to the specialty-metals rule: items manufactured in a qualifying country.

**What it says.** An item that was manufactured in a qualifying country of DFARS 225.003 is exempt,
whatever the melt. The 28 countries leave out Korea, India, Vietnam, Malaysia, Thailand, Brazil,
Chile, Kazakhstan, South Africa and Taiwan. For SmCo this exempts from this rule alone: 10 USC 4872
knows no qualifying country (PGI 225.7003-3(b)(6)(C)).

**How it is judged.** By a stated country of manufacture of the item. That a magnet was sintered or
magnetized there is not taken for it.

**Paragraph.** DFARS 225.7003-3(b)(4), 225.003; clause (c)(4).

**What was read.** All of it, in the official copy of 2025-11-20.
"""

from __future__ import annotations

from bomrisk.compliance.matter import Matter
from bomrisk.compliance.rule import Clock, Kind, Rule, Ruling, exempt, not_applicable

PARAGRAPH = "225.7003-3(b)(4); 252.225-7009(c)(4)"


def decide(matter: Matter) -> Ruling:
    """Ask where the item was manufactured."""
    place = matter.places.get("manufactured")
    if place and matter.whole("manufactured", matter.sets.qualifying):
        return exempt(PARAGRAPH, f"{place}, a qualifying country", *matter.place_facts())
    return not_applicable(PARAGRAPH, "not stated to be manufactured in a qualifying country")


RULE = Rule(
    id="US-DFARS-7003-X-QC",
    title="Exception: items manufactured in a qualifying country",
    family="7003",
    kind=Kind.EXCEPTION,
    citation="DFARS 225.7003-3(b)(4); 252.225-7009(c)(4)",
    effective_from=None,
    effective_to=None,
    status="in force",
    page=__doc__ or "",
    decide=decide,
    clock=Clock.NONE,
)
