"""The script that builds the tables: one word per stage and commodity, one grade, the same bytes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tools.knowledge.facts import commodity_stage, grade, law_stages, source_ids
from tools.knowledge.supply import _plant, _supersede
from tools.knowledge.writing import write_records, write_table


@pytest.mark.parametrize(
    ("commodity", "stage", "expected"),
    [
        ("Nd", "separation", ("Nd", "separated")),
        ("W", "refining", ("W", "separated")),
        ("NdFeB magnet", "magnet", ("NdFeB", "sintered")),
        ("NdFeB alloy", "alloy", ("NdFeB", "melted")),
        ("steel", "metal", ("steel", "melted")),
        ("Ti", "metal", ("Ti", "reduced")),
        ("Mn", "alloy", ("FeMn", "melted")),
        ("FeMn/SiMn", "alloy", ("FeMn", "melted")),
        ("HREE(Tb-Lu)", "mining", ("HREE", "mined")),
        ("Ta", "refining_export_proxy", ("Ta", "refining export proxy")),
    ],
)
def test_one_name_per_commodity_and_stage(
    commodity: str, stage: str, expected: tuple[str, str]
) -> None:
    assert commodity_stage(commodity, stage) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("verified", ("verified", "")),
        ("verified (repeated claim)", ("verified", "repeated claim")),
        ("verified: SmCo magnets", ("verified", "SmCo magnets")),
        ("recalled (a: b, c) and d", ("recalled", "(a: b, c) and d")),
        ("name seen; values not seen", ("recalled", "name seen; values not seen")),
        ("derived from verified inputs", ("derived", "from verified inputs")),
    ],
)
def test_a_grade_and_its_remark(text: str, expected: tuple[str, str]) -> None:
    assert grade(text) == expected


def test_a_text_without_a_grade_stops_the_build() -> None:
    with pytest.raises(ValueError, match="no grade"):
        grade("probably")


def test_lists() -> None:
    assert law_stages("metal;alloy; magnet") == "reduced;melted;sintered"
    assert law_stages("cracking") == "cracking"
    assert source_ids("A_1 + B_2; A_1") == "A_1;B_2"


def test_an_update_stands_in_front_of_the_plant() -> None:
    row = {
        "facility": "Mill",
        "company": "Old",
        "country_iso3": "USA",
        "location": "Texas",
        "stages": "mining",
        "products": "ore",
        "status": "planned",
        "nameplate": "10",
        "unit": "t/y",
        "source_id": "S_OLD",
        "evidence": "recalled",
        "note": "old note",
    }
    plant = _plant(row, "2024")
    newer = {"status": "operating", "nameplate": "", "source_id": "S_NEW", "evidence": "verified"}
    _supersede(plant, _plant(row | newer | {"note": "new note"}, "2026-05-01"), "Mill")
    assert (plant["status"], plant["status_date"], plant["evidence"]) == (
        "operating",
        "2026-05-01",
        "verified",
    )
    assert (plant["earlier_status"], plant["earlier_status_date"]) == ("planned", "2024")
    assert (plant["earlier_evidence"], plant["earlier_source_ids"]) == ("recalled", "S_OLD")
    assert (plant["capacity"], plant["capacity_unit"]) == ("10", "t/y")


def test_what_is_written_is_plain_and_stable(tmp_path: Path) -> None:
    record = {"id": "x", "composition": {"Nd": [1, 2, 3]}, "implies": [{"a": 1}], "names": ["钕"]}
    path = tmp_path / "records.json"
    write_records(path, [record, {"id": "y", "composition": {}}])
    text = path.read_text("utf-8")
    assert '      "Nd": [1, 2, 3]\n' in text
    assert "钕" in text
    assert json.loads(text) == [record, {"id": "y", "composition": {}}]
    table = tmp_path / "table.csv"
    assert write_table(table, ("a", "b"), [{"a": "1,2"}]) == 1
    assert table.read_bytes() == b'a,b\n"1,2",\n'
    with pytest.raises(ValueError, match="dict contains fields"):
        write_table(table, ("a",), [{"a": "1", "c": "2"}])
