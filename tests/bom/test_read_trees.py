"""Who is part of whom, and how many of each line one end item holds, however the file writes it."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from bomrisk.bom import read
from tests.bom.test_read_files import Line, Row, Rows, checked, csv_text, seen, told, write
from tests.bom.test_read_layouts import book

# Five lines of one tree: depth from 1, part, quantity; TOP > SUB > (MAG, ROT); TOP > HSG
DEPTHS = (1, 2, 3, 3, 2)
NAMES = ("TOP", "SUB", "MAG", "ROT", "HSG")
AMOUNTS = ("1", "2", "8", "1", "3")
TREE: dict[int, Line] = {
    2: ("TOP", 1, 1, None), 3: ("SUB", 2, 2, 2), 4: ("MAG", 8, 16, 3), 5: ("ROT", 1, 2, 3), 6: ("HSG", 3, 3, 2),
}  # fmt: skip


def listed(column: str, keys: tuple[str, ...]) -> list[Row]:
    return [
        [column, "Part Number", "Description", "Qty"],
        *(
            [key, name, f"Part {name}", amount]
            for key, name, amount in zip(keys, NAMES, AMOUNTS, strict=True)
        ),
    ]


@pytest.mark.parametrize(
    ("column", "keys", "kind"),
    [
        ("Level", ("1", "2", "3", "3", "2"), "level"),
        ("Level", ("0", "1", "2", "2", "1"), "level"),
        ("Explosion level", (".1", "..2", "...3", "...3", "..2"), "level"),
        ("Lvl", ("*1", "**2", "***3", "***3", "**2"), "level"),
        ("Level", (".", "..", "...", "...", ".."), "level"),
        ("Level", ("Level 1", "Level 2", "Level 3", "Level 3", "Level 2"), "level"),
        ("Stufe", ("1", "2", "3", "3", "2"), "level"),
        ("Level", ("1", "1.1", "1.1.1", "1.1.2", "1.2"), "dotted"),
        ("Item No.", ("1", "1.1", "1.1.1", "1.1.2", "1.2"), "dotted"),
        ("Item No.", ("1.", "1.1.", "1.1.1.", "1.1.2.", "1.2."), "dotted"),
        ("Parent Part Number", ("", "TOP", "SUB", "SUB", "TOP"), "parent"),
    ],
)  # fmt: skip
def test_clues_of_the_tree(tmp_path: Path, column: str, keys: tuple[str, ...], kind: str) -> None:
    bom = checked(write(tmp_path / "bom.csv", "csv", listed(column, keys)))
    assert seen(bom) == TREE
    assert bom.tables[0].hierarchy == kind
    assert bom.lines["level"].to_list() == [0, 1, 2, 2, 1]
    assert bom.lines["path"].to_list() == [None, "TOP", "TOP / SUB", "TOP / SUB", "TOP"]
    assert bom.total_quantity == 15
    assert told(bom, "level") == {}


def test_all_lines_on_one_level(tmp_path: Path) -> None:
    rows: Rows = [
        ["Level", "Part Number", "Qty"],
        ["1", "A-1", "4"],
        ["1", "A-2", "1"],
        ["1", "A-3", "2"],
    ]
    assert seen(checked(write(tmp_path / "bom.csv", "csv", rows))) == {
        2: ("A-1", 4, 4, None), 3: ("A-2", 1, 1, None), 4: ("A-3", 2, 2, None),
    }  # fmt: skip


def test_numbers_that_lost_their_zero(tmp_path: Path) -> None:
    rows: list[Row] = [
        ["No", "Name", "Qty"],
        [1.0, "Gantry", 2.0],
        *([float(f"1.{at}"), f"p{at}", 1.0] for at in range(1, 10)),
        [1.1, "p10", 3.0],
        [1.11, "p11", 1.0],
    ]
    bom = checked(write(tmp_path / "bom", "xlsx", rows))
    found = seen(bom, "name")
    assert (found[12], found[13]) == (("p10", 3, 6, 2), ("p11", 1, 2, 2))
    assert "1.10" in told(bom, "level")[12]


def test_indented_texts(tmp_path: Path) -> None:
    rows: list[Row] = [
        ["Part Number", "Qty"],
        *(
            [" " * 3 * (depth - 1) + name, amount]
            for depth, name, amount in zip(DEPTHS, NAMES, AMOUNTS, strict=True)
        ),
    ]
    bom = checked(write(tmp_path / "bom", "csv", rows))
    assert seen(bom) == TREE
    assert bom.tables[0].hierarchy == "indent"


def flat_rows() -> list[Row]:
    return [
        ["Part Number", "Description", "Qty"],
        *([name, f"Part {name}", int(amount)] for name, amount in zip(NAMES, AMOUNTS, strict=True)),
    ]


def test_cell_indents_of_a_workbook(tmp_path: Path) -> None:
    def indent(sheet: Worksheet) -> None:
        for row, depth in enumerate(DEPTHS, 2):
            sheet.cell(row, 1).alignment = Alignment(indent=depth - 1)

    bom = checked(book(tmp_path / "bom.xlsx", flat_rows(), indent))
    assert (seen(bom), bom.tables[0].hierarchy) == (TREE, "indent")


def test_outline_groups_of_a_workbook(tmp_path: Path) -> None:
    def group(sheet: Worksheet) -> None:
        sheet.sheet_properties.outlinePr.summaryBelow = False  # type: ignore[union-attr]
        for row, depth in enumerate(DEPTHS, 2):
            sheet.row_dimensions[row].outlineLevel = depth - 1

    bom = checked(book(tmp_path / "bom.xlsx", flat_rows(), group))
    assert (seen(bom), bom.tables[0].hierarchy) == (TREE, "outline")


def test_a_sub_assembly_used_twice_and_listed_once(tmp_path: Path) -> None:
    rows: Rows = [
        ["Parent", "Child", "Quantity"],
        [None, "TOP", "1"],
        ["TOP", "A", "2"],
        ["TOP", "B", "3"],
        ["A", "C", "1"],
        ["B", "C", "2"],
        ["C", "MAG", "4"],
    ]
    found = seen(checked(write(tmp_path / "bom", "csv", rows)))
    assert found[7] == ("MAG", 4, 32, 6)
    assert (found[5][2], found[6][2]) == (2, 6)


def test_a_parent_that_is_no_line_is_the_product_above(tmp_path: Path) -> None:
    rows: Rows = [
        ["Parent Part Number", "Part Number", "Qty"],
        ["BIKE", "MOT", "1"],
        ["BIKE", "BAT", "2"],
        ["MOT", "MAG", "8"],
    ]
    bom = checked(write(tmp_path / "bom", "csv", rows))
    assert seen(bom) == {2: ("MOT", 1, 1, None), 3: ("BAT", 2, 2, None), 4: ("MAG", 8, 8, 2)}
    assert bom.lines["path"].to_list() == ["BIKE", "BIKE", "BIKE / MOT"]


def test_parents_below_their_parts(tmp_path: Path) -> None:
    rows: Rows = [
        ["Parent", "Part Number", "Qty"],
        ["SUB", "MAG", "8"],
        ["TOP", "SUB", "2"],
        [None, "TOP", "1"],
        ["TOP", "HSG", "3"],
    ]
    assert seen(checked(write(tmp_path / "bom", "csv", rows))) == {
        2: ("MAG", 8, 16, 3), 3: ("SUB", 2, 2, 4), 4: ("TOP", 1, 1, None), 5: ("HSG", 3, 3, 4),
    }  # fmt: skip


# Trouble: reported with the row of the line, and the roll-up is unknown from there down


def test_circles_are_reported_and_unknown(tmp_path: Path) -> None:
    rows: Rows = [
        ["Parent Part Number", "Part Number", "Qty"],
        [None, "TOP", "1"],
        ["C", "A", "2"],
        ["A", "B", "2"],
        ["B", "C", "2"],
        ["C", "MAG", "2"],
        ["TOP", "HSG", "3"],
        ["X", "X", "1"],
    ]
    bom = checked(write(tmp_path / "bom", "csv", rows))
    found = seen(bom)
    assert {row: line[2] for row, line in found.items()} == {
        2: 1,
        3: None,
        4: None,
        5: None,
        6: None,
        7: 3,
        8: None,
    }
    notes = told(bom, "level")
    assert set(notes) == {3, 4, 5, 8}
    assert "part of itself" in notes[4]
    assert "own parent" in notes[8]
    assert bom.lines["path"].to_list()[4].endswith("C")


def test_level_jumps_are_reported_and_unknown(tmp_path: Path) -> None:
    rows: Rows = [
        ["Level", "Part Number", "Qty"],
        ["1", "TOP", "2"],
        ["4", "MAG", "8"],
        ["5", "POWDER", "3"],
        ["2", "HSG", "3"],
        ["x", "ODD", "1"],
        ["1", "TWO", "1"],
    ]
    bom = checked(write(tmp_path / "bom", "csv", rows))
    assert {row: line[2] for row, line in seen(bom).items()} == {
        2: 2,
        3: None,
        4: None,
        5: 6,
        6: None,
        7: 1,
    }
    notes = told(bom, "level")
    assert set(notes) == {3, 6}
    assert "from 1 to 4" in notes[3]


def test_a_list_that_begins_below_its_first_level(tmp_path: Path) -> None:
    rows: Rows = [
        ["Level", "Part Number", "Qty"],
        ["3", "MAG", "8"],
        ["1", "TOP", "2"],
        ["2", "HSG", "3"],
        ["2", "NUT", "1"],
    ]
    bom = checked(write(tmp_path / "bom", "csv", rows))
    assert {row: line[2] for row, line in seen(bom).items()} == {2: None, 3: 2, 4: 6, 5: 2}
    assert set(told(bom, "level")) == {2}


def test_orphans_of_dotted_numbers(tmp_path: Path) -> None:
    rows: Rows = [
        ["Item No.", "Part Number", "Qty"],
        ["1", "TOP", "2"],
        ["1.1", "SUB", "2"],
        ["1.2.1", "MAG", "8"],
        ["1.3", "HSG", "3"],
        ["2.1", "NUT", "1"],
    ]
    bom = checked(write(tmp_path / "bom", "csv", rows))
    assert {row: line[2:] for row, line in seen(bom).items()} == {
        2: (2, None),
        3: (4, 2),
        4: (None, 2),
        5: (6, 2),
        6: (None, None),
    }
    notes = told(bom, "level")
    assert set(notes) == {4, 6}
    assert "no line 1.2" in notes[4]


def test_unknown_quantity_makes_everything_below_unknown(tmp_path: Path) -> None:
    rows: Rows = [
        ["Level", "Part Number", "Qty"],
        ["1", "TOP", "2"],
        ["2", "SUB", "AR"],
        ["3", "MAG", "8"],
        ["2", "HSG", "3"],
    ]
    bom = checked(write(tmp_path / "bom", "csv", rows))
    assert {row: line[1:3] for row, line in seen(bom).items()} == {
        2: (2, 2),
        3: (None, None),
        4: (8, None),
        5: (3, 6),
    }
    assert bom.lines["quantity_text"].to_list() == ["2", "AR", "8", "3"]


# Quantities per parent and per end item


def test_only_cumulative_quantities(tmp_path: Path) -> None:
    rows: Rows = [
        ["Level", "Component number", "Object description", "Comp. Qty (CUn)", "Un"],
        ["1", "M-1", "Motor", "2", "EA"],
        ["2", "M-2", "Rotor", "4", "EA"],
        ["3", "M-3", "Magnet", "32", "EA"],
        ["1", "M-4", "Housing", "1", "EA"],
    ]
    assert seen(checked(write(tmp_path / "bom", "csv", rows))) == {
        2: ("M-1", 2, 2, None), 3: ("M-2", 2, 4, 2), 4: ("M-3", 8, 32, 3), 5: ("M-4", 1, 1, None),
    }  # fmt: skip


def test_cumulative_quantities_beside_are_compared(tmp_path: Path) -> None:
    rows: Rows = [
        ["Level", "Component number", "Component quantity", "Comp. Qty (CUn)"],
        ["1", "M-1", "2", "2"],
        ["2", "M-2", "2", "4"],
        ["3", "M-3", "8", "99"],
        ["1", "M-4", "1", "1"],
    ]
    bom = checked(write(tmp_path / "bom", "csv", rows))
    assert [line[2] for line in seen(bom).values()] == [2, 4, 32, 1]
    assert any("1 of 4" in text for text in told(bom, "quantity").values())


def test_multiplier_of_the_assembly_beside_the_quantity(tmp_path: Path) -> None:
    rows: Rows = [
        ["System", "Part Number", "Quantity", "Assembly Multiplier"],
        ["Drive", "MOT", "1", "6"],
        ["Drive", "MAG", "4", "6"],
        ["Head", "CAM", "2", "1"],
    ]
    assert [line[1:3] for line in seen(checked(write(tmp_path / "bom", "csv", rows))).values()] == [
        (1, 6),
        (4, 24),
        (2, 2),
    ]


# Provisioning lists


PROVISIONING: Rows = [
    [
        "PCCN",
        "PLISN",
        "INDC",
        "CAGE",
        "REFERENCE NUMBER",
        "ITEM NAME",
        "NIIN",
        "FSC",
        "UM",
        "NHA PLISN",
        "QPA",
    ],
    ["ABC123", "AAAA", "A", "01234", "100", "ACTUATOR", "001234567", "1680", "EA", "", "1"],
    ["ABC123", "AAAB", "B", "01234", "0200", "MOTOR", "001234568", "6105", "EA", "AAAA", "2"],
    ["ABC123", "AAAC", "C", "00009", "300", "MAGNET", "000000012", "5999", "EA", "AAAB", "8"],
    ["ABC123", "AAAD", "B", "01234", "400", "HOUSING", "001234570", "1680", "EA", "AAAA", "1"],
]


def test_provisioning_list_keeps_its_codes_and_its_tree(tmp_path: Path) -> None:
    bom = checked(write(tmp_path / "bom", "csv", PROVISIONING))
    assert {row: line[1:] for row, line in seen(bom).items()} == {
        2: (1, 1, None),
        3: (2, 2, 2),
        4: (8, 16, 3),
        5: (1, 1, 2),
    }
    assert bom.lines["part_number"].to_list() == ["100", "0200", "300", "400"]
    assert bom.lines["cage"].to_list() == ["01234", "01234", "00009", "01234"]
    assert bom.lines["niin"].to_list() == ["001234567", "001234568", "000000012", "001234570"]
    assert bom.lines["fsc"].to_list() == ["1680", "6105", "5999", "1680"]


def test_parent_goes_before_indenture_and_the_disagreement_is_said(tmp_path: Path) -> None:
    rows = [list(row) for row in PROVISIONING]
    rows[4][9] = "AAAB"
    bom = checked(write(tmp_path / "bom", "csv", rows))
    assert seen(bom)[5][1:] == (1, 2, 3)
    assert any(row == 5 for row in [*told(bom, "level"), *told(bom, "conflict")])


def test_levels_deeper_than_anyone_builds_do_not_overflow(tmp_path: Path) -> None:
    rows: list[Row] = [
        ["Parent", "Part Number", "Qty"],
        [None, "P0", 1],
        *([f"P{at - 1}", f"P{at}", 1] for at in range(1, 2000)),
    ]
    path = tmp_path / "bom.csv"
    path.write_text(csv_text(rows), encoding="utf-8")
    bom = checked(path)
    assert bom.lines["level"].max() == 1999
    assert bom.lines["rolled_up"].to_list() == [1] * 2000


@pytest.mark.parametrize(
    ("end_item", "wanted"),
    [
        ("P1", {"A": 4, "B": 2, "C": 12, "E": 24}),  # two A, so 3 × 2 C; for two units
        ("P2", {"A": 2, "D": 8, "C": 6, "E": 12}),
        (None, {"A": 6, "B": 2, "C": 18, "D": 8, "E": 36}),
    ],
)
def test_an_assembly_of_several_end_items_counts_in_the_chosen_one_for_its_own_use(
    tmp_path: Path, end_item: str | None, wanted: dict[str, float]
) -> None:
    rows: Rows = [
        ["Parent", "Child", "Qty"],
        ["P1", "A", 2],
        ["P1", "B", 1],
        ["A", "C", 3],  # written once, below the first A
        ["C", "E", 2],
        ["P2", "A", 1],
        ["P2", "D", 4],
    ]
    bom = read(write(tmp_path / "list", "csv", rows), end_item=end_item, units=2)
    found: dict[str, float] = {}
    for part, all_of_it in bom.lines.select("part_number", "rolled_up").iter_rows():
        found[part] = found.get(part, 0) + all_of_it
    assert found == wanted
    assert bom.lines.height + bom.excluded.height == 7


@pytest.mark.parametrize("columns", [(0, 1, 2, 3, 4, 5, 6), (0, 1, 2, 3, 5, 6)])
@pytest.mark.parametrize(
    ("end_item", "wanted"),
    [
        ("TRUCK", {"TRUCK": 1, "MOTOR LH": 1, "ROTOR": 1, "MAGNET": 8}),
        # two motors like the truck's, each with the rotor and its magnets that are listed only there
        ("BOAT", {"BOAT": 1, "MOTOR": 2, "ROTOR": 2, "MAGNET": 16, "HULL": 1}),
    ],
)
def test_a_line_that_is_the_same_as_one_of_another_end_item_counts_its_own_parts(
    tmp_path: Path, columns: tuple[int, ...], end_item: str, wanted: dict[str, float]
) -> None:
    rows: Rows = [
        ["PLISN", "INDC", "PN", "NAME", "NHA", "SAPLISN", "QPA"],
        ["AAAA", "A", "100", "TRUCK", None, None, 1],
        ["AAAB", "B", "200", "MOTOR LH", "AAAA", None, 1],
        ["AAAC", "C", "300", "ROTOR", "AAAB", None, 1],
        ["AAAD", "D", "400", "MAGNET", "AAAC", None, 8],
        ["AAAE", "A", "500", "BOAT", None, None, 1],
        ["AAAF", "B", "200", "MOTOR", "AAAE", "AAAB", 2],
        ["AAAG", "B", "600", "HULL", "AAAE", None, 1],
    ]
    grid: Rows = [[row[at] for at in columns] for row in rows]
    part = "100" if end_item == "TRUCK" else "500"
    bom = read(write(tmp_path / "list", "csv", grid), end_item=part)
    assert dict(bom.lines.select("name", "rolled_up").iter_rows()) == wanted
    assert bom.lines.height + bom.excluded.height == 8
