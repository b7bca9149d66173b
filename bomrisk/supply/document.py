"""A trace as plain JSON values: every figure with its source ids, and every source id resolved."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bomrisk.knowledge import Knowledge
from bomrisk.knowledge.model import OTHER, Facility, ShareSet
from bomrisk.supply.route import ShownRoute
from bomrisk.supply.trace import Exposure, Trace, TracedStep

SCHEMA = "bomrisk.trace/1"
METHOD = "BOMRISK"
"""Source of what follows from the method alone, such as 0 to 1 for a step without shares."""


def document_of(
    trace: Trace, knowledge: Knowledge, further_sources: Iterable[str] = ()
) -> dict[str, Any]:
    """The trace as a JSON object. Shares and probabilities are 0 to 1; null means unknown.

    `further_sources` are ids that stand in parts which the caller adds; they are resolved with the rest.
    """
    cited: dict[str, list[str]] = {}
    for step in trace.steps:
        cited[step.commodity] = sorted({*cited.get(step.commodity, []), *_cited(step)})
    everything = sorted({s for ids in cited.values() for s in ids}) or [METHOD]
    return {
        "schema": SCHEMA,
        "material": {
            "id": trace.material_id,
            "name": trace.name,
            "family": knowledge.materials[trace.material_id].family,
            "source_ids": list(knowledge.materials[trace.material_id].source_ids),
        },
        "as_of": trace.as_of.isoformat(),
        "knowledge": {"edition": knowledge.edition.isoformat(), "digest": knowledge.digest},
        "to": sorted(trace.to),
        "declared": trace.declared_text,
        "touch": {**_exposure(trace.touch), "source_ids": everything},
        "every_step": {
            "low": trace.every_step[0],
            "high": trace.every_step[1],
            "source_ids": everything,
        },
        "mass_touched": {
            "low": trace.mass_touched.low,
            "point": trace.mass_touched.point,
            "high": trace.mass_touched.high,
            "source_ids": everything,
        },
        "steps": [_step(step) for step in trace.steps],
        "commodities": [
            {**_exposure(e), "source_ids": cited.get(e.commodity or "") or [METHOD]}
            for e in trace.exposures
            if e.scope == "commodity"
        ],
        "left_out": list(trace.left_out),
        "routes": [_route(route) for route in trace.routes],
        "facilities": [_plant(plant) for plant in trace.facilities],
        "controls": [
            {
                "id": control.id,
                "title": control.title,
                "state": control.state,
                "elements": list(control.elements),
                "kind": control.kind,
                "effective_from": control.effective_from.isoformat(),
                "citation": control.citation,
                "evidence": str(control.evidence),
                "source_ids": list(control.source_ids),
            }
            for control in trace.controls
        ],
        "notes": list(trace.notes),
        "sources": {
            source: {
                "title": knowledge.sources[source].title,
                "publisher": knowledge.sources[source].publisher,
                "year": knowledge.sources[source].year,
                "locator": knowledge.sources[source].locator,
            }
            for source in sorted(
                {*trace.source_ids, *further_sources, METHOD} & set(knowledge.sources)
            )
        },
    }


def _exposure(exposure: Exposure) -> dict[str, Any]:
    return {
        "commodity": exposure.commodity,
        "stage": exposure.stage,
        "low": exposure.low,
        "point": exposure.point,
        "high": exposure.high,
        "hhi_low": exposure.hhi_low,
        "hhi_high": exposure.hhi_high,
        "evidence": str(exposure.evidence) if exposure.evidence else None,
    }


def _cited(step: TracedStep) -> list[str]:
    return sorted({s for row in step.shares.shares for s in row.source_ids}) if step.shares else []


def _step(step: TracedStep) -> dict[str, Any]:
    exposure = _exposure(step.exposure)
    return {
        **exposure,
        "known": step.shares is not None,
        "declared": str(step.declared) if step.declared else None,
        "year": step.shares.year if step.shares else None,
        "source_ids": _cited(step) or [METHOD],
        "shares": _shares(step.shares) if step.shares else [],
        "other_sets": [
            {"year": other.year, "derivation": other.derivation, "shares": _shares(other)}
            for other in step.others
        ],
    }


def _shares(shares: ShareSet) -> list[dict[str, Any]]:
    rows = sorted(shares.shares, key=lambda row: (row.country == OTHER, -row.share, row.country))
    return [
        {
            "country": row.country,
            "low": row.low,
            "share": row.share,
            "high": row.high,
            "year": row.year,
            "evidence": str(row.evidence),
            "source_ids": list(row.source_ids),
            "note": row.note,
        }
        for row in rows
    ]


def _route(route: ShownRoute) -> dict[str, Any]:
    return {
        "stages": route.stages,
        "from": route.from_place,
        "to": route.to_place,
        "what": route.what,
        "amount": route.amount,
        "period": route.period,
        "constrains": route.constrains,
        "evidence": str(route.evidence),
        "source_ids": list(route.source_ids),
        "note": route.note,
    }


def _plant(plant: Facility) -> dict[str, Any]:
    return {
        "name": plant.name,
        "company": plant.company,
        "country": plant.country,
        "location": plant.location,
        "stages": list(plant.stages),
        "products": plant.products,
        "status": plant.status,
        "status_date": plant.status_date,
        "capacity": plant.capacity,
        "evidence": str(plant.evidence),
        "source_ids": list(plant.source_ids),
        "note": plant.note,
    }
