"""Which covered family a material belongs to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bomrisk.knowledge import Knowledge
from bomrisk.knowledge.model import Constituent


@pytest.mark.parametrize(
    ("material", "family"),
    [
        ("ndfeb_sintered_n", "ndfeb"),
        ("smco_1_5", "smco"),
        ("rare_earth_magnet_unspecified", "unknown-magnet"),
        ("permanent_magnet_unspecified", "unknown-magnet"),
        ("wha_class1", "tungsten-heavy-alloy"),
        ("w_pure", "tungsten-other"),
        ("wc_co_6", "tungsten-other"),
        ("w_la2o3", "tungsten-other"),
        ("ta_10w", "tantalum"),
        ("cap_tantalum_mno2", "tantalum"),
        ("mo_tzm", "molybdenum"),
        ("gaas", "gallium"),
        ("germanium", "germanium"),
        ("inconel_718", None),
        ("ferrite_hard_sr", None),
        ("smfen_bonded", None),
    ],
)
def test_family(knowledge: Knowledge, material: str, family: str | None) -> None:
    assert knowledge.covered_family(knowledge.materials[material]) == family


def _tungsten(
    knowledge: Knowledge, pct: float, density: float | None, **changes: object
) -> str | None:
    material = replace(
        knowledge.materials["w_pure"],
        family="tungsten_alloy",
        density_g_cm3=density,
        composition=(Constituent("W", pct, pct, pct), Constituent("Ni", 1, 100 - pct, 100)),
        codes=(),
        **changes,  # type: ignore[arg-type]
    )
    return knowledge.covered_family(material)


def test_a_heavy_alloy_needs_both_the_tungsten_and_the_density(knowledge: Knowledge) -> None:
    assert _tungsten(knowledge, 90.0, 16.5) == "tungsten-heavy-alloy"
    assert _tungsten(knowledge, 89.9, 17.0) == "tungsten-other"
    assert _tungsten(knowledge, 92.0, 16.4) == "tungsten-other"
    assert _tungsten(knowledge, 92.0, None) == "tungsten-other"


def test_a_heavy_alloy_by_its_specification_needs_no_figures(knowledge: Knowledge) -> None:
    material = replace(
        knowledge.materials["w_cu"],
        family="tungsten_alloy",
        codes=(("astm", "ASTM B777"),),
        composition=(Constituent("W", 60, 60, 60), Constituent("Cu", 40, 40, 40)),
    )
    assert knowledge.covered_family(material) == "tungsten-heavy-alloy"


def test_tungsten_powder_is_a_family_of_its_own(knowledge: Knowledge) -> None:
    material = replace(
        knowledge.materials["w_pure"],
        form="powder",
        composition=(Constituent("W", 99.9, 99.95, 100.0),),
        codes=(),
    )
    assert knowledge.covered_family(material) == "tungsten-powder"


def test_a_tantalate_is_no_metal(knowledge: Knowledge) -> None:
    metal = replace(
        knowledge.materials["ta_pure"],
        family="pure_metal",
        composition=(Constituent("Ta", 99, 99, 99),),
    )
    oxide = replace(
        metal, composition=(Constituent("Ta", 80, 80, 80), Constituent("O", 20, 20, 20))
    )
    assert knowledge.covered_family(metal) == "tantalum"
    assert knowledge.covered_family(oxide) is None
