"""Volumes from sizes in words, and the masses of magnets that follow."""

from __future__ import annotations

from math import pi

import pytest

from bomrisk.composition.size import volume_cm3
from tests.composition.test_masses import KNOWLEDGE, composed


@pytest.mark.parametrize(
    ("text", "likely"),
    [
        ("N52 12x5x3mm", 0.18),
        ("N52 12 x 5 x 3 mm", 0.18),
        ("block 1.2 x 0.5 x 0.3 cm", 0.18),
        ("12,0 x 5,0 x 3,0 mm", 0.18),
        ("1/2 x 1/8 x 1/16in", 0.5 * 0.125 * 0.0625 * 16.387064),
        ("1-1/2 x 1 x 1 in", 1.5 * 16.387064),
        ("disc 10x4mm", pi * 0.25 * 0.4),
        ("Ø10 x 4 mm", pi * 0.25 * 0.4),
        ("D10mm x H4mm", pi * 0.25 * 0.4),
        ("ring 20x10x5 mm", pi / 4 * (4 - 1) * 0.5),
    ],
)
def test_a_size_gives_a_volume(text: str, likely: float) -> None:
    volume = volume_cm3(text)
    assert volume is not None
    low, middle, high = volume
    assert middle == pytest.approx(likely)
    assert low <= middle <= high


@pytest.mark.parametrize(
    "text", ["N52", "12x5x3", "M3 x 8", "0x5x3mm", "1/0 x 1 x 1 in", "", "10 mm"]
)
def test_no_unit_no_volume(text: str) -> None:
    assert volume_cm3(text) is None


def test_an_unclear_shape_widens_the_range() -> None:
    low, likely, high = volume_cm3("5x2mm neodym") or (0, 0, 0)
    assert high == pytest.approx(0.05)
    assert likely == pytest.approx(pi / 4 * 0.05)
    assert low < likely


def test_a_magnet_without_mass_takes_it_from_its_size() -> None:
    result = composed({"description": "N52 magnet 12x5x3mm", "rolled_up": 42.0})
    (row,) = result.materials.to_dicts()
    assert row["mass_likely_g"] == pytest.approx(0.18 * 7.5 * 42)
    assert row["mass_low_g"] < row["mass_likely_g"]
    assert [note["text"] for note in result.notes.to_dicts() if "size" in note["text"]]
    contents = result.contents.collect()
    assert contents["mass_likely_g"].sum() == pytest.approx(row["mass_likely_g"], rel=0.011)


def test_a_given_mass_outranks_the_size() -> None:
    result = composed({"description": "N52 magnet 12x5x3mm", "rolled_up": 2.0, "mass_g": 1.0})
    assert result.materials["mass_likely_g"].to_list() == [2.0]


def test_a_magnet_inside_a_part_does_not_take_the_parts_size() -> None:
    result = composed({"description": "BLDC motor with N42SH magnets 42x42x40mm", "rolled_up": 1.0})
    assert result.materials["mass_likely_g"].null_count() == result.materials.height


def massed(**cells: object) -> tuple[float | None, float | None, float | None]:
    (row,) = composed({"rolled_up": 2.0, **cells}).materials.to_dicts()
    return row["mass_low_g"], row["mass_likely_g"], row["mass_high_g"]


def test_a_bar_fills_its_size_and_a_bracket_is_only_bounded_by_it() -> None:
    density = KNOWLEDGE.materials["al_6061"].density_g_cm3
    assert density is not None
    low, likely, high = massed(
        name="plate", material="6061-T6", size="100 mm x 50 mm x 2 mm", mass_g=None
    )
    assert high == pytest.approx(2 * 10 * density)
    assert likely == pytest.approx(2 * 10 * density)
    assert low is not None
    assert high is not None
    assert low < high
    *within, most = massed(name="bracket", material="6061-T6", size="100 mm x 50 mm x 2 mm")
    assert within == [0.0, None]
    assert most == pytest.approx(2 * 10 * density)


def test_a_bounding_box_bounds_even_a_bar() -> None:
    low, likely, high = massed(
        name="bar", material="6061-T6", size="bounding box 10 mm x 10 mm x 10 mm"
    )
    assert (low, likely) == (0.0, None)
    assert high is not None


def test_the_density_of_the_file_outranks_that_of_the_material() -> None:
    cells = {"name": "plate", "material": "6061-T6", "size": "10 mm x 10 mm x 10 mm"}
    _, likely, _ = massed(**cells, density_g_cm3=3.0)
    assert likely == pytest.approx(2 * 3.0)


def test_a_length_and_a_diameter_are_a_rod() -> None:
    density = KNOWLEDGE.materials["al_6061"].density_g_cm3
    _, likely, _ = massed(name="rod Ø12 mm", material="6061-T6", size="300 mm")
    assert likely == pytest.approx(2 * pi / 4 * 1.2**2 * 30 * (density or 0.0))


def test_a_mass_outranks_any_size() -> None:
    assert massed(name="plate", material="6061-T6", size="10 mm x 10 mm x 10 mm", mass_g=7.0) == (
        14.0,
        14.0,
        14.0,
    )
