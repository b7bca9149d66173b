"""What one world of single countries tells of the steps of a chain, and of how many units it speaks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bomrisk.supply.bounds import UNKNOWN, Interval, any_step_declared
from bomrisk.supply.chain import Chain
from bomrisk.supply.declaration import LAST_STAGE
from bomrisk.supply.path import Path
from bomrisk.supply.world import Value, World


def making_known(chain: Chain, told: Mapping[str, str]) -> bool:
    """Whether anything is known of how the material was made: shares of a step, or a declaration.

    Where it was put together last says nothing of that.
    """
    steps = [step for branch in chain.branches for step in branch.steps]
    steps += [step for step in chain.trunk if step.stage != LAST_STAGE]
    return any(step.marginal is not None or step.stage in told for step in steps)


def trunk_only(chain: Chain, world: World) -> dict[str, str]:
    """What is told of the steps after the elements have come together."""
    in_trunk = {step.stage for step in chain.trunk}
    return {stage: country for stage, country in world.items() if stage in in_trunk}


def masses_told(chain: Chain, world: World) -> tuple[Interval, ...]:
    """World share of what is told of single elements, one for each declaration; empty without any.

    Beside something told of the trunk it is not known how many of those units are meant.
    """
    on_trunk = trunk_only(chain, world)
    own = {stage: country for stage, country in world.items() if stage not in on_trunk}
    if own and on_trunk:
        return (UNKNOWN,)
    return tuple(_mass(chain, stage, country) for stage, country in own.items())


def _mass(chain: Chain, stage: str, country: str) -> Interval:
    """Share of a country at a step of the elements that a declaration means, over all of them."""
    found = [
        step.marginal.of(country)
        for at in chain.lead
        for step in chain.branches[at].steps
        if step.stage == stage and step.marginal is not None
    ]
    if not found:
        return UNKNOWN
    return Interval(min(low for low, _, _ in found), max(high for _, _, high in found))


def among(value: Value, masses: Sequence[Interval]) -> Value:
    """A value of all units, bounded among those that meet the declarations on other elements.

    The point, which takes the elements for independent, stays.
    """
    if not masses:
        return value
    bounds = any_step_declared([Interval(value.low, value.high)], masses)
    return Value(bounds.low, value.point, bounds.high)


def told_on(path: Path, world: Mapping[str, str]) -> dict[int, str]:
    """The declared country of each step of a path that has one, by the index of the step."""
    return {at: world[step.stage] for at, step in enumerate(path.steps) if step.stage in world}


def point_share(chain: Chain, stage: str, country: str) -> float | None:
    """Point share of a country at a declared stage; None where it has no row of its own."""
    steps = list(chain.trunk)
    for at in chain.lead:
        steps += chain.branches[at].steps
    for step in steps:
        if step.stage == stage and step.marginal is not None:
            return step.marginal.of(country)[1]
    return None
