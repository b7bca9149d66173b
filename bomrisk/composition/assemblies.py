"""Assemblies and their parts: what parts name is not inferred again above them, and masses must add up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bomrisk.bom.generations import deepest_first
from bomrisk.tables import NOTES

if TYPE_CHECKING:
    import polars as pl

    from bomrisk.knowledge import Knowledge

SLACK = 1.05
"""Parts may weigh this many times their assembly before it is remarked: masses are rounded."""


def without_repeats(
    materials: pl.DataFrame, lines: pl.DataFrame, knowledge: Knowledge
) -> pl.DataFrame:
    """The materials without those inferred from an assembly's type where a part below names the kind.

    A motor of which the magnets are listed holds these, not the magnets that motors usually hold as well.
    """
    import polars as pl

    if not materials["inferred"].any() or lines["parent"].null_count() == lines.height:
        return materials
    kinds = {material.id: kind_of(material.family) for material in knowledge.materials.values()}
    kind = pl.col("material_id").replace_strict(kinds, default=None, return_dtype=pl.String)
    told = materials.with_columns(kind=kind)
    named = told.filter(~pl.col("inferred")).select("line", "kind").unique()
    below = named.clear()
    for generation in deepest_first(lines):
        risen = pl.concat([named, below]).join(generation, on="line").select("kind", line="parent")
        below = pl.concat([below, risen.select("line", "kind")]).unique()
    repeated = told.filter(pl.col("inferred")).join(below, on=["line", "kind"], how="semi")
    return told.join(
        repeated.select("line", "material_id", "inferred"),
        on=["line", "material_id", "inferred"],
        how="anti",
        maintain_order="left",
    ).drop("kind")


def kind_of(family: str) -> str:
    """All permanent magnets are one kind: which of them a motor holds is what its parts say."""
    return "permanent_magnet" if family.startswith("permanent_magnet") else family


def balance_notes(lines: pl.DataFrame, masses: pl.DataFrame) -> pl.DataFrame:
    """A note on each assembly whose parts weigh more than it does, by the masses that are known.

    `masses` has `line` and `line_mass_g`, rolled up. Parts of unknown mass weigh nothing here, so that
    only certain excess is told.
    """
    import polars as pl

    weighed = lines.select("line", "parent", "file", "sheet", "row").join(
        masses, on="line", how="left"
    )
    parts = (
        weighed.filter(pl.col("parent").is_not_null())
        .group_by("parent")
        .agg(parts_g=pl.col("line_mass_g").sum())
    )
    heavy = (
        weighed.join(parts, left_on="line", right_on="parent", how="inner")
        .filter(pl.col("parts_g") > SLACK * pl.col("line_mass_g"))
        .sort("line")
    )
    text = pl.format(
        "its parts weigh {} g in the end item, more than its own {} g: one of the masses is wrong, and"
        " the masses of materials below may be too great",
        pl.col("parts_g").round(3),
        pl.col("line_mass_g").round(3),
    )
    return heavy.with_columns(kind=pl.lit("mass"), text=text).select(NOTES.names)
