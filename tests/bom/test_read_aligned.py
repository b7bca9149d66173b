"""Lists without delimiters: columns that are told by the blanks between them, or not read at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from bomrisk.bom import read
from bomrisk.bom.aligned import aligned
from bomrisk.errors import InputError
from tests.bom.test_read_files import checked, letters, reasons

EAGLE = """
Partlist exported from board.sch at 6/17/2022 1:58 PM

Qty Value  Device    Package Parts                 Description      MF     MPN
2          C2.5/2    C2.5-2  C1, C2                CAPACITOR
12  10k    R-US_0207 0207/10 R1, R2, R3, R4        RESISTOR, carbon
1   BSS138 MOSFET-N  SOT23-3 Q2                                     onsemi BSS138
"""
PRINTED = """
                      PARTS LIST 4711
 POS  QTY  PART NO    NOMENCLATURE          MATERIAL
 ---  ---  -------    ------------          --------
   1    4  M-100      MAGNET, RING          NDFEB N42SH
   2   12  S-2        SCREW, CAP M3 X 10    STEEL
ELECTRICAL
   3    1  E-77-A     COIL                  COPPER
   4   AR             ADHESIVE              EPOXY

NOTE: MAGNETIZE AFTER ASSEMBLY.
"""
TABS = (
    "Part\t\t\tQuantity\t\tPrice\t\tComments\n"
    "camera\t\t\t1\t\t\t26$\t\tfront\n"
    "single board computer\t1\t\t\t10$\t\twith case\n"
    "3mm inserts\t\t4\t\t\t\t\tbrass\n"
)


def listed(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "list.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_columns_begin_where_the_header_has_a_word_behind_a_gutter(tmp_path: Path) -> None:
    bom = checked(listed(tmp_path, EAGLE))
    assert bom.lines["quantity"].to_list() == [2.0, 12.0, 1.0]
    assert bom.lines["description"].to_list()[:2] == ["CAPACITOR", "RESISTOR, carbon"]
    assert bom.lines["mpn"].to_list() == [None, None, "BSS138"]
    assert letters(bom)["reference"] == "E"
    assert reasons(bom)[2] == "title"


def test_numbers_to_the_right_rules_sections_and_notes(tmp_path: Path) -> None:
    bom = checked(listed(tmp_path, PRINTED))
    assert bom.lines["part_number"].to_list() == ["M-100", "S-2", "E-77-A", None]
    assert bom.lines["quantity"].to_list() == [4.0, 12.0, 1.0, None]
    assert bom.lines["material"].to_list() == ["NDFEB N42SH", "STEEL", "COPPER", "EPOXY"]
    why = reasons(bom)
    assert (why[2], why[4], why[7], why[11]) == ("title", "ruled line", "section", "note")


def test_tabs_that_stand_for_blanks(tmp_path: Path) -> None:
    bom = checked(listed(tmp_path, TABS))
    assert bom.lines["name"].to_list() == ["camera", "single board computer", "3mm inserts"]
    assert bom.lines["quantity"].to_list() == [1.0, 1.0, 4.0]
    assert bom.lines["unit_cost"].to_list() == [26.0, 10.0, None]


def test_a_row_that_runs_over_the_columns_is_not_guessed_at(tmp_path: Path) -> None:
    text = (
        "ITEM  QTY  NAME      MATERIAL\n"
        "1     4    MAGNET    NDFEB\n"
        "2     1    HOUSING WITH A LONG NAME  ALUMINIUM\n"
        "3     2    SHAFT     STEEL\n"
        "4     8    SCREWS AND BOLTS  STEEL\n"
    )
    with pytest.raises(InputError, match="no parts list was found"):
        read(listed(tmp_path, text))


@pytest.mark.parametrize(
    "text",
    [
        "Part Number, Description,   Qty\nA-1,         Magnet,        4\nA-2,         Housing,       1\n",
        "Part;  Description;  Qty\nA-1;   Magnet;       4\nA-2;   Housing;      1\n",
        "Part\tDescription\tQty\nA-1\t\t4\nA-2\tHousing\t1\n",
        "Just some prose about a part and its quantity.\nThe unit of it, and a description.\n",
        "",
    ],
)
def test_texts_with_delimiters_and_prose_are_left_alone(text: str) -> None:
    assert aligned(text.split("\n")) is None
