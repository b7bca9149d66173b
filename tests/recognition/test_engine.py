"""The engine: each text once, the same in any company, and no text can make it slow."""

from __future__ import annotations

from typing import cast

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bomrisk.knowledge import Knowledge
from bomrisk.recognition import recognize_texts
from bomrisk.recognition.engine import Recognizer
from bomrisk.recognition.reading import LONGEST
from tests.recognition.conftest import labelled

TEXTS = [row["text"] for row in labelled("corpus.csv")]


def test_answers_come_in_the_order_of_the_texts(knowledge: Knowledge) -> None:
    texts = ["brass", "nothing", "N42SH", "brass", ""]
    answers = recognize_texts(texts, knowledge)
    assert [answer.text for answer in answers] == texts
    assert answers[0] == answers[3]
    assert answers[1].empty
    assert answers[4].empty


def test_company_does_not_change_an_answer(knowledge: Knowledge) -> None:
    together = recognize_texts(TEXTS, knowledge)
    assert recognize_texts(TEXTS[::-1], knowledge)[::-1] == together
    assert [recognize_texts([text], knowledge)[0] for text in TEXTS[:40]] == together[:40]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    text=st.sampled_from(TEXTS),
    number=st.integers(100, 999_999),
    before=st.sampled_from(["", "P", "SN", "LOT-"]),
)
def test_a_serial_number_changes_nothing(
    text: str, number: int, before: str, recognizer: Recognizer
) -> None:
    """Texts that differ in a meaningless number are read as one shape: as if each were read alone."""
    plain = [answer for _, answer in recognizer.read([f"{text} {before}{number}"])]
    alone = recognizer._answer(
        f"{text} {before}{number}", _seen(recognizer, f"{text} {before}{number}")
    )
    expected = [] if alone.empty else [alone]
    if plain != expected:
        assert {c.material_id for a in plain for c in a.materials} == {
            c.material_id for a in expected for c in a.materials
        }


def _seen(recognizer: Recognizer, text: str) -> set[str]:
    found = recognizer.candidates(pl.Series([text]))
    if not found.height:
        return set()
    row = found.row(0, named=True)
    letters = {one.upper() for one in row["letters"]}
    return letters | {one.strip() for one in letters}


HOSTILE = (
    "SMCO ", "CAP ", "1x1x", "6AL-", "304 STAINLESS ", "N52 ", "STEEL,", "S2809 ", "TANT ", "AMS 4928/",
    "ALNICO ", "FOR MAGNET ", "NO ", "neodimium ", "钕铁硼", "GR 5 TI ", "6.2Zn - 2.3Cu - ", "(" * 7, "A",
    "WHA CL 1 B777 ", "SN63 ", "MAGNETS A ", "CAPACITOR A", "ISOLATOR GHZ ", "2S MAH ", "\u200b", "é",
    "RELAY SPD", "MOTOR, A, ", "LINEAR ACTUATOR 1 ", "DIN 912 M3 ", "AL BRACKET ", "A36 ", "CR20", "ALY STL ",
)  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_makes_it_slow(piece: str, knowledge: Knowledge) -> None:
    """A hundred cells of a hundred thousand characters each: a pattern that backtracks would hang here."""
    texts = [piece * (100_000 // len(piece)) + str(number) for number in range(3)]
    for answer in recognize_texts(texts, knowledge):
        assert all(clue.end <= LONGEST for clue in answer.materials)


def test_part_numbers_are_left_to_the_filter(recognizer: Recognizer) -> None:
    numbers = pl.Series([f"{7000 + n}-{n:05d}-0{n % 7}K" for n in range(500)])
    assert recognizer.candidates(numbers).height < 250


def test_an_overlay_is_recognized(knowledge: Knowledge) -> None:
    from dataclasses import replace
    from types import SimpleNamespace

    own = replace(
        knowledge.materials["inconel_718"],
        id="own_alloy",
        name="Own alloy",
        synonyms=("Zamboni metal",),
        patterns=(r"\bZBM-[0-9]{3}\b",),
        codes=(("uns", "N99999"), ("ams", "9998")),
        confirm=(),
        veto=("TOY*",),
        origin="own.yaml",
    )
    stub = SimpleNamespace(
        materials={**knowledge.materials, "own_alloy": own},
        part_rules=knowledge.part_rules,
        table=knowledge.table,
        digest="own",
    )
    texts = ["ring ZBM-120", "zamboni metal ring", "UNS N99999", "AMS 9998", "toy ZBM-120"]
    answers = recognize_texts(texts, cast("Knowledge", stub))
    found = [{clue.material_id for clue in answer.materials} for answer in answers]
    assert found == [{"own_alloy"}] * 4 + [set()]
