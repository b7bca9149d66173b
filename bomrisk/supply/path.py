"""Paths: one element's way from the mine through the alloy to the magnet, with all that ties its steps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from bomrisk.supply.block import Told, blocks_of
from bomrisk.supply.blocksolver import BlockSolver
from bomrisk.supply.bounds import Interval
from bomrisk.supply.chain import Step
from bomrisk.supply.flow import NOTHING_BESIDE, Beside
from bomrisk.supply.point import Coupling, Joint, Walk
from bomrisk.supply.route import Route
from bomrisk.supply.world import Value

CERTAIN = 1e-9
"""A point this near to 0 or 1 shows nothing: rounding could have made it."""


class Path:
    """A path of steps with its blocks and fitted flows; `split` is the first step of the trunk.

    A trunk alone is a path with `split` 0.
    """

    def __init__(
        self,
        steps: Sequence[Step],
        split: int,
        routes: Sequence[Route],
        coupling: Callable[[Step, Step], Coupling],
        solver: BlockSolver,
    ) -> None:
        self.steps = tuple(steps)
        self.split = split
        self.solver = solver
        self.blocks = blocks_of(self.steps, routes)
        self.known = tuple(at for at, step in enumerate(self.steps) if step.marginal is not None)
        self.coupling = coupling
        self.key = (split, tuple((step.commodity, step.stage) for step in self.steps))

    @cached_property
    def couplings(self) -> tuple[Coupling, ...]:
        """The fitted flows between neighbouring steps with shares."""
        pairs = zip(self.known, self.known[1:], strict=False)
        return tuple(self.coupling(self.steps[a], self.steps[b]) for a, b in pairs)

    @property
    def branch(self) -> frozenset[int]:
        """Steps before the alloy."""
        return frozenset(range(self.split))

    @property
    def trunk(self) -> frozenset[int]:
        """Steps from the alloy on."""
        return frozenset(range(self.split, len(self.steps)))

    @cached_property
    def joins(self) -> bool:
        """Whether a route ties the branch to the trunk, so that their flows do not couple freely."""
        return any(min(b.at) < self.split <= max(b.at) for b in self.blocks)

    @cached_property
    def trunk_known(self) -> tuple[int, ...]:
        """Steps of the trunk that have shares."""
        return tuple(at for at in self.known if at >= self.split)


class Traveller:
    """One path in one world: bounds by blocks, points by walks, each computed when it is asked for."""

    def __init__(self, path: Path, told: Told, to: frozenset[str]) -> None:
        self.path = path
        self.told = told
        self.to = to
        excluded = self._excluded() if told and not self._possible else frozenset()
        self.kept = {at: country for at, country in told.items() if at not in excluded}
        self.strange = bool(excluded)

    def bounds(self, targets: frozenset[int], beside: Beside = NOTHING_BESIDE) -> Interval:
        """Least and greatest touch at the target steps, with what chains beside add."""
        if any(self.told.get(at) in self.to for at in targets):
            return Interval(1.0, 1.0)
        return self.path.solver.touch(
            self.path.steps,
            self.path.blocks,
            self.kept,
            targets - (set(self.told) - set(self.kept)),
            beside,
            strange=self.strange,
            open_at_point=bool(self.told) and self._open(targets),
        )

    @cached_property
    def _possible(self) -> bool:
        """Whether the fitted flows show units that meet all that is told."""
        return not self.path.known or (self.walk.possible and not self._dropped)

    @cached_property
    def _dropped(self) -> bool:
        return any(coupling.dropped for coupling in self.path.couplings)

    def _open(self, targets: frozenset[int]) -> bool:
        """Whether the fitted flows show units that are touched at the targets, and units that are not."""
        point = self.point(targets)
        return point is not None and CERTAIN < point < 1.0 - CERTAIN and self._possible

    def _excluded(self) -> frozenset[int]:
        return self.path.solver.excluded(self.path.steps, self.path.blocks, self.told)

    @cached_property
    def walk(self) -> Walk:
        """The walk over the steps with shares."""
        return self._walk(self.told)

    def _walk(self, told: Told) -> Walk:
        known = self.path.known
        places = {at: order for order, at in enumerate(known)}
        here = {places[at]: country for at, country in told.items() if at in places}
        return Walk([self.path.steps[at] for at in known], self.path.couplings, here, self.to)

    @cached_property
    def _touches(self) -> dict[int, float]:
        return (
            dict(zip(self.path.known, self.walk.step_touches(), strict=True))
            if self.path.known
            else {}
        )

    def step(self, at: int) -> Value:
        """One step of the path."""
        if at in self.told:
            sure = 1.0 if self.told[at] in self.to else 0.0
            return Value(sure, sure, sure)
        return valued(self.bounds(frozenset({at})), self._touches.get(at))

    def part(self, targets: frozenset[int]) -> Value:
        """Several steps of the path together; the point counts the steps with shares and the declared."""
        return valued(self.bounds(targets), self.point(targets))

    def point(self, targets: frozenset[int]) -> float | None:
        """Chance of touching at any target step of which something is known; None if nothing is."""
        if any(self.told.get(at) in self.to for at in targets):
            return 1.0
        known = [order for order, at in enumerate(self.path.known) if at in targets]
        if not known:
            return 0.0 if targets & set(self.told) else None
        return self.walk.touch(frozenset(known))

    def joint(self) -> Joint:
        """The branch as seen from the countries of the alloy."""
        join = self.path.trunk_known[0]
        known = [at for at in self.path.known if at <= join]
        told = {at: c for at, c in self.told.items() if at <= join}
        trunk_told = {at: c for at, c in told.items() if at == join}
        couplings = self.path.couplings[: len(known) - 1]
        steps = [self.path.steps[at] for at in known]
        places = {at: order for order, at in enumerate(known)}

        def walk(told: Told) -> Walk:
            here = {places[at]: country for at, country in told.items() if at in places}
            return Walk(steps, couplings, here, self.to)

        targets = frozenset(range(len(known) - 1))
        return walk(told).joint(targets, walk(trunk_told))


def valued(bounds: Interval, point: float | None) -> Value:
    """Bounds with a point that lies inside them, whatever the rounding of the solvers."""
    if point is None:
        return Value(bounds.low, None, bounds.high)
    return Value(bounds.low, min(max(point, bounds.low), bounds.high), bounds.high)
