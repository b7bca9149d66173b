"""Lines: columns weigh differently, confirm each other, and contradict each other in the open."""

from __future__ import annotations

from typing import Any

import polars as pl

from bomrisk.knowledge import Knowledge
from bomrisk.recognition import recognize
from bomrisk.tables import MATERIALS, NOTES
from tests.lines import lines_of


def found(knowledge: Knowledge, **cells: Any) -> list[dict[str, Any]]:
    return recognize(lines_of([cells]), knowledge).materials.to_dicts()


def test_the_frames_have_their_columns(knowledge: Knowledge) -> None:
    result = recognize(lines_of([{"description": "N42SH magnet"}, {"name": "washer"}]), knowledge)
    later = {"case", *(name for name in MATERIALS.names if name.startswith(("fraction", "mass_")))}
    assert (
        result.materials.columns == [name for name in MATERIALS.names if name not in later]
        or set(result.materials.columns) == set(MATERIALS.names) - later
    )
    assert result.notes.columns == list(NOTES.names)
    assert result.materials["line"].to_list() == [0]


def test_nothing_recognized_is_an_empty_frame(knowledge: Knowledge) -> None:
    result = recognize(lines_of([{"name": "washer"}]), knowledge)
    assert result.materials.height == 0
    assert result.notes.height == 0
    assert recognize(lines_of([]), knowledge).materials.height == 0


def test_a_row_says_where_and_why(knowledge: Knowledge) -> None:
    (row,) = found(knowledge, name="Rotor", description="arc magnet N42SH, epoxy")
    assert row["material_id"] == "ndfeb_sintered_sh"
    assert row["field"] == "description"
    assert row["matched"] == "N42SH"
    assert (row["span_start"], row["span_end"]) == (11, 16)
    assert "suffix SH" in row["rule"]
    assert row["inferred"] is False
    assert row["part_rule"] is None


def test_one_column_confirms_another(knowledge: Knowledge) -> None:
    rows = found(knowledge, name="Magnet, ring", description="N52 coated lot A")
    assert [row["material_id"] for row in rows] == ["ndfeb_sintered_n"]
    assert not found(knowledge, name="Housing", description="N52 coated lot A")
    vane = found(knowledge, name="turbine vane", notes="713C")
    assert "inconel_713c" in {row["material_id"] for row in vane}


def test_a_material_column_says_enough(knowledge: Knowledge) -> None:
    for text, material in (("7075", "al_7075"), ("304", "ss_304"), ("N45", "ndfeb_sintered_n")):
        (row,) = found(knowledge, name="Part", material=text)
        assert row["material_id"] == material
        assert row["field"] == "material"


def test_the_material_column_outranks_a_description_and_says_so(knowledge: Knowledge) -> None:
    result = recognize(lines_of([{"name": "magnet N42SH", "material": "SmCo 2:17"}]), knowledge)
    assert result.materials["material_id"].to_list() == ["smco_2_17"]
    (note,) = result.notes.to_dicts()
    assert note["kind"] == "conflict"
    assert note["row"] == 2
    assert "N42SH" not in result.materials["matched"].to_list()
    assert "42 MGOe" in note["text"]


def test_a_conflict_inside_a_cell_is_a_note(knowledge: Knowledge) -> None:
    result = recognize(lines_of([{"description": "SmCo magnet N52"}]), knowledge)
    assert result.materials["material_id"].to_list() == ["smco_unspecified"]
    assert "nothing was picked" in result.notes["text"][0]


def test_parts_are_inferred_and_apart(knowledge: Knowledge) -> None:
    rows = {row["material_id"]: row for row in found(knowledge, description="Servo motor 400 W")}
    magnet = rows["ndfeb_sintered_sh"]
    assert magnet["inferred"] is True
    assert magnet["part_rule"] == "servo_motor"
    assert magnet["confidence"] == 0.75
    assert "part rule" in magnet["rule"]


def test_a_named_magnet_replaces_the_inferred_one(knowledge: Knowledge) -> None:
    rows = {
        row["material_id"]: row
        for row in found(knowledge, description="BLDC motor with N42SH magnets")
    }
    assert rows["ndfeb_sintered_sh"]["inferred"] is False
    assert rows["ndfeb_sintered_sh"]["part_rule"] == "bldc_motor"
    assert "ndfeb_sintered_h" not in rows
    assert rows["cu_pure"]["inferred"] is True


def test_part_numbers_count_only_where_they_are_types(knowledge: Knowledge) -> None:
    (row,) = found(knowledge, name="C1", mpn="T491A475K010AT")
    assert row["material_id"] == "cap_tantalum_mno2"
    assert row["field"] == "mpn"
    assert not found(knowledge, name="Bracket", part_number="N42SH-0001")
    assert not found(knowledge, name="Bracket", part_number="A286-7075-T6")


def test_equal_lines_give_equal_rows_and_order_does_not_matter(knowledge: Knowledge) -> None:
    cells = [{"description": "brass nut"}, {"description": "N42SH"}, {"description": "brass nut"}]
    forward = recognize(lines_of(cells), knowledge).materials
    backward = recognize(lines_of(cells[::-1]), knowledge).materials
    assert forward["material_id"].to_list() == ["cu_brass", "ndfeb_sintered_sh", "cu_brass"]
    assert backward["material_id"].to_list() == forward["material_id"].to_list()[::-1]
    assert forward["line"].dtype == pl.UInt32
