"""Chinese export controls on elements and goods, with the days on which they bind.

Written by hand from the register of rules: which elements, whose buyers, what end use, from when, and
the windows in which a control is suspended (start/end, both included). After the formal end of the
October 2025 suspension an extension to 2027-01-10 was announced without a notice that could be found;
it stands as a second window, and the note says so.
"""

from __future__ import annotations

from tools.knowledge.facts import Row

LISTED = "Sm;Gd;Tb;Dy;Lu;Sc;Y;Ga;Ge;Sb;W;Te;Bi;Mo;In;graphite"
"""Commodities on the control list by the announcements of 2023 to 2025 that bind."""

TRUCE = "2025-11-07/2026-11-10;2026-11-11/2027-01-10"
TRUCE_NOTE = (
    "suspended by No. 70 of 2025 until 2026-11-10; an extension to 2027-01-10 was announced, but no"
    " formal notice was found: watch"
)


def _control(
    identity: str,
    title: str,
    elements: str,
    kind: str,
    start: str,
    *,
    trade_factor: str = "",
    buyers: str = "",
    end_use: str = "any",
    suspensions: str = "",
    status: str = "in force",
    citation: str,
    evidence: str = "verified",
    sources: str,
    note: str = "",
) -> Row:
    return {
        "id": identity,
        "state": "CHN",
        "title": title,
        "elements": elements,
        "buyers": buyers,
        "end_use": end_use,
        "kind": kind,
        "trade_factor": trade_factor or kind,
        "effective_from": start,
        "effective_to": "",
        "suspensions": suspensions,
        "status": status,
        "citation": citation,
        "evidence": evidence,
        "source_ids": sources,
        "note": note,
    }


CONTROLS = [
    _control(
        "CN-23-2023",
        "Gallium and germanium",
        "Ga;Ge",
        "licence",
        "2023-08-01",
        citation="MOFCOM/GACC Announcement 23 of 2023",
        sources="S15",
    ),
    _control(
        "CN-39-2023",
        "Graphite: high-grade synthetic and natural flake",
        "graphite",
        "licence",
        "2023-12-01",
        citation="MOFCOM/GACC Announcement 39 of 2023",
        evidence="recalled",
        sources="RECALL",
        note="title seen; date recalled",
    ),
    _control(
        "CN-TECH-2023",
        "Rare earth extraction, separation, metal, alloy and magnet technology",
        "Sc;Y;La;Ce;Pr;Nd;Sm;Eu;Gd;Tb;Dy;Ho;Er;Tm;Yb;Lu",
        "technology",
        "2023-12-21",
        trade_factor="none",
        citation="Catalogue of technologies prohibited or restricted for export, 2023-12-21",
        sources="S18",
        note="binds technology, not goods: it slows other suppliers and stops no shipment",
    ),
    _control(
        "CN-33-2024",
        "Antimony",
        "Sb",
        "licence",
        "2024-09-15",
        citation="MOFCOM/GACC Announcement 33 of 2024",
        sources="S15",
        note="also superhard materials",
    ),
    _control(
        "CN-46-2024-1",
        "Dual-use items to US military users and uses",
        LISTED,
        "ban",
        "2024-12-03",
        buyers="USA",
        end_use="military",
        citation="MOFCOM Announcement 46 of 2024, Art. 1",
        sources="S13;S15",
        note="names all dual-use items; the elements are those on the control list by the"
        " announcements of 2023 to 2025 that bind. Never suspended",
    ),
    _control(
        "CN-46-2024-2",
        "Gallium, germanium, antimony and superhard materials to the US; graphite checks",
        "Ga;Ge;Sb",
        "ban",
        "2024-12-03",
        buyers="USA",
        suspensions="2025-11-09/2026-11-27",
        status="suspended to 2026-11-27; extension not found",
        citation="MOFCOM Announcement 46 of 2024, Art. 2; No. 72 of 2025",
        sources="S13",
        note="in principle no licence; treated as active from 2026-11-28",
    ),
    _control(
        "CN-10-2025",
        "Tungsten, tellurium, bismuth, molybdenum and indium items",
        "W;Te;Bi;Mo;In",
        "licence",
        "2025-02-04",
        citation="MOFCOM/GACC Announcement 10 of 2025",
        sources="S17",
        note="items by parameter: APT, oxides, carbide, W and alloys of 97 % W and more, heavy alloy"
        " above 17.5 g/cm3, Mo powder, InP, indium organics",
    ),
    _control(
        "CN-18-2025",
        "Samarium, gadolinium, terbium, dysprosium, lutetium, scandium, yttrium and magnets that hold them",
        "Sm;Gd;Tb;Dy;Lu;Sc;Y",
        "licence",
        "2025-04-04",
        citation="MOFCOM/GACC Announcement 18 of 2025",
        sources="S11;S15;S20",
        note="metal, listed alloys, targets, oxides, compounds; SmCo magnets; NdFeB with Tb or Dy. Not Nd,"
        " Pr, La, Ce. Motors and other deeply processed goods are out of scope (FAQ of 2025-09-16)."
        " Trade reports speak of denial for military use",
    ),
    _control(
        "CN-QUOTA-2025",
        "Total control of mining and separation, imported ore included",
        "La;Ce;Pr;Nd;Sm;Eu;Gd;Tb;Dy;Ho;Er;Tm;Yb;Lu;Y",
        "quota",
        "2025-08-22",
        trade_factor="none",
        citation="MIIT/NDRC/MNR interim measures of 2025-08-22",
        sources="S19",
        note="a production quota, not an export quota: no trade factor; volumes of 2025 not public",
    ),
    _control(
        "CN-61-2025",
        "Rare earth items made abroad with Chinese content or technology",
        "Sm;Gd;Tb;Dy;Lu;Sc;Y",
        "licence",
        "2025-12-01",
        trade_factor="suspended",
        suspensions=TRUCE,
        status="suspended",
        citation="MOFCOM Announcement 61 of 2025",
        sources="S12;S13;S9",
        note=f"0.1 % value rule; paragraph (3) was to bind on 2025-10-09. {TRUCE_NOTE}",
    ),
    _control(
        "CN-62-2025",
        "Rare earth technology and assistance",
        "Sc;Y;La;Ce;Pr;Nd;Sm;Eu;Gd;Tb;Dy;Ho;Er;Tm;Yb;Lu",
        "technology",
        "2025-10-09",
        trade_factor="none",
        suspensions=TRUCE,
        status="suspended",
        citation="MOFCOM Announcement 62 of 2025",
        sources="S12;S13;S9",
        note=f"binds technology, not goods. {TRUCE_NOTE}",
    ),
    _control(
        "CN-56-2025",
        "Rare earth production equipment and auxiliaries",
        "Sc;Y;La;Ce;Pr;Nd;Sm;Eu;Gd;Tb;Dy;Ho;Er;Tm;Yb;Lu",
        "technology",
        "2025-11-08",
        trade_factor="none",
        suspensions=TRUCE,
        status="suspended",
        citation="MOFCOM/GACC Announcement 56 of 2025",
        sources="S13;S9",
        note=f"binds equipment and reagents, not the metals. {TRUCE_NOTE}",
    ),
    _control(
        "CN-57-2025",
        "Holmium, erbium, thulium, europium and ytterbium",
        "Ho;Er;Tm;Eu;Yb",
        "licence",
        "2025-11-08",
        trade_factor="suspended",
        suspensions=TRUCE,
        status="suspended",
        citation="MOFCOM/GACC Announcement 57 of 2025",
        sources="S11;S13;S9",
        note=f"never applied. {TRUCE_NOTE}",
    ),
    _control(
        "CN-58-2025",
        "Lithium batteries, cathode material and artificial graphite anode",
        "Li;graphite",
        "licence",
        "2025-11-08",
        trade_factor="suspended",
        suspensions=TRUCE,
        status="suspended",
        citation="MOFCOM/GACC Announcement 58 of 2025",
        evidence="recalled",
        sources="S13;S14;RECALL",
        note=f"cells of 300 Wh/kg and more, LFP cathode, graphite anode; start date recalled. {TRUCE_NOTE}",
    ),
    _control(
        "CN-1-2026",
        "Dual-use items to Japanese military users and uses, third countries included",
        LISTED,
        "ban",
        "2026-01-06",
        buyers="JPN",
        end_use="military",
        citation="MOFCOM Announcement 1 of 2026",
        sources="S16",
        note="names all dual-use items; no end found",
    ),
]
