"""Findings of a BOM: recognition alone clears nothing, and identities survive edits elsewhere."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from bomrisk.compliance import ContractFacts, judge_lines
from bomrisk.compliance.itemkind import with_item
from bomrisk.compliance.lines import unjudged
from bomrisk.knowledge import Knowledge
from bomrisk.tables import CASES, FINDINGS, LINES, MATERIALS, Table

DAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge()


def frame(table: Table, rows: list[dict[str, Any]]) -> pl.DataFrame:
    full = [{name: row.get(name) for name in table.names} for row in rows]
    return pl.DataFrame(full, schema=table.schema(), orient="row")


def judged_all(
    knowledge: Knowledge,
    parts: list[tuple[str, str, str]],
    *,
    contract: ContractFacts | None = None,
    inferred: bool = False,
    field: str = "material",
    more: list[dict[str, Any]] | None = None,
) -> pl.DataFrame:
    """Findings of (part number, material, declared origins); each part is a line of its own."""
    lines = frame(
        LINES,
        [
            {"line": n, "part_number": part, "path": "TOP"} | (more[n] if more else {})
            for n, (part, _, _) in enumerate(parts)
        ],
    )
    materials = frame(
        MATERIALS,
        [
            {"line": n, "material_id": material, "case": n, "inferred": inferred, "field": field}
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
    return judge_lines(
        lines, materials, cases, knowledge, contract=contract or ContractFacts(), as_of=DAY
    )


def judged(*args: Any, **facts: Any) -> pl.DataFrame:
    """The findings of the two regimes of 7018 alone."""
    found = judged_all(*args, **facts)
    return found.filter(pl.col("rule").str.starts_with("US-DFARS-7018-"))


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


def test_equal_lines_keep_their_own_findings_when_sorted(knowledge: Knowledge) -> None:
    one, two = ("M-1", "smco_2_17", "melted=CHN"), ("M-1", "smco_2_17", "melted=JPN")
    before = judged(knowledge, [one, two])
    after = judged(knowledge, [two, one])

    def prints(findings: pl.DataFrame, code: str) -> set[str]:
        rows = findings.filter((pl.col("rule") == "US-DFARS-7018-A") & (pl.col("code") == code))
        return set(rows["fingerprint"])

    assert before["fingerprint"].n_unique() == before.height
    assert prints(before, "FAIL") == prints(after, "FAIL")
    assert prints(before, "INCOMPLETE") == prints(after, "INCOMPLETE")


def test_a_line_without_a_number_is_known_by_its_words(knowledge: Knowledge) -> None:
    words = [{"part_number": None, "description": "Magnet,  SmCo "}]
    tidy = [{"part_number": None, "description": "MAGNET, SMCO"}]
    parts = [("", "smco_2_17", "")]
    assert (
        judged(knowledge, parts, more=words)["fingerprint"].to_list()
        == judged(knowledge, parts, more=tidy)["fingerprint"].to_list()
    )


def test_a_cell_that_cannot_be_read_stands_in_the_reason(knowledge: Knowledge) -> None:
    parts = [("A", "smco_2_17", "sintered=JPN;magnetized=JPN")]
    findings = judged(knowledge, parts, more=[{"origin_melted": "Chinna"}])
    (finding,) = findings.filter(pl.col("rule") == "US-DFARS-7018-A").iter_rows(named=True)
    assert finding["code"] == "INCOMPLETE"
    assert "'Chinna'" in finding["reason"]
    assert finding["missing"] == "melted"


def test_facts_say_where_they_came_from(knowledge: Knowledge) -> None:
    findings = judged(knowledge, [("A", "smco_2_17", "melted=CHN")])
    assert "melted=CHN (BOM column)" in findings["facts"][0]
    assert "(recognized in the text)" in findings["facts"][0]


def test_a_clearance_by_the_bom_alone_says_that_no_declaration_proves_it(
    knowledge: Knowledge,
) -> None:
    parts = [("A", "smco_2_17", "melted=JPN;sintered=JPN;magnetized=JPN")]
    findings = judged(knowledge, parts).filter(pl.col("rule") == "US-DFARS-7018-A")
    assert findings["code"].to_list() == ["PASS"]
    assert "no supplier's declaration was read" in findings["reason"][0]


AIRCRAFT = ContractFacts(platform="aircraft", delivery=date(2026, 12, 1))


def rules_of(findings: pl.DataFrame) -> dict[str, str]:
    return dict(findings.select("rule", "code").iter_rows())


def test_specialty_metals_are_judged_where_the_platform_is_stated(knowledge: Knowledge) -> None:
    parts = [("A", "smco_2_17", "melted=CHN;sintered=CHN;magnetized=USA")]
    found = rules_of(judged_all(knowledge, parts, contract=AIRCRAFT))
    assert (found["US-DFARS-7003"], found["US-DFARS-7018-A"]) == ("FAIL", "FAIL")
    unknown = rules_of(judged_all(knowledge, [("A", "smco_2_17", "")], contract=AIRCRAFT))
    assert unknown["US-DFARS-7003"] == "INCOMPLETE"


def test_without_a_platform_only_a_declared_melt_is_a_finding(knowledge: Knowledge) -> None:
    assert "US-DFARS-7003" not in rules_of(judged_all(knowledge, [("A", "smco_2_17", "")]))
    told = rules_of(judged_all(knowledge, [("A", "smco_2_17", "melted=CHN")]))
    assert told["US-DFARS-7003"] == "INCOMPLETE"
    assert any("platform" in sentence for sentence in unjudged(ContractFacts()))


def test_a_waiver_serves_7009_and_not_7052(knowledge: Knowledge) -> None:
    contract = ContractFacts.model_validate(
        {
            "platform": "aircraft",
            "award": "2020-06-01",
            "delivery": "2022-10-20",
            "waivers": [
                {
                    "authority": "225.7003-3(d)",
                    "signed": "2022-10-08",
                    "until": "2023-10-31",
                    "quantity": "126 aircraft",
                }
            ],
        }
    )
    found = rules_of(judged_all(knowledge, [("A", "smco_2_17", "melted=CHN")], contract=contract))
    assert (found["US-DFARS-7003"], found["US-DFARS-7018-A"]) == ("EXEMPT", "FAIL")


def test_controls_and_duties_are_asked_when_the_contract_tells_the_way(
    knowledge: Knowledge,
) -> None:
    way = ContractFacts.model_validate(
        {"delivery": "2026-12-01", "ship_from": "CHN", "ship_to": "USA", "end_use": "military"}
    )
    parts = [("A", "smco_2_17", "melted=CHN;sintered=CHN;magnetized=CHN")]
    found = rules_of(judged_all(knowledge, parts, contract=way))
    assert found["CN-18-2025"] == "REVIEW"
    assert found["CN-46-2024-1"] == "FAIL"
    assert found["US-301-MAG"] == "WATCH"
    silent = rules_of(judged_all(knowledge, parts))
    assert not [rule for rule in silent if rule.startswith(("CN-", "US-301"))]
    assert unjudged(way) == unjudged(ContractFacts())[:1]


def test_a_missing_clause_is_a_finding(knowledge: Knowledge) -> None:
    bare = ContractFacts.model_validate({"clauses": {}, "delivery": "2026-12-01"})
    found = rules_of(judged_all(knowledge, [("A", "smco_2_17", "")], contract=bare))
    assert found["US-CLAUSE-7052"] == "REVIEW"


def test_the_words_of_a_line_say_its_kind(knowledge: Knowledge) -> None:
    texts = {
        "SCREW, CAP": "fastener",
        "POWDER, METAL": "powder",
        "BAR STOCK": "mill-product",
        "HOUSING FORGING": "forging",
        "BRACKET": "assembly",
    }
    lines = frame(LINES, [{"line": n, "description": text} for n, text in enumerate(texts)])
    rows = [{"line": n, "material_id": "ti_6al4v", "inferred": False} for n in range(len(texts))]
    keyed = frame(MATERIALS, rows).select(
        "line", "material_id", "inferred", by_substances=pl.lit(value=False)
    )
    assert with_item(keyed, lines, knowledge)["item"].to_list() == list(texts.values())


def test_a_tree_has_an_end_item_and_assemblies(knowledge: Knowledge) -> None:
    lines = frame(
        LINES, [{"line": 0}, {"line": 1, "parent": 0}, {"line": 2, "parent": 1}, {"line": 3}]
    )
    rows = [{"line": n, "material_id": "smco_2_17", "inferred": n == 3} for n in range(4)]
    keyed = frame(MATERIALS, rows).select(
        "line", "material_id", "inferred", by_substances=pl.lit(value=False)
    )
    kinds = with_item(keyed, lines, knowledge)["item"].to_list()
    assert kinds == ["end-item", "assembly", "magnet", "assembly"]


@pytest.mark.parametrize(
    ("material", "origins", "codes"),
    [
        ("nd_metal", "melted=JPN;sintered=JPN;magnetized=JPN", {"REVIEW"}),
        ("w_pure", "", {"REVIEW"}),
        ("ta_pure", "melted=JPN;sintered=JPN;magnetized=JPN", {"REVIEW"}),
        ("ndfeb_unspecified", "melted=JPN;sintered=JPN;magnetized=JPN", {"REVIEW"}),
        ("ndfeb_unspecified", "melted=CHN", {"FAIL"}),
        ("ndfeb_unspecified", "", {"INCOMPLETE"}),
    ],
)
def test_substances_alone_never_clear_a_line(
    knowledge: Knowledge, material: str, origins: str, codes: set[str]
) -> None:
    found = judged_all(knowledge, [("A", material, origins)], field="declaration")
    first = found.filter(pl.col("rule") == "US-DFARS-7018-A")
    assert set(first["code"]) == codes
    assert "PASS" not in found["code"].to_list()
