"""Names cut at 19 characters put right before they are read: by the stock number, else by the supply class.

A line of the same NIIN may carry the full name. Where none does, the federal supply class says which
endings its item names have (`data/fsc.csv`): GENERATOR,PERMANENT of class 6115 is a generator with a
permanent magnet. What neither settles is left to `bomrisk.recognition.cut`.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from bomrisk.recognition.cut import LENGTH
from bomrisk.tables import NOTES

if TYPE_CHECKING:
    import polars as pl

LEAST_TAIL = 3
"""Letters of an ending that must stand in the cut name before the class may complete it."""


@lru_cache(maxsize=1)
def _classes() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Supply class → its title, and endings of its item names that tell a material."""
    with files("bomrisk.recognition.data").joinpath("fsc.csv").open(encoding="utf-8") as file:
        return {
            row["fsc"]: (row["title"], tuple(row["endings"].split("|")))
            for row in csv.DictReader(file)
        }


def by_class(name: str, fsc: str) -> str | None:
    """The full name where exactly one ending of the supply class goes on from the cut one; else None."""
    if len(name) != LENGTH or fsc not in _classes():
        return None
    upper = name.upper()
    found = {
        upper[:place] + ending
        for ending in _classes()[fsc][1]
        for place in _openings(upper)
        if len(upper) - place >= LEAST_TAIL
        and len(ending) > len(upper) - place
        and ending.startswith(upper[place:])
    }
    return found.pop() if len(found) == 1 else None


def _openings(upper: str) -> list[int]:
    """Places at which a word begins that is no head noun."""
    return [at + 1 for at, sign in enumerate(upper) if sign in ", " and at >= LEAST_TAIL]


def with_full_names(lines: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The lines with their names put right, and a note for each distinct name that was."""
    import polars as pl

    cut = lines.filter(pl.col("name").str.len_chars() == LENGTH)
    if not cut.height:
        return lines, pl.DataFrame(schema=NOTES.schema())
    full = (
        lines.filter(pl.col("niin").is_not_null() & pl.col("name").is_not_null())
        .with_columns(length=pl.col("name").str.len_chars())
        .sort("length", "name", descending=[True, False], maintain_order=True)
        .unique("niin", keep="first", maintain_order=True)
        .select("niin", full_name=pl.col("name"))
    )
    repaired = cut.join(full, on="niin", how="left", maintain_order="left").with_columns(
        by_number=pl.when(
            pl.col("full_name").str.starts_with(pl.col("name"))
            & (pl.col("full_name") != pl.col("name"))
        ).then(pl.col("full_name"))
    )
    pairs = (
        repaired.filter(pl.col("by_number").is_null() & pl.col("fsc").is_not_null())
        .select("name", "fsc")
        .unique(maintain_order=True)
    )
    said = [(name, fsc, whole) for name, fsc in pairs.rows() if (whole := by_class(name, fsc))]
    classes = pl.DataFrame(
        said,
        schema={"name": pl.String, "fsc": pl.String, "of_class": pl.String},
        orient="row",
    )
    repaired = (
        repaired.join(classes, on=["name", "fsc"], how="left", maintain_order="left")
        .with_columns(whole=pl.coalesce("by_number", "of_class"))
        .filter(pl.col("whole").is_not_null())
    )
    put = lines.join(repaired.select("line", "whole"), on="line", how="left", maintain_order="left")
    return (
        put.with_columns(name=pl.coalesce("whole", "name")).drop("whole"),
        _notes(repaired),
    )


def _notes(repaired: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    how = (
        pl.when(pl.col("by_number").is_not_null())
        .then(pl.lit("another line of its stock number gives it in full"))
        .otherwise(pl.lit("as names of supply class ") + pl.col("fsc") + pl.lit(" go on"))
    )
    text = pl.format(
        "the name {} is cut at {} characters and read as {}: {}",
        "name",
        pl.lit(LENGTH),
        "whole",
        how,
    )
    return (
        repaired.unique(["name", "whole"], keep="first", maintain_order=True)
        .select("line", "file", "sheet", "row", kind=pl.lit("name"), text=text)
        .cast(NOTES.schema())  # type: ignore[arg-type]
    )
