"""One register of sources: documents and data sets, and what was seen of each."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

from tools.knowledge import vendor_grades
from tools.knowledge.facts import Row, rows
from tools.knowledge.law_sources import LAW_SOURCES
from tools.knowledge.writing import write_table

COLUMNS = ("id", "kind", "title", "publisher", "year", "locator", "seen")

RECALLED = frozenset({"R0", "RECALL", "EXPERT_RECALL", "EU_CRM2020_RECALL", "JUDGEMENT_CAPACITY"})
"""Sources that are no document: known, not checked."""

UNSAID = "cited; what of it was seen is not recorded"

OWN = [
    {
        "id": "BOMRISK",
        "kind": "recalled",
        "title": "Definition or judgement of this project",
        "publisher": "bomrisk",
        "year": "2026",
        "locator": "docs/data-sources.md",
        "seen": "a choice, open to change; not a finding",
    },
    {
        "id": "EVENTS",
        "kind": "document",
        "title": "The timeline of this knowledge: each event names its own sources",
        "publisher": "bomrisk",
        "year": "2026",
        "locator": "table events",
        "seen": "see the event of the same date",
    },
    {
        "id": "ENCYCLOPEDIA_MOUNTAIN_PASS",
        "kind": "document",
        "title": "Public encyclopedia text on the Mountain Pass mine",
        "publisher": "public encyclopedia",
        "year": "",
        "locator": "entry Mountain Pass Rare Earth Mine",
        "seen": "text on the 2010 dispute, the bankruptcy of 2015 and the restart",
    },
    {
        "id": "PRESS_REGIONAL_2021",
        "kind": "document",
        "title": "Regional press on the return of Mountain Pass to operation",
        "publisher": "regional press",
        "year": "2021",
        "locator": "no address kept",
        "seen": "article text; supports the restart of 2017-2018",
    },
    {
        "id": "FORTUNE_REEX_2025-04-18",
        "kind": "document",
        "title": "MP Materials halts shipments of concentrate to China",
        "publisher": "Fortune, via Rare Earth Exchanges",
        "year": "2025",
        "locator": "rareearthexchanges.com, 2025-04-18",
        "seen": "article that quotes the company",
    },
    {
        "id": "NEWS_SUSPENSIONS_2025-11",
        "kind": "document",
        "title": "Press on MOFCOM Nos. 70 and 72 of 2025 (suspensions)",
        "publisher": "World Journal; United Daily News; Fastmarkets",
        "year": "2025",
        "locator": "worldjournal.com 121474/9125678; udn.com 7331/9128338; fastmarkets.com",
        "seen": "articles that quote the notices",
    },
]


def vendor_source_ids(facts: Path) -> dict[str, str]:
    """The source id of each place that a vendor grade cites, by the place as cited."""
    known = {row["url_or_ref"]: row["source_id"] for row in rows(facts, "materials/sources.csv")}
    ids: dict[str, str] = {}
    for row in rows(facts, "materials/grades.csv"):
        place = row["source"]
        if place not in ids:
            ids[place] = known.get(place) or _vendor_id(place, set(ids.values()))
    return ids


def _vendor_id(place: str, taken: set[str]) -> str:
    host = urlsplit(place).hostname if "://" in place else place
    word = re.sub(r"^(www|en|pl|ja)\.", "", host or place)
    word = re.sub(r"\.(com|net|org|info|ch)$", "", word)
    base = "G_" + re.sub(r"[^A-Za-z0-9]+", "_", word).strip("_").upper()
    name, count = base, 1
    while name in taken:
        count += 1
        name = f"{base}_{count}"
    return name


def build(facts: Path, data: Path, vendor_ids: dict[str, str]) -> None:
    """Write sources.csv from the registers of supply, materials and law, and the vendors' pages."""
    written = [*OWN, *LAW_SOURCES, *vendor_grades.SOURCES]
    own = {row["id"] for row in OWN}
    written += [
        {
            "id": row["source_id"],
            "kind": "recalled" if row["source_id"] in RECALLED else "document",
            "title": row["title"],
            "publisher": row["publisher"].strip("-"),
            "year": row["year"].strip("-"),
            "locator": row["url"],
            "seen": row["what_was_seen"] or UNSAID,
        }
        for row in rows(facts, "supply/sources.csv")
        if row["source_id"] not in own
    ]
    written += [_material_source(row) for row in rows(facts, "materials/sources.csv")]
    known = {row["id"] for row in written}
    for place, name in vendor_ids.items():
        if name not in known:
            written.append(
                {
                    "id": name,
                    "kind": "document",
                    "title": "Table of magnet grades",
                    "publisher": urlsplit(place).hostname or "",
                    "year": "",
                    "locator": place,
                    "seen": "table of grades",
                }
            )
    written.sort(key=lambda row: row["id"])
    write_table(data / "sources.csv", COLUMNS, written)


def _material_source(row: Row) -> Row:
    locator = row["url_or_ref"]
    recalled = row["source_id"] in RECALLED
    return {
        "id": row["source_id"],
        "kind": "recalled" if recalled else "document",
        "title": row["what_it_supports"],
        "publisher": "" if recalled else _publisher(locator, row["kind"]),
        "year": "",
        "locator": "" if recalled else locator,
        "seen": f"{row['how_seen']}; reliability {row['reliability']}".removeprefix("-; "),
    }


def _publisher(locator: str, kind: str) -> str:
    if locator.startswith("github:"):
        return locator.removeprefix("github:").split("@")[0]
    host = urlsplit(locator.partition(" ")[0]).hostname
    return (host or kind).removeprefix("www.")
