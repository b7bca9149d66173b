"""Costs: forms, currencies in cell, column and header, prices for many pieces, and what stays unknown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bomrisk.bom import Bom
from tests.bom.test_read_files import Rows, checked, letters, only, told, write


def priced(tmp_path: Path, head: list[str], cells: list[Any], fill: list[Any]) -> Bom:
    """A list with further columns, in which the first line has these cells and the others the usual ones."""
    rows: Rows = [
        ["Part Number", "Name", "Qty", *head],
        ["A-1", "Magnet", "4", *cells],
        *([f"B-{at}", "Nut", "1", *fill] for at in range(5)),
    ]
    return checked(write(tmp_path / "bom", "tsv", rows))


@pytest.mark.parametrize(
    ("cell", "cost", "currency"),
    [
        ("USD 1.234,50", 1234.5, "USD"), ("1 234,00 €", 1234, "EUR"), ("CHF 1'234.50", 1234.5, "CHF"), ("12,- €", 12, "EUR"), ("$12.-", 12, "USD"),
        ("Rs. 1,25,000", 125000, "INR"), ("R$ 1.234,56", 1234.56, "BRL"), ("1.234,56 руб.", 1234.56, "RUB"), ("CNY5.00", 5, "CNY"), ("5 元/个", 5, "CNY"),
        ("500円", 500, "JPY"), ("12.500 ₫", 12500, "VND"), ("€ 2,50", 2.5, "EUR"), ("US $5.00", 5, "USD"), ("5.00 US Dollar", 5, "USD"),
        ("$2.50 / 100", 0.025, "USD"), ("EUR 2.500,00 / 1000", 2.5, "EUR"), ("12,50 € / 100 Stk", 0.125, "EUR"), ("$5.00/m", 5, "USD"),
        ("~$5", 5, "USD"), ("€5 (incl. shipping)", 5, "EUR"), ("１２．５０ EUR", 12.5, "EUR"), ("12.50 kr", 12.5, None), ("¥12.5", 12.5, None),
    ],
)  # fmt: skip
def test_forms_of_costs(tmp_path: Path, cell: str, cost: float, currency: str | None) -> None:
    bom = priced(tmp_path, ["Unit Price"], [cell], ["3.10"])
    only(bom, unit_cost=pytest.approx(cost), currency=currency)
    assert ("several have its sign" in "".join(told(bom, "cost").values())) is (currency is None)


@pytest.mark.parametrize("cell", ["-5.00", "5.00-", "(12.50)", "1/2", "2 for $5", "10 - 12", "1.5k", "1,234,56"])  # fmt: skip
def test_costs_that_are_not_understood_are_unknown_and_said(tmp_path: Path, cell: str) -> None:
    bom = priced(tmp_path, ["Unit Price"], [cell], ["3.10"])
    only(bom, unit_cost=None)
    assert "unknown" in told(bom, "cost")[2]


@pytest.mark.parametrize(
    ("head", "cells", "cost", "currency"),
    [
        (["Price per 100 (USD)"], ["250"], 2.5, "USD"),
        (["Preis je 1000 Stück [EUR]"], ["250"], 0.25, "EUR"),
        (["Preis", "Preiseinheit", "Währung"], ["250", "100", "EUR"], 2.5, "EUR"),
        (["Price", "Price Unit", "Currency"], ["250", "1000", "USD"], 0.25, "USD"),
        (["Unit Price", "Currency"], ["2.5", "€"], 2.5, "EUR"),
        (["Unit Price", "Currency"], ["2.5", "dollars"], 2.5, "USD"),
        (["Unit Price", "Currency"], ["2.5", "see note"], 2.5, None),
        (["Unit Price", "Currency"], ["2.50 €", "USD"], 2.5, "EUR"),
        (["Unit Price (RMB)"], ["¥2.5"], 2.5, "CNY"),
    ],
)
def test_what_a_price_is_for_and_in_which_currency(
    tmp_path: Path, head: list[str], cells: list[str], cost: float, currency: str | None
) -> None:
    fill = ["300", *(("100", "EUR")[: len(cells) - 1] if len(cells) == 3 else cells[1:])]
    bom = priced(tmp_path, head, cells, fill)
    only(bom, unit_cost=pytest.approx(cost), currency=currency)


def test_a_price_unit_in_words_is_a_currency_not_a_number(tmp_path: Path) -> None:
    bom = priced(tmp_path, ["Price", "Price Unit"], ["2.5", "EUR"], ["3.5", "EUR"])
    only(bom, unit_cost=2.5, currency="EUR")
    assert "price_unit" not in letters(bom)


def test_totals_in_another_currency_are_not_mixed_with_unit_costs(tmp_path: Path) -> None:
    bom = priced(tmp_path, ["Unit Price (USD)", "Total (EUR)"], ["2.5", "9"], ["1", "1"])
    only(bom, unit_cost=2.5, ext_cost=None, currency="USD")
    assert "another currency" in told(bom, "cost")[2]
