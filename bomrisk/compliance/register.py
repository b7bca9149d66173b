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
    "US-4872-MO",
    "US-4872-GAGE",
    "US-FY27-1803",
    "US-DFARS-7003",
    "US-DFARS-7008",
    "US-DFARS-7003-X-ELEC",
    "US-DFARS-7003-X-COTS",
    "US-DFARS-7003-X-FAST",
    "US-DFARS-7003-X-QC",
    "US-DFARS-7003-X-2PCT",
    "US-DFARS-7003-NSW",
    "US-4863-PROV",
    "US-857A",
    "US-857B",
    "US-EO14415",
    "US-CLAUSE-7052",
    "US-CLAUSE-7009",
    "US-1211",
    "US-4865",
    "CN-18-2025",
    "CN-46-2024-1",
    "CN-46-2024-2",
    "CN-61-2025",
    "CN-57-2025",
    "CN-55-2025",
    "CN-56-2025",
    "CN-58-2025",
    "CN-62-2025",
    "CN-10-2025",
    "CN-23-2023",
    "CN-33-2024",
    "CN-39-2023",
    "CN-1-2026",
    "CN-TECH-2023",
    "CN-785-2024",
    "CN-QUOTA-2025",
    "US-301-MAG",
    "US-301-W",
    "US-IEEPA-FENT",
    "US-IEEPA-RECIP",
    "US-S122",
    "US-301-FL",
    "US-232-PCMDP",
    "EU-CRMA-LIST",
    "EU-CRMA-24",
    "EU-CRMA-28",
    "EU-CRMA-29",
    "REF-USGS-2025",
    "REF-NATO-2024",
    "REF-DOE-2023",
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
