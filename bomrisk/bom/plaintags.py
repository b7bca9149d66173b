"""The tags of whole rows of an .xlsx sheet, told apart in columns: where each cell stands, what it holds.

Programs write the rows of a sheet in very few forms. Text whose every tag follows them is read here by
its tags' positions, some millions of cells a second; one tag that does not is a reason to give the sheet
to calamine, which knows them all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int32]
    Places = NDArray[np.int64]
    Flags = NDArray[np.bool_]
    Bytes = NDArray[np.uint8]

_TAIL = b"\0" * 64
"""Room to look ahead of the last tag."""
_MOST_DIGITS = 8
"""Digits of a row, a format or a shared text; with more of them a sheet is not read here."""
(_ODD, _CELL, _VALUE, _VALUE_END, _CELL_END, _ROW, _ROW_END) = range(7)
(_FORMULA, _FORMULA_END, _INLINE, _INLINE_END, _TEXT, _TEXT_END, _NO_VALUE) = range(7, 14)
_SPACE, _QUOTE, _SLASH, _LESS, _EQUALS, _GREATER = (ord(sign) for sign in ' "/<=>')


class NotPlainError(Exception):
    """The text has a tag that programs do not write in this place."""


_BY_SIGNS = np.zeros(65536, np.uint8)
"""What a tag is, by the two signs behind its ``<``; 0 where programs do not write it."""
for _code, _written in (
    (_CELL, ["c "]), (_VALUE, ["v>"]), (_NO_VALUE, ["v ", "v/"]), (_ROW, ["ro"]), (_FORMULA, ["f ", "f>"]),
    (_INLINE, ["is"]), (_TEXT, ["t ", "t>"]), (_CELL_END, ["/c"]), (_VALUE_END, ["/v"]),
    (_ROW_END, ["/r"]), (_FORMULA_END, ["/f"]), (_INLINE_END, ["/i"]), (_TEXT_END, ["/t"]),
):  # fmt: skip
    _BY_SIGNS[[256 * ord(signs[0]) + ord(signs[1]) for signs in _written]] = _code
_FOLLOWS = {
    _ROW: (_CELL, _ROW_END, _ROW),
    _CELL: (_VALUE, _FORMULA, _INLINE, _NO_VALUE, _CELL_END, _CELL, _ROW_END),
    _VALUE: (_VALUE_END,),
    _VALUE_END: (_CELL_END,),
    _FORMULA: (_FORMULA_END, _VALUE, _NO_VALUE, _CELL_END),
    _FORMULA_END: (_VALUE, _NO_VALUE, _CELL_END),
    _NO_VALUE: (_CELL_END,),
    _INLINE: (_TEXT,),
    _TEXT: (_TEXT_END,),
    _TEXT_END: (_INLINE_END,),
    _INLINE_END: (_CELL_END,),
    _CELL_END: (_CELL, _ROW_END),
    _ROW_END: (_ROW,),
}
_ALLOWED = np.zeros(256, np.bool_)
_ALLOWED[[first * 16 + then for first, after in _FOLLOWS.items() for then in after]] = True
_ENDS = np.zeros(16, np.bool_)
_ENDS[[_VALUE_END, _CELL_END, _FORMULA_END, _TEXT_END]] = True
_PRESERVED = '<t xml:space="preserve">'


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of some rows in the order of the text: arrays of one length but for the last four.

    `column` counts from 0, `row` from 1. `kind` is the first letter of the cell's type: s (shared text), n,
    b, e, i (inline text) or, for a text that a formula gave, t. A cell with `start` = `end` holds nothing;
    else its text is the bytes from `start` to `end` of `text`. `style` is -1 where none is named.
    """

    text: Bytes
    column: Numbers
    row: Numbers
    kind: Bytes
    style: Numbers
    start: Places
    end: Places
    preserved: Flags
    """Whether blanks at the ends of an inline text count."""
    row_numbers: Numbers
    """The number of each row by its own tag."""
    row_starts: Places
    row_ends: Places
    """Where the tag of each row stands: behind its ``<``, and the next ``<``."""
    unsaved: int
    """Formulas without a value."""

    @property
    def last_row(self) -> int:
        """The last row that has a tag or a cell."""
        return int(self.row.max(initial=self.row_numbers.max()))

    @property
    def last_column(self) -> int:
        """The last column, from 0, that has a cell."""
        return int(self.column.max(initial=0))

    @property
    def failed(self) -> bool:
        """Whether a formula failed."""
        return bool((self.kind == ord("e")).any())


def cells_of(xml: bytes) -> Cells:
    """The cells of whole rows, ``<row …>…</row>`` and nothing else. Raises NotPlainError."""
    text = np.frombuffer(xml + _TAIL, np.uint8)
    tags = np.flatnonzero(text == _LESS)
    codes = _codes(text, tags)
    at = np.flatnonzero(codes == _CELL)
    starts = tags[at]
    column, row, behind = _places(text, starts)
    kind, style, closed = _attributes(text, behind)
    then = codes[at + 1]
    empty = closed | (then == _CELL_END) | (then == _NO_VALUE)
    inline = then == _INLINE
    if not np.array_equal(closed, (then == _CELL) | (then == _ROW_END)) or not np.array_equal(
        inline, (kind == ord("i")) & ~empty
    ):
        raise NotPlainError
    value = at + 1
    calculated = np.flatnonzero(then == _FORMULA)
    if len(calculated):
        value[calculated] += np.where(codes[at[calculated] + 2] == _FORMULA_END, 2, 1)
    held = np.flatnonzero(codes[value] == _VALUE)
    start, end = np.zeros_like(starts), np.zeros_like(starts)
    start[held] = tags[value[held]] + 3
    end[held] = tags[value[held] + 1]
    preserved = np.zeros(len(at), np.bool_)
    if inline.any():
        _expect(text, tags[at[inline] + 1], "<is>")
        _expect(text, tags[at[inline] + 4], "</is>")
        opened = tags[at[inline] + 2]
        preserved[inline] = spaced = text[opened + 2] == _SPACE
        _expect(text, opened[spaced], _PRESERVED)
        start[inline] = opened + np.where(spaced, len(_PRESERVED), 3)
        end[inline] = tags[at[inline] + 3]
    unsaved = (codes[value[calculated] - 1] == _FORMULA_END) & (
        start[calculated] == end[calculated]
    )
    rows = np.flatnonzero(codes == _ROW)
    _expect(text, tags[rows] + 1, 'row r="')
    numbers, _ = _number(text, tags[rows] + 8)
    if not numbers.all():
        raise NotPlainError
    return Cells(
        *(text, column, row, kind, style, start, end, preserved),
        row_numbers=numbers,
        row_starts=tags[rows] + 1,
        row_ends=np.append(tags, len(xml))[rows + 1],
        unsaved=int(unsaved.sum()),
    )


def _codes(text: Bytes, tags: Places) -> Bytes:
    """What each tag is, once every tag is known to stand where such a tag may."""
    codes = _BY_SIGNS.take((text[tags + 1].astype(np.uint16) << 8) | text[tags + 2])
    if not len(codes) or codes[0] != _ROW or codes[-1] not in (_ROW_END, _ROW):
        raise NotPlainError
    if not _ALLOWED.take((codes[:-1] << 4) | codes[1:]).all():
        raise NotPlainError
    if (_ENDS.take(codes) & (text[tags + 3] != _GREATER)).any():
        raise NotPlainError
    return codes


def _places(text: Bytes, starts: Places) -> tuple[Numbers, Numbers, Places]:
    """Column from 0 and row from 1 of the cells that begin there, and where their places have ended."""
    _expect(text, starts + 3, 'r="')
    first, second, third = (text[starts + offset] for offset in (6, 7, 8))
    two = second >= ord("A")
    three = two & (third >= ord("A"))
    column = first.astype(np.int32) - 64
    for more, sign in ((two, second), (three, third)):
        if more.any():
            column = np.where(more, column * 26 + sign - 64, column)
    letters = (first >= 65) & (first <= 90) & (~two | (second <= 90)) & (~three | (third <= 90))
    row, behind = _number(text, starts + 7 + two + three)
    if not letters.all() or not row.all():
        raise NotPlainError
    return column - 1, row, behind


def _number(text: Bytes, at: Places) -> tuple[Numbers, Places]:
    """The whole numbers that begin there and end in a quote, and where the signs behind the quotes stand."""
    number = np.zeros(len(at), np.int32)
    for _ in range(_MOST_DIGITS):
        digit = text[at] - 48
        live = digit < 10
        if live.all():
            number = number * 10 + digit
        elif live.any():
            number = np.where(live, number * 10 + digit, number)
        else:
            break
        at = at + live
    if not (text[at] == _QUOTE).all():
        raise NotPlainError
    return number, at + 1


def _attributes(text: Bytes, behind: Places) -> tuple[Bytes, Numbers, Flags]:
    """Kind and style of the cells, by what stands behind their places; and which are closed at once."""
    kind = np.full(len(behind), ord("n"), np.uint8)
    style = np.full(len(behind), -1, np.int32)
    behind = behind.copy()
    some = np.flatnonzero(text[behind] == _SPACE)
    styled = some[text[behind[some] + 1] == ord("s")]
    if len(styled):
        _expect(text, behind[styled] + 2, '="')
        style[styled], behind[styled] = _number(text, behind[styled] + 4)
    typed = np.flatnonzero((text[behind] == _SPACE) & (text[behind + 1] != _SLASH))
    if len(typed):
        at = behind[typed]
        _expect(text, at + 1, 't="')
        first = text[at + 4]
        if not np.isin(first, np.frombuffer(b"snbei", np.uint8)).all():
            raise NotPlainError
        given = first.copy()
        length = np.ones(len(typed), np.int32)
        for name, letter in (("str", "t"), ("inlineStr", "i")):
            named = (first == ord(name[0])) & (text[at + 5] == ord(name[1]))
            if named.any():
                _expect(text, at[named] + 4, name)
                given[named], length[named] = ord(letter), len(name)
        _expect(text, at + 4 + length, '"')
        kind[typed], behind[typed] = given, at + 5 + length
    spaced = text[behind] == _SPACE
    closed = text[behind + spaced] == _SLASH
    if (spaced & ~closed).any():
        raise NotPlainError
    _expect(text, behind + spaced + closed, ">")
    return kind, style, closed


def _expect(text: Bytes, at: Places, signs: str) -> None:
    for offset, sign in enumerate(signs):
        if not (text[at + offset] == ord(sign)).all():
            raise NotPlainError


def numbers_in(text: Bytes, start: Places, end: Places) -> Numbers:
    """The whole numbers written there, digits alone. Raises NotPlainError."""
    length = end - start
    most = int(length.max(initial=0))
    if most > _MOST_DIGITS or not length.all():
        raise NotPlainError
    number = np.zeros(len(start), np.int32)
    for place in range(most):
        digit = text[start + place] - 48
        live = length > place
        if (live & (digit > 9)).any():
            raise NotPlainError
        number = (
            np.where(live, number * 10 + digit, number) if not live.all() else number * 10 + digit
        )
    return number


def joined(text: Bytes, start: Places, end: Places) -> bytes:
    """The texts from each start to its end, each with the ``<`` behind it."""
    length = end - start + 1
    take = np.repeat(start - np.cumsum(length) + length, length)
    take += np.arange(len(take))
    return bytes(text[take])
