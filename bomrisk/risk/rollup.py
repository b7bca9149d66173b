"""Roll-up of bands to assemblies and the program: the worst below, with counts, never an average."""

from __future__ import annotations

import polars as pl

from bomrisk.risk.bands import BANDS, RANK

ROLL_UP = {
    "line": pl.UInt32,
    "band": pl.String,
    "own_band": pl.String,
    **dict.fromkeys(BANDS, pl.UInt32),
}


def roll_up(lines: pl.DataFrame, scores: pl.DataFrame) -> pl.DataFrame:
    """One row per line: the worst band of the line and everything below it, and how many lines have which.

    `lines` needs `line` and `parent` (null for a root); the counts include the line itself. A line in a
    cycle, which has no root above it, counts for itself only.
    """
    own = scores.filter(pl.col("indicator") == "overall").select("line", own_band="band")
    told = lines.select("line", "parent").join(own, on="line", how="left", maintain_order="left")
    told = told.with_columns(own_band=pl.col("own_band").fill_null("Unknown"))
    counted = told.with_columns(
        (pl.col("own_band") == band).cast(pl.UInt32).alias(band) for band in BANDS
    )
    total = counted.select("line", *BANDS)
    for generation in _deepest_first(told.select("line", "parent")):
        sums = (
            total.join(generation, on="line")
            .group_by("parent")
            .agg(pl.col(band).sum() for band in BANDS)
            .rename({"parent": "line"})
        )
        total = (
            total.join(sums, on="line", how="left", suffix="_below", maintain_order="left")
            .with_columns(pl.col(band) + pl.col(f"{band}_below").fill_null(0) for band in BANDS)
            .select("line", *BANDS)
        )
    worst = pl.coalesce(
        pl.when(pl.col(band) > 0).then(pl.lit(band))
        for band in sorted(BANDS, key=RANK.get, reverse=True)  # type: ignore[arg-type]
    )
    found = told.select("line", "own_band").join(total, on="line", maintain_order="left")
    return found.with_columns(band=worst).select(
        pl.col(name).cast(kind) for name, kind in ROLL_UP.items()
    )


def program(scores: pl.DataFrame) -> dict[str, int]:
    """How many lines of the program stand in each band, worst first: the first that has any is its band."""
    counts = dict.fromkeys(sorted(BANDS, key=lambda band: -RANK[band]), 0)
    overall = scores.filter(pl.col("indicator") == "overall")
    for band, count in overall.group_by("band").len().iter_rows():
        counts[band] = count
    return counts


def _deepest_first(tree: pl.DataFrame) -> list[pl.DataFrame]:
    """The edges of the tree by generation, the deepest first, so that each parent is added up once."""
    roots = tree.filter(pl.col("parent").is_null()).select("line")
    generations: list[pl.DataFrame] = []
    above = roots
    while True:
        edges = tree.join(above.rename({"line": "parent"}), on="parent")
        if edges.is_empty():
            return generations[::-1]
        generations.append(edges.select("line", "parent"))
        above = edges.select("line")
