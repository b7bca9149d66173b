"""Stage by country: where the materials of this BOM pass each stage, on average and at worst.

A cell is an average over the recognized materials of the lines, each counted once. Within a material the
commodities of a stage (Nd mined, Pr mined …) count alike, because masses are often unknown. The second
figure is the greatest share that any one step has there. A step without shares counts as unknown in its
own column; a country that a share set does not name is left blank, as it may hide in the remainder.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from bomrisk.assessment import Assessment
from bomrisk.report.countries import OTHER, country_name
from bomrisk.report.figures import percent
from bomrisk.report.wording import stage_label
from bomrisk.tables import STAGES

COUNTRIES_SHOWN = 8
"""Countries with a column of their own; the rest share one."""

NAME_LENGTH = 18
"""Letters of a commodity's name that a cell has room for."""

_HEAT = (0.02, 0.10, 0.25, 0.50, 0.75, 0.90)
"""Lower limits of the shades 1 to 6."""

UNKNOWN = "unknown"
REST = "rest"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: the printed average, the greatest single share with its commodity, shade 0 to 6."""

    text: str
    worst: str
    shade: int
    kind: str
    """share, blank, remainder or unknown: gives the pattern."""


@dataclass(frozen=True, slots=True)
class StageRow:
    """One stage: its words, how many recognized materials pass it, and its cells."""

    stage: str
    label: str
    uses: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class CountryColumn:
    """One column: its heading, and whether the country is in the traced set."""

    key: str
    label: str
    in_set: bool


@dataclass(frozen=True, slots=True)
class Matrix:
    """The whole table; `uses` counts (line, material) pairs, `inferred` those from the part type alone."""

    columns: tuple[CountryColumn, ...]
    rows: tuple[StageRow, ...]
    uses: int
    inferred: int


def matrix_of(assessment: Assessment) -> Matrix:
    """The stage × country table of the assessment; no rows if no material was traced."""
    traced = assessment.materials.filter(pl.col("case").is_not_null())
    uses = traced.group_by("case").agg(uses=pl.len())
    cells = _cells(assessment.steps, uses)
    columns = _columns(cells, frozenset(assessment.meta.country_set))
    names = dict(assessment.cards.select("material_id", "name").iter_rows())
    found = {
        (row["stage"], row["key"]): row for row in _merged(cells, columns).iter_rows(named=True)
    }
    totals = dict(cells.group_by("stage").agg(pl.col("total").first()).iter_rows())
    order = [stage for stage in STAGES if stage in totals]
    order += sorted(stage for stage in totals if stage not in STAGES)
    return Matrix(
        columns=columns,
        rows=tuple(
            StageRow(
                stage=stage,
                label=stage_label(stage),
                uses=totals[stage],
                cells=tuple(
                    _cell(found.get((stage, column.key)), column.key, names) for column in columns
                ),
            )
            for stage in order
        ),
        uses=traced.height,
        inferred=int(traced["inferred"].sum()),
    )


def _cells(steps: pl.DataFrame, uses: pl.DataFrame) -> pl.DataFrame:
    """Rows (stage, key, total, average, worst, commodity); key is a country code, OTH or unknown."""
    steps = steps.join(uses, on="case", how="inner")
    step = ["case", "stage", "commodity"]
    known = (
        steps.filter(pl.col("country").is_not_null() & pl.col("share").is_not_null())
        .group_by(*step, key="country")
        .agg(pl.col("share").sum())
    )
    unknown = (
        steps.group_by(step)
        .agg(
            share=1.0
            - pl.col("share").filter(pl.col("country").is_not_null()).sum().fill_null(0.0),
            gap=(pl.col("country").is_null() | pl.col("share").is_null()).any(),
        )
        .filter(pl.col("gap") & (pl.col("share") > 1e-9))
        .select(*step, "share", key=pl.lit(UNKNOWN))
    )
    per_case = steps.group_by("case", "stage").agg(
        pl.col("commodity").n_unique().alias("commodities"), pl.col("uses").first()
    )
    totals = per_case.group_by("stage").agg(total=pl.col("uses").sum())
    return (
        pl.concat([known.select(*step, "key", "share"), unknown.select(*step, "key", "share")])
        .join(per_case, on=["case", "stage"])
        .join(totals, on="stage")
        .sort("stage", "key", "share", "commodity", descending=[False, False, True, False])
        .group_by("stage", "key", maintain_order=True)
        .agg(
            total=pl.col("total").first(),
            average=(pl.col("share") * pl.col("uses") / pl.col("commodities")).sum()
            / pl.col("total").first(),
            worst=pl.col("share").first(),
            commodity=pl.col("commodity").first(),
        )
    )


def _columns(cells: pl.DataFrame, country_set: frozenset[str]) -> tuple[CountryColumn, ...]:
    """The set's countries first, then the greatest others, then the rest, the remainder and unknown."""
    weight = (
        cells.group_by("key")
        .agg(pl.col("average").sum())
        .sort(["average", "key"], descending=[True, False])
    )
    keys = [key for key in weight["key"].to_list() if key not in (OTHER, UNKNOWN)]
    inside = [key for key in keys if key in country_set]
    outside = [key for key in keys if key not in country_set]
    room = max(0, COUNTRIES_SHOWN - len(inside))
    shown = inside + outside[:room]
    columns = [CountryColumn(key, country_name(key), key in country_set) for key in shown]
    if (rest := len(outside) - room) > 0:
        columns.append(CountryColumn(REST, f"{rest} other named", in_set=False))
    present = set(weight["key"].to_list())
    if OTHER in present:
        columns.append(CountryColumn(OTHER, "Not allocated", in_set=False))
    if UNKNOWN in present:
        columns.append(CountryColumn(UNKNOWN, "Unknown", in_set=False))
    return tuple(columns)


def _merged(cells: pl.DataFrame, columns: tuple[CountryColumn, ...]) -> pl.DataFrame:
    """The cells with the countries that have no column of their own added up into the rest."""
    own = [column.key for column in columns]
    key = pl.when(pl.col("key").is_in(own)).then("key").otherwise(pl.lit(REST))
    return (
        cells.with_columns(key=key)
        .sort("stage", "key", "worst", "commodity", descending=[False, False, True, False])
        .group_by("stage", "key", maintain_order=True)
        .agg(pl.col("average").sum(), pl.col("worst").first(), pl.col("commodity").first())
    )


def _cell(row: dict[str, object] | None, key: str, names: dict[str, str]) -> Cell:
    if row is None:
        return Cell("·", "", 0, "blank")
    average, worst = float(str(row["average"])), float(str(row["worst"]))
    kind = "unknown" if key == UNKNOWN else "remainder" if key == OTHER else "share"
    shade = sum(average >= limit for limit in _HEAT) if kind == "share" else 0
    said = ""
    if percent(worst) != percent(average):
        commodity = str(row["commodity"])
        said = f"up to {percent(worst)} {_short(names.get(commodity, commodity))}"
    return Cell(percent(average), said, shade, kind)


def _short(name: str) -> str:
    return name if len(name) <= NAME_LENGTH else name[: NAME_LENGTH - 1].rstrip(" ,(") + "…"
