"""A regular tree in columns: parents, roll-up and paths of a million lines without a loop over them.

Regular means that the depths never jump: every line lies at most one level below the line above it,
and the first one at the top. Then the parent is the last line above on the next higher level.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class RegularTree:
    """Depths from 0, and for each line the place of its parent; null for a root."""

    depths: pl.Series
    parents: pl.Series

    @property
    def deepest(self) -> int:
        """The greatest depth."""
        found = self.depths.max()
        return int(found) if isinstance(found, int) else 0


def regular(depths: pl.Series) -> RegularTree | None:
    """The tree of these depths if they are regular, else None."""
    import polars as pl

    least = depths.min()
    if depths.null_count() or not isinstance(least, int) or depths[0] != least:
        return None
    steps = depths.diff().max()
    if isinstance(steps, int) and steps > 1:
        return None
    frame = pl.DataFrame({"depth": (depths - least).cast(pl.Int32)}).with_row_index("place")
    deepest = int(frame.get_column("depth").max() or 0)  # type: ignore[arg-type]
    parent: pl.Expr = pl.when(pl.col("depth") < 0).then("place")
    for depth in range(1, deepest + 1):
        above = pl.when(pl.col("depth") == depth - 1).then("place").forward_fill()
        parent = pl.when(pl.col("depth") == depth).then(above).otherwise(parent)
    parents = frame.select(parent.alias("parent")).to_series()
    return RegularTree(frame.get_column("depth"), parents)


def roll_up(quantities: pl.Series, tree: RegularTree, times: float = 1.0) -> pl.Series:
    """Quantity per end item of each line; null as soon as one quantity on the way is unknown."""
    import polars as pl

    frame = pl.DataFrame({"own": quantities, "depth": tree.depths, "parent": tree.parents})
    rolled = frame.select(pl.when(pl.col("depth") == 0).then(pl.col("own") * times)).to_series()
    for depth in range(1, tree.deepest + 1):
        above = rolled.gather(tree.parents)
        rolled = frame.select(
            pl.when(pl.col("depth") == depth).then(pl.col("own") * above).otherwise(rolled)
        ).to_series()
    return rolled.alias("rolled_up")


def paths(names: pl.Series, tree: RegularTree) -> pl.Series:
    """Names from the root down to the parent, ' / ' between; null for a root."""
    import polars as pl

    frame = pl.DataFrame(
        {"name": names.fill_null("?"), "depth": tree.depths, "parent": tree.parents}
    ).with_row_index("place")
    above = pl.DataFrame(
        {"parent": [], "path": []}, schema={"parent": pl.UInt32, "path": pl.String}
    )
    parts: list[pl.DataFrame] = []
    for depth in range(tree.deepest + 1):
        rows = frame.filter(pl.col("depth") == depth).join(above, on="parent", how="left")
        parts.append(rows.select("place", "path"))
        above = rows.select(
            pl.col("place").alias("parent"),
            pl.concat_str("path", "name", separator=" / ", ignore_nulls=True).alias("path"),
        )
    return pl.concat(parts).sort("place").get_column("path")
