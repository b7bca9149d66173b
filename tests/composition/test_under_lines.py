"""Substances inside a parts list: each part is counted once, and what it declares is used."""

from __future__ import annotations

from pathlib import Path

import pytest

from bomrisk.assessment import Assessment, Companions
from bomrisk.bom.mapping import load
from bomrisk.pipeline import assess


def _assessed(tmp_path: Path, text: str) -> Assessment:
    path = tmp_path / "bom.csv"
    path.write_text(text, encoding="utf-8")
    return assess(path)


def _masses(found: Assessment, part: str) -> dict[str, float | None]:
    """Element masses (g) of the first line of a part."""
    line = found.lines.filter(part_number=part)["line"][0]
    rows = found.contents.collect().to_dicts()
    return {row["element"]: row["mass_likely_g"] for row in rows if row["line"] == line}


def test_rows_of_substances_under_a_part_are_its_declaration(tmp_path: Path) -> None:
    found = _assessed(
        tmp_path,
        "Level,Part Number,Description,Qty,Mass [g],Substance,CAS,Substance mass [g]\n"
        "1,A-1,Motor,1,,,,\n"
        "2,PN-1,Ring magnet,2,10,,,\n"
        ",,,,,Neodymium,7440-00-8,2.9\n"
        ",,,,,Iron,7439-89-6,6.9\n"
        ",,,,,Boron,7440-42-8,0.1\n"
        "2,PN-3,Screw,4,1,,,\n",
    )
    assert found.lines["part_number"].to_list() == ["A-1", "PN-1", "PN-3"]
    assert found.lines["mass_g"].to_list() == [None, 10.0, 1.0]
    assert found.excluded.filter(reason="substance of the part above").height == 3
    masses = _masses(found, "PN-1")
    assert masses["Nd"] == pytest.approx(5.8)
    assert "ndfeb_unspecified" in found.materials["material_id"].to_list()


def test_a_part_repeated_for_each_substance_is_one_line(tmp_path: Path) -> None:
    found = _assessed(
        tmp_path,
        "Part Number,Description,Qty,Mass [g],Substance,CAS,%\n"
        "PN-1,Ring,2,10,Neodymium,7440-00-8,29\n"
        "PN-1,Ring,2,10,Iron,7439-89-6,69\n"
        "PN-1,Ring,2,10,Boron,7440-42-8,1\n"
        "PN-2,Shaft,1,50,Iron,7439-89-6,98\n"
        "PN-3,Screw,4,1,,,\n",
    )
    assert found.lines["part_number"].to_list() == ["PN-1", "PN-2", "PN-3"]
    assert found.lines["mass_g"].to_list() == [10.0, 50.0, 1.0]
    assert _masses(found, "PN-1")["Nd"] == pytest.approx(5.8)
    assert found.lines["material"].to_list() == [None, None, None]


def test_the_only_mass_column_weighs_the_substance_where_one_is_named(tmp_path: Path) -> None:
    found = _assessed(
        tmp_path,
        "Part Number,Description,Qty,Mass [g],Substance,CAS\n"
        "PN-1,Ring,2,2.9,Neodymium,7440-00-8\n"
        ",,,6.9,Iron,7439-89-6\n"
        "PN-2,Shaft,1,50,,\n"
        "PN-1,Ring,1,3.1,Neodymium,7440-00-8\n"
        ",,,6.9,Iron,7439-89-6\n",
    )
    assert found.lines["part_number"].to_list() == ["PN-1", "PN-2", "PN-1"]
    assert found.lines["mass_g"].to_list() == [None, 50.0, None]
    assert _masses(found, "PN-1")["Nd"] == pytest.approx(5.8)
    assert any("other substances here" in text for text in found.notes["text"])


def test_an_element_column_of_a_circuit_is_no_declaration(tmp_path: Path) -> None:
    found = _assessed(
        tmp_path,
        "Part Number,Description,Qty,Element,Weight [g]\n"
        "PN-1,Resistor,2,R1,1\n"
        "PN-2,Diode,1,D1,2\n"
        "PN-3,Coil,1,L1,3\n",
    )
    assert found.lines["part_number"].to_list() == ["PN-1", "PN-2", "PN-3"]
    assert found.lines["mass_g"].to_list() == [1.0, 2.0, 3.0]


def test_a_mapping_that_names_a_sheet_of_substances_makes_it_a_list_of_parts(
    tmp_path: Path,
) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    bom = book.active
    assert bom is not None
    bom.title = "BOM"
    for row in (["Part Number", "Description", "Qty"], ["PN-1", "Ring", 2], ["PN-2", "Shaft", 1]):
        bom.append(row)
    sheet = book.create_sheet("Substances")
    sheet.append(["Part Number", "Substance", "CAS", "Mass [g]"])
    sheet.append(["PN-1", "Neodymium", "7440-00-8", 2.9])
    path = tmp_path / "bom.xlsx"
    book.save(path)
    assert assess(path).lines.filter(sheet="Substances").is_empty()
    named = tmp_path / "named.toml"
    named.write_text(
        'version = 1\n[[layout]]\nid = "a"\n[[layout.table]]\nsheet = "Substances"\nheader_row = 1\n'
        '[layout.table.columns]\npart_number = { column = "A", header = "Part Number" }\n'
        'material = { column = "B", header = "Substance" }\n',
        encoding="utf-8",
    )
    found = assess(path, companions=Companions(mapping=load(named), asked_for=True))
    assert found.lines.filter(sheet="Substances")["material"].to_list() == ["Neodymium"]
    assert "declaration" not in found.materials["field"].to_list()
