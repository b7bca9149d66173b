"""Small assessments, built by hand: the reports of the tests are rendered from these.

Shares, compositions and events are taken from the project's knowledge as it was when the tests were
written, shortened; lines, suppliers and part numbers are illustrative.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from bomrisk.assessment import (
    Assessment,
    InputFile,
    KnowledgeUsed,
    Meta,
    TableRead,
    answer_of,
)
from bomrisk.assessment.sums import Sums
from bomrisk.compliance import ContractFacts
from bomrisk.tables import (
    CARDS,
    CASES,
    COMPOSITIONS,
    CONTENTS,
    EVENTS,
    EXCLUDED,
    EXPOSURES,
    FINDINGS,
    LINES,
    MATERIALS,
    NOTES,
    SCORES,
    SOURCES,
    STEPS,
    Table,
)
from bomrisk.tables.summed import NEXT_EVIDENCE

Row = Mapping[str, Any]
RULE_A = {
    "rule": "US-DFARS-7018-A",
    "effective_from": "2019-04-30",
    "effective_to": "2026-12-31",
}
RULE_B = {"rule": "US-DFARS-7018-B", "effective_from": "2027-01-01", "effective_to": None}
COVERED = ("CHN", "IRN", "PRK", "RUS")


def frame(table: Table, rows: Sequence[Row]) -> pl.DataFrame:
    """A table with the given cells; the others are null."""
    full = [{name: row.get(name) for name in table.names} for row in rows]
    return pl.DataFrame(full, schema=table.schema(), orient="row")


def line(number: int, **cells: Any) -> dict[str, Any]:
    """A line; `number` is its place in the table and decides its row."""
    return {
        "line": number,
        "line_id": f"5eed00:{number + 6}",
        "file": "bom.xlsx",
        "sheet": "BOM",
        "row": number + 6,
        "level": 0,
        "quantity": 1.0,
        "rolled_up": 1.0,
        "unit": "EA",
        **cells,
    }


def material(number: int, material_id: str, case: int | None, **cells: Any) -> dict[str, Any]:
    """A material recognized in a line."""
    return {
        "line": number,
        "material_id": material_id,
        "case": case,
        "field": "name",
        "matched": "SM2CO17",
        "rule": "formula",
        "confidence": 0.97,
        "inferred": False,
        "fraction_low": 1.0,
        "fraction_likely": 1.0,
        "fraction_high": 1.0,
        **cells,
    }


def steps(case: int, commodity: str, stage: str, shares: Sequence[Row], **cells: Any) -> list[Row]:
    """The countries at one step; without shares the step is unknown."""
    common = {"case": case, "commodity": commodity, "stage": stage, "declared": False, **cells}
    return [{**common, **share} for share in shares] or [
        {**common, "share_low": 0.0, "share_high": 1.0}
    ]


def share(country: str, value: float, low: float | None = None, high: float | None = None) -> Row:
    """One country's share with its range."""
    return {
        "country": country,
        "share": value,
        "share_low": value if low is None else low,
        "share_high": value if high is None else high,
    }


USGS = {"year": "2025", "evidence": "derived", "source_ids": "USGS_MCS2026;USGS_MYB2022"}
PRESS = {"year": "2025", "evidence": "recalled", "source_ids": "NYT_2025-06"}
IEA = {"year": "2024", "evidence": "verified", "source_ids": "IEA_CMDE2025"}
DECLARED = {"declared": True, "evidence": "declared", "source_ids": "", "year": ""}


def smco_steps(case: int, **declared: str) -> list[Row]:
    """The way of a samarium-cobalt magnet, with declared stages replaced."""
    found: list[Row] = [
        *steps(case, "Sm", "mined", [
            share("CHN", 0.5578, 0.5521, 0.5787), share("MMR", 0.1749, 0.1088, 0.1933),
            share("AUS", 0.1239, 0.1168, 0.1495), share("USA", 0.0706, 0.0665, 0.0851),
            share("BRA", 0.0159), share("IND", 0.0127), share("RUS", 0.0032), share("OTH", 0.041),
        ], **USGS),
        *steps(case, "Sm", "separated", [
            share("CHN", 0.98, 0.95, 1.0), share("FRA", 0.01), share("OTH", 0.01),
        ], **PRESS),
        *steps(case, "Sm", "reduced", [
            share("CHN", 0.98, 0.95, 1.0), share("GBR", 0.01), share("OTH", 0.01),
        ], **PRESS),
        *steps(case, "Co", "mined", [
            share("COD", 0.7311), share("IDN", 0.1399), share("RUS", 0.0245),
            share("CHN", 0.0064), share("OTH", 0.0981),
        ], **USGS),
        *steps(case, "Co", "separated", [
            share("CHN", 0.7841), share("FIN", 0.0804), share("JPN", 0.0226), share("OTH", 0.1129),
        ], **IEA),
    ]  # fmt: skip
    for stage in ("melted", "powdered", "sintered", "magnetized"):
        if stage in declared:
            found += steps(case, "SmCo", stage, [share(declared[stage], 1.0)], **DECLARED)
        elif stage in ("melted", "sintered"):
            found += steps(case, "SmCo", stage, [
                share("CHN", 0.85, 0.75, 0.95), share("USA", 0.04), share("DEU", 0.03),
                share("JPN", 0.02), share("OTH", 0.06),
            ], year="2024", evidence="recalled", source_ids="EXPERT_RECALL")  # fmt: skip
        else:
            found += steps(case, "SmCo", stage, [])
    return found


def ndfeb_steps(case: int) -> list[Row]:
    """The way of a sintered neodymium magnet, nothing declared."""
    return [
        *steps(case, "Nd", "mined", [
            share("CHN", 0.7234, 0.61, 0.7513), share("USA", 0.0904, 0.0833, 0.0999),
            share("AUS", 0.0797, 0.0734, 0.088), share("MMR", 0.0585, 0.0128, 0.0927),
            share("OTH", 0.048),
        ], **USGS),
        *steps(case, "Nd", "separated", [
            share("CHN", 0.9128, 0.89, 0.92), share("MYS", 0.0449), share("USA", 0.0119),
            share("OTH", 0.0304),
        ], **{**IEA, "evidence": "derived"}),
        *steps(case, "Dy", "mined", [
            share("CHN", 0.5155, 0.4893, 0.5573), share("MMR", 0.3937, 0.3213, 0.4392),
            share("OTH", 0.0908),
        ], **USGS),
        *steps(case, "Dy", "separated", [
            share("CHN", 0.985, 0.96, 0.99), share("MYS", 0.0116), share("OTH", 0.0034),
        ], **USGS),
        *steps(case, "NdFeB", "sintered", [
            share("CHN", 0.94, 0.9, 0.94), share("JPN", 0.04), share("VNM", 0.01), share("OTH", 0.01),
        ], **IEA),
        *steps(case, "NdFeB", "magnetized", []),
    ]  # fmt: skip


def exposures(rows: Sequence[Row], country_set: Sequence[str] = COVERED) -> list[Row]:
    """Bounds per step, commodity and material from shares alone, as an independence point has them."""
    per_step: dict[tuple[int, str, str], list[Row]] = {}
    for row in rows:
        per_step.setdefault((row["case"], row["commodity"], row["stage"]), []).append(row)
    found: list[Row] = []
    for (case, commodity, stage), members in per_step.items():
        named = [m for m in members if m.get("country")]
        low = sum(m["share_low"] for m in named if m["country"] in country_set)
        point = sum(m["share"] for m in named if m["country"] in country_set) if named else None
        other = sum(m["share"] for m in named if m["country"] == "OTH")
        high = min(1.0, (point or 0.0) + other) if named else 1.0
        squares = sum(m["share"] ** 2 for m in named if m["country"] != "OTH")
        found.append(
            {
                "case": case, "scope": "step", "commodity": commodity, "stage": stage,
                "low": low, "point": point, "high": max(high, low),
                "hhi_low": squares if named else None,
                "hhi_high": squares + other**2 if named else None,
            }
        )  # fmt: skip
    for scope in ("commodity", "material"):
        groups: dict[tuple[int, str | None], list[Row]] = {}
        for row in found:
            if row["scope"] == "step":
                key = (row["case"], row["commodity"] if scope == "commodity" else None)
                groups.setdefault(key, []).append(row)
        for (case, group), members in groups.items():
            rest = 1.0
            for m in members:
                rest *= 1.0 - (m["point"] or 0.0)
            found.append(
                {
                    "case": case, "scope": scope, "commodity": group,
                    "low": max(m["low"] for m in members), "point": 1.0 - rest,
                    "high": min(1.0, sum(m["high"] for m in members)),
                }
            )  # fmt: skip
    return found


CARD_ROWS: dict[str, Row] = {
    "sm2co17": {
        "material_id": "sm2co17", "name": "Samarium-cobalt 2:17 magnet", "family": "permanent_magnet_smco",
        "form": "sintered", "density_g_cm3": 8.4, "basis": "ranges", "evidence": "verified",
        "source_ids": "S_PNNL", "note": "Iron, copper and zirconium vary by maker.", "origin": "bomrisk",
    },
    "ndfeb_sintered_sh": {
        "material_id": "ndfeb_sintered_sh", "name": "Sintered NdFeB, suffix SH (Hcj ≥ 20 kOe)",
        "family": "permanent_magnet_ndfeb", "form": "sintered", "density_g_cm3": 7.55,
        "basis": "ranges", "evidence": "recalled", "source_ids": "R0", "note": "", "origin": "bomrisk",
    },
    "rare_earth_magnet_unspecified": {
        "material_id": "rare_earth_magnet_unspecified", "name": "Rare earth magnet, kind not told",
        "family": "permanent_magnet", "form": "", "density_g_cm3": None, "basis": "unknown",
        "evidence": "recalled", "source_ids": "", "note": "A gap on purpose.", "origin": "bomrisk",
    },
}  # fmt: skip

COMPOSITION_ROWS: list[Row] = [
    {
        "material_id": material_id, "element": element, "wt_pct_low": low, "wt_pct_likely": likely,
        "wt_pct_high": high, "balance": balance, "evidence": evidence, "source_ids": source,
    }
    for material_id, evidence, source, element, low, likely, high, balance in (
        ("sm2co17", "verified", "S_PNNL", "Co", 48.0, 50.5, 53.0, True),
        ("sm2co17", "verified", "S_PNNL", "Sm", 23.0, 25.5, 28.0, False),
        ("sm2co17", "verified", "S_PNNL", "Fe", 12.0, 15.0, 20.0, False),
        ("sm2co17", "verified", "S_PNNL", "Cu", 4.0, 6.0, 8.0, False),
        ("sm2co17", "verified", "S_PNNL", "Zr", 1.5, 3.0, 3.5, False),
        ("ndfeb_sintered_sh", "recalled", "R0", "Fe", 60.0, 66.1, 70.0, True),
        ("ndfeb_sintered_sh", "recalled", "R0", "Nd", 18.0, 22.3, 29.0, False),
        ("ndfeb_sintered_sh", "recalled", "R0", "Pr", 0.0, 6.0, 8.0, False),
        ("ndfeb_sintered_sh", "recalled", "R0", "Dy", 0.0, 2.8, 4.5, False),
        ("ndfeb_sintered_sh", "recalled", "R0", "B", 0.9, 0.97, 1.2, False),
    )
]  # fmt: skip

EVENT_ROWS: list[Row] = [
    {
        "date": day, "kind": kind, "title": title, "effect": effect, "countries": countries,
        "elements": elements, "elements_found": found, "stages": stages, "evidence": evidence,
        "source_ids": source,
    }
    for day, kind, title, effect, countries, elements, found, stages, evidence, source in (
        ("2022-09-07", "incident",
         "F-35 deliveries paused: SmCo alloy melted in China in the lube pump, magnetized in the US",
         "deliveries stop; 18 aircraft held", "USA;CHN", "Sm;Co", "Co;Sm", "melted", "verified", "RULES_R16"),
        ("2025-04-04", "policy", "China licenses Sm, Gd, Tb, Dy, Lu, Sc, Y and magnets that hold them",
         "export licence", "CHN", "Sm;Gd;Tb;Dy;Lu;Sc;Y", "Dy;Sm", "separated;melted", "verified", "RULES_R09"),
        ("2025-06-03", "technology", "Chinese researchers report identifying single elements with nanopores",
         "lead in separation technology widens", "CHN", "REE", "Dy;Nd;Pr;Sm", "separated", "recalled", "SEED"),
        ("2027-01-01", "policy", "DFARS 252.225-7052 mine-to-magnet rule takes effect (repeal pending)",
         "prohibition widens", "USA;CHN;RUS;PRK;IRN", "Nd;Sm;Ta;W", "Nd;Sm", "mined;separated", "verified", "RULES_R02"),
    )
]  # fmt: skip

SOURCE_ROWS: list[Row] = [
    {"source_id": source_id, "title": title, "publisher": publisher, "year": year, "locator": where, "seen": seen}
    for source_id, title, publisher, year, where, seen in (
        ("EXPERT_RECALL", "Judgement, no source found", "", "", "none", "placeholder"),
        ("IEA_CMDE2025", "Critical Minerals Data Explorer", "IEA", "2025",
         "https://www.iea.org/data-and-statistics/data-tools/critical-minerals-data-explorer", "data file"),
        ("NYT_2025-06", "Press report on samarium", "New York Times", "2025", "2025-06-09", "as quoted"),
        ("R0", "Known but not checked against a document", "", "", "(none)", "-"),
        ("RULES_R02", "DFARS 225.7018-2", "DoD", "2025", "225.7018-2(a)(2)", "text"),
        ("RULES_R09", "Announcement 18 of 2025", "MOFCOM", "2025", "No. 18", "translation"),
        ("RULES_R16", "Reports on the F-35 alloy", "trade press", "2022", "http://example.invalid/a ; https://example.invalid/b.", "text"),
        ("SEED", "Report of 2025-06-03", "Sohu", "2025", "2025-06-03", "text"),
        ("S_PNNL", "Compendium of Material Composition Data", "PNNL", "2011", "whole file", "whole file"),
        ("USGS_MCS2026", "Mineral Commodity Summaries 2026", "US Geological Survey", "2026",
         "https://doi.org/10.5066/P1WKQ63T ; https://pubs.usgs.gov/periodicals/mcs2026/", "whole CSV"),
        ("USGS_MYB2022", "Minerals Yearbook 2022, Rare earths", "US Geological Survey", "2025", "T2", "tables"),
    )
]  # fmt: skip


def finding(number: int, code: str, rule: Row, **cells: Any) -> dict[str, Any]:
    """A finding of a line under one of the two regimes."""
    return {
        "line": number,
        "material_id": "sm2co17",
        "code": code,
        "paragraph": "252.225-7052(b)(1)(i)" if rule is RULE_A else "252.225-7052(b)(1)(ii)",
        "reason": "",
        "facts": "",
        "missing": "",
        "inferred": False,
        "fingerprint": hashlib.sha256(f"{number}{rule['rule']}".encode()).hexdigest()[:16],
        **rule,
        **cells,
    }


def score(number: int, band: str, reasons: str, **cells: Any) -> dict[str, Any]:
    """The band of a line."""
    return {"line": number, "indicator": "overall", "band": band, "reasons": reasons, **cells}


def assessment_of(
    *,
    lines: Sequence[Row],
    excluded: Sequence[Row] = (),
    materials: Sequence[Row] = (),
    cases: Sequence[Row] = (),
    step_rows: Sequence[Row] = (),
    scores: Sequence[Row] = (),
    findings: Sequence[Row] = (),
    notes: Sequence[Row] = (),
    next_evidence: Sequence[Row] = (),
    contents: Sequence[Row] = (),
    delivery: date | None = None,
    marking: str | None = None,
    overlays: tuple[str, ...] = (),
    contract: Mapping[str, str] | None = None,
    name: str = "bom.xlsx",
) -> Assessment:
    """An assessment of the given rows; cards, compositions, events and sources follow from the materials."""
    used = {row["material_id"] for row in materials}
    compositions = [row for row in COMPOSITION_ROWS if row["material_id"] in used]
    elements = {row["element"] for row in compositions}
    frames = {
        "lines": frame(LINES, lines),
        "materials": frame(MATERIALS, materials),
        "findings": frame(FINDINGS, findings),
        "scores": frame(SCORES, scores),
    }
    return Assessment(
        meta=Meta(
            version="TESTING",
            as_of=date(2026, 11, 23),
            delivery=delivery,
            country_set=COVERED,
            country_set_name="covered_4872",
            input=InputFile(
                name=name,
                sha256=hashlib.sha256(name.encode()).hexdigest(),
                size_bytes=12_345,
                format="xlsx",
                rows_read=len(lines) + len(excluded),
                lines=len(lines),
                excluded=len(excluded),
                tables=(TableRead(sheet="BOM", header_row=5, columns={"name": "C: Name"}),),
            ),
            knowledge=KnowledgeUsed(edition=date(2026, 11, 23), digest="d" * 64, overlays=overlays),
            contract=dict(contract or {}),
            settings={"as_of": "2026-11-23", "to": "covered_4872"},
            marking=marking,
        ),
        answer=answer_of(
            excluded=len(excluded),
            rows_read=len(lines) + len(excluded),
            delivery=delivery,
            **frames,
        ),
        excluded=frame(EXCLUDED, excluded),
        contents=frame(CONTENTS, contents).lazy(),
        cases=frame(CASES, cases),
        steps=frame(STEPS, step_rows),
        exposures=frame(EXPOSURES, exposures(step_rows)),
        notes=frame(NOTES, notes),
        cards=frame(CARDS, [CARD_ROWS[i] for i in sorted(used)]),
        compositions=frame(COMPOSITIONS, compositions),
        events=frame(
            EVENTS,
            [row for row in EVENT_ROWS if elements & set(row["elements_found"].split(";"))],
        ),
        sources=frame(SOURCES, SOURCE_ROWS if used else []),
        review=pl.DataFrame(),
        sums=Sums(
            frames["lines"],
            frames["materials"],
            frame(CONTENTS, contents).lazy(),
            frame(EXPOSURES, exposures(step_rows)),
            frames["findings"],
            frames["scores"],
            ContractFacts(),
            lambda: frame(NEXT_EVIDENCE, next_evidence),
        ),
        **frames,
    )
