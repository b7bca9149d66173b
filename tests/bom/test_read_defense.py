"""Parts lists of the Department of Defense: LSA-036 wide and as cards, RPSTL, drawings (ASME Y14.34)."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from tests.bom.test_read_files import Rows, checked, letters, reasons, seen, told, write

COLUMNS = Path(__file__).parent.parent / "data" / "lsa_036_columns.csv"
NAMES = [row["name"] for row in csv.DictReader(COLUMNS.read_text(encoding="utf-8").splitlines())]


def lsa(*parts: dict[str, str], width: int = 215) -> Rows:
    """A wide LSA-036 sheet: all named columns, blank ones to the end, and one row a part."""
    blank = [""] * (width - len(NAMES))
    return [
        [*NAMES, *blank],
        *[[{"PCCN": "ABC123", **part}.get(name, "") for name in NAMES] + blank for part in parts],
    ]


PUMP = (
    {
        "PLISN": "AAAA", "INDC": "A", "CAGE": "01234", "PN": "4022000-1", "NAME": "PUMP ASSEMBLY,LUBRI",
        "PROVNOM": "PUMP ASSEMBLY,LUBRICATION", "QPA": "0001", "QPE": "0001", "SMR": "PAOFF", "UM": "EA",
        "FSC": "2995", "NIIN": "001234567", "UMPRICE": "1200.00", "TQR": "0004", "QTYSHIPPED": "0009",
    },
    {
        "PLISN": "BAAC", "INDC": "B", "CAGE": "01234", "PN": "4022210-1", "NAME": "ROTOR ASSEMBLY", "NHA": "AAAA",
        "QPA": "0002", "QPE": "0002", "SMR": "AOOOO", "UM": "EA",
    },
    {
        "PLISN": "BAAD", "INDC": "C", "CAGE": "00009", "PN": "4022217-1", "NAME": "MAGNET,PERMANENT", "NHA": "BAAC",
        "QPA": "0002", "QPE": "0006", "SMR": "PAOZZ", "UM": "EA", "MATERIAL1": "SM2CO17 PER DWG 40222",
        "MATERIAL2": "17 REV C SINTERED", "ALTCAGE1": "81205", "ALTPN1": "M-1", "ALTCAGE6": "96906", "ALTPN6": "M-6",
        "WEIGHT": "12",
    },
    {
        "PLISN": "BAAE", "INDC": "C", "CAGE": "01234", "PN": "4022218-1", "NAME": "SLEEVE", "NHA": "BAAC",
        "QPA": "0001", "QPE": "0003", "SMR": "MFFZZ", "UM": "EA", "MATERIAL1": "TITANIUM ALLOY 6AL-4V",
        "MATERIAL2": "AMS 4928",
    },
    {
        "PLISN": "BAAF", "INDC": "B", "CAGE": "01234", "PN": "4022210-2", "NAME": "ROTOR ASSEMBLY", "NHA": "AAAA",
        "QPA": "0001", "QPE": "0001", "SAPLISN": "BAAC", "UM": "EA",
    },
    {
        "PLISN": "BAAG", "INDC": "B", "CAGE": "96906", "PN": "MS35338-43", "NAME": "WASHER,LOCK", "NHA": "AAAA",
        "QPA": "AR", "QPE": "V", "UM": "EA",
    },
    {
        "PLISN": "BAAH", "INDC": "C", "CAGE": "01234", "PN": "4022219-1", "NAME": "BOLT", "NHA": "AAAA", "QPA": "REF",
        "QPE": "0003", "UM": "EA",
    },
)  # fmt: skip


def test_the_sheet_has_its_212_named_columns() -> None:
    assert len(NAMES) == len(set(NAMES)) == 212
    assert len(lsa()[0]) == 215


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_a_wide_provisioning_sheet(tmp_path: Path, kind: str) -> None:
    bom = checked(write(tmp_path / "list", kind, lsa(*PUMP)))
    assert {row: line[1:] for row, line in seen(bom).items()} == {
        2: (1, 1, None),
        3: (2, 2, 2),
        4: (2, 6, 3),  # two a rotor, of which there are two, and one that is the same as they
        5: (1, 3, 3),
        6: (1, 1, 2),
        7: (None, None, 2),
        8: (None, None, 2),  # the parent goes before the indenture code
    }
    found = letters(bom)
    expected = {
        "line_key": "PLISN", "level": "INDC", "cage": "CAGE", "part_number": "PN", "name": "NAME", "fsc": "FSC",
        "niin": "NIIN", "unit": "UM", "smr": "SMR", "parent": "NHA", "quantity": "QPA", "quantity_total": "QPE",
        "same_as": "SAPLISN", "reference": "REFDES", "description": "PROVNOM", "material": "MATERIAL1",
        "mass": "WEIGHT",
    }  # fmt: skip
    for field, name in expected.items():
        assert found.get(field) == _letter(NAMES.index(name)), field
    lines = {line["part_number"]: line for line in bom.lines.iter_rows(named=True)}
    assert lines["4022217-1"]["cage"] == "00009"
    assert lines["4022000-1"]["niin"] == "001234567"
    assert lines["4022000-1"]["description"] == "PUMP ASSEMBLY,LUBRICATION"
    assert lines["4022217-1"]["material"] == "SM2CO17 PER DWG 4022217 REV C SINTERED"
    assert lines["4022217-1"]["mass_g"] is None
    assert [lines[p]["make_buy"] for p in ("4022000-1", "4022210-1", "4022218-1")] == [
        "buy",
        "make",
        "make",
    ]
    assert bom.alternates.select("part_number", "manufacturer").rows() == [
        ("M-1", "81205"),
        ("M-6", "96906"),
    ]
    assert 8 in told(bom, "level")
    assert {7, 8} <= told(bom, "quantity").keys()


def test_totals_that_do_not_follow_are_remarked(tmp_path: Path) -> None:
    parts: list[dict[str, str]] = [dict(part) for part in PUMP[:4]]
    parts[3]["QPE"] = "0009"
    bom = checked(write(tmp_path / "list", "csv", lsa(*parts)))
    assert any("QPE" in text for text in told(bom, "quantity").values())
    assert seen(bom)[5][2] == 2


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ({"PLISN": "BAAZ", "INDC": "B", "PN": "X-1", "NHA": "AAAA", "SAPLISN": "ZZZZ", "QPA": "1"}, "ZZZZ"),
        ({"PLISN": "BAAZ", "INDC": "B", "PN": "X-1", "NHA": "AAAA", "SAPLISN": "BAAZ", "QPA": "1"}, "no other line"),
    ],
)  # fmt: skip
def test_same_as_what_is_not_there_or_itself(
    tmp_path: Path, part: dict[str, str], said: str
) -> None:
    bom = checked(write(tmp_path / "list", "csv", lsa(*PUMP[:4], part)))
    assert said in told(bom, "level")[6]
    assert seen(bom)[4][2] == 4


def test_a_chain_of_same_as_leads_to_the_one_that_is_listed(tmp_path: Path) -> None:
    third = {"PLISN": "BAAI", "INDC": "B", "PN": "4022210-3", "NHA": "AAAA", "QPA": "5"}
    bom = checked(write(tmp_path / "list", "csv", lsa(*PUMP[:5], {**third, "SAPLISN": "BAAF"})))
    assert seen(bom)[4][2] == 2 * (2 + 1 + 5)


def _letter(index: int) -> str:
    from bomrisk.bom.letters import letter

    return letter(index)


# cards -------------------------------------------------------------------------------------------


def card(plisn: str, kind: str, **places: str) -> str:
    """An 80-column card; `places` are texts by first column, such as c19="4022000-1"."""
    text = [" "] * 80
    for start, words in {"c1": "ABC123", "c7": plisn, "c78": kind, **places}.items():
        at = int(start[1:]) - 1
        text[at : at + len(words)] = words
    return "".join(text[:80])


CARDS = [
    card("AAAA", "01A", c13="A", c14="01234", c19="4022000-1", c56="PUMP ASSEMBLY,LUBRI"),
    card("AAAA", "01B", c16="2995001234567", c31="EA", c63="PAOZZ"),
    card("AAAA", "01C", c22="0001", c26="00001"),
    card("BAAD", "01A", c13="B", c14="00009", c19="4022217-1", c56="MAGNET,PERMANENT"),
    card("BAAD", "01C", c13="AAAA", c22="0002", c26="00002"),
    card("BAAD", "01K", c24="MAGNET,PERMANENT SAMARIUM"),
    card("BAAD", "01K", c24="COBALT ROTOR SEGMENT"),
    card("BAAD", "01Z", c24="unheard of"),
    card("CAAA", "01C", c22="0009"),
]


def test_a_list_on_80_column_cards(tmp_path: Path) -> None:
    path = tmp_path / "cards.txt"
    path.write_text("\n".join(CARDS) + "\n", encoding="ascii")
    bom = checked(path)
    assert {row: line[1:] for row, line in seen(bom).items()} == {1: (1, 1, None), 4: (2, 2, 1)}
    pump, magnet = bom.lines.iter_rows(named=True)
    assert (pump["cage"], pump["fsc"], pump["niin"]) == ("01234", "2995", "001234567")
    assert (pump["make_buy"], pump["unit"]) == ("buy", "EA")
    assert magnet["description"] == "MAGNET,PERMANENT SAMARIUM COBALT ROTOR SEGMENT"
    assert reasons(bom)[8] == "card of the line above"
    assert reasons(bom)[9] == "note"
    texts = bom.notes["text"].to_list()
    assert any("recalled" in text for text in texts), "the weak columns are named as such"
    assert any("1 cards belong to no part" in text for text in texts)


# parts manuals and drawings ------------------------------------------------------------------------

MANUAL: Rows = [
    ["SECTION II", "", "", "", "", "", ""],
    ["(1)\nITEM NO", "(2)\nSMR CODE", "(3)\nNSN", "(4)\nCAGEC", "(5)\nPART NUMBER",
     "(6)\nDESCRIPTION AND USABLE ON CODE (UOC)", "(7)\nQTY"],
    ["", "", "", "", "", "GROUP 0101 PUMP ASSEMBLY", ""],
    ["", "", "", "", "", "FIG. 12 PUMP ASSEMBLY, LUBRICATION", ""],
    ["1", "PAOFF", "2990-01-234-5678", "12345", "4022000-1", "PUMP ASSEMBLY,LUBRI  LUBRICATION.........", "1"],
    ["2", "PAOZZ", "5977-00-123-4567", "01234", "4022217-1-LONG-P", ".MAGNET,PERMANENT  SAMARIUM COBALT,", "2"],
    ["", "", "", "", "N-02", "ROTOR SEGMENT....", ""],
    ["3", "PAFZZ", "5310-00-045-3296", "96906", "MS35338-43", ".WASHER,LOCK......................", "V"],
    ["4", "AOOOO", "", "12345", "4022210", ".ROTOR ASSEMBLY....................", "3"],
    ["5", "PAOZZ", "", "12345", "4022301", "..BEARING,SLEEVE..................", "6"],
    ["6", "PAOZZ", "", "81349", "MIL-S-8802", ".SEALING COMPOUND  BULK", "V"],
    ["", "", "", "", "", "END OF FIGURE", ""],
    ["", "", "", "", "", "FIG. 13 VALVE ASSEMBLY", ""],
    ["1", "PAOFF", "", "12345", "4033000-1", "VALVE ASSEMBLY,CHECK.............", "1"],
    ["2", "PAOZZ", "", "12345", "4033001", ".SPRING,HELICAL......", "1"],
    ["", "", "", "", "", "END OF FIGURE", ""],
]  # fmt: skip


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_a_parts_manual(tmp_path: Path, kind: str) -> None:
    bom = checked(write(tmp_path / "manual", kind, MANUAL))
    first = 7 if kind == "csv" else 0  # line ends inside the header's cells
    found = {
        row - first: (*line[:3], line[3] and line[3] - first) for row, line in seen(bom).items()
    }
    assert found == {
        5: ("4022000-1", 1, 1, None),
        6: ("4022217-1-LONG-PN-02", 2, 2, 5),
        8: ("MS35338-43", None, None, 5),
        9: ("4022210", 3, 3, 5),
        10: ("4022301", 2, 6, 9),  # six a figure, so two in each of the three
        11: ("MIL-S-8802", None, None, 5),
        14: ("4033000-1", 1, 1, None),
        15: ("4033001", 1, 1, 14),
    }
    magnet = bom.lines.row(1, named=True)
    assert magnet["description"].endswith("MAGNET,PERMANENT  SAMARIUM COBALT, ROTOR SEGMENT")
    assert magnet["cage"] == "01234"
    assert (magnet["fsc"], magnet["niin"]) == ("5977", "001234567")


DRAWING: Rows = [
    ["4", "2", "", "MS35338-43", "96906", "WASHER, LOCK"],
    ["3", "1", "AL", "4022301-5", "12345", "HOUSING, ALUMINUM 7075-T6"],
    ["2", "AR", "", "MIL-S-8802", "81349", "SEALING COMPOUND"],
    ["1", "2", "", "4022217-1", "01234", "MAGNET, SMCO 2:17"],
    ["FIND NO", "QTY REQD", "CODE", "PART OR IDENTIFYING NO", "CAGE", "NOMENCLATURE OR DESCRIPTION"],
]  # fmt: skip
BLOCK: Rows = [
    ["DAI", "12345", "", "IDENTIFYING NO", "PL4022000", ""],
    ["REVISION", "C", "", "SHEET", "1 OF 1", ""],
]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
@pytest.mark.parametrize("place", ["above", "below", "none"])
def test_a_drawing_that_reads_upward(tmp_path: Path, kind: str, place: str) -> None:
    rows = {"above": [*BLOCK, *DRAWING], "below": [*DRAWING, *BLOCK], "none": DRAWING}[place]
    bom = checked(write(tmp_path / "drawing", kind, rows))
    found: Any = [line[:2] for line in seen(bom).values()]
    assert found == [("MS35338-43", 2), ("4022301-5", 1), ("MIL-S-8802", None), ("4022217-1", 2)]
    assert bom.rows_read == len(rows)


def test_codes_that_a_spreadsheet_took_for_numbers_get_their_zeros_back(tmp_path: Path) -> None:
    rows: Rows = [
        ["PLISN", "INDC", "CAGE", "PN", "NAME", "NIIN", "QPA"],
        ["AAAA", "A", 1234.0, "P-1", "PUMP", 1234567.0, 1],
        ["AAAB", "B", 96906.0, "P-2", "WASHER", 12345678.0, 2],
        ["AAAC", "B", "1ABC2", "P-3", "MAGNET", None, 2],
    ]
    bom = checked(write(tmp_path / "list", "xlsx", rows))
    assert bom.lines["cage"].to_list() == ["01234", "96906", "1ABC2"]
    assert bom.lines["niin"].to_list() == ["001234567", "012345678", None]
    assert {text.split()[0] for text in bom.notes.filter(bom.notes["kind"] == "code")["text"]} == {
        "1",
        "2",
    }
