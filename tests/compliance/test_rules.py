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
