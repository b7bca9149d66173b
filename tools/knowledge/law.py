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
        word, ids, remark = _rule_grade(row["evidence"])
        start, start_note = _day(row["effective_from"])
        end, end_note = _day(row["effective_to"])
        written.append(
            {
                "rule": row["rule_id"],
                "jurisdiction": row["jurisdiction"],
                "citation": row["citation"],
                "title": row["title"],
                "effective_from": start,
                "effective_to": end,
                "effective_note": joined(start_note, end_note),
                "status": row["status_on_2026-11-23"],
                "materials": row["materials"],
                "countries": _countries(row["countries"]),
                "stages": row["stages"],
                "evidence": word,
                "source_ids": ids,
                "note": remark,
            }
        )
    write_table(data / "rules.csv", tuple(written[0]), written)


def _rule_grade(text: str) -> tuple[str, str, str]:
    """Grade, sources and remark of a rule: what was only recalled, or seen second-hand, is recalled."""
    keys = list(dict.fromkeys(re.findall(r"\bS\d+\b", text)))
    remark = re.sub(r"\bSEEN S\d+(,\s?S\d+)*", "", text).strip(" ;,")
    remark = re.sub(r"^\((.*?)\)", r"\1", remark.replace("(secondary)", "secondary"))
    if not keys:
        return "recalled", "RECALL", remark.lower()
    weak = text.startswith("RECALLED") or "(secondary)" in text
    return (
        ("recalled" if weak else "verified"),
        ";".join(keys),
        remark.lower(),
    )


def _day(text: str) -> tuple[str, str]:
    """The day with which the text begins, and the whole text where it says more than a day."""
    found = re.match(r"\d{4}-\d{2}-\d{2}", text)
    day = found.group() if found else ""
    return day, "" if day == text else text


def _countries(text: str) -> str:
    codes = text.split(";")
    return ";".join(ISO3[c] for c in codes) if all(c in ISO3 for c in codes) else text


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
