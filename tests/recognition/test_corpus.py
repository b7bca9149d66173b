"""Floors under precision and recall on labelled texts: the public corpus and real BOM lines."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from bomrisk.knowledge import Knowledge
from bomrisk.recognition import recognize_texts
from bomrisk.recognition.lexicon import rows_of
from tests.recognition.conftest import labelled


@dataclass
class Score:
    precision: float
    recall: float
    false_alarms: float
    part_recall: float
    part_precision: float


def score(file: str, knowledge: Knowledge) -> Score:
    rows = labelled(file)
    answers = recognize_texts([" ".join(row["text"].split()) for row in rows], knowledge)
    hit = said = wanted = alarms = clean = parts_hit = parts_said = parts_wanted = 0
    for row, answer in zip(rows, answers, strict=True):
        want = set(filter(None, row["expected_material_ids"].split(";")))
        got = {clue.material_id for clue in answer.materials if clue.confidence >= 0.5}
        hit, said, wanted = hit + len(want & got), said + len(got), wanted + len(want)
        clean += not want
        alarms += bool(got) and not want
        rules = set(filter(None, row["expected_part_rule_ids"].split(";")))
        inferred = {part.rule for part in answer.parts if part.confidence >= 0.5}
        parts_hit += len(rules & inferred)
        parts_wanted += len(rules)
        parts_said += len(rules & inferred) if want else len(inferred)
    return Score(
        hit / said, hit / wanted, alarms / clean, parts_hit / parts_wanted, parts_hit / parts_said
    )


@pytest.mark.parametrize("file", ["corpus.csv", "bom_lines.csv"])
def test_scores_stay_above_their_floors(file: str, knowledge: Knowledge) -> None:
    reached = score(file, knowledge)
    assert reached.precision >= 0.99
    assert reached.recall >= 0.985
    assert reached.false_alarms <= 0.01
    assert reached.part_recall >= 0.9
    assert reached.part_precision >= 0.9


def test_texts_of_the_review_stay_read(knowledge: Knowledge) -> None:
    reached = score("review.csv", knowledge)
    assert reached.precision >= 0.985
    assert reached.recall >= 0.97
    assert reached.false_alarms <= 0.02
    assert reached.part_recall >= 0.95
    assert reached.part_precision >= 0.95


def test_lines_met_in_public_stay_read(knowledge: Knowledge) -> None:
    reached = score("public_lines.csv", knowledge)
    assert reached.precision >= 0.985
    assert reached.recall >= 0.97
    assert reached.false_alarms <= 0.01
    assert reached.part_recall >= 0.97
    assert reached.part_precision >= 0.95


@pytest.mark.parametrize(
    ("text", "expected"),
    [(row["text"], row["expected_material_ids"]) for row in labelled("classes.csv")],
)
def test_each_way_of_writing_a_material_is_read(
    text: str, expected: str, knowledge: Knowledge
) -> None:
    answer = recognize_texts([text], knowledge)[0]
    assert {clue.material_id for clue in answer.materials} == set(filter(None, expected.split(";")))
    if not expected:
        assert not answer.parts


def test_every_name_of_the_tables_is_read(knowledge: Knowledge) -> None:
    rows = [row for row in rows_of("names.csv") if not row["needs"]]
    answers = recognize_texts([row["name"] for row in rows], knowledge)
    unread = {
        row["name"]
        for row, answer in zip(rows, answers, strict=True)
        if {clue.material_id for clue in answer.materials} != {row["material_id"]}
    }
    parts = rows_of("parts.csv")
    answers = recognize_texts([row["name"] for row in parts], knowledge)
    unread |= {
        row["name"]
        for row, answer in zip(parts, answers, strict=True)
        if row["rule"] not in {part.rule for part in answer.parts}
    }
    assert not unread


def test_every_span_holds_the_words_that_say_so(knowledge: Knowledge) -> None:
    texts = [row["text"] for file in ("corpus.csv", "classes.csv") for row in labelled(file)]
    for answer in recognize_texts(texts, knowledge):
        for clue in (*answer.materials, *answer.doubts):
            assert 0 <= clue.start < clue.end <= len(answer.text)
            assert clue.rule
            assert 0 < clue.confidence <= 1
            words = answer.text[clue.start : clue.end]
            assert words.strip() == words, (answer.text, clue)
