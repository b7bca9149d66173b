"""Next best evidence: which declaration, from which supplier, would narrow the answer or move a band most."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from bomrisk.knowledge import Knowledge
from bomrisk.knowledge.model import OTHER
from bomrisk.risk.bands import RANK
from bomrisk.risk.judgement import CaseJudge
from bomrisk.supply import Declared, Origin, Traces
from bomrisk.supply.chain import Chain
from bomrisk.supply.tracer import Solution, Tracer
from bomrisk.supply.world import Value
from bomrisk.tables import STAGES
from bomrisk.tables.summed import NEXT_EVIDENCE

CASES = 200
"""Supply cases that are asked for the next evidence: those that most lines share."""

FALLBACK = "USA"
"""Country assumed outside the set where a step has no shares, or none outside."""


@dataclass(frozen=True, slots=True)
class Swing:
    """What one declaration would do to a supply case: the touch if the stage proves to lie outside the set.

    Inside the set the touch is 1 at every bound. `country` is the largest known maker outside. `width`
    is how far the point moves between the two answers, 0 to 1; the bars of a tornado are ordered by it.
    """

    stage: str
    country: str
    outside: Value
    width: float
    band_now: str
    band_outside: str


class EvidenceFinder:
    """Finds what would narrow supply cases on one day, towards one country set."""

    def __init__(self, tracer: Tracer, judge: CaseJudge) -> None:
        self.tracer = tracer
        self.judge = judge

    def tornado(self, material_id: str, declared: tuple[Declared, ...] = ()) -> tuple[Swing, ...]:
        """The declarations that are still missing, the one that would tell most first."""
        return self.swings(self.tracer.solve(material_id, declared))

    def swings(self, now: Solution) -> tuple[Swing, ...]:
        """The same for a supply case that is solved: what is declared in it is part of it."""
        told = {one.stage for one in now.declared}
        found = []
        for stage in self._stages(now.chain):
            if stage in told:
                continue
            country = self._maker_outside(now.chain, stage)
            more = sorted(
                (*now.declared, Declared(stage, (Origin(country),))),
                key=lambda d: STAGES.index(d.stage),
            )
            after = self.tracer.solve(now.chain.material.id, tuple(more))
            point = after.touch.point if after.touch.point is not None else after.touch.low
            found.append(
                Swing(stage, country, after.touch, 1.0 - point, self._band(now), self._band(after))
            )
        return tuple(
            sorted(
                found,
                key=lambda s: (RANK[s.band_outside], -s.width, STAGES.index(s.stage)),
            )
        )

    def _band(self, solution: Solution) -> str:
        return self.judge.reasons(solution)[0].band

    def _stages(self, chain: Chain) -> list[str]:
        stages = {step.stage for step in chain.trunk}
        for at in chain.lead:
            stages |= {step.stage for step in chain.branches[at].steps}
        return sorted(stages, key=STAGES.index)

    def _maker_outside(self, chain: Chain, stage: str) -> str:
        """The country outside the set with the largest share of the stage."""
        steps = [step for at in chain.lead for step in chain.branches[at].steps] + list(chain.trunk)
        for step in steps:
            if step.stage == stage and step.marginal is not None:
                rows = zip(step.marginal.countries, step.marginal.point, strict=True)
                outside = [(s, c) for c, s in rows if c != OTHER and c not in self.tracer.to]
                if outside:
                    return max(outside)[1]
        return FALLBACK


def _most_shared(materials: pl.DataFrame) -> list[int]:
    """The supply cases that most lines share, at most `CASES`, in their order."""
    shared = materials.group_by("case").agg(lines=pl.col("line").n_unique())
    first = shared.sort("lines", "case", descending=[True, False]).head(CASES)
    return sorted(first["case"].to_list())


def next_best_evidence(
    lines: pl.DataFrame,
    materials: pl.DataFrame,
    traces: Traces,
    knowledge: Knowledge,
    *,
    as_of: date,
) -> pl.DataFrame:
    """The `next_evidence` table: which declaration from which supplier would change most bands.

    One row per (supplier, stage): the lines concerned, how many would leave their band if the stage
    proved to lie outside the set, and the summed movement of their points. Lines without a supplier
    stand under an empty name. The most telling request comes first. Of a long BOM only the `CASES`
    supply cases that most lines share are asked.
    """
    finder = EvidenceFinder(
        Tracer(knowledge, as_of=as_of, to=traces.to),
        CaseJudge(knowledge, as_of=as_of, to=traces.to),
    )
    rows = [
        (case, swing.stage, RANK[swing.band_outside] < RANK[swing.band_now], swing.width)
        for case in _most_shared(materials)
        for swing in finder.swings(traces.solutions[case])
    ]
    by_case = pl.DataFrame(
        rows,
        schema={"case": pl.UInt32, "stage": pl.String, "moved": pl.Boolean, "width": pl.Float64},
        orient="row",
    )
    supplier = pl.col("supplier").fill_null("") if "supplier" in lines.columns else pl.lit("")
    joined = (
        materials.select("line", "case")
        .join(lines.select("line", supplier=supplier), on="line")
        .join(by_case, on="case")
    )
    per_line = (
        joined.group_by("supplier", "stage", "line")
        .agg(pl.col("moved").any(), pl.col("width").max())
        .sort("supplier", "stage", "line")
    )
    # Sums of floats depend on their order, which is that of the lines.
    found = per_line.group_by("supplier", "stage", maintain_order=True).agg(
        lines=pl.len(), bands_moved=pl.col("moved").sum(), width=pl.col("width").sum()
    )
    return found.cast(NEXT_EVIDENCE.schema()).sort(  # type: ignore[arg-type]
        "bands_moved", "width", "supplier", "stage", descending=[True, True, False, False]
    )
