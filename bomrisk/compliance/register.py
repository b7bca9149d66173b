"""The register of rules, in the order in which they are judged."""

from __future__ import annotations

from bomrisk.compliance.contract import ContractFacts
from bomrisk.compliance.judgement import Judgement
from bomrisk.compliance.part import PartFacts
from bomrisk.compliance.rule import Rule
from bomrisk.compliance.rules import us_dfars_7018_a, us_dfars_7018_b

RULES: dict[str, Rule] = {rule.id: rule for rule in (us_dfars_7018_a.RULE, us_dfars_7018_b.RULE)}


def judge(part: PartFacts, contract: ContractFacts) -> list[Judgement]:
    """Judge one part under every rule; both regimes of 7018 when the day of delivery is open."""
    return [rule.judge(part, contract) for rule in RULES.values()]
