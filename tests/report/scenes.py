"""The scenes that the report must tell well: normal, without findings, all unknown, hostile text, very long."""

from __future__ import annotations

from datetime import date
from typing import Any

from bomrisk.assessment import Assessment
from tests.report.builders import (
    RULE_A,
    RULE_B,
    Row,
    assessment_of,
    finding,
    line,
    material,
    ndfeb_steps,
    score,
    smco_steps,
)

HOSTILE = '</script><img src=x onerror="alert(1)"><b>bold'
FORMULA = '=HYPERLINK("http://example.invalid","click")'

_MELTED = "the SmCo alloy was melted in China"
_PARTS: list[dict[str, Any]] = [
    {"part_number": "SYS-100", "name": "Integrated power package", "supplier": "Prime"},
    {"part_number": "SYS-110", "name": "Turbomachine", "level": 1, "path": "SYS-100", "parent": 0},
    {
        "part_number": "PMP-200", "name": "Lube pump", "level": 2, "path": "SYS-100 / SYS-110",
        "parent": 1, "supplier": "Pump House",
    },
    {
        "part_number": "MAG-217", "name": "MAGNET, PERMANENT, SM2CO17, 2:17 30 MGOe", "level": 3,
        "path": "SYS-100 / SYS-110 / PMP-200", "parent": 2, "supplier": "Magnet Works",
        "origin_melted": "CN", "origin_magnetized": "USA", "mass_g": 18.5, "quantity": 4.0,
        "rolled_up": 4.0,
    },
    {
        "part_number": "MAG-300", "name": "Rotor magnet N42SH", "level": 2, "parent": 1,
        "path": "SYS-100 / SYS-110", "supplier": "Rotor Supply", "mass_g": 42.0, "rolled_up": 12.0,
    },
    {
        "part_number": "MAG-301", "name": "Sensor magnet Sm2Co17", "level": 2, "parent": 1,
        "path": "SYS-100 / SYS-110", "origin_melted": "DE", "origin_sintered": "DE",
        "origin_magnetized": "DE", "origin_powdered": "DE", "supplier": "Rotor Supply",
        "quantity": None, "quantity_text": "A/R", "rolled_up": None,
    },
    {
        "part_number": "MTR-400", "name": "Servo motor, brushless", "level": 1, "parent": 0,
        "path": "SYS-100", "supplier": "Motion Parts", "rolled_up": 2.0,
    },
    {"part_number": "HSG-500", "name": "Housing, pump", "level": 1, "parent": 0, "path": "SYS-100"},
    {"part_number": "", "name": "Label, warning", "level": 1, "parent": 0, "path": "SYS-100"},
    {"part_number": "", "description": "", "level": 1, "parent": 0, "path": "SYS-100"},
]  # fmt: skip

_EXCLUDED: list[Row] = [
    {"file": "bom.xlsx", "sheet": "BOM", "row": row, "reason": reason, "text": text}
    for row, reason, text in (
        (1, "title", "Illustrative BOM"),
        (2, "blank", ""),
        (3, "blank", ""),
        (4, "note", "All data illustrative"),
        (5, "header", "Level | Part number | Name"),
        (16, "total", "Total 22"),
    )
]
_NOTES: list[Row] = [
    {
        "line": 5, "file": "bom.xlsx", "sheet": "BOM", "row": 11, "kind": "quantity",
        "text": "the quantity 'A/R' cannot be read: what hangs below is unknown",
    },
    {"file": "bom.xlsx", "sheet": "BOM", "kind": "hidden rows", "text": "2 hidden rows were read"},
]  # fmt: skip


def normal(**more: Any) -> Assessment:
    """A line that fails, one that passes, one without proof, an inferred one, and some without material."""
    cases = [
        {
            "case": 0, "material_id": "sm2co17", "declared": "melted=CHN;magnetized=USA",
            "touch_low": 1.0, "touch_point": 1.0, "touch_high": 1.0, "evidence": "recalled",
            "note": "Declared melted in China: that alone touches the country set.",
        },
        {
            "case": 1, "material_id": "sm2co17",
            "declared": "melted=DEU;powdered=DEU;sintered=DEU;magnetized=DEU",
            "touch_low": 0.95, "touch_point": 0.998, "touch_high": 1.0, "evidence": "recalled", "note": "",
        },
        {
            "case": 2, "material_id": "ndfeb_sintered_sh", "declared": "",
            "touch_low": 0.96, "touch_point": 0.9999, "touch_high": 1.0, "evidence": "recalled",
            "note": "No share of any country is known for NdFeB magnetized.",
        },
    ]  # fmt: skip
    findings = [
        finding(3, "FAIL", RULE_A, reason=_MELTED, facts="melted=CHN (column D); magnetized=USA (column E)"),
        finding(3, "FAIL", RULE_B, reason=_MELTED, facts="melted=CHN (column D); magnetized=USA (column E)"),
        finding(4, "INCOMPLETE", RULE_A, material_id="ndfeb_sintered_sh", reason="no declaration proves where it was made", missing="melted;powdered;sintered;magnetized"),
        finding(4, "INCOMPLETE", RULE_B, material_id="ndfeb_sintered_sh", reason="no declaration proves where it was made", missing="mined;separated;melted;powdered;sintered;magnetized"),
        finding(5, "PASS", RULE_A, reason="every stage that counts was done in Germany", facts="melted=DEU (column D)"),
        finding(5, "INCOMPLETE", RULE_B, reason="mining and separation are not declared", missing="mined;separated"),
        finding(6, "INCOMPLETE", RULE_A, material_id="ndfeb_sintered_sh", reason="the motor may hold magnets", missing="melted;sintered", inferred=True),
        finding(6, "INCOMPLETE", RULE_B, material_id="ndfeb_sintered_sh", reason="the motor may hold magnets", missing="mined;separated;melted;sintered", inferred=True),
    ]  # fmt: skip
    scores = [
        score(3, "Critical", "FAIL under a rule in force | Sm: at least 100 % touch and China licenses it", value=1.0, band_probability=0.99),
        score(4, "Critical", "Dy: at least 96 % touch and China licenses it", value=0.96, band_probability=0.93),
        score(5, "Critical", "Sm: at least 95 % touch and China licenses it", value=0.95, band_probability=0.91),
        score(6, "High", "Nd: at least 89 % touch", value=0.89, band_probability=0.8),
        *(score(n, "Unknown", "no material recognized") for n in (0, 1, 2, 7, 8, 9)),
        {"line": 3, "indicator": "touch", "value": 1.0, "low": 1.0, "high": 1.0},
        {"line": 4, "indicator": "touch", "value": 0.9999, "low": 0.96, "high": 1.0},
        {"line": 4, "indicator": "hhi", "value": 0.89, "low": 0.88, "high": 0.89},
    ]  # fmt: skip
    cells: dict[str, Any] = {
        "lines": [line(n, **part) for n, part in enumerate(_PARTS)],
        "excluded": _EXCLUDED,
        "materials": [
            material(3, "sm2co17", 0, span_start=19, span_end=26, mass_low_g=74.0, mass_likely_g=74.0, mass_high_g=74.0),
            material(4, "ndfeb_sintered_sh", 2, matched="N42SH", rule="magnet grade", span_start=13, span_end=18, mass_low_g=504.0, mass_likely_g=504.0, mass_high_g=504.0),
            material(5, "sm2co17", 1, matched="Sm2Co17", span_start=14, span_end=21),
            material(6, "ndfeb_sintered_sh", 2, matched="Servo motor", rule="type of part: servo motor", confidence=0.55, inferred=True, part_rule="servo_motor", fraction_low=0.02, fraction_likely=0.05, fraction_high=0.1),
        ],
        "cases": cases,
        "step_rows": [
            *smco_steps(0, melted="CHN", magnetized="USA"),
            *smco_steps(1, melted="DEU", powdered="DEU", sintered="DEU", magnetized="DEU"),
            *ndfeb_steps(2),
        ],
        "scores": scores,
        "findings": findings,
        "notes": _NOTES,
    }  # fmt: skip
    return assessment_of(**{**cells, **more})


def without_findings() -> Assessment:
    """A BOM in which nothing was recognized."""
    return assessment_of(
        lines=[line(n, part_number=f"P-{n}", name="Bracket") for n in range(3)],
        scores=[score(n, "Unknown", "no material recognized") for n in range(3)],
    )


def all_unknown() -> Assessment:
    """A material whose composition, shares and declarations are all unknown."""
    return assessment_of(
        lines=[line(0, part_number="M-1", name="Magnet, rare earth")],
        materials=[material(0, "rare_earth_magnet_unspecified", 0, matched="rare earth", rule="name", fraction_low=None, fraction_likely=None, fraction_high=None)],
        cases=[{"case": 0, "material_id": "rare_earth_magnet_unspecified", "declared": "", "touch_low": 0.0, "touch_point": None, "touch_high": 1.0}],
        step_rows=[{"case": 0, "commodity": "magnet", "stage": stage, "declared": False, "share_low": 0.0, "share_high": 1.0} for stage in ("melted", "sintered")],
        findings=[
            finding(0, "INCOMPLETE", rule, material_id="rare_earth_magnet_unspecified", reason="nothing is declared", missing="melted;sintered")
            for rule in (RULE_A, RULE_B)
        ],
        scores=[score(0, "Unknown", "every share is unknown")],
    )  # fmt: skip


def empty() -> Assessment:
    """A file whose every row is excluded."""
    return assessment_of(lines=[], excluded=_EXCLUDED[:2])


def hostile() -> Assessment:
    """Text that tries to break out of the page or to run in a spreadsheet, in every place it can reach."""
    bad = HOSTILE
    cells: dict[str, Any] = {
        "part_number": FORMULA, "name": bad, "description": bad, "supplier": bad, "notes": "\u2028'\"`${1}",
        "path": bad, "sheet": bad, "url": "javascript:alert(1)",
    }  # fmt: skip
    return assessment_of(
        name=f"{bad}.xlsx",
        lines=[line(0, **cells), line(1, part_number="P-2", name=bad, supplier="@SUM(1)")],
        excluded=[{"file": bad, "sheet": bad, "row": 1, "reason": bad, "text": bad}],
        materials=[material(0, "sm2co17", 0, matched=bad, rule=bad, field="name", span_start=0, span_end=len(bad))],
        cases=[{"case": 0, "material_id": "sm2co17", "declared": "melted=CHN", "touch_low": 1.0, "touch_point": 1.0, "touch_high": 1.0, "note": bad}],
        step_rows=smco_steps(0, melted="CHN"),
        findings=[finding(0, "FAIL", RULE_A, reason=bad, facts=bad, missing=bad, paragraph=bad)],
        scores=[score(0, "Critical", f"{bad} | {bad}"), score(1, "Unknown", bad)],
        notes=[{"line": 0, "file": bad, "sheet": bad, "row": 6, "kind": bad, "text": bad}],
        marking=f"CUI {bad}",
        overlays=(bad,),
        contract={"clause": bad},
    )  # fmt: skip


def dated(**more: Any) -> Assessment:
    """The normal scene with a day of delivery after the change of law."""
    return normal(delivery=date(2027, 2, 1), **more)


def wordy() -> Assessment:
    """The normal scene with a third rule, long reasons and long names: what a page has to hold."""
    usual = normal()
    long = "Y touched the country set (separated, derived) with a probability of at least 96 %"
    findings = usual.findings.rows(named=True)
    specialty = {"rule": "US-DFARS-7003", "effective_from": "", "effective_to": None}
    findings += [
        finding(n, "INCOMPLETE", specialty, reason=long, missing="certified composition")
        for n in (3, 5)
    ]
    return normal(
        findings=findings,
        scores=[score(n, "Critical", f"{long} | {long}") for n in range(10)],
        lines=[
            {**row, "supplier": "Example Infrared Optics and Coatings (illustrative)"}
            for row in usual.lines.rows(named=True)
        ],
    )
