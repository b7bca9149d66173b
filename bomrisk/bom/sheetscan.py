"""One pass over the XML of a sheet: its extent, hidden rows, outline levels, indents, merged cells.

The tags are searched by Polars' regular expressions, batch by batch while the next batch is being
unpacked, so that a sheet of a million rows costs a fraction of what calamine takes to read it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bomrisk.bom.archive import Archive
from bomrisk.bom.extent import Columns, as_programs_write, is_odd
from bomrisk.bom.letters import index_of, letter
from bomrisk.bom.limits import MEBI
from bomrisk.bom.rowmarks import Merge, RowMarks
from bomrisk.errors import InputError

if TYPE_CHECKING:
    import polars as pl

    from bomrisk.bom.numberformats import Shown
    from bomrisk.bom.plaincells import PlainCells
    from bomrisk.bom.plaintags import Cells, NotPlainError

_BATCH = 8 * MEBI
_LONGEST_TAG = 16 * MEBI
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_FILTER = re.compile(rb"<(?:\w+:)?filterColumn\b")
_ERROR = re.compile(
    rb'<(?:\w+:)?c r="([A-Z]+)(\d{1,9})"[^>]*\bt="e"[^>]*>'
    rb"(?:<(?:\w+:)?f[^>]*/>|<(?:\w+:)?f\b[^<]{0,4000}</(?:\w+:)?f>)?"
    rb"<(?:\w+:)?v>([^<]{1,20})<"
)
_UNSAVED = r"</(?:\w+:)?f>(?:<(?:\w+:)?v ?/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
_ROW = r"<row\b[^>]*>"
_MARKED = r'\b(?:hidden|outlineLevel)="'
_MARKS = (b'hidden="', b'outlineLevel="')
_PREFIXED_ROW = r"<\w+:row\b[^>]*>"


@dataclass(frozen=True, slots=True)
class Styles:
    """Cell formats that carry meaning: format → indent, and format → digits with leading zeros."""

    indents: dict[str, int]
    zeros: dict[str, int]
    shown: list[Shown]
    """By number of the format: how numbers in it are to be read."""


@dataclass(slots=True)
class SheetScan:
    """What the tags of one sheet say; rows count from 1, columns from 0."""

    name: str
    part: str
    last_row: int = 0
    columns: Columns = field(default_factory=Columns)
    rows_written: int = 0
    marks: RowMarks = field(default_factory=RowMarks)
    indents: list[pl.DataFrame] = field(default_factory=list)
    """Columns letter, row, level."""
    padded: list[pl.DataFrame] = field(default_factory=list)
    """Columns letter, row, level: the digits that the format shows."""
    row_numbers: list[int] | None = None
    """True row of each row that calamine will see, where a sparse sheet was renumbered."""
    shared: int = 0
    """Cells that hold a shared text, if they were counted."""
    merges: list[Merge] = field(default_factory=list)
    errors: list[tuple[str, int, str]] = field(default_factory=list)
    """(column letters, row, text) of cells whose formula failed, such as #REF!."""
    cells: PlainCells | None = None
    """The cells themselves, if the sheet is large and plainly written; else calamine reads them."""
    unsaved: int = 0
    """Formulas without a saved value: the file was written by a program that does not calculate."""

    @property
    def last_column(self) -> int:
        """The last column, from 0, that any cell can have."""
        return self.columns.last


def scan_sheet(
    archive: Archive, sheet: SheetScan, styles: Styles, *, count_shared: bool = True
) -> None:
    """Fill in a sheet's scan; refuses one whose cells span more than the limits allow.

    `count_shared` says whether the cells that hold a shared text are to be counted.
    """
    batches = _batches(archive, sheet)
    with ThreadPoolExecutor(1) as ahead:
        following = ahead.submit(_next, batches, sheet)
        inside = whole = False
        while (looked := following.result()) is not None:
            following = ahead.submit(_next, batches, sheet)
            batch, cells = looked
            if count_shared:
                sheet.shared += batch.count(b' t="s"')
            inside = _scan(batch, cells, sheet, styles, archive, inside=inside)
            _check_extent(archive, sheet)
            whole = batch[-64:].rstrip().endswith(b"</worksheet>")
    if sheet.cells is not None and not (sheet.cells.ended and whole):
        sheet.cells = None


def _next(
    batches: Iterator[bytes], sheet: SheetScan
) -> tuple[bytes, Cells | NotPlainError | None] | None:
    """The next batch with its cells told apart, if they are asked for, or why that cannot be."""
    batch = next(batches, None)
    if batch is None:
        return None
    if sheet.cells is None:
        return batch, None
    from bomrisk.bom.plaintags import NotPlainError

    try:
        return batch, sheet.cells.cells_in(batch)
    except NotPlainError as error:
        return batch, error


def _batches(archive: Archive, sheet: SheetScan) -> Iterator[bytes]:
    """The XML of a sheet in pieces that end between two tags."""
    parts: list[bytes] = []
    size = 0
    for block in archive.blocks(sheet.part):
        parts.append(block)
        size += len(block)
        if size < _BATCH:
            continue
        cut = block.rfind(b"<row ")
        cut = block.rfind(b"<") if cut < 0 else cut
        if cut < 0 or size - len(block) + cut <= 0:
            if size > _LONGEST_TAG:
                raise too_large(archive, sheet.name, "holds a text of more than 16 MiB", "one text")
            continue
        rest = block[cut:]
        parts[-1] = block[:cut]
        yield b"".join(parts)
        parts, size = [rest], len(rest)
    if parts:
        yield b"".join(parts)


def _scan(
    batch: bytes,
    cells: Cells | NotPlainError | None,
    sheet: SheetScan,
    styles: Styles,
    archive: Archive,
    *,
    inside: bool,
) -> bool:
    """Scan whole tags; returns whether the rows have begun before the next batch."""
    if not inside and (b"<!DOCTYPE" in batch or b"<!ENTITY" in batch):
        raise InputError(
            "the sheet declares a document type, which a workbook never needs",
            mend="do not trust this file; ask its sender for a clean copy",
            file=archive.file,
            sheet=sheet.name,
        )
    if not _scan_plain(cells, batch, sheet, styles):
        _scan_tags(batch, sheet, styles, archive)
    last = batch.rfind(b"<row")
    if batch.find(b"<row") < 0 or batch.find(b"/sheetData", last) >= 0:
        _scan_end(batch, max(last, 0), sheet)
    return inside or b"sheetData" in batch


def _scan_plain(
    cells: Cells | NotPlainError | None, batch: bytes, sheet: SheetScan, styles: Styles
) -> bool:
    """Gather the cells of a batch, which say the extent themselves; whether they are plainly written."""
    import polars as pl

    from bomrisk.bom.plaincells import row_tags, styled
    from bomrisk.bom.plaintags import NotPlainError

    if cells is None or sheet.cells is None:
        return sheet.cells is not None
    try:
        if isinstance(cells, NotPlainError):
            raise cells
        sheet.cells.add(cells)
    except NotPlainError:
        sheet.cells = None
        return False
    sheet.rows_written += len(cells.row_numbers)
    sheet.last_row = max(sheet.last_row, cells.last_row)
    sheet.columns.placed = max(sheet.columns.placed, cells.last_column)
    sheet.unsaved += cells.unsaved
    if cells.failed:
        _scan_errors(batch, sheet)
    if any(mark in batch for mark in _MARKS):
        _scan_marks(pl.Series(cells.row_numbers, dtype=pl.UInt64), row_tags(cells), sheet)
    if styles.indents:
        sheet.indents.append(styled(cells, styles.indents))
    if styles.zeros:
        sheet.padded.append(styled(cells, styles.zeros))
    return True


def _scan_tags(batch: bytes, sheet: SheetScan, styles: Styles, archive: Archive) -> None:
    """Search the tags of a batch for what calamine has to be kept from, and for what it does not tell."""
    text = _text(batch, sheet, archive)
    columns = sheet.columns
    far = columns.may_grow(text, sheet.last_row)
    if far and is_odd(batch):
        batch = as_programs_write(batch)
        text = _text(batch, sheet, archive)
    _scan_rows(text, sheet)
    if far and columns.may_grow(text, sheet.last_row):
        sheet.last_row = max(sheet.last_row, columns.reach(text, batch))
    else:
        columns.carried = 0
    if text.str.contains(r'</f>|\bt="e"').any():
        _scan_errors(batch, sheet)
        sheet.unsaved += int(text.str.count_matches(_UNSAVED).sum())
    if styles.indents:
        sheet.indents += _styled(text, styles.indents)
    if styles.zeros:
        sheet.padded += _styled(text, styles.zeros)


def _scan_errors(batch: bytes, sheet: SheetScan) -> None:
    sheet.errors += [
        (column.decode(), int(row), what.decode())
        for column, row, what in _ERROR.findall(batch)[:100_000]
    ]


def _text(batch: bytes, sheet: SheetScan, archive: Archive) -> pl.Series:
    import polars as pl

    try:
        return pl.Series([batch], dtype=pl.Binary).cast(pl.String)
    except pl.exceptions.PolarsError as error:
        raise InputError(
            "the sheet is not written in UTF-8",
            mend="open and save it as .xlsx in Excel",
            file=archive.file,
            sheet=sheet.name,
        ) from error


def _scan_end(batch: bytes, start: int, sheet: SheetScan) -> None:
    """What stands behind the rows: merged cells and the filter."""
    for match in _MERGE.finditer(batch, start):
        left, top, right, bottom = match.groups()
        if len(top) < 9 and len(bottom) < 9:
            sheet.merges.append(
                Merge(int(top), index_of(left.decode()), int(bottom), index_of(right.decode()))
            )
    if _FILTER.search(batch, start):
        sheet.marks.filtered = True


def _scan_rows(text: pl.Series, sheet: SheetScan) -> None:
    """How many rows there are and which is the last; which are hidden or grouped.

    Where every row says its number first, as programs write them, the last tag of the batch says the
    greatest, unless one above it is found; only where that does not hold is each number read.
    """
    tags = text.str.extract_all(_ROW).explode(empty_as_null=False, keep_nulls=False)
    if not tags.len() and text.str.contains(":row", literal=True).any():
        tags = text.str.extract_all(_PREFIXED_ROW).explode(empty_as_null=False, keep_nulls=False)
    if not tags.len():
        return
    sheet.rows_written += tags.len()
    if not _runs_up(tags, sheet):
        if _numbers_of(tags).null_count():
            tags = tags.str.replace_all("'", '"', literal=True).str.replace_all(r"\s*=\s*", "=")
        numbers = _numbers_of(tags)
        if numbers.null_count():
            sheet.last_row += int(numbers.null_count())
        greatest = numbers.max()
        sheet.last_row = max(sheet.last_row, int(greatest) if isinstance(greatest, int) else 0)
    marked = tags.filter(tags.str.contains(_MARKED))
    _scan_marks(_numbers_of(marked), marked, sheet)


def _runs_up(tags: pl.Series, sheet: SheetScan) -> bool:
    """Whether the last row has the greatest number; it is then the last row of the sheet so far."""
    last = re.match(r'<row r="(\d{1,12})"', str(tags[-1]))
    if last is None or not tags.str.starts_with('<row r="').all():
        return False
    greatest = max(sheet.last_row, int(last[1]))
    if tags.str.contains(f'^<row r="(?:{_more_than(greatest)})').any():
        return False
    sheet.last_row = greatest
    return True


def _more_than(number: int) -> str:
    """A pattern that every whole number above this one begins with."""
    digits = str(number)
    patterns = [rf"\d{{{len(digits) + 1},}}"]
    for at, digit in enumerate(digits):
        if digit < "9":
            rest = len(digits) - at - 1
            tail = rf"\d{{{rest}}}" if rest else ""
            patterns.append(f'{digits[:at]}[{int(digit) + 1}-9]{tail}"')
    return "|".join(patterns)


def _numbers_of(tags: pl.Series) -> pl.Series:
    import polars as pl

    return tags.str.extract(r'\br="(\d{1,12})"').cast(pl.UInt64)


def _scan_marks(numbers: pl.Series, tags: pl.Series, sheet: SheetScan) -> None:
    """Hidden rows and outline levels of the row tags that say one."""
    import polars as pl

    if not tags.len():
        return
    frame = pl.DataFrame({"row": numbers, "tag": tags}).filter(
        numbers.is_not_null() & (numbers <= 0xFFFFFFFF)
    )
    hidden = frame.filter(pl.col("tag").str.contains(r'\bhidden="(?:1|true)"'))
    sheet.marks.hidden.frombytes(_packed(hidden["row"], pl.UInt32))
    outlined = frame.select(
        "row",
        pl.col("tag").str.extract(r'\boutlineLevel="(\d{1,3})"').cast(pl.Int64).alias("level"),
    ).filter(pl.col("level") > 0)
    sheet.marks.outline_rows.frombytes(_packed(outlined["row"], pl.UInt32))
    sheet.marks.outline_levels.frombytes(_packed(outlined["level"].clip(0, 255), pl.UInt8))


def _packed(numbers: pl.Series, kind: type[pl.DataType]) -> bytes:
    return bytes(numbers.cast(kind).to_numpy())


def _styled(text: pl.Series, levels: dict[str, int]) -> list[pl.DataFrame]:
    """Cells in one of the formats: letter, row, and what the format says."""
    import polars as pl

    some = "|".join(sorted(levels))
    cells = text.str.extract_all(rf'<(?:\w+:)?c r="[A-Z]+\d+" s="(?:{some})"').explode(
        empty_as_null=False, keep_nulls=False
    )
    if not cells.len():
        return []
    table = pl.DataFrame({"style": list(levels), "level": list(levels.values())})
    return [
        pl.DataFrame({"cell": cells})
        .select(
            pl.col("cell").str.extract(r'r="([A-Z]+)').alias("letter"),
            pl.col("cell").str.extract(r'r="[A-Z]+(\d{1,9})').cast(pl.UInt32).alias("row"),
            pl.col("cell").str.extract(r's="(\d+)').alias("style"),
        )
        .join(table, on="style", maintain_order="left")
        .select("letter", "row", pl.col("level").cast(pl.Int32))
    ]


def _check_extent(archive: Archive, sheet: SheetScan) -> None:
    limits = archive.limits
    if sheet.last_column >= limits.columns:
        raise too_large(
            archive,
            sheet.name,
            f"has a cell in column {letter(sheet.last_column)}",
            f"{limits.columns:,} columns",
        )
    if sheet.last_row > limits.rows:
        raise too_large(
            archive, sheet.name, f"has a cell in row {sheet.last_row:,}", f"{limits.rows:,} rows"
        )
    cells = sheet.last_row * (sheet.last_column + 1)
    if cells > limits.cells:
        raise too_large(archive, sheet.name, f"spans {cells:,} cells", f"{limits.cells:,} cells")


def too_large(archive: Archive, sheet: str, what: str, limit: str) -> InputError:
    """The error for a sheet beyond a limit."""
    return InputError(
        f"the sheet {what}, beyond the limit ({limit})",
        mend="delete the far or empty cells and save it again, or raise the limit",
        file=archive.file,
        sheet=sheet,
    )


def too_many_sheets(count: int, limit: int, file: str) -> InputError:
    """The error for a workbook with more sheets than are looked at."""
    return InputError(
        f"the workbook has {count:,} sheets, more than the limit of {limit:,}",
        mend="give a workbook with the parts list alone, or raise the limit of sheets",
        file=file,
    )
