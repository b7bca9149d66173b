"""From the records and rows of the data files to the values of `model`."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from bomrisk.knowledge.model import (
    Constituent,
    CountrySet,
    CountryShare,
    Event,
    Evidence,
    ExportControl,
    Facility,
    Implied,
    Material,
    PartRule,
    ShareSet,
    Source,
)

Row = Mapping[str, str]

_GRADES = {grade.value: grade for grade in Evidence}


def read_table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV table as text."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_records(path: Path) -> list[dict[str, Any]]:
    """The records of a JSON file."""
    records: list[dict[str, Any]] = json.loads(path.read_bytes())
    return records


def parts(text: str) -> tuple[str, ...]:
    """The parts of a text with ';' between."""
    return tuple(part for part in text.split(";") if part)


def material(record: Mapping[str, Any]) -> Material:
    """A material from its record."""
    balance = record.get("balance", ())
    return Material(
        id=record["id"],
        name=record["name"],
        family=record["family"],
        form=record["form"],
        density_g_cm3=record["density_g_cm3"],
        basis=record["basis"],
        composition=tuple(
            Constituent(element, low, likely, high, element in balance)
            for element, (low, likely, high) in record["composition"].items()
        ),
        codes=tuple(
            (system, code) for system, codes in record.get("codes", {}).items() for code in codes
        ),
        synonyms=tuple(record.get("synonyms", ())),
        patterns=tuple(record.get("patterns", ())),
        confirm=tuple(record.get("confirm", ())),
        veto=tuple(record.get("veto", ())),
        formula=record.get("formula"),
        source_ids=tuple(record["sources"]),
        evidence=_GRADES[record["evidence"]],
        verified_fields=tuple(record.get("verified_fields", ())),
        note=record.get("note", ""),
        mixture=record.get("mixture", ""),
    )


def part_rule(record: Mapping[str, Any]) -> PartRule:
    """A part rule from its record."""
    return PartRule(
        id=record["id"],
        part=record["part"],
        patterns=tuple(record["patterns"]),
        negative_patterns=tuple(record["negative_patterns"]),
        implies=tuple(
            Implied(i["material"], i["basis"], i["low"], i["likely"], i["high"], i["confidence"])
            for i in record["implies"]
        ),
        confidence=record["confidence"],
        source_ids=tuple(record["sources"]),
        evidence=_GRADES[record["evidence"]],
        note=record["note"],
    )


def source(row: Row) -> Source:
    """A source from its row."""
    return Source(
        row["id"],
        row["title"],
        row["publisher"],
        row["year"],
        row["locator"],
        row["seen"],
        row["kind"],
    )


def country_share(row: Row) -> CountryShare:
    """One country's share; where no range is given it is the share itself."""
    share = float(row["share"])
    return CountryShare(
        row["country"],
        share,
        float(row.get("low") or share),
        float(row.get("high") or share),
        row["year"],
        _GRADES[row["evidence"]],
        parts(row["source_ids"]),
        row.get("note", ""),
        row.get("confidence", ""),
    )


def recommended_sets(rows: Iterable[Row]) -> dict[tuple[str, str], ShareSet]:
    """The recommended set of each (commodity, stage); rows of a set stand together."""
    sets = {}
    for (commodity, stage), group in groupby(rows, key=lambda r: (r["commodity"], r["stage"])):
        members = list(group)
        sets[commodity, stage] = ShareSet(
            commodity,
            stage,
            _years(members),
            tuple(country_share(row) for row in members),
            "; ".join(dict.fromkeys(r["derivation"] for r in members if r["derivation"])),
        )
    return sets


def proxy_set(host: ShareSet, commodity: str, stage: str) -> ShareSet:
    """The set of another commodity, taken for a step that has none of its own: at best derived."""
    shares = tuple(
        replace(
            share, evidence=Evidence.weakest([share.evidence, Evidence.DERIVED]) or share.evidence
        )
        for share in host.shares
    )
    why = f"taken from {host.commodity} {host.stage}: no set of its own is published"
    derivation = f"{host.derivation}; {why}" if host.derivation else why
    return replace(host, commodity=commodity, stage=stage, shares=shares, derivation=derivation)


def _years(members: list[Row]) -> str:
    years = sorted({row["year"] for row in members})
    return years[0] if len(years) == 1 else f"{years[0]}-{years[-1]}"


ROUNDED = (
    "published figures are rounded or incomplete: they sum to {total:.3f}, and stay as published"
)


def published_sets(rows: Iterable[Row]) -> list[ShareSet]:
    """The complete sets that a source published, one per commodity, stage, year and source."""
    sets = []
    complete = (
        r for r in rows if r["share"] and r["closed_set"] != "no" and r["country"] != "WORLD"
    )
    for key, group in groupby(
        complete, key=lambda r: (r["commodity"], r["stage"], r["year"], r["source_ids"])
    ):
        members = list(group)
        total = sum(float(row["share"]) for row in members)
        rounded = members[0]["closed_set"] == "rounded"
        sets.append(
            ShareSet(
                key[0],
                key[1],
                key[2],
                tuple(country_share(row) for row in members),
                ROUNDED.format(total=total) if rounded else "",
                recommended=False,
            )
        )
    return sets


def derived_sets(rows: Iterable[Row]) -> list[ShareSet]:
    """The element sets that were derived from tonnes and assays, one per element and year."""
    sets = []
    for key, group in groupby(rows, key=lambda r: (r["commodity"], r["stage"], r["year"])):
        members = list(group)
        shares = tuple(country_share(row) for row in members)
        sets.append(ShareSet(*key, shares, members[0]["derivation"], recommended=False))
    return sets


def facility(row: Row) -> Facility:
    """A plant with its latest status; what was said before stands behind the newer note."""
    before = f"before, {row['earlier_status_date']}: {row['earlier_note']}"
    notes = (row["note"], before if row["earlier_note"] else "")
    return Facility(
        name=row["name"],
        company=row["company"],
        country=row["country"],
        location=row["location"],
        stages=parts(row["stages"]),
        products=row["products"],
        status=row["status"],
        status_date=row["status_date"],
        capacity=f"{row['capacity']} {row['capacity_unit']}".strip(),
        evidence=_GRADES[row["evidence"]],
        source_ids=parts(row["source_ids"]),
        note="; ".join(note for note in notes if note),
        part_of=row["part_of"],
        earlier_status=row["earlier_status"],
        earlier_status_date=row["earlier_status_date"],
    )


def event(row: Row) -> Event:
    """A dated event."""
    return Event(
        date.fromisoformat(row["date"]),
        row["kind"],
        row["title"],
        parts(row["countries"]),
        parts(row["elements"]),
        parts(row["stages"]),
        row["effect"],
        _GRADES[row["evidence"]],
        parts(row["source_ids"]),
        row["note"],
    )


def control(row: Row) -> ExportControl:
    """An export control with its windows of suspension."""
    windows = [window.split("/") for window in parts(row["suspensions"])]
    return ExportControl(
        id=row["id"],
        state=row["state"],
        title=row["title"],
        elements=parts(row["elements"]),
        buyers=parts(row["buyers"]),
        end_use=row["end_use"],
        kind=row["kind"],
        trade_factor=row["trade_factor"],
        effective_from=date.fromisoformat(row["effective_from"]),
        effective_to=date.fromisoformat(row["effective_to"]) if row["effective_to"] else None,
        suspensions=tuple((date.fromisoformat(a), date.fromisoformat(b)) for a, b in windows),
        status=row["status"],
        citation=row["citation"],
        evidence=_GRADES[row["evidence"]],
        source_ids=parts(row["source_ids"]),
        note=row["note"],
    )


def country_sets(rows: Iterable[Row]) -> dict[str, CountrySet]:
    """The named sets; the citation and the notes of their members are joined."""
    sets = {}
    for name, group in groupby(rows, key=lambda r: r["set"]):
        members = list(group)
        sets[name] = CountrySet(
            name,
            frozenset(row["country"] for row in members),
            "; ".join(dict.fromkeys(row["citation"] for row in members if row["citation"])),
            "; ".join(dict.fromkeys(row["note"] for row in members if row["note"])),
        )
    return sets
