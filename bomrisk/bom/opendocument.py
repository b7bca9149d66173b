"""Row marks and extent of an .ods: the tags of its content.xml."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.parsers import expat

from bomrisk.bom.archive import Archive
from bomrisk.bom.limits import MEBI, mostly_empty
from bomrisk.bom.rowmarks import RowMarks
from bomrisk.bom.sheetscan import too_large
from bomrisk.errors import InputError

_TAG = re.compile(
    rb"<(/?)table:(table|table-row|table-row-group|table-cell|covered-table-cell|filter)(?![\w-])([^>]*)>"
)
_NAME = re.compile(rb'\btable:name="([^"]*)"')
_ROWS = re.compile(rb'\btable:number-rows-repeated="(\d{1,12})"')
_COLUMNS = re.compile(rb'\btable:number-columns-repeated="(\d{1,12})"')
_DOWN = re.compile(rb'\btable:number-rows-spanned="(\d{1,7})"')
_ACROSS = re.compile(rb'\btable:number-columns-spanned="(\d{1,5})"')
_SHOWN = re.compile(rb"\s*<text:p>([^<]{1,20})<")
_HIDDEN = re.compile(rb'\btable:visibility="(?:collapse|filter)"')
_FILTERED = re.compile(rb'\btable:visibility="filter"')


@dataclass(slots=True)
class _State:
    """Where the scan stands: the sheet, its row, and how far its cells reach."""

    name: str = ""
    marks: RowMarks | None = None
    depth: int = 0
    row: int = 0
    repeat: int = 1
    column: int = 0
    times: int = 1
    opened: int = 0
    """Where in the file the text of the open cell begins."""
    shown: int = 0
    """Bytes of text of the sheet's cells, repeats counted."""
    written: int = 0
    """Cells of the sheet that hold something, repeats counted."""
    filled: bool = False
    last_row: int = 0
    last_column: int = 0


def row_marks(archive: Archive) -> dict[str, RowMarks]:
    """Marks by sheet name; refuses document types, sheets beyond the limits, and XML left open.

    At the end of XML whose table is still open, calamine would read on for ever.
    """
    part = archive.find("content.xml")
    if part is None:
        raise archive.damaged("its contents are missing")
    found: dict[str, RowMarks] = {}
    state = _State()
    rest = b""
    base = 0
    for block in _well_formed(archive, part):
        piece = rest + block
        cut = piece.rfind(b"<")
        if cut <= 0:
            rest = piece
            if len(rest) > 16 * MEBI:
                raise archive.damaged("a text in it has more than 16 MiB")
            continue
        rest = piece[cut:]
        for match in _TAG.finditer(piece, 0, cut):
            _tag(archive, state, found, match, base)
        base += cut
    for match in _TAG.finditer(rest):
        _tag(archive, state, found, match, base)
    return found


def _well_formed(archive: Archive, part: str) -> Iterator[bytes]:
    """The blocks of a part, each once it is sure that it goes on as XML must."""
    parser = expat.ParserCreate()

    def doctype(*_: object) -> None:
        raise InputError(
            "the document declares a document type, which a spreadsheet never needs",
            mend="do not trust this file; ask its sender for a clean copy",
            file=archive.file,
        )

    parser.StartDoctypeDeclHandler = doctype
    try:
        for block in archive.blocks(part):
            parser.Parse(block, False)
            yield block
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise archive.damaged(f"{part}: {expat.ErrorString(error.code)}") from error
    except (LookupError, ValueError) as error:
        raise archive.damaged(f"{part} names an encoding that does not exist") from error


def _tag(
    archive: Archive,
    state: _State,
    found: dict[str, RowMarks],
    match: re.Match[bytes],
    base: int,
) -> None:
    closing, kind, attributes = match[1] == b"/", match[2], match[3]
    if kind == b"table":
        state.marks = None if closing else _begin_table(state, found, attributes)
    elif kind == b"table-row-group":
        state.depth += -1 if closing else 1
        if state.depth > archive.limits.depth:
            raise too_large(archive, state.name, "nests row groups", f"{archive.limits.depth} deep")
    elif kind == b"table-row":
        if not closing:
            _begin_row(state, attributes)
        if closing or attributes.endswith(b"/"):
            _end_row(archive, state)
    elif kind != b"filter":
        if closing:
            state.shown += state.times * (base + match.start() - state.opened)
        else:
            _cell(state, attributes)
            _spans(state, attributes)
            if b'value-type="error"' in attributes:
                shown = _SHOWN.match(match.string, match.end())
                _failed(state, shown[1] if shown else b"#ERROR!")
            state.opened = base + match.end()


def _begin_table(state: _State, found: dict[str, RowMarks], attributes: bytes) -> RowMarks:
    name = _NAME.search(attributes)
    state.name = html.unescape(name[1].decode("utf-8", "replace")) if name else ""
    state.depth = state.row = state.last_row = state.last_column = state.shown = state.written = 0
    found[state.name] = RowMarks()
    return found[state.name]


def _begin_row(state: _State, attributes: bytes) -> None:
    repeated = _ROWS.search(attributes)
    state.repeat = int(repeated[1]) if repeated else 1
    state.column = 0
    state.filled = False
    if state.marks is None:
        return
    count = min(state.repeat, 100_000)
    if _HIDDEN.search(attributes):
        state.marks.hidden.extend(range(state.row + 1, state.row + 1 + count))
        if _FILTERED.search(attributes):
            state.marks.filtered = True
    if state.depth:
        for row in range(state.row + 1, state.row + 1 + count):
            state.marks.outline(row, state.depth)


def _cell(state: _State, attributes: bytes) -> None:
    """A cell with a value, or with text between its tags, counts towards the extent."""
    repeated = _COLUMNS.search(attributes)
    count = int(repeated[1]) if repeated else 1
    state.column += count
    state.times = count * state.repeat
    if b"value" in attributes or not attributes.endswith(b"/"):
        state.filled = True
        state.written += state.times
        state.last_column = max(state.last_column, state.column)


def _spans(state: _State, attributes: bytes) -> None:
    """A cell that is merged with those below or beside it."""
    down, across = _DOWN.search(attributes), _ACROSS.search(attributes)
    if state.marks is not None and (down or across):
        rows, columns = int(down[1]) if down else 1, int(across[1]) if across else 1
        if rows * columns > 1:
            left = state.column - 1
            state.marks.merge(state.row, state.row + rows - 1, left, left + columns - 1)


def _failed(state: _State, shown: bytes) -> None:
    if state.marks is not None:
        text = html.unescape(shown.decode("utf-8", "replace"))
        state.marks.failed(state.row, state.column - 1, text)


def _end_row(archive: Archive, state: _State) -> None:
    state.row += state.repeat
    if not state.filled:
        return
    state.last_row = max(state.last_row, state.row)
    limits = archive.limits
    cells = state.last_row * state.last_column
    empty = mostly_empty(state.last_row, state.last_column, state.written)
    far = state.last_column > limits.columns or state.last_row > limits.rows
    if far or cells > limits.cells or empty:
        raise too_large(
            archive,
            state.name,
            f"spans {state.last_row:,} rows and {state.last_column:,} columns with"
            f" {state.written:,} cells",
            f"{limits.cells:,} cells, {limits.columns:,} columns",
        )
    if state.shown > limits.text_bytes:
        raise too_large(
            archive,
            state.name,
            f"shows more than {limits.text_bytes // MEBI:,} MiB of text",
            "text bytes",
        )
