"""Materials, part rules, platforms and vendor grades, from the facts to the form of the project."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tools.knowledge import vendor_grades
from tools.knowledge.facts import grade, joined, rows, yaml_file
from tools.knowledge.families import FAMILIES
from tools.knowledge.writing import write_records, write_table


def build(facts: Path, data: Path, vendor_ids: dict[str, str]) -> None:
    """Write materials/*.json, families.csv, part_rules.json, platforms.json, grades and contradictions."""
    _materials(facts, data)
    _part_rules(facts, data)
    _platforms(facts, data)
    _grades(facts, data, vendor_ids)
    _contradictions(facts, data)


def _materials(facts: Path, data: Path) -> None:
    groups: dict[str, list[dict[str, Any]]] = {}
    for record in yaml_file(facts, "materials/materials.yaml")["materials"]:
        family = FAMILIES[record["class"]]
        groups.setdefault(family.group, []).append(_material(record))
    folder = data / "materials"
    folder.mkdir(exist_ok=True)
    for stale in folder.glob("*.json"):
        stale.unlink()
    for group, records in sorted(groups.items()):
        write_records(folder / f"{group}.json", records)
    write_table(
        data / "families.csv",
        ("family", "group", "product", "meaning"),
        (
            {"family": k, "group": f.group, "product": f.product, "meaning": f.meaning}
            for k, f in sorted(FAMILIES.items())
        ),
    )


def _material(record: dict[str, Any]) -> dict[str, Any]:
    composition = record["composition"]
    word, remark = grade(record["evidence"])
    ids = list(dict.fromkeys([record["source_id"], *(record.get("source_ids") or [])]))
    written: dict[str, Any] = {
        "id": record["id"],
        "name": record["name"],
        "family": record["class"],
        "form": record["form"],
        "density_g_cm3": record["density_g_cm3"],
        "basis": record["composition_basis"],
        "formula": record.get("formula"),
        "mixture": record.get("mixture"),
        "composition": {c["el"]: [c["min"], c["nominal"], c["max"]] for c in composition},
        "balance": [c["el"] for c in composition if c.get("balance")],
        "codes": {system: codes for system, codes in record["codes"].items() if codes},
        "synonyms": record["synonyms"],
        "patterns": record.get("grade_patterns") or [],
        "confirm": record.get("confirm") or [],
        "veto": record.get("veto") or [],
        "sources": ids,
        "evidence": word,
        "verified_fields": record["verified_fields"],
        "note": joined(record.get("note") or "", remark),
    }
    keep = {"id", "name", "family", "form", "density_g_cm3", "basis", "composition"}
    return {k: v for k, v in written.items() if k in keep or v not in (None, [], {}, "")}


def _part_rules(facts: Path, data: Path) -> None:
    written = []
    for rule in yaml_file(facts, "materials/part_inference.yaml")["rules"]:
        word, remark = grade(rule["evidence"])
        written.append(
            {
                "id": rule["id"],
                "part": rule["part"],
                "patterns": rule["patterns"],
                "negative_patterns": rule["negative_patterns"],
                "implies": [
                    {
                        "material": i["material_id"],
                        "basis": i["basis"],
                        "low": i["min"],
                        "likely": i["typical"],
                        "high": i["max"],
                        "confidence": i["confidence"],
                    }
                    for i in rule["implies"]
                ],
                "confidence": rule["confidence"],
                "sources": [rule["source_id"]],
                "evidence": word,
                "note": joined(rule["note"] or "", remark),
            }
        )
    write_records(data / "part_rules.json", written)


def _platforms(facts: Path, data: Path) -> None:
    written = [
        {
            "id": platform["id"],
            "name": platform["name"],
            "claims": [_claim(claim) for claim in platform["claims"]],
            "subsystems": [_subsystem(part) for part in platform["subsystems"]],
        }
        for platform in yaml_file(facts, "materials/platforms.yaml")["platforms"]
    ]
    write_records(data / "platforms.json", written)


def _claim(claim: dict[str, Any]) -> dict[str, Any]:
    word, remark = grade(claim["evidence"])
    low, high = claim.get("kg_range") or (claim["kg"], claim["kg"])
    return {
        "what": claim["what"],
        "kg_low": low,
        "kg_high": high,
        "lb": claim.get("lb"),
        "status": claim["status"],
        "sources": [claim["source_id"]],
        "evidence": word,
        "note": joined(claim.get("note") or "", remark),
    }


def _subsystem(part: dict[str, Any]) -> dict[str, Any]:
    word, remark = grade(part["evidence"])
    return {
        "subsystem": part["subsystem"],
        "materials": part["materials"],
        "sources": [part["source_id"]],
        "evidence": word,
        "note": joined(part.get("note") or "", remark),
    }


def _grades(facts: Path, data: Path, vendor_ids: dict[str, str]) -> None:
    written = []
    for row in rows(facts, "materials/grades.csv"):
        word, remark = grade(row["evidence"])
        written.append(
            {
                "vendor": row["vendor"],
                "grade": row["grade"],
                "family": row["family"],
                "bhmax": row["bhmax"],
                "bhmax_unit": row["bhmax_unit"],
                "hcj": row["hcj"],
                "max_temp_c": row["max_temp_c"],
                "material_id": row["maps_to"].replace("|", ";"),
                "source_ids": vendor_ids[row["source"]],
                "evidence": word,
                "note": remark,
            }
        )
    write_table(data / "grades.csv", tuple(written[0]), [*written, *vendor_grades.ROWS])


def _contradictions(facts: Path, data: Path) -> None:
    written = [
        {
            "material_id": row["material_id"],
            "field": row["field"],
            "element": row["element"],
            "here_low": row["yaml_min"],
            "here_likely": row["yaml_nominal"],
            "here_high": row["yaml_max"],
            "there_low": row["source_min"],
            "there_likely": row["source_value"],
            "there_high": row["source_max"],
            "source_ids": row["source_id"],
            "locator": row["locator"],
            "evidence_here": row["evidence_before"],
        }
        for row in rows(facts, "materials/contradictions.csv")
    ]
    write_table(data / "contradictions.csv", tuple(written[0]), written)
