"""Text lists without delimiters, whose columns stand below one another: printed lists, EAGLE part lists.

A column begins where the header has a word just behind a gutter, a place that is blank in every row.
What cannot be cut that way without doubt is not read as such a list.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from bomrisk.bom.content import is_ruled
from bomrisk.bom.header import judge
from bomrisk.bom.letters import letter

if TYPE_CHECKING:
    import polars as pl

HEADER_LINES = 60
"""Lines at the top that are tried as the header."""
MOST_LINES = 20_000
LONGEST_LINE = 500
MOST_CHARACTERS = 4_000_000
MOST_HEADERS = 3
"""Lines that read like a header and are tried."""
MOST_COLUMNS = 60
LEAST_ROWS = 2
LEAST_COLUMNS = 3
TABS = (8, 4)
"""Widths of a tab stop that are tried."""
_MARKS = bytes(48 if chr(code).isspace() else 49 for code in range(256))
"""Every character as "0" if it is blank, else as "1"."""
_DELIMITERS = (";", ",", "|", "\t")


@dataclass(frozen=True, slots=True)
class Aligned:
    """The records of an aligned list, one per physical line, and where the columns begin (from 0)."""

    rows: tuple[tuple[str | None, ...], ...]
    starts: tuple[int, ...]

    def frame(self) -> pl.DataFrame:
        """The records as a frame of texts."""
        import polars as pl

        return pl.DataFrame(
            {
                letter(at): pl.Series([row[at] for row in self.rows], dtype=pl.String)
                for at in range(len(self.starts))
            }
        )


def aligned(lines: Sequence[str]) -> Aligned | None:
    """The lines cut into columns by the blanks that run down between them; None if they are no such list."""
    if not LEAST_ROWS < len(lines) <= MOST_LINES:
        return None
    if not any("\t" in line for line in lines):
        return _of_blanks(lines)
    if not _irregular_tabs(lines):
        return None
    for width in TABS:
        found = _of_blanks([line.expandtabs(width) for line in lines])
        if found is not None:
            return found
    return None


def _irregular_tabs(lines: Sequence[str]) -> bool:
    """Whether tabs stand for blanks: several in a row, and not equally many in each line."""
    head = [line for line in lines[:400] if line.strip()]
    counts = Counter(line.count("\t") for line in head)
    most = max(counts.values(), default=0)
    return any("\t\t" in line for line in head) and most < 0.6 * len(head)


def _of_blanks(lines: Sequence[str]) -> Aligned | None:
    lengths = [len(line) for line in lines]
    if max(lengths) > LONGEST_LINE or sum(lengths) > MOST_CHARACTERS:
        return None
    tried = 0
    for at, line in enumerate(lines[:HEADER_LINES]):
        if not _heads(line) or _delimited(line, lines[at + 1 : at + 41]):
            continue
        found = _under(lines, at)
        tried += 1
        if found is not None or tried == MOST_HEADERS:
            return found
    return None


def _heads(line: str) -> bool:
    """Whether the words of a line read like a header, whatever blanks stand between them."""
    return any(
        judge({letter(at): word for at, word in enumerate(cells[:MOST_COLUMNS])}) is not None
        for cells in (re.split(r"\s{2,}", line.strip()), line.split())
        if len(cells) >= LEAST_COLUMNS
    )


def _delimited(header: str, below: Sequence[str]) -> bool:
    """Whether a delimiter stands as often in the rows as in the header."""
    rows = [line for line in below if line.strip() and not is_ruled((line,))]
    for sign in _DELIMITERS:
        count = header.count(sign)
        if count and sum(1 for line in rows if line.count(sign) == count) >= 0.5 * len(rows):
            return True
    return False


def _under(lines: Sequence[str], at: int) -> Aligned | None:
    """The list under the header in one of the lines, if that is one."""
    body = [
        place
        for place in range(at + 1, len(lines))
        if lines[place].strip() and not is_ruled((lines[place].strip(),))
    ]
    tried = [place for place in body if "  " in lines[place].strip()]
    if len(tried) < LEAST_ROWS or len(tried) < 0.5 * len(body):
        return None
    inks = {place: _ink(lines[place]) for place in body}
    below = reduce(or_, (inks[place] for place in tried))
    starts = _starts(_ink(lines[at]), below)
    if not LEAST_COLUMNS <= len(starts) <= MOST_COLUMNS:
        return None
    header = _cut(lines[at], starts)
    if any(text and "  " in text.strip() for text in header):
        return None  # a row runs over the border between two of the header's words
    if judge({letter(one): text for one, text in enumerate(header) if text}) is None:
        return None
    borders = sum(1 << (start - 1) for start in starts if start)
    inside = {at, *(place for place in body if not inks[place] & borders)}
    rows = tuple(
        _cut(line, starts) if place in inside else _whole(line, len(starts))
        for place, line in enumerate(lines)
    )
    return Aligned(rows, starts)


def _starts(above: int, below: int) -> tuple[int, ...]:
    """Where each column begins, by the ink of the header and that of all rows."""
    spans: list[tuple[int, int]] = []
    for match in re.finditer("1+", bin(above | below)[2:][::-1]):
        start, end = match.span()
        inside = ((1 << end) - 1) ^ ((1 << start) - 1)
        narrow = bool(spans) and start - spans[-1][1] == 1
        if narrow and not (above & inside and below & inside):
            spans[-1] = (
                spans[-1][0],
                end,
            )  # a gutter by chance, in the header or in the rows alone
        else:
            spans.append((start, end))
    return tuple(start for start, _ in spans)


def _ink(line: str) -> int:
    """The places of a line that are not blank, as bits; the first is the lowest."""
    marks = line.encode("latin-1", "replace").translate(_MARKS)
    return int(marks[::-1] or b"0", 2)


def _cut(line: str, starts: Sequence[int]) -> tuple[str | None, ...]:
    ends = (*starts[1:], len(line))
    return tuple(line[start:end].rstrip() or None for start, end in zip(starts, ends, strict=True))


def _whole(line: str, width: int) -> tuple[str | None, ...]:
    return (line.strip() or None, *([None] * (width - 1)))
