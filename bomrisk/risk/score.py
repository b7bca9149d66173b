"""Scores of lines: bands with their reasons, judged once per supply case and joined back."""

from __future__ import annotations

from datetime import date

import polars as pl

from bomrisk.knowledge import Knowledge
from bomrisk.knowledge.model import ExportControl, Material
from bomrisk.risk.bands import BANDS, RANK, Exposed, Reason, Thresholds, reasons_for
from bomrisk.supply import Traces
from bomrisk.supply.chain import RARE_EARTHS
from bomrisk.tables import SCORES

BUYER = "USA"
MOST_REASONS = 3
INFERRED = " (material inferred from the type of part)"


def score_lines(
    lines: pl.DataFrame,
    materials: pl.DataFrame,
    traces: Traces,
    findings: pl.DataFrame,
    knowledge: Knowledge,
    *,
    as_of: date,
) -> pl.DataFrame:
    """Score every line: its band with two or three reasons, its touch, and its concentration.

    The band is the worst of the line's materials and findings, never an average. A line without a
    material is Unknown, and one whose materials only follow from the type of part is never Low.
    """
    reasons = pl.concat(
        [
            _material_reasons(materials, traces, knowledge, as_of),
            _finding_reasons(findings, knowledge, as_of),
            _without_material(lines, materials),
        ]
    )
    return pl.concat(
        [
            _overall(reasons),
            _worst(materials, traces.exposures.filter(pl.col("scope") == "material"), "touch"),
            _concentration(materials, traces.exposures),
        ]
    ).sort("line", "indicator", maintain_order=True)


_REASONS = {"line": pl.UInt32, "rank": pl.Int32, "order": pl.Int32, "reason": pl.String}


def _material_reasons(
    materials: pl.DataFrame, traces: Traces, knowledge: Knowledge, as_of: date
) -> pl.DataFrame:
    rows = [
        (case, RANK[reason.band], order, reason.text)
        for case, reasons in case_reasons(traces, knowledge, as_of).items()
        for order, reason in enumerate(reasons)
    ]
    by_case = pl.DataFrame(
        rows,
        schema={"case": pl.UInt32, "rank": pl.Int32, "order": pl.Int32, "reason": pl.String},
        orient="row",
    )
    joined = materials.select("line", "case", "inferred").join(by_case, on="case")
    return joined.select(
        "line",
        rank=pl.when(pl.col("inferred") & (pl.col("rank") == RANK["Low"]))
        .then(RANK["Unknown"])
        .otherwise("rank"),
        order="order",
        reason=pl.when("inferred").then(pl.col("reason") + INFERRED).otherwise("reason"),
    ).cast(_REASONS)  # type: ignore[arg-type]


def case_reasons(
    traces: Traces, knowledge: Knowledge, as_of: date
) -> dict[int, tuple[Reason, ...]]:
    """The reasons of each supply case, worst band first."""
    thresholds = Thresholds.of(knowledge.table("bands"))
    controls = controls_on(knowledge, as_of)
    exposures = traces.exposures.partition_by("case", maintain_order=True)
    facts = traces.cases.select("case", "material_id", "declared").iter_rows()
    found = {}
    for (case, material_id, declared), frame in zip(facts, exposures, strict=True):
        material = knowledge.materials[material_id]
        rows = list(frame.iter_rows(named=True))
        found[case] = _reasons_of_case(material, declared, rows, controls, thresholds)
    return found


def _reasons_of_case(
    material: Material,
    declared: str,
    rows: list[dict[str, object]],
    controls: dict[str, tuple[str, ...]],
    thresholds: Thresholds,
) -> tuple[Reason, ...]:
    lowest = {part.element: part.low for part in material.composition}
    rare = {element for element, low in lowest.items() if low > 0.0 and element in RARE_EARTHS}
    on_rare = tuple(sorted({name for element in rare for name in controls.get(element, ())}))
    exposed = []
    for row in rows:
        commodity = row["commodity"]
        if row["scope"] != "commodity" or not isinstance(commodity, str):
            continue
        if lowest.get(commodity, 1.0) <= 0.0:
            continue
        steps = [r for r in rows if r["scope"] == "step" and r["commodity"] == commodity]
        named = controls.get(commodity, () if commodity in lowest else on_rare)
        if steps:  # a gas from the air passes no stage
            exposed.append(_exposed(commodity, row, steps, named))
    touch = rows[-1]
    whole = Exposed(
        material.name,
        _number(touch["low"]),
        None if touch["point"] is None else _number(touch["point"]),
        _number(touch["high"]),
        f"{material.name} touched the country set" + (f" (declared: {declared})" if declared else ""),
    )
    return reasons_for(exposed, whole, None, thresholds)


def _exposed(
    commodity: str, row: dict[str, object], steps: list[dict[str, object]], named: tuple[str, ...]
) -> Exposed:
    worst = max(steps, key=lambda step: _number(step["low"]))
    grade = f", {worst['evidence']}" if worst["evidence"] else ""
    where = f"{commodity} touched the country set ({worst['stage']}{grade})"
    return Exposed(
        commodity,
        _number(row["low"]),
        None if row["point"] is None else _number(row["point"]),
        _number(row["high"]),
        where,
        named,
    )


def _number(value: object) -> float:
    assert isinstance(value, float)  # noqa: S101 - a float column without nulls
    return value


def controls_on(knowledge: Knowledge, as_of: date) -> dict[str, tuple[str, ...]]:
    """Element to the export controls on it that bind a US buyer on the day; technology controls aside."""
    found: dict[str, list[str]] = {}
    for control in knowledge.controls:
        if binds(control, as_of):
            for element in control.elements:
                found.setdefault(element, []).append(control.id)
    return {element: tuple(sorted(ids)) for element, ids in found.items()}


def binds(control: ExportControl, as_of: date) -> bool:
    """Whether a control on goods is in force for the buyer on the day."""
    for_buyer = not control.buyers or BUYER in control.buyers
    return control.in_force(as_of) and for_buyer and control.kind != "technology"


def _finding_reasons(findings: pl.DataFrame, knowledge: Knowledge, as_of: date) -> pl.DataFrame:
    """A FAIL in force is Critical, one on a known future date High."""
    day = as_of.isoformat()
    names = {material.id: material.name for material in knowledge.materials.values()}
    fails = findings.filter(
        (pl.col("code") == "FAIL") & (pl.col("effective_to").is_null() | (pl.col("effective_to") >= day))
    )
    name = pl.col("material_id").replace(names) if names else pl.col("material_id")
    return fails.select(
        "line",
        rank=pl.when(pl.col("effective_from") <= day)
        .then(RANK["Critical"])
        .otherwise(RANK["High"]),
        order=pl.lit(-1),
        reason=pl.concat_str(
            name,
            pl.lit(" fails "),
            pl.col("rule"),
            pl.when(pl.col("effective_from") <= day)
            .then(pl.lit(" in force"))
            .otherwise(pl.lit(" from ") + pl.col("effective_from")),
            pl.when("inferred").then(pl.lit(INFERRED)).otherwise(pl.lit("")),
        ),
    ).cast(_REASONS)  # type: ignore[arg-type]


def _without_material(lines: pl.DataFrame, materials: pl.DataFrame) -> pl.DataFrame:
    return (
        lines.select("line")
        .join(materials.select("line"), on="line", how="anti")
        .select(
            "line",
            rank=pl.lit(RANK["Unknown"]),
            order=pl.lit(0),
            reason=pl.lit("no material was recognized"),
        )
        .cast(_REASONS)  # type: ignore[arg-type]
    )


def _overall(reasons: pl.DataFrame) -> pl.DataFrame:
    """The worst band of each line, with the reasons that ask for the worst bands."""
    banded = (
        reasons.unique(["line", "rank", "reason"], keep="first", maintain_order=True)
        .sort("line", "rank", "order", "reason", descending=[False, True, False, False])
        .group_by("line", maintain_order=True)
        .agg(pl.col("rank").first(), pl.col("reason").head(MOST_REASONS).str.join(" | "))
    )
    names = {rank: band for rank, band in enumerate(BANDS)}
    return _scores(
        banded.with_columns(
            indicator=pl.lit("overall"),
            band=pl.col("rank").replace_strict(names, return_dtype=pl.String),
            reasons=pl.col("reason"),
        )
    )


def _worst(materials: pl.DataFrame, exposures: pl.DataFrame, indicator: str) -> pl.DataFrame:
    """The greatest touch of a line's materials, each end on its own."""
    joined = materials.select("line", "case").join(
        exposures.select("case", "low", "point", "high"), on="case"
    )
    worst = joined.group_by("line", maintain_order=True).agg(
        value=pl.col("point").max(), low=pl.col("low").max(), high=pl.col("high").max()
    )
    return _scores(worst.with_columns(indicator=pl.lit(indicator)))


def _concentration(materials: pl.DataFrame, exposures: pl.DataFrame) -> pl.DataFrame:
    """The most concentrated step of a line's materials: HHI with the remainder both ways."""
    steps = exposures.filter(
        (pl.col("scope") == "step") & pl.col("hhi_low").is_not_null()
    ).sort("case", "hhi_low", descending=[False, True], maintain_order=True)
    top = steps.group_by("case", maintain_order=True).first()
    joined = materials.select("line", "case").join(
        top.select(
            "case",
            "hhi_low",
            "hhi_high",
            step=pl.concat_str("commodity", pl.lit(" "), "stage"),
        ),
        on="case",
    )
    worst = (
        joined.sort("line", "hhi_low", "step", descending=[False, True, False])
        .group_by("line", maintain_order=True)
        .first()
    )
    return _scores(
        worst.with_columns(
            indicator=pl.lit("hhi"),
            value=pl.col("hhi_low"),
            low=pl.col("hhi_low"),
            high=pl.col("hhi_high"),
            reasons=pl.lit("most concentrated step: ") + pl.col("step"),
        )
    )


def _scores(frame: pl.DataFrame) -> pl.DataFrame:
    schema = SCORES.schema()
    return frame.select(
        (pl.col(name) if name in frame.columns else pl.lit(None)).cast(kind).alias(name)  # type: ignore[arg-type]
        for name, kind in schema.items()
    )

