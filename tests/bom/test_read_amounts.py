"""Forms of quantities, the decimal sign of a column, units that disagree, and masses of every kind of column."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bomrisk.bom import units
from tests.bom.test_read_files import Rows, checked, only, told, write
from tests.bom.test_read_values import one_cell


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1’234.5", 1234.5, None), ("1'000'000", 1e6, None), ("1 234,5", 1234.5, None), ("1\u202f234,5", 1234.5, None),
        ("12,34,567.89", 1234567.89, None), ("1.234.567", 1234567, None), ("１２", 12, None), ("２．５", 2.5, None), ("1.", 1, None),
        ("4个", 4, "个"), ("2只", 2, "只"), ("一套", 1, "套"), ("1式", 1, "式"), ("10米", 10, "米"), ("3 шт.", 3, "шт"), ("2,5 кг", 2.5, "кг"),
        ("10 пог. м", 10, "пог. м"), ("3 кв.м", 3, "кв.м"), ("2 уп.", 2, "уп"), ("4 Stk.", 4, "Stk"), ("5 uds", 5, "uds"), ("2 Pack", 2, "Pack"),
        ("10 Pairs", 10, "Pairs"), ("12 off", 12, None), ("4 req'd", 4, None), ("Qty: 4", 4, None), ("1½", 1.5, None), ("3/4\"", 0.75, '"'),
        ("5 lb 4 oz", 5.25, "lb"), ("2 кг 500 г", 2.5, "кг"), ("two pcs", 2, "pcs"), ("2x100mm", 200, "mm"),
    ],
)  # fmt: skip
def test_further_forms_that_are_understood(
    tmp_path: Path, text: str, value: float, unit: str | None
) -> None:
    only(one_cell(tmp_path, "Qty", text), quantity=value, quantity_text=text, unit=unit)


@pytest.mark.parametrize(
    ("text", "value", "why"),
    [
        ("ca. 5", 5, "approximate"), ("约5", 5, "approximate"), ("5左右", 5, "approximate"), ("5 (spare 1)", 5, "brackets"),
        ("5 + 1 spare", 5, "spare"), ("4*", 4, "footnote"), ("2 x 3", 6, "2 times 3"),
    ],
)  # fmt: skip
def test_what_is_passed_over_in_a_quantity_is_said(
    tmp_path: Path, text: str, value: float, why: str
) -> None:
    bom = one_cell(tmp_path, "Qty", text)
    only(bom, quantity=value)
    assert why in told(bom, "quantity")[2]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("≥3", "least or greatest"), ("min. 3", "least or greatest"), ("up to 5", "least or greatest"), ("5+", "least or greatest"),
        ("2-4", "range"), ("3～4", "range"), ("3至4", "range"), ("3 or 4", "range"), ("#N/A", "failed"), ("#VALUE!", "failed"),
        ("n.a.", "unknown"), ("A.R.", "as required"), ("若干", "as required"), ("4 4", "not understood"), ("1 2 3", "not understood"),
        ("3, 4", "not understood"), ("1,234,56", "not understood"), ("1 bag of 100", "not understood"), ("4 x M3", "not understood"),
        ("10k", "not understood"), ("(4)", "not understood"), ("un", "not understood"), ("-4", "below zero"), ("−4", "below zero"),
        ("4-", "below zero"), ("99999999999999", "too large"), ("1e300", "too large"),
    ],
)  # fmt: skip
def test_further_forms_that_stay_unknown_say_why(tmp_path: Path, text: str, why: str) -> None:
    bom = one_cell(tmp_path, "Qty", text)
    only(bom, quantity=None, quantity_text=text, rolled_up=None)
    assert why in told(bom, "quantity")[2]


def test_two_numbers_on_two_lines_of_a_cell_are_not_one(tmp_path: Path) -> None:
    only(one_cell(tmp_path, "Qty", "4\n500"), quantity=None)


def quantities(tmp_path: Path, kind: str, cells: list[Any], header: str = "Qty") -> Any:
    rows: Rows = [
        ["Part Number", "Name", header],
        *([f"A-{at}", "Nut", cell] for at, cell in enumerate(cells)),
    ]
    return checked(write(tmp_path / "bom", kind, rows))


@pytest.mark.parametrize(
    ("kind", "cells", "values"),
    [
        ("tsv", ["1.234"] * 999 + ["0,5"], [1234.0] * 999 + [0.5]),
        ("tsv", ["1,234"] * 999 + ["0.5"], [1234.0] * 999 + [0.5]),
        ("tsv", ["1.234", "1.234,50", "2.50"], [1234, 1234.5, 2.5]),
        ("xlsx", ["1,5", "1.234", "2"], [1.5, 1.234, 2]),
        ("xlsx", ["1,234", "2,5", "0.75"], [1.234, 2.5, 0.75]),
        ("xlsx", ["1,234.5", "1,234", "2.5"], [1234.5, 1234, 2.5]),
        ("tsv", ["1,000", "2,000", "12,000"], [1, 2, 12]),
        ("tsv", ["1.000 ST", "2.000 ST", "12.000 ST"], [1, 2, 12]),
        ("tsv", ["1,000", "2,000", "12"], [1000, 2000, 12]),
    ],
)  # fmt: skip
def test_one_row_may_tell_the_decimal_sign_of_all(
    tmp_path: Path, kind: str, cells: list[Any], values: list[float]
) -> None:
    assert quantities(tmp_path, kind, cells).lines["quantity"].to_list() == values


def test_a_comma_that_nothing_explains_is_remarked(tmp_path: Path) -> None:
    bom = quantities(tmp_path, "csv", ["1,234", "12", "7"])
    assert bom.lines["quantity"].to_list() == [1234, 12, 7]
    assert "'1,234'" in told(bom, "quantity")[2]
    assert not told(quantities(tmp_path, "csv", ["1,234", "12.5", "7"]), "quantity")


@pytest.mark.parametrize(
    ("cell", "column", "unit", "said"),
    [
        ("200g", "EA", "g", True), ("15m", "mm", "m", True), ("2 pcs", "EA", "EA", False), ("200 g", "gr", "gr", False),
        ("10pk", "EA", "EA", False), ("3", "kg", "kg", False), ("2 м", "m", "m", False),
    ],
)  # fmt: skip
def test_a_measure_in_the_cell_is_believed_over_the_unit_column(
    tmp_path: Path, cell: str, column: str, unit: str, said: bool
) -> None:
    rows: Rows = [
        ["Part Number", "Name", "Qty", "UOM"],
        ["A-1", "Magnet powder", cell, column],
        *([f"B-{at}", "Nut", "1", "EA"] for at in range(5)),
    ]
    bom = checked(write(tmp_path / "bom", "csv", rows))
    only(bom, unit=unit)
    assert ("unit column" in told(bom, "quantity").get(2, "")) is said


def test_units_are_as_their_definitions_say() -> None:
    pound = 0.45359237
    assert units.grams("lb") == pytest.approx(1000 * pound)
    assert units.grams("oz") == pytest.approx(1000 * pound / 16)
    for name, of_metre in (("in", 0.0254), ("ft", 0.3048), ("yd", 0.9144), ("mil", 2.54e-5), ("m", 1), ("км", 1000)):  # fmt: skip
        assert units.millimetres(name) == pytest.approx(1000 * of_metre)
    assert units.same("ft2", "sqft")
    assert not units.same("ft", "m")
    assert units.grams("mm") is None
    assert units.millimetres("kg") is None


@pytest.mark.parametrize(
    ("header", "cell", "quantity", "uom", "grams", "said"),
    [
        ("Mass [g]", "250 mm", "1", "EA", None, "not in a unit of mass"),
        ("Mass [g]", "-5", "1", "EA", None, "below zero"),
        ("Mass [g]", "10-12", "1", "EA", None, "not understood"),
        ("Mass", "5 lb 4 oz", "1", "EA", 5.25 * 453.59237, None),
        ("Weight (kg/100 pcs)", "2.5", "4", "EA", 25, None),
        ("Gewicht je 1000 Stück [kg]", "2,5", "4", "ST", 2.5, None),
        ("Weight (kg/m)", "2.5", "4", "m", 2500, None),
        ("Weight (kg/m)", "2.5", "40", "mm", 2.5, None),
    ],
)
def test_masses_of_odd_columns(
    tmp_path: Path, header: str, cell: str, quantity: str, uom: str, grams: float | None, said: str
) -> None:
    rows: Rows = [
        ["Part Number", "Name", "Qty", "UOM", header],
        ["A-1", "Bar", quantity, uom, cell],
        *([f"B-{at}", "Nut", "1", uom, "3"] for at in range(5)),
    ]
    bom = checked(write(tmp_path / "bom", "tsv", rows))
    assert bom.lines["mass_g"][0] == (None if grams is None else pytest.approx(grams))
    assert said is None or said in told(bom, "mass")[2]


def test_a_mass_of_nothing_and_a_mass_per_metre_of_pieces_are_unknown(tmp_path: Path) -> None:
    rows: Rows = [
        ["Part Number", "Name", "Qty", "Mass [g]"],
        *([f"A-{at}", "Nut", "1", cell] for at, cell in enumerate(("0", "0.00", "3", "4"))),
    ]
    bom = checked(write(tmp_path / "bom", "csv", rows))
    assert bom.lines["mass_g"].to_list() == [None, None, 3, 4]
    assert "2 masses" in told(bom, "mass")[2]
    rows = [
        ["Part Number", "Name", "Qty", "UOM", "Weight (kg/m)"],
        *([f"A-{at}", "Bar", "2", "EA", "3"] for at in range(3)),
    ]
    bom = checked(write(tmp_path / "bom", "csv", rows))
    assert bom.lines["mass_g"].to_list() == [None] * 3
    assert "per length" in told(bom, "mass")[2]
