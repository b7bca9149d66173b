"""Tracing supply cases: bounds and point of every step, commodity and material, each case once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bomrisk.knowledge import Knowledge
from bomrisk.knowledge.model import Evidence
from bomrisk.supply.bounds import UNKNOWN, Interval, all_steps, any_step_declared, independent
from bomrisk.supply.chain import Chain, Step, chain_of
from bomrisk.supply.declaration import Declared
from bomrisk.supply.world import Value, Values, World, solve_worlds

INSIDE = Value(1.0, 1.0, 1.0)
OUTSIDE = Value(0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Scope:
    """What an exposure speaks of: one step, all steps of a commodity, or the whole material."""

    scope: str
    commodity: str | None
    stage: str | None
    step: Step | None
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class Solution:
    """A traced supply case: the chain, and the value of each scope in the order of `scopes`.

    `every` bounds the probability that all steps touched; the last scope is the material.
    """

    chain: Chain
    declared: tuple[Declared, ...]
    scopes: tuple[Scope, ...]
    values: Values
    every: Value

    @property
    def touch(self) -> Value:
        """Touching the country set at any step of the material."""
        return self.values[-1]


class Tracer:
    """Traces materials on one day towards one country set; chains and cases are kept and shared.

    `counts_from_wt_pct` is the least likely content, in weight percent, at which an element counts.
    """

    def __init__(self, knowledge: Knowledge, *, as_of: date, to: frozenset[str]) -> None:
        from bomrisk.supply.threshold import counts_from_wt_pct

        self.knowledge = knowledge
        self.as_of = as_of
        self.to = to
        self.counts_from_wt_pct = counts_from_wt_pct(knowledge)
        self._chains: dict[tuple[str, frozenset[str]], Chain] = {}
        self._cases: dict[tuple[str, tuple[Declared, ...]], Solution] = {}

    def chain(self, material_id: str, declared_stages: frozenset[str] = frozenset()) -> Chain:
        """The chain of a material; a declared stage that it lacks is added with unknown shares."""
        plain = self._chains.get((material_id, frozenset()))
        if plain is None:
            plain = self._build(material_id, frozenset())
        have = {step.stage for step in plain.trunk}
        for at in plain.lead:
            have |= {step.stage for step in plain.branches[at].steps}
        missing = declared_stages - have
        if not missing:
            return plain
        return self._chains.get((material_id, missing)) or self._build(material_id, missing)

    def _build(self, material_id: str, missing: frozenset[str]) -> Chain:
        chain = chain_of(
            self.knowledge.materials[material_id],
            self.knowledge,
            as_of=self.as_of,
            counts_from_wt_pct=self.counts_from_wt_pct,
            declared_stages=missing,
        )
        self._chains[material_id, missing] = chain
        return chain

    def solve(self, material_id: str, declared: tuple[Declared, ...] = ()) -> Solution:
        """Trace one supply case; the same case is traced once."""
        key = (material_id, declared)
        if key not in self._cases:
            chain = self.chain(material_id, frozenset(one.stage for one in declared))
            values = solve_worlds(
                declared,
                lambda world: self._solve_world(chain, world),
                lambda stage, country: _weight(chain, stage, country),
            )
            self._cases[key] = Solution(chain, declared, _scopes(chain), values[:-1], values[-1])
        return self._cases[key]

    def _solve_world(self, chain: Chain, world: World) -> Values:
        """Values of all scopes and, last, of touching at every step, in a world of single countries."""
        lead = chain.lead
        values: list[Value] = []
        branches: list[Value] = []
        for at, branch in enumerate(chain.branches):
            told = world if at in lead else _trunk_only(world, chain)
            masses = _masses((*branch.steps, *chain.trunk), told)
            steps = [self._step(step, told, masses) for step in branch.steps]
            values += steps
            branches.append(_any(steps))
            values.append(branches[-1])
        told = world if lead else _trunk_only(world, chain)
        lead_steps = chain.branches[lead[0]].steps if lead else ()
        masses = _masses((*lead_steps, *chain.trunk), told)
        trunk = [self._step(step, told, masses) for step in chain.trunk]
        if trunk:
            values += [*trunk, _any(trunk)]
        values.append(_joined(chain, branches, trunk))
        every = all_steps([Interval(v.low, v.high) for v in _single_steps(chain, values)])
        return (*values, Value(every.low, None, every.high))

    def _step(self, step: Step, told: Mapping[str, str], masses: Sequence[Interval]) -> Value:
        """One step, in the population that meets the declarations of its chain."""
        if step.stage in told:
            return INSIDE if told[step.stage] in self.to else OUTSIDE
        if step.marginal is None:
            bounds = any_step_declared([UNKNOWN], masses) if masses else UNKNOWN
            return Value(bounds.low, None, bounds.high)
        low, point, high = step.marginal.inside(self.to)
        bounds = any_step_declared([Interval(low, high)], masses)
        return Value(min(bounds.low, point), point, max(bounds.high, point))


def _any(steps: Sequence[Value]) -> Value:
    """Touching at any of several steps: the sharp bounds, and the point by independence.

    Steps whose shares nobody published count in the bounds only.
    """
    known = [value.point for value in steps if value.point is not None]
    low = max((value.low for value in steps), default=0.0)
    high = min(1.0, sum(value.high for value in steps))
    if not known:
        return Value(low, None, high if steps else 1.0)
    return Value(low, min(max(independent(known), low), high), high)


def _joined(chain: Chain, branches: Sequence[Value], trunk: Sequence[Value]) -> Value:
    """Touching at any step of the material; rare earths come from one separator and are one event.

    An element that may be absent raises no lower bound and no point.
    """
    certain = [v for b, v in zip(chain.branches, branches, strict=True) if b.certain]
    rare = [
        value.point
        for branch, value in zip(chain.branches, branches, strict=True)
        if branch.certain and branch.rare_earth and value.point is not None
    ]
    single = [
        value.point
        for branch, value in zip(chain.branches, branches, strict=True)
        if branch.certain and not branch.rare_earth and value.point is not None
    ]
    points = [v.point for v in trunk if v.point is not None] + single + ([max(rare)] if rare else [])
    low = max((value.low for value in [*certain, *trunk]), default=0.0)
    everything = [*branches, *trunk]
    high = min(1.0, sum(value.high for value in everything)) if everything else 1.0
    if not points:
        return Value(low, None, high)
    return Value(low, min(max(independent(points), low), high), high)


def _masses(steps: Sequence[Step], told: Mapping[str, str]) -> list[Interval]:
    """World shares of the declared countries along a chain; 0 to 1 where the step has no shares."""
    masses = []
    for step in steps:
        if step.stage in told:
            if step.marginal is None:
                masses.append(UNKNOWN)
            else:
                low, _, high = step.marginal.of(told[step.stage])
                masses.append(Interval(low, high))
    return masses


def _trunk_only(world: World, chain: Chain) -> dict[str, str]:
    stages = {step.stage for step in chain.trunk}
    return {stage: country for stage, country in world.items() if stage in stages}


def _weight(chain: Chain, stage: str, country: str) -> float | None:
    """Point share of a country at a declared stage; None where it has no row of its own."""
    steps = list(chain.trunk)
    for at in chain.lead:
        steps += chain.branches[at].steps
    for step in steps:
        if step.stage == stage and step.marginal is not None:
            return step.marginal.of(country)[1]
    return None


def _scopes(chain: Chain) -> tuple[Scope, ...]:
    scopes: list[Scope] = []
    for commodity, steps in _commodities(chain):
        for step in steps:
            grade = step.marginal.grade if step.marginal else None
            scopes.append(Scope("step", commodity, step.stage, step, grade))
        scopes.append(Scope("commodity", commodity, None, None, _grade(steps)))
    every = [step for _, steps in _commodities(chain) for step in steps]
    scopes.append(Scope("material", None, None, None, _grade(every)))
    return tuple(scopes)


def _commodities(chain: Chain) -> list[tuple[str, tuple[Step, ...]]]:
    groups = [(branch.element, branch.steps) for branch in chain.branches]
    if chain.trunk:
        groups.append((chain.trunk[0].commodity, chain.trunk))
    return groups


def _single_steps(chain: Chain, values: Sequence[Value]) -> list[Value]:
    scopes = _scopes(chain)
    return [value for scope, value in zip(scopes, values, strict=True) if scope.scope == "step"]


def _grade(steps: Sequence[Step]) -> Evidence | None:
    return Evidence.weakest(
        [s.marginal.grade for s in steps if s.marginal is not None and s.marginal.grade is not None]
    )
