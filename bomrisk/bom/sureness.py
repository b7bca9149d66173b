"""How sure it is which column means what, and what is said where it is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bomrisk.bom.columns import IDENTITIES, ColumnMap
from bomrisk.errors import InputError, InputErrors
from bomrisk.tables import NOTES

if TYPE_CHECKING:
    import polars as pl

    from bomrisk.bom.model import Bom, SourceFile, TableFound

SURE_ENOUGH = 0.35
"""A table whose columns are told with less confidence is not assessed without a mapping."""
_NO_PART = 0.3
"""Confidence of a table whose parts are told by designators alone."""
_NO_QUANTITY = 0.5
"""Confidence of a table in which no column is the quantity: each line's is unknown."""
_SAVING = "check its columns with 'bomrisk inspect --save-mapping FILE', correct FILE"


def confidence(mapping: ColumnMap) -> tuple[float, str]:
    """How sure the columns of a table are, from 0 to 1, and the reason in words.

    It is that of the less sure of two: the column that tells the part, and the quantity. A judgement,
    not a measured rate.
    """
    parts = [mapping.main[name] for name in IDENTITIES if name in mapping.main]
    part = max(parts, key=lambda column: column.score, default=None)
    amount = mapping.main.get("quantity")
    if part is None:
        told, why = _NO_PART, "no column names the part"
    else:
        told, why = part.score, f"{part.field} in column {part.letter}: {part.reason}"
    if amount is None:
        counted, how = _NO_QUANTITY, "no column is the quantity"
    else:
        counted, how = amount.score, f"quantity in column {amount.letter}: {amount.reason}"
    return round(min(told, counted), 3), f"{why}; {how}"


def doubtful(source: SourceFile, tables: Sequence[TableFound]) -> Iterator[pl.DataFrame]:
    """A remark for each table whose columns were told with little confidence."""
    import polars as pl

    for table in tables:
        if table.confidence < SURE_ENOUGH:
            text = f"{_words(table)}: {_SAVING}, and give it back with --mapping"
            yield pl.DataFrame(
                [(None, source.name, table.sheet, table.header_row, "mapping", text)],
                schema=dict(NOTES.schema()),
                orient="row",
            )


def require_confidence(bom: Bom, least: float) -> None:
    """Raise InputErrors, one for each table whose columns are less sure than `least`."""
    errors = [
        InputError(
            _words(table),
            mend=f"{_SAVING} and give it with --mapping, or let the guess stand with"
            f" --least-confidence {table.confidence:g}",
            file=bom.source.name,
            sheet=table.sheet or None,
            row=table.header_row,
        )
        for table in bom.tables
        if table.confidence < least
    ]
    if errors:
        raise InputErrors(errors)


def _words(table: TableFound) -> str:
    return f"its columns are a guess of little confidence ({table.confidence:.0%}; {table.reason})"
