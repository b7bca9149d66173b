"""Roll-up of bands to assemblies and the program: the worst below, with counts, never an average."""

from __future__ import annotations

import polars as pl

from bomrisk.bom.generations import deepest_first
from bomrisk.risk.bands import BANDS, RANK
from bomrisk.tables.summed import ASSEMBLIES


def roll_up(lines: pl.DataFrame, scores: pl.DataFrame) -> pl.DataFrame:
    """The `assemblies` table: the worst band of each line and everything below it, and how many have which.

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
    for generation in deepest_first(told):
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
    named = found.with_columns(band=worst).rename({band: band.lower() for band in BANDS})
    return named.select(ASSEMBLIES.names).cast(ASSEMBLIES.schema())  # type: ignore[arg-type]


def program(scores: pl.DataFrame) -> dict[str, int]:
    """How many lines of the program stand in each band, worst first: the first that has any is its band."""
    counts = dict.fromkeys(sorted(BANDS, key=lambda band: -RANK[band]), 0)
    overall = scores.filter(pl.col("indicator") == "overall")
    for band, count in overall.group_by("band").len().iter_rows():
        counts[band] = count
    return counts
