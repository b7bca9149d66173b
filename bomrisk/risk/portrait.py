"""The risk of one material beside its trace: band, supply risk, single points, next best evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bomrisk.risk.bands import Reason
from bomrisk.risk.buyer import StepRisk
from bomrisk.risk.evidence import EvidenceFinder, Swing
from bomrisk.risk.indicator import Indicator
from bomrisk.risk.judgement import CaseJudge, odds
from bomrisk.supply.network import SinglePoint, single_points
from bomrisk.supply.tracer import Solution, Tracer

SOURCES = ("USGS_MCS2026", "WGI_2024U", "EU_CRM2017", "BOMRISK")
"""Sources of the inputs to supply risk beside the shares: reliance, governance, formula, thresholds."""


@dataclass(frozen=True, slots=True)
class Portrait:
    """What a reviewer wants to know of one material's risk; probabilities and shares are 0 to 1."""

    band: str
    band_odds: Mapping[str, float]
    """Probability of each band when the shares are drawn by their grades."""
    reasons: tuple[Reason, ...]
    supply_risk: tuple[StepRisk, ...]
    single_points: tuple[SinglePoint, ...]
    next_evidence: tuple[Swing, ...]


def portrait(tracer: Tracer, solution: Solution) -> Portrait:
    """The risk of a traced material on the tracer's day, towards its country set."""
    judge = CaseJudge(tracer.knowledge, as_of=tracer.as_of, to=tracer.to)
    reasons = judge.reasons(solution)
    material_id = solution.chain.material.id
    steps = judge.step_risks(solution)
    return Portrait(
        reasons[0].band,
        odds([judge.ranks(solution)], 0),
        reasons,
        tuple(sorted(steps, key=lambda s: (-(s.risk.value or -1.0), s.commodity, s.stage))),
        single_points(tracer, material_id),
        EvidenceFinder(tracer, judge).tornado(material_id, solution.declared),
    )


def _indicator(found: Indicator) -> dict[str, Any]:
    return {
        "value": found.value,
        "low": found.low,
        "high": found.high,
        "missing": list(found.missing),
    }


def risk_document(found: Portrait, solution: Solution) -> dict[str, Any]:
    """The portrait as a JSON object, every figure with its source ids."""
    cited = {
        (step.commodity, step.stage): sorted({s for r in step.shares.shares for s in r.source_ids})
        for scope in solution.scopes
        if (step := scope.step) is not None and step.shares is not None
    }
    everything = sorted({s for ids in cited.values() for s in ids} | {"BOMRISK"})
    return {
        "band": found.band,
        "band_odds": dict(found.band_odds),
        "source_ids": everything,
        "reasons": [{"band": reason.band, "text": reason.text} for reason in found.reasons],
        "supply_risk": [
            {
                "commodity": step.commodity,
                "stage": step.stage,
                "value": step.risk.value,
                "low": step.risk.low,
                "high": step.risk.high,
                "missing": list(step.risk.missing),
                "hhi_wgi": _indicator(step.hhi_wgi),
                "hhi_wgi_t": _indicator(step.hhi_wgi_t),
                "supply_used": step.supply_used,
                "import_reliance": step.import_reliance.likely if step.import_reliance else None,
                "trade_factor": step.trade_factor.likely,
                "note": step.note,
                "source_ids": sorted({*cited.get((step.commodity, step.stage), []), *SOURCES}),
            }
            for step in found.supply_risk
        ],
        "single_points": [
            {
                "kind": point.kind,
                "commodity": point.commodity,
                "stage": point.stage,
                "country": point.country,
                "share": point.share,
                "text": point.words,
                "source_ids": cited.get((point.commodity, point.stage or "")) or everything,
            }
            for point in found.single_points
        ],
        "next_evidence": [
            {
                "stage": swing.stage,
                "country_assumed": swing.country,
                "low": swing.outside.low,
                "point": swing.outside.point,
                "high": swing.outside.high,
                "width": swing.width,
                "band_now": swing.band_now,
                "band_outside": swing.band_outside,
                "source_ids": everything,
            }
            for swing in found.next_evidence
        ],
    }
