"""Next best evidence: the declaration that would move most is asked for first."""

from __future__ import annotations

import polars as pl

from bomrisk.knowledge import Knowledge
from bomrisk.risk.evidence import EvidenceFinder, next_best_evidence
from bomrisk.risk.judgement import CaseJudge
from bomrisk.supply import read_declared, trace_lines
from bomrisk.supply.tracer import Tracer

CHN = frozenset({"CHN"})


def test_the_tornado_names_missing_stages_only_and_orders_them_by_what_they_would_tell() -> None:
    knowledge = Knowledge()
    day = knowledge.edition
    finder = EvidenceFinder(
        Tracer(knowledge, as_of=day, to=CHN), CaseJudge(knowledge, as_of=day, to=CHN)
    )
    free = finder.tornado("smco_2_17")
    assert {swing.stage for swing in free} >= {
        "mined",
        "separated",
        "reduced",
        "melted",
        "sintered",
    }
    assert all(0.0 <= swing.width <= 1.0 for swing in free)
    assert free[0].band_outside != free[0].band_now
    assert all(swing.country != "CHN" for swing in free)
    told = finder.tornado("smco_2_17", read_declared({"separated": "FRA", "melted": "USA"}))
    assert not {swing.stage for swing in told} & {"separated", "melted"}
    # with the separation and the melt outside, what is left tells more than it did before
    before = {swing.stage: swing.outside.point or 0.0 for swing in free}
    after = {swing.stage: swing.outside.point or 0.0 for swing in told}
    assert after["sintered"] < before["sintered"]


def test_suppliers_are_ranked_by_the_lines_whose_band_would_move() -> None:
    knowledge = Knowledge()
    lines = pl.DataFrame(
        {"line": [0, 1, 2], "supplier": ["Small Magnet", "Big Magnet", "Big Magnet"]},
        schema_overrides={"line": pl.UInt32},
    )
    materials = pl.DataFrame(
        {"line": [0, 1, 2], "material_id": ["smco_2_17"] * 3}, schema_overrides={"line": pl.UInt32}
    )
    traces = trace_lines(lines, materials, knowledge, as_of=knowledge.edition, to=CHN)
    found = next_best_evidence(lines, traces.materials, traces, knowledge, as_of=knowledge.edition)
    assert found["supplier"][0] == "Big Magnet"
    assert found["lines"][0] == 2
    assert found["bands_moved"][0] == 2
    by_stage = found.filter(supplier="Small Magnet")
    assert by_stage["lines"].to_list() == [1] * by_stage.height


def test_lines_without_a_supplier_are_kept() -> None:
    knowledge = Knowledge()
    lines = pl.DataFrame({"line": [0]}, schema={"line": pl.UInt32})
    materials = pl.DataFrame(
        {"line": [0], "material_id": ["smco_2_17"]}, schema_overrides={"line": pl.UInt32}
    )
    traces = trace_lines(lines, materials, knowledge, as_of=knowledge.edition, to=CHN)
    found = next_best_evidence(lines, traces.materials, traces, knowledge, as_of=knowledge.edition)
    assert set(found["supplier"]) == {""}
