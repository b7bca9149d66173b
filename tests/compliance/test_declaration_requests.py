"""Requests: each supplier his lines only, in a workbook that is plain, safe and the same each time."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from bomrisk.compliance import ContractFacts
from bomrisk.compliance.declarations import (
    read_manifest,
    requests,
    workbook_bytes,
    write_manifest,
)
from bomrisk.compliance.declarations.checker import checked_keys
from bomrisk.compliance.declarations.columns import CELL_LIMIT, COLUMNS, STAGES
from bomrisk.errors import BomriskError
from tests.compliance.declared import (
    KNOWLEDGE,
    SOUND,
    WITHOUT,
    asked,
    bom,
    fill,
    magnets,
    saved_by_libreoffice,
    sent,
)


def test_each_supplier_gets_his_lines_only_and_is_merged_by_cage_and_name() -> None:
    first, second = asked()
    assert first.supplier.cage == "1ABC2"
    assert [row.part_number for row in first.rows] == ["M-1", "M-2"]
    assert [row.why for row in first.rows] == ["named in the BOM", "the type of part suggests it"]
    assert first.supplier.merged is not None
    assert "EXAMPLE MAGNETS" in first.supplier.merged
    assert [row.part_number for row in second.rows] == ["W-1"]
    assert second.supplier.merged is None


def test_specialty_metals_are_asked_when_the_platform_is_stated() -> None:
    lines, materials = bom()
    materials = materials.with_columns(
        material_id=pl.when(pl.col("line") == 3).then(pl.lit("ti_6al4v")).otherwise("material_id")
    )

    def parts(contract: ContractFacts) -> set[str]:
        found = requests(lines, materials, KNOWLEDGE, contract=contract)
        return {row.part_number for request in found for row in request.rows}

    assert "B-1" not in parts(ContractFacts())
    assert "B-1" in parts(ContractFacts(platform="aircraft"))


def test_the_workbook_is_plain_safe_and_the_same_each_time() -> None:
    data = workbook_bytes(magnets())
    assert data == workbook_bytes(magnets())
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert not [name for name in names if "vba" in name.lower()]
    book = openpyxl.load_workbook(io.BytesIO(data))
    formulas = 0
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert sheet.title == "Checker"
                    formulas += 1
                elif isinstance(cell.value, str):
                    assert len(cell.value) <= CELL_LIMIT
    assert formulas > 10
    assert book["_id"].sheet_state == "hidden"
    text = " ".join(str(c.value) for row in book["Read me"].iter_rows() for c in row if c.value)
    assert "shall insert the substance of this clause" in text
    assert "252.225-7052 (MAY 2024)" in text
    assert "2026-12-15" in text


def test_stages_that_do_not_apply_are_filled_in() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(workbook_bytes(asked()[1])))["Answers"]
    values = {column.key: sheet.cell(3, at).value for at, column in enumerate(COLUMNS, start=1)}
    assert values["sintered_country"] == "not applicable"
    assert values["consolidated_country"] is None
    assert values["row_id"] == asked()[1].rows[0].row_id


def test_the_manifest_keeps_what_was_asked(tmp_path: Path) -> None:
    write_manifest(tmp_path / "requests.json", asked())
    assert read_manifest(tmp_path / "requests.json") == asked()
    (tmp_path / "bad.json").write_text("{}", encoding="utf-8")
    with pytest.raises(BomriskError, match="no manifest"):
        read_manifest(tmp_path / "bad.json")
    with pytest.raises(BomriskError, match="cannot be read"):
        read_manifest(tmp_path / "none.json")


def test_columns_of_stages_that_nobody_is_asked_are_hidden_and_needed_ones_starred() -> None:
    from openpyxl.utils import get_column_letter

    sheet = openpyxl.load_workbook(io.BytesIO(sent()))["Answers"]
    places = {column.key: at for at, column in enumerate(COLUMNS, start=1)}

    def hidden(key: str) -> bool:
        return bool(sheet.column_dimensions[get_column_letter(places[key])].hidden)

    assert hidden("atomized_country")
    assert hidden("consolidated_lot")
    assert not hidden("melted_country")
    assert not hidden("mass_known")
    heads = {key: str(sheet.cell(2, at).value) for key, at in places.items()}
    assert heads["respondent_part"].startswith("your part number *")
    assert " *" not in heads["grade"]


def test_every_stage_has_its_columns() -> None:
    keys = [column.key for column in COLUMNS]
    for stage in STAGES:
        for what in ("country", "facility", "evidence"):
            assert keys.count(f"{stage}_{what}") == 1


def test_identity_and_what_is_needed_stand_first() -> None:
    keys = [column.key for column in COLUMNS]
    needed = {key for request in asked() for row in request.rows for key in checked_keys(row)}
    optional = ("grade", "quantity", "mined_facility", "evidence_issuer", "recycled")
    assert max(map(keys.index, needed)) < min(map(keys.index, optional))
    assert keys[:3] == ["row_id", "part_number", "material"]
    assert openpyxl.load_workbook(io.BytesIO(sent()))["Answers"].freeze_panes == "D3"


def test_no_text_is_cut_by_the_height_of_its_row() -> None:
    book = openpyxl.load_workbook(io.BytesIO(sent()))
    for sheet in (book["Read me"], book["Answers"], book["Signature"], book["Checker"]):
        for row in sheet.iter_rows():
            for cell in row:
                if not isinstance(cell.value, str) or not cell.alignment.wrap_text:
                    continue
                width = sheet.column_dimensions[cell.column_letter].width
                lines = sum(-(-len(part) // int(width)) for part in cell.value.split("\n"))
                height = sheet.row_dimensions[cell.row].height or 15
                assert height >= 15 * lines or sheet.row_dimensions[cell.row].hidden, cell.value


def _checker(tmp_path: Path, answers: dict[int, dict[str, Any]]) -> dict[tuple[int, str], str]:
    """What the Checker says of each row and column once LibreOffice has reckoned it."""
    saved = saved_by_libreoffice(tmp_path, fill(sent(), answers))
    book = openpyxl.load_workbook(io.BytesIO(saved), data_only=True)
    sheet = book["Checker"]
    heads = [str(cell.value) for cell in sheet[2]]
    return {
        (row, head): str(sheet.cell(row, at).value)
        for row in (3, 4)
        for at, head in enumerate(heads, start=1)
    }


def test_the_checker_asks_for_what_an_answer_needs_and_no_more(tmp_path: Path) -> None:
    none = {**WITHOUT, "contains": "contains none", "scope": "part", "lot": None}
    said = _checker(tmp_path, {0: none, 1: {**SOUND, "lot": None, "exception": "COTS"}})
    assert {value for (row, _), value in said.items() if row == 3} == {"3", "M-1", "ok"}
    assert said[4, "lot / heat / serials / date codes"] == "fill in"
    assert said[4, "basis of the exception"] == "fill in"
    assert said[4, "country where mined"] == "fill in"
    assert said[4, "country where magnetized"] == "ok"
