"""The law's tables: rule register, export controls, country sets, events, and the judged parameters."""

from __future__ import annotations

import re
from pathlib import Path

from tools.knowledge.controls import CONTROLS
from tools.knowledge.event_sources import EVENT_SOURCES
from tools.knowledge.facts import Row, grade, joined, law_stages, rows
from tools.knowledge.parameters import BANDS
from tools.knowledge.writing import write_table

ISO3 = {"CN": "CHN", "RU": "RUS", "KP": "PRK", "IR": "IRN", "US": "USA"}


def build(facts: Path, data: Path) -> None:
    """Write rules.csv, controls.csv, country_sets.csv, events.csv and bands.csv."""
    _rules(facts, data)
    write_table(data / "controls.csv", tuple(CONTROLS[0]), CONTROLS)
    _country_sets(facts, data)
    _events(facts, data)
    write_table(data / "bands.csv", tuple(BANDS[0]), BANDS)


def _rules(facts: Path, data: Path) -> None:
    written = []
    for row in rows(facts, "rules/rules.csv"):
        text = row["evidence"]
        keys = re.findall(r"\bS\d+\b", text)
        written.append(
            {
                "rule": row["rule_id"],
                "jurisdiction": row["jurisdiction"],
                "citation": row["citation"],
                "title": row["title"],
                "effective_from": row["effective_from"],
                "effective_to": row["effective_to"],
                "status": row["status_on_2026-11-23"],
                "materials": row["materials"],
                "countries": row["countries"],
                "stages": row["stages"],
                "evidence": "verified" if keys else "recalled",
                "source_ids": ";".join(dict.fromkeys(keys)) or "RECALL",
                "note": text.lower(),
            }
        )
    write_table(data / "rules.csv", tuple(written[0]), written)


def _country_sets(facts: Path, data: Path) -> None:
    written = []
    for row in rows(facts, "rules/country_sets.csv"):
        entry = _country_set(row)
        written.append(entry)
    write_table(data / "country_sets.csv", tuple(written[0]), written)


def _country_set(row: Row) -> Row:
    name = row["set"]
    citation, ids, word = row["citation"], "S1;S2", "verified"
    if name == "review_4872":
        citation, ids = "not named in DFARS 225.7001 or 10 USC 4872", "S1;S2"
    elif name == "china":
        citation, ids, word = "China with its special administrative regions", "BOMRISK", "derived"
    elif name == "qualifying_7009":
        ids = "S1"
    elif name == "nato":
        citation, ids, word = "NATO members in 2026", "RECALL", "recalled"
    return {
        "set": name,
        "country": row["iso3"],
        "since": row["since"],
        "until": row["until"],
        "citation": citation,
        "evidence": word,
        "source_ids": ids,
        "note": row["note"],
    }


def _events(facts: Path, data: Path) -> None:
    written = []
    for row in rows(facts, "events.csv"):
        word, remark = grade(row["evidence"])
        ids = EVENT_SOURCES[row["date"], row["title"][:24]]
        written.append(
            {
                "date": row["date"],
                "kind": row["kind"],
                "title": row["title"],
                "countries": row["countries"],
                "elements": row["elements"],
                "stages": law_stages(row["stages"]),
                "effect": row["effect"],
                "evidence": word,
                "source_ids": ids,
                "note": joined(remark, _remark(row["source"])),
            }
        )
    write_table(data / "events.csv", tuple(written[0]), written)


def _remark(source: str) -> str:
    """What the source column says about how the source was seen."""
    for words, remark in (
        ("headline only", "secondary source or headline only"),
        ("primary paper not read", "primary paper not read"),
        ("(secondary)", "secondary source"),
    ):
        if words in source:
            return remark
    return ""
