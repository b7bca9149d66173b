"""Alternates: in columns, packed in a cell, in rows of their own, on another sheet; never a quantity."""

from __future__ import annotations

from pathlib import Path

import pytest

from bomrisk.bom import Bom
from tests.bom.test_read_files import Rows, checked, seen, told, write
from tests.bom.writers import write_ods, write_xlsx

Others = list[tuple[int, int, str | None, str | None]]


def others(bom: Bom) -> Others:
    """Row, rank, maker and number of each alternate."""
    rows = bom.lines["row"].to_list()
    return [
        (rows[line], rank, maker, number)
        for line, rank, maker, number in bom.alternates.select(
            "line", "rank", "manufacturer", "part_number"
        ).iter_rows()
    ]


COLUMNS: Rows = [
    ["Item", "Description", "Qty", "Manufacturer", "MPN", "Manufacturer 2", "MPN 2", "Alt Mfr 3", "Alt MPN 3"],
    ["1", "Resistor 10k", "4", "YAGEO", "RC0402FR-0710KL", "Vishay", "CRCW040210K0FKED", "", ""],
    ["2", "Cap 100n", "2", "Murata", "GRM155R71C104KA88D", "", "", "TDK", "C1005X7R1C104K"],
]  # fmt: skip
PACKED: Rows = [
    ["Item", "Description", "Qty", "Producer"],
    ["1", "Resistor 10k 0402", "4", "YAGEO: RC0402FR-0710KL AVX: CR05-1002F Samsung: RC1005F103CS"],
    ["2", "Cap 100n 0402", "2", "Murata: GRM155R71C104KA88D, TDK: C1005X7R1C104K050BC"],
    ["3", "Inductor", "2", "TDK: MLZ1608M100WT000"],
    ["4", "Plate, note: see drawing 12", "1", "Acme: the maker of plates"],
]
PARALLEL: Rows = [
    ["Designator", "Description", "Qty", "Manufacturer", "Manufacturer Equivalent part"],
    ["R1", "Resistor 10k", "4", "YAGEO; Vishay", "RC0402FR-0710KL; CRCW040210K0FKED"],
    ["C1", "Cap 100n", "2", "Murata / TDK", "GRM155R71C104KA88D / C1005X7R1C104K"],
    ["C2", "Cap 1u", "1", "Murata", "GRM155R61A105KE15D"],
]
NUMBERS: Rows = [
    ["Part Number", "Description", "Qty"],
    ["MS35338-43 / NAS1149F0332P", "Washer", "4"],
    ["A/B-100", "Bracket A/B", "1"],
    ["P-1001 or P-1002", "Plate", "2"],
    ["1/4 / 5/16", "Washer", "2"],
]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            COLUMNS,
            [(2, 2, "Vishay", "CRCW040210K0FKED"), (3, 3, "TDK", "C1005X7R1C104K")],
        ),
        (
            PACKED,
            [
                (2, 2, "AVX", "CR05-1002F"),
                (2, 3, "Samsung", "RC1005F103CS"),
                (3, 2, "TDK", "C1005X7R1C104K050BC"),
            ],
        ),
        (
            PARALLEL,
            [(2, 2, "Vishay", "CRCW040210K0FKED"), (3, 2, "TDK", "C1005X7R1C104K")],
        ),
        (NUMBERS, [(2, 2, None, "NAS1149F0332P"), (4, 2, None, "P-1002")]),
    ],
    ids=["columns", "packed", "parallel", "numbers"],
)
def test_alternates_of_a_row(tmp_path: Path, kind: str, rows: Rows, expected: Others) -> None:
    bom = checked(write(tmp_path / "bom", kind, rows))
    assert others(bom) == expected
    amount = next(at for at, text in enumerate(rows[0]) if text == "Qty")
    assert bom.total_quantity == sum(float(str(row[amount])) for row in rows[1:])


def test_the_first_of_a_packed_cell_is_the_part_of_a_line_without_another(tmp_path: Path) -> None:
    bom = checked(write(tmp_path / "bom", "csv", PACKED))
    assert bom.lines["mpn"].to_list() == ["RC0402FR-0710KL", "GRM155R71C104KA88D", None, None]
    assert bom.lines["alternates"][0] == "AVX CR05-1002F; Samsung RC1005F103CS"
    assert bom.lines["manufacturer"][0] == PACKED[1][3], "the cell stays as it is written"


FLAGGED: Rows = [
    ["Find No", "Part Number", "Description", "Qty", "Alt"],
    ["10", "P-100", "Magnet SmCo 2:17", "2", ""],
    ["", "P-101", "Magnet NdFeB N42SH", "2", "ALT"],
    ["", "P-102", "Magnet ferrite Y30", "2", "ALT"],
    ["20", "P-200", "Screw", "4", ""],
]
SAID_BETWEEN: Rows = [
    ["Item", "Part Number", "Name", "Qty"],
    ["1", "P-100", "Magnet", "2"],
    ["", "OR", "", ""],
    ["", "P-101", "Magnet of another maker", "2"],
    ["2", "P-200", "Nut", "1"],
]
RANKED: Rows = [
    ["Item", "Component number", "Object description", "Qty", "Ranking order"],
    ["0010", "P-100", "Magnet A", "2", "1"],
    ["0020", "P-101", "Magnet B", "2", "2"],
    ["0030", "P-200", "Screw", "4", ""],
]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
@pytest.mark.parametrize("rows", [FLAGGED, SAID_BETWEEN, RANKED], ids=["flag", "or", "rank"])
def test_alternates_in_rows_of_their_own_add_nothing(tmp_path: Path, kind: str, rows: Rows) -> None:
    bom = checked(write(tmp_path / "bom", kind, rows))
    lines = {line["part_number"]: line for line in bom.lines.iter_rows(named=True)}
    assert lines["P-100"]["alternate_of"] is None
    assert lines["P-101"]["alternate_of"] == lines["P-100"]["line"]
    assert (lines["P-100"]["rolled_up"], lines["P-101"]["rolled_up"]) == (2, 0)
    assert lines["P-200"]["alternate_of"] is None
    assert lines["P-101"]["row"] in told(bom, "alternate")


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_makers_on_a_sheet_of_their_own(tmp_path: Path, kind: str) -> None:
    sheets: dict[str, Rows] = {
        "BOM": [
            ["Level", "Part Number", "Description", "Qty"],
            ["1", "P-1", "Resistor", "4"],
            ["1", "P-2", "Cap", "2"],
            ["1", "P-3", "Screw", "9"],
        ],
        "MFG": [
            ["Part Number", "Manufacturer", "MPN"],
            ["P-1", "YAGEO", "RC0402"],
            ["P-1", "Vishay", "CRCW0402"],
            ["P-2", "Murata", "GRM155"],
        ],
    }
    path = tmp_path / f"bom.{kind}"
    bom = checked(write_xlsx(path, sheets) if kind == "xlsx" else write_ods(path, sheets))
    assert bom.lines.select("mpn", "manufacturer").rows() == [
        ("RC0402", "YAGEO"),
        ("GRM155", "Murata"),
        (None, None),
    ]
    assert others(bom) == [(2, 2, "Vishay", "CRCW0402")]
    assert any("makers of 2 part numbers" in text for text in bom.notes["text"])


def test_a_part_number_alone_is_a_line_and_a_title_is_none(tmp_path: Path) -> None:
    rows: Rows = [
        ["Part Number", "Name", "Qty"],
        ["AB-1001", "Nut", "2"],
        ["AB-1002", "", ""],
        ["Electronics", "", ""],
        ["AB-1003", "Bolt", "1"],
    ]
    bom = checked(write(tmp_path / "bom", "csv", rows))
    assert seen(bom) == {
        2: ("AB-1001", 2, 2, None),
        3: ("AB-1002", None, None, None),
        5: ("AB-1003", 1, 1, None),
    }
    assert 3 in told(bom, "quantity")


def test_a_quantity_below_zero_is_unknown_and_said(tmp_path: Path) -> None:
    rows: Rows = [["Part Number", "Name", "Qty"], ["P-1", "Nut", "2"], ["P-2", "Return", "-3"]]
    bom = checked(write(tmp_path / "bom", "csv", rows))
    assert seen(bom)[3][1:3] == (None, None)
    assert bom.lines["quantity_text"].to_list() == ["2", "-3"]
    assert told(bom, "quantity")[3] == "quantity '-3' is below zero: it counts as unknown"


def test_a_column_that_only_answers_whether_there_is_one_names_none(tmp_path: Path) -> None:
    rows: Rows = [
        ["Item", "Part No", "Name", "Qty", "Alternative"],
        ["1", "P-1", "Motor", "1", "No"],
        ["2", "P-2", "Gear", "1", "Yes"],
    ]
    assert others(checked(write(tmp_path / "bom", "csv", rows))) == []


def test_several_alternates_in_one_cell_are_one_each(tmp_path: Path) -> None:
    rows: Rows = [
        ["Part Number", "Description", "Qty", "Alternatives"],
        ["LMK04828", "Clock generator", 1, "HMC7044; SI5345"],
        ["ADRV9026", "Transceiver", 1, "AD9361"],
        ["ATS-FPX050", "Heat sink", 1, "Custom copper; or none"],
    ]
    bom = checked(write(tmp_path / "bom", "csv", rows))
    found = bom.alternates.select("line", "rank", "part_number").rows()
    assert found == [
        (0, 2, "HMC7044"), (0, 3, "SI5345"), (1, 2, "AD9361"), (2, 2, "Custom copper; or none"),
    ]  # fmt: skip
