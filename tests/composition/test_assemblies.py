"""What parts name is not inferred again above them; parts heavier than their assembly are remarked."""

from __future__ import annotations

from typing import Any

from tests.composition.test_masses import composed

MOTOR: dict[str, Any] = {"name": "BLDC motor", "mass_g": 80.0, "rolled_up": 2.0, "level": 0}


def found(*rows: dict[str, Any]) -> list[tuple[int, str, bool]]:
    return composed(*rows).materials.select("line", "material_id", "inferred").rows()


def test_a_motor_of_which_the_magnets_are_listed_holds_these_alone() -> None:
    alone = found(MOTOR)
    assert any(name.startswith("ndfeb") and inferred for _, name, inferred in alone)
    magnet = {"name": "magnet N42SH", "mass_g": 5.0, "rolled_up": 8.0, "parent": 1, "level": 2}
    rotor = {"name": "rotor", "rolled_up": 2.0, "parent": 0, "level": 1}
    listed = found(MOTOR, rotor, magnet)
    assert (2, "ndfeb_sintered_sh", False) in listed
    assert not [name for line, name, _ in listed if line == 0 and name.startswith("ndfeb")]


def test_a_motor_whose_parts_name_no_magnet_keeps_what_motors_hold() -> None:
    screw = {"name": "screw", "material": "6061-T6", "rolled_up": 2.0, "parent": 0, "level": 1}
    listed = found(MOTOR, screw)
    assert [name for line, name, _ in listed if line == 0 and name.startswith("ndfeb")]


def test_parts_that_weigh_more_than_their_assembly_are_remarked() -> None:
    top = {"name": "plate assembly", "mass_g": 100.0, "rolled_up": 1.0, "level": 0}
    part = {"name": "plate", "material": "6061-T6", "mass_g": 60.0, "rolled_up": 2.0, "parent": 0}
    (note,) = [n for n in composed(top, part).notes.to_dicts() if n["line"] == 0]
    assert note["text"].startswith(
        "its parts weigh 120.0 g in the end item, more than its own 100.0 g"
    )
    light = {**part, "mass_g": 50.0}
    assert [n for n in composed(top, light).notes.to_dicts() if n["line"] == 0] == []
    unknown = {**part, "mass_g": None}
    assert [n for n in composed(top, unknown).notes.to_dicts() if n["line"] == 0] == []
