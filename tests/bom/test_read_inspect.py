"""`bomrisk inspect`: the JSON that says what was found, the table for people, and saved mappings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bomrisk.bom.mapping import dumps, load
from bomrisk.cli.inspect import command
from bomrisk.errors import BomriskError, InputError, InputErrors
from bomrisk.pipeline import assess
from tests.bom.test_read_files import PARTS, Rows, checked, letters, seen, write

ODD: Rows = [
    ["Code A", "Text B", "Much", "X"],
    ["P-1", "Ring magnet", "4", "7"],
    ["P-2", "Housing", "1", "8"],
    ["P-3", "Shaft", "2", "9"],
]
TREE: Rows = [
    ["Title"],
    ["Level", "Part Number", "Qty", "Unit"],
    ["1", "TOP", "2", "EA"],
    ["2", "MAG", "AR", "EA"],
    ["2", "NUT", "3", "EA"],
    [None, "Total", "5", None],
]


def run(*arguments: str | Path) -> str:
    result = CliRunner().invoke(command, [str(one) for one in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


def test_json_says_every_row(tmp_path: Path) -> None:
    found: dict[str, Any] = json.loads(run(write(tmp_path / "bom.csv", "csv", TREE), "--json"))
    assert found["rows_read"] == len(found["lines"]) + len(found["excluded"]) == 6
    assert found["total_quantity"] == 5
    keys = ("sheet", "row", "parent_row", "quantity", "rolled_up", "unit")
    assert [tuple(line[key] for key in keys) for line in found["lines"]] == [
        ("", 3, None, 2, 2, "EA"), ("", 4, 3, None, None, "EA"), ("", 5, 3, 3, 6, "EA"),
    ]  # fmt: skip
    assert [(row["row"], row["reason"]) for row in found["excluded"]] == [
        (1, "title"),
        (2, "header"),
        (6, "total"),
    ]
    (table,) = found["tables"]
    assert (table["sheet"], table["header_row"]) == ("", 2)
    assert {name: (column["letter"], column["header"]) for name, column in table["columns"].items()} == {
        "level": ("A", "Level"), "part_number": ("B", "Part Number"), "quantity": ("C", "Qty"), "unit": ("D", "Unit"),
    }  # fmt: skip
    assert all(
        0 <= column["confidence"] <= 1 and column["reason"] for column in table["columns"].values()
    )
    assert any(note["row"] == 4 and note["kind"] == "quantity" for note in found["notes"])


def test_table_for_people(tmp_path: Path) -> None:
    text = run(write(tmp_path / "bom.csv", "csv", TREE))
    for words in (
        "6 rows read = 3 lines + 3 rows that are no lines",
        "MAG",
        "unknown (AR)",
        "total",
        "header in row 2",
    ):
        assert words in text
    many: Rows = [["Part Number", "Qty"], *([f"P-{at}", "1"] for at in range(250))]
    path = write(tmp_path / "many.csv", "csv", many)
    assert "50 more" in run(path)
    assert "P-249" in run(path, "--all")


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_mapping_round_trip(tmp_path: Path, kind: str) -> None:
    path, saved = write(tmp_path / "bom", kind), tmp_path / "map.toml"
    before = json.loads(run(path, "--json", "--save-mapping", saved))
    after = json.loads(run(path, "--json", "--mapping", saved))
    assert (after["lines"], after["excluded"]) == (before["lines"], before["excluded"])
    assert after["rows_read"] == before["rows_read"]


def test_an_edited_mapping_decides(tmp_path: Path) -> None:
    saved = tmp_path / "map.toml"
    saved.write_text(
        '[[layout]]\nid = "x"\n[[layout.table]]\nsheet = ""\nheader_row = 1\nmass_unit = "kg"\ncurrency = "EUR"\n'
        '[layout.table.columns]\npart_number = "A"\nname = "b"\nquantity = { column = "C", header = "Much" }\nmass = "D"\n'
    )
    bom = checked(write(tmp_path / "bom", "csv", ODD), mapping=load(saved))
    assert seen(bom) == {2: ("P-1", 4, 4, None), 3: ("P-2", 1, 1, None), 4: ("P-3", 2, 2, None)}
    assert letters(bom) == {"part_number": "A", "name": "B", "quantity": "C", "mass": "D"}
    assert bom.lines["mass_g"].to_list() == [7000, 8000, 9000]
    again = tmp_path / "again.toml"
    again.write_text(dumps(bom, load(saved)))
    assert len(load(again).layouts) == 2


def test_a_mapping_finds_its_columns_after_they_moved(tmp_path: Path) -> None:
    saved = tmp_path / "map.toml"
    run(write(tmp_path / "one", "csv"), "--save-mapping", saved)
    turned = [list(reversed(row)) for row in PARTS]
    assert seen(checked(write(tmp_path / "two", "csv", turned), mapping=load(saved)))[2] == (
        "A-1",
        4,
        4,
        None,
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x = [", "not valid TOML"),
        ("version = 1\n", "no tables are named"),
        ('[[layout]]\nid="x"\n[[layout.table]]\nsheet=""\nheader_row=-1\nmass_unit="furlong"\ncurrency="??"\n[layout.table.columns]\nnonsense="A"\nname="1"\n', "is no field"),
        ('[[layout]]\nid="x"\n[[layout.table]]\nsheet=""\nheader_row=99\n[layout.table.columns]\nname="A"\n', "99"),
        ('[[layout]]\nid="x"\n[[layout.table]]\nsheet=""\nheader_row=1\n[layout.table.columns]\nname="ZZ"\n', "ZZ"),
    ],
)  # fmt: skip
def test_mappings_that_cannot_be_used(tmp_path: Path, text: str, words: str) -> None:
    saved = tmp_path / "map.toml"
    saved.write_text(text)
    with pytest.raises((InputError, InputErrors), match=words):
        checked(write(tmp_path / "bom", "csv"), mapping=load(saved))


def test_missing_mapping_and_unknown_limit(tmp_path: Path) -> None:
    path = write(tmp_path / "bom.csv", "csv")
    for arguments in (
        ("--mapping", tmp_path / "none.toml"),
        ("--limit", "wings=3"),
        ("--limit", "cells=none"),
        ("--limit", "cells=5"),
    ):
        with pytest.raises(BomriskError, match=";"):
            run(path, *arguments)
    assert "3 lines" in run(path, "--limit", "cells=1,000")


STACKED: Rows = [
    ["Part Number", "Name", "Qty", "Notes"],
    ["A-1", "Plate", "4", "cut"],
    ["", "", "", ""],
    ["Electrical", "", "", ""],
    ["Part Number", "Name", "Qty", "Link"],
    ["E-1", "Cable", "2", "https://example.invalid/e1"],
    ["E-2", "Fuse", "1", "https://example.invalid/e2"],
]
BESIDE: Rows = [
    ["Part Number", "Name", "Qty", "", "Part Number", "Name", "Qty"],
    ["A-1", "Plate", "4", "", "B-1", "Rod", "3"],
    ["A-2", "Cover", "1", "", "B-2", "Nut", "9"],
]
SEVERAL_NOTES: Rows = [
    ["Part Number", "Name", "Qty", "Notes", "Remarks", "Surface"],
    ["A-1", "Plate", "4", "cut by laser", "see drawing", "anodized black"],
    ["A-2", "Cover", "1", "", "by hand", "painted grey"],
]


@pytest.mark.parametrize("grid", [PARTS, ODD, STACKED, BESIDE, SEVERAL_NOTES])
@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_a_saved_mapping_given_back_reads_the_same(tmp_path: Path, kind: str, grid: Rows) -> None:
    path = write(tmp_path / "bom", kind, grid)
    before = checked(path)
    saved = tmp_path / "map.toml"
    saved.write_text(dumps(before), encoding="utf-8")
    after = checked(path, mapping=load(saved))
    assert after.lines.equals(before.lines)
    assert after.excluded.equals(before.excluded)


def test_the_mapping_of_a_layout_is_remembered_beside_its_files(tmp_path: Path) -> None:
    first = write(tmp_path / "january.csv", "csv")
    saved = tmp_path / "bomrisk.mapping.toml"
    run(first, "--save-mapping", saved)
    saved.write_text(saved.read_text().replace("quantity = ", "notes = "), encoding="utf-8")
    later: Rows = [["Report of February", *([""] * (len(PARTS[0]) - 1))], *PARTS]
    second = write(tmp_path / "february.csv", "csv", later)
    found = json.loads(run(second, "--json"))
    assert found["file"]["mapping"] == "bomrisk.mapping.toml"
    assert "quantity" not in found["tables"][0]["columns"]
    assert "Read by the mapping bomrisk.mapping.toml." in run(second)
    guessed = json.loads(run(second, "--json", "--no-mapping"))
    assert guessed["file"]["mapping"] is None
    assert "quantity" in guessed["tables"][0]["columns"]


def test_a_mapping_of_another_layout_is_left_alone(tmp_path: Path) -> None:
    saved = tmp_path / "bomrisk.mapping.toml"
    run(write(tmp_path / "one.csv", "csv"), "--save-mapping", saved)
    other = write(tmp_path / "two.csv", "csv", SEVERAL_NOTES)
    assert json.loads(run(other, "--json"))["file"]["mapping"] is None
    run(other, "--save-mapping", saved)
    assert len(load(saved).layouts) == 2
    assert json.loads(run(other, "--json"))["file"]["mapping"] == "bomrisk.mapping.toml"


def test_a_mapping_without_headers_must_be_asked_for(tmp_path: Path) -> None:
    saved = tmp_path / "bomrisk.mapping.toml"
    saved.write_text(
        '[[layout]]\nid="x"\n[[layout.table]]\nsheet=""\nheader_row=1\n[layout.table.columns]\nname="A"\n'
    )
    path = write(tmp_path / "bom.csv", "csv")
    assert json.loads(run(path, "--json"))["file"]["mapping"] is None
    asked = json.loads(run(path, "--json", "--mapping", saved))
    assert list(asked["tables"][0]["columns"]) == ["name"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[[layout]]\nid="x"\n[[layout.table]]\nsheet=""\nheader_rows=1\n[layout.table.columns]\nname="A"\n', "'header_rows' means nothing; write header_row"),
        ('[[layout]]\nid="x"\n[[layout.table]]\nsheet=""\n[layout.table.columns]\nname={column="A", haeder="Name"}\n', "'haeder' means nothing; write header"),
        ('[[layout]]\nid="x"\n[[layout.table]]\nsheet=""\n[layout.table.columns]\npart_numbr="A"\n', "'part_numbr' is no field; write part_number"),
        ('[[layouts]]\nid="x"\n', "'layouts' means nothing; write layout"),
        ('version = 2\n[[layout]]\nid="x"\n[[layout.table]]\nsheet=""\n[layout.table.columns]\nname="A"\n', "version 2 of mapping files is not known"),
    ],
)  # fmt: skip
def test_a_mistyped_word_of_a_mapping_is_named_with_the_right_one(
    tmp_path: Path, text: str, words: str
) -> None:
    saved = tmp_path / "map.toml"
    saved.write_text(text)
    with pytest.raises(InputErrors, match=words):
        load(saved)


def test_a_table_tells_why_its_columns_are_unsure(tmp_path: Path) -> None:
    path = tmp_path / "bom.csv"
    path.write_text("Part Number,Description\nA-1,Plate\nA-2,Cover\n")
    table = json.loads(run(path, "--json"))["tables"][0]
    assert table["confidence"] == 0.5
    assert table["reason"].endswith("no column is the quantity")
    assert "no column is the quantity" in " ".join(run(path).split())


def test_what_is_piped_is_not_cut_to_a_narrow_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    path = tmp_path / "bom.csv"
    long = "Bracket of the left landing gear door with two bushes and a lug of titanium"
    path.write_text(f"Part Number,Description,Qty\nA-1,{long},2\n")
    assert long in run(path)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_a_list_of_parts_without_quantities_is_read(tmp_path: Path, kind: str) -> None:
    grid: Rows = [["Part Number", "Description"], ["A-1", "Plate"], ["A-2", "Cover"]]
    found = checked(write(tmp_path / "bom", kind, grid))
    assert found.lines.get_column("part_number").to_list() == ["A-1", "A-2"]
    assert found.lines.get_column("quantity").null_count() == 2
    with pytest.raises(InputError, match="no parts list"):
        checked(write(tmp_path / "people", kind, [["Name", "Company"], ["Doe", "X"], ["Roe", "Y"]]))


def test_a_guess_is_said_first_with_the_way_to_correct_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    path = write(
        tmp_path / "a list.csv",
        "csv",
        [["Stuff", "Blorb", "Much"], *[[row[1], "Shop", row[2]] for row in ODD[1:]]],
    )
    lines = run(path).splitlines()
    assert lines[2] == (
        "Check this first, it is a guess: name in column A 'Stuff' (50%), quantity in column C 'Much' (40%)."
    )
    told = " ".join(" ".join(lines[3:6]).split())
    assert told.startswith(f"To correct it: bomrisk inspect '{path}' --save-mapping ")
    assert "then give it with --mapping bomrisk.mapping.toml." in told
    saved = tmp_path / "map.toml"
    run(path, "--save-mapping", saved)
    assert "Check this first" not in run(path, "--mapping", saved)
    assert "Check this first" not in run(write(tmp_path / "known", "csv", PARTS))


def test_a_missing_quantity_is_said_first(tmp_path: Path) -> None:
    path = write(
        tmp_path / "bom", "csv", [["Part Number", "Description"], ["A-1", "Plate"], ["A-2", "Lid"]]
    )
    text = " ".join(run(path).split())
    assert "guess: no column is the quantity, so that of each line is unknown." in text
    assert "No quantity is known." in text


def test_a_line_that_names_nothing_says_so_where_it_stands(tmp_path: Path) -> None:
    grid: Rows = [
        ["Item", "Qty", "Reference", "Part"],
        [1, 2, "R1,R2", "10k"],
        [2, 1, "C1", "100nF"],
        [3, 4, "U1", None],
        [4, 4, "U2", "MCU"],
    ]
    lines = run(write(tmp_path / "bom", "csv", grid)).splitlines()
    (line,) = (line for line in lines if line.startswith("4"))
    assert line.split() == ["4", "*", "(names", "no", "part;", "at", "U1)", "4", "4"]
    assert "* see the remarks below" in lines


def test_a_long_text_is_cut_between_words_and_shows_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    long = "remark that goes on " * 20
    grid: Rows = [*PARTS, [None, None, None], [f"Note: {long}"]]
    path = write(tmp_path / "bom", "csv", grid)
    (line,) = (line for line in run(path).splitlines() if "Note:" in line)
    assert line.rstrip().endswith(" …")
    assert line.rstrip(" …").split()[-1] in long.split()
    (row,) = (row for row in checked(path).excluded["text"] if "Note:" in row)
    assert len(row) == 120
    assert row.endswith("…")


def test_two_columns_of_numbers_under_unknown_headers_are_hardly_believed(tmp_path: Path) -> None:
    grid: Rows = [
        ["Kram", "Zeug", "Blub", "Viel", "Wo"],
        ["A-1", "Magnet", 7, 4, "x"],
        ["A-2", "Housing", 8, 1, "y"],
        ["A-3", "Shaft", 9, 2, "z"],
    ]
    path = write(tmp_path / "bom", "csv", grid)
    table = json.loads(run(path, "--json"))["tables"][0]
    assert table["confidence"] == 0.3, "assess asks for a mapping below 35 %"
    assert "quantity in column C:D 'Blub' (30%)" in " ".join(run(path).split())


def test_rows_of_substances_are_set_aside_as_they_are_judged(tmp_path: Path) -> None:
    rows: Rows = [
        ["Part Number", "Description", "Qty", "Mass [g]", "Substance", "CAS", "%"],
        ["PN-1", "Ring", "2", "10", "Neodymium", "7440-00-8", "29"],
        ["PN-1", "Ring", "2", "10", "Iron", "7439-89-6", "69"],
        ["PN-1", "Ring", "2", "10", "Boron", "7440-42-8", "1"],
        ["PN-2", "Shaft", "1", "50", "Iron", "7439-89-6", "98"],
        ["PN-3", "Screw", "4", "1", None, None, None],
    ]
    path = write(tmp_path / "bom", "csv", rows)
    shown: dict[str, Any] = json.loads(run(path, "--json"))
    judged = assess(path)
    assert [line["row"] for line in shown["lines"]] == judged.lines["row"].to_list() == [2, 5, 6]
    assert {row["row"]: row["reason"] for row in shown["excluded"]} == dict(
        judged.excluded.select("row", "reason").iter_rows()
    )
