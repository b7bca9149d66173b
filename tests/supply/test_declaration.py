"""Declarations: stage words, canonical text, reliability, refusals."""

from __future__ import annotations

import pytest

from bomrisk.errors import InputError
from bomrisk.supply import declared_text, read_declared
from bomrisk.supply.declaration import declared_from_text


def test_the_canonical_text_is_in_processing_order_and_reads_back() -> None:
    declared = read_declared(
        {"magnetised": "US", "melted": "JP/CN", "mining": "60% AU, 40% CN@0.9"}
    )
    text = declared_text(declared)
    assert text == "mined=AUS:0.6/CHN:0.4@0.9;melted=CHN/JPN;magnetized=USA"
    assert declared_text(declared_from_text(text)) == text
    assert declared[0].reliability == 0.9


def test_a_bare_country_of_origin_is_the_last_step_only() -> None:
    assert declared_text(read_declared({"country_of_origin": "Japan"})) == "manufactured=JPN"


def test_unknown_declares_nothing() -> None:
    assert read_declared({"melted": "unknown"}) == ()


@pytest.mark.parametrize(
    ("declare", "what"),
    [
        ({"smelled": "USA"}, "no stage"),
        ({"melted": "Atlantis"}, "cannot be read"),
        ({"melted": "USA@7"}, "reliability"),
        ({"melted": "USA@often"}, "reliability"),
        ({"melted": "USA", "alloy": "CHN"}, "twice"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_the_mend(declare: dict[str, str], what: str) -> None:
    with pytest.raises(InputError, match=what) as caught:
        read_declared(declare)
    assert caught.value.mend


def test_reliability_may_be_a_percentage() -> None:
    assert read_declared({"melted": "USA@85%"})[0].reliability == pytest.approx(0.85)
