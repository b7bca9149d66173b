"""What an assembly holds beyond its listed parts: the tree adds up, and nothing is counted twice.

A magnet assembly of 100 g with a magnet of 90 g below it holds 10 g of magnet that is not listed. What a
line says of a kind of material is said of all of it, the parts below included, so that their masses are
taken from it. All permanent magnets are one kind; where a line names two of a kind, each is compared with
its own name only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bomrisk.bom.generations import deepest_first
from bomrisk.composition.assemblies import kind_of

if TYPE_CHECKING:
    import polars as pl

    from bomrisk.knowledge import Knowledge

_MASSES = ("mass_low_g", "mass_likely_g", "mass_high_g")


def beyond_parts(
    materials: pl.DataFrame, lines: pl.DataFrame, knowledge: Knowledge
) -> pl.DataFrame:
    """The materials with what the parts below hold of the same kind taken from the masses (g) above them.

    An unknown mass below leaves the least at 0 and the likely mass unknown; an unknown mass stays so.
    Generation by generation, the deepest first, so that what is taken from a line never rises above it.
    """
    import polars as pl

    parents = lines["parent"].drop_nulls().unique()
    if not materials["line"].is_in(parents.implode()).any():
        return materials
    kinds = {one.id: kind_of(one.family) for one in knowledge.materials.values()}
    named = (
        materials.with_row_index("place")
        .select("place", "line", "material_id", *_MASSES)
        .with_columns(
            kind=pl.col("material_id").replace_strict(kinds, default=None, return_dtype=pl.String)
        )
    )
    below = named.select("line", pl.col("kind").alias("key"), *_MASSES).clear()
    changed: list[pl.DataFrame] = []
    for generation in deepest_first(lines):
        here = named.join(generation.select("line"), on="line", how="semi")
        held = below.join(generation.select("line"), on="line", how="semi")
        mended = _beyond(here, held)
        changed.append(mended)
        here = here.update(mended, on="place", include_nulls=True)
        risen = pl.concat([held, _by_key(here)]).join(generation, on="line")
        risen = _summed(risen.select("key", *_MASSES, line="parent"))
        below = pl.concat(
            [below.join(generation, on="line", how="anti"), risen.select(below.columns)]
        )
        below = _summed(below)
    roots = named.join(lines.filter(pl.col("parent").is_null()), on="line", how="semi")
    changed.append(_beyond(roots, below))
    fresh = pl.concat(changed)
    return (
        materials.with_row_index("place")
        .update(fresh, on="place", include_nulls=True)
        .sort("place")
        .drop("place")
    )


def _by_key(named: pl.DataFrame) -> pl.DataFrame:
    """What lines hold, once by the kind of the material and once by its name: line, key, masses."""
    import polars as pl

    by_kind = named.select("line", pl.col("kind").alias("key"), *_MASSES)
    by_name = named.filter(pl.col("kind") != pl.col("material_id"))
    return pl.concat(
        [by_kind, by_name.select("line", pl.col("material_id").alias("key"), *_MASSES)]
    )


def _summed(held: pl.DataFrame) -> pl.DataFrame:
    """The masses by line and key: an unknown least counts 0, any other that is unknown leaves the sum so."""
    import polars as pl

    return held.group_by("line", "key", maintain_order=True).agg(
        pl.col("mass_low_g").sum(),
        *(
            pl.when(pl.col(name).null_count() == 0).then(pl.col(name).sum()).alias(name)
            for name in _MASSES[1:]
        ),
    )


def _beyond(named: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    """The materials from which something is taken by what the parts below hold: place and masses."""
    import polars as pl

    alone = pl.len().over("line", "kind") == 1
    found = named.with_columns(key=pl.when(alone).then("kind").otherwise("material_id")).join(
        held.rename({name: f"{name}_below" for name in _MASSES}),
        on=["line", "key"],
        maintain_order="left",
    )
    low, likely, high = (pl.col(name) for name in _MASSES)
    low_below, likely_below, high_below = (pl.col(f"{name}_below") for name in _MASSES)
    return (
        found.filter(high.is_not_null())
        .select(
            "place",
            mass_low_g=pl.max_horizontal(0.0, low.fill_null(0.0) - high_below).fill_null(0.0),
            mass_high_g=pl.max_horizontal(0.0, high - low_below),
            left=likely - likely_below,
        )
        .select(
            "place",
            "mass_low_g",
            mass_likely_g=pl.when(pl.col("left").is_not_null()).then(
                pl.min_horizontal(pl.max_horizontal("left", "mass_low_g"), "mass_high_g")
            ),
            mass_high_g="mass_high_g",
        )
    )
