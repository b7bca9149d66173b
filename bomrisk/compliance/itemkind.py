"""What kind of item a BOM line is, for the rules: a bare magnet, a fastener, a mill product, an assembly."""

from __future__ import annotations

import polars as pl

from bomrisk.compliance.classification import MAGNETS, UNKNOWN_MAGNET
from bomrisk.knowledge import Knowledge

WORDS = {
    r"(?i)\b(screws?|bolts?|nuts?|washers?|rivets?|studs?|fasteners?|setscrews?)\b": "fastener",
    r"(?i)\bpowders?\b": "powder",
    r"(?i)\bforgings?\b": "forging",
    r"(?i)\bcastings?\b": "casting",
    r"(?i)\b(bars?|sheets?|plates?|billets?|slabs?|wires?|rods?|strips?|foils?|tub(es?|ing)|ingots?)\b": (
        "mill-product"
    ),
}
"""Words that say a kind of item; the first that hits counts."""
ELECTRONIC = ("capacitor", "resistor", "semiconductor", "ir_detector")
"""Families of materials that are themselves electronic components."""


def with_item(keyed: pl.DataFrame, lines: pl.DataFrame, knowledge: Knowledge) -> pl.DataFrame:
    """Add `item` to (line, material) rows.

    A line from whose type a material is inferred, of which a material is known by declared substances
    alone, or that has lines below it, is an assembly; a root
    with lines below it is the end item. A named magnet on any other line is a bare magnet. The head
    words of the text tell fasteners, powders, forgings, castings and mill products apart.
    """
    ids = keyed["material_id"].unique().to_list()
    magnets = [
        i
        for i in ids
        if knowledge.covered_family(knowledge.materials[i]) in (*MAGNETS, UNKNOWN_MAGNET)
    ]
    devices = [i for i in ids if knowledge.materials[i].family.startswith(ELECTRONIC)]
    parents = lines["parent"].drop_nulls().unique()
    roots = lines.filter(pl.col("parent").is_null() & pl.col("line").is_in(parents.implode()))[
        "line"
    ]
    inferring = keyed.filter(pl.col("inferred"))["line"].unique()
    of = pl.col("line")
    return keyed.join(
        _worded(keyed, lines), on="line", how="left", maintain_order="left"
    ).with_columns(
        item=pl.when(of.is_in(roots.implode()))
        .then(pl.lit("end-item"))
        .when(
            pl.col("inferred")
            | pl.col("by_substances")
            | of.is_in(inferring.implode())
            | of.is_in(parents.implode())
        )
        .then(pl.lit("assembly"))
        .when(pl.col("material_id").is_in(magnets))
        .then(pl.lit("magnet"))
        .when(pl.col("material_id").is_in(devices))
        .then(pl.lit("electronic-device"))
        .otherwise(pl.coalesce("worded", pl.lit("assembly")))
    )


def _worded(keyed: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """The kind that the words of a line say, each distinct text read once."""
    text = pl.concat_str([pl.col(f).fill_null("") for f in ("name", "description")], separator=" ")
    lined = lines.select("line", text=text).join(
        keyed.select("line").unique(), on="line", how="semi"
    )
    said = [
        pl.when(pl.col("text").str.contains(words)).then(pl.lit(kind))
        for words, kind in WORDS.items()
    ]
    read = lined.select("text").unique(maintain_order=True).with_columns(worded=pl.coalesce(said))
    return lined.join(read, on="text", how="left", maintain_order="left").select("line", "worded")
