"""Sharp bounds by linear programs over flows, proven against every path of small networks."""

from __future__ import annotations

import random
from itertools import permutations, product

import pytest

from bomrisk.supply.bounds import Interval
from bomrisk.supply.flow import (
    Beside,
    Infeasible,
    Link,
    Node,
    Place,
    Pool,
    bounds,
    is_feasible,
    mass_met,
)
from bomrisk.supply.simplex import Rows, extremes


def over_paths(places: tuple[Place, ...]) -> Interval:
    """The bounds by another road: one variable per path through all steps, no flags, no flows.

    With t the inverse of the declared mass: minimise and maximise the touched and declared paths.
    """
    paths = list(product(*(range(len(place.nodes)) for place in places)))
    matrix = Rows([], [], [], [], [])

    def row(low: float, high: float, terms: dict[int, float]) -> None:
        for column, value in terms.items():
            matrix.rows.append(len(matrix.low))
            matrix.columns.append(column)
            matrix.values.append(value)
        matrix.low.append(low)
        matrix.high.append(high)

    infinity = float("inf")
    t = len(paths)
    row(0.0, 0.0, {**dict.fromkeys(range(t), 1.0), t: -1.0})
    for at, place in enumerate(places):
        for n, node in enumerate(place.nodes):
            here = {i: 1.0 for i, path in enumerate(paths) if path[at] == n}
            row(0.0, infinity, {**here, t: -node.low})
            row(-infinity, 0.0, {**here, t: -node.high})
        for pool in place.pools:
            here = {i: 1.0 for i, path in enumerate(paths) if path[at] in pool.members}
            row(0.0, infinity, {**here, t: -pool.low})
            row(-infinity, 0.0, {**here, t: -pool.high})
        for link in place.links:
            base = {
                i
                for i, path in enumerate(paths)
                if (path[at - 1] == link.start if link.of_start else path[at] == link.end)
            }
            flow = {
                i
                for i, path in enumerate(paths)
                if path[at - 1] == link.start and path[at] == link.end
            }
            for share, low, high in ((link.low, 0.0, infinity), (link.high, -infinity, 0.0)):
                row(low, high, {i: (i in flow) - share for i in base | flow})
    met = {
        i: 1.0
        for i, path in enumerate(paths)
        if all(place.nodes[n].met for place, n in zip(places, path, strict=True))
    }
    row(1.0, 1.0, met)
    touched = {
        i: 1.0
        for i in met
        if any(place.nodes[n].inside for place, n in zip(places, paths[i], strict=True))
    }
    found = extremes(t + 1, matrix, touched, touched)
    if found is None:
        raise Infeasible
    return Interval(*found)


def step(share: float, declared: float | None = None) -> Place:
    """A step with a share in the set, a share that is declared, and the rest."""
    if declared is None:
        return Place((Node("set", share, share, inside=True), Node("rest", 1 - share, 1 - share)))
    rest = 1.0 - share - declared
    return Place(
        (
            Node("set", share, share, inside=True, met=False),
            Node("declared", declared, declared),
            Node("rest", rest, rest, met=False),
        )
    )


def test_without_routes_the_program_gives_the_closed_forms() -> None:
    found = bounds((step(0.3), step(0.6)))
    assert (found.low, found.high) == pytest.approx((0.6, 0.9))
    # declared 0.55 at the first step: (0.6 + 0.55 - 1) / 0.55 to min(1, 0.6 / 0.55)
    found = bounds((step(0.3, declared=0.55), step(0.6)))
    assert (found.low, found.high) == pytest.approx((0.15 / 0.55, 1.0))
    assert mass_met((step(0.3, declared=0.55), step(0.6))).low == pytest.approx(0.55)


def test_a_route_into_the_set_narrows_the_bounds_to_what_it_forces() -> None:
    # a quarter is made outside at A and goes to the set, all of it: T = 0.5 + 0.25 exactly
    first = Place(
        (Node("set", 0.5, 0.5, inside=True), Node("A", 0.25, 0.25), Node("B", 0.25, 0.25))
    )
    second = (Node("set", 0.75, 0.75, inside=True), Node("rest", 0.25, 0.25))
    free = bounds((first, Place(second)))
    assert (free.low, free.high) == pytest.approx((0.75, 1.0))
    tied = bounds(
        (
            first,
            Place(
                second,
                (),
                (Link(0, 0, True, 1.0, 1.0, "home"), Link(1, 0, True, 1.0, 1.0, "A to the set")),
            ),
        )
    )
    assert (tied.low, tied.high) == pytest.approx((0.75, 0.75))


def test_routes_that_contradict_each_other_are_infeasible() -> None:
    first = Place((Node("A", 0.5, 0.5), Node("B", 0.5, 0.5)))
    nodes = (Node("C", 0.5, 0.5), Node("D", 0.5, 0.5))
    links = (Link(0, 0, True, 0.8, 1.0, "A to C"), Link(0, 1, True, 0.3, 1.0, "A to D"))
    assert not is_feasible((first, Place(nodes, (), links)))
    assert is_feasible((first, Place(nodes, (), links[:1])))
    with pytest.raises(Infeasible):
        bounds((first, Place(nodes, (), links)))


def test_a_declaration_that_nobody_can_meet_is_infeasible() -> None:
    with pytest.raises(Infeasible):
        bounds((Place((Node("A", 1.0, 1.0, met=False),)),))


def random_places(rng: random.Random) -> tuple[Place, ...]:
    places: list[Place] = []
    for at in range(rng.choice([2, 2, 3])):
        count = rng.choice([2, 3, 3, 4]) if at < 2 else 2
        cuts = sorted(rng.randint(0, 10) for _ in range(count - 1))
        sizes = [b - a for a, b in zip([0, *cuts], [*cuts, 10], strict=True)]
        declared = rng.randrange(count) if rng.random() < 0.5 else None
        nodes = []
        for n, size in enumerate(sizes):
            slack = rng.choice([0.0, 0.0, 0.1])
            nodes.append(
                Node(
                    f"{at}{n}",
                    max(0.0, size / 10 - slack),
                    min(1.0, size / 10 + slack),
                    rng.random() < 0.4,
                    declared in (None, n),
                )
            )
        links = []
        if at and rng.random() < 0.7:
            start, end = rng.randrange(len(places[-1].nodes)), rng.randrange(count)
            low = rng.choice([0.0, 0.5, 0.9])
            links.append(
                Link(start, end, rng.random() < 0.6, low, rng.choice([1.0, 1.0, low]), "r")
            )
        pools = (Pool((0, 1), 0.1, 0.8),) if count > 2 and rng.random() < 0.3 else ()
        places.append(Place(tuple(nodes), pools, tuple(links)))
    return tuple(places)


@pytest.mark.parametrize("seed", range(120))
def test_the_program_is_as_sharp_as_one_over_all_paths(seed: int) -> None:
    places = random_places(random.Random(seed))
    try:
        expected = over_paths(places)
    except Infeasible:
        with pytest.raises(Infeasible):
            bounds(places)
        return
    found = bounds(places)
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=1e-7)


@pytest.mark.parametrize("seed", range(12))
def test_no_arrangement_of_single_units_lies_outside_the_bounds(seed: int) -> None:
    # six units, three countries, two steps and one route, every arrangement enumerated
    rng = random.Random(seed)
    first = sorted(rng.choice("ABC") for _ in range(6))
    second = sorted(rng.choice("ABC") for _ in range(6))
    inside = rng.choice("ABC")
    at_least = rng.choice([0.0, 0.5])

    def nodes(row: list[str]) -> tuple[Node, ...]:
        return tuple(Node(c, row.count(c) / 6, row.count(c) / 6, c == inside) for c in "ABC")

    found = []
    for order in set(permutations(second)):
        flow = sum(1 for a, b in zip(first, order, strict=True) if a == "A" and b == "B")
        if flow >= at_least * first.count("A") - 1e-9:
            hits = sum(inside in pair for pair in zip(first, order, strict=True))
            found.append(hits / 6)
    link = Link(0, 1, True, at_least, 1.0, "A to B")
    places = (Place(nodes(first)), Place(nodes(second), (), (link,)))
    if not found:
        assert not is_feasible(places) or at_least * first.count("A") % 1 != 0
        return
    limits = bounds(places)
    assert limits.low <= min(found) + 1e-9
    assert limits.high >= max(found) - 1e-9
    if at_least * first.count("A") % 1 == 0:  # whole units: the extremes are reached by some
        assert (limits.low, limits.high) == pytest.approx((min(found), max(found)), abs=1e-9)


def test_chains_beside_add_as_if_they_stood_in_the_program() -> None:
    # a freely coupled step of share 0.6 beside, against the same step in the program
    declared = step(0.2, declared=0.5)
    whole = bounds((declared, step(0.3), step(0.6)))
    apart = bounds((declared, step(0.3)), Beside(0.6, 0.6))
    assert (apart.low, apart.high) == pytest.approx((whole.low, whole.high))
    undeclared = bounds((step(0.3),), Beside(0.6, 0.6))
    assert (undeclared.low, undeclared.high) == pytest.approx((0.6, 0.9))
