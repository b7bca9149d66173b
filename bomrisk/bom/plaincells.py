"""The cells of a large .xlsx sheet that is plainly written, gathered batch by batch into columns of texts.

No object is made for a cell: the numbers of rows and the places of texts are kept in arrays, and each
shared text once. A cell has the text that calamine gives it; where that is not sure, calamine is asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from bomrisk.bom.escapes import FIRST_LINE, UnknownEntityError, cell_texts, unescaped
from bomrisk.bom.letters import letter
from bomrisk.bom.limits import MEBI
from bomrisk.bom.numberformats import FIRST_DAY, LAST_DAY, Shown
from bomrisk.bom.numbertexts import REGULAR, as_shown
from bomrisk.bom.plaintags import Cells, NotPlainError, cells_of, joined, numbers_in

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int32]

_NOTHING, _TRUE, _FALSE, _FIRST_TEXT = -1, -2, -3, -4
"""Codes of what a cell holds; from 0 on, the number of a shared text."""
_BEGIN, _END = b"<sheetData>", b"</sheetData>"
_HEAD = re.compile(
    rf"""(?:\xef\xbb\xbf)?{FIRST_LINE}(?:\s|<dimension ref="[A-Z]+[0-9]+(?::[A-Z]+[0-9]+)?" ?/>"""
    r"""|</?(?!(?:\w+:)?(?:dimension|sheetData))\w[^<>"']*(?:"[^<>"]*"[^<>"']*)*>)*""".encode()
)
"""What stands before the rows: tags, none of which calamine refuses or takes for their begin."""
_SHARED, _NUMBER, _BOOLEAN, _ERROR, _INLINE, _TEXT = b"snbeit"
_ERRORS = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"]
"""Errors of formulas that calamine knows; it refuses a workbook with another."""
_IN_NUMBERS = np.zeros(256, np.bool_)
_IN_NUMBERS[list(b"0123456789.-<")] = True
_EPOCH = 25_569
"""Excel's number of 1970-01-01."""
_GREATEST = 1e18
"""Numbers up to which the texts of numbers are short; beyond, calamine writes hundreds of digits."""
_SHORT, _LONG = 9, 15
"""Signs of a number up to which it has no hidden decimals, and can be told from others."""


@dataclass
class PlainCells:
    """The cells of one sheet.

    `cells_in` and `add` raise NotPlainError where the sheet is not plainly written; the first may run
    ahead of the second in another thread.
    """

    shared: pl.Series
    """The shared texts of the workbook."""
    shown: list[Shown]
    """By number of the format: how numbers in it are to be read."""
    columns: dict[int, list[tuple[Numbers, Numbers]]] = field(default_factory=dict)
    """Column from 0 → rows from 1 and codes of its cells, batch by batch."""
    texts: list[pl.Series] = field(default_factory=list)
    """Texts that are not shared: numbers, texts of formulas and inline texts."""
    count: int = 0
    """How many these are."""
    begun: bool = False
    ended: bool = False

    @cached_property
    def _shown(self) -> NDArray[np.uint8]:
        """By number of the format, and at -1 where none is named."""
        return np.array([*self.shown, Shown.NUMBER], np.uint8)

    def cells_in(self, xml: bytes) -> Cells | None:
        """The cells of the next batch, which ends where a row ends; None if it has no rows."""
        if not xml.isascii():
            _decoded(xml)
        body = self._rows_of(xml)
        if not body.strip():
            return None
        return cells_of(body)

    def add(self, cells: Cells) -> None:
        """Take in the cells of a batch."""
        held = np.flatnonzero(cells.start)
        nothing = cells.end[held] == cells.start[held]
        if nothing.any():
            kind = cells.kind[held]
            held = held[~nothing | (kind == _TEXT) | (kind == _INLINE)]
        column = cells.column[held]
        order = np.argsort(column.astype(np.uint16), kind="stable")
        rows = cells.row[held][order]
        codes = self._codes(cells, held)[order]
        column = column[order]
        edges = np.flatnonzero(np.diff(column)) + 1
        for begin, end in zip([0, *edges], [*edges, len(column)], strict=True):
            if end > begin:
                part = (rows[begin:end], codes[begin:end])
                self.columns.setdefault(int(column[begin]), []).append(part)

    def _rows_of(self, xml: bytes) -> bytes:
        """The rows of a batch without what stands before the first and behind the last."""
        if not self.begun:
            at = xml.find(_BEGIN)
            if not 0 <= at <= MEBI or _HEAD.fullmatch(xml, 0, at) is None:
                raise NotPlainError
            xml = xml[at + len(_BEGIN) :]
            self.begun = True
        elif self.ended:
            if b"<row " in xml or b"<c " in xml or b"<row>" in xml:
                raise NotPlainError
            return b""
        if not xml.endswith(b"</row>"):
            end = xml.find(_END)
            if end >= 0:
                self.ended = True
                if b"<row " in xml[end:] or b"<c " in xml[end:]:
                    raise NotPlainError
                xml = xml[:end]
        return xml

    def _codes(self, cells: Cells, held: NDArray[np.int64]) -> Numbers:
        """What each cell that holds something holds."""
        kind, start, end = cells.kind[held], cells.start[held], cells.end[held]
        codes = np.full(len(held), _NOTHING, np.int32)
        shared = kind == _SHARED
        named = numbers_in(cells.text, start[shared], end[shared])
        codes[shared] = named
        if named.max(initial=-1) >= self.shared.len():
            raise NotPlainError
        truth = kind == _BOOLEAN
        if truth.any():
            value = numbers_in(cells.text, start[truth], end[truth])
            if (value > 1).any() or (end[truth] - start[truth] > 1).any():
                raise NotPlainError
            codes[truth] = np.where(value == 1, _TRUE, _FALSE)
        failed = np.flatnonzero(kind == _ERROR)
        if len(failed) and not _lines(cells, held[failed]).is_in(_ERRORS).all():
            raise NotPlainError
        if cells.style.max(initial=-1) >= len(self.shown):
            raise NotPlainError
        number = kind == _NUMBER
        shown = self._shown[cells.style[held]] * number
        if (number & (shown == Shown.UNSURE)).any():
            raise NotPlainError
        for which, texts_of in (
            (shown == Shown.NUMBER, _numbers),
            (shown == Shown.DAY, _days),
            (kind == _TEXT, _words),
            (kind == _INLINE, _inline),
        ):
            at = np.flatnonzero(which)
            if len(at):
                codes[at] = _FIRST_TEXT - np.arange(self.count, self.count + len(at))
                self.count += len(at)
                self.texts.append(texts_of(cells, held[at]))
        return codes

    def frame(self) -> pl.DataFrame:
        """All columns by their letters, all rows up to the last one that holds something."""
        rows = max((int(at.max()) for parts in self.columns.values() for at, _ in parts), default=0)
        nothing = self.shared.len()
        words = pl.Series([None, "true", "false"], dtype=pl.String)
        pool = pl.concat([self.shared, words, *self.texts], rechunk=True)
        columns: list[pl.Series] = []
        for number in range(max(self.columns, default=-1) + 1):
            places = np.full(rows, nothing, np.uint32)
            for at, codes in self.columns.pop(number, ()):
                places[at - 1] = np.where(codes < 0, nothing + _NOTHING - codes, codes)
            columns.append(pool.gather(pl.Series(places)).alias(letter(number)))
        return pl.DataFrame(columns)


def styled(cells: Cells, levels: dict[str, int]) -> pl.DataFrame:
    """The cells in one of the formats: columns letter, row, and level, what the format says."""
    names = np.array([int(style) for style in levels], np.int32)
    found = np.flatnonzero(np.isin(cells.style, names))
    table = pl.DataFrame({"style": pl.Series(names), "level": list(levels.values())})
    letters = [letter(number) for number in range(int(cells.column[found].max(initial=-1)) + 1)]
    return (
        pl.DataFrame(
            {
                "letter": pl.Series(letters, dtype=pl.String).gather(
                    pl.Series(cells.column[found])
                ),
                "row": pl.Series(cells.row[found], dtype=pl.UInt32),
                "style": pl.Series(cells.style[found]),
            }
        )
        .join(table, on="style", maintain_order="left")
        .select("letter", "row", pl.col("level").cast(pl.Int32))
    )


def row_tags(cells: Cells) -> pl.Series:
    """The tags of the rows, without their ``<``."""
    return _text_of(joined(cells.text, cells.row_starts, cells.row_ends))


def _text_of(joined_texts: bytes) -> pl.Series:
    """The texts that stand before each ``<``."""
    return _decoded(joined_texts[:-1]).str.split("<").explode()


def _decoded(text: bytes) -> pl.Series:
    try:
        return pl.Series([text], dtype=pl.Binary).cast(pl.String)
    except pl.exceptions.PolarsError as error:
        raise NotPlainError from error


def _numbers(cells: Cells, at: NDArray[np.int64]) -> pl.Series:
    """The texts of numbers as they are shown; most stand in the file as such."""
    start, end, text = cells.start[at], cells.end[at], cells.text
    written = joined(text, start, end)
    texts = _text_of(written)
    numbers = texts.cast(pl.Float64, strict=False)
    if numbers.null_count() or not (numbers.abs() < _GREATEST).all():
        raise NotPlainError
    first, last, length = text[start], text[end - 1], end - start
    odd = (length > _SHORT) | (first < ord("0")) | (last < ord("0"))
    odd |= (length > 1) & ((last == ord("0")) | (first == ord("0")) & (text[start + 1] != ord(".")))
    if not _IN_NUMBERS[np.frombuffer(written, np.uint8)].all():
        odd[:] = True
    some = pl.Series(np.flatnonzero(odd))
    looked = texts.gather(some)
    irregular = some.filter(~looked.str.contains(REGULAR) | (looked.str.len_bytes() > _LONG))
    return (
        texts.scatter(irregular, as_shown(numbers.gather(irregular))) if irregular.len() else texts
    )


def _days(cells: Cells, at: NDArray[np.int64]) -> pl.Series:
    """Whole days, as calamine writes them."""
    days = pl.Series(numbers_in(cells.text, cells.start[at], cells.end[at]))
    if not days.is_between(FIRST_DAY, LAST_DAY).all():
        raise NotPlainError
    distinct = days.unique(maintain_order=True)
    dates = (distinct - _EPOCH).cast(pl.Date).cast(pl.String) + " 00:00:00"
    return days.replace_strict(distinct, dates, return_dtype=pl.String)


def _words(cells: Cells, at: NDArray[np.int64]) -> pl.Series:
    """Texts that formulas gave."""
    try:
        return unescaped(_lines(cells, at))
    except UnknownEntityError as error:
        raise NotPlainError from error


def _inline(cells: Cells, at: NDArray[np.int64]) -> pl.Series:
    """Texts that stand in their cells."""
    try:
        return cell_texts(_lines(cells, at), pl.Series(cells.preserved[at]))
    except UnknownEntityError as error:
        raise NotPlainError from error


def _lines(cells: Cells, at: NDArray[np.int64]) -> pl.Series:
    """Texts as they are written; where their lines end by other signs than usual calamine decides."""
    written = joined(cells.text, cells.start[at], cells.end[at])
    if b"\r" in written:
        raise NotPlainError
    return _text_of(written)
