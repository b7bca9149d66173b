"""Shares, plants, routes, prices and the other tables of supply, in the law's stage words."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from pathlib import Path

from bomrisk.tables import STAGES
from tools.knowledge.commodities import COLUMNS, chain_rows
from tools.knowledge.facts import (
    Row,
    commodity_stage,
    grade,
    joined,
    law_stages,
    rows,
    source_ids,
)
from tools.knowledge.writing import write_table

ROUNDED = 0.005
"""A published closed set may miss 1 by this much; beyond, it is kept and marked `rounded`."""

OWN_LINE = ("White Mesa heavy circuit", "Kuantan HRE plant", "Silmet HREE line", "Trail")
"""Updates that speak of one line or site of a plant, not of the whole: they stand beside it."""


UNITS = {
    "metric tons": "t",
    "metr. t": "t",
    "thousand metric tons": "kt",
    "thousand metric dry tons": "kt dry",
    "million metric tons": "Mt",
    "kilograms": "kg",
    "million cubic meters": "Mm3",
}


def unit(text: str) -> str:
    """One spelling per unit of mass or volume; a remark behind the unit stays."""
    return UNITS.get(text, text)


def build(facts: Path, data: Path) -> None:
    """Write every table of supply."""
    supply = facts / "supply"
    shares = _recommended(supply, data)
    _published(supply, data)
    _derived(supply, data)
    write_table(
        data / "commodities.csv",
        COLUMNS,
        chain_rows({(r["commodity"], r["stage"]) for r in shares}),
    )
    _stages(supply, data)
    _facilities(supply, data)
    _routes(supply, data)
    for name in (
        "elasticities",
        "import_reliance",
        "lead_times",
        "prices",
        "recycling_substitution",
        "stockpile",
        "wgi",
    ):
        _plain(supply, data, name)
    _groups(supply, data)
    _trade_factor(supply, data)


def _recommended(supply: Path, data: Path) -> list[Row]:
    written = []
    for row in rows(supply, "recommended_shares.csv"):
        commodity, stage = commodity_stage(row["commodity"], row["stage"])
        written.append(
            {
                "commodity": commodity,
                "stage": stage,
                "country": row["country_iso3"],
                "share": row["share"],
                "low": row["share_lo"],
                "high": row["share_hi"],
                "year": row["year"],
                "evidence": grade(row["evidence"])[0],
                "confidence": row["confidence"],
                "source_ids": source_ids(row["source_ids"]),
                "derivation": row["derivation"],
                "note": row["note"],
            }
        )
    _order(written)
    write_table(data / "shares.csv", tuple(written[0]), written)
    return written


def _published(supply: Path, data: Path) -> None:
    written = []
    sums: dict[tuple[str, ...], list[float]] = defaultdict(list)
    for row in rows(supply, "supply_shares.csv"):
        commodity, stage = commodity_stage(row["commodity"], row["stage"])
        entry = {
            "commodity": commodity,
            "stage": stage,
            "country": row["country_iso3"],
            "share": row["share"],
            "quantity": row["quantity"],
            "unit": unit(row["unit"]),
            "year": row["year"],
            "evidence": grade(row["evidence"])[0],
            "via": row["via"],
            "confidence": row["confidence"],
            "closed_set": row["closed_set"] if stage in STAGES else "no",
            "source_ids": source_ids(row["source_id"]),
            "note": row["note"],
        }
        written.append(entry)
        if row["share"]:
            sums[_published_key(entry)].append(float(row["share"]))
    for entry in written:
        total = math.fsum(sums[_published_key(entry)])
        if entry["closed_set"] == "yes" and abs(total - 1.0) > ROUNDED:
            entry["closed_set"] = "rounded"
    _order(written)
    write_table(data / "published_shares.csv", tuple(written[0]), written)


def _published_key(entry: Row) -> tuple[str, ...]:
    return tuple(entry[k] for k in ("commodity", "stage", "year", "source_ids", "closed_set"))


def _order(written: list[Row]) -> None:
    """By commodity, stage, year and source; the greatest share first, the remainder last."""
    written.sort(
        key=lambda r: (
            r["commodity"].lower(),
            r["stage"],
            r["year"],
            r["source_ids"] if "closed_set" in r else "",
            r.get("closed_set", ""),
            r["country"] == "OTH",
            -float(r["share"] or 0.0),
            r["country"],
        )
    )


def _derived(supply: Path, data: Path) -> None:
    written = []
    for row in rows(supply, "ree_element_mining_derived.csv"):
        commodity, stage = commodity_stage(row["element"], row["stage"])
        word, remark = grade(row["evidence"])
        written.append(
            {
                "commodity": commodity,
                "stage": stage,
                "country": row["country_iso3"],
                "share": row["share"],
                "low": row["share_lo"],
                "high": row["share_hi"],
                "contained_t": row["contained_t"],
                "year": row["year"],
                "evidence": word,
                "source_ids": "USGS_MCS2026;USGS_MYB2022",
                "derivation": joined(row["basis"], remark),
            }
        )
    _order(written)
    write_table(data / "derived_shares.csv", tuple(written[0]), written)


def _stages(supply: Path, data: Path) -> None:
    written = [
        {
            "stage": row["law_stage"],
            "source_word": row["file_stage"],
            "applies_to": row["applies_to"],
            "note": row["note"],
        }
        for row in rows(supply, "stage_map.csv")
    ]
    written.append(
        {
            "stage": "melted",
            "source_word": "metal",
            "applies_to": "steel",
            "note": "crude steel is melted; the data count it as metal",
        }
    )
    write_table(data / "stages.csv", tuple(written[0]), written)


def _facilities(supply: Path, data: Path) -> None:
    plants: dict[tuple[str, str], Row] = {}
    by_name: dict[str, Row] = {}
    for row in rows(supply, "facilities.csv"):
        entry = _plant(row, row["status_year"])
        plants[row["facility"], row["company"]] = entry
        by_name[row["facility"]] = entry
    for row in rows(supply, "facilities_updates.csv"):
        base = by_name.get(row["updates_facility"])
        entry = _plant(row, row["status_date"])
        entry["ramp_year"] = row["ramp_year"]
        if base is None or row["facility"] in OWN_LINE:
            entry["part_of"] = row["updates_facility"]
            plants[row["facility"], row["company"]] = entry
        else:
            _supersede(base, entry, row["facility"])
    written = sorted(plants.values(), key=lambda r: (r["country"], r["name"], r["company"]))
    write_table(data / "facilities.csv", tuple(written[0]), written)


def _plant(row: Row, status_date: str) -> Row:
    word, remark = grade(row["evidence"])
    return {
        "name": row["facility"],
        "company": row["company"],
        "country": row["country_iso3"],
        "location": row["location"],
        "stages": law_stages(row["stages"]),
        "products": row["products"],
        "status": row["status"],
        "status_date": status_date,
        "ramp_year": "",
        "capacity": row["nameplate"],
        "capacity_unit": row["unit"],
        "evidence": word,
        "source_ids": source_ids(row["source_id"]),
        "note": joined(row["note"].replace("in facilities.csv", "in another record"), remark),
        "part_of": "",
        "earlier_status": "",
        "earlier_status_date": "",
        "earlier_capacity": "",
        "earlier_evidence": "",
        "earlier_source_ids": "",
        "earlier_note": "",
    }


def _supersede(base: Row, update: Row, name: str) -> None:
    """Put the update in front; the earlier status, capacity, grade and source stay beside it."""
    earlier_capacity = f"{base['capacity']} {base['capacity_unit']}".strip()
    base.update(
        earlier_status=base["status"],
        earlier_status_date=base["status_date"],
        earlier_capacity=earlier_capacity,
        earlier_evidence=base["evidence"],
        earlier_source_ids=base["source_ids"],
        earlier_note=base["note"],
    )
    for key in ("company", "status", "status_date", "ramp_year", "evidence", "source_ids"):
        base[key] = update[key] or base[key]
    if update["capacity"]:
        base.update(capacity=update["capacity"], capacity_unit=update["capacity_unit"])
    reported = "" if name == base["name"] else f"the update is reported as {name}"
    base["note"] = joined(update["note"], reported, f"products in the update: {update['products']}")


def _routes(supply: Path, data: Path) -> None:
    for name, ids in (("routes", "source_id"), ("routes_constraints", "source_ids")):
        written = []
        for row in rows(supply, f"{name}.csv"):
            entry = {k: v for k, v in row.items() if k not in (ids, "evidence", "note")}
            word, remark = grade(row["evidence"])
            entry["from_stage"] = law_stages(row["from_stage"])
            entry["to_stage"] = law_stages(row["to_stage"])
            entry["evidence"] = word
            entry["source_ids"] = source_ids(row[ids])
            entry["note"] = joined(row["note"].replace("(events.csv)", "(see the events)"), remark)
            written.append(entry)
        write_table(data / f"{name}.csv", tuple(written[0]), written)


def _plain(supply: Path, data: Path, name: str) -> None:
    """A table that keeps its columns; only the source column gets the common name."""
    written = []
    for row in rows(supply, f"{name}.csv"):
        entry = dict(row)
        if "source_id" in entry:
            ids = source_ids(entry.pop("source_id"))
            entry = {k: v for k, v in entry.items() if k not in ("evidence", "note")}
            entry["source_ids"] = ids
            entry["evidence"] = grade(row["evidence"])[0]
            if "note" in row:
                entry["note"] = row["note"]
        if name == "import_reliance" and not _countries_with_percent(entry["import_sources"]):
            entry["note"] = joined(entry["note"], f"sources as named: {entry['import_sources']}")
            entry["import_sources"] = ""
        if name == "prices":
            entry["unit"] = entry["unit"].replace("mililiters", "milliliters")
        written.append(entry)
    write_table(data / f"{name}.csv", tuple(written[0]), written)


def _countries_with_percent(text: str) -> bool:
    return all(re.fullmatch(r"[A-Z]{2,5}:[\d.]+", pair) for pair in text.split(";") if pair)


def _groups(supply: Path, data: Path) -> None:
    written = [
        {
            "element": row["element"],
            "commodity": row["commodity_in_import_reliance"],
            "source_ids": "USGS_MCS2026",
            "note": row["note"],
        }
        for row in rows(supply, "import_reliance_groups.csv")
    ]
    write_table(data / "import_reliance_groups.csv", tuple(written[0]), written)


TRADE_FACTOR_KINDS = {
    "none": "none",
    "EU or allied internal trade": "internal",
    "export licence for all destinations": "licence",
    "export quota": "quota",
    "export ban to the buyer's country or use": "ban",
    "suspended control": "suspended",
}


def _trade_factor(supply: Path, data: Path) -> None:
    written = []
    for row in rows(supply, "trade_factor.csv"):
        word = grade(row["evidence"])[0]
        ids = "EU_CRM2017;EU_CRM2023_A7" + ("" if word == "verified" else ";BOMRISK")
        written.append(
            {
                "kind": TRADE_FACTOR_KINDS[row["control"]],
                "control": row["control"],
                "t_low": row["t_low"],
                "t_likely": row["t_likely"],
                "t_high": row["t_high"],
                "evidence": word,
                "source_ids": ids,
                "note": row["note"],
            }
        )
    write_table(data / "trade_factor.csv", tuple(written[0]), written)
