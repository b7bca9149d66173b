"""Headers of two rows: a row of units or sub-headings below the header, or of group headings above it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from bomrisk.bom import units
from bomrisk.bom.content import is_number
from bomrisk.bom.header import DASH_NUMBER, IDENTITY, KNOWN, HeaderRow, cells_of, has
from bomrisk.bom.vocabulary import read_header

if TYPE_CHECKING:
    import polars as pl

_ASSEMBLY = re.compile(r"[A-Z0-9.]{0,20}-\d{1,4}|0\d{1,3}")
_AMOUNT = frozenset(("quantity", "quantity_total"))


def two_row(frame: pl.DataFrame, row: HeaderRow) -> HeaderRow:
    """The header joined with a row of sub-headings below it or of group headings above it."""
    if row.index + 1 < frame.height:
        below = cells_of(frame, row.index + 1)
        if _numbers_columns(below, row.texts):
            return HeaderRow(row.index, row.texts, row.score, row.known, row.index + 1)
        if _names_assemblies(below, row.texts, frame.columns):
            texts = {letter: text for letter, text in row.texts.items() if letter not in below}
            names = {
                letter: f"{_head(letter, row.texts, frame.columns)} {text}"
                for letter, text in below.items()
            }
            return HeaderRow(row.index, {**texts, **names}, row.score, row.known, row.index + 1)
        if _says_quantity(below, row.texts):
            return HeaderRow(row.index, row.texts, row.score, row.known, row.index + 1)
        if _counts_levels(below, row.texts, frame.columns):
            names = {
                letter: f"{_head(letter, row.texts, frame.columns)} {text}"
                for letter, text in below.items()
            }
            return HeaderRow(row.index, {**row.texts, **names}, row.score, row.known, row.index + 1)
        if _is_subheading(below, row.texts):
            return HeaderRow(
                row.index,
                _joined(frame.columns, row.texts, below),
                row.score,
                row.known,
                row.index + 1,
            )
    if row.index > 0:
        above = cells_of(frame, row.index - 1)
        if _says_quantity(above, row.texts):
            return HeaderRow(row.index, row.texts, row.score, row.known, row.last, above=1)
        if len(above) >= 2 and above.keys() <= row.texts.keys():
            joined = _joined(frame.columns, above, row.texts)
            if _strength(joined) > _strength(row.texts) + 0.3 or (
                len(set(row.texts.values())) < len(row.texts)
                and not any(map(is_number, above.values()))
            ):
                return HeaderRow(row.index, joined, row.score, row.known, row.index, above=1)
    return row


def _numbers_columns(below: Mapping[str, str], above: Mapping[str, str]) -> bool:
    """Whether the row under a header numbers its columns 1, 2, 3 …, as forms and manuals do."""
    numbers = [text.strip("()").removesuffix(".0") for text in below.values()]
    wanted = [str(number) for number in range(1, len(numbers) + 1)]
    return len(numbers) >= 4 and below.keys() == above.keys() and numbers == wanted


def _names_assemblies(
    below: Mapping[str, str], above: Mapping[str, str], columns: Sequence[str]
) -> bool:
    """Whether the row under a header says, under its words for quantity alone, of which assembly."""
    heads = {_head(letter, above, columns) for letter in below}
    return (
        len(below) >= 2
        and all(_ASSEMBLY.fullmatch(text) for text in below.values())
        and all(has([read_header(head)], _AMOUNT) for head in heads)
    )


def _says_quantity(other: Mapping[str, str], texts: Mapping[str, str]) -> bool:
    """Whether a row beside a header of dash numbers says nothing but that they count parts."""
    return bool(other) and all(
        DASH_NUMBER.fullmatch(texts.get(letter, "")) and has([read_header(text)], _AMOUNT)
        for letter, text in other.items()
    )


def _counts_levels(
    below: Mapping[str, str], above: Mapping[str, str], columns: Sequence[str]
) -> bool:
    """Whether the row under a header counts the columns under the word for level, from 0 or 1 up."""
    numbers = [text.removesuffix(".0") for text in below.values()]
    if len(numbers) > 1 and "".join(numbers).upper() == "ABCDEFGH"[: len(numbers)]:
        numbers = [str(at) for at in range(len(numbers))]
    if len(numbers) < 2 or not all(text.isdecimal() and len(text) <= 2 for text in numbers):
        return False
    first = int(numbers[0])
    rising = numbers == [str(first + step) for step in range(len(numbers))] and first <= 1
    heads = {_head(letter, above, columns) for letter in below}
    return rising and len(heads) == 1 and has([read_header(heads.pop())], frozenset(("level",)))


def _head(letter: str, above: Mapping[str, str], columns: Sequence[str]) -> str:
    """The header over a column: its own, or that of the group that reaches over it."""
    at = list(columns).index(letter)
    return next((above[one] for one in reversed(columns[: at + 1]) if one in above), "")


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
        dash = DASH_NUMBER.fullmatch(text) is not None
        known += is_known or (dash and letter in above)
        if letter not in above:
            fresh += 1
        if is_number(text) and not dash:
            return False
        if letter in above and not is_known and has([read_header(above[letter])], IDENTITY):
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
                or DASH_NUMBER.fullmatch(low)
                or is_number(low)
                or units.kind_of_unit(low)
            )
            texts[letter] = both if keep else high
        else:
            texts[letter] = both
    return texts
