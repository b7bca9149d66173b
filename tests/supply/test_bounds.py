"""Closed forms of tracing: each figure is worked out in a comment, and enumerated where that is small."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bomrisk.supply.bounds import (
    Interval,
    all_lots,
    all_steps,
    any_lot,
    any_step,
    any_step_declared,
    first_touch,
    independent,
    mixed,
    next_shares,
    reliable,
    touched_mass,
)

shares = st.lists(st.integers(0, 6), min_size=1, max_size=3)


def ends(interval: Interval) -> tuple[float, float]:
    return interval.low, interval.high


def exactly(*values: float) -> list[Interval]:
    return [Interval(value, value) for value in values]


def test_shares_alone_give_the_frechet_bounds() -> None:
    assert ends(any_step(exactly(0.3, 0.6))) == pytest.approx((0.6, 0.9))
    assert ends(any_step(exactly(0.7, 0.6))) == pytest.approx((0.7, 1.0))
    assert ends(all_steps(exactly(0.7, 0.6))) == pytest.approx((0.3, 0.6))
    assert ends(any_step([Interval(0.5, 0.7), Interval(0.1, 0.2)])) == pytest.approx((0.5, 0.9))


@given(shares)
@settings(max_examples=60, deadline=None)
def test_the_frechet_bounds_are_what_enumeration_finds(sixths: list[int]) -> None:
    # six units; at each step some of them touch; every arrangement of the steps against each other
    rows = [[1] * count + [0] * (6 - count) for count in sixths]
    arrangements = [set(permutations(row)) for row in rows[1:]]
    touched: list[float] = []
    every: list[float] = []

    def place(at: int, hits: list[int]) -> None:
        if at == len(arrangements):
            touched.append(sum(1 for hit in hits if hit) / 6)
            every.append(sum(1 for hit in hits if hit == len(rows)) / 6)
            return
        for row in sorted(arrangements[at]):
            place(at + 1, [hit + one for hit, one in zip(hits, row, strict=True)])

    place(0, rows[0])
    found = any_step(exactly(*(count / 6 for count in sixths)))
    assert (found.low, found.high) == pytest.approx((min(touched), max(touched)))
    found = all_steps(exactly(*(count / 6 for count in sixths)))
    assert (found.low, found.high) == pytest.approx((min(every), max(every)))


@given(st.integers(1, 5), st.integers(0, 6), st.integers(0, 6))
@settings(max_examples=60, deadline=None)
def test_a_declaration_bounds_the_others_as_enumeration_finds(m: int, p: int, q: int) -> None:
    # the first m of six units are declared; the two other steps touch p and q of the six
    found = [
        sum(1 for a, b in zip(first[:m], second[:m], strict=True) if a or b) / m
        for first in set(permutations([1] * p + [0] * (6 - p)))
        for second in set(permutations([1] * q + [0] * (6 - q)))
    ]
    bounds = any_step_declared(exactly(p / 6, q / 6), exactly(m / 6))
    assert (bounds.low, bounds.high) == pytest.approx((min(found), max(found)))


def test_a_declaration_of_a_small_country_says_nothing_of_the_other_steps() -> None:
    # m = 0.04: (0.94 + 0.04 - 1) / 0.04 < 0, 0.94 / 0.04 > 1
    assert any_step_declared(exactly(0.94), exactly(0.04)) == Interval(0.0, 1.0)
    # m = 0.55, p = 0.6: (0.6 + 0.55 - 1) / 0.55
    assert any_step_declared(exactly(0.6), exactly(0.55)).low == pytest.approx(0.15 / 0.55)
    # a share of 1 forces 1, whatever is declared elsewhere
    assert any_step_declared(exactly(1.0), [Interval(0.0, 1.0)]) == Interval(1.0, 1.0)
    assert any_step_declared(exactly(0.0), [Interval(0.0, 1.0)]) == Interval(0.0, 0.0)


def test_two_declarations_leave_at_least_what_both_must_share() -> None:
    # 0.8 and 0.7 declared: at least 0.5 meets both; p = 0.9: (0.9 + 0.5 - 1) / 0.5
    found = any_step_declared(exactly(0.9), exactly(0.8, 0.7))
    assert (found.low, found.high) == pytest.approx((0.8, 1.0))


def test_reliability_mixes_point_and_bounds_alike() -> None:
    assert reliable(1.0, 0.5, 0.8) == pytest.approx(0.9)
    half = mixed(Interval(1.0, 1.0), Interval(0.2, 0.8), 0.5)
    assert ends(half) == pytest.approx((0.6, 0.9))


def test_known_flows_are_exact_by_first_touch() -> None:
    # half starts inside; a fifth of the other half enters at the second step
    touched = first_touch([0.5, 0.5], [[[1.0, 0.0], [0.2, 0.8]]], [[True, False], [True, False]])
    assert touched == pytest.approx((0.5, 0.1))
    assert next_shares([0.5, 0.5], [[1.0, 0.0], [0.2, 0.8]]) == pytest.approx((0.6, 0.4))


def test_lots_and_mass_are_two_figures() -> None:
    assert any_lot(0.5, 2) == 0.75
    assert all_lots(0.5, 2) == 0.25
    assert independent([0.5, 0.5]) == 0.75
    assert touched_mass({"Sm": 0.9, "Co": 0.5}, {"Sm": 0.25, "Co": 0.75}) == pytest.approx(0.6)
