"""Volumes from sizes in words, and the masses of magnets that follow."""

from __future__ import annotations

from math import pi
from pathlib import Path

import pytest

from bomrisk.bom import read
from bomrisk.composition import compose
from bomrisk.composition.size import volume_cm3, volume_of
from bomrisk.recognition import recognize
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
        ("⌀20 x 5 mm", pi * 0.5),
        ("φ20×5mm", pi * 0.5),
        ("OD 20 mm ID 10 mm H 5 mm", pi / 4 * (4 - 1) * 0.5),
        ("OD20xID10x5mm", pi / 4 * (4 - 1) * 0.5),
        ("D20 x d10 x H5 mm", pi / 4 * (4 - 1) * 0.5),
        ("Ring 20/10x5 mm", pi / 4 * (4 - 1) * 0.5),
        ("tube OD 25 x 2 wall x 500 mm", pi / 4 * (2.5**2 - 2.1**2) * 50),
        ("square tube 40x40x2x1000 mm", (16 - 3.6**2) * 100),
        ("10 mm diameter, 5 mm thick", pi / 4 * 0.5),
        ("10 mm dia 5 mm thick", pi / 4 * 0.5),
        ("直径10mm 厚5mm", pi / 4 * 0.5),
        ("100mm (L) x 50mm (W) x 2mm (T)", 10.0),
        ("L100 x W50 x T2 mm", 10.0),
        ("2 mm x 300 x 200", 120.0),
        ("ø3mm x 1m", pi / 4 * 0.09 * 100),
        ("0.1m x 0.2m x 0.5mm", 10.0),
        ("Kugel 5 mm", pi / 6 * 0.125),
        ("20 х 10 х 5 мм", 1.0),
    ],
)
def test_a_size_gives_a_volume(text: str, likely: float) -> None:
    volume = volume_cm3(text)
    assert volume is not None
    low, middle, high = volume
    assert middle == pytest.approx(likely)
    assert low <= middle <= high


@pytest.mark.parametrize(
    "text",
    [
        "N52", "12x5x3", "M3 x 8", "0x5x3mm", "1/0 x 1 x 1 in", "", "10 mm", "M3 x 8 mm screw", "1/4-20 x 1 in", "Arc R20 x r15 x 60deg x 30 mm",
        "plate 300 x 200 mm", "L 300 mm x H 2 mm", "1,000 x 20 mm", "OD 10 mm ID 20 mm H 5 mm", "2x 100x50x2 mm", "0402 100nF 50V",
    ],
)  # fmt: skip
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


def test_the_second_size_of_a_tube_may_be_its_wall_or_its_bore() -> None:
    wall, bore = pi / 4 * (4 - 1.6**2) * 100, pi / 4 * (4 - 0.04) * 100
    low, likely, high = volume_cm3("Tube 20x2x1000 mm") or (0, 0, 0)
    assert likely == pytest.approx(wall)
    assert low < wall < bore == pytest.approx(high)


def test_a_bearing_is_bounded_by_its_outside_and_a_screw_by_nothing() -> None:
    bearing = volume_of("", ("Bearing 8x22x7 mm", ""), solid=False)
    assert list(bearing or ()) == [0.0, None, pytest.approx(2.2**2 * 0.7)]
    assert volume_of("", ("Screw 4.2 x 13 mm", ""), solid=False) is None
    pin = volume_of("", ("Pin Ø4 x 20 mm", ""), solid=False)
    assert list(pin or ()) == [0.0, None, pytest.approx(pi * 0.04 * 2)]


def test_a_size_without_unit_is_read_of_a_magnet_that_cannot_be_in_inches() -> None:
    assert volume_of("", ("N42 disc 10x5",), solid=True) is not None
    assert volume_of("", ("N42 OD 20 ID 10 H 5",), solid=True) is not None
    assert volume_of("", ("N42 block 2x1x0.5",), solid=True) is None
    assert volume_of("", ("N42 2 x 10 pieces",), solid=True) is None
    assert volume_of("", ("plate 100x50x2",), solid=False) is None


def test_wire_by_the_metre_and_powder_by_the_litre_have_a_mass() -> None:
    density = KNOWLEDGE.materials["ti_6al4v"].density_g_cm3 or 0.0
    low, likely, high = massed(name="wire Ø3 mm", material="Ti-6Al-4V", unit="m", rolled_up=2.5)
    assert likely == high == pytest.approx(2.5 * 100 * pi / 4 * 0.09 * density)
    assert low is not None
    assert massed(name="wire", material="Ti-6Al-4V", unit="m", rolled_up=2.5) == (None, None, None)
    assert massed(name="sheet 2 x 300 x 200 mm", material="Ti-6Al-4V", unit="m2") == (None,) * 3
    _, likely, _ = massed(name="melt", material="Ti-6Al-4V", unit="l", rolled_up=2.0)
    assert likely == pytest.approx(2000 * density)


def test_from_the_file_to_the_mass(tmp_path: Path) -> None:
    """Size and density from their columns, the density of the material where the file has none."""
    path = tmp_path / "bom.csv"
    path.write_text(
        "Part Number,Description,Material,Qty,UOM,Dimensions (mm),SW-Density,Mass (g)\n"
        "P-1,Magnet block,N42SH,2,EA,50x20x10,7400 kg/m^3,\n"
        "P-2,Bracket,6061-T6,1,EA,50x20x10,,\n"
        "P-3,Plate,6061-T6,1,EA,50x20x10,,31\n"
        "P-4,Plate,6061-T6,1,EA,0x20x10,,\n",
        encoding="utf-8",
    )
    lines = read(path).lines
    result = compose(lines, recognize(lines, KNOWLEDGE).materials, KNOWLEDGE)
    found = {
        row["line"]: (row["mass_low_g"], row["mass_likely_g"], row["mass_high_g"])
        for row in result.materials.to_dicts()
    }
    aluminium = KNOWLEDGE.materials["al_6061"].density_g_cm3 or 0.0
    # 5 cm x 2 cm x 1 cm = 10 cm3: two magnets of 7.4 g/cm3 are 148 g
    assert found == {
        0: (pytest.approx(0.7 * 148), pytest.approx(148), pytest.approx(148)),
        1: (0.0, None, pytest.approx(10 * aluminium)),
        2: (31.0, 31.0, 31.0),
        3: (None, None, None),
    }
    texts = " ".join(result.notes["text"])
    assert "2 lines give a size and no mass" in texts
    assert "1 lines hold a recognized material but their mass is unknown" in texts
