"""Misspellings are put right toward names only, with the distance shown and less trust."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bomrisk.recognition import TextAnswer

Read = Callable[[str], TextAnswer]


@pytest.mark.parametrize(
    ("text", "material", "words"),
    [
        ("neodimium magnet", "ndfeb_unspecified", "neodimium"),
        ("tantulum capacitor 10uF", "cap_tantalum_unspecified", "tantulum"),
        ("bracket, Hasteloy X sheet", "hastelloy_x", "Hasteloy X"),
        ("stainles steel screw", "ss_unspecified", "stainles steel"),
        ("alumnium plate", "al_unspecified", "alumnium"),
        ("ring, berylium copper", "cu_c17200", "berylium copper"),
    ],
)
def test_a_misspelt_name_is_read(read: Read, text: str, material: str, words: str) -> None:
    clues = {clue.material_id: clue for clue in read(text).materials}
    assert set(clues) == {material}
    clue = clues[material]
    assert words in text[clue.start : clue.end]
    assert "off" in clue.rule
    assert clue.confidence < 0.9


@pytest.mark.parametrize(
    "text",
    ["TANTALUS LOCK", "GERMANY", "magnesia brick", "ALUMNI BADGE", "TITANIC MODEL", "neodym"],
)
def test_other_words_are_no_misspellings(read: Read, text: str) -> None:
    assert not any("off" in clue.rule for clue in read(text).materials)


def test_spans_before_and_after_the_word_stay_true(read: Read) -> None:
    text = "brass ring, titaniun bolt, N42SH magnet"
    found = {clue.material_id: text[clue.start : clue.end] for clue in read(text).materials}
    assert found == {
        "cu_brass": "brass",
        "ti_unspecified": "titaniun",
        "ndfeb_sintered_sh": "N42SH",
    }
