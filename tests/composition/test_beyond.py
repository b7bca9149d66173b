"""What an assembly holds beyond its listed parts: the tree adds up, and no gram is counted twice."""

from __future__ import annotations

from typing import Any

import pytest

from tests.composition.test_masses import composed

TOP: dict[str, Any] = {"name": "magnet assembly N42SH", "mass_g": 100.0, "rolled_up": 1.0}
MAGNET: dict[str, Any] = {"name": "magnet N42SH", "mass_g": 90.0, "rolled_up": 1.0}


def masses(*rows: dict[str, Any]) -> dict[tuple[int, str], tuple[float | None, ...]]:
    found = composed(*rows).materials
    names = ("mass_low_g", "mass_likely_g", "mass_high_g")
    return {
        (row["line"], row["material_id"]): tuple(row[name] for name in names)
        for row in found.to_dicts()
    }


def test_a_magnet_below_its_assembly_is_counted_once() -> None:
    found = masses({**TOP, "level": 0}, {**MAGNET, "parent": 0, "level": 1})
    assert found[1, "ndfeb_sintered_sh"] == pytest.approx((81.0, 90.0, 90.0))
    assert found[0, "ndfeb_sintered_sh"] == pytest.approx((0.0, 10.0, 19.0))


def test_three_levels_add_up_to_the_top() -> None:
    found = masses(
        {**TOP, "level": 0},
        {**TOP, "mass_g": 95.0, "parent": 0, "level": 1},
        {**MAGNET, "parent": 1, "level": 2},
    )
    assert sum(likely or 0.0 for _, likely, _ in found.values()) == pytest.approx(100.0)


def test_an_unknown_mass_below_leaves_the_likely_mass_unknown() -> None:
    found = masses({**TOP, "level": 0}, {**MAGNET, "mass_g": None, "parent": 0, "level": 1})
    assert found[0, "ndfeb_sintered_sh"] == (0.0, None, 100.0)
    assert found[1, "ndfeb_sintered_sh"] == (None, None, None)


def test_another_kind_below_takes_nothing_away() -> None:
    bracket = {"name": "bracket", "material": "6061-T6", "mass_g": 30.0, "rolled_up": 1.0}
    found = masses({**TOP, "level": 0}, {**bracket, "parent": 0, "level": 1})
    assert found[0, "ndfeb_sintered_sh"] == pytest.approx((90.0, 100.0, 100.0))


def test_a_magnet_of_no_stated_alloy_above_is_the_one_that_is_listed() -> None:
    top = {"name": "magnet assembly", "mass_g": 100.0, "rolled_up": 1.0, "level": 0}
    found = masses(top, {**MAGNET, "parent": 0, "level": 1})
    assert found[0, "permanent_magnet_unspecified"] == pytest.approx((0.0, 10.0, 19.0))
