"""The clause register: which clause, in which edition, stands in the contract of a part."""

from __future__ import annotations

from datetime import date

from bomrisk.compliance.contract import edition_month
from bomrisk.compliance.judgement import Code
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.rule import Ruling, incomplete, not_applicable, review, span

BOTH_REGIMES = (2024, 5)
"""MAY 2024 is the first edition of 252.225-7052 that has the regime from 2027-01-01."""
MINES_FROM = date(2027, 1, 1)


def clause_ruling(matter: Matter, clause: str, threshold_paragraph: str) -> Ruling:
    """PASS for a stated clause, REVIEW for a missing or outdated one, INCOMPLETE for an assumed one."""
    contract = matter.contract
    value, threshold = contract.value_usd, contract.threshold_usd
    if value is not None and threshold is not None and value <= threshold:
        return not_applicable(threshold_paragraph, "not above the simplified acquisition threshold")
    edition = contract.clauses.get(clause)
    if "clauses" not in contract.model_fields_set:
        text = f"the contract's clauses are not stated; {clause} ({edition}) is assumed"
        return incomplete(clause, text, missing=("clauses",))
    if edition is None:
        stated = ", ".join(sorted(contract.clauses)) or "none"
        text = f"the contract does not have clause {clause} (it states: {stated})"
        return review(clause, text, "clauses (contract)", missing=(f"clause {clause}",))
    _, last = span(matter)
    late = last is None or last >= MINES_FROM
    month = edition_month(edition)
    if clause.endswith("7052") and late and month is not None and month < BOTH_REGIMES:
        text = f"edition {edition} does not have the regime from 2027-01-01"
        fact = f"{clause} ({edition}) (contract)"
        return review(clause, text, fact, missing=(f"clause {clause} of MAY 2024 or later",))
    fact = f"{clause} ({edition}) (contract)"
    return Ruling(
        Code.PASS, clause, f"the contract has the clause in the edition of {edition}", (fact,)
    )
