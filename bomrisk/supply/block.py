"""Blocks: runs of consecutive steps tied by routes, each solved once and shared by all that contain it.

Between blocks nothing is known of how the flows couple, so blocks combine in closed form; inside a
block the linear program decides. A step without shares is a block of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bomrisk.errors import InputError
from bomrisk.knowledge.model import OTHER
from bomrisk.supply.bounds import UNKNOWN, Interval, any_step_declared
from bomrisk.supply.chain import Step
from bomrisk.supply.flow import (
    NOTHING_BESIDE,
    Beside,
    Infeasible,
    Link,
    Node,
    Place,
    Pool,
    bounds,
    mass_met,
)
from bomrisk.supply.marginal import Marginal
from bomrisk.supply.route import Route

Told = Mapping[int, str]
"""Index of a step in its path to the one country declared for it."""

NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Block:
    """Consecutive steps of a path, by index, and the routes into each but the first."""

    at: tuple[int, ...]
    routes: tuple[tuple[Route, ...], ...]
    members: frozenset[int]
    """The same indexes as `at`, as a set."""


def blocks_of(path: Sequence[Step], routes: Sequence[Route]) -> tuple[Block, ...]:
    """Split a path where no route ties neighbours; steps without shares stand alone, and are passed over.

    A route ties two steps that follow each other among those with shares.
    """
    found: list[Block] = []
    known = [at for at, step in enumerate(path) if step.marginal is not None]
    for order, at in enumerate(known):
        tying: tuple[Route, ...] = ()
        if order:
            before, step = path[known[order - 1]], path[at]
            tying = tuple(route for route in routes if _ties(route, before, step))
        if tying:
            last = found.pop()
            found.append(_block((*last.at, at), (*last.routes, tying)))
        else:
            found.append(_block((at,), ()))
    found += [_block((at,), ()) for at, step in enumerate(path) if step.marginal is None]
    return tuple(found)


def _block(at: tuple[int, ...], routes: tuple[tuple[Route, ...], ...]) -> Block:
    return Block(at, routes, frozenset(at))


def _ties(route: Route, before: Step, step: Step) -> bool:
    if (route.from_stage, route.to_stage) != (before.stage, step.stage):
        return False
    if not (route.concerns(before.commodity) or route.concerns(step.commodity)):
        return False
    assert before.marginal is not None  # noqa: S101 - only known steps are asked
    assert step.marginal is not None  # noqa: S101
    return _has(before.marginal, route.from_country) and _has(step.marginal, route.to_country)


def _has(marginal: Marginal, country: str) -> bool:
    """Whether the country can do any of the step: by a row of its own, or within the remainder."""
    return country in marginal.countries or marginal.other()[2] > 0.0


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
            self._kept[key] = mass_met(_places(path, block, told, frozenset(), NONE))
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
            places = _places(path, block, told, within, self.to)
            try:
                self._kept[key] = bounds(places, around)
            except Infeasible:
                raise _contradiction(path, block) from None
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
                for place in _places(path, block, told, targets & block.members, self.to)
            )
            try:
                self._kept[key] = bounds(places, around)
            except Infeasible:
                raise _contradiction(path, *declared) from None
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


def _places(
    path: Sequence[Step], block: Block, told: Told, targets: frozenset[int], to: frozenset[str]
) -> tuple[Place, ...]:
    """The program of a block: countries that nothing tells apart are merged."""
    named: list[set[str]] = [set() for _ in block.at]
    for order, routes in enumerate(block.routes):
        for route in routes:
            named[order].add(route.from_country)
            named[order + 1].add(route.to_country)
    places: list[Place] = []
    indexes: list[dict[str, int]] = []
    for order, at in enumerate(block.at):
        marginal = path[at].marginal
        assert marginal is not None  # noqa: S101 - steps without shares are solved in closed form
        place, index = _place(marginal, named[order], told.get(at), to if at in targets else NONE)
        links: tuple[Link, ...] = ()
        if order:
            links = tuple(
                Link(
                    indexes[-1][route.from_country],
                    index[route.to_country],
                    route.basis == "share_of_from",
                    route.low,
                    route.high,
                    route.name,
                )
                for route in block.routes[order - 1]
            )
        places.append(Place(place.nodes, place.pools, links))
        indexes.append(index)
    return tuple(places)


def _place(
    marginal: Marginal, named: set[str], told: str | None, inside: frozenset[str]
) -> tuple[Place, dict[str, int]]:
    apart = sorted(named | ({told} if told else set()))
    other_low, _, other_high = marginal.other()
    nodes: list[Node] = []
    index: dict[str, int] = {}
    pool: list[int] = []
    for country in apart:
        index[country] = len(nodes)
        if country in marginal.countries and country != OTHER:
            low, _, high = marginal.of(country)
        else:
            low, high = 0.0, other_high
            pool.append(len(nodes))
        nodes.append(Node(country, low, high, country in inside, told in (None, country)))
    for within in (True, False):
        rows = [
            (low, high)
            for country, low, high in zip(
                marginal.countries, marginal.low, marginal.high, strict=True
            )
            if country not in apart and country != OTHER and (country in inside) is within
        ]
        if rows:
            nodes.append(
                Node(
                    "set" if within else "rest",
                    sum(row[0] for row in rows),
                    min(1.0, sum(row[1] for row in rows)),
                    within,
                    told is None,
                )
            )
        if other_high > 0.0 and (inside or not within):
            pool.append(len(nodes))
            nodes.append(Node(OTHER, 0.0, other_high, within, told is None))
    pools = (Pool(tuple(pool), other_low, other_high),) if len(pool) > 0 else ()
    return Place(tuple(nodes), pools), index


def _contradiction(path: Sequence[Step], *blocks: Block) -> InputError:
    """The error that names the routes which cannot hold together under the shares."""
    guilty = []
    for block in blocks:
        guilty += conflicting(path, block)
    names = "; ".join(route.name for route in guilty)
    steps = ", ".join(path[at].name for block in blocks for at in block.at)
    return InputError(
        f"these routes contradict each other or the shares of {steps}: {names}",
        mend="correct the shares of the routes, or end one of them with date_to",
        path="routes_constraints",
    )


def conflicting(path: Sequence[Step], block: Block) -> list[Route]:
    """A smallest set of routes of a block that cannot hold together; empty if they all can."""
    kept = [route for routes in block.routes for route in routes]
    if _feasible(path, block, kept):
        return []
    for route in list(kept):
        fewer = [one for one in kept if one is not route]
        if not _feasible(path, block, fewer):
            kept = fewer
    return kept


def _feasible(path: Sequence[Step], block: Block, kept: Sequence[Route]) -> bool:
    routes = tuple(tuple(r for r in part if any(r is k for k in kept)) for part in block.routes)
    try:
        bounds(_places(path, _block(block.at, routes), {}, frozenset(), NONE))
    except Infeasible:
        return False
    return True
