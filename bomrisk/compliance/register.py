"""The register of rules, in the order in which they are judged; a rule's module is loaded with the rest."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import import_module
from types import MappingProxyType

from bomrisk.compliance.contract import ContractFacts
from bomrisk.compliance.judgement import Judgement
from bomrisk.compliance.matter import Matter, matter_of
from bomrisk.compliance.part import PartFacts
from bomrisk.compliance.rule import Kind, Rule
from bomrisk.knowledge import Knowledge

RULE_IDS = (
    "US-DFARS-7018-A",
    "US-DFARS-7018-B",
    "US-DFARS-7018-X-SAT",
    "US-DFARS-7018-X-OCONUS",
    "US-DFARS-7018-X-COTS1",
    "US-DFARS-7018-X-COTS2",
    "US-DFARS-7018-X-ELEC",
    "US-DFARS-7018-X-RECYC",
    "US-DFARS-7018-NAV",
    "US-4872-NSW",
)


@cache
def all_rules() -> Mapping[str, Rule]:
    """Every rule by id, in the order of judgement."""
    found = {}
    for rule_id in RULE_IDS:
        module = import_module(f"bomrisk.compliance.rules.{rule_id.lower().replace('-', '_')}")
        found[rule_id] = module.RULE
    return MappingProxyType(found)


def judge(
    part: PartFacts,
    contract: ContractFacts,
    knowledge: Knowledge,
    *,
    as_of: date,
) -> list[Judgement]:
    """Judge one part under every rule; both regimes of 7018 when the day of delivery is open.

    `as_of` is the day from which an open delivery runs. Unknown facts make INCOMPLETE, never PASS.
    """
    matter = matter_of(part, contract, knowledge, as_of=as_of)
    return judged(matter)


def judged(matter: Matter, kinds: frozenset[Kind] = frozenset(Kind)) -> list[Judgement]:
    """The judgements of the rules of the given kinds, in their order."""
    return [rule.judge(matter) for rule in all_rules().values() if rule.kind in kinds]
