"""The answer: counts are of lines, the worst result of a line counts, unknown is never clear."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from bomrisk.assessment import Answer, answer_of
from bomrisk.tables import FINDINGS, LINES, MATERIALS, SCORES, Table


def frame(table: Table, rows: list[dict[str, Any]]) -> pl.DataFrame:
    full = [{name: row.get(name) for name in table.names} for row in rows]
    return pl.DataFrame(full, schema=table.schema(), orient="row")


def lines(*suppliers: str | None) -> pl.DataFrame:
    return frame(
        LINES,
        [
            {
                "line": n,
                "line_id": f"abc123:{n + 2}",
                "row": n + 2,
                "part_number": f"PN-{n}",
                "name": "MAGNET,PERMANENT",
                "supplier": supplier,
            }
            for n, supplier in enumerate(suppliers)
        ],
    )


def finding(line: int, code: str, rule: str = "US-DFARS-7018-A", **more: Any) -> dict[str, Any]:
    starts = {"US-DFARS-7018-A": "2019-04-30", "US-DFARS-7018-B": "2027-01-01"}
    ends = {"US-DFARS-7018-A": "2026-12-31"}
    return {
        "line": line,
        "material_id": "smco_unspecified",
        "rule": rule,
        "code": code,
        "paragraph": "252.225-7052(b)(1)(i)",
        "reason": "melted in China",
        "facts": "melted=CHN (column)",
        "missing": "",
        "effective_from": starts.get(rule, "2020-01-01"),
        "effective_to": ends.get(rule),
        "inferred": False,
        "fingerprint": f"{line}{rule}",
        **more,
    }


def answer(findings: list[dict[str, Any]], *suppliers: str | None) -> Answer:
    who = suppliers or ("Maker A", "Maker B", None)
    return answer_of(
        lines=lines(*who),
        excluded=2,
        rows_read=len(who) + 2,
        materials=frame(
            MATERIALS,
            [
                {"line": 0, "material_id": "smco_unspecified", "inferred": False},
                {"line": 0, "material_id": "cu_pure", "inferred": True},
                {"line": 1, "material_id": "ndfeb_unspecified", "inferred": True},
            ],
        ),
        findings=frame(FINDINGS, findings),
        scores=frame(
            SCORES,
            [
                {"line": 0, "indicator": "overall", "band": "Critical"},
                {"line": 0, "indicator": "touch", "value": 0.9},
                {"line": 1, "indicator": "overall", "band": "Unknown"},
                {"line": 2, "indicator": "overall", "band": "Unknown"},
            ],
        ),
        delivery=None,
    )


def test_one_failing_line_blocks_and_says_paragraph_and_reason() -> None:
    got = answer([finding(0, "FAIL"), finding(1, "PASS")])
    assert got.verdict == "blocked"
    assert got.blocking_lines == 1
    (item,) = got.blocking
    assert (item.line_id, item.row, item.part) == ("abc123:2", 2, "PN-0 MAGNET,PERMANENT")
    assert (item.supplier, item.reason) == ("Maker A", "melted in China")
    assert item.paragraph == "252.225-7052(b)(1)(i)"


def test_a_line_counts_once_by_its_worst_material() -> None:
    got = answer(
        [finding(0, "PASS"), finding(0, "FAIL", material_id="ndfeb_unspecified")],
    )
    assert got.regimes[0].codes == {"FAIL": 1}


def test_both_regimes_stand_side_by_side() -> None:
    got = answer([finding(0, "PASS"), finding(0, "FAIL", rule="US-DFARS-7018-B")])
    assert [(r.rule, r.verdict) for r in got.regimes] == [
        ("US-DFARS-7018-A", "clear"),
        ("US-DFARS-7018-B", "blocked"),
    ]
    assert got.regimes[0].applies_on(date(2026, 12, 31))
    assert not got.regimes[0].applies_on(date(2027, 1, 1))
    assert got.regimes[1].applies_on(date(2027, 1, 1))
    assert not got.regimes[1].applies_on(date(2026, 12, 31))


@pytest.mark.parametrize(
    ("code", "verdict"),
    [
        ("INCOMPLETE", "not proven"),
        ("REVIEW", "review"),
        ("WATCH", "review"),
        ("PASS", "clear"),
        ("EXEMPT", "clear"),
        ("NOT_APPLICABLE", "nothing covered"),
    ],
)
def test_nothing_unknown_is_ever_clear(code: str, verdict: str) -> None:
    assert answer([finding(0, code), finding(1, "NOT_APPLICABLE")]).verdict == verdict


def test_no_finding_is_not_a_clearance() -> None:
    got = answer([])
    assert got.verdict == "nothing covered"
    assert got.regimes == ()


def test_a_rule_that_only_informs_does_not_block() -> None:
    got = answer([finding(0, "FAIL", rule="CN-18-2025"), finding(1, "PASS")])
    assert got.verdict == "clear"
    assert got.blocking == ()


def test_owed_proof_is_summed_per_supplier() -> None:
    got = answer(
        [
            finding(0, "INCOMPLETE", missing="sintered; melted"),
            finding(1, "INCOMPLETE", missing="melted"),
            finding(2, "INCOMPLETE", missing="material"),
        ],
        "Maker A",
        "Maker A",
        None,
    )
    assert got.owing_lines == 3
    assert [(o.supplier, o.lines, o.missing) for o in got.owed] == [
        ("Maker A", 2, ("melted", "sintered")),
        ("supplier not stated", 1, ("material",)),
    ]
    assert got.owed[0].line_ids == ("abc123:2", "abc123:3")


def test_counts_of_rows_bands_and_what_is_only_inferred() -> None:
    got = answer([])
    assert got.rows_read == got.lines + got.excluded == 5
    assert got.bands == {"Critical": 1, "High": 0, "Moderate": 0, "Low": 0, "Unknown": 2}
    assert (got.lines_with_material, got.lines_with_inferred_only) == (2, 1)
