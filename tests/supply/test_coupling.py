"""The point: fitted flows are the nearest to the prior under the shares and the limits of single cells."""

from __future__ import annotations

import random

import pytest

from bomrisk.supply.coupling import ERROR, Fit, PriorWeights, entropy, fit


def cycles(fitted: Fit, step: float) -> list[list[list[float]]]:
    """Every flow that moves a little mass around a cycle of four cells, and so keeps all sums."""
    flow = [list(row) for row in fitted.flow]
    found = []
    for c in range(len(flow)):
        for e in range(c):
            for d in range(len(flow[0])):
                for f in range(d):
                    for sign in (step, -step):
                        moved = [list(row) for row in flow]
                        moved[c][d] += sign
                        moved[e][f] += sign
                        moved[c][f] -= sign
                        moved[e][d] -= sign
                        if min(moved[c][d], moved[e][f], moved[c][f], moved[e][d]) >= 0.0:
                            found.append(moved)
    return found


def test_a_uniform_prior_gives_independence() -> None:
    found = fit([[1.0, 1.0], [1.0, 1.0]], [0.3, 0.7], [0.6, 0.4])
    assert found.flow[0] == pytest.approx((0.18, 0.12))
    assert found.error < ERROR


def test_home_first_keeps_more_at_home_than_independence() -> None:
    weights = PriorWeights()
    prior = [
        [weights.between(c, d, known=False) * share for d, share in (("A", 0.6), ("B", 0.4))]
        for c in "AB"
    ]
    found = fit(prior, [0.5, 0.5], [0.6, 0.4])
    assert found.flow[0][0] > 0.3
    assert sum(found.flow[0]) == pytest.approx(0.5, abs=1e-9)
    assert found.flow[0][0] + found.flow[1][0] == pytest.approx(0.6, abs=1e-9)


def test_the_remainder_has_no_home_and_a_known_route_counts() -> None:
    weights = PriorWeights(home=7.0, route=5.0, other=2.0)
    assert weights.between("OTH", "OTH", known=False) == 2.0
    assert weights.between("A", "A", known=True) == 7.0
    assert weights.between("A", "B", known=True) == 5.0
    rows = [{"name": "prior_home", "value": "3"}, {"name": "high_indicator", "value": "2"}]
    assert PriorWeights.of(rows) == PriorWeights(home=3.0)


@pytest.mark.parametrize("seed", range(25))
def test_no_small_move_that_keeps_the_facts_comes_nearer_to_the_prior(seed: int) -> None:
    rng = random.Random(seed)
    n, m = rng.choice([(2, 3), (3, 3), (4, 3)])
    rows = [rng.uniform(0.05, 1.0) for _ in range(n)]
    columns = [rng.uniform(0.05, 1.0) for _ in range(m)]
    rows = [r / sum(rows) for r in rows]
    columns = [c / sum(columns) for c in columns]
    prior = [[rng.choice([1.0, 10.0]) * c for c in columns] for _ in rows]
    limits = {}
    for _ in range(2):
        cell = (rng.randrange(n), rng.randrange(m))
        low = rng.choice([0.0, 0.8]) * min(rows[cell[0]], columns[cell[1]])
        limits[cell] = (low, rng.choice([1.0, max(low, 0.3 * rows[cell[0]])]))
    found = fit(prior, rows, columns, limits)
    if found.error > 1e-9:  # the limits leave no flow: it is said, not hidden
        return
    for (c, d), (low, high) in limits.items():
        assert low - 1e-9 <= found.flow[c][d] <= high + 1e-9
    base = entropy(found.flow, prior)
    for moved in cycles(found, 1e-4):
        if all(
            low - 1e-12 <= moved[c][d] <= high + 1e-12 for (c, d), (low, high) in limits.items()
        ):
            assert entropy(moved, prior) >= base - 1e-9


def test_sums_that_a_zero_prior_forbids_are_reported_not_hidden() -> None:
    found = fit([[1.0, 0.0], [0.0, 1.0]], [0.7, 0.3], [0.5, 0.5])
    assert found.error > 0.1
    assert entropy([[1.0]], [[0.0]]) == float("inf")


def test_a_limit_that_does_not_press_changes_nothing() -> None:
    prior = [[1.0, 2.0], [3.0, 1.0]]
    free = fit(prior, [0.5, 0.5], [0.5, 0.5])
    tied = fit(prior, [0.5, 0.5], [0.5, 0.5], {(0, 0): (0.0, 1.0)})
    assert tied.flow == free.flow
