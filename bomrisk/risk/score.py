"""Scores of lines: bands with their reasons, judged once per supply case and joined back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from bomrisk.knowledge import Knowledge
from bomrisk.risk.bands import BANDS, RANK
from bomrisk.risk.judgement import CaseJudge, odds
from bomrisk.supply import Traces
from bomrisk.supply.concentration import hhi_of
from bomrisk.tables import SCORES

if TYPE_CHECKING:
    from bomrisk.risk.judgement import Ranks

MOST_REASONS = 3
INFERRED = " (material inferred from the type of part)"
_NAMES = dict(enumerate(BANDS))
_REASONS = {"line": pl.UInt32, "rank": pl.Int32, "order": pl.Int32, "reason": pl.String}


def score_lines(
    lines: pl.DataFrame,
    materials: pl.DataFrame,
    traces: Traces,
    findings: pl.DataFrame,
    knowledge: Knowledge,
    *,
    as_of: date,
) -> pl.DataFrame:
    """Score every line: its band with two or three reasons, its touch, supply risk and concentration.

    The band is the worst of the line's materials and findings, never an average. A line without a
    material is Unknown, and one whose materials only follow from the type of part is never Low. Its
    probability is that of the same band when the shares are drawn by their grades; its odds are those of
    every band.
    """
    judge = CaseJudge(knowledge, as_of=as_of, to=traces.to)
    certain = pl.concat(
        [_finding_reasons(findings, knowledge, as_of), _without_material(lines, materials)]
    )
    overall = _overall(pl.concat([_material_reasons(materials, traces, judge), certain]))
    return pl.concat(
        [
            _scores(
                overall.join(_probabilities(overall, materials, certain, traces, judge), on="line")
            ),
            _worst(materials, traces.exposures.filter(pl.col("scope") == "material")),
            _supply_risk(materials, traces, judge),
            _concentration(materials, traces),
        ]
    ).sort("line", "indicator", maintain_order=True)


# reasons ------------------------------------------------------------------------------------------
def _material_reasons(materials: pl.DataFrame, traces: Traces, judge: CaseJudge) -> pl.DataFrame:
    rows = [
        (case, RANK[reason.band], order, reason.text)
        for case, solution in enumerate(traces.solutions)
        for order, reason in enumerate(judge.reasons(solution))
    ]
    by_case = pl.DataFrame(
        rows,
        schema={"case": pl.UInt32, "rank": pl.Int32, "order": pl.Int32, "reason": pl.String},
        orient="row",
    )
    joined = materials.select("line", "case", "inferred").join(by_case, on="case")
    never_low = pl.col("inferred") & (pl.col("rank") == RANK["Low"])
    return joined.select(
        "line",
        rank=pl.when(never_low).then(RANK["Unknown"]).otherwise("rank"),
        order="order",
        reason=pl.when("inferred").then(pl.col("reason") + INFERRED).otherwise("reason"),
    ).cast(_REASONS)  # type: ignore[arg-type]


def _finding_reasons(findings: pl.DataFrame, knowledge: Knowledge, as_of: date) -> pl.DataFrame:
    """A FAIL in force is Critical, one on a known future date High."""
    day = as_of.isoformat()
    open_end = pl.col("effective_to").is_null() | (pl.col("effective_to") >= day)
    fails = findings.filter((pl.col("code") == "FAIL") & open_end)
    names = {material.id: material.name for material in knowledge.materials.values()}
    now = pl.col("effective_from") <= day
    return fails.select(
        "line",
        rank=pl.when(now).then(RANK["Critical"]).otherwise(RANK["High"]),
        order=pl.lit(-1),
        reason=pl.concat_str(
            pl.col("material_id").replace(names),
            pl.lit(" fails "),
            "rule",
            pl.when(now)
            .then(pl.lit(" in force"))
            .otherwise(pl.lit(" from ") + pl.col("effective_from")),
            pl.when("inferred").then(pl.lit(INFERRED)).otherwise(pl.lit("")),
        ),
    ).cast(_REASONS)  # type: ignore[arg-type]


def _without_material(lines: pl.DataFrame, materials: pl.DataFrame) -> pl.DataFrame:
    bare = lines.select("line").join(materials.select("line"), on="line", how="anti")
    return bare.select(
        "line",
        rank=pl.lit(RANK["Unknown"]),
        order=pl.lit(0),
        reason=pl.lit("no material was recognized"),
    ).cast(_REASONS)  # type: ignore[arg-type]


def _overall(reasons: pl.DataFrame) -> pl.DataFrame:
    """The worst band of each line, with the reasons that ask for the worst bands."""
    ranked = reasons.unique(["line", "rank", "reason"], keep="first", maintain_order=True).sort(
        "line", "rank", "order", "reason", descending=[False, True, False, False]
    )
    banded = ranked.group_by("line", maintain_order=True).agg(
        pl.col("rank").first(), reasons=pl.col("reason").head(MOST_REASONS).str.join(" | ")
    )
    return banded.with_columns(
        indicator=pl.lit("overall"),
        band=pl.col("rank").replace_strict(_NAMES, return_dtype=pl.String),
    )


# probability of the band --------------------------------------------------------------------------
def _probabilities(
    overall: pl.DataFrame,
    materials: pl.DataFrame,
    certain: pl.DataFrame,
    traces: Traces,
    judge: CaseJudge,
) -> pl.DataFrame:
    """Probability of each line's band; computed once per set of cases, certain facts and band."""
    sure = certain.group_by("line").agg(floor=pl.col("rank").max())
    told = materials.group_by("line").agg(
        pl.col("case").unique().sort(), inferred=pl.col("inferred").all()
    )
    facts = (
        overall.select("line", "rank")
        .join(told, on="line", how="left")
        .join(sure, on="line", how="left", maintain_order="left")
    )
    facts = facts.with_columns(
        key=pl.struct(
            "rank",
            pl.col("floor").fill_null(0),
            pl.col("inferred").fill_null(value=False),
            pl.col("case").cast(pl.List(pl.String)).list.join(",").fill_null(""),
        )
    )
    drawn: dict[int, Ranks] = {}
    keys = facts["key"].unique(maintain_order=True)
    found = [_odds(key, traces, judge, drawn) for key in keys.to_list()]
    ranks = keys.struct.field("rank").to_list()
    shares = [
        None if one is None else one.get(_NAMES[rank], 0.0)
        for one, rank in zip(found, ranks, strict=True)
    ]
    known = pl.DataFrame(
        {
            "key": keys,
            "band_probability": pl.Series(shares, dtype=pl.Float64),
            "band_odds": pl.Series([_said(one) for one in found], dtype=pl.String),
        }
    )
    return facts.join(known, on="key").select("line", "band_probability", "band_odds")


def _said(found: dict[str, float] | None) -> str | None:
    if found is None:
        return None
    return "; ".join(f"{band} {share:.3f}" for band, share in found.items())


def _odds(
    key: dict[str, object], traces: Traces, judge: CaseJudge, drawn: dict[int, Ranks]
) -> dict[str, float] | None:
    floor = int(str(key["floor"]))
    cases = [int(part) for part in str(key["case"]).split(",") if part]
    if not cases:
        return None
    for case in cases:
        if case not in drawn:
            drawn[case] = judge.ranks(traces.solutions[case])
    never_low = RANK["Unknown"] if key["inferred"] else RANK["Low"]
    return odds([drawn[case] for case in cases], max(floor, never_low))


# other indicators ---------------------------------------------------------------------------------
def _worst(materials: pl.DataFrame, exposures: pl.DataFrame) -> pl.DataFrame:
    """The greatest touch of a line's materials, each end on its own."""
    joined = materials.select("line", "case").join(
        exposures.select("case", "low", "point", "high"), on="case"
    )
    worst = joined.group_by("line", maintain_order=True).agg(
        value=pl.col("point").max(), low=pl.col("low").max(), high=pl.col("high").max()
    )
    return _scores(worst.with_columns(indicator=pl.lit("touch")))


def _supply_risk(materials: pl.DataFrame, traces: Traces, judge: CaseJudge) -> pl.DataFrame:
    """EU supply risk seen from the buyer, at the bottleneck of the line's worst material."""
    risks = [judge.risk(solution) for solution in traces.solutions]
    by_case = _by_case([(case, r.value, r.low, r.high, r.words) for case, r in enumerate(risks)])
    return _first_of_line(materials, by_case, "value", "supply_risk")


def _concentration(materials: pl.DataFrame, traces: Traces) -> pl.DataFrame:
    """The most concentrated step of what is surely in a line's materials, the remainder both ways."""
    rows = []
    for case, solution in enumerate(traces.solutions):
        absent = {branch.element for branch in solution.chain.branches if not branch.certain}
        found = [
            (hhi_of(scope.step.marginal), f"most concentrated step: {scope.step.name}")
            for scope in solution.scopes
            if scope.step and scope.step.marginal and scope.commodity not in absent
        ]
        if found:
            index, words = max(found, key=lambda item: (item[0].low, item[1]))
            rows.append((case, index.low, index.low, index.high, words))
    return _first_of_line(materials, _by_case(rows), "value", "hhi")


def _by_case(
    rows: Sequence[tuple[int, float | None, float | None, float | None, str]],
) -> pl.DataFrame:
    kinds = {"case": pl.UInt32, "value": pl.Float64, "low": pl.Float64, "high": pl.Float64}
    return pl.DataFrame(list(rows), schema={**kinds, "reasons": pl.String}, orient="row")


def _first_of_line(
    materials: pl.DataFrame, by_case: pl.DataFrame, by: str, indicator: str
) -> pl.DataFrame:
    """Of each line's cases the one with the greatest value; unknown only where all are."""
    joined = materials.select("line", "case").join(by_case, on="case")
    ranked = joined.sort(
        "line", by, "reasons", descending=[False, True, False], nulls_last=True, maintain_order=True
    )
    first = ranked.group_by("line", maintain_order=True).first()
    return _scores(first.with_columns(indicator=pl.lit(indicator)))


def _scores(frame: pl.DataFrame) -> pl.DataFrame:
    schema = SCORES.schema()
    return frame.select(
        (pl.col(name) if name in frame.columns else pl.lit(None)).cast(kind).alias(name)
        for name, kind in schema.items()
    )
