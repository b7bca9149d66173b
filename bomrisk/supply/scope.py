"""What the exposures of a material speak of: its steps, its commodities, and the material itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bomrisk.knowledge.model import Evidence
from bomrisk.supply.chain import Chain, Step


@dataclass(frozen=True, slots=True)
class Scope:
    """What an exposure speaks of: one step, all steps of a commodity, or the whole material."""

    scope: str
    commodity: str | None
    stage: str | None
    step: Step | None
    evidence: Evidence | None


def scopes_of(chain: Chain) -> tuple[Scope, ...]:
    """Each step, each commodity over its steps and, last, the material."""
    scopes: list[Scope] = []
    for commodity, steps in commodities_of(chain):
        for step in steps:
            grade = step.marginal.grade if step.marginal else None
            scopes.append(Scope("step", commodity, step.stage, step, grade))
        scopes.append(Scope("commodity", commodity, None, None, _grade(steps)))
    every = [step for _, steps in commodities_of(chain) for step in steps]
    scopes.append(Scope("material", None, None, None, _grade(every)))
    return tuple(scopes)


def commodities_of(chain: Chain) -> list[tuple[str, tuple[Step, ...]]]:
    """The commodities of a chain in its order, each with its steps: the elements, then the trunk."""
    groups = [(branch.element, branch.steps) for branch in chain.branches]
    if chain.trunk:
        groups.append((chain.trunk[0].commodity, chain.trunk))
    return groups


def _grade(steps: Sequence[Step]) -> Evidence | None:
    return Evidence.weakest(
        [s.marginal.grade for s in steps if s.marginal is not None and s.marginal.grade is not None]
    )
