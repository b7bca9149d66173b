"""A column per level: the part, a digit or a mark stands in the column of its depth."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from bomrisk.bom import read
from bomrisk.bom.mapping import dumps, load
from tests.bom.test_read_files import Rows, checked, letters, reasons, seen, told, write

KINDS = pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
TREE = {  # row → quantity, in one end item, row of the parent
    2: (1, 1, None),
    3: (2, 2, 2),
    4: (8, 16, 3),  # eight a rotor, two rotors
    5: (1, 2, 3),
    6: (1, 1, 2),
    7: (12, 12, 6),
}
DEPTHS = (0, 1, 2, 2, 1, 2)
NUMBERS = ("100-000", "100-100", "100-110", "100-120", "100-200", "100-210")
NAMES = ("Actuator", "Rotor", "Magnet, sintered", "Shaft", "Stator", "Coil")
AMOUNTS = (1, 2, 8, 1, 1, 12)


def staggered(cells: tuple[object, ...], width: int = 3) -> list[list[object]]:
    """Each cell in the column of its depth."""
    return [
        [cell if at == depth else None for at in range(width)]
        for depth, cell in zip(DEPTHS, cells, strict=True)
    ]


def numbers(first: int = 2) -> dict[int, str]:
    return dict(enumerate(NUMBERS, first))


Line = tuple[str | None, float | None, float | None, int | None]


def tree(
    found: Mapping[int, Line], down: int = 0
) -> dict[int, tuple[float | None, float | None, int | None]]:
    """The lines without their names, rows counted as if the header were in row 1."""
    return {
        row - down: (one, all_of_it, None if above is None else above - down)
        for row, (_, one, all_of_it, above) in found.items()
    }


@KINDS
@pytest.mark.parametrize(
    "heads",
    [
        ["L0", "L1", "L2"],
        ["Level 1", "Level 2", "Level 3"],
        ["Lvl.1", "Lvl.2", "Lvl.3"],
        ["1st level", "2nd level", "3rd level"],
        ["Stufe 1", "Stufe 2", "Stufe 3"],
        ["第1层", "第2层", "第3层"],
        ["一级", "二级", "三级"],
        ["Part Number", None, None],
        ["Product", "Assembly", "Part"],
        ["Indenture A", "Indenture B", "Indenture C"],
        [0, 1, 2],
    ],
    ids=lambda heads: str(heads[0]),
)
def test_numbers_of_parts_in_the_column_of_their_level(
    tmp_path: Path, kind: str, heads: list[str | None]
) -> None:
    rows: Rows = [
        [*heads, "Description", "Qty"],
        *[
            [*cells, name, amount]
            for cells, name, amount in zip(staggered(NUMBERS), NAMES, AMOUNTS, strict=True)
        ],
    ]
    bom = checked(write(tmp_path / "list", kind, rows))
    assert tree(seen(bom)) == TREE
    assert {row: line[0] for row, line in seen(bom).items()} == numbers()
    assert letters(bom)["level"] == letters(bom)["part_number"] == "A"
    assert {column.last for column in bom.tables[0].columns.values()} == {"C", None}
    assert bom.lines["description"].to_list() == list(NAMES)


@KINDS
def test_names_in_the_column_of_their_level_beside_a_title_and_a_note(
    tmp_path: Path, kind: str
) -> None:
    rows: Rows = [
        ["Bill of materials"],
        ["Level 1", "Level 2", "Level 3", "Level 4", "Material", "Qty"],
        *[
            [*cells, "steel", amount]
            for cells, amount in zip(staggered(NAMES, 4), AMOUNTS, strict=True)
        ],
        ["Prepared for the review"],
    ]
    bom = checked(write(tmp_path / "list", kind, rows))
    assert tree(seen(bom, "name"), 1) == TREE
    assert bom.lines["name"].to_list() == list(NAMES)
    assert bom.lines["material"].to_list() == ["steel"] * 6
    assert reasons(bom) == {1: "title", 2: "header", 9: "note"}


@KINDS
@pytest.mark.parametrize("cells", [(1, 2, 3, 3, 2, 3), ("X",) * 6, ("•",) * 6, (1,) * 6])
@pytest.mark.parametrize(
    "heads",
    [
        ["LV1", "LV2", "LV3"],
        [1, 2, 3],
        [0, 1, 2],
        ["A", "B", "C"],
        ["Level", None, None],
        ["Indenture", "", ""],
    ],
)
def test_digits_and_marks_in_the_column_of_the_level(
    tmp_path: Path, kind: str, cells: tuple[object, ...], heads: list[object]
) -> None:
    rows: Rows = [
        [*heads, "Part Number", "Description", "Qty"],
        *([[0, 1, 2]] if heads[1] is None else [["A", "B", "C"]] if heads[1] == "" else []),
        *[
            [*mark, number, name, amount]
            for mark, number, name, amount in zip(
                staggered(cells), NUMBERS, NAMES, AMOUNTS, strict=True
            )
        ],
    ]
    down = len(rows) - 7
    bom = checked(write(tmp_path / "list", kind, rows))
    assert tree(seen(bom), down) == TREE
    assert {row - down: line[0] for row, line in seen(bom).items()} == numbers()
    assert letters(bom)["part_number"] == "D"


@KINDS
def test_the_whole_path_down_to_the_part(tmp_path: Path, kind: str) -> None:
    path: list[object] = [None] * 3
    rows: list[list[object]] = [["Level 1", "Level 2", "Level 3", "Description", "Qty"]]
    for depth, number, name, amount in zip(DEPTHS, NUMBERS, NAMES, AMOUNTS, strict=True):
        path = [*path[:depth], number, *[None] * (2 - depth)]
        rows.append([*path, name, amount])
    bom = checked(write(tmp_path / "list", kind, rows))
    assert tree(seen(bom)) == TREE
    assert {row: line[0] for row, line in seen(bom).items()} == numbers()


def test_quantities_in_the_column_of_the_level(tmp_path: Path) -> None:
    rows: Rows = [
        ["Level 1", "Level 2", "Level 3", "Part Number", "Description"],
        *[
            [*cells, number, name]
            for cells, number, name in zip(staggered(AMOUNTS), NUMBERS, NAMES, strict=True)
        ],
    ]
    assert tree(seen(checked(write(tmp_path / "list", "csv", rows)))) == TREE


def test_a_jump_is_remarked_and_what_lies_below_it_unknown(tmp_path: Path) -> None:
    cells = [*staggered(NUMBERS), *staggered(tuple(f"7{number}" for number in NUMBERS))] * 5
    cells[5] = [None, None, None, "100-210"]
    rows: Rows = [
        ["L0", "L1", "L2", "L3", "Qty"],
        *[[*cell, *[None] * (4 - len(cell)), 1] for cell in cells],
    ]
    bom = checked(write(tmp_path / "list", "csv", rows))
    assert seen(bom)[7] == ("100-210", 1, None, 6)
    assert told(bom, "level")[7] == "the level jumps from 1 to 3: its roll-up is unknown"


@pytest.mark.parametrize(
    ("rows", "hierarchy"),
    [
        ([["Part Number", "Qty", "Level 1", "Level 2", "Level 3"], ["A-1", 4, 1.2, 1.1, 1.05], ["A-2", 1, 3.2, 3.1, 3.05], ["A-3", 2, 2.2, 2.1, 2.05]], "flat"),
        ([["Part Number", "Qty", "Price Level 1", "Price Level 2"], ["A-1", 4, 1.2, 1.1], ["A-2", 1, 3.2, 3.1], ["A-3", 2, 2.2, 2.1]], "flat"),
        ([["Part Number", "Alt 1", "Alt 2", "Qty"], ["A-1", "B-1", None, 4], ["A-2", None, "C-2", 4], ["A-3", None, None, 4], ["A-4", "B-4", "C-4", 4]], "flat"),
        ([["Part Number", "Mechanical", "Electrical", "Bought", "Qty"], ["A-1", "X", None, None, 4], ["A-2", None, "X", None, 4], ["A-3", None, None, "X", 4]], "flat"),
        ([["Part Number", "Qty", 1, 10, 100], ["A-1", 4, 1.2, 1.1, 1], ["A-2", 1, 3.2, 3.1, 3], ["A-3", 2, 2.2, None, None]], "flat"),
        ([["Item", "Assembly", "Part", "Qty"], [1, "Rotor", "Magnet", 4], [2, "Rotor", "Shaft", 1], [3, "Stator", "Coil", 2]], "flat"),
        ([["Part Number", "A", "B", "C", "Qty"], ["A-1", "X", None, None, 4], ["A-2", "X", None, None, 4], ["A-3", None, "X", None, 4], ["A-4", None, None, "X", 4]], "flat"),
        ([["Part Number", "Name", "A", "B", "C"], ["A-1", "Magnet", 4, None, None], ["A-2", "Shaft", None, 2, None], ["A-3", "Coil", None, None, 1]], "flat"),
        ([["Part Number", None, "Description", "Qty"], ["A-1", None, "Magnet", 4], [None, "old A-2", "Shaft", 1], ["A-3", None, "Lid", 1]], "flat"),
        ([["Part Number", None, None, "Qty"], ["A-1", "see note", None, 4], ["A-2", None, None, 1], ["A-3", None, "spare", 2], ["A-4", None, None, 2]], "flat"),
    ],
    ids=["price", "price level", "alternates", "kinds", "breaks", "assembly", "variants", "counts", "old number", "remarks"],
)  # fmt: skip
def test_columns_that_stand_side_by_side_for_another_reason(
    tmp_path: Path, rows: Rows, hierarchy: str
) -> None:
    bom = checked(write(tmp_path / "list", "csv", rows))
    assert bom.tables[0].hierarchy == hierarchy
    assert bom.lines.height == len(rows) - 1
    assert bom.lines["rolled_up"].to_list() == bom.lines["quantity"].to_list()
    assert "level" not in letters(bom)


def test_the_columns_of_the_levels_are_saved_and_given_back(tmp_path: Path) -> None:
    rows: Rows = [
        ["L0", "L1", "L2", "Words", "Qty"],
        *[
            [*cells, name, amount]
            for cells, name, amount in zip(staggered(NUMBERS), NAMES, AMOUNTS, strict=True)
        ],
    ]
    path = write(tmp_path / "list", "csv", rows)
    saved = tmp_path / "mapping.toml"
    text = dumps(checked(path))
    assert 'part_number = { column = "A:C", header = "L0" }' in text
    saved.write_text(text, encoding="utf-8")
    assert tree(seen(checked(path, mapping=load(saved)))) == TREE
    saved.write_text(text.replace("part_number = {", "name = {"), encoding="utf-8")
    again = checked(path, mapping=load(saved))
    assert again.lines["name"].to_list() == list(NUMBERS)
    assert tree(seen(again)) == TREE


@KINDS
def test_number_and_description_of_each_level_in_turn(tmp_path: Path, kind: str) -> None:
    heads = [f"L{at} {says}" for at in (1, 2, 3) for says in ("Part Number", "Description")]
    rows: list[list[object]] = [[*heads, "Qty"]]
    for depth, number, name, amount in zip(DEPTHS, NUMBERS, NAMES, AMOUNTS, strict=True):
        pair = [number, name]
        rows.append([cell for at in range(3) for cell in (pair if at == depth else [None, None])])
        rows[-1].append(amount)
    path = write(tmp_path / "list", kind, rows)
    bom = checked(path)
    assert tree(seen(bom)) == TREE
    assert {row: line[0] for row, line in seen(bom).items()} == numbers()
    assert bom.lines["description"].to_list() == list(NAMES)
    saved = tmp_path / "mapping.toml"
    saved.write_text(dumps(bom), encoding="utf-8")
    again = checked(path, mapping=load(saved))
    assert again.lines.select("part_number", "description", "rolled_up").equals(
        bom.lines.select("part_number", "description", "rolled_up")
    )


@pytest.mark.parametrize("written", ["in every row", "once"])
def test_parts_at_the_end_of_paths_whose_assemblies_have_no_row(
    tmp_path: Path, written: str
) -> None:
    paths = [("Actuator", "Rotor", "Magnet"), ("Actuator", "Rotor", "Shaft"), ("Actuator", "Stator", "Coil"), ("Actuator", "Stator", "Core")]  # fmt: skip
    rows: list[list[object]] = [["Level 1", "Level 2", "Level 3", "Qty", "Material"]]
    above: tuple[str, ...] = ("", "", "")
    for path, amount in zip(paths, (8, 1, 12, 1), strict=True):
        cells = [
            None if written == "once" and one == two else one
            for one, two in zip(path, above, strict=True)
        ]
        rows.append([*cells, amount, "steel"])
        above = path
    path_of_list = write(tmp_path / "list", "csv", rows)
    bom = checked(path_of_list)
    assert bom.lines["name"].to_list() == ["Magnet", "Shaft", "Coil", "Core"]
    assert bom.lines["rolled_up"].to_list() == [8, 1, 12, 1]
    saved = tmp_path / "mapping.toml"
    saved.write_text(dumps(bom), encoding="utf-8")
    again = checked(path_of_list, mapping=load(saved))
    assert again.lines["name"].to_list() == ["Magnet", "Shaft", "Coil", "Core"]


def test_categories_by_level_beside_a_description_name_no_part(tmp_path: Path) -> None:
    rows: Rows = [
        ["Level 1", "Level 2", "Description", "Qty"],
        ["Mechanics", "Fasteners", "Screw M3x8", 4],
        ["Mechanics", "Fasteners", "Nut M3", 4],
        ["Electronics", "Passive", "Resistor 10k", 2],
    ]
    bom = checked(write(tmp_path / "list", "csv", rows))
    assert bom.lines["name"].to_list() == ["Screw M3x8", "Nut M3", "Resistor 10k"]
    assert "level" not in letters(bom)


PATHS: dict[str, tuple[Rows, list[str]]] = {
    "the part in a column of its own": (
        [
            ["System", "Subsystem", "Assembly", "Part Number", "Qty", "Material"],
            ["Drive", "Motor", "Rotor", "R-1", 8, "NdFeB"],
            ["Drive", "Motor", "Rotor", "R-2", 1, "42CrMo4"],
            ["Drive", "Gearbox", None, "G-1", 1, "AlSi10Mg"],
            ["Drive", "Gearbox", None, "G-2", 2, "Steel"],
            ["Head", "Camera", "Lens", "C-1", 2, "6061"],
            ["Head", "Camera", "Lens", "C-2", 1, "Glass"],
        ],
        ["Drive / Motor / Rotor"] * 2 + ["Drive / Gearbox"] * 2 + ["Head / Camera / Lens"] * 2,
    ),
    "groups written in their first row only": (
        [
            ["System", "Assembly", "Part Number", "Qty"],
            ["Drive", "Motor", "R-1", 8],
            [None, None, "R-2", 1],
            [None, "Gearbox", "G-1", 1],
            [None, None, "G-2", 2],
            ["Head", None, "C-1", 2],
            [None, "Camera", "C-2", 1],
        ],
        ["Drive / Motor"] * 2 + ["Drive / Gearbox"] * 2 + ["Head", "Head / Camera"],
    ),
    "the part at the end of its path": (
        [
            ["Level 1", "Level 2", "Level 3", "Qty", "Material"],
            ["Drive", "Motor", "Magnet", 8, "NdFeB"],
            ["Drive", "Motor", "Shaft", 1, "Steel"],
            ["Drive", "Cover", None, 1, "Al"],
            ["Head", "Camera", "Lens", 2, "Glass"],
        ],
        ["Drive / Motor", "Drive / Motor", "Drive", "Head / Camera"],
    ),
}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("name", PATHS)
def test_parts_keep_the_path_of_assemblies_that_have_no_rows(
    tmp_path: Path, name: str, kind: str
) -> None:
    rows, wanted = PATHS[name]
    path = write(tmp_path / "bom", kind, rows)
    bom = checked(path)
    assert bom.lines["path"].to_list() == wanted
    assert bom.lines["rolled_up"].to_list() == bom.lines["quantity"].to_list()
    assert bom.tables[0].columns["parent"].last is not None
    chosen = read(path, end_item="head")
    assert chosen.lines.height == sum(one.startswith("Head") for one in wanted)
    saved = tmp_path / "saved.toml"
    saved.write_text(dumps(bom), encoding="utf-8")
    again = read(path, mapping=load(saved))
    assert again.lines["path"].to_list() == wanted


def test_columns_of_assemblies_that_have_rows_of_their_own_are_no_path(tmp_path: Path) -> None:
    rows: Rows = [
        ["System", "Assembly", "Part Number", "Qty"],
        ["Pump", None, "Rotor", 2],
        ["Pump", "Rotor", "Magnet", 8],
        ["Pump", "Rotor", "Shaft", 1],
        ["Pump", "Rotor", "Pin", 1],
    ]
    bom = checked(write(tmp_path / "bom", "csv", rows))
    assert bom.lines["rolled_up"].to_list() == [2, 16, 2, 2]
