"""Doubt: closed forms, seeded draws that agree with them, weights by grade."""

from __future__ import annotations

import numpy as np
import pytest

from bomrisk.knowledge.model import Evidence
from bomrisk.risk import Weights, dirichlet_sd, pedigree_gsd2_95, touch_spread
from bomrisk.risk.uncertainty import share_draws, touch_draws


def test_draws_agree_with_the_closed_form() -> None:
    found = touch_spread([0.5, 0.6], 50.0)
    draws = touch_draws([0.5, 0.6], [50.0, 50.0], draws=20000)
    assert float(draws.mean()) == pytest.approx(found.mean, abs=0.002)
    assert float(draws.std()) == pytest.approx(found.sd, rel=0.03)
    assert found.p05 < found.mean < found.p95


def test_draws_are_seeded_and_vectorised_over_steps() -> None:
    one = share_draws([0.5, 0.0, 1.0], [12.0, 12.0, 12.0], draws=100)
    assert one.shape == (3, 100)
    assert np.array_equal(one, share_draws([0.5, 0.0, 1.0], [12.0] * 3, draws=100))
    assert (one[1] == 0.0).all()
    assert (one[2] == 1.0).all()


def test_spread_shrinks_with_the_weight() -> None:
    assert dirichlet_sd(0.5, 24.0) == pytest.approx(0.1)
    assert dirichlet_sd(0.5, 120.0) < dirichlet_sd(0.5, 12.0)
    assert pedigree_gsd2_95([1.0], 1.2) == pytest.approx(1.2)


def test_a_published_range_may_lower_the_weight_of_its_grade_and_never_raises_it() -> None:
    weights = Weights.of(
        [{"name": "dirichlet_verified", "value": "100"}, {"name": "x", "value": "1"}]
    )
    assert weights.weight(Evidence.VERIFIED) == 100.0
    assert weights.weight(None) == 12.0
    # 0.75 to 0.95 around 0.85 is sd 0.05: 0.85 * 0.15 / 0.0025 - 1 = 50
    assert weights.weight(Evidence.VERIFIED, 0.85, 0.75, 0.95) == pytest.approx(50.0)
    assert weights.weight(Evidence.RECALLED, 0.85, 0.84, 0.86) == 12.0
