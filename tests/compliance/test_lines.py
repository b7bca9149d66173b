"""Findings of a BOM: recognition alone clears nothing, and identities survive edits elsewhere."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from bomrisk.compliance import ContractFacts, judge_lines
from bomrisk.knowledge import Knowledge
from bomrisk.tables import CASES, FINDINGS, LINES, MATERIALS, Table

DAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge()


def frame(table: Table, rows: list[dict[str, Any]]) -> pl.DataFrame:
    full = [{name: row.get(name) for name in table.names} for row in rows]
    return pl.DataFrame(full, schema=table.schema(), orient="row")


def judged(
    knowledge: Knowledge,
    parts: list[tuple[str, str, str]],
    *,
    contract: ContractFacts | None = None,
    inferred: bool = False,
) -> pl.DataFrame:
    """Findings of (part number, material, declared origins); each part is a line of its own."""
    lines = frame(
        LINES,
        [{"line": n, "part_number": part, "path": "TOP"} for n, (part, _, _) in enumerate(parts)],
    )
    materials = frame(
        MATERIALS,
        [
            {"line": n, "material_id": material, "case": n, "inferred": inferred}
            for n, (_, material, _) in enumerate(parts)
        ],
    )
    cases = frame(
        CASES,
        [
            {"case": n, "material_id": material, "declared": declared}
            for n, (_, material, declared) in enumerate(parts)
        ],
    )
    findings = judge_lines(
        lines, materials, cases, knowledge, contract=contract or ContractFacts(), as_of=DAY
    )
    return findings.filter(pl.col("rule").str.starts_with("US-DFARS-7018"))


def codes(findings: pl.DataFrame) -> dict[tuple[int, str], str]:
    return {(f["line"], f["rule"][-1]): f["code"] for f in findings.iter_rows(named=True)}


def test_the_frame_is_the_table(knowledge: Knowledge) -> None:
    findings = judged(knowledge, [("A", "smco_unspecified", "melted=CHN;magnetized=USA")])
    assert tuple(findings.columns) == FINDINGS.names
    assert findings.schema == pl.Schema(FINDINGS.schema())


def test_both_regimes_and_only_covered_materials(knowledge: Knowledge) -> None:
    findings = judged(
        knowledge,
        [
            ("A", "smco_unspecified", "melted=CHN;magnetized=USA"),
            ("B", "al_6061", "melted=CHN"),
            ("C", "ndfeb_sintered_sh", ""),
        ],
    )
    assert codes(findings) == {
        (0, "A"): "FAIL",
        (0, "B"): "FAIL",
        (2, "A"): "INCOMPLETE",
        (2, "B"): "INCOMPLETE",
    }


def test_shares_that_leave_a_remainder_are_not_enough(knowledge: Knowledge) -> None:
    whole = "melted=JPN:0.6/DEU:0.4;sintered=JPN;magnetized=JPN"
    part = "melted=JPN:0.6/DEU:0.3;sintered=JPN;magnetized=JPN"
    found = codes(judged(knowledge, [("A", "smco_2_17", whole), ("B", "smco_2_17", part)]))
    assert (found[0, "A"], found[1, "A"]) == ("PASS", "INCOMPLETE")


def test_what_is_only_inferred_is_incomplete_and_marked(knowledge: Knowledge) -> None:
    findings = judged(
        knowledge,
        [("A", "ndfeb_sintered_h", "melted=JPN;sintered=JPN;magnetized=JPN")],
        inferred=True,
    )
    assert set(findings["code"]) == {"INCOMPLETE"}
    assert findings["inferred"].all()


def test_below_the_threshold_the_finding_says_so(knowledge: Knowledge) -> None:
    small = ContractFacts(value_usd=100, delivery=date(2026, 12, 1))
    findings = judged(knowledge, [("A", "smco_2_17", "melted=CHN")], contract=small)
    (finding,) = findings.iter_rows(named=True)
    assert finding["code"] == "NOT_APPLICABLE"
    assert "threshold" in finding["reason"]


def test_fingerprints_survive_resorting_and_unrelated_edits(knowledge: Knowledge) -> None:
    one = ("M-1", "smco_2_17", "melted=CHN")
    two = ("M-2", "ndfeb_sintered_sh", "")
    new = ("M-0", "smco_1_5", "")
    before = judged(knowledge, [one, two])
    after = judged(knowledge, [new, two, one])
    old = set(before["fingerprint"])
    assert len(old) == before.height
    assert old < set(after["fingerprint"])


def test_equal_parts_in_one_assembly_have_identities_of_their_own(knowledge: Knowledge) -> None:
    same = ("M-1", "smco_2_17", "")
    findings = judged(knowledge, [same, same])
    assert findings["fingerprint"].n_unique() == findings.height == 4


def test_no_material_no_finding(knowledge: Knowledge) -> None:
    assert judged(knowledge, []).is_empty()
