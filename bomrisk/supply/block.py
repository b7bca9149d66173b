"""Blocks: runs of consecutive steps tied by routes, each solved once and shared by all that contain it.

Between blocks nothing is known of how the flows couple, so blocks combine in closed form; inside a
block the linear program decides. A step without shares is a block of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bomrisk.errors import InputError
from bomrisk.knowledge.model import OTHER
from bomrisk.supply.chain import Step
from bomrisk.supply.flow import (
    Infeasible,
    Link,
    Node,
    Place,
    Pool,
    bounds,
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


def places_of(
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


def contradiction(path: Sequence[Step], *blocks: Block) -> InputError:
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
        bounds(places_of(path, _block(block.at, routes), {}, frozenset(), NONE))
    except Infeasible:
        return False
    return True
