"""Alternates judged each: a line may be filled by any part it permits, so it stands as the worst of them.

Alternates in rows of their own are lines and are judged as such; what is found of them is told of the
first choice too, since any delivery of it may be the alternate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bomrisk.compliance.fingerprint import of_permitted

if TYPE_CHECKING:
    import polars as pl

FIELD = "alternate"
"""Field of a material that an alternate in another row brings."""


def with_permitted(materials: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """The materials (MATERIALS schema), with those of alternates under their first choice as well.

    Their masses are unknown there and their least share is 0: the product holds the one or the other.
    """
    import polars as pl

    choices = _choices(lines)
    if not choices.height:
        return materials
    copies = (
        materials.join(choices, on="line", how="inner", maintain_order="left")
        .with_columns(
            line="first",
            field=pl.lit(FIELD),
            span_start=pl.lit(None, pl.Int32),
            span_end=pl.lit(None, pl.Int32),
            rule=pl.format("{}: {}", _words(), "rule"),
            fraction_low=pl.lit(0.0),
            fraction_likely=pl.lit(None, pl.Float64),
            mass_low_g=pl.lit(None, pl.Float64),
            mass_likely_g=pl.lit(None, pl.Float64),
            mass_high_g=pl.lit(None, pl.Float64),
        )
        .select(materials.columns)
    )
    return pl.concat([materials, copies]).sort("line", maintain_order=True)


def permitted_findings(findings: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """The findings (FINDINGS schema), with those of alternates under their first choice as well."""
    import polars as pl

    choices = _choices(lines)
    if not choices.height:
        return findings
    copies = (
        findings.join(choices, on="line", how="inner", maintain_order="left")
        .with_columns(
            line="first",
            reason=pl.format("{}: {}", _words(), "reason"),
            fingerprint=of_permitted("fingerprint"),
        )
        .select(findings.columns)
    )
    return pl.concat([findings, copies]).sort("line", "rule", "material_id", maintain_order=True)


def _choices(lines: pl.DataFrame) -> pl.DataFrame:
    """Each alternate with its first choice, and how it is called."""
    import polars as pl

    return lines.filter(pl.col("alternate_of").is_not_null()).select(
        "line", "row", first="alternate_of", part=pl.coalesce("part_number", "mpn", "name")
    )


def _words() -> pl.Expr:
    import polars as pl

    return pl.format("permitted alternate {} in row {}", pl.col("part").fill_null(""), "row")
