"""What a reviewer should settle first: doubts of recognition, with the mass and the value that hang on them.

The rows can be answered in place: fill material, who, when and why, and give the file back as `matches.csv`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bomrisk.composition.masses import line_masses

if TYPE_CHECKING:
    import polars as pl

COLUMNS = (
    "text",
    "part_number",
    "material",
    "who",
    "when",
    "why",
    "question",
    "confidence",
    "lines",
    "mass_g",
    "value",
    "currency",
)
"""Columns of `matches-to-review.csv`: those of `matches.csv`, then the question and what is at stake."""

_NUMBERS = ("part_number", "mpn")
"""Fields that a row of `matches.csv` names by its part number."""


def matches_to_review(lines: pl.DataFrame, doubts: pl.DataFrame) -> pl.DataFrame:
    """One row per doubtful text, the most valuable first: value, then mass, then number of lines.

    `mass_g` and `value` are of all lines with the text, rolled up; null where they are not known.
    `part_number` is theirs where all of them have the same one. A doubt about a number itself stands there
    and has no text, so that the answer to it fits.
    """
    import polars as pl

    stakes = lines.select(
        "line",
        "part_number",
        value_of_line=pl.coalesce(
            "ext_cost", pl.col("unit_cost") * pl.coalesce("rolled_up", "quantity")
        ),
        currency="currency",
    ).join(line_masses(lines), on="line", how="left")
    return (
        doubts.join(stakes, on="line", how="left")
        .with_columns(of_number=pl.col("field").is_in(_NUMBERS))
        .group_by("text", "material_id", "reason", "of_number", maintain_order=True)
        .agg(
            pl.col("confidence").max(),
            pl.len().alias("lines"),
            _sum_if_known("line_mass_g").alias("mass_g"),
            _sum_if_known("value_of_line").alias("value"),
            pl.col("currency").first(),
            part_number=pl.when(
                (pl.col("part_number").n_unique() == 1) & pl.col("part_number").is_not_null().all()
            ).then(pl.col("part_number").first()),
        )
        .sort(
            pl.col("value"),
            pl.col("mass_g"),
            pl.col("lines"),
            pl.col("text"),
            descending=[True, True, True, False],
            nulls_last=True,
            maintain_order=True,
        )
        .with_columns(
            part_number=pl.when("of_number")
            .then("text")
            .otherwise(pl.col("part_number").fill_null("")),
            text=pl.when("of_number").then(pl.lit("")).otherwise("text"),
            material=pl.col("material_id").fill_null(""),
            who=pl.lit(""),
            when=pl.lit(""),
            why=pl.lit(""),
            question=pl.col("reason"),
        )
        .select(COLUMNS)
    )


def _sum_if_known(name: str) -> pl.Expr:
    import polars as pl

    return pl.when(pl.col(name).is_not_null().any()).then(pl.col(name).sum()).otherwise(None)
