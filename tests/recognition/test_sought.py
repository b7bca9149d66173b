"""Whether what a trigger stands for can be in a text is asked before the grammar runs."""

from __future__ import annotations

import re

import pytest

from bomrisk.recognition.reading import Reading
from bomrisk.recognition.sought import PartsSought, Spelling


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("GaN wafer", True),
        ("ＧａＮ wafer", True),
        ("GAN wafer", False),
        ("wafer", False),
        ("GaNs GANX", False),
    ],
)
def test_a_name_may_be_where_its_tokens_stand_whole_and_in_its_own_case(
    text: str, may: bool
) -> None:
    assert Spelling(("GAN",), ("GaN",)).may_be_in(Reading(text)) is may


def test_a_part_may_be_where_a_pattern_or_a_name_stands() -> None:
    servo = PartsSought((("servo_motor", re.compile("SERVO")),), (Spelling(("ROTOR",)),))
    assert [servo.may_be_in(Reading(text)) for text in ("a servo", "rotor", "bolt")] == [
        True,
        True,
        False,
    ]
