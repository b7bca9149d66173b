"""Regions of a sheet: which rows and columns belong to one parts table, and under which header."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bomrisk.bom import words
from bomrisk.bom.called import says_times
from bomrisk.bom.content import RULE, SHORTEST_RULE, Profile, profile
from bomrisk.bom.header import HeaderRow, header_rows, is_history, same_header
from bomrisk.bom.tworow import two_row
from bomrisk.bom.vocabulary import read_header

if TYPE_CHECKING:
    import polars as pl

_HEADING = re.compile(rf"(?i)(?:{words.pattern('heading block')})\s*[:.]?")

SAMPLE_ROWS = 240
"""Cells of a column that are looked at to judge its content, spread over the table."""


@dataclass(frozen=True, slots=True)
class Region:
    """One table of a sheet: its columns, its header, and the places in the frame of its rows.

    `header` is None for a table without header. `repeats` are rows that say the header again.
    """

    letters: tuple[str, ...]
    header: HeaderRow | None
    first: int
    end: int
    repeats: frozenset[int] = frozenset()
    followed: bool = False
    """Whether another table stands below, so that a title at the end belongs to that one."""

    @property
    def header_row(self) -> int | None:
        """Place of the header in the frame."""
        return None if self.header is None else self.header.index


def find_regions(frame: pl.DataFrame) -> list[list[Region]]:
    """The tables of a sheet, one list per strip; strips are lists that stand side by side."""
    strips = _strips(frame)
    if len(strips) > 1:
        found = [_stacked(frame.select(strip), strip) for strip in strips]
        if sum(1 for regions in found if any(_is_full(region) for region in regions)) > 1:
            return [regions for regions in found if regions]
    whole = tuple(frame.columns)
    regions = _stacked(frame, whole)
    if len(regions) == 1 and regions[0].header is not None:
        doubled = _doubled(regions[0].header)
        if len(doubled) > 1:
            return [_stacked(frame.select(strip), strip) for strip in doubled]
    return [regions] if regions else []


def _strips(frame: pl.DataFrame) -> list[tuple[str, ...]]:
    """Runs of columns that are not empty."""
    counts = frame.null_count().row(0)
    strips: list[list[str]] = [[]]
    for letter, nulls in zip(frame.columns, counts, strict=True):
        if nulls == frame.height:
            if strips[-1]:
                strips.append([])
        else:
            strips[-1].append(letter)
    return [tuple(strip) for strip in strips if len(strip) >= 2]


def _is_full(region: Region) -> bool:
    """Whether a table of its own has both a part and a quantity in its header."""
    if region.header is None:
        return False
    read = [read_header(text) for text in region.header.texts.values()]
    return any(header.candidates and header.candidates[0].field == "quantity" for header in read)


def _doubled(header: HeaderRow) -> list[tuple[str, ...]]:
    """Groups of columns of a header that says part and quantity, part and quantity again."""
    groups: list[list[str]] = [[]]
    seen: set[str] = set()
    complete = 0
    for letter, text in header.texts.items():
        read = read_header(text)
        name = read.candidates[0].field if read.strength >= 0.75 and read.ordinal == 1 else ""
        if name and name in seen and {"quantity"} <= seen and text in _texts(header, groups[-1]):
            complete += 1
            groups.append([])
            seen = set()
        groups[-1].append(letter)
        if name:
            seen.add(name)
    if complete == 0 or "quantity" not in seen:
        return []
    return [tuple(group) for group in groups]


def _texts(header: HeaderRow, letters: Sequence[str]) -> list[str]:
    return [header.texts[letter] for letter in letters]


def _stacked(frame: pl.DataFrame, letters: tuple[str, ...]) -> list[Region]:
    """Tables that stand below one another in one strip."""
    rows = [two_row(frame, row) for row in header_rows(frame)]
    if not rows:
        return []
    bottom = _bottom_header(frame, rows)
    if bottom is not None:
        return [Region(letters, bottom, _heading_rows(frame, bottom.index), bottom.index)]
    upward = _below_history(frame, letters, rows)
    if upward is not None:
        return [upward]
    regions: list[Region] = []
    repeats: set[int] = set()
    current = rows[0]
    for row in rows[1:]:
        above = row.index - row.above
        titled = says_times(frame, above) or (
            says_times(frame, current.index - current.above) and _is_title(frame, above - 1)
        )
        if same_header(current.texts, row.texts) and not titled:
            repeats |= set(range(row.index - row.above, row.last + 1))
            continue
        regions.append(_below(letters, current, above, repeats, followed=True))
        current, repeats = row, set()
    regions.append(_below(letters, current, frame.height, repeats))
    return [region for region in regions if _has_rows(frame, region)]


def _is_title(frame: pl.DataFrame, place: int) -> bool:
    return sum(1 for text in frame.row(place) if text) <= 1


def _below(
    letters: tuple[str, ...],
    header: HeaderRow,
    end: int,
    repeats: set[int],
    *,
    followed: bool = False,
) -> Region:
    """The rows from below a header to `end`; headers of two rows may overlap the next one."""
    first = header.last + 1
    end = max(first, end)
    inside = frozenset(place for place in repeats if first <= place < end)
    return Region(letters, header, first, end, inside, followed=followed)


def _has_rows(frame: pl.DataFrame, region: Region) -> bool:
    import polars as pl

    rows = frame.slice(region.first, region.end - region.first)
    return (
        bool(rows.select(pl.any_horizontal(pl.all().is_not_null()).any()).item())
        if rows.height
        else False
    )


def _bottom_header(frame: pl.DataFrame, rows: Sequence[HeaderRow]) -> HeaderRow | None:
    """A header that stands below its rows, as on drawings whose list grows upward (ASME Y14.34).

    Only the drawing's heading block may stand below it.
    """
    last = rows[-1]
    if last.index < 2:
        return None
    if len(rows) > 1 and not same_header(rows[0].texts, last.texts):
        return None
    below = range(last.last + 1, frame.height)
    if below and not (_heads(frame, below) and _lists(frame, last)):
        return None
    return last if len(rows) == 1 else None


def _below_history(
    frame: pl.DataFrame, letters: tuple[str, ...], rows: Sequence[HeaderRow]
) -> Region | None:
    """A list that grows upward from its header, under the table of the drawing's changes."""
    import polars as pl

    changes = [row for row in rows if is_history(row.texts.values())]
    others = [row for row in rows if row not in changes]
    if not changes or len(others) != 1 or changes[-1].index > others[0].index:
        return None
    blank = frame.select(pl.all_horizontal(pl.all().is_null()).alias("blank")).to_series()
    first = next((at for at in range(changes[-1].last, others[0].index) if blank[at]), None)
    bottom = _bottom_header(frame, others)
    return None if first is None or bottom is None else Region(letters, bottom, first, bottom.index)


def _heading_rows(frame: pl.DataFrame, end: int) -> int:
    """How many rows at the top belong to the drawing's heading block."""
    first = 0
    while first < end and _heads(frame, range(first, first + 1)):
        first += 1
    return first


def _heads(frame: pl.DataFrame, places: range) -> bool:
    """Whether every one of the rows is blank, a lone title, or labels with their values beside them."""
    for place in places:
        cells = [text.strip() for text in frame.row(place) if text and text.strip()]
        labels = sum(bool(_HEADING.fullmatch(text)) for text in cells)
        if len(cells) > 1 and (not labels or labels * 2 < len(cells) - 1):
            return False
    return True


def _lists(frame: pl.DataFrame, header: HeaderRow) -> bool:
    """Whether rows above a header hold numbers where it says quantity."""
    amounts = [
        letter
        for letter, text in header.texts.items()
        if any(one.field == "quantity" for one in read_header(text).candidates[:1])
    ]
    above = frame.head(header.index)
    return any(
        above.get_column(letter).str.contains(r"^\s*[0-9]+(?:\.0*)?\s*$").sum() >= 2
        for letter in amounts
    )


def sample(frame: pl.DataFrame, region: Region) -> dict[str, list[str | None]]:
    """Cells of each column of a region, in order, from rows spread over it; headers left out."""
    import polars as pl

    height = region.end - region.first
    rows = frame.slice(region.first, height).with_row_index("#", offset=region.first)
    if region.repeats:
        rows = rows.filter(~pl.col("#").is_in(sorted(region.repeats)))
    letters = list(region.letters)
    rows = rows.filter(pl.any_horizontal(pl.col(letters).is_not_null()))
    if rows.height <= 2 * SAMPLE_ROWS:
        rows = rows.filter(
            ~pl.all_horizontal(pl.col(letters).str.contains(RULE).fill_null(value=True))
            | (pl.max_horizontal(pl.col(letters).str.len_chars()) < SHORTEST_RULE)
        )
    if rows.height > SAMPLE_ROWS:
        third = SAMPLE_ROWS // 3
        middle = rows.height // 2
        rows = pl.concat(
            (
                rows.head(third),
                rows.slice(middle, third),
                rows.slice(rows.height - 2 * third, third),
            )
        )
    return {letter: rows.get_column(letter).to_list() for letter in letters}


def headless(frame: pl.DataFrame) -> tuple[Region, Mapping[str, str]] | None:
    """A table without header: its region and the fields of its columns by content alone, or None."""
    letters = tuple(frame.columns)
    region = Region(letters, None, 0, frame.height)
    cells = sample(frame, region)
    profiles = {letter: profile(values) for letter, values in cells.items()}
    fields: dict[str, str] = {}
    amounts = [
        letter
        for letter, found in profiles.items()
        if found.quantity >= 0.8
        and found.filled >= 0.6
        and found.dotted < 0.3
        and not found.counting
        and not _is_code(found)
    ]
    texts = sorted(
        (
            letter
            for letter, found in profiles.items()
            if found.words >= 0.6 and found.filled >= 0.6 and found.url < 0.3 and found.number < 0.3
        ),
        key=lambda letter: (-profiles[letter].distinct * profiles[letter].length, letter),
    )
    if not amounts or not texts or frame.height < 3:
        return None
    whole = [letter for letter in amounts if profiles[letter].integer >= 0.8]
    fields[(whole or amounts)[0]] = "quantity"
    fields[texts[0]] = "name"
    for letter, found in profiles.items():
        if letter in fields:
            continue
        name = _by_content(found, fields.values())
        if name:
            fields[letter] = name
    return region, fields


def _is_code(found: Profile) -> bool:
    """Whether numbers are codes of makers (CAGE): five characters, or four or five that come again."""
    again = found.length >= 3.5 and found.distinct <= 0.6 and found.integer >= 0.8
    return found.cage >= 0.6 or again


def _by_content(found: Profile, taken: Iterable[str]) -> str | None:
    known = set(taken)
    for name, fits in (
        ("url", found.url >= 0.5),
        ("reference", found.designator >= 0.7 and found.designator_list >= 0.1),
        ("item_no", found.counting),
        ("unit", found.unit >= 0.8),
        ("unit_cost", found.money >= 0.6),
        ("part_number", found.code >= 0.7 and found.distinct >= 0.7 and found.number < 0.5),
        ("description", found.words >= 0.6 and found.distinct >= 0.3),
    ):
        if fits and name not in known:
            return name
    return None
