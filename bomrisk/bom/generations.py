"""The generations of an assembly, so that each parent is added up once, after all that is below it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl


def deepest_first(lines: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The edges `line`, `parent` of the tree by generation, the deepest first.

    `lines` needs `line` and `parent` (null for a root). A line in a cycle has no root above it and is
    in no generation.
    """
    import polars as pl

    tree = lines.select("line", "parent")
    generations: list[pl.DataFrame] = []
    above = tree.filter(pl.col("parent").is_null()).select("line")
    while True:
        edges = tree.join(above.rename({"line": "parent"}), on="parent")
        if edges.is_empty():
            return reversed(generations)
        generations.append(edges.select("line", "parent"))
        above = edges.select("line")
