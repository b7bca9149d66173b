"""Dated rules: may this part be delivered on that day, which paragraph says so, and what proof lacks.

Names are loaded on first use, so that importing the package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

_HOMES = {
    "Code": "judgement",
    "ContractFacts": "contract",
    "Determination": "contract",
    "Judgement": "judgement",
    "PartFacts": "part",
    "Rule": "rule",
    "Waiver": "contract",
    "apply_declarations": "declarations.applying",
    "contract_for": "contract",
    "judge": "register",
    "judge_lines": "lines",
    "label": "dispositions",
    "open_findings": "dispositions",
    "permitted_findings": "permitted",
    "read_cases": "facts_file",
    "read_contract": "contract_file",
    "all_rules": "register",
    "with_permitted": "permitted",
}

if TYPE_CHECKING:
    from bomrisk.compliance.contract import ContractFacts, Determination, Waiver, contract_for
    from bomrisk.compliance.contract_file import read_contract
    from bomrisk.compliance.declarations.applying import apply_declarations
    from bomrisk.compliance.dispositions import label, open_findings
    from bomrisk.compliance.facts_file import read_cases
    from bomrisk.compliance.judgement import Code, Judgement
    from bomrisk.compliance.lines import judge_lines
    from bomrisk.compliance.part import PartFacts
    from bomrisk.compliance.permitted import permitted_findings, with_permitted
    from bomrisk.compliance.register import all_rules, judge
    from bomrisk.compliance.rule import Rule

__all__ = [
    "Code",
    "ContractFacts",
    "Determination",
    "Judgement",
    "PartFacts",
    "Rule",
    "Waiver",
    "all_rules",
    "apply_declarations",
    "contract_for",
    "judge",
    "judge_lines",
    "label",
    "open_findings",
    "permitted_findings",
    "read_cases",
    "read_contract",
    "with_permitted",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'bomrisk.compliance' has no attribute {name!r}")
    return getattr(import_module(f"bomrisk.compliance.{_HOMES[name]}"), name)
