"""Sharp bounds over all flows that agree with shares, routes and declarations: small linear programs.

The unit is an infinitesimal mass of one element on its way through the steps. A program's variables are
the flows between the countries of consecutive steps, split by what has happened so far: untouched,
touched, or lost to a declaration that was not met. Dividing by the mass that meets all declarations is
linear-fractional; the Charnes-Cooper scaling makes it linear: all flows are multiplied by t = 1 / mass.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bomrisk.supply.bounds import Interval

if TYPE_CHECKING:
    import highspy

UNTOUCHED, TOUCHED, LOST = 0, 1, 2

TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Node:
    """A country, or a class of countries that nothing tells apart, at one step.

    `inside` says whether it counts as touched, `met` whether it agrees with what is declared of the step.
    """

    name: str
    low: float
    high: float
    inside: bool = False
    met: bool = True


@dataclass(frozen=True, slots=True)
class Pool:
    """Nodes whose sum is limited, such as the parts of a remainder of unknown countries."""

    members: tuple[int, ...]
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Link:
    """A route between two nodes of consecutive steps: a share of what leaves one or enters the other."""

    start: int
    end: int
    of_start: bool
    low: float
    high: float
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """One step of a program: its nodes, the limits on groups of them, and the routes that lead to it."""

    nodes: tuple[Node, ...]
    pools: tuple[Pool, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def declared(self) -> bool:
        """Whether something is declared of the step."""
        return any(not node.met for node in self.nodes)


@dataclass(frozen=True, slots=True)
class Beside:
    """What other, freely coupled chains add: `floor` is the greatest of their least touches, `ceiling` the
    sum of their greatest. Both are shares of all units, not only of those that meet the declarations."""

    floor: float = 0.0
    ceiling: float = 0.0


NOTHING_BESIDE = Beside()


class Infeasible(Exception):  # noqa: N818 - a fact about data, not an error yet
    """No flow agrees with the shares, routes and declarations of a program."""


def bounds(places: tuple[Place, ...], beside: Beside = NOTHING_BESIDE) -> Interval:
    """Least and greatest probability of touching at any place, among units that meet every declaration.

    Raises `Infeasible` where no flow agrees with everything.
    """
    program = _Program(places)
    low = program.solve(least=True, beside=beside)
    high = program.solve(least=False, beside=beside)
    return Interval(min(low, high), max(low, high))


def mass_met(places: tuple[Place, ...]) -> Interval:
    """Least and greatest share of all units that meet every declaration of the places."""
    flat = tuple(
        Place(
            tuple(Node(n.name, n.low, n.high, inside=not n.met) for n in place.nodes),
            place.pools,
            place.links,
        )
        for place in places
    )
    lost = bounds(flat)
    return Interval(1.0 - lost.high, 1.0 - lost.low)


def is_feasible(places: tuple[Place, ...]) -> bool:
    """Whether any flow agrees with the shares and routes."""
    try:
        bounds(places)
    except Infeasible:
        return False
    return True


class _Program:
    """The linear program of a chain of places, built once and solved for the least and the greatest."""

    def __init__(self, places: tuple[Place, ...]) -> None:
        self.places = places
        self.columns = 1  # column 0 is t
        self.entries: list[tuple[int, int, float]] = []
        self.row_low: list[float] = []
        self.row_high: list[float] = []
        self.declared = any(place.declared for place in places)
        self._touched: list[int] = []
        self._kept: list[int] = []
        self._build()

    # building ---------------------------------------------------------------------------------
    def _row(self, low: float, high: float, terms: Iterator[tuple[int, float]]) -> None:
        at = len(self.row_low)
        for column, value in terms:
            self.entries.append((at, column, value))
        self.row_low.append(low)
        self.row_high.append(high)

    def _column(self) -> int:
        self.columns += 1
        return self.columns - 1

    def _build(self) -> None:
        infinity = float("inf")
        arriving = self._start(self.places[0])
        self._limits(self.places[0], arriving)
        for place in self.places[1:]:
            leaving: dict[tuple[int, int], list[tuple[int, int]]] = {}
            entering: list[dict[int, list[int]]] = [{} for _ in place.nodes]
            for c, states in enumerate(arriving):
                for state, columns in states.items():
                    out = []
                    for d, node in enumerate(place.nodes):
                        column = self._column()
                        out.append((d, column))
                        entering[d].setdefault(_next(state, node), []).append(column)
                    leaving[c, state] = out
                    self._row(
                        0.0,
                        0.0,
                        iter([(k, 1.0) for k in columns] + [(k, -1.0) for _, k in out]),
                    )
            self._limits(place, entering)
            for link in place.links:
                flow = [
                    column
                    for (c, _), out in leaving.items()
                    if c == link.start
                    for d, column in out
                    if d == link.end
                ]
                base = (
                    [k for columns in arriving[link.start].values() for k in columns]
                    if link.of_start
                    else [k for columns in entering[link.end].values() for k in columns]
                )
                for share, low, high in ((link.low, 0.0, infinity), (link.high, -infinity, 0.0)):
                    if (low == 0.0 and share > 0.0) or (high == 0.0 and share < 1.0):
                        terms: dict[int, float] = {}
                        for k in flow:
                            terms[k] = terms.get(k, 0.0) + 1.0
                        for k in base:
                            terms[k] = terms.get(k, 0.0) - share
                        self._row(low, high, iter(terms.items()))
            arriving = entering
        self._touched = [k for states in arriving for k in states.get(TOUCHED, ())]
        self._kept = self._touched + [k for states in arriving for k in states.get(UNTOUCHED, ())]
        self._row(1.0, 1.0, iter([(k, 1.0) for k in self._kept]))

    def _start(self, place: Place) -> list[dict[int, list[int]]]:
        states: list[dict[int, list[int]]] = []
        for node in place.nodes:
            states.append({_next(UNTOUCHED, node): [self._column()]})
        every = [k for state in states for columns in state.values() for k in columns]
        self._row(0.0, 0.0, iter([(k, 1.0) for k in every] + [(0, -1.0)]))
        return states

    def _limits(self, place: Place, states: list[dict[int, list[int]]]) -> None:
        """Hold every node and pool between its least and greatest share of all units."""
        columns = [[k for part in state.values() for k in part] for state in states]
        for node, members in zip(place.nodes, columns, strict=True):
            self._between(members, node.low, node.high)
        for pool in place.pools:
            self._between([k for at in pool.members for k in columns[at]], pool.low, pool.high)

    def _between(self, members: list[int], low: float, high: float) -> None:
        infinity = float("inf")
        if low == high:
            self._row(0.0, 0.0, iter([*((k, 1.0) for k in members), (0, -low)]))
            return
        if low > 0.0:
            self._row(0.0, infinity, iter([*((k, 1.0) for k in members), (0, -low)]))
        if high < 1.0:
            self._row(-infinity, 0.0, iter([*((k, 1.0) for k in members), (0, -high)]))

    # solving ----------------------------------------------------------------------------------
    def solve(self, *, least: bool, beside: Beside) -> float:
        """The least or the greatest touch, with what the chains beside it add."""
        if not self._kept:
            raise Infeasible
        from bomrisk.supply.simplex import optimum

        infinity = float("inf")
        entries, row_low, row_high = list(self.entries), list(self.row_low), list(self.row_high)
        cost = [0.0] * self.columns
        upper = [infinity] * self.columns
        for k in self._touched:
            cost[k] = 1.0
        if least and beside.floor > 0.0:
            # z >= touched and z >= (floor + m - 1) / m = 1 - (1 - floor) t; minimise z
            z = len(cost)
            at = len(row_low)
            entries += [(at, z, 1.0), *((at, k, -1.0) for k in self._touched)]
            entries += [(at + 1, z, 1.0), (at + 1, 0, 1.0 - beside.floor)]
            row_low += [0.0, 1.0]
            row_high += [infinity, infinity]
            cost = [0.0] * z + [1.0]
            upper.append(infinity)
        elif not least and beside.ceiling > 0.0:
            # w <= ceiling t, touched + w <= 1; maximise touched + w
            w = len(cost)
            at = len(row_low)
            entries += [(at, w, 1.0), (at, 0, -beside.ceiling)]
            entries += [(at + 1, w, 1.0), *((at + 1, k, 1.0) for k in self._touched)]
            row_low += [-infinity, -infinity]
            row_high += [0.0, 1.0]
            cost.append(1.0)
            upper.append(infinity)
        found = optimum(cost, upper, entries, row_low, row_high, least=least)
        if found is None:
            raise Infeasible
        return min(1.0, max(0.0, found))


def _next(state: int, node: Node) -> int:
    """The state of a unit after a node."""
    if state == LOST or not node.met:
        return LOST
    return TOUCHED if node.inside else state
