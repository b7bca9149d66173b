"""How much of each element a program holds, and how much of that touched the country set, with intervals.

Masses are drawn between the bounds that composition and part mass leave, the touched share between the
bounds of its trace; both are triangular with their likely figure as the mode, flat where there is none.
Draws are seeded: the same input gives the same bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

import polars as pl

from bomrisk.risk.uncertainty import DRAWS, SEED
from bomrisk.tables.summed import MASS_AT_RISK

MICROGRAMS = 1e6

if TYPE_CHECKING:
    import numpy as np

    from bomrisk.risk.uncertainty import Draws


def mass_at_risk(
    materials: pl.DataFrame, contents: pl.LazyFrame, exposures: pl.DataFrame
) -> pl.DataFrame:
    """The `mass_at_risk` table: one row per element, the greatest likely mass first.

    Masses of one supply case move together, those of different cases apart. A line whose mass is not
    known is counted in `lines_unknown` and adds nothing to the masses, which are then a lower figure.
    """
    shares = exposures.filter(pl.col("scope") == "commodity").select(
        "case", "low", "point", "high", element="commodity"
    )
    cases = materials.lazy().select("line", "material_id", "case").unique()
    held = contents.join(cases, on=["line", "material_id"])
    bounds = [f"mass_{name}_g" for name in ("low", "likely", "high")]
    known = pl.col("mass_high_g").is_not_null()
    summed = held.group_by("element", "case").agg(
        *(_sum(name) for name in bounds),
        unlikely=(known & pl.col("mass_likely_g").is_null()).sum(),
        known=known.sum(),
    )
    by_case = (
        summed.filter(pl.col("known") > 0)
        .with_columns(mass_likely_g=pl.when(pl.col("unlikely") == 0).then("mass_likely_g"))
        .collect()
        .join(shares, on=["element", "case"], how="left")
        .sort("element", "case")
    )
    counts = (
        held.group_by("element")
        .agg(
            lines=pl.col("line").n_unique(),
            lines_unknown=pl.col("line").filter(~known).n_unique(),
        )
        .collect()
    )
    rows = [
        (str(element), *_element(str(element), group.select(*bounds, "low", "point", "high")))
        for (element,), group in by_case.group_by(["element"], maintain_order=True)
    ]
    figures = [name for name in MASS_AT_RISK.names if name.endswith("_g")]
    drawn = pl.DataFrame(
        rows, schema={"element": pl.String, **dict.fromkeys(figures, pl.Float64)}, orient="row"
    )
    return (
        counts.join(drawn, on="element", how="left")
        .select(MASS_AT_RISK.names)
        .cast(MASS_AT_RISK.schema())  # type: ignore[arg-type]
        .sort("mass_likely_g", "element", descending=[True, False], nulls_last=True)
    )


def _sum(name: str) -> pl.Expr:
    """The sum of masses in whole micrograms, which is the same in whatever order they are added."""
    return ((pl.col(name) * MICROGRAMS).round().cast(pl.Int64).sum() / MICROGRAMS).alias(name)


def _element(element: str, cases: pl.DataFrame) -> tuple[float | None, ...]:
    """Least, mean and greatest grams of an element, and 5 %, mean and 95 % of what touched.

    An element of which no step is traced, such as oxygen, may have touched or not: unknown.
    """
    import numpy as np

    rng = np.random.default_rng(SEED + crc32(element.encode()))
    mass = np.zeros(DRAWS)
    touched = np.zeros(DRAWS)
    for low, likely, high, least, point, most in cases.iter_rows():
        drawn = _between(rng, low, likely, high)
        share = _between(rng, least or 0.0, point, 1.0 if most is None else most)
        mass += drawn
        touched += drawn * share
    low, high = (float(cases[name].sum()) for name in ("mass_low_g", "mass_high_g"))
    if cases["high"].null_count() == cases.height:
        return low, float(mass.mean()), high, None, None, None
    p05, p95 = np.quantile(touched, [0.05, 0.95])
    return low, float(mass.mean()), high, float(p05), float(touched.mean()), float(p95)


def _between(rng: np.random.Generator, low: float, likely: float | None, high: float) -> Draws:
    import numpy as np

    if high <= low:
        return np.full(DRAWS, low)
    if likely is None:
        return rng.uniform(low, high, DRAWS)
    return rng.triangular(low, min(max(likely, low), high), high, DRAWS)
