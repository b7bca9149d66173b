"""What to settle first: the doubts on which most value and mass hang."""

from __future__ import annotations

from bomrisk.composition import matches_to_review
from bomrisk.composition.review import COLUMNS
from bomrisk.knowledge import Knowledge
from bomrisk.recognition import Decision, recognize
from bomrisk.recognition.decisions import COLUMNS as MATCHES
from tests.lines import lines_of


def test_the_most_valuable_doubt_comes_first() -> None:
    lines = lines_of(
        [
            {"name": "coated part N42", "mass_g": 5.0, "rolled_up": 2.0},
            {"name": "coated part N38", "unit_cost": 9.0, "rolled_up": 3.0, "currency": "USD"},
            {"name": "coated part N38", "ext_cost": 4.0, "currency": "USD"},
            {"name": "coated part N35"},
            {"name": "brass nut"},
        ]
    )
    review = matches_to_review(lines, recognize(lines, Knowledge()).doubts)
    assert review.columns == list(COLUMNS)
    assert list(MATCHES) == review.columns[: len(MATCHES)]
    assert review["text"].to_list() == ["coated part N38", "coated part N42", "coated part N35"]
    assert review["value"].to_list() == [31.0, None, None]
    assert review["mass_g"].to_list() == [None, 10.0, None]
    assert review["lines"].to_list() == [2, 1, 1]
    assert review["material"].to_list() == ["ndfeb_sintered_n"] * 3


def test_a_doubt_about_a_number_can_be_answered_by_the_number() -> None:
    lines = lines_of([{"manufacturer": "LDO Motors", "mpn": "42STH48-2004", "part_number": "P-1"}])
    review = matches_to_review(lines, recognize(lines, Knowledge()).doubts)
    assert set(review.select("text", "part_number").rows()) == {("", "42STH48-2004")}
    answer = Decision(
        "", "42STH48-2004", ("cu_pure",), "Q", "2026-11-01", "seen", "unknown", "m", 2
    )
    settled = recognize(lines, Knowledge(), [answer]).materials
    assert settled.select("material_id", "inferred").rows() == [("cu_pure", False)]


def test_nothing_in_doubt_is_an_empty_table() -> None:
    lines = lines_of([{"name": "brass nut"}])
    assert matches_to_review(lines, recognize(lines, Knowledge()).doubts).height == 0
