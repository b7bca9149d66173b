"""Sharp bounds over all flows that agree with shares, routes and declarations: small linear programs.

The unit is an infinitesimal mass of one element on its way through the steps. A program's variables are
the flows between the countries of consecutive steps, split by what has happened so far: untouched,
touched, or lost to a declaration that was not met. Dividing by the mass that meets all declarations is
linear-fractional; the Charnes-Cooper scaling makes it linear: all flows are multiplied by t = 1 / mass.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bomrisk.supply.bounds import Interval
from bomrisk.supply.simplex import INFINITY, Rows, extremes

UNTOUCHED, TOUCHED, LOST = 0, 1, 2

States = list[dict[int, list[int]]]
"""For every node of a place, what has happened so far to the columns of the flows that enter it."""


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
    """What other, freely coupled chains add to the touch.

    `floor` is the greatest of their least touches, `ceiling` the sum of their greatest. Both are shares
    of all units, not only of those that meet the declarations.
    """

    floor: float = 0.0
    ceiling: float = 0.0


NOTHING_BESIDE = Beside()


class Infeasible(Exception):  # noqa: N818 - a fact about data, not an error yet
    """No flow agrees with the shares, routes and declarations of a program."""


def bounds(places: tuple[Place, ...], beside: Beside = NOTHING_BESIDE) -> Interval:
    """Least and greatest probability of touching at any place, among units that meet every declaration.

    Raises `Infeasible` where no flow agrees with everything.
    """
    return _Program(places).solve(beside)


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
    """The linear program of a chain of places; column 0 is t, the scale of all units."""

    def __init__(self, places: tuple[Place, ...]) -> None:
        self.columns = 1
        self.matrix = Rows([], [], [], [], [])
        arriving = self._start(places[0])
        self._limits(places[0], arriving)
        for place in places[1:]:
            arriving = self._pass(arriving, place)
            self._limits(place, arriving)
        self.touched = [k for states in arriving for k in states.get(TOUCHED, ())]
        self.met = self.touched + [k for states in arriving for k in states.get(UNTOUCHED, ())]
        self._row(1.0, 1.0, self.met)

    # building ---------------------------------------------------------------------------------
    def _row(
        self,
        low: float,
        high: float,
        plus: Iterable[int],
        minus: Iterable[int] = (),
        *more: tuple[int, float],
    ) -> int:
        """Add low <= Σ plus - Σ minus + Σ more <= high."""
        matrix, at = self.matrix, len(self.matrix.low)
        for column in plus:
            matrix.rows.append(at)
            matrix.columns.append(column)
            matrix.values.append(1.0)
        for column in minus:
            matrix.rows.append(at)
            matrix.columns.append(column)
            matrix.values.append(-1.0)
        for column, value in more:
            matrix.rows.append(at)
            matrix.columns.append(column)
            matrix.values.append(value)
        matrix.low.append(low)
        matrix.high.append(high)
        return at

    def _column(self) -> int:
        self.columns += 1
        return self.columns - 1

    def _start(self, place: Place) -> States:
        states: States = [{_next(UNTOUCHED, node): [self._column()]} for node in place.nodes]
        every = [k for state in states for columns in state.values() for k in columns]
        self._row(0.0, 0.0, every, (0,))
        return states

    def _pass(self, arriving: States, place: Place) -> States:
        """Let every unit go on to every node of the next place; what arrives leaves."""
        entering: States = [{} for _ in place.nodes]
        flows: dict[tuple[int, int], list[int]] = {}
        for c, states in enumerate(arriving):
            for state, columns in states.items():
                leaving = []
                for d, node in enumerate(place.nodes):
                    column = self._column()
                    leaving.append(column)
                    flows.setdefault((c, d), []).append(column)
                    entering[d].setdefault(_next(state, node), []).append(column)
                self._row(0.0, 0.0, columns, leaving)
        for link in place.links:
            base = arriving[link.start] if link.of_start else entering[link.end]
            self._link(link, flows[link.start, link.end], base)
        return entering

    def _link(self, link: Link, flow: list[int], base: dict[int, list[int]]) -> None:
        """Hold a flow between two shares of what leaves its start or enters its end."""
        for share, low, high in ((link.low, 0.0, INFINITY), (link.high, -INFINITY, 0.0)):
            if (low == 0.0 and share > 0.0) or (high == 0.0 and share < 1.0):
                terms = dict.fromkeys(flow, 1.0)
                for columns in base.values():
                    for column in columns:
                        terms[column] = terms.get(column, 0.0) - share
                self._row(low, high, (), (), *terms.items())

    def _limits(self, place: Place, states: States) -> None:
        """Hold every node and pool between its least and greatest share of all units."""
        columns = [[k for part in state.values() for k in part] for state in states]
        for node, members in zip(place.nodes, columns, strict=True):
            self._between(members, node.low, node.high)
        for pool in place.pools:
            self._between([k for at in pool.members for k in columns[at]], pool.low, pool.high)

    def _between(self, members: list[int], low: float, high: float) -> None:
        if low == high:
            self._row(0.0, 0.0, members, (), (0, -low))
            return
        if low > 0.0:
            self._row(0.0, INFINITY, members, (), (0, -low))
        if high < 1.0:
            self._row(-INFINITY, 0.0, members, (), (0, -high))

    # solving ----------------------------------------------------------------------------------
    def solve(self, beside: Beside) -> Interval:
        """The least and the greatest touch, with what the chains beside it add."""
        if not self.met:
            raise Infeasible
        greatest = dict.fromkeys(self.touched, 1.0)
        least = greatest
        if beside.floor > 0.0:
            # z >= touched and z >= (floor + m - 1) / m = 1 - (1 - floor) t: minimise z
            z = self._column()
            self._row(0.0, INFINITY, (z,), self.touched)
            self._row(1.0, INFINITY, (z,), (), (0, 1.0 - beside.floor))
            least = {z: 1.0}
        if beside.ceiling > 0.0:
            # w <= ceiling t and touched + w <= 1: maximise touched + w
            w = self._column()
            self._row(-INFINITY, 0.0, (w,), (), (0, -beside.ceiling))
            self._row(-INFINITY, 1.0, (w, *self.touched))
            greatest = {**greatest, w: 1.0}
        found = extremes(self.columns, self.matrix, least, greatest)
        if found is None:
            raise Infeasible
        low, high = (min(1.0, max(0.0, value)) for value in found)
        return Interval(min(low, high), high)


def _next(state: int, node: Node) -> int:
    """The state of a unit after a node."""
    if state == LOST or not node.met:
        return LOST
    return TOUCHED if node.inside else state
