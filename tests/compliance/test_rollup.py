"""Findings summed up: a line counts once per rule, by its worst code, in every assembly above it."""

from __future__ import annotations

from typing import Any

import polars as pl

from bomrisk.compliance import ContractFacts
from bomrisk.compliance.rollup import clause_register, overlap, rollup, side_by_side
from bomrisk.tables import FINDINGS, LINES, Table

A, B, METALS = "US-DFARS-7018-A", "US-DFARS-7018-B", "US-DFARS-7003"


def frame(table: Table, rows: list[dict[str, Any]]) -> pl.DataFrame:
    full = [{name: row.get(name) for name in table.names} for row in rows]
    return pl.DataFrame(full, schema=table.schema(), orient="row")


# 0 plane
# ├─ 1 pump ─ 2 magnet (FAIL, and INCOMPLETE for a second material)
# └─ 3 bracket (PASS)
LINES_OF = frame(
    LINES,
    [
        {"line": 0, "line_id": "f:1", "part_number": "PLANE"},
        {"line": 1, "line_id": "f:2", "parent": 0, "part_number": "PUMP", "supplier": "Pumps"},
        {"line": 2, "line_id": "f:3", "parent": 1, "part_number": "MAG", "supplier": " Magnets "},
        {"line": 3, "line_id": "f:4", "parent": 0, "part_number": "BRACKET", "supplier": ""},
    ],
)
FOUND = frame(
    FINDINGS,
    [
        {"line": 2, "material_id": "smco", "rule": A, "code": "FAIL", "reason": "melted there"},
        {"line": 2, "material_id": "ta", "rule": A, "code": "INCOMPLETE", "reason": "?"},
        {"line": 2, "material_id": "smco", "rule": B, "code": "FAIL", "reason": "melted there"},
        {
            "line": 2,
            "material_id": "smco",
            "rule": METALS,
            "code": "EXEMPT",
            "reason": "made in Japan",
            "paragraph": "(c)(4)",
            "facts": "manufactured=JPN",
        },
        {"line": 3, "material_id": "ti", "rule": A, "code": "PASS"},
        {"line": 3, "material_id": "ti", "rule": B, "code": "FAIL"},
    ],
)


def test_an_assembly_counts_what_is_below_it() -> None:
    table = rollup(FOUND, LINES_OF, by="assembly")
    rows = {(r["group"], r["rule"], r["code"]): (r["lines"], r["worst"]) for r in table.to_dicts()}
    assert rows["f:1", A, "FAIL"] == (1, "FAIL")
    assert rows["f:1", A, "PASS"] == (1, "FAIL")
    assert rows["f:1", B, "FAIL"] == (2, "FAIL")
    assert rows["f:2", A, "FAIL"] == (1, "FAIL")
    assert ("f:2", A, "PASS") not in rows
    assert ("f:1", A, "INCOMPLETE") not in rows
    assert not [key for key in rows if key[0] == "f:3"]


def test_a_supplier_and_a_program() -> None:
    suppliers = rollup(FOUND, LINES_OF, by="supplier")
    assert set(suppliers["group"]) == {"Magnets", "supplier not stated"}
    program = rollup(FOUND, LINES_OF, by="program").filter(pl.col("rule") == B)
    assert program.select("group", "code", "lines").rows() == [("f:1", "FAIL", 2)]
    flat = LINES_OF.with_columns(parent=pl.lit(None, pl.UInt32))
    assert rollup(FOUND, flat, by="assembly").is_empty()
    assert set(rollup(FOUND, flat, by="program")["group"]) == {"f:3", "f:4"}


def test_both_regimes_side_by_side() -> None:
    said = dict(side_by_side(FOUND).select("line", "said").iter_rows())
    assert said == {2: "not deliverable", 3: "deliverable until 2026-12-31, not after"}
    one = side_by_side(FOUND.filter(pl.col("rule") == A))
    assert one["from_2027"].to_list() == [None, None]
    pairs = {
        ("PASS", "PASS"): "deliverable under both regimes",
        ("EXEMPT", "INCOMPLETE"): "deliverable until 2026-12-31; not proven after",
        ("FAIL", "EXEMPT"): "not deliverable until 2026-12-31; deliverable after",
        ("INCOMPLETE", "FAIL"): "not proven until 2026-12-31, not deliverable after",
        ("REVIEW", "INCOMPLETE"): "not proven",
    }
    for (first, second), text in pairs.items():
        rows = [{"line": 0, "rule": A, "code": first}, {"line": 0, "rule": B, "code": second}]
        assert side_by_side(frame(FINDINGS, rows))["said"].to_list() == [text]


def test_where_the_rules_differ() -> None:
    (row, _) = overlap(FOUND).to_dicts()
    assert (row["rule"], row["code"], row["code_7009"], row["count"]) == (A, "FAIL", "EXEMPT", 1)
    assert (row["reason"], row["reason_7009"]) == ("melted there", "made in Japan")


def test_the_clause_register() -> None:
    contract = ContractFacts.model_validate({"id": "C-1", "clauses": {"252.225-7052": "MAY 2024"}})
    rows = clause_register(FOUND, contract).to_dicts()
    metals = next(row for row in rows if row["rule"] == METALS)
    assert (metals["clause"], metals["edition"]) == ("252.225-7009", None)
    assert (metals["exception"], metals["basis"]) == ("(c)(4)", "manufactured=JPN")
    magnet = next(row for row in rows if row["rule"] == A)
    assert (magnet["contract"], magnet["edition"], magnet["stated"]) == (
        "C-1",
        "MAY 2024",
        "contract",
    )
    assert magnet["exception"] is None
    assumed = clause_register(FOUND, ContractFacts())
    assert set(assumed["stated"]) == {"assumed"}
