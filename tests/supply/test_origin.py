"""Cells of declared origins as suppliers write them."""

from __future__ import annotations

import pytest

from bomrisk.supply import Origin, parse_origin
from bomrisk.supply.country import country_name, find_country
from bomrisk.supply.origin import read_origin


@pytest.mark.parametrize(
    ("cell", "countries"),
    [
        ("CHINA", ["CHN"]),
        ("cn", ["CHN"]),
        ("P.R. China", ["CHN"]),
        ("made in USA", ["USA"]),
        ("U.S.A.", ["USA"]),
        ("CN/JP", ["CHN", "JPN"]),
        ("JP,CN", ["JPN", "CHN"]),
        ("United States, Germany", ["USA", "DEU"]),
        ("China; Japan", ["CHN", "JPN"]),
        ("CN and JP", ["CHN", "JPN"]),
        ("USA CHN", ["USA", "CHN"]),
        ("CN/CN", ["CHN"]),
        ("Korea, Republic of", ["KOR"]),
        ("Congo, D.R.", ["COD"]),
        ("Iran, Islamic Republic of", ["IRN"]),
        ("Bosnia and Herzegovina", ["BIH"]),
        ("Germany (DE)", ["DEU"]),
        ("CN (China)", ["CHN"]),
        ("Deutschland", ["DEU"]),
        ("中国", ["CHN"]),
        ("Türkiye", ["TUR"]),
        ("Côte d'Ivoire", ["CIV"]),
        ("Taiwan, Province of China", ["TWN"]),
        ("Hong Kong", ["HKG"]),
        ("100% US", ["USA"]),
    ],
)
def test_countries_are_read_in_the_spellings_that_suppliers_use(
    cell: str, countries: list[str]
) -> None:
    assert [origin.country for origin in parse_origin(cell)] == countries


@pytest.mark.parametrize(
    ("cell", "shares"),
    [
        ("60% AU, 40% CN", {"AUS": 0.6, "CHN": 0.4}),
        ("CN 60% / JP 40%", {"CHN": 0.6, "JPN": 0.4}),
        ("40% CN 60% JP", {"CHN": 0.4, "JPN": 0.6}),
        ("60% United States 40% South Korea", {"USA": 0.6, "KOR": 0.4}),
        ("12,5 % CN; 87,5 % DE", {"CHN": 0.125, "DEU": 0.875}),
        ("70 % CN", {"CHN": 0.7}),
        ("CHN:0.6/JPN:0.4", {"CHN": 0.6, "JPN": 0.4}),
    ],
)
def test_shares_in_a_cell_are_kept(cell: str, shares: dict[str, float]) -> None:
    read = {origin.country: origin.share for origin in parse_origin(cell)}
    assert read == pytest.approx(shares)


@pytest.mark.parametrize(
    "cell", [None, "", " ", "unknown", "N/A", "-", "??", "TBD", "various", "(unknown)"]
)
def test_a_cell_that_says_nobody_knows_declares_nothing_and_is_no_error(cell: str | None) -> None:
    assert read_origin(cell).origins == ()
    assert read_origin(cell).unreadable is None


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("EU", "no country"),
        ("overseas", "no country"),
        ("CN?", "doubtful"),
        ("70 % CN, JP", "some of its countries"),
        ("70 % CN, 60 % JP", "more than 100"),
        ("60/40 CN/JP", "no country"),
    ],
)
def test_what_cannot_be_read_declares_nothing_and_says_why(cell: str, why: str) -> None:
    read = read_origin(cell)
    assert read.origins == ()
    assert read.unreadable is not None
    assert why in read.unreadable


def test_a_cell_keeps_the_order_written_and_origins_compare_by_country() -> None:
    assert parse_origin("JP/CN") == (Origin("JPN"), Origin("CHN"))
    assert sorted(parse_origin("JP/CN")) == [Origin("CHN"), Origin("JPN")]


def test_names_for_sentences_are_short() -> None:
    assert country_name("CHN") == "China"
    assert country_name("USA") == "the United States"
    assert country_name("ZZZ") == "ZZZ"
    assert find_country("") is None
