"""Quantities, units, masses, costs, part numbers and origins: understood, or kept as text and unknown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.bom.test_read_files import Row, Rows, checked, only, told, write


def one_cell(tmp_path: Path, header: str, cell: Any, *, kind: str = "csv") -> Any:
    """A list whose second line has this cell, among plain ones."""
    fill = "3"
    rows: Rows = [
        ["Part Number", "Name", header],
        ["A-1", "Magnet", cell],
        *([f"B-{at}", "Nut", fill] for at in range(6)),
    ]
    return checked(write(tmp_path / "bom", kind, rows))


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("4", 4, None), ("200g", 200, "g"), ("15m", 15, "m"), ("15 m", 15, "m"), ("10pk", 10, "pk"), ("4 pcs", 4, "pcs"),
        ("1E-05", 1e-5, None), ("0.5", 0.5, None), ("1/2", 0.5, None), ("1 1/2", 1.5, None), ("2 x 3", 6, None), ("x4", 4, None),
        ("four", 4, None), ("4 (2 per side)", 4, None), ("0", 0, None), ("1,234.5", 1234.5, None),
    ],
)  # fmt: skip
def test_quantities_that_are_understood(
    tmp_path: Path, text: str, value: float, unit: str | None
) -> None:
    only(
        one_cell(tmp_path, "Qty", text),
        quantity=value,
        quantity_text=text,
        unit=unit,
        rolled_up=value,
    )


@pytest.mark.parametrize(
    "text",
    [
        "-",
        "AR",
        "as required",
        "TBD",
        "REF",
        "V",
        "n/a",
        "2-4",
        "3 to 5",
        "0, 40, 120, 150 ohm",
        "some",
        "1.2.3.4",
        "4 big ones",
    ],
)
def test_quantities_that_are_not_understood_are_unknown_and_said(tmp_path: Path, text: str) -> None:
    bom = one_cell(tmp_path, "Qty", text)
    only(bom, quantity=None, quantity_text=text, rolled_up=None)
    assert text[:4].casefold() in told(bom, "quantity")[2].casefold()
    assert bom.total_quantity == 18


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["1,5", "2", "0,25"], [1.5, 2, 0.25]),
        (["1.234,5", "2", "1.000"], [1234.5, 2, 1000]),
        (["1,234.5", "2", "1,000"], [1234.5, 2, 1000]),
        (["1.5", "2", "1.000"], [1.5, 2, 1]),
    ],
)
def test_the_decimal_sign_is_that_of_the_column(
    tmp_path: Path, cells: list[str], values: list[float]
) -> None:
    rows: Rows = [
        ["Part Number", "Name", "Qty"],
        *([f"A-{at}", "Nut", cell] for at, cell in enumerate(cells)),
    ]
    assert checked(write(tmp_path / "bom", "tsv", rows)).lines["quantity"].to_list() == values


@pytest.mark.parametrize(
    ("header", "cell", "grams"),
    [
        ("Mass [g]", "12.5", 12.5), ("Mass (kg)", "0.25", 250), ("Weight [lb]", "2", 907.18474), ("Weight (oz)", "1", 28.349523125),
        ("Gewicht [kg]", "0.25", 250), ("Peso [kg]", "0.25", 250), ("Masse (g)", "3", 3), ("Mass [mg]", "500", 0.5),
        ("Mass", "250 g", 250), ("Mass", "0.2 kg", 200), ("Mass [kg]", "250 g", 250), ("Weight", "1 lb", 453.59237),
        ("Mass", "250", None), ("Mass [g]", "heavy", None), ("Mass [g]", "-", None), ("Mass [g]", "-5", None),
    ],
)  # fmt: skip
def test_masses_of_one_piece(tmp_path: Path, header: str, cell: str, grams: float | None) -> None:
    rows: Rows = [
        ["Part Number", "Name", "Qty", header],
        ["A-1", "Magnet", "4", cell],
        *([f"B-{at}", "Nut", "1", "3"] for at in range(5)),
    ]
    bom = checked(write(tmp_path / "bom", "csv", rows))
    found = bom.lines["mass_g"][0]
    assert found == (None if grams is None else pytest.approx(grams))
    if cell in ("250", "heavy"):
        assert told(bom, "mass")


def test_mass_from_the_total_of_a_row_and_from_a_quantity_in_kilograms(tmp_path: Path) -> None:
    rows: Rows = [
        ["Part Number", "Name", "Qty", "Unit", "Total Mass [kg]"],
        ["A-1", "Magnet", "4", "EA", "2"],
        ["A-2", "Powder", "1.5", "kg", None],
    ]
    assert checked(write(tmp_path / "bom", "csv", rows)).lines["mass_g"].to_list() == [500, 1000]


@pytest.mark.parametrize(
    ("header", "cell", "cost", "currency"),
    [
        ("Unit Price (USD)", "2.50", 2.5, "USD"), ("Unit Price", "$2,600.00", 2600, "USD"), ("Unit Price [EUR]", "2.5", 2.5, "EUR"),
        ("Unit Price", "2.50 €", 2.5, "EUR"), ("Unit Price", "2.5", 2.5, None), ("Unit Price", "12 USD/ea", 12, "USD"), ("Unit Price", "ask", None, None),
    ],
)  # fmt: skip
def test_costs(
    tmp_path: Path, header: str, cell: str, cost: float | None, currency: str | None
) -> None:
    rows: Rows = [
        ["Part Number", "Name", "Qty", header],
        ["A-1", "Magnet", "4", cell],
        *([f"B-{at}", "Nut", "1", "3.10"] for at in range(5)),
    ]
    only(checked(write(tmp_path / "bom", "csv", rows)), unit_cost=cost, currency=currency)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_numbers_of_parts_stay_texts(tmp_path: Path, kind: str) -> None:
    """Leading zeros stay, and a number in a workbook does not become 545636.0."""
    rows: Rows = [
        ["Part Number", "MPN", "Description", "CAGE", "NIIN", "Qty"],
        ["00123", 545636.0, "Magnet", "01234", "000123456", 4.0],
        ["00456", 370103009.0, "Nut", "00009", "001234567", 1.0],
        ["1E5", 1234567890123.0, "Bolt", "1AB23", "013456789", 1.0],
    ]
    if kind == "csv":
        rows = [
            [str(int(cell)) if isinstance(cell, float) else cell for cell in row] for row in rows
        ]
    bom = checked(write(tmp_path / "bom", kind, rows))
    assert bom.lines["part_number"].to_list() == ["00123", "00456", "1E5"]
    assert bom.lines["mpn"].to_list() == ["545636", "370103009", "1234567890123"]
    assert bom.lines["cage"].to_list() == ["01234", "00009", "1AB23"]
    assert bom.lines["niin"].to_list() == ["000123456", "001234567", "013456789"]


def test_stock_number_is_cut_into_class_and_item(tmp_path: Path) -> None:
    rows: Rows = [
        ["NSN", "Part Number", "Nomenclature", "Qty"],
        ["5999-00-123-4567", "A-1", "MAGNET", "4"],
        ["5305000000012", "A-2", "SCREW", "2"],
    ]
    bom = checked(write(tmp_path / "bom", "csv", rows))
    assert bom.lines["fsc"].to_list() == ["5999", "5305"]
    assert bom.lines["niin"].to_list() == ["001234567", "000000012"]


def test_declared_origins_by_stage(tmp_path: Path) -> None:
    stages = (
        "mined",
        "separated",
        "reduced",
        "melted",
        "powdered",
        "sintered",
        "magnetized",
        "manufactured",
    )
    head: Row = [
        "Part Number",
        "Name",
        "Qty",
        *(f"Origin {stage}" for stage in stages),
        "Country of Origin",
    ]
    line: Row = [
        "A-1",
        "Magnet",
        "4",
        "AU",
        "60% MY, 40% CN",
        "CN",
        "JP",
        "JP",
        "JP",
        "-",
        "DE",
        "Germany",
    ]
    bom = checked(
        write(tmp_path / "bom", "csv", [head, line, ["A-2", "Nut", "1", *([None] * 8), "CN"]])
    )
    only(
        bom,
        origin_mined="AU",
        origin_separated="60% MY, 40% CN",
        origin_reduced="CN",
        origin_melted="JP",
        origin_sintered="JP",
        origin_magnetized=None,
        origin_manufactured="DE",
        country_of_origin="Germany",
    )
    assert bom.lines["origin_mined"].to_list() == ["AU", None]


def test_texts_of_several_columns_are_joined_and_dashes_are_nothing(tmp_path: Path) -> None:
    rows: Rows = [
        [
            "Part Number",
            "Description",
            "Material 1",
            "Material 2",
            "Qty",
            "Notes",
            "Revision",
            "URL",
        ],
        ["A-1", " Magnet ", "Nd2Fe14B", "NiCuNi", "4", "see drawing", "C", "https://example.com/a"],
        ["A-2", "Nut", "-", None, "1", "—", None, None],
    ]
    bom = checked(write(tmp_path / "bom", "csv", rows))
    only(
        bom,
        description="Magnet",
        material="Nd2Fe14B NiCuNi",
        notes="see drawing",
        revision="C",
        url="https://example.com/a",
    )
    assert bom.lines.row(1, named=True)["material"] is None
    assert bom.lines.row(1, named=True)["notes"] is None


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_size_and_density_from_columns_of_their_own(tmp_path: Path, kind: str) -> None:
    rows: Rows = [
        ["Part Number", "Name", "Qty", "Length (mm)", "Width (mm)", "Thickness (mm)", "SW-Density"],
        ["P-1", "Plate", "1", "100", "50.5", "2", "2700"],
        ["P-2", "Bar", "1", "300", "", "", "2.7 g/cm^3"],
        ["P-3", "Nut", "4", "", "", "", "50"],
        ["P-4", "Bolt", "4", "0", "", "", ""],
    ]
    bom = checked(write(tmp_path / "bom", kind, rows))
    assert bom.lines["size"].to_list() == ["100 mm x 50.5 mm x 2 mm", "300 mm", None, None]
    assert bom.lines["density_g_cm3"].to_list() == [2.7, 2.7, None, None]


def test_a_bounding_box_is_named_as_one(tmp_path: Path) -> None:
    rows: Rows = [
        ["Part Number", "Qty", "3D-Bounding Box Length", "3D-Bounding Box Width", "3D-Bounding Box Thickness"],
        ["P-1", "1", "100mm", "50mm", "2mm"],
        ["P-2", "1", "10", "5", "2"],
    ]  # fmt: skip
    bom = checked(write(tmp_path / "bom", "csv", rows))
    assert bom.lines["size"].to_list() == [
        "bounding box 100 mm x 50 mm x 2 mm",
        "bounding box 10 x 5 x 2",
    ]


def test_an_empty_cell_that_a_program_wrote_as_nan_is_no_text(tmp_path: Path) -> None:
    rows: Rows = [["Part Number", "Description", "Qty"], ["A-1", "NaN", 1], ["A-2", "nan", 2], ["nan", "Nano ring", "NaN"]]  # fmt: skip
    bom = checked(write(tmp_path / "list", "csv", rows))
    assert bom.lines["part_number"].to_list() == ["A-1", "A-2", None]
    assert bom.lines["description"].to_list() == [None, None, "Nano ring"]
    assert bom.lines["quantity"].to_list() == [1, 2, None]
