"""What stands beside a name decides: negation, compounds, consumables, accessories, purpose, brands."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bomrisk.recognition import TextAnswer

Named = Callable[[str], set[str]]
Read = Callable[[str], TextAnswer]


@pytest.mark.parametrize(
    "text",
    [
        "Motor without neodymium magnets",
        "Motor w/o NdFeB magnet",
        "Cobalt-free: samarium free alloy",
        "no tantalum capacitors",
        "ohne Neodym",
        "Samarium not included",
        "motor less samarium cobalt magnet",
        "titanium dioxide pigment",
        "silver nitrate",
        "aluminum oxide grit",
        "stainless steel cleaner",
        "Gasket for titanium flange",
        "Schraube für Titan Grade 5",
        "neodymium magnet holder",
        "NiMH battery charger",
        "color: gold",
        "platinum cured silicone",
        "GOLD COAST LABEL",
        "CONNECTOR, CIRCULAR, SOLDER",
        "磁铁固定座",
        "不含钕铁硼",
        "STEEL TOE SHOE",
        "CHROME VANADIUM STEEL WRENCH SILVER SERIES 5",
    ],
)
def test_words_beside_take_a_name_away(named: Named, text: str) -> None:
    assert not named(text) & {
        "ndfeb_unspecified",
        "sm_metal",
        "smco_unspecified",
        "ta_pure",
        "cap_tantalum_unspecified",
        "ti_unspecified",
        "ti_6al4v",
        "ag_metal",
        "al_unspecified",
        "ss_unspecified",
        "nimh_cell",
        "au_metal",
        "pt_igniter",
        "solder_unspecified",
        "permanent_magnet_unspecified",
        "v_metal",
    }


@pytest.mark.parametrize(
    ("text", "material"),
    [
        ("NO. 4 screw, titanium", "ti_unspecified"),
        ("No 8 brass washer", "cu_brass"),
        ("SCREW, STAINLESS STEEL, NON-STERILE", "ss_unspecified"),
        ("SILVER PLATED TERMINAL", "ag_metal"),
        ("oxygen free copper bar", "cu_pure"),
        ("GASKET, COPPER, FOR TITANIUM PUMP", "cu_pure"),
        ("SOLDER PASTE, LEAD FREE", "solder_unspecified"),
        ("MAGNET FOR HOLDER", "permanent_magnet_unspecified"),
    ],
)
def test_what_does_not_deny_a_name_leaves_it(named: Named, text: str, material: str) -> None:
    assert material in named(text)


def test_the_particular_outranks_the_general(named: Named) -> None:
    assert named("stainless steel 316L bracket") == {"ss_316"}
    assert named("permanent magnet, samarium cobalt, Sm2Co17") == {"smco_2_17"}
    assert named("Tantalum capacitor, wet slug, tantalum case") == {"cap_tantalum_wet"}


def test_several_materials_stand_side_by_side(named: Named) -> None:
    assert named("6061-T6 housing with brass insert and N42 magnet") == {
        "al_6061",
        "cu_brass",
        "ndfeb_sintered_n",
    }


def test_a_coating_is_told_from_the_bulk(read: Read) -> None:
    roles = {clue.material_id: clue.role for clue in read("Nickel plated N42 magnet").materials}
    assert roles == {"ni_plate": "coating", "ndfeb_sintered_n": "unknown"}
    assert read("gold plated pin").materials[0].role == "coating"
    assert read("motor with N42SH magnets").materials[0].role == "inside"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("SmCo ring magnet N52", "another magnet alloy"),
        ("Samarium cobalt, grade N42SH", "another magnet alloy"),
        ("NdFeB magnet N80", "no such grade"),
        ("neodymium magnet N65", "no such grade"),
    ],
)
def test_clues_that_cannot_both_be_true_are_said(read: Read, text: str, says: str) -> None:
    answer = read(text)
    assert [conflict for conflict in answer.conflicts if says in conflict.text]
    assert not {clue.material_id for clue in answer.materials} & {
        "ndfeb_sintered_n",
        "ndfeb_sintered_sh",
    }


@pytest.mark.parametrize(
    "text", ["N52", "N42H", "N50 12x5x3", "N35 | 33-36 | 11.7-12.2", "disc N45"]
)
def test_a_bare_grade_counts_where_the_text_is_about_nothing_else(named: Named, text: str) -> None:
    assert len(named(text)) == 1
    assert next(iter(named(text))).startswith("ndfeb_sintered")


def test_a_weak_clue_waits_for_its_evidence(read: Read) -> None:
    alone = read("coated part N42 lot 7")
    assert not alone.materials
    assert [(clue.material_id, clue.needs) for clue in alone.doubts] == [
        ("ndfeb_sintered_n", "magnet")
    ]
    assert read("coated magnet N42 lot 7").materials[0].material_id == "ndfeb_sintered_n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Replace NdFeB magnet by ferrite magnet", {"ferrite_hard_sr"}),
        ("SmCo magnet instead of NdFeB", {"smco_unspecified"}),
        ("Ferritmagnet statt Neodym-Magnet", {"ferrite_hard_sr"}),
        ("samarium cobalt magnet replaced with alnico", {"alnico_unspecified"}),
        ("Motor excl. magnets", set()),
        ("Replaces 4711 NdFeB magnet", {"ndfeb_unspecified"}),
        ("Substitute SmCo magnet", {"smco_unspecified"}),
        ("Replace SmCo magnet every 2 to 3 years", {"smco_unspecified"}),
        ("tantalum-free capacitor", set()),
        ("non magnetic screw titanium grade 5", {"ti_6al4v"}),
        ("モーター 磁石なし", set()),
        ("자석 없음 하우징", set()),
        ("HOLDER,MAGNET", set()),
        ("KEEPER,MAGNET", set()),
        ("MAGNET,PERMANENT", {"permanent_magnet_unspecified"}),
        ("Housing, magnet N42SH bonded in", {"ndfeb_sintered_sh"}),
    ],
)
def test_what_is_replaced_denied_or_held_is_not_in_the_part(
    named: Named, text: str, expected: set[str]
) -> None:
    assert named(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("oxyde de néodyme 99,9%", {"nd2o3"}),
        ("óxido de disprósio", {"dy2o3"}),
        ("ossido di samario", {"sm2o3"}),
        ("tlenek neodymu", {"nd2o3"}),
        ("оксид тербия", {"tb4o7"}),
        ("酸化ネオジム", {"nd2o3"}),
        ("산화네오디뮴", {"nd2o3"}),
        ("Dysprosiumoxid", {"dy2o3"}),
        ("chlorure de néodyme", set()),
        ("хлорид неодима", set()),
        ("塩化ネオジム", set()),
    ],
)
def test_a_compound_of_a_rare_earth_is_not_its_metal(
    named: Named, text: str, expected: set[str]
) -> None:
    assert named(text) == expected


@pytest.mark.parametrize(
    ("text", "kept", "words"),
    [
        ("Ferrite magnet N35 20x10x5", {"ferrite_hard_sr"}, "N35 is a grade of NdFeB"),
        ("NdFeB YXG-28 block", {"ndfeb_unspecified"}, "YXG-28 is a grade of SmCo"),
        ("Ti-6Al-4V bracket per AMS 5643", {"ti_6al4v", "ss_17_4ph"}, "AMS 5643 is 17-4PH"),
    ],
)
def test_clues_that_contradict_each_other_are_said(
    read: Read, text: str, kept: set[str], words: str
) -> None:
    answer = read(text)
    assert {clue.material_id for clue in answer.materials} == kept
    assert [words in conflict.text for conflict in answer.conflicts] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "Bolt A286 AMS 5731, nut 718 AMS 5662",
        "17-4PH SS | AMS 5643 | H1150",
        "Housing 17-4PH with Ti-6Al-4V insert",
        "Inconel 718 per AMS 5662",
    ],
)
def test_specifications_of_the_alloy_named_or_of_another_thing_are_no_contradiction(
    read: Read, text: str
) -> None:
    assert not read(text).conflicts


def test_a_code_of_the_standard_is_no_ratio(named: Named) -> None:
    assert named("AlNiCo 52/6 R1-1-5") == {"alnico_5"}
    assert named("SmCo-1:5 disc") == {"smco_1_5"}


def test_a_standard_code_of_another_alloy_is_a_conflict(read: Callable[[str], TextAnswer]) -> None:
    answer = read("SmCo magnet R7-1-12")
    assert [clue.material_id for clue in answer.materials] == ["smco_unspecified"]
    assert "another magnet alloy" in answer.conflicts[0].text
