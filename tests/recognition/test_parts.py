"""Types of part: the head noun decides, at a stated confidence, apart from named materials."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bomrisk.recognition import TextAnswer

Read = Callable[[str], TextAnswer]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("SERVO MOTOR 400W", "servo_motor"),
        ("Schrittmotor NEMA 17", "stepper_motor"),
        ("步进电机 57", "stepper_motor"),
        ("шаговый двигатель", "stepper_motor"),
        ("moteur pas à pas", "stepper_motor"),
        ("LOUDSPEAKER,PERMANE", "loudspeaker"),
        ("ALTERNATOR,PERMANEN", "aero_pm_motor"),
        ("GENERATOR,ALTERNATI", "ac_motor_or_generator_wound"),
        ("MOTOR,DIRECT CURREN", "dc_motor_brushed"),
        ("TRAVELLING WAVE TUBE", "twt"),
        ("MT2814-400KV", "drone_uas_motor"),
        ("Servo and servo horn", "servo_motor"),
        ("RATE GYRO", "gyroscope"),
        ("MAGNETIC COMPASS", "compass"),
        ("haut-parleur 8 ohm", "loudspeaker"),
        ("Festplatte 4TB", "hdd"),
        ("MOTOR, DC, BRUSHLESS, 28V, 1/4 HP", "bldc_motor"),
        ("MOTOR,DC,24V", "dc_motor_brushed"),
        ("ACTUATOR, LINEAR, ELECTRIC", "em_actuator"),
        ("Linear actuator 12V 100mm stroke", "em_actuator"),
        ("COUPLING, MAGNETIC, 5NM", "magnetic_coupling"),
        ("TUBE, TRAVELING WAVE, X-BAND", "twt"),
        ("ISOLATOR,RADIO FREQUENCY", "circulator_isolator"),
        ("RANGE FINDER-TARGET DESIGNATOR,LASER", "laser_designator"),
        ("NIGHT VISION GOGGLE AN/PVS-14", "night_vision_tube"),
        ("LINER,COMBUSTION CHAMBER,AIRCRAFT GAS TURBINE ENGINE", "combustor"),
        ("NOZZLE,TURBINE,AIRCRAFT GAS TURBINE ENGINE", "turbine_blade"),
        ("VANE ASSEMBLY,COMPRESSOR", "compressor_blade"),
        ("BATTERIES, UNUSED, NONRECHARGEABLE", "battery_primary"),
        ("SENSOR HALL EFFECT LINEAR", "magnetic_encoder_sensor"),
        ("RELAY GEN PURPOSE SPDT 10A 12V", "relay_em"),
        ("Signal relay DPDT 5V", "relay_em"),
        ("MICROPHONE,DYNAMIC", "loudspeaker"),
        ("DC Geared Motor", "dc_motor_brushed"),
        ("DC brush motor 12V", "dc_motor_brushed"),
        ("DISK DRIVE HARD", "hdd"),
        ("MG996R", "servo_motor"),
        ("тепловизор", "thermal_imager"),
        ("涡轮叶片", "turbine_blade"),
        ("Wärmebildkamera 640x480", "thermal_imager"),
        ("łopatka turbiny", "turbine_blade"),
        ("télémètre laser", "laser_designator"),
        ("磁気エンコーダ", "magnetic_encoder_sensor"),
        ("열화상 카메라", "thermal_imager"),
    ],
)
def test_a_part_is_known_by_its_name(read: Read, text: str, rule: str) -> None:
    answer = read(text)
    assert rule in {part.rule for part in answer.parts}
    part = next(part for part in answer.parts if part.rule == rule)
    assert 0.5 <= part.confidence < 0.9
    assert answer.text[part.start : part.end].strip()


@pytest.mark.parametrize(
    "text",
    [
        "CLAMP,SYNCHRO",
        "SHIPPING AND STORAGE CONTAINER,GYROSCOPE",
        "CASE,FIELD FIRST AID DRESSING-UNMOUNTED MAGNETIC COMPASS",
        "DRINKING SYSTEM RESERVOIR",
        "GENERATOR,SIGNAL",
        "BLADE,WINDSHIELD WI",
        "PENETRATING OIL",
        "Servo horn 25T",
        "stepper motor driver",
        "driver for BLDC motors",
        "Motor Mounts",
        "IC GYROSCOPE MEMS 3AXIS",
        "底座安装板-步进电机",
        "no servo",
        "speaker stand",
        "air circulator fan",
        "SSR RELAY SPST-NO 120MA 0-350V",
        "RELAY SOCKET DPDT 8 PIN",
        "DIGITAL ISOLATOR 100 MHZ",
        "TACHOMETER GENERATOR, DC",
        "CASE,COMBUSTION CHAMBER,AIRCRAFT GAS TURBINE ENGINE",
        "BRACKET,MOTOR,BRUSHLESS",
        "CONTROLLER, MOTOR, DC, BRUSHLESS",
        "linear actuator bracket 12V",
        "COVER,LINER,COMBUSTION",
    ],
)
def test_what_only_goes_with_a_part_is_not_the_part(read: Read, text: str) -> None:
    assert read(text).parts == ()


def test_the_more_particular_motor_is_said_once(read: Read) -> None:
    assert [part.rule for part in read("Multistar 4225-610Kv brushless outrunner").parts] == [
        "drone_uas_motor"
    ]


def test_placeholders_say_nothing(read: Read) -> None:
    for text in ("No Item Name Provided", "NO ITEM NAME AVAILABLE", "-", "N/A", "TBD"):
        assert read(text).empty


def test_a_cut_name_is_marked_in_the_rule(read: Read) -> None:
    clue = read("LOUDSPEAKER,PERMANE").materials[0]
    assert clue.material_id == "permanent_magnet_unspecified"
    assert "cut at 19" in clue.rule
    assert clue.end == 19
    assert read("CYLINDER,SECOND STA").empty
    assert read("FERRITE RING MAGNET").materials[0].material_id == "ferrite_hard_sr"


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("DC gear motor (with encoders), MG996R servo", {"dc_motor_brushed", "servo_motor"}),
        ("DC motor + stepper motor", {"dc_motor_brushed", "stepper_motor"}),
        ("MOTOR, DC, SERVO", {"servo_motor"}),
        ("MOTOR, DC, 24V SERVO", {"servo_motor"}),
        ("OIL SERVO SYSTEM 57", set()),
        ("Servo voltage stabiliser 5 kVA", set()),
        ("BATTERY,SECONDARY,12V", {"battery_rechargeable"}),
        ("AC motor drive 1.5 kW", set()),
        ("Servo drive 750 W", set()),
        ("Electric valve actuator 24 V DC", {"em_actuator"}),
        ("MOTOR, GEAR STEPPER 7.2T", {"stepper_motor"}),
        ("Dynamixel AX-12A", {"servo_motor"}),
        ("Dynamixel shield", set()),
    ],
)
def test_two_items_are_two_parts_and_oil_is_none(text: str, rules: set[str], read: Read) -> None:
    assert {part.rule for part in read(text).parts} == rules
