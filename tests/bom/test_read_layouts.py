"""Where the table stands on its sheet, which of its rows are parts, and why the others are none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from bomrisk.bom import read
from bomrisk.errors import InputError
from tests.bom.test_read_files import (
    PARTS,
    Row,
    Rows,
    checked,
    csv_text,
    letters,
    reasons,
    seen,
    told,
    write,
)
from tests.bom.writers import sheet_xml, write_content, write_xlsx, xlsx_of_parts

HEAD: Row = ["Part Number", "Description", "Qty"]
BODY: Rows = [["A-1", "Magnet", 4], ["A-2", "Housing", 1], ["A-3", "Shaft", 2]]


def book(path: Path, rows: Rows, then: Callable[[Worksheet], Any]) -> Path:
    """A workbook whose sheet `then` changes before it is saved."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "BOM"
    for row in rows:
        sheet.append(list(row))
    then(sheet)
    made.save(path)
    return path


CASES: dict[str, tuple[Rows, int | None, dict[int, float | None], dict[int, str]]] = {
    "header on the first row": ([HEAD, *BODY], 1, {2: 4, 3: 1, 4: 2}, {1: "header"}),
    "title block, header on row 5": (
        [["Bill of materials"], ["Drawing", "D-1"], ["Rev", "B"], [None], HEAD, *BODY],
        5,
        {6: 4, 7: 1, 8: 2},
        {1: "title", 2: "title", 3: "title", 4: "blank", 5: "header"},
    ),
    "header said again on the next page": (
        [HEAD, *BODY, HEAD, ["A-4", "Nut", 5]],
        1,
        {2: 4, 3: 1, 4: 2, 6: 5},
        {1: "header", 5: "header"},
    ),
    "sections": (
        [HEAD, ["Motor"], *BODY, ["Frame:"], ["A-4", "Nut", 5]],
        1,
        {3: 4, 4: 1, 5: 2, 7: 5},
        {1: "header", 2: "section", 6: "section"},
    ),
    "total with its label": (
        [[*HEAD, "Cost"], ["A-1", "Magnet", 4, 2.5], ["A-2", "Nut", 1, 3], ["Grand total", None, 5, 13]],
        1,
        {2: 4, 3: 1},
        {1: "header", 4: "total"},
    ),
    "total without label": (
        [[*HEAD, "Cost"], ["A-1", "Magnet", 4, 2.5], ["A-2", "Nut", 1, 3], [None, None, None, 13]],
        1,
        {2: 4, 3: 1},
        {1: "header", 4: "total"},
    ),
    "German subtotals between": (
        [["Teilenummer", "Benennung", "Menge", "Preis"], ["A-1", "Magnet", 4, 2.5], [None, "Zwischensumme", None, 10], ["A-2", "Mutter", 1, 3], [None, "Gesamtsumme:", None, 13]],
        1,
        {2: 4, 4: 1},
        {1: "header", 3: "total", 5: "total"},
    ),
    "notes below": (
        [HEAD, *BODY, [None], ["Note: magnets by supplier."], ["* all dimensions in mm"]],
        1,
        {2: 4, 3: 1, 4: 2},
        {1: "header", 5: "blank", 6: "note", 7: "note"},
    ),
    "blank rows inside": (
        [HEAD, BODY[0], [None], [None], BODY[1], BODY[2]],
        1,
        {2: 4, 5: 1, 6: 2},
        {1: "header", 3: "blank", 4: "blank"},
    ),
    "another table below": (
        [HEAD, *BODY, [None], ["Designator", "MPN", "Manufacturer", "Quantity"], ["R1, R2", "RC0603", "Yageo", 2]],
        1,
        {2: 4, 3: 1, 4: 2, 7: 2},
        {1: "header", 5: "blank", 6: "header"},
    ),
    "services are no parts": (
        [["Name", "Qty", "Cost"], ["Magnet", 4, 2], ["Shipping", 1, 20], ["Nut", 1, 1]],
        1,
        {2: 4, 4: 1},
        {1: "header", 3: "service"},
    ),
    "a part without quantity stays a line": (
        [HEAD, BODY[0], ["A-9", "Cover", None], BODY[1], BODY[2]],
        1,
        {2: 4, 3: None, 4: 1, 5: 2},
        {1: "header"},
    ),
    "no header": (
        [["Magnetic stirrer", 2, 45.5], ["Silicone tube", 3, 4.2], ["Peristaltic pump", 1, 30.25], ["Stirred tank", 1, 120.1]],
        None,
        {1: 2, 2: 3, 3: 1, 4: 1},
        {},
    ),
    "changes of the drawing below the list": (
        [HEAD, *BODY, [None], ["Revision history"], ["Rev", "Description", "Date"], ["A", "First issue", "2024-01-01"], ["B", "Magnet changed", "2024-03-01"]],
        1,
        {2: 4, 3: 1, 4: 2},
        {1: "header", 5: "blank", 6: "note", 7: "other table", 8: "other table", 9: "other table"},
    ),
    "changes of the drawing above the list": (
        [["Rev", "Description", "Date", "By"], ["A", "First issue", "2024-01-01", "JD"], ["B", "Magnet changed", "2024-03-01", "JD"], [None], HEAD, *BODY],
        5,
        {6: 4, 7: 1, 8: 2},
        {1: "title", 2: "title", 3: "title", 4: "blank", 5: "header"},
    ),
    "approval and sum below the list of a circuit": (
        [["Footprint", "Comment", "LibRef", "Designator", "Description", "Quantity"], ["0603", "100nF", "CAP", "C1, C2", "Capacitor", 2], ["0805", "10k", "RES", "R1", "Resistor", 1], [None], ["Approved", "Notes", None, None, None, 3]],
        1,
        {2: 2, 3: 1},
        {1: "header", 4: "blank", 5: "total"},
    ),
    "tax with its rate": (
        [[*HEAD, "Cost"], ["A-1", "Magnet", 4, 8], ["A-2", "Nut", 1, 3], [None], ["Tax (8%)", None, None, 0.88], ["VAT 19 %", None, None, 2.09]],
        1,
        {2: 4, 3: 1},
        {1: "header", 4: "blank", 5: "service", 6: "service"},
    ),
    "columns numbered below the header": (
        [["Item", *HEAD], [1, 2, 3, 4], [1, "A-1", "Magnet", 4], [2, "A-2", "Housing", 1]],
        1,
        {3: 4, 4: 1},
        {1: "header", 2: "header"},
    ),
    "a quantity without any part is a line, and says so": (
        [["Item", "Part Number", "Description", "Qty", "Manufacturer"], [1, "A-1", "Magnet", 4, "X"], [2, None, None, 3, "Y"], [3, "A-3", "Nut", 1, "X"]],
        1,
        {2: 4, 3: 3, 4: 1},
        {1: "header"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
@pytest.mark.parametrize("name", CASES)
def test_rows(tmp_path: Path, name: str, kind: str) -> None:
    rows, header, lines, excluded = CASES[name]
    bom = checked(write(tmp_path / "bom", kind, rows))
    assert {row: line[1] for row, line in seen(bom).items()} == lines
    assert reasons(bom) == excluded
    assert bom.tables[0].header_row == header
    assert bom.total_quantity == sum(number for number in lines.values() if number is not None)


def test_unknown_parts_and_quantities_are_remarked_with_their_row(tmp_path: Path) -> None:
    bom = checked(
        write(tmp_path / "a", "csv", CASES["a quantity without any part is a line, and says so"][0])
    )
    assert "names no part" in told(bom, "part")[3]
    bom = checked(write(tmp_path / "b", "csv", CASES["a part without quantity stays a line"][0]))
    assert "no quantity" in told(bom, "quantity")[3]


def test_excluded_rows_keep_what_stands_in_them(tmp_path: Path) -> None:
    rows: Rows = [["Bill of materials", "Rev C"], HEAD, *BODY, ["Note: " + "x" * 500]]
    texts = checked(write(tmp_path / "bom", "csv", rows)).excluded["text"].to_list()
    assert texts[:2] == ["Bill of materials | Rev C", "Part Number | Description | Qty"]
    assert len(texts[2]) == 120


def test_two_row_header_with_merged_groups(tmp_path: Path) -> None:
    rows: Rows = [
        ["Part", None, "Quantity", None, "Cost", None],
        ["Number", "Name", "per unit", "ordered", "each", "total"],
        ["A-1", "Magnet", 4, 10, 2.5, 10],
        ["A-2", "Housing", 1, 5, 12, 12],
        ["A-3", "Shaft", 2, 5, 3, 6],
    ]

    def merge(sheet: Worksheet) -> None:
        for block in ("A1:B1", "C1:D1", "E1:F1"):
            sheet.merge_cells(block)

    bom = checked(book(tmp_path / "bom.xlsx", rows, merge))
    assert {row: line[:2] for row, line in seen(bom).items()} == {
        3: ("A-1", 4),
        4: ("A-2", 1),
        5: ("A-3", 2),
    }
    assert reasons(bom) == {1: "header", 2: "header"}
    found = letters(bom)
    assert (found["part_number"], found["name"], found["quantity"], found["unit_cost"]) == (
        "A",
        "B",
        "C",
        "E",
    )


def test_title_merged_over_the_table_and_header_cells_merged_downward(tmp_path: Path) -> None:
    rows: Rows = [["Parts of the drive", None, None], HEAD, [None, None, None], *BODY]

    def merge(sheet: Worksheet) -> None:
        for block in ("A1:C1", "A2:A3", "B2:B3", "C2:C3"):
            sheet.merge_cells(block)

    bom = checked(book(tmp_path / "bom.xlsx", rows, merge))
    assert {row: line[:2] for row, line in seen(bom).items()} == {
        4: ("A-1", 4),
        5: ("A-2", 1),
        6: ("A-3", 2),
    }
    found = reasons(bom)
    assert (found[1], found[2]) == ("title", "header")
    assert found[3] in ("header", "blank")


def test_a_group_merged_over_its_rows_stands_in_each_of_them(tmp_path: Path) -> None:
    rows: Rows = [
        ["Manufacturer", *HEAD],
        ["Maker One", *BODY[0]],
        [None, *BODY[1]],
        ["Maker Two", *BODY[2]],
    ]
    bom = checked(book(tmp_path / "bom.xlsx", rows, lambda sheet: sheet.merge_cells("A2:A3")))
    assert bom.lines["manufacturer"].to_list() == ["Maker One", "Maker One", "Maker Two"]


def test_lists_side_by_side_count_their_rows_each(tmp_path: Path) -> None:
    rows: Rows = [
        ["Name", "Qty", None, "Name", "Qty"],
        ["Bolt", 10, None, "Cover", 1],
        ["Nut", 11, None, "Base", 2],
        ["Washer", 20, None, None, None],
    ]
    bom = checked(write(tmp_path / "bom", "xlsx", rows))
    assert sorted(zip(bom.lines["name"], bom.lines["row"], bom.lines["quantity"], strict=True)) == [
        ("Base", 3, 2), ("Bolt", 2, 10), ("Cover", 2, 1), ("Nut", 3, 11), ("Washer", 4, 20),
    ]  # fmt: skip
    assert bom.rows_read == 8
    assert {table.columns["name"].letter for table in bom.tables} == {"A", "D"}


def test_a_block_beside_the_list_is_not_counted(tmp_path: Path) -> None:
    rows: Rows = [
        [*HEAD, None, "Legend", None],
        [*BODY[0], None, "red", "critical"],
        [*BODY[1], None, "blue", "spare"],
        [*BODY[2], None, None, None],
    ]
    bom = checked(write(tmp_path / "bom", "xlsx", rows))
    assert {row: line[:2] for row, line in seen(bom).items()} == {
        2: ("A-1", 4),
        3: ("A-2", 1),
        4: ("A-3", 2),
    }


COVER: Rows = [["Project", "Drive unit"], ["Issue", "C"], ["Author", "Engineering"]]


def test_cover_sheet_second_view_and_empty_sheet(tmp_path: Path) -> None:
    """The cover is looked at and left out; the buying view of the same parts is not counted twice."""
    view: Rows = [
        ["Supplier", "Part Number", "Order Qty", "Price"],
        *(["Shop", row[0], 10, 2.5] for row in BODY),
    ]
    bom = checked(
        write_xlsx(
            tmp_path / "bom.xlsx",
            {"Cover": COVER, "BOM": [HEAD, *BODY], "Buying": view, "Sheet3": []},
        )
    )
    assert bom.lines["sheet"].unique().to_list() == ["BOM"]
    assert bom.total_quantity == 7
    assert bom.rows_read == 3 + 4 + 4
    assert set(bom.excluded.filter(pl.col("sheet") == "Cover")["reason"]) == {"other sheet"}
    assert "other sheet" in set(bom.excluded.filter(pl.col("sheet") == "Buying")["reason"])
    assert [table.sheet for table in bom.tables] == ["BOM"]


def test_a_copied_sheet_is_not_counted_twice(tmp_path: Path) -> None:
    bom = checked(write_xlsx(tmp_path / "bom.xlsx", {"One": [HEAD, *BODY], "Copy": [HEAD, *BODY]}))
    assert bom.total_quantity == 7
    assert any("not counted twice" in text for text in bom.notes["text"])


def test_sheets_of_assemblies_with_their_multipliers(tmp_path: Path) -> None:
    top: Rows = [["Assembly", "Quantity"], ["Gripper", 2], ["Base", 1], ["Column", 3]]
    parts = {
        name: [HEAD, [f"{name[0]}-1", f"Magnet {name}", 4], [f"{name[0]}-2", f"Cover {name}", 1]]
        for name in ("Gripper", "Base", "Column")
    }
    bom = checked(write_xlsx(tmp_path / "bom.xlsx", {"Totals": top, **parts}))
    assert dict(zip(bom.lines["part_number"], bom.lines["rolled_up"], strict=True)) == {
        "G-1": 8, "G-2": 2, "B-1": 4, "B-2": 1, "C-1": 12, "C-2": 3,
    }  # fmt: skip
    assert bom.total_quantity == 15
    assert set(bom.lines["path"]) == {"Gripper", "Base", "Column"}


def test_hidden_and_filtered_rows_are_read_and_said(tmp_path: Path) -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.row_dimensions[3].hidden = True
        sheet.row_dimensions[4].hidden = True

    bom = checked(book(tmp_path / "bom.xlsx", [HEAD, *BODY], hide))
    assert set(seen(bom)) == {2, 3, 4}
    assert bom.hidden_rows == {"BOM": 2}
    assert "2 hidden rows" in told(bom, "hidden rows")[None]

    def filtered(sheet: Worksheet) -> None:
        hide(sheet)
        sheet.auto_filter.ref = "A1:C4"
        sheet.auto_filter.add_filter_column(0, ["A-1"])

    bom = checked(book(tmp_path / "bom.xlsx", [HEAD, *BODY], filtered))
    assert set(seen(bom)) == {2, 3, 4}
    assert "filter" in told(bom, "hidden rows")[None]


def test_hidden_sheet_is_read_and_said(tmp_path: Path) -> None:
    path = tmp_path / "bom.xlsx"
    write_xlsx(path, {"Cover": COVER, "BOM": [HEAD, *BODY]})
    made = openpyxl.load_workbook(path)
    made["BOM"].sheet_state = "hidden"
    made.save(path)
    bom = checked(path)
    assert bom.lines.height == 3
    assert "hidden" in told(bom, "hidden rows")[None]


def test_hidden_rows_and_repeats_of_ods(tmp_path: Path) -> None:
    def cells(*texts: str) -> str:
        return "".join(
            f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
            for text in texts
        )

    tables = (
        '<table:table table:name="BOM">'
        f"<table:table-row>{cells('Part Number', 'Description', 'Qty')}</table:table-row>"
        f"<table:table-row>{cells('A-1', 'Magnet', '4')}</table:table-row>"
        '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="3"/></table:table-row>'
        f'<table:table-row table:visibility="filter">{cells("A-2", "Nut", "5")}</table:table-row>'
        f'<table:table-row table:visibility="collapse">{cells("A-3", "Bolt", "6")}</table:table-row>'
        '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        "</table:table>"
    )
    bom = checked(write_content(tmp_path / "bom.ods", tables))
    assert {row: line[:2] for row, line in seen(bom).items()} == {
        2: ("A-1", 4),
        5: ("A-2", 5),
        6: ("A-3", 6),
    }
    assert reasons(bom) == {1: "header", 3: "blank", 4: "blank"}
    assert bom.hidden_rows == {"BOM": 2}
    assert "filter" in told(bom, "hidden rows")[None]


def test_formulas_are_read_by_their_saved_values(tmp_path: Path) -> None:
    xml = sheet_xml([HEAD, ["A-1", "Magnet", 2.0], ["A-2", "Nut", 3.0]])
    xml = xml.replace('<c r="C3"><v>3.0</v></c>', '<c r="C3"><f>C2*4</f><v>8</v></c>')
    bom = checked(xlsx_of_parts(tmp_path / "bom.xlsx", xml))
    assert {row: line[:2] for row, line in seen(bom).items()} == {2: ("A-1", 2), 3: ("A-2", 8)}


def test_formulas_never_calculated_are_unknown_and_said(tmp_path: Path) -> None:
    bom = checked(
        book(tmp_path / "bom.xlsx", [HEAD, *BODY], lambda sheet: sheet.cell(3, 3, "=C2*4"))
    )
    assert seen(bom)[3][:2] == ("A-2", None)
    assert "no saved value" in told(bom, "file")[None]


def test_failed_formula_is_shown_not_taken_for_empty(tmp_path: Path) -> None:
    xml = sheet_xml([HEAD, ["A-1", "Magnet", 2.0], ["A-2", "Nut", 3.0], ["A-3", "Bolt", 1.0]])
    xml = xml.replace('<c r="C3"><v>3.0</v></c>', '<c r="C3" t="e"><f>C9*4</f><v>#REF!</v></c>')
    bom = checked(xlsx_of_parts(tmp_path / "bom.xlsx", xml))
    assert seen(bom)[3][:2] == ("A-2", None)
    assert bom.lines["quantity_text"].to_list() == ["2", "#REF!", "1"]


def test_table_that_starts_far_from_the_corner(tmp_path: Path) -> None:
    rows: Rows = [
        [None],
        [None],
        [None, None, None, *HEAD],
        *([None, None, None, *row] for row in BODY),
    ]
    bom = checked(write(tmp_path / "bom", "xlsx", rows))
    assert letters(bom) == {"part_number": "D", "description": "E", "quantity": "F"}
    assert set(seen(bom)) == {4, 5, 6}
    assert reasons(bom) == {1: "blank", 2: "blank", 3: "header"}


def test_a_million_empty_styled_rows_are_not_read_as_rows(tmp_path: Path) -> None:
    tail = "".join(
        f'<row r="{row}" s="1" customFormat="1"><c r="A{row}" s="0"/></row>'
        for row in range(5, 60_000)
    )
    xml = sheet_xml([HEAD, *([one, two, float(str(three))] for one, two, three in BODY)])
    bom = checked(
        xlsx_of_parts(tmp_path / "bom.xlsx", xml.replace("</sheetData>", tail + "</sheetData>"))
    )
    assert bom.rows_read == 4


def test_drawing_list_with_its_header_in_the_last_row(tmp_path: Path) -> None:
    rows: Rows = [
        ["4", "2", "81205", "P-104", "WASHER"], ["3", "8", "81205", "P-103", "SCREW"], ["2", "AR", "81205", "P-102", "ADHESIVE"],
        ["1", "1", "81205", "P-101", "HOUSING"], ["FIND NO.", "QTY REQD", "CAGE CODE", "PART OR IDENTIFYING NO.", "NOMENCLATURE OR DESCRIPTION"],
    ]  # fmt: skip
    bom = checked(write(tmp_path / "bom", "csv", rows))
    assert seen(bom) == {
        1: ("P-104", 2, 2, None),
        2: ("P-103", 8, 8, None),
        3: ("P-102", None, None, None),
        4: ("P-101", 1, 1, None),
    }
    assert reasons(bom) == {5: "header"}


def test_parts_that_are_not_fitted(tmp_path: Path) -> None:
    rows: Rows = [
        ["Designator", "MPN", "Qty", "DNP"],
        ["R1", "RC-1", 1, None],
        ["R2", "RC-2", 1, "DNP"],
        ["R3", "RC-3", 2, None],
    ]
    bom = checked(write(tmp_path / "bom", "csv", rows))
    assert [name for name, *_ in seen(bom, "mpn").values()] == ["RC-1", "RC-3"]
    assert reasons(bom)[3] == "not fitted"


def test_a_long_sheet_with_its_header_said_again_far_down(tmp_path: Path) -> None:
    rows: list[Row] = [
        HEAD,
        *([f"P-{at}", "Screw", 2] for at in range(3500)),
        ["Section two"],
        HEAD,
        ["Z-1", "Magnet", 4],
    ]
    path = tmp_path / "bom.csv"
    path.write_text(csv_text(rows), encoding="utf-8")
    bom = checked(path)
    assert bom.lines.height == 3501
    assert reasons(bom) == {1: "header", 3502: "section", 3503: "header"}


def test_material_rows_below_a_part_are_what_it_is_made_of(tmp_path: Path) -> None:
    rows: Rows = [
        ["Level", "Type", "Name", "Quantity"], ["1", "Component", "Rotor", "1"], ["2", "Material", "NdFeB", "1"],
        ["2", "Material", "Epoxy", "1"], ["1", "Component", "Housing", "1"], ["2", "Material", "Aluminium", "1"],
    ]  # fmt: skip
    bom = checked(write(tmp_path / "bom", "csv", rows))
    assert dict(zip(bom.lines["name"], bom.lines["material"], strict=True)) == {
        "Rotor": "NdFeB; Epoxy",
        "Housing": "Aluminium",
    }
    assert {reasons(bom)[row] for row in (3, 4, 6)} == {"material of the part above"}


def test_units_stand_in_a_row_below_the_header(tmp_path: Path) -> None:
    rows: Rows = [
        ["Item", "Part Number", "Description", "Qty", "Weight", "Price"],
        [None, None, None, "[pcs]", "[kg]", "[EUR]"],
        [1, "A-1", "Magnet", 4, 0.25, 2.5],
        [2, "A-2", "Nut", 1, 1.5, 3],
    ]
    bom = checked(write(tmp_path / "bom", "xlsx", rows))
    assert set(seen(bom)) == {3, 4}
    assert bom.lines["mass_g"].to_list() == [250, 1500]
    assert bom.lines["currency"].to_list() == ["EUR", "EUR"]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_parts_fixture_has_no_remarks(tmp_path: Path, kind: str) -> None:
    assert checked(write(tmp_path / "bom", kind, PARTS)).notes.height == 0


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_a_second_header_row_of_words_and_units(tmp_path: Path, kind: str) -> None:
    rows: Rows = [
        ["Pos", "Teil", "", "Menge", "Gewicht"],
        ["", "Nummer", "Benennung", "Stk", "kg"],
        ["1", "4711-1", "Gehäuse", "1", "1.25"],
        ["2", "4711-2", "Magnet N42SH", "8", "0.5"],
    ]
    bom = checked(write(tmp_path / "bom", kind, rows))
    assert seen(bom) == {3: ("4711-1", 1, 1, None), 4: ("4711-2", 8, 8, None)}
    assert bom.lines["name"].to_list() == ["Gehäuse", "Magnet N42SH"]
    assert bom.lines["mass_g"].to_list() == [1250.0, 500.0]


@pytest.mark.parametrize(
    ("header", "cell"), [("Gewicht kg/Einheit", "1,5"), ("Weight unit (kg)", "1,5")]
)
def test_header_says_that_the_mass_is_of_one_unit(tmp_path: Path, header: str, cell: str) -> None:
    rows: Rows = [
        ["Pos.", "Menge", "Benennung", "Sachnummer", header],
        ["1", "2", "Deckel", "0815-001", cell],
        ["2", "8", "Magnet", "0815-002", "0,25"],
    ]
    bom = checked(write(tmp_path / "bom", "csv", rows))
    assert bom.lines["mass_g"].to_list() == [1500.0, 250.0]


@pytest.mark.parametrize("parts", [2, 3, 4, 30])
@pytest.mark.parametrize(
    "rule",
    [
        "________",
        "==========",
        "-" * 40,
        "____\t____\t____\t____",
        "----\t--------\t---\t-----",
        "+---\t=====\t:---:\t---",
    ],
)
def test_a_line_ruled_below_a_short_header_says_nothing(
    tmp_path: Path, parts: int, rule: str
) -> None:
    text = ["Actuator  Revised: 2026-01-05", "", "Item\tQuantity\tReference\tPart", rule, ""]
    text += [f"{at}\t{at % 3 + 1}\tC{at}\t{at}00nF" for at in range(1, parts + 1)]
    for name, sign in (("list.txt", "\t"), ("list.csv", ",")):
        path = tmp_path / name
        path.write_text("\n".join(text).replace("\t", sign) + "\n", encoding="utf-8")
        bom = checked(path)
        assert "part_number" not in letters(bom), "Item is the number of the row"
        assert bom.lines["name"].to_list() == [f"{at}00nF" for at in range(1, parts + 1)]
        assert bom.lines["quantity"].to_list() == [at % 3 + 1 for at in range(1, parts + 1)]
        assert reasons(bom)[4] == "ruled line"


HISTORIES = (
    ["ZONE", "LTR", "DESCRIPTION", "DATE", "APPROVED"],
    ["Rev", "ECO", "Description", "Date", "Approver"],
    ["ECN No", "Rev", "Change description", "Author", "Date"],
    ["Item", "Rev", "Description", "Date", "By"],
    ["No.", "Revision", "Revision details", "Drawn by", "Date"],
    ["Rev", "Status", "Description", "Originator", "Release date"],
    ["Rev", "Date", "Change Order", "Author", "Affected items"],
    ["Version", "Changes", "Engineer", "Date", "Sheets affected"],
    ["Document", "Revision", "Date", "Author", "Comments"],
    ["Index", "Änderungsbeschreibung", "Datum", "Bearbeiter", "Freigabe"],
    ["Ind", "Modification", "Date", "Auteur", "Approuvé"],
    ["版本", "更改内容", "日期", "修改人", "批准"],
    ["改訂", "変更内容", "日付", "担当", "承認"],
    ["Изм.", "Описание", "Дата", "Подпись", "Лист"],
)


@pytest.mark.parametrize("above", [True, False])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("header", HISTORIES, ids=lambda header: f"{header[0]} {header[1]}")
def test_changes_with_their_orders_zones_and_approvers_are_no_parts(
    tmp_path: Path, kind: str, header: list[str], above: bool
) -> None:
    history: Rows = [
        ["Revision history"],
        header,
        ["A", "First issue", "2024-01-12", "jdo", "12.01.2024"],
        ["B", "Magnet N42SH was N38", "2024-03-01", "mmu", "01.03.2024"],
    ]
    parts: Rows = [HEAD, *BODY]
    rows = [*history, [None], *parts] if above else [*parts, [None], *history]
    bom = checked(write(tmp_path / "list", kind, rows))
    assert bom.lines["part_number"].to_list() == ["A-1", "A-2", "A-3"]
    assert len(bom.tables) == 1


def test_parts_with_a_revision_a_date_and_an_approver_stay_parts(tmp_path: Path) -> None:
    rows: Rows = [
        ["Drawing No", "Rev", "Title", "Date", "Approved"],
        ["D-1", "A", "Magnet", "2024-01-12", "jdo"],
        ["D-2", "B", "Housing", "2024-01-12", "jdo"],
        ["D-3", "B", "Shaft", "2024-01-12", "jdo"],
    ]
    assert checked(write(tmp_path / "list", "csv", rows)).lines.height == 3


def test_a_file_with_nothing_but_the_changes_of_a_drawing_is_no_parts_list(tmp_path: Path) -> None:
    rows: Rows = [["Rev", "Description", "Date", "Approved"], ["A", "First issue", "2024-01-12", "jdo"], ["B", "Magnet was N38", "2024-03-01", "mmu"]]  # fmt: skip
    with pytest.raises(InputError, match="no parts list was found"):
        read(write(tmp_path / "list", "csv", rows))
