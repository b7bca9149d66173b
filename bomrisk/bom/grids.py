"""Grids of texts that are no zip workbooks: HTML tables, Excel 2003 XML and Parquet catalogues."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from xml.parsers import expat

from bomrisk.bom.encoding import decode_page
from bomrisk.bom.letters import letter
from bomrisk.bom.limits import Limits, mostly_empty
from bomrisk.bom.sheet import Sheet
from bomrisk.bom.workbook import blank_to_null, check_texts, last_used
from bomrisk.errors import InputError

if TYPE_CHECKING:
    import polars as pl


_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_DECLARATION = re.compile(r"<[!?][^>]*(?:>|\Z)")
"""Taken out before the page is parsed: the parser looks for the end of each one that is left open
through all the rest of the page."""


def read_html(data: bytes, file: str, limits: Limits) -> list[Sheet]:
    """Every table of an HTML page as a sheet; programs write such pages and call them .xls."""
    reader = _Tables(file, limits)
    text = _DECLARATION.sub(" ", _COMMENT.sub(" ", decode_page(data).text))
    end = text.rfind(">") + 1
    try:
        reader.feed(text[:end] + text[end:].replace("<", " "))
        reader.close()
    except (AssertionError, RecursionError) as error:
        raise InputError("the HTML cannot be read", mend="save it as .xlsx", file=file) from error
    sheets = [
        _sheet("" if len(reader.tables) == 1 else f"table {number}", rows, file, limits)
        for number, rows in enumerate(reader.tables, 1)
    ]
    return [sheet for sheet in sheets if sheet is not None]


class _Tables(HTMLParser):
    """Collects the cells of all tables; a table inside a cell is a table of its own."""

    def __init__(self, file: str, limits: Limits) -> None:
        super().__init__(convert_charrefs=True)
        self.file = file
        self.limits = limits
        self.tables: list[list[dict[int, str]]] = []
        self.open: list[list[dict[int, str]]] = []
        self.cells = 0
        self.column = 0
        self.text: list[str] | None = None
        self.skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, a row or a cell."""
        if tag in ("script", "style"):
            self.skipped += 1
        elif tag == "table":
            rows: list[dict[int, str]] = []
            self.tables.append(rows)
            self.open.append(rows)
            if len(self.tables) > self.limits.sheets:
                raise InputError(
                    f"the page has more than {self.limits.sheets:,} tables",
                    mend="save the parts list alone as .xlsx, or raise the limit of sheets",
                    file=self.file,
                )
            if len(self.open) > self.limits.depth:
                raise InputError(
                    f"the page nests tables deeper than {self.limits.depth}",
                    mend="save the parts list as .xlsx",
                    file=self.file,
                )
        elif tag == "tr" and self.open:
            self._end_cell()
            self.open[-1].append({})
            self.column = 0
        elif tag in ("td", "th") and self.open:
            self._end_cell()
            self._begin_cell(dict(attrs))
        elif tag == "br" and self.text is not None:
            self.text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """End a table, a row or a cell."""
        if tag in ("script", "style"):
            self.skipped = max(0, self.skipped - 1)
        elif tag in ("td", "th", "tr"):
            self._end_cell()
        elif tag == "table" and self.open:
            self._end_cell()
            self.open.pop()

    def handle_data(self, data: str) -> None:
        """Text of a cell."""
        if self.text is not None and not self.skipped:
            self.text.append(data)

    def _begin_cell(self, attributes: dict[str, str | None]) -> None:
        if not self.open[-1]:
            self.open[-1].append({})
        self.text = []
        self.at = self.column
        span = _number(attributes.get("colspan")) or 1
        self.column += span if span < 10_000 else 1
        self.cells += 1
        if self.cells > self.limits.cells or self.column > self.limits.columns:
            raise InputError(
                f"the page has more than {self.limits.cells:,} cells"
                f" or {self.limits.columns:,} columns",
                mend="save the parts list alone as .xlsx, or raise the limit",
                file=self.file,
            )

    def _end_cell(self) -> None:
        if self.text is not None and self.open and self.open[-1]:
            text = " ".join("".join(self.text).split())
            if text:
                self.open[-1][-1][self.at] = text
        self.text = None


def read_xml2003(data: bytes, file: str, limits: Limits) -> list[Sheet]:
    """The worksheets of an Excel 2003 XML file."""
    reader = _Worksheets(file, limits)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = reader.doctype
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.data
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise InputError(
            f"the XML is damaged ({expat.ErrorString(error.code)} in line {error.lineno})",
            mend="open and save it as .xlsx in Excel",
            file=file,
        ) from error
    sheets = [_sheet(name, rows, file, limits, typed=True) for name, rows in reader.sheets]
    return [sheet for sheet in sheets if sheet is not None]


_NOTHING: dict[int, str] = {}
"""The cells of all rows that an index skips: one object for a million of them, never written to."""


class _Worksheets:
    """Handlers that collect the cells of Excel 2003 XML; ss:Index skips rows and columns."""

    def __init__(self, file: str, limits: Limits) -> None:
        self.file = file
        self.limits = limits
        self.sheets: list[tuple[str, list[dict[int, str]]]] = []
        self.depth = 0
        self.rows = 0
        self.column = 0
        self.at: int | None = None
        """Column of the open cell."""
        self.text: list[str] | None = None

    def doctype(self, *_: object) -> None:
        """A document type is refused."""
        raise InputError(
            "the XML declares a document type, which a spreadsheet never needs",
            mend="do not trust this file; ask its sender for a clean copy",
            file=self.file,
        )

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin a worksheet, a row, a cell or its data."""
        self.depth += 1
        if self.depth > self.limits.depth:
            raise self._too_large(f"nests its elements deeper than {self.limits.depth}")
        kind = name.rpartition(" ")[2]
        given = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        if kind == "Worksheet":
            if len(self.sheets) >= self.limits.sheets:
                raise self._too_large("is one of too many sheets")
            self.sheets.append((given.get("Name", ""), []))
        elif not self.sheets:
            return
        elif kind == "Row":
            rows = self.sheets[-1][1]
            wanted = _number(given.get("Index")) or len(rows) + 1
            self.rows += max(0, wanted - len(rows))
            if self.rows > self.limits.rows:
                raise self._too_large(f"has a row {wanted:,}")
            rows.extend([_NOTHING] * (wanted - len(rows) - 1))
            if len(rows) < wanted:
                rows.append({})
            elif rows[-1] is _NOTHING:
                rows[-1] = {}
            self.column = 0
        elif kind == "Cell":
            place = _number(given.get("Index"))
            self.column = place - 1 if place else self.column
            if self.column >= self.limits.columns:
                raise self._too_large(f"has a cell in column {self.column + 1:,}")
            self.at = self.column
            self.column += 1 + (_number(given.get("MergeAcross")) or 0)
        elif kind == "Data" and self.at is not None:
            self.text = []

    def end(self, name: str) -> None:
        """End the data of a cell."""
        self.depth -= 1
        kind = name.rpartition(" ")[2]
        if kind == "Data" and self.text is not None:
            rows = self.sheets[-1][1]
            if rows and self.at is not None:
                rows[-1][self.at] = "".join(self.text)
            self.text = None
        elif kind == "Cell":
            self.at = None

    def data(self, text: str) -> None:
        """Text of a cell."""
        if self.text is not None:
            self.text.append(text)

    def _too_large(self, what: str) -> InputError:
        return InputError(
            f"the sheet {what}, beyond the limits",
            mend="save the parts list alone as .xlsx, or raise the limit",
            file=self.file,
        )


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 10 else None


def _sheet(
    name: str, rows: Sequence[dict[int, str]], file: str, limits: Limits, *, typed: bool = False
) -> Sheet | None:
    import polars as pl

    width = max((max(row, default=-1) + 1 for row in rows), default=0)
    if not width:
        return None
    empty = mostly_empty(len(rows), width, sum(map(len, rows)))
    if len(rows) > limits.rows or width * len(rows) > limits.cells or empty:
        raise InputError(
            f"the sheet spans {len(rows):,} rows and {width * len(rows):,} cells, beyond the limits",
            mend="save the parts list alone as .xlsx, or raise the limit",
            file=file,
        )
    frame = pl.DataFrame(
        {
            letter(at): pl.Series([row.get(at) for row in rows], dtype=pl.String)
            for at in range(width)
        }
    )
    frame = blank_to_null(frame)
    frame = frame.head(last_used(frame))
    if not frame.height:
        return None
    check_texts(frame, limits, file, name or None)
    numbers = pl.Series("row", range(1, frame.height + 1), dtype=pl.UInt32)
    return Sheet(name, frame, numbers, typed=typed)


def read_parquet(data: bytes, file: str, limits: Limits) -> list[Sheet]:
    """A Parquet catalogue: its column names are the header, its records the rows from 1."""
    import polars as pl

    try:
        schema = pl.read_parquet_schema(io.BytesIO(data))
        if len(schema) > limits.columns:
            raise InputError(
                f"the catalogue has {len(schema):,} columns, more than the limit of"
                f" {limits.columns:,}",
                mend="give fewer columns, or raise the limit",
                file=file,
            )
        height = int(pl.scan_parquet(io.BytesIO(data)).select(pl.len()).collect().item())
        _check_size(height, len(schema), file, limits)
        frame = pl.read_parquet(io.BytesIO(data))
    except InputError:
        raise
    except BaseException as error:
        known = isinstance(error, pl.exceptions.PolarsError | OSError)
        if not known and type(error).__name__ != "PanicException":
            raise
        why = str(error).splitlines()[0][:120] if known and str(error) else "its pages are damaged"
        raise InputError(
            f"the Parquet file cannot be read ({why})", mend="write it again", file=file
        ) from error
    if not frame.height or not frame.width:
        return []
    header = {letter(at): name for at, name in enumerate(frame.columns)}
    texts = frame.select(
        _as_text(name, kind).alias(letter(at)) for at, (name, kind) in enumerate(schema.items())
    )
    texts = blank_to_null(texts)
    check_texts(texts, limits, file, None)
    rows = pl.Series("row", range(1, texts.height + 1), dtype=pl.UInt32)
    return [Sheet("", texts, rows, header=header, typed=True)]


def _check_size(height: int, width: int, file: str, limits: Limits) -> None:
    if height > limits.rows or height * width > limits.cells:
        raise InputError(
            f"the catalogue has {height:,} rows of {width:,} columns, beyond the limits",
            mend="read it in parts, or raise the limit of rows and cells",
            file=file,
        )


def _as_text(name: str, kind: pl.DataType) -> pl.Expr:
    """A column as texts: whole numbers without a decimal point, lists joined, the rest as it is."""
    import polars as pl

    column = pl.col(name)
    if kind.is_float():
        whole = column.is_finite() & (column == column.round()) & (column.abs() < 1e15)
        text = pl.when(whole).then(column.cast(pl.Int64, strict=False).cast(pl.String))
        return text.otherwise(pl.when(column.is_finite()).then(column.cast(pl.String)))
    if isinstance(kind, pl.List):
        return column.list.eval(pl.element().cast(pl.String, strict=False)).list.join("; ")
    if kind.is_nested() or isinstance(kind, pl.Object):
        return pl.lit(None, pl.String)
    return column.cast(pl.String, strict=False)
