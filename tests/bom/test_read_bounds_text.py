"""Texts, pages, XML and catalogues that claim, point or nest beyond all bounds: refused, or read by what they hold."""

from __future__ import annotations

import struct
from pathlib import Path

import polars as pl
import pytest

from bomrisk.bom import Limits
from tests.bom.test_read_bounds import FAR, put
from tests.bom.test_read_files import PARTS, checked, csv_text, html_text, xml2003_text
from tests.bom.test_read_hostile import refused
from tests.bom.writers import Rows


def test_texts_of_odd_shape(tmp_path: Path) -> None:
    head = "Part Number,Qty\nA-1,1\n"
    refused(put(tmp_path / "bom.csv", f"{head}A-2{',' * 1_000_000}\n"), "1,000,001 fields")
    refused(put(tmp_path / "bom.csv", '"' * 300_001), "text of")
    refused(put(tmp_path / "bom.csv", '"\n' * 100_000), "empty")
    refused(put(tmp_path / "bom.csv", 'a"b,"c\n' * 50_001), "no parts list")
    refused(put(tmp_path / "bom.csv", '"a' * 100_000), "text of")
    refused(put(tmp_path / "bom.csv", head + "A-2," + "\0" * 1_000_000), "binary")


def test_halves_of_surrogate_pairs(tmp_path: Path) -> None:
    text = "Part Number,Qty\nA-1,1\n".encode("utf-16-le") + b"\x00\xd8" * 9 + b",\x003\x00\n"
    assert checked(put(tmp_path / "bom.csv", b"\xff\xfe" + text)).lines["part_number"][0] == "A-1"


@pytest.mark.parametrize("piece", ["<!--", "<![CDATA[", "<?", "<!", "</", "<", "&#x", "<script>", "<!-- >", "<div>", "<a b=\""])  # fmt: skip
def test_markup_that_is_never_closed(tmp_path: Path, piece: str) -> None:
    """Each piece would be searched for its end through all those that follow."""
    rows = html_text(PARTS).partition("</table>")[0]
    bom = checked(put(tmp_path / "bom.xls", rows + piece * 100_000))
    assert bom.lines["part_number"].to_list() == ["A-1", "A-2", "A-3"]


def test_pages_beyond_bounds(tmp_path: Path) -> None:
    refused(put(tmp_path / "bom.html", "<table><tr><td>x</table>" * 5_000), "256 tables")
    digits = html_text(PARTS).replace("<td>Shaft", f"<td colspan={'9' * 10_000}>Shaft")
    assert checked(put(tmp_path / "bom.html", digits)).lines.height == 3


def test_far_cells_of_excel_2003_xml(tmp_path: Path) -> None:
    path = tmp_path / "bom.xml"
    whole = xml2003_text(PARTS)
    for row, column in ((999_999_999, 1), (5, 99_999), (4_999_999, 1_000)):
        refused(put(path, whole.replace("</Table>", FAR.format(row, column) + "</Table>")), "beyond" if row != 4_999_999 else "cells")  # fmt: skip
    one = f"<Worksheet><Table>{FAR.format(900_000, 1)}</Table></Worksheet>"
    refused(put(path, whole.replace("</Workbook>", one * 50 + "</Workbook>")), "row")
    refused(
        put(path, whole.replace("</Workbook>", "<Worksheet/>" * 9_999 + "</Workbook>")), "sheets"
    )
    refused(put(path, whole.replace("<Row>", "<a>" * 50_000 + "<Row>", 1)), "deeper")


def test_data_outside_of_cells_of_excel_2003_xml(tmp_path: Path) -> None:
    stray = xml2003_text(PARTS).replace("<Row>", "<Data>y</Data><Row><Data>z</Data>", 1)
    assert checked(put(tmp_path / "bom.xml", stray)).lines.height == 3


def test_catalogues_beyond_bounds(tmp_path: Path) -> None:
    path = tmp_path / "bom.parquet"
    pl.DataFrame({f"c{at}": [1] for at in range(2_000)}).write_parquet(path)
    refused(path, "2,000 columns")
    frame = pl.DataFrame({"Part Number": ["A"], "Qty": [1]})
    frame.select(pl.all().repeat_by(200_000).explode()).write_parquet(path)
    refused(path, "200,000 rows", limits=Limits(rows=100_000))
    texts = pl.DataFrame({"Part Number": ["x" * 200_000], "Qty": [1]})
    texts.select(pl.all().repeat_by(1_000).explode()).write_parquet(path)
    refused(path, "text of")
    data = bytearray(path.read_bytes())
    struct.pack_into("<I", data, len(data) - 8, 2**32 - 1)
    refused(put(path, bytes(data)), "Parquet")


def test_a_circle_of_parents_and_levels_together(tmp_path: Path) -> None:
    """Where the parent column leaves a line without parent and its level gives one below itself."""
    rows: Rows = [
        ["Level", "Part Number", "Parent", "Qty"],
        ["1", "C", "B", 1],
        ["2", "B", "Z", 1],
        ["1", "D", None, 1],
        ["2", "E", "D", 1],
    ]
    bom = checked(put(tmp_path / "bom.csv", csv_text(rows)))
    assert bom.lines["part_number"].to_list() == ["C", "B", "D", "E"]
    assert bom.lines["rolled_up"].to_list() == [None, None, 1, 1]


def test_headers_that_repeat_at_once_and_overlap(tmp_path: Path) -> None:
    """A header of two rows whose second row begins the next one leaves no rows of a negative count."""
    head = "Lvl,Part No,Nomenclature,Qty Per Assy\n"
    rows = csv_text([["1", "P1", "PUMP", 1], ["2", "P2", "ROTOR", 2]])
    bom = checked(put(tmp_path / "bom.csv", head * 4 + rows + '""\n' + head * 3 + rows))
    assert bom.lines["part_number"].to_list() == ["P1", "P2", "P1", "P2"]
