"""Shares of a step for tracing: remainder, ranges, country sets."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bomrisk.knowledge.model import OTHER
from bomrisk.supply.concentration import hhi_of
from bomrisk.supply.marginal import marginal_of
from tests.supply.small import Rows, shares


def test_the_remainder_is_outside_the_set_in_the_least_share_and_inside_it_in_the_greatest() -> (
    None
):
    step = marginal_of(shares("Nd", "separated", {"CHN": 0.9, "MYS": 0.06}))
    assert step.inside(frozenset({"CHN"})) == pytest.approx((0.9, 0.9, 0.94))
    assert step.inside(frozenset({"PRK"})) == pytest.approx((0.0, 0.0, 0.04))


def test_a_declared_country_without_a_row_lies_in_the_remainder() -> None:
    step = marginal_of(shares("Nd", "separated", {"CHN": 0.9, "MYS": 0.06}))
    assert step.of("MYS") == pytest.approx((0.06, 0.06, 0.06))
    low, point, high = step.of("EST")
    assert (low, point) == (0.0, None)
    assert high == pytest.approx(0.04)
    closed = marginal_of(shares("Nb", "melted", {"BRA": 0.9, "CAN": 0.1}))
    assert closed.of("USA") == (0.0, None, 0.0)


def test_a_range_of_one_country_frees_the_rows_that_have_none() -> None:
    # CHN 0.95 to 1: at the low end the 0.03 it gives up lies with countries nobody names
    step = marginal_of(shares("Sm", "separated", {"CHN": (0.95, 0.98, 1.0), "FRA": 0.01}))
    assert step.inside(frozenset({"CHN"})) == pytest.approx((0.95, 0.98, 1.0))
    assert step.of("FRA") == pytest.approx((0.0, 0.01, 0.01))
    assert step.other() == pytest.approx((0.0, 0.01, 0.04))


def test_rounding_above_one_is_scaled_away_and_below_one_is_left_to_the_remainder() -> None:
    above = marginal_of(shares("Zn", "mined", {"CHN": 0.6, "PER": 0.402}))
    assert sum(above.point) == pytest.approx(1.0, abs=1e-12)
    assert OTHER not in above.countries
    below = marginal_of(shares("Zn", "mined", {"CHN": 0.6, "PER": 0.3}))
    assert below.other()[1] == pytest.approx(0.1)


def test_hhi_counts_the_remainder_both_ways() -> None:
    step = marginal_of(shares("Nd", "separated", {"CHN": 0.9, "MYS": 0.06}))
    low = 0.9**2 + 0.06**2
    found = hhi_of(step)
    assert (found.low, found.high) == pytest.approx((low, low + 0.04**2))


@st.composite
def share_rows(draw: st.DrawFn) -> Rows:
    weights = draw(st.lists(st.integers(1, 50), min_size=2, max_size=6))
    total = sum(weights) + draw(st.integers(0, 10))
    names = ["CHN", "USA", "AUS", "JPN", "MYS", "DEU"]
    rows: dict[str, tuple[float, float, float]] = {}
    for name, weight in zip(names, weights, strict=False):
        share = weight / total
        spread = draw(st.sampled_from([0.0, 0.0, 0.05, 0.2]))
        rows[name] = (max(0.0, share - spread), share, min(1.0, share + spread))
    return rows


@given(share_rows(), st.sets(st.sampled_from(["CHN", "USA", "AUS", "PRK"])))
@settings(max_examples=150, deadline=None)
def test_shares_sum_to_one_and_every_bound_can_be_reached(rows: Rows, members: set[str]) -> None:
    step = marginal_of(shares("X", "mined", rows))
    assert sum(step.point) == pytest.approx(1.0, abs=1e-12)
    for low, point, high in zip(step.low, step.point, step.high, strict=True):
        assert -1e-12 <= low <= point + 1e-12
        assert point <= high + 1e-12
        # the other rows can make up the rest at either end
        assert low + sum(step.high) - high >= 1.0 - 1e-9
        assert high + sum(step.low) - low <= 1.0 + 1e-9
    low, point, high = step.inside(frozenset(members))
    assert 0.0 <= low <= point <= high <= 1.0


@given(share_rows())
@settings(max_examples=50, deadline=None)
def test_the_order_of_countries_changes_nothing(rows: Rows) -> None:
    turned = dict(reversed(list(rows.items())))
    one, other = (marginal_of(shares("X", "mined", r)) for r in (rows, turned))
    assert one.countries == other.countries
    for ours, theirs in ((one.low, other.low), (one.point, other.point), (one.high, other.high)):
        assert ours == pytest.approx(theirs, abs=1e-12)
