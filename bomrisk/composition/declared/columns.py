"""Element columns on the lines of a parts list, such as "Nd %", "Dy wt%", "Neodymium content (mg)"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bomrisk.bom.numerals import decimal_sign
from bomrisk.composition.declared.amounts import amount_of, factor_of
from bomrisk.composition.declared.model import (
    Amount,
    DeclaredPart,
    DeclaredSubstance,
    MaterialDeclarations,
    Remark,
)
from bomrisk.composition.declared.substances import atomic_weights, symbols
from bomrisk.composition.declared.table import HEADER_ROWS

if TYPE_CHECKING:
    from bomrisk.bom.sheet import Sheet

_HEADER = re.compile(
    r"(?P<element>[A-Za-z]+)(?: (?P<word>content|mass|weight|share))?"
    r"\s*(?P<unit>[\[(]?\s*(?:wt\.?[- ]?%|%|ppm|mass[- ]?%|mg|kg|g)\s*(?:w/w|wt)?\s*[\])]?)"
)
_ALSO_WORDS = frozenset(
    ("In", "As", "W", "V", "I", "C", "P", "K", "S", "N", "O", "H", "F", "B", "Y")
)
"""Symbols that head columns of other matter (W for weight): believed beside a column of another element."""


def element_columns(sheet: Sheet) -> tuple[int, dict[str, tuple[str, str]]] | None:
    """The header row, and letter → (symbol, unit) of its element columns; None if it has none."""
    for at, row in enumerate(sheet.frame.head(HEADER_ROWS).iter_rows(named=True)):
        texts = {letter: " ".join(str(cell).split()) for letter, cell in row.items() if cell}
        found = {letter: told for letter, text in texts.items() if (told := _column(text))}
        if len(texts) > len(found) and any(one not in _ALSO_WORDS for one, _ in found.values()):
            return at, found
    return None


def _column(text: str) -> tuple[str, str] | None:
    match = _HEADER.fullmatch(text)
    if match is None:
        return None
    name = match["element"]
    symbol = name if name in atomic_weights() else symbols().get(name.casefold())
    unit = match["unit"].strip("[]() ")
    return (symbol, unit) if symbol and factor_of(unit) else None


def read_columns(sheet: Sheet, file: str) -> MaterialDeclarations:
    """What the element columns of a sheet declare, one part per row; the row says which line is meant."""
    header = element_columns(sheet)
    if header is None:
        return MaterialDeclarations()
    at, columns = header
    frame = sheet.frame.select(list(columns)).slice(at + 1)
    cells = (cell for letter in columns for cell in frame[letter].drop_nulls())
    decimal = decimal_sign(cells, typed=sheet.typed) or sheet.decimal_hint or "."
    parts: list[DeclaredPart] = []
    remarks: list[Remark] = []
    for row, values in zip(sheet.rows.slice(at + 1), frame.iter_rows(), strict=True):
        told = []
        for value, (symbol, unit) in zip(values, columns.values(), strict=True):
            if value is None or value.strip() in ("", "-", "–", "n/a", "N/A"):
                continue
            amount: Amount | None = amount_of(value, unit, decimal)
            if amount is None or (amount.share and amount.high > 1.0 + 1e-9):
                text = f"{value[:40]!r} in the column of {symbol} is no amount up to 100 %: it is unknown"
                remarks.append(Remark(file, sheet.name, int(row), text))
                amount = None
            told.append(DeclaredSubstance(symbol, "", amount, row=int(row)))
        if told:
            parts.append(DeclaredPart("", "", None, tuple(told), file, sheet.name, int(row)))
    return MaterialDeclarations(tuple(parts), tuple(remarks))
