"""Answers as they stand in a returned file: cells by their keys, whatever became of sheets and order.

Nothing is ever evaluated: a formula in an answer is a fault of its row, not a value.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from bomrisk.bom.archive import Archive
from bomrisk.bom.container import kind_of
from bomrisk.bom.limits import MEBI, Limits
from bomrisk.compliance.declarations.columns import BY_KEY, SIGNATURE
from bomrisk.compliance.declarations.plain import SIGN, unsafe
from bomrisk.compliance.declarations.workbook import MARK
from bomrisk.errors import InputError

LIMITS = Limits(file_bytes=64 * MEBI, unpacked_bytes=512 * MEBI, cells=4_000_000)
ROWS = 100_000
COLUMNS = 400

FORMULA = "\x00formula"
"""Stands for a cell that holds a formula."""


@dataclass(frozen=True, slots=True)
class Row:
    """One answered row: where it stands, and its cells by key; empty cells are left out."""

    sheet: str
    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Returned:
    """A returned file: identity, request, rows, signature, and what is odd about it."""

    file: str
    sha256: str
    request: str | None
    rows: tuple[Row, ...]
    signature: Mapping[str, str]
    remarks: tuple[str, ...] = field(default=())


def read_returned(path: Path) -> Returned:
    """Read a workbook or CSV that answers a request. Raises `InputError` for anything else."""
    data = _bytes(path)
    kind = kind_of(data, path.name)
    if kind == "xlsx":
        return _workbook(path.name, data)
    if kind == "text":
        return _text(path.name, data)
    raise InputError(
        f"is a file of kind {kind}, and no answer",
        mend="ask for it as .xlsx or .csv",
        file=path.name,
    )


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LIMITS.file_bytes:
            raise InputError("too large for an answer", mend="name the right file", file=path.name)
        return path.read_bytes()
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror})", mend="name an existing file", file=path.name
        ) from error


def check_archive(data: bytes, file: str) -> None:
    """Refuse a workbook that unpacks too far or brings its own XML entities."""
    archive = Archive(data, file, LIMITS)
    for name in archive.members:
        head = b""
        for block in archive.blocks(name):
            window = head + block
            if name.lower().endswith((".xml", ".rels")) and b"<!ENTITY" in window:
                raise InputError(
                    "the workbook defines XML entities, which no spreadsheet program writes",
                    mend="do not trust this file; ask its sender for a clean copy",
                    file=file,
                )
            head = window[-16:]


def sheets_of(data: bytes, file: str, *, values: bool) -> Iterator[tuple[str, list[list[object]]]]:
    """The sheets of a workbook as rows of cells; `values` asks for stored results instead of formulas."""
    from openpyxl import load_workbook

    check_archive(data, file)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=values, keep_links=False)
        try:
            for sheet in book.worksheets:
                cells = sheet.iter_rows(max_row=ROWS, max_col=COLUMNS)
                rows: list[list[object]] = [
                    [FORMULA if cell.data_type == "f" else cell.value for cell in row]
                    for row in cells
                ]
                yield sheet.title, rows
        finally:
            book.close()
    except InputError:
        raise
    except Exception as error:
        raise InputError(
            "the workbook is damaged", mend="ask for it again, saved as .xlsx", file=file
        ) from error


def text_of(value: object) -> str:
    """A cell as text; days as yyyy-mm-dd, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())


def _cell(value: object) -> str:
    if value == FORMULA:
        return FORMULA
    return unsafe(text_of(value))


def _workbook(file: str, data: bytes) -> Returned:
    rows: list[Row] = []
    signature: dict[str, str] = {}
    request: str | None = None
    marked = False
    for name, cells in sheets_of(data, file, values=False):
        if cells and text_of(cells[0][0] if cells[0] else None) == "mark":
            pairs = {text_of(row[0]): text_of(row[1]) for row in cells if len(row) > 1}
            marked = pairs.get("mark") == MARK
            request = pairs.get("request") or None
            continue
        keys = _keys(cells)
        if keys is not None:
            rows += _rows(name, cells, *keys)
        else:
            signature |= _signed(cells)
    if not rows and not marked:
        raise InputError(
            "holds no answers to a request",
            mend="give back the workbook of 'declare request', its hidden rows included",
            file=file,
        )
    remarks = (
        ()
        if marked
        else ("the hidden sheet of the request is gone: rows are matched by their ids",)
    )
    return Returned(file, _sha(data), request, tuple(rows), signature, remarks)


def _keys(cells: list[list[object]]) -> tuple[int, dict[int, str]] | None:
    """The row of column keys, wherever it slid to, and the key of each column."""
    for at, row in enumerate(cells[:20]):
        named = {column: text_of(value) for column, value in enumerate(row)}
        keys = {column: name for column, name in named.items() if name in BY_KEY}
        if "row_id" in keys.values() and len(keys) > 5:
            return at, keys
    return None


def _rows(name: str, cells: list[list[object]], at: int, keys: Mapping[int, str]) -> list[Row]:
    found = []
    for number, row in enumerate(cells[at + 1 :], start=at + 2):
        values = {key: _cell(row[column]) for column, key in keys.items() if column < len(row)}
        values = {key: value for key, value in values.items() if value}
        if not values or values.get("row_id") == BY_KEY["row_id"].header:
            continue
        found.append(Row(name, number, values))
    return found


def _signed(cells: list[list[object]]) -> dict[str, str]:
    """The signature's fields and, as `statement`, what stands above them; nothing of any other sheet.

    A word such as "company" stands in the hidden lists too: only a sheet with most of the keys counts.
    """
    known = {key for key, _, _ in SIGNATURE}
    keyed = [row for row in cells if len(row) > 2 and text_of(row[2]) in known]
    if len({text_of(row[2]) for row in keyed}) * 2 < len(known):
        return {}
    found = {text_of(row[2]): _cell(row[1]) for row in keyed if _cell(row[1])}
    free = (_cell(row[0]) for row in cells if row and row not in keyed)
    return {"statement": " ".join(text for text in free if text not in ("", FORMULA)), **found}


def _text(file: str, data: bytes) -> Returned:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    try:
        lines = list(csv.reader(io.StringIO(text)))
    except csv.Error as error:
        raise InputError("not readable as CSV", mend="save it as CSV", file=file) from error
    keys = lines[0] if lines else []
    if "row_id" not in keys:
        raise InputError(
            "holds no answers to a request",
            mend="give back the CSV of 'declare request' with its first line",
            file=file,
        )
    rows = []
    signature: dict[str, str] = {}
    request = None
    for number, line in enumerate(lines[1:], start=2):
        cells = {key: _cell(value) for key, value in zip(keys, line, strict=False) if value.strip()}
        signature |= {key.removeprefix(SIGN): v for key, v in cells.items() if key.startswith(SIGN)}
        request = request or cells.get("request")
        values = {key: value for key, value in cells.items() if key in BY_KEY}
        if values:
            rows.append(Row("", number, values))
    return Returned(file, _sha(data), request, tuple(rows), signature)


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
