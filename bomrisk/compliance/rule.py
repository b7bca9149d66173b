"""What every rule is: an id, the days on which it applies, a citation, and a judgement of one part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bomrisk.compliance.contract import ContractFacts
from bomrisk.compliance.judgement import Code, Judgement
from bomrisk.compliance.part import PartFacts


@dataclass(frozen=True, slots=True)
class Decision:
    """A judgement before the rule has put its name and dates to it."""

    code: Code
    paragraph: str
    reason: str
    facts: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One dated rule. `decide` sees the facts alone, so that the same facts give the same decision."""

    id: str
    title: str
    citation: str
    effective_from: date
    effective_to: date | None
    status: str
    families: frozenset[str]
    """Covered families that the rule speaks of; of any other part a BOM gets no finding."""
    page: str
    """The manual page: what the rule says, what of it was read, and what is only known."""
    decide: Callable[[PartFacts, ContractFacts], Decision]

    def applies(self, contract: ContractFacts) -> bool:
        """Whether the rule is in force on the day of delivery; an open day meets every rule."""
        if contract.delivery is None:
            return True
        after = self.effective_to is not None and contract.delivery > self.effective_to
        return contract.delivery >= self.effective_from and not after

    def judge(self, part: PartFacts, contract: ContractFacts) -> Judgement:
        """Judge one part; a delivery outside the rule's days is not its matter."""
        if self.applies(contract):
            decision = self.decide(part, contract)
        else:
            decision = Decision(
                Code.NOT_APPLICABLE,
                self.citation,
                f"delivery on {contract.delivery} is outside the days of this rule",
                (f"delivery {contract.delivery} (contract)",),
            )
        return Judgement(
            self.id,
            decision.code,
            decision.paragraph,
            decision.reason,
            decision.facts,
            decision.missing,
            self.effective_from.isoformat(),
            self.effective_to.isoformat() if self.effective_to else None,
        )
