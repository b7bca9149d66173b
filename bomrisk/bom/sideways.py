"""Tables that stand on their side: the fields down the first column, one part in each further column."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bomrisk.bom.content import is_number
from bomrisk.bom.letters import letter
from bomrisk.bom.sheet import Sheet
from bomrisk.bom.vocabulary import read_header

if TYPE_CHECKING:
    import polars as pl

MOST_PARTS = 1_000
"""Wider sheets are no parts lists on their side."""
_IDENTITY = ("part_number", "name", "description", "mpn")


def labels_down(frame: pl.DataFrame) -> tuple[str, list[str]] | None:
    """The column whose cells are header words, and the fields they name; None if there is none."""
    for column in frame.columns[:3]:
        texts = [text for text in frame.get_column(column).head(200).to_list() if text]
        if len({text.casefold() for text in texts}) < 3:
            continue  # the same word again and again is data, such as a shop
        fields = [
            header.candidates[0].field
            for text in texts
            for header in (read_header(text),)
            if header.strength >= 0.6
        ]
        if len(fields) >= 3 and len(fields) >= 0.5 * len(texts) and not _numbers(texts):
            return column, fields
    return None


def _numbers(texts: Sequence[str]) -> bool:
    return sum(map(is_number, texts)) > 0.2 * len(texts)


def upright(sheet: Sheet) -> Sheet | None:
    """The sheet turned so that its parts stand in rows; None if its fields repeat or name no part.

    A row then stands for a column of the file, and its number is that column's (A is 1).
    """
    import polars as pl

    found = labels_down(sheet.frame)
    if found is None or sheet.frame.width > MOST_PARTS:
        return None
    column, fields = found
    named = any(name in fields for name in _IDENTITY)
    if len(set(fields)) < len(fields) or not named or "quantity" not in fields:
        return None
    start = sheet.frame.columns.index(column)
    turned = sheet.frame.select(sheet.frame.columns[start:]).transpose()
    turned = turned.rename({name: letter(at) for at, name in enumerate(turned.columns)})
    return Sheet(
        sheet.name,
        turned,
        pl.Series("row", range(start + 1, start + 1 + turned.height), dtype=pl.UInt32),
        hidden=sheet.hidden,
        remarks=(
            *sheet.remarks,
            "the table stands on its side: it was turned, so rows count the columns of the file"
            " (A is 1) and letters its rows",
        ),
        decimal_hint=sheet.decimal_hint,
        typed=sheet.typed,
    )
