"""A text as it is read: levelled in place, cut into tokens, with its neighbours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bomrisk.recognition.reading import LONGEST, Reading, capitals, level


@given(st.text())
def test_levelling_never_moves_a_character(text: str) -> None:
    assert len(level(text)) == len(text)
    assert len(capitals(text)) == len(text)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Ｎ４２ＳＨ", "N42SH"),
        ("6AL – 4V", "6AL - 4V"),
        ("Sm₂Co₁₇", "SM2CO17"),
        ("néodyme", "NEODYME"),
        ("10µF", "10UF"),
        ("mıknatıs", "MIKNATIS"),
        ("a\tb\u00a0c", "A B C"),
        ("Straße", "STRAßE"),
        ("сталь", "СТАЛЬ"),
        ("ネオジム", "ネオジム"),
    ],
)
def test_typography_is_levelled(written: str, read: str) -> None:
    assert capitals(written) == read


def test_tokens_are_runs_of_letters_or_digits() -> None:
    reading = Reading("Ti-6Al-4V, AMS4928")
    assert reading.spelled == ["TI", "6", "AL", "4", "V", "AMS", "4928"]
    assert reading.spans[:2] == [(0, 2), (3, 4)]
    assert reading.before(8) == ["4", "AL", "6"]
    assert reading.after(9, 2) == ["AMS", "4928"]


def test_word_borders_hold_between_letters_and_scripts() -> None:
    reading = Reading("4个N52钕铁硼 XN52")
    assert reading.whole(2, 5)
    assert not reading.whole(10, 13)


def test_a_long_cell_is_read_to_a_limit() -> None:
    assert len(Reading("steel " * 10_000).upper) == LONGEST
