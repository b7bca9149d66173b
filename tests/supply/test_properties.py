"""The algebra of tracing, on random networks: what must hold whatever the figures are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bomrisk.errors import InputError
from bomrisk.knowledge.model import OTHER, CountryShare, ShareSet
from bomrisk.supply.declaration import read_declared
from bomrisk.supply.tracer import Solution, Tracer
from tests.supply.small import DAY, SmallKnowledge, material, route, shares

CHN = frozenset({"CHN"})
COUNTRIES = ("CHN", "USA", "AUS", "JPN")
STAGES = (("Sm", "mined"), ("Sm", "separated"), ("SmCo", "melted"), ("SmCo", "sintered"))
CLOSE = 1e-7


@st.composite
def share_set(draw: st.DrawFn, commodity: str, stage: str) -> ShareSet:
    weights = draw(st.lists(st.integers(0, 9), min_size=4, max_size=4))
    rest = draw(st.integers(0, 3))
    total = sum(weights) + rest
    assume(total > 0)
    names = [(name, weight) for name, weight in zip(COUNTRIES, weights, strict=True) if weight]
    assume(names)
    return shares(commodity, stage, {name: weight / total for name, weight in names})


sets = st.tuples(*(share_set(*key) for key in STAGES))
told = st.dictionaries(
    st.sampled_from(["mined", "separated", "melted", "sintered", "magnetized"]),
    st.sampled_from([*COUNTRIES, "DEU"]),
    max_size=2,
)


def knowledge(
    given_sets: tuple[ShareSet, ...], routes: list[dict[str, str]] | None = None
) -> SmallKnowledge:
    return SmallKnowledge(
        given_sets,
        [material("magnet", "permanent_magnet_smco", {"Sm": 35.0})],
        chains={"Sm": ("mined", "separated")},
        products={"permanent_magnet_smco": "SmCo"},
        tables={"routes_constraints": routes or []},
    )


def solve(
    given_sets: tuple[ShareSet, ...],
    declare: dict[str, str] | None = None,
    routes: list[dict[str, str]] | None = None,
    to: frozenset[str] = CHN,
) -> Solution:
    tracer = Tracer(knowledge(given_sets, routes), as_of=DAY, to=to)
    return tracer.solve("magnet", read_declared(declare or {}))


def assert_inside(inner: Solution, outer: Solution) -> None:
    for one, other in zip(inner.values, outer.values, strict=True):
        assert one.low >= other.low - CLOSE
        assert one.high <= other.high + CLOSE


@given(sets, told)
@settings(max_examples=60, deadline=None)
def test_the_point_lies_between_the_bounds_and_all_lie_between_0_and_1(
    given_sets: tuple[ShareSet, ...], declare: dict[str, str]
) -> None:
    for value in solve(given_sets, declare).values:
        assert 0.0 <= value.low <= value.high <= 1.0
        if value.point is not None:
            assert value.low <= value.point <= value.high


@given(sets, st.sampled_from(STAGES))
@settings(max_examples=40, deadline=None)
def test_another_share_never_widens(
    given_sets: tuple[ShareSet, ...], known: tuple[str, str]
) -> None:
    fewer = tuple(one for one in given_sets if (one.commodity, one.stage) != known)
    assert_inside(solve(given_sets), solve(fewer))


@given(
    sets, st.sampled_from(COUNTRIES), st.sampled_from(COUNTRIES), st.sampled_from(["0.5", "1.0"])
)
@settings(max_examples=40, deadline=None)
def test_another_route_never_widens(
    given_sets: tuple[ShareSet, ...], start: str, end: str, low: str
) -> None:
    tie = route(
        commodity="REE",
        from_stage="mined",
        from_country=start,
        to_stage="separated",
        to_country=end,
        low=low,
    )
    try:
        tied = solve(given_sets, routes=[tie])
    except InputError:
        return
    assert_inside(tied, solve(given_sets))


@given(sets, told, st.permutations(COUNTRIES))
@settings(max_examples=30, deadline=None)
def test_renaming_countries_changes_nothing(
    given_sets: tuple[ShareSet, ...], declare: dict[str, str], order: list[str]
) -> None:
    name = {**dict(zip(COUNTRIES, order, strict=True)), OTHER: OTHER, "DEU": "DEU"}

    def renamed(row: CountryShare) -> CountryShare:
        return replace(row, country=name[row.country])

    turned = tuple(replace(one, shares=tuple(map(renamed, one.shares))) for one in given_sets)
    there = solve(
        turned, {stage: name[c] for stage, c in declare.items()}, to=frozenset({name["CHN"]})
    )
    for one, other in zip(solve(given_sets, declare).values, there.values, strict=True):
        assert (one.low, one.high) == pytest.approx((other.low, other.high), abs=CLOSE)
        assert one.point == pytest.approx(other.point, abs=1e-6)


@given(sets, st.sampled_from(STAGES))
@settings(max_examples=30, deadline=None)
def test_a_share_of_one_forces_one(given_sets: tuple[ShareSet, ...], sole: tuple[str, str]) -> None:
    changed = tuple(
        shares(one.commodity, one.stage, {"CHN": 1.0})
        if (one.commodity, one.stage) == sole
        else one
        for one in given_sets
    )
    touch = solve(changed).touch
    assert (touch.low, touch.point, touch.high) == pytest.approx((1.0, 1.0, 1.0))


@given(sets, told, st.sampled_from(["mined", "separated", "melted", "sintered", "magnetized"]))
@settings(max_examples=40, deadline=None)
def test_a_declared_country_in_the_set_at_any_step_gives_exactly_one(
    given_sets: tuple[ShareSet, ...], declare: dict[str, str], stage: str
) -> None:
    touch = solve(given_sets, {**declare, stage: "CHN"}).touch
    assert (touch.low, touch.point, touch.high) == (1.0, 1.0, 1.0)


@given(sets, told)
@settings(max_examples=25, deadline=None)
def test_probabilities_of_a_partition_sum_to_one(
    given_sets: tuple[ShareSet, ...], declare: dict[str, str]
) -> None:
    # of a single step with shares and no remainder, the countries exclude each other and leave nothing
    full = tuple(
        replace(one, shares=tuple(r for r in one.shares if r.country != OTHER))
        for one in given_sets
    )
    scaled = tuple(
        shares(
            o.commodity,
            o.stage,
            {r.country: r.share / sum(x.share for x in o.shares) for r in o.shares},
        )
        for o in full
    )
    totals = dict.fromkeys(STAGES, 0.0)
    for country in (*COUNTRIES, "DEU"):
        solution = solve(scaled, declare, to=frozenset({country}))
        for scope, value in zip(solution.scopes, solution.values, strict=True):
            key = (scope.commodity or "", scope.stage or "")
            if key in totals and value.point is not None:
                totals[key] += value.point
    assert list(totals.values()) == pytest.approx([1.0] * 4, abs=1e-6)


@given(sets, told)
@settings(max_examples=25, deadline=None)
def test_a_larger_country_set_is_touched_no_less(
    given_sets: tuple[ShareSet, ...], declare: dict[str, str]
) -> None:
    few, many = solve(given_sets, declare), solve(given_sets, declare, to=CHN | {"USA"})
    for one, other in zip(few.values, many.values, strict=True):
        assert one.low <= other.low + CLOSE
        assert one.high <= other.high + CLOSE
        if one.point is not None and other.point is not None:
            assert one.point <= other.point + 1e-6
