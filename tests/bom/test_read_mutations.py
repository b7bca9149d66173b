"""Whatever happens to the bytes of a file: it is read with every row accounted for, or refused in one line."""

from __future__ import annotations

import tempfile
import time
import zipfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bomrisk.bom import Limits, read
from bomrisk.errors import InputError
from tests.bom.test_read_files import KINDS, Rows, csv_text, write

ROWS: Rows = [
    ["Level", "Part Number", "Description", "Qty", "Unit", "Mass [g]"],
    ["1", "A-1", "Rotor Ø 8", 4.0, "EA", 12.5],
    ["2", "A-2", "Magnet", 1.5, "kg", None],
    ["1", "A-3", "Total", None, None, 40.0],
    [None, None, None, None, None, None],
    ["1", "00012", "Shaft", 2.0, "EA", 40.0],
]
SMALL = Limits(file_bytes=1 << 20, unpacked_bytes=8 << 20, cells=200_000, columns=200, rows=50_000)
CASES = [*KINDS, "utf-16", "gb18030"]


@cache
def valid(kind: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "bom")
        if kind in ("utf-16", "gb18030"):
            path.write_bytes(csv_text(ROWS).replace("Ø", "磁铁").encode(kind))
        elif kind == "parquet":
            write(path, kind, [[str(cell) for cell in row] for row in ROWS])
        else:
            write(path, kind, ROWS)
        return path.read_bytes()


def holds(data: bytes, *, name: str = "bom.xlsx") -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        begun = time.perf_counter()
        said = f"{name}; read"
        try:
            bom = read(path, limits=SMALL)
        except InputError as error:
            said = str(error)
        else:
            assert bom.lines.height + bom.excluded.height == bom.rows_read
            assert bom.lines["line_id"].n_unique() == bom.lines.height
        assert "\n" not in said
        assert name in said
        assert "; " in said
        assert time.perf_counter() - begun < 5


EDIT = st.tuples(
    st.sampled_from(("change", "insert", "remove", "double", "cut")),
    st.floats(0, 1),
    st.binary(min_size=1, max_size=6) | st.sampled_from((b"\0", b'"', b"\n", b"\xff", b"\xef\xbb\xbf", b"<", b">", b"PK\5\6", b"999999999", b"\t;,", b"-1e999")),
)  # fmt: skip


def edited(data: bytes, edits: list[tuple[str, float, bytes]]) -> bytes:
    for what, share, piece in edits:
        at = int(share * max(0, len(data) - 1))
        if what == "change":
            data = data[:at] + piece + data[at + len(piece) :]
        elif what == "insert":
            data = data[:at] + piece + data[at:]
        elif what == "remove":
            data = data[:at] + data[at + 4 * len(piece) :]
        elif what == "double":
            data = data[:at] + data[max(0, at - 60) :]
        else:
            data = data[:at]
    return data


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@pytest.mark.parametrize("kind", CASES)
@given(edits=st.lists(EDIT, min_size=1, max_size=4))
def test_edited_bytes(kind: str, edits: list[tuple[str, float, bytes]]) -> None:
    holds(edited(valid(kind), edits))


PARTS_OF = {
    "xlsx": ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"),
    "ods": ("content.xml",),
}  # fmt: skip


def repacked(kind: str, member: str, edits: list[tuple[str, float, bytes]]) -> bytes:
    """The workbook with one edited part, packed soundly, so that the edit reaches the reader."""
    with tempfile.TemporaryDirectory() as folder:
        path, other = Path(folder, "bom"), Path(folder, "other")
        path.write_bytes(valid(kind))
        with zipfile.ZipFile(path) as archive, zipfile.ZipFile(other, "w") as new:
            for name in archive.namelist():
                content = archive.read(name)
                new.writestr(name, edited(content, edits) if name == member else content)
        return other.read_bytes()


@settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@pytest.mark.parametrize(
    ("kind", "member"), [(kind, member) for kind, members in PARTS_OF.items() for member in members]
)
@given(edits=st.lists(EDIT, min_size=1, max_size=3))
def test_edited_parts_of_a_workbook(
    kind: str, member: str, edits: list[tuple[str, float, bytes]]
) -> None:
    holds(repacked(kind, member, edits))


CELL = st.sampled_from(
    ("", "", "Part Number", "Qty", "Level", "Parent", "Item No.", "Description", "Mass [kg]", "A-1", "A-2", "Magnet", "1", "2", "1.1", "1.2.1", "..2", "AR", "Total", "-", "1,5", "200g", "磁铁", "note: x")
)  # fmt: skip


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    rows=st.lists(st.lists(CELL, min_size=2, max_size=6), min_size=1, max_size=14),
    headed=st.booleans(),
)
def test_any_grid_of_plausible_cells(rows: list[list[str]], *, headed: bool) -> None:
    head = [["Level", "Part Number", "Parent", "Description", "Qty", "Unit"]] if headed else []
    holds(csv_text([*head, *rows]).encode(), name="bom.csv")
