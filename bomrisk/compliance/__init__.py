"""Dated rules: may this part be delivered on that day, which paragraph says so, and what proof lacks."""

from bomrisk.compliance.contract import ContractFacts, Determination, Waiver, contract_for
from bomrisk.compliance.contract_file import read_contract
from bomrisk.compliance.judgement import Code, Judgement
from bomrisk.compliance.lines import judge_lines
from bomrisk.compliance.part import PartFacts
from bomrisk.compliance.register import RULES, judge

__all__ = [
    "RULES",
    "Code",
    "ContractFacts",
    "Determination",
    "Judgement",
    "PartFacts",
    "Waiver",
    "contract_for",
    "judge",
    "judge_lines",
    "read_contract",
]
