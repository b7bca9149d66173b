"""Header rows of a sheet: rows of known header words above (or below) rows that are data."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from bomrisk.bom import words
from bomrisk.bom.content import is_number, is_quantity, is_ruled, is_url
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
DASH_NUMBER = re.compile(r"-\d{1,4}")
"""Header of the quantities in one assembly of a drawing, whose number ends in it."""
IDENTITY = frozenset(("part_number", "name", "description", "mpn", "reference"))
"""Fields of which a header has at least one."""
_NAMING = frozenset(("part_number", "mpn", "description"))
_OF_CHANGES = frozenset(("revision", "description", "item_no", "notes", "other"))
"""Fields that a table of changes may have beside revision, date and who approved."""
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
        cells = cells_of(frame, index)
        row = judge(cells, index)
        if row is None and len(cells) >= 2:
            row = (
                _amount_above_numbers(frame, cells, index)
                or _products(frame, cells, index)
                or _name_and_more(frame, cells, index)
                or _history(cells, index)
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


def cells_of(frame: pl.DataFrame, index: int) -> dict[str, str]:
    """Texts of a row by column letter, without those that are blank."""
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
    found = [row for index in range(head.height) if (row := judge(cells_of(head, index), index))]
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
    found = _judged(tuple(cells.items()))
    return None if found is None else replace(found, index=index, last=index)


@lru_cache(maxsize=256)
def _judged(row: tuple[tuple[str, str], ...]) -> HeaderRow | None:
    """The same for a header as the first row: long lists repeat theirs on every page."""
    cells = dict(row)
    if len(cells) < 2 or any(len(text) > 3 * LONGEST_HEADER for text in cells.values()):
        return None
    read = {letter: read_header(text) for letter, text in cells.items()}
    dashes = _dash_numbers(cells, read)
    numbers = sum(1 for text in cells.values() if is_number(text)) - len(dashes)
    read |= {letter: read_header(f"qty {cells[letter]}") for letter in dashes}
    if numbers > 0.34 * len(cells):
        if not _above_price_breaks(cells.values(), read.values()):
            return None
        cells_of_words = len(cells) - numbers
    else:
        cells_of_words = len(cells)
    known = [header for header in read.values() if header.strength >= KNOWN]
    identity = has(read.values(), IDENTITY)
    amount = has(read.values(), _AMOUNT)
    distinct = len({header.candidates[0].field for header in known})
    share = len(known) / cells_of_words
    made_of = has(read.values(), frozenset(("material",)))
    weighed = has(read.values(), frozenset(("mass", "ext_mass", "quantity")))
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
    return HeaderRow(0, cells, score, len(known), 0)


def _dash_numbers(cells: Mapping[str, str], read: Mapping[str, Header]) -> list[str]:
    """Columns that a drawing heads by the dash numbers of its assemblies, beside sure words for a part."""
    dashes = [letter for letter, text in cells.items() if DASH_NUMBER.fullmatch(text)]
    sure = {
        header.candidates[0].field
        for letter, header in read.items()
        if letter not in dashes and header.strength >= 0.75
    }
    return dashes if sure & IDENTITY and len(sure) >= 2 else []


def _above_price_breaks(texts: Iterable[str], read: Iterable[Header]) -> bool:
    """Whether a row with many numbers is a header still: quantities from which a price holds, or levels.

    Its words for part and quantity are sure, and its numbers are whole and run up from 1, or count from 0.
    """
    sure = {one.field for header in read for one in header.candidates if one.strength >= 0.9}
    numbers = [text for text in texts if is_number(text)]
    return (
        bool(sure & IDENTITY)
        and bool(sure & _AMOUNT)
        and (
            ("1" in numbers and all(_BREAK.fullmatch(text) for text in numbers))
            or [text.removesuffix(".0") for text in numbers] == list(map(str, range(len(numbers))))
        )
    )


def is_history(texts: Iterable[str]) -> bool:
    """Whether a header is that of the changes of a drawing: revision, description, date, by whom.

    Its rows hold letters where parts have their numbers. A header that names a part by more than a
    description, or that counts parts, is none.
    """
    return _is_history(tuple(texts))


@lru_cache(maxsize=256)
def _is_history(texts: tuple[str, ...]) -> bool:
    plain = {" ".join(text.casefold().split()).strip(" .:"): read_header(text) for text in texts}
    changes = plain.keys() & words.plain("history column")
    revisions = {
        text
        for text, header in plain.items()
        if text in words.plain("history revision") or has([header], frozenset(("revision",)))
    }
    others = [header for text, header in plain.items() if text not in changes | revisions]
    told = all(
        any(one.field in _OF_CHANGES for one in header.candidates)
        for header in others
        if header.strength >= 0.6
    )
    return bool(changes) and bool(revisions) and told


def _history(cells: Mapping[str, str], index: int) -> HeaderRow | None:
    """A header of the changes of a drawing that names no part: its rows are kept from the parts above."""
    few = len(cells) < 3 or any(is_number(text) for text in cells.values())
    if few or not is_history(cells.values()):
        return None
    plain = words.plain("history column")
    told = [text for text in cells.values() if text.casefold().strip(" .:") in plain]
    if len(told) < 2:
        return None
    return HeaderRow(index, dict(cells), 1.0, len(told), index)


def has(headers: Iterable[Header], fields: frozenset[str]) -> bool:
    """Whether one of the headers may mean one of the fields."""
    return any(
        candidate.field in fields and candidate.strength >= KNOWN
        for header in headers
        for candidate in header.candidates
    )


def _levels(headers: Iterable[Header]) -> bool:
    return has(
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
        if header.strength >= 0.75 and header.candidates[0].field in IDENTITY
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
        if has([header], IDENTITY) and _texts_below(frame, letter, index)
    ]
    if not named:
        return None
    linked = [
        letter
        for letter, header in read.items()
        if has([header], frozenset(("url",))) and any(map(is_url, _below(frame, letter, index)))
    ]
    kinds = Counter(re.sub(r"\d+", "#", text) for text in cells.values() if re.search(r"\d", text))
    alike = max(kinds.values(), default=0)
    known = sum(1 for header in read.values() if header.strength >= KNOWN)
    if (linked and known >= 0.6 * len(cells)) or (
        alike >= 2 and alike + len(named) >= 0.6 * len(cells)
    ):
        return HeaderRow(index, dict(cells), 1.0 + len(named), len(named), index)
    return None


def listed_header(frame: pl.DataFrame) -> HeaderRow | None:
    """A row at the top of a list that gives no quantity: every word is known, one of them names parts."""
    for index in range(min(5, frame.height - 1)):
        cells = cells_of(frame, index)
        if is_history(cells.values()):
            return None
        read = {letter: read_header(text) for letter, text in cells.items()}
        fields = {one.candidates[0].field for one in read.values() if one.strength >= KNOWN}
        naming = [
            letter
            for letter, one in read.items()
            if one.strength >= 0.9 and one.candidates[0].field in _NAMING
        ]
        sure = all(one.strength >= KNOWN for one in read.values())
        if (
            sure
            and len(fields) >= 2
            and any(_texts_below(frame, letter, index) for letter in naming)
        ):
            return HeaderRow(index, cells, float(len(fields)), len(cells), index)
    return None


def unread_header(frame: pl.DataFrame) -> HeaderRow | None:
    """A row at the top that is a header by its looks alone: distinct texts above columns of numbers."""
    for index in range(min(5, frame.height - 2)):
        cells = cells_of(frame, index)
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
    return [text.strip() for text in values if text and not is_ruled((text,))]


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
