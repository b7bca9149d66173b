"""Mnemonics in a company's own numbers: a question for a person where nothing else speaks, never a material."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from bomrisk.knowledge import Knowledge
from bomrisk.recognition import recognize
from tests.lines import lines_of

SYSTEM = [{"part_number": number} for number in ("MAT-ELC-001", "MAT-FRM-001", "MAT-FRM-002")]


def asked(knowledge: Knowledge, *rows: dict[str, Any]) -> tuple[pl.DataFrame, pl.DataFrame]:
    answer = recognize(lines_of([*SYSTEM, *rows]), knowledge)
    return answer.materials, answer.doubts


@pytest.mark.parametrize(
    ("number", "says", "material"),
    [
        ("MAT-MOT-001", "motor", "permanent_magnet_unspecified"),
        ("mat-mtr-0042", "motor", "permanent_magnet_unspecified"),
        ("MAT-MAG-07", "magnet", "permanent_magnet_unspecified"),
        ("MAT_SPKR_100", "speaker", "permanent_magnet_unspecified"),
        ("MAT.BATT.100", "battery", "liion_unspecified"),
    ],
)
def test_a_code_in_a_numbering_system_is_asked_about_and_nothing_is_taken_from_it(
    knowledge: Knowledge, number: str, says: str, material: str
) -> None:
    materials, doubts = asked(knowledge, {"part_number": number})
    assert materials.height == 0
    (row,) = doubts.iter_rows(named=True)
    assert (row["text"], row["material_id"], row["field"]) == (number, material, "part_number")
    assert row["confidence"] == 0.2
    assert f"says {says}," in row["reason"]


DECOYS = [
    "MOT-2N3055",
    "MOT-001",
    "MOT-MAT-001",
    "TO-MOT-204",
    "2N-MOT-001",
    "MAT-MOTX-001",
    "MAT-MOT-A1",
    "MAT-MOT",
    "MAT-MOT-1",
    "MAT-MOT-001-BRKT",
    "MAT-MOT-CTRL-001",
    "MAT-MOTCTL-001",
    "XMAT-MOT-001",
    "M-MOT-001",
    "MATMOT001",
    "MAT-MOT001",
    "MATMOT-001",
    "MAT-REM-001",
    "MAT-MOD-001",
    "MAT-MAT-001",
    "MAT-IMG-001",
    "MAT-MGR-001",
    "MAT-SPR-001",
    "MAT-SPL-001",
    "MAT-BTR-001",
    "MAT-BAR-001",
    "MAT-BTN-001",
    "MAT-BOT-001",
    "MAT-SVC-001",
    "MAT-STP-001",
    "MAT-MTG-001",
    "MAT-MTL-001",
    "MAT-MAGAZINE-001",
    "MAT-SMOT-001",
    "MAT-MAGS-001",
    "AS5600-MAG-01",
    "MAX-MAG-3110",
    "LSM303-MAG",
    "IMAGE-MAG-001",
    "HDR-SPK-2",
    "PRD-BAT-54",
    "RES-MTR-100K",
]


@pytest.mark.parametrize("number", DECOYS)
def test_other_numbers_raise_no_question(knowledge: Knowledge, number: str) -> None:
    materials, doubts = asked(knowledge, {"part_number": number})
    assert materials.height == 0
    assert doubts.height == 0


def test_a_single_number_of_the_form_is_no_numbering_system(knowledge: Knowledge) -> None:
    lines = lines_of([{"part_number": "MAT-MOT-001"}, {"part_number": "MAT-MOT-002"}, {"part_number": "MAT-MOT-003"}])  # fmt: skip
    assert recognize(lines, knowledge).doubts.height == 0
    lines = lines_of([{"part_number": "MAT-MOT-001"}, {"part_number": "X-1"}])
    assert recognize(lines, knowledge).doubts.height == 0


@pytest.mark.parametrize(
    "told",
    [
        {"description": "Motor controller 48 V"},
        {"name": "支架"},
        {"material": "Al 6061"},
        {"manufacturer": "Mabuchi Motor", "mpn": "RS-555"},
    ],
)
def test_whatever_else_the_line_says_goes_before_its_code(
    knowledge: Knowledge, told: dict[str, str]
) -> None:
    _, doubts = asked(knowledge, {"part_number": "MAT-MOT-001", **told})
    assert not [reason for reason in doubts["reason"] if "only the number's code" in reason]
