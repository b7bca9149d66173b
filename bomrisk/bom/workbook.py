"""Sheets of a workbook (.xlsx .xlsm .xlsb .xls .ods), read by calamine into frames of texts."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bomrisk.bom import biff, binary, compound, opendocument
from bomrisk.bom.archive import Archive
from bomrisk.bom.container import locked
from bomrisk.bom.letters import index_of, letter
from bomrisk.bom.limits import MEBI, Limits
from bomrisk.bom.numbertexts import doubtful, with_all_decimals
from bomrisk.bom.ooxml import scan
from bomrisk.bom.rowmarks import Merge, RowMarks, cells_frame
from bomrisk.bom.sheet import Sheet
from bomrisk.bom.sheetscan import SheetScan, too_many_sheets
from bomrisk.errors import InputError

if TYPE_CHECKING:
    import fastexcel
    import polars as pl

LARGE_FILE = 2 * MEBI
"""Files from this size on are opened by calamine while their tags are scanned."""
SMALL_ROWS = 50_000
"""Sheets up to this size are read a second time for what the fast reading rounds off."""


def read_workbook(data: bytes, kind: str, file: str, limits: Limits) -> list[Sheet]:
    """All sheets with at least one cell, in the order of the workbook, hidden ones included."""
    with ThreadPoolExecutor(1) as beside:
        opening: list[Future[fastexcel.ExcelReader]] = []

        def begin() -> None:
            if len(data) > LARGE_FILE:
                opening.append(beside.submit(_open, data))

        scans, dense = _scans(data, kind, file, limits, begin)
        reader: fastexcel.ExcelReader | None = None
        names = [name for name, found in scans.items() if found.part]
        if not names or any(scans[name].cells is None for name in names):
            with _guarded(kind, file):
                reader = opening[0].result() if opening and dense is data else _open(dense)
                names = list(reader.sheet_names)
    if len(names) > limits.sheets:
        raise too_many_sheets(len(names), limits.sheets, file)
    sheets: list[Sheet] = []
    for name in names:
        found = scans.get(name) or SheetScan(name, "")
        if kind == "xlsx" and not found.part:
            continue
        loaded = _gathered(found)
        if loaded is None and reader is not None:
            with _guarded(kind, file, name):
                loaded = _load(reader, name, file, limits)
        sheet = None if loaded is None else _sheet(name, *loaded, found, file, limits)
        if sheet is not None:
            sheets.append(sheet)
    return sheets


def _open(data: bytes) -> fastexcel.ExcelReader:
    import fastexcel

    return fastexcel.read_excel(data)


@contextmanager
def _guarded(kind: str, file: str, sheet: str | None = None) -> Iterator[None]:
    """Errors of calamine as one line; it panics on some damaged workbooks, and says so on stderr.

    The panic's own words are kept from the terminal for .xls, where they occur; these are small, so
    nothing else is lost meanwhile.
    """
    import fastexcel

    saved = None
    if kind == "xls":
        saved = os.dup(2)
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)
    try:
        yield
    except fastexcel.FastExcelError as error:
        raise _unreadable(str(error), file, sheet) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise _unreadable("its records do not fit together", file, sheet) from error
    finally:
        if saved is not None:
            os.dup2(saved, 2)
            os.close(saved)


def _scans(
    data: bytes, kind: str, file: str, limits: Limits, meanwhile: Callable[[], None]
) -> tuple[dict[str, SheetScan], bytes]:
    """What each format says of its sheets beside the cells, and the bytes to read the cells from.

    Refuses what is beyond the limits; `meanwhile` is called where the file may be opened beside the scan.
    """
    if kind == "xls":
        try:
            marks = biff.row_marks(data, file, limits)
        except biff.LockedError as error:
            raise locked(file) from error
        except compound.DamagedError as error:
            raise _unreadable(str(error), file) from error
        return {name: _of_marks(name, found) for name, found in marks.items()}, data
    archive = Archive(data, file, limits)
    if kind == "xlsx":
        sheets, dense = scan(archive, meanwhile)
        return {sheet.name: sheet for sheet in sheets}, dense
    marks = (binary if kind == "xlsb" else opendocument).row_marks(archive)
    archive.measure()
    return {name: _of_marks(name, found) for name, found in marks.items()}, data


def _of_marks(name: str, marks: RowMarks) -> SheetScan:
    return SheetScan(
        name,
        "",
        marks=marks,
        indents=cells_frame(marks.indents),
        padded=cells_frame(marks.padded),
        merges=marks.merges,
        errors=marks.errors,
    )


def _unreadable(why: str, file: str, sheet: str | None = None) -> InputError:
    if "assword" in why:
        return locked(file)
    first = why.split("\n", 1)[0].strip().rstrip(".")[:160]
    return InputError(
        f"the workbook cannot be read ({first})",
        mend="open and save it as .xlsx in Excel, or copy it again",
        file=file,
        sheet=sheet,
    )


def _gathered(found: SheetScan) -> tuple[pl.DataFrame, bool] | None:
    """The cells of a sheet that was plainly written; and whether it is hidden, which its marks say."""
    if found.cells is None:
        return None
    frame = found.cells.frame()
    found.cells = None
    return frame, found.marks.sheet_hidden


def _load(
    reader: fastexcel.ExcelReader, name: str, file: str, limits: Limits
) -> tuple[pl.DataFrame, bool] | None:
    """The cells of a sheet by their columns' letters, and whether it is hidden; None if it is empty."""
    import fastexcel
    import polars as pl

    try:
        loaded = reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
    except fastexcel.FastExcelError as error:
        if "no data" in str(error).lower() or "does not have any data" in str(error):
            return None
        raise _unreadable(str(error), file, name) from error
    if loaded.height == 0 or loaded.width == 0:
        return None
    cells = loaded.height * loaded.width
    if loaded.height > limits.rows or loaded.width > limits.columns or cells > limits.cells:
        raise InputError(
            f"the sheet spans {loaded.height:,} rows and {loaded.width:,} columns, beyond the limits",
            mend="delete the far or empty cells and save it again, or raise the limit",
            file=file,
            sheet=name,
        )
    frame = loaded.to_polars()
    columns = {column.name: letter(column.absolute_index) for column in loaded.selected_columns}
    hidden = loaded.visible != "visible"
    del loaded
    if frame.height <= SMALL_ROWS:
        frame = _with_small_numbers(frame, reader, name)
    frame = frame.rename(columns)
    first = min((index_of(name) for name in frame.columns), default=0)
    missing = [letter(index) for index in range(first)]
    return frame.select(
        *(pl.lit(None, pl.String).alias(name) for name in missing), pl.all()
    ), hidden


def _sheet(
    name: str, frame: pl.DataFrame, hidden: bool, found: SheetScan, file: str, limits: Limits
) -> Sheet | None:
    """The cells of a sheet with what its tags and formats say; None if it is empty."""
    import polars as pl

    frame = blank_to_null(frame)
    frame = frame.head(last_used(frame))
    if frame.height == 0:
        return None
    check_texts(frame, limits, file, name)
    numbers = found.row_numbers
    if numbers is None:
        frame = _filled_down(_with_errors(_padded(frame, found), found), found.merges)
    rows = range(1, frame.height + 1) if numbers is None else numbers[: frame.height]
    marks = found.marks
    return Sheet(
        name,
        frame,
        pl.Series("row", rows, dtype=pl.UInt32),
        gaps=numbers is not None,
        hidden=hidden or marks.sheet_hidden,
        hidden_rows=pl.Series("row", marks.hidden, dtype=pl.UInt32) if marks.hidden else None,
        outline=_outline(marks),
        indents=_by_letter(found.indents),
        merges=tuple(found.merges),
        filtered=marks.filtered,
        remarks=_remarks(found),
        typed=True,
    )


def _remarks(found: SheetScan) -> tuple[str, ...]:
    if not found.unsaved:
        return ()
    return (
        f"{found.unsaved:,} formulas have no saved value, so their cells are empty here: open the"
        " workbook in Excel or LibreOffice and save it, then read it again",
    )


def _with_errors(frame: pl.DataFrame, found: SheetScan) -> pl.DataFrame:
    """Failed formulas as their text, such as #REF!, so that they are seen and not taken for empty."""
    places: dict[str, tuple[list[int], list[str]]] = {}
    for column, row, text in found.errors:
        if column in frame.columns and 0 < row <= frame.height:
            at, texts = places.setdefault(column, ([], []))
            at.append(row - 1)
            texts.append(text)
    return frame.with_columns(
        frame.get_column(column).scatter(at, texts) for column, (at, texts) in places.items()
    )


def _with_small_numbers(
    frame: pl.DataFrame, reader: fastexcel.ExcelReader, name: str
) -> pl.DataFrame:
    """Numbers beyond nine decimals, which calamine's text of a number rounds away: 1E-10 is not 0."""
    import fastexcel
    import polars as pl

    some = frame.select(doubtful(pl.all()).any()).row(0, named=True)
    columns = [column for column, lost in some.items() if lost]
    if not columns:
        return frame
    try:
        exact = reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="float").to_polars()
    except fastexcel.FastExcelError:
        return frame
    if exact.shape != frame.shape:
        return frame
    return frame.with_columns(
        with_all_decimals(frame[column], exact[column]).alias(column) for column in columns
    )


def _filled_down(frame: pl.DataFrame, merges: list[Merge]) -> pl.DataFrame:
    """A text that is merged over several rows of one column stands in each of them."""
    found: dict[str, tuple[list[int], list[str]]] = {}
    reached: dict[int, int] = {}
    for merge in sorted(merges, key=lambda merge: merge.top):
        upright = merge.left == merge.right and merge.bottom > merge.top
        if not 0 < merge.top <= frame.height or not upright:
            continue
        column = letter(merge.left)
        overlaps = merge.top <= reached.get(merge.left, 0)
        if overlaps or column not in frame.columns:
            continue
        reached[merge.left] = merge.bottom
        text = frame.get_column(column)[merge.top - 1]
        if text is None or not any(char.isalpha() for char in text):
            continue
        places, texts = found.setdefault(column, ([], []))
        below = range(merge.top, min(merge.bottom, frame.height))
        places.extend(below)
        texts.extend([text] * len(below))
    return frame.with_columns(
        frame.get_column(column).scatter(places, texts) for column, (places, texts) in found.items()
    )


def _outline(marks: RowMarks) -> pl.DataFrame | None:
    import numpy as np
    import polars as pl

    if not marks.outline_rows:
        return None
    return pl.DataFrame(
        {
            "row": pl.Series(np.frombuffer(marks.outline_rows, np.uint32)),
            "level": pl.Series(np.frombuffer(marks.outline_levels, np.uint8)).cast(pl.Int32),
        }
    ).unique("row", keep="last", maintain_order=True)


def _by_letter(cells: list[pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Column letter → columns row, level, for cells whose format carries meaning."""
    import polars as pl

    if not cells:
        return {}
    parts = pl.concat(cells).unique(["letter", "row"], keep="last", maintain_order=True)
    return {
        str(letters[0]): part.select("row", "level")
        for letters, part in parts.group_by("letter", maintain_order=True)
    }


def _padded(frame: pl.DataFrame, found: SheetScan) -> pl.DataFrame:
    """Write back the leading zeros that a cell format such as 00000 shows but the number lacks."""
    import polars as pl

    for column, widths in _by_letter(found.padded).items():
        if column not in frame.columns:
            continue
        frame = (
            frame.with_row_index("row", offset=1)
            .join(widths, on="row", how="left", maintain_order="left")
            .with_columns(
                pl.when(pl.col("level").is_not_null() & pl.col(column).str.contains(r"^\d+$"))
                .then(pl.col(column).str.pad_start(pl.col("level"), "0"))
                .otherwise(pl.col(column))
                .alias(column)
            )
            .drop("row", "level")
        )
    return frame


def blank_to_null(frame: pl.DataFrame) -> pl.DataFrame:
    """Cells that hold nothing but spaces become null.

    A text that begins with a visible sign of ASCII is not blank: columns of such texts stay as they are.
    """
    import polars as pl

    if not frame.height:
        return frame
    visible = frame.select(((pl.all() >= "!") & (pl.all() < "\x7f")).all()).row(0)
    rest = [name for name, sure in zip(frame.columns, visible, strict=True) if not sure]
    return frame.with_columns(
        pl.when(pl.col(rest).str.contains(r"[^\s\x{0}\x{FEFF}\x{200B}]")).then(pl.col(rest))
    )


def last_used(frame: pl.DataFrame) -> int:
    """How many records there are up to the last one that is not empty."""
    import polars as pl

    if not frame.width:
        return 0
    used = frame.select(pl.any_horizontal(pl.all().is_not_null()).alias("used")).to_series()
    position = used.arg_true()
    return int(position[-1]) + 1 if position.len() else 0


def check_texts(frame: pl.DataFrame, limits: Limits, file: str, sheet: str | None) -> None:
    """Refuse a sheet in which one cell holds more text than the limit."""
    import polars as pl

    longest = frame.select(pl.all().str.len_bytes().max()).row(0)
    worst = max((length or 0 for length in longest), default=0)
    if worst > limits.text_length:
        column = frame.columns[[length or 0 for length in longest].index(worst)]
        at = frame.get_column(column).str.len_bytes().arg_max()
        raise InputError(
            f"column {column} holds a text of {worst:,} bytes, beyond the limit of {limits.text_length:,}",
            mend="shorten it, mend an unclosed quote before it, or raise the limit of the text length",
            file=file,
            sheet=sheet,
            row=None if at is None else int(at) + 1,
        )
