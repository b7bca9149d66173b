"""Item masters: what a parts list leaves open is taken by part number, from a sheet or another file."""

from __future__ import annotations

from pathlib import Path

import pytest

from bomrisk.bom import Bom, read
from bomrisk.bom.itemfiles import items_beside, read_items
from bomrisk.errors import InputErrors
from tests.bom.writers import table, write_csv, write_ods, write_xlsx

BOM = """
parent | component | quantity
PUMP | 00471 | 2
PUMP | 4711-B | 1
PUMP | 9000 | 4
PUMP | 00471 | 1
"""
ITEMS = """
part number | name | material | mass [g] | unit price (USD)
00471 | Ring magnet N42SH | | 12.5 | 3.20
4711-B | Shaft | 17-4PH | 250 | 40
5555 | Cover | Al 6061 | 90 | 5
"""


def bom_file(folder: Path, text: str = BOM, name: str = "list.csv") -> Path:
    return write_csv(folder / name, table(text))


def items_file(folder: Path, text: str = ITEMS, name: str = "master.csv") -> Path:
    return write_csv(folder / name, table(text))


def described(folder: Path, bom: str = BOM, items: str = ITEMS) -> Bom:
    return read(bom_file(folder, bom), items=read_items([items_file(folder, items)]))


def said(bom: Bom, kind: str = "items") -> list[str]:
    return bom.notes.filter(bom.notes["kind"] == kind)["text"].to_list()


def test_lines_take_by_number_what_they_leave_open_and_say_from_where(tmp_path: Path) -> None:
    lines = described(tmp_path).lines
    assert lines.select("part_number", "name", "material", "mass_g", "unit_cost").rows() == [
        ("00471", "Ring magnet N42SH", None, 12.5, 3.2),
        ("4711-B", "Shaft", "17-4PH", 250.0, 40.0),
        ("9000", None, None, None, None),
        ("00471", "Ring magnet N42SH", None, 12.5, 3.2),
    ]
    assert lines["quantity"].to_list() == [2, 1, 4, 1]
    assert lines["currency"].to_list() == ["USD", "USD", None, "USD"]
    assert lines["from_items"].to_list() == [
        "master.csv row 2: name, mass, cost",
        "master.csv row 3: name, material, mass, cost",
        None,
        "master.csv row 2: name, mass, cost",
    ]


def test_numbers_without_an_item_are_counted_and_named(tmp_path: Path) -> None:
    (text,) = said(described(tmp_path))
    assert text == (
        "2 of 3 part numbers have an item in master.csv; 3 lines took what the list leaves open"
        " (name of 3, material of 1, mass of 3, cost of 3); no item for 9000"
    )


def test_a_number_without_its_zeros_is_another_number_and_that_is_said(tmp_path: Path) -> None:
    bom = described(tmp_path, items=ITEMS.replace("00471", "471"))
    assert bom.lines["name"].to_list() == [None, "Shaft", None, None]
    assert "such as '471' for '00471': numbers must be the same to the sign" in said(bom)[-1]


def test_what_the_parts_list_says_stands_and_the_difference_is_remarked(tmp_path: Path) -> None:
    own = """
part number | description | material | mass [g] | quantity
00471 | RING MAGNET N42SH | SmCo 2:17 | 12.5 | 2
4711-B | Housing cover | 17-4 PH | 300 | 1
"""
    bom = described(tmp_path, own)
    assert bom.lines.select("description", "material", "mass_g").rows() == [
        ("RING MAGNET N42SH", "SmCo 2:17", 12.5),
        ("Housing cover", "17-4 PH", 300.0),
    ]
    notes = bom.notes.filter(bom.notes["kind"] == "items").select("row", "text").rows()
    assert [one for one in notes if one[0]] == [
        (
            3,
            "the mass of one piece is 300.0 g here but 250.0 g in master.csv row 3: the former is used",
        ),
        (
            3,
            "Housing cover here and Shaft in master.csv row 3 have no word in common: is it the same part?",
        ),
    ]
    other = ITEMS.replace("N42SH | ", "N42SH | NdFeB")
    remarks = said(described(tmp_path, own, other))
    text = "the material is SmCo 2:17 here but NdFeB in master.csv row 2: the former is used"
    assert text in remarks


def test_two_items_of_a_number_are_remarked_where_they_differ(tmp_path: Path) -> None:
    bom = described(tmp_path, items=ITEMS + "00471 | Ring magnet N35 | | 12.5 | 3.20\n" * 2)
    assert bom.lines["name"][0] == "Ring magnet N42SH"
    assert "'00471' stands in rows 2 and 5, 6 with another name: the first is used" in said(bom)


def test_the_maker_number_serves_where_the_own_number_has_no_item(tmp_path: Path) -> None:
    own = "part number | mpn | quantity\nA-1 | 4711-B | 1\nA-2 | 00471 | 1\n"
    assert described(tmp_path, own).lines["name"].to_list() == ["Shaft", "Ring magnet N42SH"]


def test_several_files_fill_one_after_the_other(tmp_path: Path) -> None:
    first = items_file(tmp_path)
    second = items_file(
        tmp_path, "material no | description | mass [g]\n00471 | magnet | 99\n", "b.csv"
    )
    lines = read(bom_file(tmp_path), items=read_items([first, second])).lines
    assert lines["mass_g"][0] == 12.5
    assert lines["description"][0] == "magnet"
    assert lines["from_items"][0] == "master.csv row 2: name, mass, cost; b.csv row 2: description"


@pytest.mark.parametrize("suffix", [".xlsx", ".ods"])
def test_a_sheet_of_the_workbook_that_describes_the_parts_is_their_item_master(
    tmp_path: Path, suffix: str
) -> None:
    write = write_xlsx if suffix == ".xlsx" else write_ods
    sheets = {
        "Structure": table(BOM.replace("00471", "A-471")),
        "Items": table(ITEMS.replace("00471", "A-471")),
    }
    bom = read(write(tmp_path / f"book{suffix}", sheets))
    assert bom.lines.height == 4
    assert bom.lines["name"].to_list() == ["Ring magnet N42SH", "Shaft", None, "Ring magnet N42SH"]
    assert bom.lines["from_items"][0] == f"book{suffix} sheet 'Items' row 2: name, mass, cost"
    assert any("2 of 3 part numbers have an item" in text for text in said(bom))


def test_a_sheet_of_other_parts_is_no_item_master(tmp_path: Path) -> None:
    other = ITEMS.replace("00471", "X-1").replace("4711-B", "X-2")
    bom = read(write_xlsx(tmp_path / "book.xlsx", {"Structure": table(BOM), "Items": table(other)}))
    assert bom.lines["name"].null_count() == bom.lines.height
    assert said(bom) == []


@pytest.mark.parametrize(
    ("bom", "items"),
    [
        ("bom.csv", "materials.csv"),
        ("BOM.csv", "Item_Master.csv"),
        ("pump-bom-v2.csv", "pump-parts-v2.csv"),
        ("whatever.csv", "items.csv"),
    ],
)
def test_the_sister_of_a_parts_list_is_found_by_its_name(
    tmp_path: Path, bom: str, items: str
) -> None:
    path = bom_file(tmp_path, name=bom)
    items_file(tmp_path, name=items)
    found = items_beside(path)
    assert found is not None
    assert found[0].name == items
    lines = read(path, items=found[1])
    assert lines.lines["name"][0] == "Ring magnet N42SH"
    assert lines.item_files == (items,)


@pytest.mark.parametrize(
    ("bom", "items"),
    [("list.csv", "materials.csv"), ("bombast.csv", "partsast.csv"), ("bom.csv", "parts.txt")],
)
def test_other_files_of_the_folder_are_no_sisters(tmp_path: Path, bom: str, items: str) -> None:
    items_file(tmp_path, name=items)
    assert items_beside(bom_file(tmp_path, name=bom)) is None


def test_a_sister_that_holds_other_parts_adds_nothing(tmp_path: Path) -> None:
    path = bom_file(tmp_path, name="bom.csv")
    items_file(tmp_path, ITEMS.replace("00471", "1").replace("4711-B", "2"), "parts.csv")
    found = items_beside(path)
    assert found is not None
    bom = read(path, items=found[1])
    assert bom.item_files == ()
    assert bom.lines["from_items"].null_count() == bom.lines.height


def test_a_file_that_is_no_item_master_is_refused_in_one_line(tmp_path: Path) -> None:
    wrong = write_csv(tmp_path / "prices.csv", [["day", "rate"], ["Monday", "1"]])
    with pytest.raises(InputErrors) as caught:
        read_items([wrong, tmp_path / "none.csv"])
    first, second = (str(error) for error in caught.value.errors)
    assert first.startswith("prices.csv: is no item master: no table has part numbers")
    assert "\n" not in first
    assert "head its columns 'part number'" in first
    assert "none.csv" in second
    assert "there is no such file" in second


def test_tables_of_a_business_system_are_read_by_their_technical_names(tmp_path: Path) -> None:
    stpo = "MATNR | POSNR | IDNRK | MENGE | MEINS\nA-100 | 0010 | 4711-B | 2 | ST\n4711-B | 0010 | 00471 | 4 | ST\n"
    mara = "MATNR | MAKTX | NTGEW | GEWEI | WRKST\n4711-B | Rotor | 1.5 | KG |\n00471 | Magnet | 12.5 | G | N42SH\n"
    lines = described(tmp_path, stpo, mara).lines
    assert lines.select("part_number", "description", "material", "mass_g", "rolled_up").rows() == [
        ("4711-B", "Rotor", None, 1500.0, 2.0),
        ("00471", "Magnet", "N42SH", 12.5, 8.0),
    ]


def test_a_declaration_of_substances_is_no_item_master(tmp_path: Path) -> None:
    told = "part number | substance | CAS | mass [g]\n00471 | Neodymium | 7440-00-8 | 3\n00471 | Iron | 7439-89-6 | 9\n"
    path = bom_file(tmp_path, name="bom.csv")
    named = items_file(tmp_path, told, "materials.csv")
    assert items_beside(path) is None
    with pytest.raises(InputErrors, match="substances go by --materials"):
        read_items([named])


def test_a_list_in_which_numbers_repeat_counts_only_where_it_is_asked_for(tmp_path: Path) -> None:
    path = bom_file(tmp_path, name="bom.csv")
    named = items_file(tmp_path, ITEMS + "00471 | Magnet | | 12.5 | 3\n" * 3, "materials.csv")
    found = items_beside(path)
    assert found is not None
    assert read(path, items=found[1]).item_files == ()
    assert read(path, items=read_items([named])).item_files == ("materials.csv",)
