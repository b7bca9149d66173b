"""MOFCOM Announcement 1 of 2026: no dual-use items to Japanese military users or for military use.

**What it says.** From 2026-01-06 no dual-use item goes to Japanese military users, for military
use, or for anything that raises Japan's military capability; transfers through third countries are
liable.

**How it is judged.** As article 1 of announcement 46 of 2024, with Japan as destination. The text
is not country-wide: civil goods pass.

**What was read.** A translation of the text.
"""

from __future__ import annotations

from datetime import date

from bomrisk.compliance.control import listed
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.military import military_ban
from bomrisk.compliance.rule import Clock, Kind, Rule, Ruling

PARAGRAPH = "MOFCOM 1/2026"


def decide(matter: Matter) -> Ruling:
    """Ask for destination, end use, and whether the goods are listed."""
    return military_ban(matter, PARAGRAPH, "JPN", listed(matter), third_country_recalled=False)


RULE = Rule(
    id="CN-1-2026",
    title="China: no dual-use items to Japanese military users or uses",
    family="china",
    kind=Kind.CONTROL,
    citation="MOFCOM Announcement 1 of 2026",
    effective_from=date(2026, 1, 6),
    effective_to=None,
    status="in force; no end found",
    page=__doc__ or "",
    decide=decide,
    clock=Clock.SHIPMENT,
)
