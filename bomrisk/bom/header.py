"""Header rows of a sheet: rows of known header words above (or below) rows that are data."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bomrisk.bom import units
from bomrisk.bom.content import is_number, is_quantity, is_url
from bomrisk.bom.vocabulary import LONGEST_HEADER, Header, quick_words, read_header

if TYPE_CHECKING:
    import polars as pl

HEAD_ROWS = 120
"""Rows at the top of a sheet in which every row is looked at as a possible header."""
SMALL_SHEET = 3_000
"""Sheets up to this size are looked at row by row."""
KNOWN = 0.45
"""Strength from which a header cell counts as known."""

_COUNT = re.compile(r"\d{1,3}(?:\.0)?|-")
_BREAK = re.compile(r"[1-9]\d{0,6}(?:\.0)?")
_DASH_NUMBER = re.compile(r"-\d{1,4}")
_IDENTITY = frozenset(("part_number", "name", "description", "mpn", "reference"))
_AMOUNT = frozenset(("quantity", "quantity_total"))


@dataclass(frozen=True, slots=True)
class HeaderRow:
    """A row taken for a header: its place in the frame, its texts by column letter, and its score."""

    index: int
    texts: Mapping[str, str]
    score: float
    known: int
    last: int
    """Place of the last row of the header; more than `index` if it takes two rows."""
    above: int = 0
    """Rows of group headings above `index` that belong to the header."""


def header_rows(frame: pl.DataFrame) -> list[HeaderRow]:
    """All rows that read like headers of parts tables, in order of the sheet."""
    found: list[HeaderRow] = []
    comments = _comments(frame)
    for index in _candidates(frame):
        if index < comments:
            continue
        cells = _cells(frame, index)
        row = judge(cells, index)
        if row is None and len(cells) >= 2:
            row = (
                _amount_above_numbers(frame, cells, index)
                or _products(frame, cells, index)
                or _name_and_more(frame, cells, index)
            )
        if row is not None:
            found.append(row)
    return _best_of_neighbours(found)


def _comments(frame: pl.DataFrame) -> int:
    """Rows at the top that are comments: two or more that begin with ``#``, as programs write them."""
    first = frame.get_column(frame.columns[0]).head(HEAD_ROWS).to_list()
    count = 0
    while count < len(first) and (first[count] or "").lstrip().startswith("#"):
        count += 1
    return count if count >= 2 else 0


def _cells(frame: pl.DataFrame, index: int) -> dict[str, str]:
    return {
        letter: " ".join(text.split())
        for letter, text in zip(frame.columns, frame.row(index), strict=True)
        if text is not None and text.strip()
    }


def _candidates(frame: pl.DataFrame) -> list[int]:
    """Rows worth a closer look: all at the top; further down those that look unlike the data.

    In a long sheet a row that says the header again, or heads another table, has letters where the
    first table has its quantities, or stands below a row with at most one cell; and it holds at least
    two plain header words.
    """
    import polars as pl

    if frame.height <= SMALL_SHEET:
        return list(range(frame.height))
    head = frame.head(HEAD_ROWS)
    found = [row for index in range(head.height) if (row := judge(_cells(head, index), index))]
    amounts = {
        letter
        for row in found
        for letter, text in row.texts.items()
        if any(one.field in _AMOUNT for one in read_header(text).candidates)
    }
    rows = frame.with_row_index("#").slice(HEAD_ROWS)
    if amounts:
        filled = pl.sum_horizontal(pl.col(frame.columns).is_not_null())
        odd = pl.any_horizontal(pl.col(sorted(amounts)).str.contains(r"\pL")) | (
            (filled > 1) & (filled.shift(1, fill_value=99) <= 1)
        )
        rows = rows.filter(odd.fill_null(value=False))
    words = pl.Series(sorted(quick_words()), dtype=pl.String)
    hits = pl.sum_horizontal(
        pl.col(frame.columns)
        .str.to_lowercase()
        .str.strip_chars(" .:*")
        .is_in(words.implode())
        .fill_null(value=False)
    )
    further: list[int] = rows.filter(hits >= 2).get_column("#").to_list()
    return [*range(head.height), *further]


def judge(cells: Mapping[str, str], index: int = 0) -> HeaderRow | None:
    """Whether the cells of one row are a header: enough known words, a part and an amount among them."""
    if len(cells) < 2 or any(len(text) > 3 * LONGEST_HEADER for text in cells.values()):
        return None
    numbers = sum(1 for text in cells.values() if is_number(text))
    read = {letter: read_header(text) for letter, text in cells.items()}
    if numbers > 0.34 * len(cells):
        if not _above_price_breaks(cells.values(), read.values()):
            return None
        cells_of_words = len(cells) - numbers
    else:
        cells_of_words = len(cells)
    known = [header for header in read.values() if header.strength >= KNOWN]
    identity = _has(read.values(), _IDENTITY)
    amount = _has(read.values(), _AMOUNT)
    distinct = len({header.candidates[0].field for header in known})
    share = len(known) / cells_of_words
    made_of = _has(read.values(), frozenset(("material",)))
    weighed = _has(read.values(), frozenset(("mass", "ext_mass", "quantity")))
    enough = (
        (made_of and weighed and distinct >= 2 and share >= 0.6)
        or (identity and amount and distinct >= 2 and share >= 0.4)
        or (identity and distinct >= 3 and share >= 0.5)
        or (identity and amount and distinct >= 4 and share >= 0.25)
        or (
            identity
            and distinct >= 2
            and share >= 0.99
            and len(cells) >= 2
            and _levels(read.values())
        )
    )
    if not enough:
        return None
    score = sum(header.strength for header in known) + 2.0 * amount - 0.5 * min(numbers, 2)
    return HeaderRow(index, dict(cells), score, len(known), index)


def _above_price_breaks(texts: Iterable[str], read: Iterable[Header]) -> bool:
    """Whether a row with many numbers is a header still: quantities from which a price holds.

    Its words for part and quantity are sure, and its numbers are whole and run up from 1.
    """
    sure = {one.field for header in read for one in header.candidates if one.strength >= 0.9}
    numbers = [text for text in texts if is_number(text)]
    return (
        bool(sure & _IDENTITY)
        and bool(sure & _AMOUNT)
        and "1" in numbers
        and all(_BREAK.fullmatch(text) for text in numbers)
    )


def _has(headers: Iterable[Header], fields: frozenset[str]) -> bool:
    return any(
        candidate.field in fields and candidate.strength >= KNOWN
        for header in headers
        for candidate in header.candidates
    )


def _levels(headers: Iterable[Header]) -> bool:
    return _has(
        headers, frozenset(("level", "parent", "parent_key", "material", "mass", "unit_cost"))
    )


def _amount_above_numbers(
    frame: pl.DataFrame, cells: Mapping[str, str], index: int
) -> HeaderRow | None:
    """A row of texts with one sure word for quantity, above numbers, is a header whatever the rest says."""
    if any(is_number(text) or len(text) > LONGEST_HEADER for text in cells.values()):
        return None
    for letter, text in cells.items():
        header: Header = read_header(text)
        if not any(one.field == "quantity" and one.strength >= 0.9 for one in header.candidates):
            continue
        below = _below(frame, letter, index)
        if len(below) >= 2 and sum(map(is_quantity, below)) >= 0.8 * len(below):
            others = [cell for other, cell in cells.items() if other != letter]
            if (
                any(_texts_below(frame, other, index) for other in cells if other != letter)
                and others
            ):
                return HeaderRow(index, dict(cells), 2.5, 1, index)
    return None


def _products(frame: pl.DataFrame, cells: Mapping[str, str], index: int) -> HeaderRow | None:
    """A part's header beside two or more unknown ones above small numbers: a matrix of end items."""
    if any(is_number(text) or len(text) > LONGEST_HEADER for text in cells.values()):
        return None
    read = {letter: read_header(text) for letter, text in cells.items()}
    sure = [
        letter
        for letter, header in read.items()
        if header.strength >= 0.75 and header.candidates[0].field in _IDENTITY
    ]
    if not sure or not any(_texts_below(frame, letter, index) for letter in sure):
        return None
    counted = 0
    for letter, header in read.items():
        below = _below(frame, letter, index)
        if header.strength < KNOWN and below and all(_COUNT.fullmatch(text) for text in below):
            counted += 1
    if counted < 2 or counted + len(sure) < 0.6 * len(cells):
        return None
    return HeaderRow(index, dict(cells), 2.0 + len(sure), len(sure), index)


def _name_and_more(frame: pl.DataFrame, cells: Mapping[str, str], index: int) -> HeaderRow | None:
    """A part's header beside a web address, or beside headers that differ by their numbers alone.

    Such lists give no quantity: parts with links, or products with one column per item and supplier.
    """
    if index > 5 or any(is_number(text) for text in cells.values()):
        return None
    read = {letter: read_header(text) for letter, text in cells.items()}
    named = [
        letter
        for letter, header in read.items()
        if _has([header], _IDENTITY) and _texts_below(frame, letter, index)
    ]
    if not named:
        return None
    linked = [
        letter
        for letter, header in read.items()
        if _has([header], frozenset(("url",))) and any(map(is_url, _below(frame, letter, index)))
    ]
    kinds = Counter(re.sub(r"\d+", "#", text) for text in cells.values() if re.search(r"\d", text))
    alike = max(kinds.values(), default=0)
    known = sum(1 for header in read.values() if header.strength >= KNOWN)
    if (linked and known >= 0.6 * len(cells)) or (
        alike >= 2 and alike + len(named) >= 0.6 * len(cells)
    ):
        return HeaderRow(index, dict(cells), 1.0 + len(named), len(named), index)
    return None


def unread_header(frame: pl.DataFrame) -> HeaderRow | None:
    """A row at the top that is a header by its looks alone: distinct texts above columns of numbers."""
    for index in range(min(5, frame.height - 2)):
        cells = _cells(frame, index)
        if len(cells) < 3 or len(set(cells.values())) < len(cells):
            continue
        if any(is_quantity(text) or len(text) > LONGEST_HEADER for text in cells.values()):
            continue
        below = [_below(frame, letter, index) for letter in cells]
        if any(len(texts) >= 2 and all(map(is_number, texts)) for texts in below):
            return HeaderRow(index, cells, 0.5, 0, index)
    return None


def _below(frame: pl.DataFrame, letter: str, index: int) -> list[str]:
    values = frame.get_column(letter).slice(index + 1, 8).to_list()
    return [text.strip() for text in values if text]


def _texts_below(frame: pl.DataFrame, letter: str, index: int) -> bool:
    below = _below(frame, letter, index)
    return bool(below) and sum(map(is_number, below)) <= 0.5 * len(below)


def _best_of_neighbours(found: Sequence[HeaderRow]) -> list[HeaderRow]:
    """Of header rows that touch, the best; equal ones stay apart (an empty table, then the next)."""
    best: list[HeaderRow] = []
    for row in found:
        touches = bool(best) and row.index - best[-1].index == 1
        if touches and not same_header(row.texts, best[-1].texts):
            if row.score > best[-1].score:
                best[-1] = row
            continue
        best.append(row)
    return best


def same_header(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Whether two header rows say the same in the same columns."""
    letters = one.keys() | other.keys()
    equal = sum(
        1
        for letter in letters
        if one.get(letter, "").casefold().strip() == other.get(letter, "").casefold().strip()
    )
    return equal >= 0.8 * len(letters)


def two_row(frame: pl.DataFrame, row: HeaderRow) -> HeaderRow:
    """The header joined with a row of sub-headings below it or of group headings above it."""
    if row.index + 1 < frame.height:
        below = _cells(frame, row.index + 1)
        if _is_subheading(below, row.texts):
            return HeaderRow(
                row.index,
                _joined(frame.columns, row.texts, below),
                row.score,
                row.known,
                row.index + 1,
            )
    if row.index > 0:
        above = _cells(frame, row.index - 1)
        if len(above) >= 2 and above.keys() <= row.texts.keys():
            joined = _joined(frame.columns, above, row.texts)
            if _strength(joined) > _strength(row.texts) + 0.3 or (
                len(set(row.texts.values())) < len(row.texts)
                and not any(map(is_number, above.values()))
            ):
                return HeaderRow(row.index, joined, row.score, row.known, row.index, above=1)
    return row


def _strength(texts: Mapping[str, str]) -> float:
    """How surely the texts of a header row are known, each field counted once."""
    best: dict[str, float] = {}
    for text in texts.values():
        for candidate in read_header(text).candidates[:1]:
            best[candidate.field] = max(best.get(candidate.field, 0.0), candidate.strength)
    return sum(best.values())


def _is_subheading(below: Mapping[str, str], above: Mapping[str, str]) -> bool:
    """Whether a row under a header says more of it: units, "each" and "total", dash numbers.

    A cell under a part's header is a part, unless it is a header word itself.
    """
    if not below:
        return False
    known = fresh = 0
    for letter, text in below.items():
        is_known = _says_more(text, above.get(letter))
        dash = _DASH_NUMBER.fullmatch(text) is not None
        known += is_known or (dash and letter in above)
        if letter not in above:
            fresh += 1
        if is_number(text) and not dash:
            return False
        if letter in above and not is_known and _has([read_header(above[letter])], _IDENTITY):
            return False
    if not fresh:
        return known == len(below) >= 2
    return fresh == len(below) >= 2 or known + fresh >= 0.75 * len(below) >= 1.5


def _says_more(text: str, head: str | None) -> bool:
    """Whether a cell is a header word, a unit, or one with the header above it, as Teil and Nummer are."""
    if read_header(text).strength >= KNOWN or text[:1] in "([<" or units.kind_of_unit(text):
        return True
    if head is None:
        return False
    both = read_header(f"{head} {text}").strength
    return both >= 0.9 and both > read_header(head).strength


def _joined(
    columns: Sequence[str], top: Mapping[str, str], bottom: Mapping[str, str]
) -> dict[str, str]:
    """Texts of both rows; a group heading reaches over the columns to its right that have none."""
    texts: dict[str, str] = {}
    group = ""
    for letter in columns:
        high, low = top.get(letter), bottom.get(letter)
        if high:
            group = high
        if low is None:
            if high:
                texts[letter] = high
            continue
        head = high or group
        own = read_header(low)
        both = f"{head} {low}".strip()
        if own.strength >= 0.9 and read_header(both).strength < own.strength:
            texts[letter] = low
        elif (
            high
            and read_header(high).strength >= read_header(both).strength
            and own.strength < KNOWN
        ):
            keep = (
                low[:1] in "(["
                or _DASH_NUMBER.fullmatch(low)
                or is_number(low)
                or units.kind_of_unit(low)
            )
            texts[letter] = both if keep else high
        else:
            texts[letter] = both
    return texts
