"""Bounds of blocks towards a country set: in closed form where that is exact, else by the linear program."""

from __future__ import annotations

from collections.abc import Sequence

from bomrisk.supply.block import NONE, Block, Told, contradiction, places_of
from bomrisk.supply.bounds import UNKNOWN, Interval, any_step_declared
from bomrisk.supply.chain import Step
from bomrisk.supply.flow import NOTHING_BESIDE, Beside, Infeasible, bounds, mass_met


class BlockSolver:
    """Bounds of blocks towards one country set, each distinct program solved once."""

    def __init__(self, to: frozenset[str]) -> None:
        self.to = to
        self._kept: dict[object, Interval] = {}
        self._steps: dict[tuple[str, str], Interval] = {}

    def touch(
        self,
        path: Sequence[Step],
        blocks: Sequence[Block],
        told: Told,
        targets: frozenset[int],
        beside: Beside = NOTHING_BESIDE,
        *,
        strange: bool = False,
        open_at_point: bool = False,
    ) -> Interval:
        """Touching at any of the target steps of a path, for units that meet what is told of it.

        `beside` is what freely coupled chains outside the path add to the target. `strange` says that
        something else is declared which the shares exclude: nothing then is known of how many units meet it.
        `open_at_point` says that a flow is known in which some of the units are touched, and some are not.
        """
        if told and any(country in self.to for at, country in told.items() if at in targets):
            return Interval(1.0, 1.0)
        declared = []
        free = []
        for block in blocks:
            if not block.members.isdisjoint(told):
                declared.append(block)
            elif not block.members.isdisjoint(targets):
                free.append(self._block(path, block, {}, targets))
        floor = max([beside.floor, *(one.low for one in free)])
        ceiling = beside.ceiling + sum(one.high for one in free)
        if not declared and not strange:
            return Interval(floor, min(1.0, ceiling))
        around = Beside(floor, ceiling)
        few = strange or any(_may_be_few(path, block, told) for block in declared)
        if open_at_point and floor < 1.0 and (few or _may_part(path, declared, told)):
            return UNKNOWN
        if strange or any(self._may_vanish(path, block, told) for block in declared):
            return self._vanishing(path, declared, told, targets, around)
        if len(declared) > 1:
            return self._joined(path, declared, told, targets, around)
        block = declared[0]
        if targets & block.members:
            return self._block(path, block, told, targets, around)
        mass = self._mass(path, block, told)
        return _scaled(mass, around)

    def excluded(self, path: Sequence[Step], blocks: Sequence[Block], told: Told) -> frozenset[int]:
        """Declared steps of which the shares and routes leave nothing: the declaration contradicts them."""
        found: set[int] = set()
        for block in blocks:
            here = {at: told[at] for at in block.at if at in told}
            if any(_share(path[at], country).high <= 0.0 for at, country in here.items()):
                found |= {at for at, c in here.items() if _share(path[at], c).high <= 0.0}
            elif here and len(block.at) > 1 and self._mass(path, block, here).high <= 0.0:
                found |= set(here)
        return frozenset(found)

    def _may_vanish(self, path: Sequence[Step], block: Block, told: Told) -> bool:
        """Whether the units declared at a step that nothing ties may be as few as one likes."""
        return len(block.at) == 1 and _share(path[block.at[0]], told[block.at[0]]).low <= 0.0

    def _vanishing(
        self,
        path: Sequence[Step],
        declared: Sequence[Block],
        told: Told,
        targets: frozenset[int],
        around: Beside,
    ) -> Interval:
        """So few units meet the declarations that they may all be touched, or none, unless that is forced."""
        inside = [
            self._block(path, block, told, targets)
            for block in declared
            if targets & block.members and not self._may_vanish(path, block, told)
        ]
        low = max([around.floor, *(one.low for one in inside)])
        high = max([around.ceiling, *(one.high for one in inside)])
        return Interval(1.0 if low >= 1.0 else 0.0, 1.0 if high > 0.0 else 0.0)

    def _mass(self, path: Sequence[Step], block: Block, told: Told) -> Interval:
        """World share of the units that meet what is told of a block."""
        here = [at for at in block.at if at in told]
        if len(here) == 1:
            share = _share(path[here[0]], told[here[0]])
            if len(block.at) == 1 or share.low == share.high:
                return share
            if _may_be_few(path, block, told):
                return Interval(0.0, share.high)
        key = ("mass", *_key(path, block, told))
        if key not in self._kept:
            self._kept[key] = mass_met(places_of(path, block, told, frozenset(), NONE))
        return self._kept[key]

    def _block(
        self,
        path: Sequence[Step],
        block: Block,
        told: Told,
        targets: frozenset[int],
        around: Beside = NOTHING_BESIDE,
    ) -> Interval:
        within = targets & block.members
        if len(block.at) == 1:
            return self._single(path[block.at[0]], told.get(block.at[0]), around)
        key = (*_key(path, block, told), tuple(sorted(within)), around)
        if key not in self._kept:
            places = places_of(path, block, told, within, self.to)
            try:
                self._kept[key] = bounds(places, around)
            except Infeasible:
                raise contradiction(path, block) from None
        return self._kept[key]

    def _single(self, step: Step, told: str | None, around: Beside) -> Interval:
        """A step that nothing ties to its neighbours; what is told of it lies outside the set."""
        if told is not None:
            return _scaled(_share(step, told), around)
        if step.marginal is None:
            return UNKNOWN
        key = (step.commodity, step.stage)
        if key not in self._steps:
            low, _, high = step.marginal.inside(self.to)
            self._steps[key] = Interval(low, high)
        return self._steps[key]

    def _joined(
        self,
        path: Sequence[Step],
        declared: Sequence[Block],
        told: Told,
        targets: frozenset[int],
        around: Beside,
    ) -> Interval:
        """Several declared blocks as one chain with free coupling between them."""
        key = (
            "joined",
            around,
            *(
                part
                for block in declared
                for part in (*_key(path, block, told), tuple(sorted(targets & block.members)))
            ),
        )
        if key not in self._kept:
            places = tuple(
                place
                for block in declared
                for place in places_of(path, block, told, targets & block.members, self.to)
            )
            try:
                self._kept[key] = bounds(places, around)
            except Infeasible:
                raise contradiction(path, *declared) from None
        return self._kept[key]


def _may_be_few(path: Sequence[Step], block: Block, told: Told) -> bool:
    """Whether the units declared in a block may be as few as one likes, on any path that others take.

    So it is where a declared country may have no share and no route names it: it can then stand for any
    part, however small, of the other countries that nobody names.
    """
    named = {
        country
        for routes in block.routes
        for route in routes
        for country in (route.from_country, route.to_country)
    }
    return any(
        at in told and told[at] not in named and _share(path[at], told[at]).low <= 0.0
        for at in block.at
    )


def _may_part(path: Sequence[Step], declared: Sequence[Block], told: Told) -> bool:
    """Whether the units declared in freely coupled blocks may be hardly any the same.

    Blocks of masses m can be coupled with next to no unit that meets all if Σ m <= blocks - 1. A mass is
    at most the recommended share of each country declared in its block.
    """
    masses = [
        min(_likely(path[at], told[at]) for at in block.at if at in told) for block in declared
    ]
    return len(masses) > 1 and sum(masses) <= len(masses) - 1.0


def _likely(step: Step, country: str) -> float:
    return 0.0 if step.marginal is None else step.marginal.of(country)[1] or 0.0


def _scaled(mass: Interval, around: Beside) -> Interval:
    """The touch of freely coupled steps among the units of a declared mass."""
    if mass.low <= 0.0:
        return any_step_declared([Interval(around.floor, min(1.0, around.ceiling))], [mass])
    low = max(0.0, (around.floor + mass.low - 1.0) / mass.low)
    return Interval(low, min(1.0, around.ceiling / mass.low))


def _share(step: Step, country: str) -> Interval:
    """World share of a declared country at a step; 0 to 1 where the step has no shares."""
    if step.marginal is None:
        return UNKNOWN
    low, _, high = step.marginal.of(country)
    return Interval(low, high)


def _key(path: Sequence[Step], block: Block, told: Told) -> tuple[object, ...]:
    steps = tuple((path[at].commodity, path[at].stage, told.get(at)) for at in block.at)
    return (block.at, steps)
