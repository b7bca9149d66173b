"""Codes of fixed width that a spreadsheet took for numbers: their leading zeros are put back, and said."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

WIDTHS = {"cage": 5, "niin": 9}
"""Characters of a CAGE code and a national item identification number; no supply class begins with 0."""


def with_zeros(texts: pl.DataFrame) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """The lines with their codes at full width, and a remark for each column in which zeros were lost."""
    import polars as pl

    remarks = []
    for name, width in WIDTHS.items():
        column = texts.get_column(name)
        if column.null_count() == column.len():
            continue
        short = column.str.contains(rf"^\d{{2,{width - 1}}}$").fill_null(value=False)
        count = int(short.sum())
        if not count:
            continue
        padded = pl.when(short).then(pl.col(name).str.zfill(width)).otherwise(pl.col(name))
        texts = texts.with_columns(padded.alias(name))
        cells = "1 cell" if count == 1 else f"{count:,} cells"
        remarks.append(
            f"{cells} of {name.upper()} had fewer than {width} characters: the leading zeros that a"
            " spreadsheet drops were put back"
        )
    return texts, tuple(remarks)
