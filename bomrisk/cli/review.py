"""`matches-to-review.csv`: the doubts of recognition, written beside the report for a person to settle."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from bomrisk.cli.output import write_atomically

if TYPE_CHECKING:
    import polars as pl

NAME = "matches-to-review.csv"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is run by a spreadsheet; an apostrophe before it keeps it a text."""


def write_review(review: pl.DataFrame, folder: Path, bom: Path | None) -> str:
    """Write the doubts into the folder, and say so in a line; empty where there is nothing to say.

    `bom` is named where several BOMs share the folder. A file in which somebody has begun to decide is
    left as it is. Without a doubt an older list of doubts is emptied, else nothing is written.
    """
    target = folder / (f"{bom.stem}.{NAME}" if bom else NAME)
    if _begun(target):
        return f"{target.name} holds decisions and was left as it is: save it as matches.csv"
    if review.is_empty() and not target.exists():
        return ""
    write_atomically(target, _plain(review).write_csv().encode("utf-8-sig"))
    if review.is_empty():
        return ""
    count = "1 doubt" if review.height == 1 else f"{review.height} doubts"
    return f"{count} about what a part is made of: {target.name}, the most valuable first"


def _begun(path: Path) -> bool:
    """Whether a person has written into a list of doubts."""
    if not path.is_file():
        return False
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return any(row.get(name) for row in csv.DictReader(file) for name in ("who", "why"))
    except (OSError, UnicodeDecodeError, csv.Error):
        return True


def _plain(review: pl.DataFrame) -> pl.DataFrame:
    """The table with no cell that a spreadsheet would run."""
    import polars as pl

    texts = [name for name, kind in review.schema.items() if kind == pl.String]
    return review.with_columns(
        pl.when(pl.col(name).str.slice(0, 1).is_in(FORMULA))
        .then(pl.lit("'") + pl.col(name))
        .otherwise(pl.col(name))
        .alias(name)
        for name in texts
    )
