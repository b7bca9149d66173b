"""Rows that belong to the line above: what it is made of, and texts that go on in the next row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bomrisk.bom import words
from bomrisk.bom.columns import ColumnMap
from bomrisk.bom.oddrows import CONTINUATION, LINE

if TYPE_CHECKING:
    import polars as pl

MADE_OF = "made_of"
"""Column of the material that composition rows below a line name."""
CONTINUED = ("part_number", "name", "description")
"""Fields whose text may go on in the row below; the rest stands in a column such as ``name+``."""
MATERIAL_ROW = "material of the part above"

_IS_MATERIAL = rf"(?i)^\s*(?:{words.pattern('material row')})\s*$"


def folded(part: pl.DataFrame, mapping: ColumnMap) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows that are lines, with what the rows below add to them, and all rows with their kinds."""
    import polars as pl

    part = _materials(part, mapping)
    keep = part.filter(pl.col("kind") == LINE)
    for kind, add in ((MATERIAL_ROW, _made_of), (CONTINUATION, _continuations)):
        if part.get_column("kind").eq(kind).any():
            owned = part.with_columns(
                pl.when(pl.col("kind") == LINE).then("place").forward_fill().alias("owner")
            ).filter(pl.col("kind") == kind)
            keep = keep.join(
                add(owned, mapping),
                left_on="place",
                right_on="owner",
                how="left",
                maintain_order="left",
            )
    return keep, part


def _materials(part: pl.DataFrame, mapping: ColumnMap) -> pl.DataFrame:
    """Mark rows that say what the part above is made of, by their item type."""
    import polars as pl

    kind = mapping.letter("category")
    if kind is None or not ("level" in mapping.main or "parent" in mapping.main):
        return part
    is_line = pl.col("kind") == LINE
    hit = is_line & pl.col(kind).str.contains(_IS_MATERIAL).fill_null(value=False)
    counts = part.select(hit.sum().alias("hits"), is_line.sum().alias("lines")).row(0)
    if not counts[0] or counts[0] == counts[1]:
        return part
    return part.with_columns(
        pl.when(hit).then(pl.lit(MATERIAL_ROW)).otherwise("kind").alias("kind")
    )


def _made_of(owned: pl.DataFrame, mapping: ColumnMap) -> pl.DataFrame:
    import polars as pl

    letters = [mapping.letter(name) for name in ("name", "description", "part_number")]
    name = next((letter for letter in letters if letter), None)
    named = pl.col(name or owned.columns[0]).str.strip_chars().drop_nulls()
    return owned.group_by("owner", maintain_order=True).agg(named.str.join("; ").alias(MADE_OF))


def _continuations(owned: pl.DataFrame, mapping: ColumnMap) -> pl.DataFrame:
    import polars as pl

    texts = []
    for name in CONTINUED:
        letter = mapping.letter(name)
        if letter is None:
            continue
        rest = pl.col(letter).str.strip_chars(" .").drop_nulls()
        joint = "" if name == "part_number" else " "
        joined = rest.str.join(joint)
        texts.append(pl.when(joined != "").then(joined).alias(f"{name}+"))
    return owned.group_by("owner", maintain_order=True).agg(texts)
