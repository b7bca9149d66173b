"""A large sheet is read while its rows are still scanned: the same lines, and nothing far gets through."""

from __future__ import annotations

from pathlib import Path

import pytest

from bomrisk import bom
from bomrisk.bom import ahead, sheetscan
from bomrisk.bom.archive import Archive
from bomrisk.bom.limits import Limits
from bomrisk.errors import InputError
from tests.bom.test_read_hostile import SHEET
from tests.bom.writers import Row, Rows, sheet_xml, xlsx_of_parts

HEAD: Row = ["Level", "Part Number", "Description", "Qty"]
BODY: Rows = [[1.0 + n % 3, f"P-{n}", f"BRACKET {n}", float(n % 7)] for n in range(400)]
ROWS: Rows = [HEAD, *BODY]


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every sheet counts as large and comes in small pieces; the names of those that were read ahead."""
    monkeypatch.setattr(ahead, "FROM_BYTES", 0)
    monkeypatch.setattr(sheetscan, "_BATCH", 2000)
    seen: list[str] = []
    scan = ahead.scan_behind

    def noted(
        found: ahead.Ahead, archive: Archive, sheet: sheetscan.SheetScan, styles: sheetscan.Styles
    ) -> None:
        seen.append(sheet.name)
        scan(found, archive, sheet, styles)

    monkeypatch.setattr("bomrisk.bom.ooxml.scan_behind", noted)
    return seen


def _marked() -> str:
    """Hidden and grouped rows, a failed formula, and a text merged over three rows."""
    xml = sheet_xml(ROWS)
    xml = xml.replace('<row r="7">', '<row r="7" hidden="1">').replace(
        '<row r="9">', '<row r="9" outlineLevel="2">'
    )
    error = '<c r="C12" t="e"><v>#REF!</v></c>'
    start = xml.index('<c r="C12"')
    xml = xml[:start] + error + xml[xml.index("</c>", start) + 4 :]
    merged = '<mergeCells><mergeCell ref="C20:C22"/></mergeCells>'
    return xml.replace("</sheetData>", f"</sheetData>{merged}")


def test_the_same_lines_and_notes_as_one_after_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, large: list[str]
) -> None:
    path = xlsx_of_parts(tmp_path / "a.xlsx", _marked())
    beside = bom.read(path)
    assert len(large) == 1
    monkeypatch.setattr(ahead, "FROM_BYTES", 1 << 40)
    after = bom.read(path)
    assert len(large) == 1
    assert beside.lines.equals(after.lines)
    assert beside.notes.equals(after.notes)
    assert beside.excluded.equals(after.excluded)
    assert "#REF!" in (beside.lines["description"].to_list())
    assert any("hidden" in text for text in beside.notes["text"])


@pytest.mark.parametrize(
    "row",
    [
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
        '<row r="900"><c r="A99999999"><v>1</v></c></row>',
        '<row r="900"><x:c r="XFD900"><v>1</v></x:c></row>',
        '<row r="900">' + "<c><v>1</v></c>" * 1100 + "</row>",
    ],
)
def test_what_reaches_far_is_not_read_ahead(tmp_path: Path, large: list[str], row: str) -> None:
    xml = sheet_xml(ROWS).replace("</sheetData>", f"{row}</sheetData>")
    with pytest.raises(InputError, match="beyond the limit"):
        bom.read(xlsx_of_parts(tmp_path / "a.xlsx", xml))
    assert large == []


def test_narrow_limits_are_kept(tmp_path: Path, large: list[str]) -> None:
    path = xlsx_of_parts(tmp_path / "a.xlsx", sheet_xml(ROWS))
    with pytest.raises(InputError, match="beyond the limit"):
        bom.read(path, limits=Limits(rows=100))
    assert large == []


def test_what_the_rest_of_the_scan_refuses_is_refused(tmp_path: Path, large: list[str]) -> None:
    xml = sheet_xml(ROWS).replace("</sheetData>", '<row r="99999999"/></sheetData>')
    with pytest.raises(InputError, match=r"row 99,999,999"):
        bom.read(xlsx_of_parts(tmp_path / "a.xlsx", xml))
    assert large == ["BOM"]


@pytest.mark.usefixtures("large")
def test_a_late_document_type_is_refused(tmp_path: Path) -> None:
    head, rows, tail = SHEET.partition("<worksheet")
    late = " " * 70_000 + "<!DOCTYPE x>"
    with pytest.raises(InputError, match="document type"):
        bom.read(xlsx_of_parts(tmp_path / "a.xlsx", head + late + rows + tail))
