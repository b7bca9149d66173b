"""A sheet per sub-assembly: which line it belongs to, and how often it is used."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bomrisk.bom import Bom
from tests.bom.test_read_files import checked

HEAD = ["Part Number", "Description", "Qty"]
MAIN: list[list[Any]] = [HEAD, ["ROT-1", "Rotor assembly", 2], ["STA-1", "Stator assembly", 1], ["SCR-1", "Screw", 8]]  # fmt: skip
ROTOR: list[list[Any]] = [HEAD, ["MAG-1", "Magnet", 8], ["SHA-1", "Shaft", 1]]
STATOR: list[list[Any]] = [HEAD, ["COI-1", "Coil", 12]]
TREE = {
    "ROT-1": (2, None),
    "STA-1": (1, None),
    "SCR-1": (8, None),
    "MAG-1": (16, "ROT-1"),  # eight a rotor, two rotors
    "SHA-1": (2, "ROT-1"),
    "COI-1": (12, "STA-1"),
}


def saved(folder: Path, sheets: dict[str, list[list[Any]]]) -> Bom:
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(folder / "book.xlsx")
    return checked(folder / "book.xlsx")


def tree(bom: Bom) -> dict[str, tuple[float, str | None]]:
    names = bom.lines["part_number"].to_list()
    return {
        line["part_number"]: (
            line["rolled_up"],
            None if line["parent"] is None else names[line["parent"]],
        )
        for line in bom.lines.iter_rows(named=True)
    }


def remarks(bom: Bom) -> str:
    return " ".join(bom.notes.filter(bom.notes["kind"] == "sheet")["text"])


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize(
    "sheets",
    [
        {"ROT-1": ROTOR, "STA-1": STATOR},
        {"Rotor assembly": ROTOR, "Stator assembly": STATOR},
        {
            "S1": [["Project 4711-00"], ["Assembly:", "ROT-1"], [], *ROTOR],
            "S2": [["Project 4711-00"], ["Assembly: STA-1 Stator"], [], *STATOR],
        },
    ],
    ids=["numbers", "descriptions", "titles"],
)
def test_a_sheet_belongs_to_the_line_of_its_assembly(
    tmp_path: Path, sheets: dict[str, list[list[Any]]], first: bool
) -> None:
    whole = {"Main list": MAIN, **sheets} if first else {**sheets, "Main list": MAIN}
    assert tree(saved(tmp_path, whole)) == TREE


def test_a_list_of_the_sheets_that_holds_parts_of_its_own_keeps_them(tmp_path: Path) -> None:
    main: list[list[Any]] = [
        ["Assembly", "Qty"],
        ["Rotor", 2],
        ["Stator", 1],
        ["Screw M3x8", 8],
    ]
    bom = saved(tmp_path, {"Main": main, "01 Rotor": ROTOR, "02 Stator": STATOR})
    found = {
        (line["part_number"] or line["name"]): line["rolled_up"]
        for line in bom.lines.iter_rows(named=True)
    }
    assert found["Screw M3x8"] == 8
    assert (found["MAG-1"], found["SHA-1"], found["COI-1"]) == (16, 2, 12)


@pytest.mark.parametrize("name", ["Rotor (x2)", "Rotor x2", "Rotor_x2", "2x Rotor", "Rotor (2x)"])
def test_the_name_of_a_sheet_says_how_often_it_is_used(tmp_path: Path, name: str) -> None:
    bom = saved(tmp_path, {name: ROTOR, "Stator": STATOR})
    assert {part: count for part, (count, _) in tree(bom).items()} == {
        "MAG-1": 16,
        "SHA-1": 2,
        "COI-1": 12,
    }
    assert "every quantity counts 2 times, as its name says" in remarks(bom)


@pytest.mark.parametrize(
    "title",
    [
        ["Quantity per unit: 2"],
        ["Qty per unit", 2],
        ["No. of assemblies", None, "Qty per end item", 2],
        ["Anzahl je Gerät: 2"],
        ["每台数量", 2],
        ["Multiplier", "2"],
    ],
)
def test_the_title_of_a_sheet_says_how_often_it_is_used(tmp_path: Path, title: list[Any]) -> None:
    bom = saved(tmp_path, {"Rotor": [["Rotor assembly"], title, [], *ROTOR], "Stator": STATOR})
    assert tree(bom)["MAG-1"] == (16, None)
    assert tree(bom)["COI-1"] == (12, None)
    assert "every quantity counts 2 times, as its title says" in remarks(bom)


@pytest.mark.parametrize("name", ["Plate 10x20", "Rev x", "Max2", "Box20", "Sheet2", "3D printed"])
def test_other_numbers_in_the_name_of_a_sheet_multiply_nothing(tmp_path: Path, name: str) -> None:
    bom = saved(tmp_path, {name: ROTOR, "Stator": STATOR})
    assert tree(bom)["MAG-1"] == (8, None)


def test_the_line_goes_before_what_the_title_says(tmp_path: Path) -> None:
    rotor = [["Qty per unit", 3], [], *ROTOR]
    bom = saved(tmp_path, {"Main": MAIN, "ROT-1": rotor, "STA-1": STATOR})
    assert tree(bom) == TREE
    assert "its title says 3 times" in remarks(bom)
    assert "as its title says" not in remarks(bom)


@pytest.mark.parametrize("gap", [True, False])
def test_each_of_several_tables_on_a_sheet_counts_as_often_as_its_title_says(
    tmp_path: Path, gap: bool
) -> None:
    between: list[list[Any]] = [[]] if gap else []
    rows = [
        ["Rotor assembly", None, "Qty per unit: 2"],
        *between,
        *ROTOR,
        [],
        ["Stator assembly", None, "Qty per unit: 3"],
        *between,
        *STATOR,
        [],
        ["Loose parts"],
        HEAD,
        ["SCR-1", "Screw", 8],
    ]
    bom = saved(tmp_path, {"BOM": rows})
    assert tree(bom) == {
        "MAG-1": (16, None),
        "SHA-1": (2, None),
        "COI-1": (36, None),
        "SCR-1": (8, None),
    }
    assert "counts 2 times, as the title above it says" in remarks(bom)
    assert "title" in bom.excluded["reason"].to_list()


OLDER: list[list[Any]] = [HEAD, ["ROT-1", "Rotor assembly", 3], ["STA-1", "Stator assembly", 1], ["SCR-1", "Screw", 10], ["NUT-1", "Nut", 2]]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "hidden"),
    [("BOM old", False), ("BOM (2)", False), ("Stand 3", True), ("BOM 旧", False)],
)
def test_an_older_state_of_the_list_is_not_counted_as_well(
    tmp_path: Path, name: str, hidden: bool
) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for title, rows in {name: OLDER, "BOM": MAIN, "ROT-1": ROTOR, "STA-1": STATOR}.items():
        sheet = book.create_sheet(title)
        sheet.sheet_state = "hidden" if hidden and title == name else "visible"
        for row in rows:
            sheet.append(row)
    book.active = 1
    book.save(tmp_path / "book.xlsx")
    bom = checked(tmp_path / "book.xlsx")
    assert tree(bom) == TREE
    assert "lists already: not counted twice" in remarks(bom)


def test_two_assemblies_that_share_most_parts_both_count(tmp_path: Path) -> None:
    bom = saved(tmp_path, {"Left": MAIN, "Right": OLDER})
    assert bom.lines.height == 7


@pytest.mark.parametrize("amount", ["Quantity", "Qty"])
def test_a_list_on_its_side_whose_number_row_reads_like_a_header(
    tmp_path: Path, amount: str
) -> None:
    rows: list[list[Any]] = [
        ["Part number", "A-1", "A-2", "A-3"],
        ["Description", "Magnet", "Shaft", "Cover"],
        [amount, 4, 1, 2],
        ["Material", "NdFeB", "Steel", "Al"],
    ]
    bom = saved(tmp_path, {"T": rows})
    assert bom.lines["part_number"].to_list() == ["A-1", "A-2", "A-3"]
    assert bom.lines["quantity"].to_list() == [4, 1, 2]
    assert bom.lines["material"].to_list() == ["NdFeB", "Steel", "Al"]
