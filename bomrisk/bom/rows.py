"""Rows of a table: which are parts, and which are titles, sections, totals, notes or blank."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bomrisk.bom import words
from bomrisk.bom.called import title_places
from bomrisk.bom.content import is_quantity
from bomrisk.bom.oddrows import (
    CARRIAGE_WORDS,
    IDENTITY,
    LINE,
    OWN_TOTAL,
    PAGE_MARK,
    SERVICE_WORDS,
    TOTAL_WORDS,
    OddRows,
)
from bomrisk.bom.regions import Region

if TYPE_CHECKING:
    import polars as pl

    from bomrisk.bom.columns import ColumnMap
    from bomrisk.bom.sheet import Sheet

TAIL_ROWS = 8
"""Rows at the end of a table that are looked at for totals in the table's own words."""
NOT_FITTED = rf"(?i)^\W*(?:{words.pattern('not fitted')})\W*$"


@dataclass(frozen=True, slots=True)
class Sorted:
    """Rows of a region by what they are: `kinds` has one word per row of the frame slice."""

    kinds: pl.Series
    notes: tuple[tuple[int, str, str], ...]
    """(place in the frame, kind, text) for rows that deserve a remark."""


def sort_rows(sheet: Sheet, region: Region, mapping: ColumnMap) -> Sorted:
    """Say for each row of the region what it is: ``line``, or the reason why it is none.

    A row is a line if it names a part and says how many; every other row is looked at with its
    neighbours. A part without quantity stays a line, a text alone in its row does not.
    """
    import polars as pl

    rows = sheet.frame.slice(region.first, region.end - region.first).select(region.letters)
    identity = [mapping.main[name].letter for name in IDENTITY if name in mapping.main]
    amount = mapping.letter("quantity")
    filled = pl.sum_horizontal(pl.all().is_not_null())
    named = (
        pl.any_horizontal(pl.col(identity).str.contains(r"[\pL\pN]"))
        if identity
        else pl.lit(value=False)
    )
    counted = pl.col(amount).is_not_null() if amount else filled >= 2
    if mapping.products:
        counted = pl.any_horizontal(
            pl.col([column.letter for column in mapping.products]).is_not_null()
        )
    label = pl.coalesce(identity) if identity else pl.lit(None, pl.String)
    flags = rows.select(
        filled.alias("filled"),
        named.fill_null(value=False).alias("named"),
        counted.alias("counted"),
        (
            pl.any_horizontal(pl.col(identity).str.contains(TOTAL_WORDS))
            if identity
            else pl.lit(value=False)
        )
        .fill_null(value=False)
        .alias("total"),
        label.str.contains(SERVICE_WORDS).fill_null(value=False).alias("service"),
    )
    plain = flags.select(
        pl.col("named") & pl.col("counted") & ~pl.col("total") & ~pl.col("service")
    ).to_series()
    foreign = _another_table(rows, flags, amount)
    above = title_places(rows) if region.followed else frozenset()
    apart = [place - region.first for place in sorted(region.repeats)]
    apart += _page_marks(rows, apart, amount)
    apart += _own_totals(rows, identity)
    for letter in {mapping.letter("name"), identity[0] if identity else None} - {None}:
        apart += _carriage(rows.get_column(str(letter)))
    if apart or foreign or above:
        plain = plain.scatter([*apart, *foreign, *above], False)
    usual = float(plain.sum() or 0) / max(1, flags.filter(pl.col("filled") > 0).height)
    kinds: list[str] | None = None
    notes: list[tuple[int, str, str]] = []
    odd = (~plain).arg_true().to_list()
    result = pl.Series("kind", [LINE], dtype=pl.String).new_from_index(0, rows.height)
    if odd:
        lines = plain.arg_true()
        judge = OddRows(rows, region, mapping, flags, usual, int(lines[-1]) if lines.len() else -1)
        kinds = [
            "other table" if place in foreign else "title" if place in above else judge.kind(place)
            for place in odd
        ]
        result = result.scatter(odd, kinds)
        notes = judge.notes
    result = _not_fitted(result, rows, mapping)
    if sheet.reasons is not None:
        given = sheet.reasons.slice(region.first, rows.height)
        result = result.zip_with(given.is_null(), given)
    final = result if region.followed else _end_of_table(result)
    told = tuple(
        (place + region.first, kind, text) for place, kind, text in notes if final[place] == LINE
    )
    return Sorted(final, told)


def _page_marks(rows: pl.DataFrame, repeats: Sequence[int], amount: str | None) -> list[int]:
    """Rows just above or below a repeated header whose cell of the quantity counts pages."""
    if amount is None or not repeats:
        return []
    near = {at for place in repeats for at in range(place - 3, place + 3) if 0 <= at < rows.height}
    column = rows.get_column(amount)
    return [at for at in sorted(near) if re.search(PAGE_MARK, column[at] or "")]


def _carriage(labels: pl.Series) -> list[int]:
    """Rows whose name ends in costs of carriage; the words are looked for before the whole pattern."""
    said = sorted(words.plain("carriage"))
    places = labels.str.contains_any(said, ascii_case_insensitive=True).arg_true()
    held = labels.gather(places).str.contains(CARRIAGE_WORDS)
    return places.filter(held).to_list()


def _own_totals(rows: pl.DataFrame, identity: Sequence[str]) -> list[int]:
    """Rows at the end of a table whose text ends in total, such as ``Known project total``."""
    first = max(0, rows.height - TAIL_ROWS)
    tail = rows.tail(TAIL_ROWS).select(list(dict.fromkeys(identity))).rows()
    return [
        first + at
        for at, cells in enumerate(tail)
        if any(text and OWN_TOTAL.match(text.strip()) for text in cells)
    ]


def _another_table(rows: pl.DataFrame, flags: pl.DataFrame, amount: str | None) -> frozenset[int]:
    """Places of rows below a blank row that are a table of another kind, without any quantity.

    Its first row has only texts, one of them where the parts list has its quantity.
    """
    import polars as pl

    if amount is None or rows.height < 4:
        return frozenset()
    blank = flags.get_column("filled") == 0
    below = blank.shift(1, fill_value=False).arg_true()
    if not below.len():
        return frozenset()
    heads = rows.select(pl.all().gather(below)).select(
        pl.col(amount).str.contains(r"\pL").fill_null(value=False)
        & ~pl.any_horizontal(pl.all().str.contains(r"^[\s\d.,$€£%+-]+$").fill_null(value=False))
    )
    starts = below.filter(heads.to_series())
    found: set[int] = set()
    gaps = blank.arg_true().to_list()
    for start in starts.to_list():
        end = next((gap for gap in gaps if gap > start), rows.height)
        cells = rows.get_column(amount).slice(start, end - start).drop_nulls().to_list()
        if end - start >= 2 and len(cells) >= 2 and not any(map(is_quantity, cells)):
            found |= set(range(start, end))
    return frozenset(found)


def _not_fitted(kinds: pl.Series, rows: pl.DataFrame, mapping: ColumnMap) -> pl.Series:
    """Rows that the list itself says are not mounted are no content of the product."""
    import polars as pl

    column = mapping.letter("fitted")
    amount = mapping.letter("quantity")
    header = mapping.main["fitted"].header.text.casefold() if column else ""
    test = pl.lit(value=False)
    if column:
        inverse = any(word in header for word in ("dnp", "dnf", "dni", "not", "exclude"))
        test = (
            pl.col(column).str.contains(r"(?i)^\s*(?:yes|y|x|true|1|dnp|dnf|dni)\s*$")
            if inverse
            else pl.col(column).str.contains(NOT_FITTED)
        )
    marks = [mapping.letter(name) for name in ("notes", "value", "description", "quantity")]
    for letter in {mark for mark in marks if mark}:
        said = pl.col(letter).str.contains(NOT_FITTED) & (pl.col(letter).str.len_chars() > 2)
        none = (
            pl.col(amount).str.contains(r"^\s*0*\.?0*\s*$") if amount and letter != amount else True
        )
        test = test | (said & none)
    hit = rows.select(test.fill_null(value=False)).to_series()
    return kinds.zip_with(
        ~(hit & (kinds == LINE)),
        pl.Series(["not fitted"], dtype=pl.String).new_from_index(0, len(kinds)),
    )


def _end_of_table(kinds: pl.Series) -> pl.Series:
    """Section titles after the last line are notes."""
    lines = (kinds == LINE).arg_true()
    if not len(lines):
        return kinds
    last = int(lines[-1])
    if last + 1 >= len(kinds):
        return kinds
    tail = ["note" if kind == "section" else kind for kind in kinds[last + 1 :].to_list()]
    return kinds.scatter(list(range(last + 1, len(kinds))), tail)
