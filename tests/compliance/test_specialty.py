"""The specialty-metal test, computed from composition against the limits of 252.225-7009(a)."""

from __future__ import annotations

import pytest

from bomrisk.compliance import PartFacts
from bomrisk.compliance.classification import make_of
from bomrisk.compliance.specialty import points, specialty_metal
from bomrisk.knowledge import Knowledge

KNOWLEDGE = Knowledge()

STEEL = {"Fe": 98.5, "C": 0.2}
ALLOYS: dict[str, tuple[dict[str, float], bool]] = {
    "Inconel 718": ({"Ni": 52.5, "Cr": 19, "Fe": 18.5, "Nb": 5.1, "Mo": 3, "Ti": 0.9}, True),
    "Hastelloy X": ({"Ni": 47, "Cr": 22, "Fe": 18.5, "Mo": 9, "Co": 1.5, "W": 0.6}, True),
    "Monel 400": ({"Ni": 66, "Cu": 31.5, "Fe": 1.5, "Mn": 1}, True),
    "Stellite 6": ({"Co": 60, "Cr": 28, "W": 4.5, "C": 1.2, "Fe": 2}, True),
    "Kovar": ({"Fe": 53.5, "Ni": 29, "Co": 17, "Mn": 0.3, "Si": 0.1}, True),
    "Mu-metal": ({"Ni": 77, "Fe": 16, "Cu": 5, "Mo": 2}, False),
    "Invar 36": ({"Fe": 63.7, "Ni": 36, "Mn": 0.3}, False),
    "Invar 36 of stated carbon": ({"Fe": 63.5, "Ni": 36, "Mn": 0.35, "Si": 0.1, "C": 0.05}, False),
    "9 % nickel steel": ({"Fe": 89.9, "Ni": 9, "Mn": 0.7, "Si": 0.3, "C": 0.1}, True),
    "4340": ({"Fe": 95.5, "Ni": 1.8, "Cr": 0.8, "Mn": 0.7, "C": 0.4, "Mo": 0.25, "Si": 0.25}, True),
    "316L": ({"Fe": 66, "Cr": 17, "Ni": 12, "Mo": 2.5, "Mn": 1.5, "Si": 0.5, "C": 0.025}, True),
    "AISI 1018": ({"Fe": 98.9, "Mn": 0.75, "C": 0.18}, False),
    "Ti-6Al-4V": ({"Ti": 90, "Al": 6, "V": 4}, True),
    "Zircaloy": ({"Zr": 98, "Sn": 1.5, "Fe": 0.2}, True),
    "SmCo5": ({"Sm": 34, "Co": 66}, True),
    "tantalum": ({"Ta": 100}, False),
    "WC-Co": ({"W": 84.5, "Co": 10, "C": 5.5}, False),
    "6061": ({"Al": 97.9, "Mg": 1, "Si": 0.6, "Cu": 0.3}, False),
    "zirconia": ({"Zr": 74, "O": 26}, False),
    "maraging 300": ({"Fe": 67, "Ni": 18.5, "Co": 9, "Mo": 4.8, "Ti": 0.6, "C": 0.01}, True),
    "nickel 200": ({"Ni": 99.5, "Fe": 0.2, "Mn": 0.2}, False),
    "iron without carbon": ({"Fe": 97, "Si": 3}, False),
}


@pytest.mark.parametrize("name", ALLOYS)
def test_common_alloys(name: str) -> None:
    composition, expected = ALLOYS[name]
    assert specialty_metal(points(composition)).is_one is expected


@pytest.mark.parametrize(
    ("element", "limit"),
    [("Mn", 1.65), ("Si", 0.60), ("Cu", 0.60)]
    + [(e, 0.25) for e in ("Al", "Cr", "Co", "Mo", "Ni", "Nb", "Ti", "W", "V")],
)
def test_each_limit_of_steel_is_exceeded_only_above_it(element: str, limit: float) -> None:
    assert specialty_metal(points({**STEEL, element: limit})).is_one is False
    assert specialty_metal(points({**STEEL, element: limit + 0.01})).is_one is True


@pytest.mark.parametrize(
    ("carbon", "expected"), [(0.019, False), (0.02, True), (2.0, True), (2.01, False)]
)
def test_steel_is_iron_with_0_02_to_2_percent_carbon(carbon: float, expected: bool) -> None:
    assert specialty_metal(points({"Fe": 98.0 - carbon, "C": carbon, "Cr": 2.0})).is_one is expected


@pytest.mark.parametrize(("others", "expected"), [(10.0, False), (10.01, True)])
def test_nickel_counts_above_ten_percent_of_other_metals(others: float, expected: bool) -> None:
    made = {"Ni": 90.0 - others, "Fe": 10.0, "Cr": others}
    assert specialty_metal(points(made)).is_one is expected


def test_a_range_that_straddles_a_limit_leaves_it_open() -> None:
    nickel = {"Ni": (80.0, 85.0, 92.0), "Cr": (5.0, 8.0, 12.0)}
    assert specialty_metal(nickel).is_one is None
    chromium = {"Ni": (80.0, 85.0, 92.0), "Cr": (9.0, 12.0, 14.0)}
    assert specialty_metal(chromium).is_one is None
    steel = {"Fe": (97.0, 98.5, 99.0), "C": (0.1, 0.2, 0.3), "Mn": (1.2, 1.5, 1.8)}
    assert specialty_metal(steel).is_one is None


def test_the_alloys_that_the_reading_names_are_classified_so_by_their_record() -> None:
    for material in ("invar_36", "alloy_42"):
        if material in KNOWLEDGE.materials:
            part = PartFacts(material=material)
            assert make_of(part, KNOWLEDGE).specialty.is_one is False, material


def test_iron_whose_carbon_nobody_states_is_open() -> None:
    assert specialty_metal(points({"Fe": 90.0, "Cr": 5.0})).is_one is None
    assert specialty_metal(points({"Fe": 90.0, "Cr": 5.0}), steel=True).is_one is True


def test_nothing_known_is_open() -> None:
    assert specialty_metal({}).is_one is None


@pytest.mark.parametrize(
    ("material", "expected"),
    [
        ("smco_2_17", True),
        ("ndfeb_sintered_sh", False),
        ("alnico_5", False),
        ("ti_6al4v", True),
        ("al_6061", False),
    ],
)
def test_materials_of_the_knowledge(material: str, expected: bool) -> None:
    assert make_of(PartFacts(material=material), KNOWLEDGE).specialty.is_one is expected


@pytest.mark.parametrize(
    ("facts", "family"),
    [
        ({"material": "NdFeB"}, "ndfeb"),
        ({"material": "samarium cobalt"}, "smco"),
        ({"material": "W"}, "tungsten-other"),
        ({"material": "tungsten", "item": "powder"}, "tungsten-powder"),
        (
            {"composition": {"W": 92, "Ni": 5, "Fe": 3}, "density_g_cm3": 17.1},
            "tungsten-heavy-alloy",
        ),
        ({"composition": {"W": 92, "Ni": 5, "Fe": 3}, "density_g_cm3": 16.4}, "tungsten-other"),
        ({"composition": {"W": 92, "Ni": 5, "Fe": 3}}, "tungsten-other"),
        (
            {"composition": {"W": 94, "C": 6}, "item": "powder", "density_g_cm3": 17},
            "tungsten-other",
        ),
        ({"composition": {"Ta": 90, "W": 10}}, "tantalum"),
        ({"composition": {"Ta": 82, "O": 18}}, "none"),
        ({"composition": {"Ga": 48, "As": 52}}, "gallium"),
        ({"composition": {"Nd": 30, "Pr": 2, "B": 1, "Fe": 67}}, "ndfeb"),
        ({"material": "nothing-known-here"}, None),
        ({"item": "magnet"}, "unknown-magnet"),
        ({}, None),
    ],
)
def test_covered_families(facts: dict[str, object], family: str | None) -> None:
    assert make_of(PartFacts.model_validate(facts), KNOWLEDGE).family == family
