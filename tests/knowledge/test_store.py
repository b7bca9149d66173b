"""The knowledge as the road asks it: figures, chains, products, controls, disagreement."""

from __future__ import annotations

from datetime import date

import pytest

from bomrisk.knowledge import Knowledge
from bomrisk.knowledge.model import Evidence
from bomrisk.tables import STAGES

CHINA = frozenset({"CHN"})


@pytest.mark.parametrize(
    ("commodity", "stage", "country", "share", "year", "source"),
    [
        ("Nd", "separated", "CHN", 0.9128, "2024", "IEA_CMDE2025"),
        ("NdFeB", "sintered", "CHN", 0.94, "2024", "IEA_COMM_2025-10"),
        ("Dy", "separated", "CHN", 0.985, "2025", "LYNAS_ARGUS_2025-10"),
        ("NdFeB", "melted", "CHN", 0.92, "2020", "DOC232_2022"),
        ("SmCo", "melted", "CHN", 0.85, "2024", "EXPERT_RECALL"),
        ("Ge", "separated", "CHN", 0.592, "2023", "PROJECTBLUE_MINING.COM"),
        ("REE", "mined", "USA", 0.131, "2025", "USGS_MCS2026"),
        ("Nd", "reduced", "CHN", 0.9, "2020", "DOE_REPM_2022"),
    ],
)
def test_a_recommended_share_is_the_one_of_its_source(
    knowledge: Knowledge,
    commodity: str,
    stage: str,
    country: str,
    share: float,
    year: str,
    source: str,
) -> None:
    found = knowledge.shares(commodity, stage)
    assert found is not None
    one = next(s for s in found.shares if s.country == country)
    assert one.share == pytest.approx(share)
    assert one.year == year
    assert source in one.source_ids
    assert one.low <= one.share <= one.high
    assert found.recommended


def test_ranges_come_from_the_data_and_default_to_the_share(knowledge: Knowledge) -> None:
    dysprosium = knowledge.shares("Dy", "separated")
    cobalt = knowledge.shares("Co", "mined")
    assert dysprosium
    assert cobalt
    assert any(s.low < s.share for s in dysprosium.shares)
    assert all(s.low == s.share == s.high for s in cobalt.shares)


def test_mining_of_neodymium_has_a_range(knowledge: Knowledge) -> None:
    found = knowledge.shares("Nd", "mined")
    assert found
    low, point, high = found.share_of(CHINA)
    assert low < point < high
    assert found.year == "2025"


def test_every_recommended_set_is_of_a_stage_of_the_law(knowledge: Knowledge) -> None:
    sets = knowledge.share_sets()
    assert len(sets) == 120
    assert {one.stage for one in sets} == {"mined", "separated", "reduced", "melted", "sintered"}
    names = {one.commodity for one in sets}
    assert {"NdFeB", "SmCo", "steel", "FeSi", "Nd"} <= names
    assert not {"NdFeB magnet", "NdFeB alloy", "SmCo magnet"} & names
    assert knowledge.shares("steel", "melted") is not None


def test_what_nobody_publishes_is_none(knowledge: Knowledge) -> None:
    assert knowledge.shares("NdFeB", "magnetized") is None
    assert knowledge.shares("W", "reduced") is None
    assert knowledge.shares("Unobtainium", "mined") is None


def test_a_stand_in_says_so_and_is_at_best_derived(knowledge: Knowledge) -> None:
    hafnium, zircon = knowledge.shares("Hf", "mined"), knowledge.shares("Zr", "mined")
    chromium = knowledge.shares("Cr", "reduced")
    assert hafnium
    assert zircon
    assert chromium
    assert hafnium.commodity == "Hf"
    assert hafnium.share_of(CHINA) == zircon.share_of(CHINA)
    assert "Zr mined" in hafnium.derivation
    assert {s.evidence for s in zircon.shares} == {Evidence.VERIFIED}
    assert {s.evidence for s in hafnium.shares} == {Evidence.DERIVED}
    assert (chromium.commodity, chromium.stage) == ("Cr", "reduced")
    assert "FeCr melted" in chromium.derivation
    assert knowledge.shares("Hf", "mined") is hafnium


def test_published_sets_stand_behind_the_recommended_one(knowledge: Knowledge) -> None:
    sets = knowledge.published_shares("Nd", "mined")
    assert len(sets) >= 2
    assert not any(one.recommended for one in sets)
    assert {one.year for one in sets} >= {"2024", "2025"}
    assert all(share.country != "WORLD" for one in sets for share in one.shares)
    assert knowledge.published_shares("Nd", "magnetized") == ()


def test_a_published_set_that_misses_one_stays_as_published(knowledge: Knowledge) -> None:
    antimony = [
        one
        for one in knowledge.published_shares("Sb", "separated")
        if one.shares[0].source_ids == ("EU_CRM2023_A7",)
    ]
    assert len(antimony) == 1
    assert sum(s.share for s in antimony[0].shares) == pytest.approx(1.0185)
    assert "1.018" in antimony[0].derivation


def test_disagreement_shows_every_source_and_widens_nothing(knowledge: Knowledge) -> None:
    found = knowledge.disagreement("Ge", "separated", "CHN")
    assert [one.share for one in found] == sorted(one.share for one in found)
    assert [(round(one.share, 2), one.year) for one in found] == [
        (0.59, "2023"),
        (0.83, "2020"),
        (0.94, "2022"),
    ]
    assert [one.recommended for one in found] == [True, False, False]
    recommended = knowledge.shares("Ge", "separated")
    assert recommended
    assert recommended.share_of(CHINA)[1] == pytest.approx(0.592)


def test_old_figures_are_history_not_disagreement(knowledge: Knowledge) -> None:
    found = knowledge.disagreement("NdFeB", "sintered", "CHN")
    assert found
    assert min(one.year for one in found) >= "2019"
    old = {one.year for one in knowledge.published_shares("NdFeB", "sintered")}
    assert min(old) < "2019"
    assert knowledge.disagreement("Unobtainium", "mined", "CHN") == ()


@pytest.mark.parametrize(
    ("element", "stages"),
    [
        ("Nd", ("mined", "separated", "reduced")),
        ("Eu", ("mined", "separated", "reduced")),  # reduced: unknown, not absent
        ("W", ("mined", "separated", "reduced")),
        ("Ta", ("mined", "separated", "reduced")),
        ("Co", ("mined", "separated")),
        ("Al", ("mined", "separated", "reduced")),
        ("Ti", ("mined", "reduced")),
        ("Ga", ("separated",)),
        ("Mo", ("mined", "separated")),
        ("Fe", ("mined",)),
        ("Cr", ("mined", "reduced")),
        ("P", ("mined",)),
        ("N", ()),
        ("Xx", ("mined",)),
    ],
)
def test_the_stages_of_an_element_before_the_alloy(
    knowledge: Knowledge, element: str, stages: tuple[str, ...]
) -> None:
    assert knowledge.chain(element) == stages


def test_every_element_of_every_material_has_a_chain(knowledge: Knowledge) -> None:
    elements = {part.element for m in knowledge.materials.values() for part in m.composition}
    without = {element for element in elements if not knowledge.chain(element)}
    assert without == {"C", "H", "N", "O"}
    for element in elements:
        stages = knowledge.chain(element)
        assert list(stages) == sorted(stages, key=STAGES.index)


@pytest.mark.parametrize(
    ("material", "product"),
    [
        ("ndfeb_sintered_sh", "NdFeB"),
        ("smco_2_17", "SmCo"),
        ("steel_9310", "steel"),
        ("inconel_718", None),
        ("rare_earth_magnet_unspecified", None),
    ],
)
def test_the_product_whose_shares_speak_of_a_material(
    knowledge: Knowledge, material: str, product: str | None
) -> None:
    assert knowledge.product(knowledge.materials[material]) == product


def test_controls_bind_by_day(knowledge: Knowledge) -> None:
    controls = {control.id: control for control in knowledge.controls}
    seven = controls["CN-18-2025"]
    assert not seven.in_force(date(2025, 4, 3))
    assert seven.in_force(date(2025, 4, 4))
    assert seven.in_force(date(2026, 11, 23))
    assert set(seven.elements) == {"Sm", "Gd", "Tb", "Dy", "Lu", "Sc", "Y"}
    assert seven.trade_factor == "licence"

    to_us = controls["CN-46-2024-2"]
    assert to_us.in_force(date(2025, 1, 1))
    assert not to_us.in_force(date(2026, 11, 27))
    assert to_us.suspended(date(2026, 11, 27))
    assert to_us.in_force(date(2026, 11, 28))
    assert to_us.buyers == ("USA",)

    military = controls["CN-46-2024-1"]
    assert military.in_force(date(2026, 11, 23))
    assert (military.end_use, military.kind, military.trade_factor) == ("military", "ban", "ban")

    heavy = controls["CN-57-2025"]
    assert not any(heavy.in_force(date(2026, month, 23)) for month in range(1, 13))
    assert not heavy.suspended(date(2025, 10, 9))
    assert heavy.in_force(date(2027, 1, 11))
    assert controls["CN-TECH-2023"].trade_factor == "none"


def test_country_sets(knowledge: Knowledge) -> None:
    sets = knowledge.country_sets
    assert sets["covered_4872"].countries == {"CHN", "RUS", "PRK", "IRN"}
    assert len(sets["qualifying_7009"].countries) == 28
    assert "KOR" not in sets["qualifying_7009"].countries
    assert sets["covered_4872"].citation
    assert sets["china"].countries == {"CHN", "HKG", "MAC"}


def test_the_timeline_has_the_statements_that_users_ask_about(knowledge: Knowledge) -> None:
    titles = {event.date.isoformat() + " " + event.title for event in knowledge.events}
    for words in (
        "2017-07-01 Mountain Pass",
        "2025-01-22 MP Materials",
        "2025-06-03 China holds 92 %",
        "2025-04-10 US reciprocal tariff",
        "2025-08-22 China brings imported ore",
        "2025-06-03 Chinese researchers",
        "2022-09-07 F-35",
    ):
        assert any(title.startswith(words) for title in titles), words
    assert all(event.source_ids for event in knowledge.events)
    assert [event.date for event in knowledge.events] == sorted(e.date for e in knowledge.events)
    assert all(set(event.stages) <= set(STAGES) for event in knowledge.events)


def test_an_update_of_a_plant_stands_in_front_and_keeps_what_was_before(
    knowledge: Knowledge,
) -> None:
    plants = {plant.name: plant for plant in knowledge.facilities}
    mountain_pass = plants["Mountain Pass"]
    assert mountain_pass.status_date == "2026-03-31"
    assert mountain_pass.earlier_status_date == "2025"
    assert mountain_pass.stages == ("mined", "separated")
    assert mountain_pass.capacity.startswith("3668 t/y")
    assert "third-party concentrate sales ended mid-2025" in mountain_pass.note
    assert plants["Kuantan HRE plant"].part_of == "Lynas Malaysia (LAMP)"
    assert plants["Trail"].country == "CAN"


def test_tables_as_text(knowledge: Knowledge) -> None:
    assert {row["name"] for row in knowledge.table("bands")} >= {
        "critical_touch_low",
        "high_touch_low",
        "high_indicator",
        "moderate_indicator",
        "moderate_touch_high",
        "moderate_touch_point",
        "constituent_counts_from",
    }
    with pytest.raises(KeyError):
        knowledge.table("no_such_table")
    with pytest.raises(KeyError):
        knowledge.table("../data/bands")


def test_identity(knowledge: Knowledge) -> None:
    assert knowledge.edition == date(2026, 11, 23)
    assert knowledge.overlays == ()
    assert len(knowledge.digest) == 64
    assert Knowledge().digest == knowledge.digest
