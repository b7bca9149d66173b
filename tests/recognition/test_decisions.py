"""What people decided: replayed before all else, shown as theirs, reported when it fits nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bomrisk.errors import InputError, InputErrors
from bomrisk.knowledge import Knowledge
from bomrisk.recognition import read_matches, recognize
from tests.lines import lines_of

HEAD = "text,part_number,material,who,when,why\n"


def matches(tmp_path: Path, *rows: str, head: str = HEAD) -> Path:
    path = tmp_path / "matches.csv"
    path.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def materials(
    knowledge: Knowledge, path: Path, *cells: dict[str, Any]
) -> tuple[list[tuple[int, str]], list[str]]:
    found = recognize(lines_of(cells), knowledge, read_matches(path, knowledge))
    rows = found.materials.select("line", "material_id").rows()
    return rows, found.notes["text"].to_list()


def test_a_decision_outranks_the_tool(tmp_path: Path, knowledge: Knowledge) -> None:
    path = matches(tmp_path, "MAGNET RING,,smco_2_17,QA,2026-01-05,certificate of conformance")
    found = recognize(
        lines_of([{"name": "magnet  ring"}, {"name": "brass nut"}]),
        knowledge,
        read_matches(path, knowledge),
    )
    human, own = found.materials.to_dicts()
    assert human["material_id"] == "smco_2_17"
    assert human["rule"] == "human: QA, 2026-01-05: certificate of conformance"
    assert human["confidence"] == 1.0
    assert human["matched"] == "magnet  ring"
    assert own["material_id"] == "cu_brass"
    assert found.notes.height == 0


def test_none_empties_a_line_and_several_fill_it(tmp_path: Path, knowledge: Knowledge) -> None:
    path = matches(
        tmp_path,
        "brass nut,,none,A,2026-01-01,plastic",
        ",PN-7,al_7075;cu_brass,A,2026-01-01,drawing",
    )
    rows, _ = materials(
        knowledge, path, {"name": "brass nut"}, {"name": "x", "part_number": "pn-7"}
    )
    assert rows == [(1, "al_7075"), (1, "cu_brass")]


def test_text_and_number_must_both_fit(tmp_path: Path, knowledge: Knowledge) -> None:
    path = matches(tmp_path, "ring,PN-1,smco_1_5,A,2026-01-01,drawing")
    rows, notes = materials(
        knowledge,
        path,
        {"name": "ring", "part_number": "PN-2"},
        {"description": "ring", "mpn": "PN-1"},
    )
    assert rows == [(1, "smco_1_5")]
    assert notes == []


def test_the_later_row_wins(tmp_path: Path, knowledge: Knowledge) -> None:
    path = matches(tmp_path, "ring,,smco_1_5,A,2026-01-01,x", "ring,,smco_2_17,B,2026-02-01,y")
    rows, _ = materials(knowledge, path, {"name": "ring"})
    assert rows == [(0, "smco_2_17")]


def test_a_decision_that_a_later_one_contradicts_is_said(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    path = matches(
        tmp_path,
        "ring,,smco_1_5,A,2026-01-01,x",
        "ring,,smco_2_17,B,2026-02-01,y",
        "ring,,smco_2_17,C,2026-03-01,z",
    )
    _, notes = materials(knowledge, path, {"name": "ring"})
    assert notes == [
        "A decided smco_1_5 for the text 'ring' on 2026-01-01, but row 4 of C, 2026-03-01, decides"
        " otherwise and is taken"
    ]


def test_a_decision_that_fits_nothing_is_said(tmp_path: Path, knowledge: Knowledge) -> None:
    path = matches(tmp_path, "gone,PN-9,none,A,2026-01-01,old part")
    _, notes = materials(knowledge, path, {"name": "ring"})
    assert notes == [
        "no line has the text 'gone' and the part number 'PN-9': the decision is not used"
    ]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (",,al_7075,A,2026,x", "neither a text nor a part number"),
        ("ring,,,A,2026,x", "material is empty"),
        ("ring,,al_7075,,2026,x", "who is empty"),
        ("ring,,al_7075,A,2026,", "why is empty"),
        ("ring,,al_7057,A,2026,x", "al_7050"),
    ],
)
def test_a_bad_row_says_what_and_where(
    tmp_path: Path, knowledge: Knowledge, row: str, says: str
) -> None:
    with pytest.raises(InputErrors) as raised:
        read_matches(matches(tmp_path, row), knowledge)
    assert says in str(raised.value)
    assert "row 2" in str(raised.value)


def test_a_bad_role_is_refused(tmp_path: Path, knowledge: Knowledge) -> None:
    head = "text,part_number,material,who,when,why,role\n"
    with pytest.raises(InputErrors, match="role 'whole'"):
        read_matches(matches(tmp_path, "a,,al_7075,A,2026,x,whole", head=head), knowledge)
    (one,) = read_matches(matches(tmp_path, "a,,al_7075,A,2026,x,inside", head=head), knowledge)
    assert one.role == "inside"


def test_a_file_that_is_none_is_refused(tmp_path: Path, knowledge: Knowledge) -> None:
    with pytest.raises(InputError, match="no column who, when, why"):
        read_matches(matches(tmp_path, "a,b,c", head="text,part_number,material\n"), knowledge)
    with pytest.raises(InputError, match="cannot be read"):
        read_matches(tmp_path / "none.csv", knowledge)
    bad = tmp_path / "bad.csv"
    bad.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="UTF-8"):
        read_matches(bad, knowledge)


def test_doubts_are_put_as_questions(knowledge: Knowledge) -> None:
    found = recognize(
        lines_of([{"name": "coated part N42 lot 7"}, {"name": "SmCo magnet N52"}]), knowledge
    )
    doubts = found.doubts.to_dicts()
    assert [doubt["line"] for doubt in doubts] == [0, 1, 1]
    assert doubts[0]["material_id"] == "ndfeb_sintered_n"
    assert "magnet" in doubts[0]["reason"]
    assert doubts[1]["material_id"] is None
    assert doubts[2]["material_id"] == "smco_unspecified"
    assert "not stated" in doubts[2]["reason"]


def test_what_the_type_of_part_alone_says_is_put_as_a_question(knowledge: Knowledge) -> None:
    found = recognize(lines_of([{"name": "BLDC motor 24 V"}]), knowledge)
    inferred = set(found.materials.get_column("material_id"))
    assert inferred
    assert set(found.doubts.get_column("material_id")) == inferred
    assert all("type of part alone" in one for one in found.doubts.get_column("reason"))


def test_a_cut_name_is_completed_from_its_stock_number(knowledge: Knowledge) -> None:
    rows = [
        {"name": "BRACKET,ANGLE,TITAN", "niin": "011234567"},
        {"name": "BRACKET,ANGLE,TITANIUM ALLOY", "niin": "011234567"},
    ]
    found = recognize(lines_of(rows), knowledge).materials
    assert found["line"].to_list() == [0, 1]
    assert set(found["material_id"]) == {"ti_unspecified"}


def test_a_cut_name_is_completed_by_its_supply_class_and_that_is_said(knowledge: Knowledge) -> None:
    rows = [
        {"name": "GENERATOR,PERMANENT", "fsc": "6115"},
        {"name": "GENERATOR,PERMANENT", "fsc": "5340"},
        {"name": "CAPACITOR,FIXED,TAN", "fsc": "5910"},
        {"name": "CAPACITOR,FIXED,TAN"},
    ]
    found = recognize(lines_of(rows), knowledge)
    named = found.materials.filter(~found.materials.get_column("inferred"))
    said = dict(named.select("line", "material_id").rows())
    assert said == {0: "permanent_magnet_unspecified", 2: "cap_tantalum_unspecified"}
    notes = found.notes.filter(found.notes.get_column("kind") == "name")
    assert notes.get_column("line").to_list() == [0, 2]
    assert "read as GENERATOR,PERMANENT MAGNET" in notes.get_column("text")[0]
    assert "supply class 6115" in notes.get_column("text")[0]
