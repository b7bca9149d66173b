"""Parts lists of drawings (ASME Y14.34) with a quantity for each dash number, and lists without a header."""

from __future__ import annotations

from pathlib import Path

import pytest

from bomrisk.bom import read
from bomrisk.bom.enditem import end_items
from bomrisk.bom.mapping import dumps, load
from bomrisk.errors import InputError
from tests.bom.test_read_files import Rows, checked, letters, reasons, seen, told, write

KINDS = pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
WORDS = ["FIND NO", "CAGE CODE", "PART OR IDENTIFYING NUMBER", "NOMENCLATURE OR DESCRIPTION", "MATERIAL/SPEC"]  # fmt: skip
BODY: Rows = [
    ["2", "1", "1", "1", "81205", "4022100-1", "HOUSING", "AL 7075-T6"],
    ["4", "2", "", "2", "81205", "4022217-1", "MAGNET, SMCO", "SM2CO17"],
    ["2", "2", "2", "3", "96906", "MS35338-43", "WASHER, LOCK", ""],
    ["AR", "AR", "AR", "4", "81205", "4022300-1", "SEALING COMPOUND", "MIL-S-8802"],
]
DASHES = ["-3", "-2", "-1"]
HEADS: dict[str, tuple[Rows, Rows]] = {  # rows above the parts, rows below them
    "quantity above the dash numbers": ([["QTY REQD"], [*DASHES, *WORDS]], []),
    "dash numbers alone": ([[*DASHES, *WORDS]], []),
    "dash numbers below the header": ([["QTY REQD", "", "", *WORDS], DASHES], []),
    "numbers of assemblies below the header": (
        [["QTY PER ASSY"] * 3 + WORDS, ["4022000-3", "4022000-2", "4022000-1"]],
        [],
    ),
    "last row": ([], [[*DASHES, *WORDS]]),
    "last two rows, quantity last": ([], [[*DASHES, *WORDS], ["QTY REQD"]]),
    "last two rows, dash numbers last": ([], [["QTY REQD", "", "", *WORDS], DASHES]),
    "numbers of the assemblies alone": ([["4022000-3", "4022000-2", "4022000-1", *WORDS]], []),
    "dash numbers with a word for assembly": ([["-3 ASSY", "-2 ASSY", "-1 ASSY", *WORDS]], []),
    "word and dash number in one": ([["QTY/-3", "QTY/-2", "QTY/-1", *WORDS]], []),
    "dash numbers with the word": ([["-3 QTY", "-2 QTY", "-1 QTY", *WORDS]], []),
}


@KINDS
@pytest.mark.parametrize("name", HEADS)
def test_a_quantity_for_each_dash_number(tmp_path: Path, kind: str, name: str) -> None:
    above, below = HEADS[name]
    body = BODY if above else BODY[::-1]
    path = write(tmp_path / "drawing", kind, [*above, *body, *below])
    bom = checked(path)
    found = {part: amount for part, amount, _, _ in seen(bom).values()}
    assert found == {"4022100-1": 4, "4022217-1": 6, "MS35338-43": 6, "4022300-1": None}
    assert set(reasons(bom).values()) == {"header"}
    assert bom.lines["cage"].to_list() == [row[4] for row in body]
    assert letters(bom)["quantity"] == "A"
    assert bom.tables[0].columns["quantity"].last == "C"
    assert bom.tables[0].confidence >= 0.6
    (remark,) = told(bom, "end items").values()
    assert "for each of 3 end items" in remark
    assert remark.endswith("one of each is counted; --end-item reads one of them")
    assert len(end_items(bom)) == 3


@KINDS
@pytest.mark.parametrize("name", HEADS)
def test_one_dash_number_is_chosen(tmp_path: Path, kind: str, name: str) -> None:
    above, below = HEADS[name]
    path = write(tmp_path / "drawing", kind, [*above, *BODY, *below])
    chosen = "4022000-1" if "assemblies" in name else "-1"
    bom = read(path, end_item=chosen, units=10)
    found = dict(bom.lines.select("part_number", "rolled_up").iter_rows())
    assert found == {"4022100-1": 10, "MS35338-43": 20, "4022300-1": None}
    assert "other end item" in reasons(bom).values()
    with pytest.raises(InputError, match="there is no end item '-9'"):
        read(path, end_item="-9")


def test_a_mapping_may_name_one_dash_number_or_all(tmp_path: Path) -> None:
    path = write(tmp_path / "drawing", "csv", [[*DASHES, *WORDS], *BODY])
    saved = tmp_path / "mapping.toml"
    text = dumps(checked(path))
    assert 'quantity = { column = "A:C", header = "-3" }' in text
    saved.write_text(text, encoding="utf-8")
    assert checked(path, mapping=load(saved)).lines["quantity"].to_list() == [4, 6, 6, None]
    one = text.replace('"A:C", header = "-3"', '"B", header = "-2"')
    saved.write_text(one, encoding="utf-8")
    assert checked(path, mapping=load(saved)).lines["quantity"].to_list() == [1, 2, 2, None]


def test_one_dash_number_is_the_quantity(tmp_path: Path) -> None:
    rows: Rows = [["-1", *WORDS], *[row[2:] for row in BODY]]
    bom = checked(write(tmp_path / "drawing", "csv", rows))
    assert letters(bom)["quantity"] == "A"
    assert bom.lines["quantity"].to_list() == [1, None, 2, None]


def test_further_quantities_are_named_and_not_silently_left(tmp_path: Path) -> None:
    rows: Rows = [
        ["Part Number", "Qty left", "Qty right"],
        ["A-1", 4, 5],
        ["A-2", 1, 2],
        ["A-3", 1, 1],
    ]
    bom = checked(write(tmp_path / "list", "csv", rows))
    (remark,) = told(bom, "quantity columns").values()
    assert "'Qty left' (B)" in remark
    assert "are not read: 'Qty right' (C)" in remark


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_code_of_makers_is_never_a_guessed_quantity(tmp_path: Path, kind: str) -> None:
    rows: Rows = [
        [81205, "4022100-1", "HOUSING", 1],
        [81205, "4022217-1", "MAGNET, SMCO", 4],
        [81205, "4022217-2", "MAGNET, SMCO", 4],
        [96906, "MS35338-43", "WASHER, LOCK", 2],
        [81205, "4022217-3", "SHAFT, STEEL", 1],
    ]
    bom = checked(write(tmp_path / "list", kind, rows))
    assert letters(bom)["quantity"] == "D"
    path = write(tmp_path / "codes", kind, [row[:3] for row in rows])
    with pytest.raises(InputError, match="no parts list was found"):
        read(path)


def test_numbers_that_run_up_the_list_are_no_guessed_quantity(tmp_path: Path) -> None:
    rows: Rows = [[row[3], row[1], *row[5:]] for row in BODY[::-1]]
    bom = checked(write(tmp_path / "list", "csv", rows))
    assert letters(bom)["quantity"] == "B"


@KINDS
def test_a_list_that_grows_upward_under_the_changes_of_the_drawing(
    tmp_path: Path, kind: str
) -> None:
    history: Rows = [
        ["REVISIONS"],
        ["ZONE", "LTR", "DESCRIPTION", "DATE", "APPROVED"],
        ["", "A", "INITIAL RELEASE", "2024-01-12", "JDO"],
        ["B4", "B", "MAGNET WAS ALNICO", "2024-03-01", "JDO"],
        [None],
    ]
    rows: Rows = [*history, *BODY[::-1], [*DASHES, *WORDS], ["QTY REQD"]]
    bom = checked(write(tmp_path / "drawing", kind, rows))
    assert bom.lines["quantity"].to_list() == [None, 6, 6, 4]
    assert "HOUSING" in bom.lines["description"].to_list()
