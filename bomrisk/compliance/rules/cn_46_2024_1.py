"""MOFCOM Announcement 46 of 2024, article 1: no dual-use items to US military users or for military use.

**What it says.** Export of dual-use items to military users in the United States, or for military
use there, is prohibited from 2024-12-03. No. 72 of 2025 suspended article 2 only.

**How it is judged.** FAIL for goods that one of the announcements lists, shipped from China to the
United States for a military end use. Whether other goods are dual-use is not known here. A deeply
processed good is REVIEW. Goods that were last made in China and come from a third country are
REVIEW: liability for transfers is only recalled. An end use that is not stated is INCOMPLETE.

**What was read.** Secondary sources. **Only recalled:** the liability of third-country transfers.
"""

from __future__ import annotations

from datetime import date

from bomrisk.compliance.control import listed
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.military import military_ban
from bomrisk.compliance.rule import Clock, Kind, Rule, Ruling

PARAGRAPH = "MOFCOM 46/2024, Art. 1"


def decide(matter: Matter) -> Ruling:
    """Ask for destination, end use, and whether the goods are listed."""
    return military_ban(matter, PARAGRAPH, "USA", listed(matter), third_country_recalled=True)


RULE = Rule(
    id="CN-46-2024-1",
    title="China: no dual-use items to US military users or uses",
    family="china",
    kind=Kind.CONTROL,
    citation="MOFCOM Announcement 46 of 2024, Art. 1",
    effective_from=date(2024, 12, 3),
    effective_to=None,
    status="in force, never suspended",
    page=__doc__ or "",
    decide=decide,
    clock=Clock.SHIPMENT,
)
