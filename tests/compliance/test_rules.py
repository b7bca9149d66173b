"""Worked decisions: each rule with its passes, failures, unknowns and boundary days."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from bomrisk.compliance import ContractFacts, PartFacts, all_rules, judge
from bomrisk.knowledge import Knowledge

KNOWLEDGE = Knowledge()
DAY = date(2026, 11, 23)

CASES = [
    pytest.param(case, id=case["id"])
    for file in sorted((Path(__file__).parent / "cases").glob("*.yaml"))
    for case in yaml.safe_load(file.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("case", CASES)
def test_worked_decision(case: dict[str, Any]) -> None:
    part = PartFacts.model_validate(case["part"])
    contract = ContractFacts.model_validate(case["contract"])
    got = {judgement.rule: judgement for judgement in judge(part, contract, KNOWLEDGE, as_of=DAY)}
    for rule, code in case["expect"].items():
        judgement = got[rule]
        assert judgement.code == code, judgement.reason
        assert judgement.paragraph
        assert judgement.reason
        if judgement.code == code and rule == next(iter(case["expect"])):
            assert case.get("says", "") in judgement.reason
            assert list(judgement.missing) == case.get("missing", list(judgement.missing))


def test_nothing_is_known_nothing_passes() -> None:
    for family in ("smco", "ndfeb", "tantalum", "tungsten-powder", "tungsten-heavy-alloy"):
        part = PartFacts(material=family)
        for judgement in judge(part, ContractFacts(), KNOWLEDGE, as_of=DAY):
            assert judgement.code not in ("PASS", "EXEMPT"), judgement.rule
            if judgement.rule in ("US-DFARS-7018-A", "US-DFARS-7018-B"):
                assert judgement.code == "INCOMPLETE"
                assert judgement.missing


def test_every_rule_says_its_dates_citation_and_page() -> None:
    for rule in all_rules().values():
        assert rule.citation
        assert rule.status
        assert "**What was read" in rule.page or "**Only known" in rule.page, rule.id
        if rule.effective_from and rule.effective_to:
            assert rule.effective_from <= rule.effective_to
        module = rule.decide.__module__.rpartition(".")[2]
        assert rule.id.lower().replace("-", "_") == module


@pytest.mark.parametrize("origins", [{"forged": "CHN"}, ["CHN"], "CHN"])
def test_a_stage_that_is_none_is_refused(origins: object) -> None:
    with pytest.raises(ValueError, match=r"no stage|dict"):
        PartFacts.model_validate({"material": "smco", "origins": origins})


def test_other_words_of_the_law_are_the_same_stage() -> None:
    part = PartFacts.model_validate({"origins": {"refined": "AUS", "bonded": ["JPN", "USA"]}})
    assert part.origins == {"separated": "AUS", "sintered": "JPN/USA"}


CONTEXT = frozenset(("POL-MP-2025", "POL-F35-2022"))
"""Entries of the register that tell of a deal or a case, and judge nothing."""


def test_every_entry_of_the_register_of_law_has_its_rule() -> None:
    recorded = {row["rule"]: row for row in KNOWLEDGE.table("rules")}
    judged = {rule_id for rule_id in all_rules() if not rule_id.startswith("US-CLAUSE-")}
    assert judged == recorded.keys() - CONTEXT
    for rule_id in sorted(judged):
        rule, row = all_rules()[rule_id], recorded[rule_id]
        if rule.effective_from and row["effective_from"][:4].isdigit() and rule_id != "US-857A":
            assert row["effective_from"].startswith(rule.effective_from.isoformat()[:7]), rule_id


def test_no_rule_passes_or_exempts_on_recognition_alone() -> None:
    materials = ["smco_2_17", "ndfeb_sintered_sh", "ti_6al4v", "molybdenum", "gallium", None]
    for material in materials:
        for item in ("magnet", "assembly", "fastener", None):
            part = PartFacts.model_validate({"material": material, "item": item})
            contract = ContractFacts.model_validate({"platform": "aircraft", "clauses": {}})
            for judgement in judge(part, contract, KNOWLEDGE, as_of=DAY):
                assert judgement.code not in ("PASS", "EXEMPT"), (material, item, judgement.rule)


def test_an_inferred_material_never_passes_fails_or_exempts_a_delivery() -> None:
    origins = dict.fromkeys(
        ("mined", "separated", "reduced", "melted", "sintered", "magnetized"), "CHN"
    )
    for material in ("smco_2_17", "ndfeb_sintered_sh", "ti_6al4v", "molybdenum"):
        for country in ("CHN", "JPN"):
            part = PartFacts(
                material=material,
                inferred=True,
                item="assembly",
                origins=dict.fromkeys(origins, country),
            )
            contract = ContractFacts(platform="aircraft")
            for judgement in judge(part, contract, KNOWLEDGE, as_of=DAY):
                if all_rules()[judgement.rule].kind == "delivery":
                    assert judgement.code in ("INCOMPLETE", "NOT_APPLICABLE"), judgement
                assert judgement.inferred
