"""Figures and words as the report prints them."""

from __future__ import annotations

from datetime import date

import pytest

from bomrisk.report import figures
from bomrisk.report.countries import country_name, in_country, listed
from bomrisk.report.wording import (
    BANDS,
    CODES,
    band_word,
    code_rank,
    code_word,
    common_ending,
    declared_words,
    facts_words,
    grade_word,
    is_open,
    period,
    rule_title,
    spoken_period,
    stage_label,
    stated_words,
    without_ending,
)

TODAY = date(2026, 11, 23)


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u2013", "-")


@pytest.mark.parametrize(
    ("share", "printed"),
    [
        (None, "unknown"),
        (0.0, "0 %"),
        (0.0004, "<0.1 %"),
        (0.001, "0.1 %"),
        (0.0449, "4.5 %"),
        (0.09, "9 %"),
        (0.0999, "10 %"),
        (0.5578, "56 %"),
        (0.9128, "91.3 %"),
        (0.94, "94 %"),
        (0.985, "98.5 %"),
        (0.99999, ">99.9 %"),
        (1.0, "100 %"),
    ],
)
def test_percent_never_rounds_to_none_or_all(share: float | None, printed: str) -> None:
    assert plain(figures.percent(share)) == printed


@pytest.mark.parametrize(
    ("low", "high", "printed"),
    [
        (0.91, 0.985, "91-98.5 %"),
        (0.5, 0.5, "50 %"),
        (0.0, 1.0, "0-100 %"),
        (None, 1.0, "unknown"),
        (0.2, None, "unknown"),
    ],
)
def test_interval_in_percent(low: float | None, high: float | None, printed: str) -> None:
    assert plain(figures.percent_interval(low, high)) == printed


@pytest.mark.parametrize(
    ("mass", "printed"),
    [
        (None, "unknown"),
        (0.0, "0 mg"),
        (0.0123, "12.3 mg"),
        (18.54, "18.5 g"),
        (2500.0, "2.5 kg"),
        (1.25e6, "1.25 t"),
        (9.876e9, "9880 t"),
    ],
)
def test_masses_in_the_unit_that_fits(mass: float | None, printed: str) -> None:
    assert plain(figures.grams(mass)) == printed


def test_other_figures() -> None:
    assert figures.weight_percent(22.3) == "22.3"
    assert figures.weight_percent(0.97) == "0.97"
    assert figures.weight_percent(0.006) == "0.006"
    assert figures.weight_percent(0) == "0"
    assert figures.quantity(12.0) == "12"
    assert figures.quantity(None) == "unknown"
    assert figures.quantity(1_234_567.5) == "1234567.5"
    assert figures.counted(1, "line") == "1 line"
    assert plain(figures.counted(12_345, "line")) == "12 345 lines"
    assert figures.counted(2, "line fails", "lines fail") == "2 lines fail"
    assert figures.index(None) == "unknown"
    assert plain(figures.index_interval(0.36, 0.41)) == "0.36-0.41"
    assert figures.index_interval(0.36, 0.361) == "0.36"
    assert figures.index_interval(None, 0.3) == "unknown"
    assert plain(figures.bytes_size(999)) == "999 bytes"
    assert plain(figures.bytes_size(12_345)) == "12 kB"
    assert plain(figures.bytes_size(4_200_000)) == "4.2 MB"


def test_row_numbers_as_ranges() -> None:
    assert plain(figures.row_ranges([3, 1, 2, 7, 9, 10, 10])) == "1-3, 7, 9-10"
    assert figures.row_ranges([1, 3, 5, 7], shown=2) == "1, 3 and 2 more"
    assert figures.row_ranges([]) == ""


def test_countries_by_their_everyday_names() -> None:
    assert country_name("CHN") == "China"
    assert country_name("KOR") == "South Korea"
    assert country_name("XXX") == "XXX"
    assert in_country("USA") == "the United States"
    assert listed(("CHN", "IRN", "PRK", "RUS")) == "China, Iran, North Korea or Russia"
    assert listed(("CHN",)) == "China"
    assert listed(()) == ""


def test_declared_origins_in_words() -> None:
    assert (
        declared_words("melted=CHN;magnetized=USA")
        == "melted in China, magnetized in the United States"
    )
    assert plain(declared_words("sintered=DEU:0.6/USA:0.4@0.9")) == (
        "sintered in Germany (60 %) and the United States (40 %) (believed to 90 %)"
    )
    assert declared_words("mined=AUS:much") == "mined in Australia (much)"
    assert declared_words("said on the phone") == "said on the phone"
    assert declared_words(None) == declared_words("") == ""


def test_facts_in_words() -> None:
    assert facts_words("melted=CHN/JPN (declared); item is a magnet") == (
        "melted in China and Japan (declared); item is a magnet"
    )
    assert facts_words("magnetized=USA") == "magnetized in the United States"
    assert facts_words(None) == ""


def test_steps_of_one_source_are_said_together() -> None:
    facts = "material SmCo (recognized in the text); melted=CHN (BOM column); magnetized=USA (BOM column)"
    assert stated_words(facts) == ("melted in China, magnetized in the United States (BOM column)")
    assert stated_words(f"{facts}; sintered=JPN (declaration a.xlsx, row 3)").endswith(
        "(BOM column); sintered in Japan (declaration a.xlsx, row 3)"
    )
    assert stated_words("item is a magnet") == stated_words(None) == ""


def test_what_all_reasons_end_with_is_said_once() -> None:
    reasons = ["melted in China; a repeal is pending; till then it stands"]
    assert common_ending(reasons) == ""
    reasons += ["not declared; a repeal is pending; till then it stands"]
    assert common_ending(reasons) == "a repeal is pending; till then it stands"
    assert without_ending(reasons[0], common_ending(reasons)) == "melted in China"
    assert without_ending("as it is", "") == "as it is"
    assert common_ending([*reasons, "not declared"]) == ""
    assert common_ending([*reasons, "a repeal is pending; till then it stands"]) == (
        "till then it stands"
    )


def test_when_a_rule_applies() -> None:
    assert period("2019-04-30", "2026-12-31", TODAY) == "until 2026-12-31"
    assert period("2027-01-01", None, TODAY) == "from 2027-01-01"
    assert period("2027-01-01", "2027-12-31", TODAY) == "2027-01-01 to 2027-12-31"
    assert period("", None, TODAY) == "in force"
    assert spoken_period("", None, TODAY) == "Delivery at any date"
    assert spoken_period("2027-01-01", None, TODAY) == "Delivery from 2027-01-01"


def test_unheard_of_words_are_shown_and_never_as_something_good() -> None:
    assert code_word("NEW").label == "NEW"
    assert code_word(None).label == "not judged"
    assert code_rank("NEW") == len(CODES)
    assert code_rank("FAIL") == 0
    assert band_word(None) is BANDS["Unknown"]
    assert band_word("Odd") is BANDS["Unknown"]
    assert grade_word(None).label == "ungraded"
    assert grade_word("guessed").tone == "recalled"
    assert stage_label("pressed") == "pressed"
    assert stage_label(None) == "unknown stage"
    assert rule_title("XX-1").subject == "XX-1"
    assert rule_title("US-DFARS-7018-A").citation


def test_open_results_are_those_that_leave_something_to_do() -> None:
    assert {code for code in CODES if is_open(code)} == {"FAIL", "INCOMPLETE", "REVIEW", "WATCH"}
