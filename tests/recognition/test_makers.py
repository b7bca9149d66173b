"""A maker and a number and nothing else: what his catalogue says, and everything that goes before it."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from bomrisk.knowledge import Knowledge
from bomrisk.recognition import recognize
from bomrisk.recognition.lexicon import rows_of
from bomrisk.recognition.makers import known_makers, plain
from tests.lines import lines_of

MAGNETS = ("ndfeb", "smco", "ferrite_hard", "permanent_magnet", "rare_earth_magnet", "alnico")


def found(knowledge: Knowledge, **cells: Any) -> pl.DataFrame:
    return recognize(lines_of([cells]), knowledge).materials


@pytest.mark.parametrize(
    ("maker", "number", "material", "part_rule"),
    [
        ("三拓", "57-8453-10-245", "ndfeb_sintered_n", "stepper_motor"),
        ("三拓", "三拓-42-6040-100", "ndfeb_sintered_n", "stepper_motor"),
        ("雷赛智能旗舰店", "57CM23", "ndfeb_sintered_n", "stepper_motor"),
        ("LDO Motors", "LDO-42STH48-2004MAH(VRN)", "ndfeb_sintered_n", "stepper_motor"),
        ("OMC-StepperOnline", "17HS19-2004S1", "ndfeb_sintered_n", "stepper_motor"),
        ("MOONS'", "MS17HD6P4200", "ndfeb_sintered_n", "stepper_motor"),
        ("ORIENTAL MOTOR CO., LTD.", "PKP264D28B", "ndfeb_sintered_n", "stepper_motor"),
        ("Sanyo Denki Co., Ltd.", "103H7126-0440", "ndfeb_sintered_n", "stepper_motor"),
        ("Yaskawa Electric Corp.", "SGM7J-04AFC6S", "ndfeb_sintered_sh", "servo_motor"),
        ("安川電機", "SGMJV-02ADE6S", "ndfeb_sintered_sh", "servo_motor"),
        ("Mitsubishi Electric", "HG-KR43J", "ndfeb_sintered_sh", "servo_motor"),
        ("Panasonic", "MSMF042L1U2M", "ndfeb_sintered_sh", "servo_motor"),
        ("OMRON", "R88M-1M40030H-S2", "ndfeb_sintered_sh", "servo_motor"),
        ("FANUC", "A06B-0041-B605", "ndfeb_sintered_sh", "servo_motor"),
        ("SIEMENS AG", "1FK7063-2AC71-1RA0", "ndfeb_sintered_sh", "servo_motor"),
        ("Kolmorgen", "AKM42H-ANCNC-00", "ndfeb_sintered_sh", "servo_motor"),
        ("Robotis", "XM430-W350-T", "ndfeb_sintered_sh", "servo_motor"),
        ("达妙", "DM-J4310-2EC", "ndfeb_sintered_h", "bldc_motor"),
        ("RobStride", "RS03", "ndfeb_sintered_h", "bldc_motor"),
        ("ODrive Robotics", "D6374", "ndfeb_sintered_h", "bldc_motor"),
        ("杰美康", "57J1880-848", "ndfeb_sintered_n", "stepper_motor"),
        ("Futaba", "S3003", "ndfeb_sintered_sh", "servo_motor"),
        ("goBILDA", "5203-2402-0019", "ferrite_hard_sr", "dc_motor_brushed"),
        ("Dayton Audio", "ND91-4", "ferrite_hard_sr", "loudspeaker"),
        ("T-Motor", "MN5008-340", "ndfeb_sintered_h", "drone_uas_motor"),
        ("CubeMars", "AK80-9", "ndfeb_sintered_h", "bldc_motor"),
        ("Mabuchi Motor", "RS-555PH-3255", "ferrite_hard_sr", "dc_motor_brushed"),
        ("Maxon Motor AG", "EC-max 30", "ndfeb_sintered_h", "bldc_motor"),
        ("Moticont", "LVCM-032-025-02", "ndfeb_sintered_n", "voice_coil"),
        ("Seagate", "ST4000DM004", "ndfeb_sintered_h", "hdd"),
        ("Western Digital", "WD40EZRZ", "ndfeb_sintered_h", "hdd"),
        ("DiTom Microwave", "D3C2040", "ferrite_hard_sr", "circulator_isolator"),
        ("Scan-Speak", "18W/8545-01", "ferrite_hard_sr", "loudspeaker"),
        ("K&J Magnetics", "D42", "ndfeb_unspecified", None),
        ("K&J Magnetics, Inc.", "D42-N52", "ndfeb_sintered_n", None),
        ("K&J Magnetics", "B842SH", "ndfeb_sintered_sh", None),
        ("ALB Materials", "ALB-D42", "ndfeb_sintered_n", None),
        ("ALB Materials Inc.", "ALB-D42SH", "ndfeb_sintered_sh", None),
        ("ALB Materials Inc.", "ALB-BX084-N52", "ndfeb_sintered_n", None),
        ("supermagnete", "S-10-05-N", "ndfeb_unspecified", None),
        ("Webcraft GmbH", "CS-Q-12-12-04-N", "ndfeb_unspecified", None),
        ("金力永磁", "JL-20240117", "ndfeb_unspecified", None),
        ("Bühler Motor GmbH", "1.13.044.236", "permanent_magnet_unspecified", None),
    ],
)
def test_a_maker_and_a_number_give_his_goods_at_a_low_confidence(
    knowledge: Knowledge, maker: str, number: str, material: str, part_rule: str | None
) -> None:
    rows = found(knowledge, manufacturer=maker, mpn=number)
    row = rows.filter(pl.col("material_id") == material).row(0, named=True)
    assert row["inferred"]
    assert row["confidence"] < 0.75
    assert row["part_rule"] == part_rule
    assert row["field"] == "manufacturer"
    assert row["matched"] == maker
    assert row["rule"].startswith("the maker alone: ")
    assert row["rule"].endswith("nothing else in the line says what it is")


DECOYS = [
    {"manufacturer": "三拓", "part_number": "MA860H"},
    {"manufacturer": "三拓", "part_number": "57-安装支架"},
    {"manufacturer": "三拓", "part_number": "57-8453", "description": "电机安装板"},
    {"manufacturer": "三拓", "part_number": "57-8453", "name": "Bracket"},
    {"manufacturer": "三拓", "part_number": "57-8453", "material": "Al 6061"},
    {"manufacturer": "三拓", "part_number": "57-8453", "make_buy": "make"},
    {"manufacturer": "三拓", "part_number": "57-8453", "notes": "Category: motor cable"},
    {"manufacturer": "三拓", "part_number": "57-8453", "url": "https://x.test/nema23-bracket"},
    {"manufacturer": "RuFeng", "part_number": "57-8453-10"},
    {"manufacturer": "雷赛", "part_number": "DM542"},
    {"manufacturer": "LDO Motors", "mpn": "LDO-KIT-V24"},
    {"manufacturer": "StepperOnline", "mpn": "DM542T"},
    {"manufacturer": "StepperOnline", "mpn": "17HS19-2004S1-BRACKET"},
    {"manufacturer": "StepperOnline", "mpn": "S-350-24"},
    {"manufacturer": "StepperOnline", "mpn": "17HS19-2004S1", "description": "encoder cable"},
    {"manufacturer": "MOONS'", "mpn": "SR4"},
    {"manufacturer": "Oriental Motor", "mpn": "AZD-KD"},
    {"manufacturer": "Oriental Motor", "mpn": "PKP264D28B", "description": "mounting plate"},
    {"manufacturer": "Sanyo Denki", "mpn": "9GA0412P6G001"},
    {"manufacturer": "Yaskawa", "mpn": "SGD7S-1R6A00A"},
    {"manufacturer": "Yaskawa", "mpn": "SGM7J-04AFC6S", "name": "Shaft seal"},
    {"manufacturer": "Mitsubishi Electric", "mpn": "MR-J4-40B"},
    {"manufacturer": "Panasonic", "mpn": "MCDLN35SE"},
    {"manufacturer": "Panasonic", "mpn": "ERJ-3EKF1002V"},
    {"manufacturer": "Omron", "mpn": "R88D-1SN04H-ECT"},
    {"manufacturer": "Omron", "mpn": "R88A-CRKA003C"},
    {"manufacturer": "Fanuc", "mpn": "A06B-6114-H205"},
    {"manufacturer": "Siemens", "mpn": "1LE1003-0EB42-2AA4"},
    {"manufacturer": "Siemens", "mpn": "6FX8002-2CA31"},
    {"manufacturer": "Kollmorgen", "mpn": "AKD-P00606"},
    {"manufacturer": "Maxon", "mpn": "GPX22"},
    {"manufacturer": "Maxon", "mpn": "ESCON 50/5"},
    {"manufacturer": "Maxon", "mpn": "339287"},
    {"manufacturer": "Faulhaber", "mpn": "MC5005"},
    {"manufacturer": "Robotis", "mpn": "OpenCR1.0"},
    {"manufacturer": "Robotis", "mpn": "FR12-H101K"},
    {"manufacturer": "T-Motor", "mpn": "ALPHA 60A"},
    {"manufacturer": "T-Motor", "mpn": "MN5008 mount"},
    {"manufacturer": "KDE Direct", "mpn": "KDEXF-UAS55"},
    {"manufacturer": "Harmonic Drive", "mpn": "CSF-17-100-2UH"},
    {"manufacturer": "Seagate", "mpn": "ZA1000CM10003"},
    {"manufacturer": "Western Digital", "mpn": "WDS100T2B0A"},
    {"manufacturer": "Toshiba", "mpn": "TLP281"},
    {"manufacturer": "CUI Devices", "mpn": "CPT-9019S-SMT"},
    {"manufacturer": "K&J Magnetics", "mpn": "MM-A-16", "description": "steel cup"},
    {"manufacturer": "K&J Magnetics", "mpn": "GAUSS-METER"},
    {"manufacturer": "Digi-Key", "mpn": "D42"},
    {"manufacturer": "ALB", "mpn": "D42"},
    {"mpn": "ALB-D42SH"},
    {"manufacturer": "Texas Instruments", "mpn": "D42", "supplier": "K&J Magnetics"},
    {"manufacturer": "Motorola", "mpn": "MOT-2N3055"},
    {"manufacturer": "Mabuchi Motor", "mpn": "BRACKET-555"},
    {"manufacturer": "Mabuchi Motor", "mpn": "RS-555", "description": "Drehzahlregler"},
    {"manufacturer": "Saft", "mpn": "LS14500 holder"},
    {"manufacturer": "Visaton", "mpn": "8084", "name": "Crossover network"},
    {"manufacturer": "Delta", "mpn": "AFB0712H"},
    {"manufacturer": "ODrive", "mpn": "ODrive S1"},
    {"manufacturer": "ODrive", "mpn": "D5065 mount"},
    {"manufacturer": "Futaba", "mpn": "R3006SB"},
    {"manufacturer": "goBILDA", "mpn": "1309-0016-0006"},
    {"manufacturer": "goBILDA", "mpn": "5203-2402-0019", "description": "Motor mount"},
    {"manufacturer": "RobStride", "mpn": "RS485-CAN"},
    {"manufacturer": "DAMIAO", "mpn": "DM-USB2CAN"},
    {"manufacturer": "Kinco", "mpn": "FD415"},
    {"manufacturer": "JMC", "mpn": "2DM556"},
    {"manufacturer": "mjbots", "mpn": "moteus-r4.11"},
    {"manufacturer": "Dayton Audio", "mpn": "APA150"},
]


@pytest.mark.parametrize("cells", DECOYS, ids=lambda cells: " ".join(map(str, cells.values())))
def test_what_the_line_says_goes_before_the_maker(
    knowledge: Knowledge, cells: dict[str, str]
) -> None:
    materials = found(knowledge, **cells)
    assert not [one for one in materials["material_id"] if one.startswith(MAGNETS)]
    assert not [rule for rule in materials["rule"] if "maker alone" in rule]


def test_a_supplier_counts_where_no_maker_is_named(knowledge: Knowledge) -> None:
    rows = found(knowledge, supplier="supermagnete", part_number="MAG-7", supplier_pn="S-10-05-N")
    assert rows["material_id"].to_list() == ["ndfeb_unspecified"]
    assert rows["field"].to_list() == ["supplier"]


def test_the_text_of_the_line_is_heard_and_the_maker_adds_nothing(knowledge: Knowledge) -> None:
    rows = found(knowledge, manufacturer="三拓", part_number="57-8453", description="servo motor")
    assert set(rows["part_rule"]) == {"servo_motor"}
    assert not [rule for rule in rows["rule"] if "maker alone" in rule]


def test_a_weakly_known_maker_is_said_to_be_and_is_put_before_a_reviewer(
    knowledge: Knowledge,
) -> None:
    lines = lines_of([{"manufacturer": "三拓", "part_number": "57-8453-10", "description": "100"}])
    answer = recognize(lines, knowledge)
    assert "(recalled, not read in a source)" in answer.materials["rule"][0]
    asked = answer.doubts.filter(pl.col("material_id") == "ndfeb_sintered_n").row(0, named=True)
    assert (asked["field"], asked["text"]) == ("part_number", "57-8453-10")
    assert asked["reason"] == answer.materials["rule"][0]


def test_how_a_maker_is_known_stands_in_the_reason(knowledge: Knowledge) -> None:
    read = found(knowledge, manufacturer="ALB Materials", mpn="ALB-D42")["rule"][0]
    told = found(knowledge, manufacturer="Yaskawa", mpn="SGM7J-04AFC6S")["rule"][0]
    assert "(verified)" in read
    assert "(recalled, second-hand)" in told


def test_a_number_that_decides_is_surer_than_a_whole_catalogue(knowledge: Knowledge) -> None:
    by_number = found(knowledge, manufacturer="LDO", mpn="42STH48-2004")["confidence"].max()
    whole = found(knowledge, manufacturer="ThinGap", mpn="TG7150")["confidence"].max()
    rules = knowledge.part_rules
    assert by_number == pytest.approx(0.75 * rules["stepper_motor"].confidence)
    assert whole == pytest.approx(0.65 * rules["bldc_motor"].confidence, abs=1e-3)


def test_every_maker_has_a_source_a_grade_and_goods_that_the_knowledge_has(
    knowledge: Knowledge,
) -> None:
    rows = rows_of("makers.csv")
    assert len({row["maker"] for row in rows}) >= 60
    for row in rows:
        assert bool(row["rule"]) != bool(row["material"]), row
        assert not row["rule"] or row["rule"] in knowledge.part_rules
        assert not row["material"] or row["material"] in knowledge.materials
        assert row["evidence"] in ("verified", "recalled")
        assert row["makes"]
        assert row["source"]
        assert row["year"] or row["evidence"] == "recalled", row
        assert pl.Series(["x"]).str.contains(f"(?i)^(?:{row['numbers']})").len() == 1


def test_names_are_compared_without_company_forms_and_signs() -> None:
    assert plain("ORIENTAL MOTOR CO., LTD.") == plain("Oriental Motor")
    assert plain("Bühler Motor GmbH") == plain("Buehler Motor").replace("ue", "u")
    assert plain("雷赛智能旗舰店") == plain("雷赛智能")
    assert all(name for name in known_makers())
