"""The road from a spreadsheet to an assessment: a line of calls, each a room with one door."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Literal

import polars as pl
from pydantic import BaseModel, ConfigDict, Field

from bomrisk import bom, compliance, composition, recognition, risk, supply
from bomrisk.assessment import Assessment, Companions, answer_of
from bomrisk.assessment.background import (
    cards_of,
    compositions_of,
    day_notes,
    events_of,
    sources_of,
)
from bomrisk.assessment.manifest import manifest
from bomrisk.assessment.sums import Sums
from bomrisk.knowledge import Knowledge

STAGES_OF_WORK = ("read", "recognize", "compose", "trace", "judge", "score", "sum up")


class Options(BaseModel):
    """Settings of a run. Dates are days; `to` is a country set's name or ISO alpha-3 codes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    as_of: date | None = Field(default=None, description="null: the edition date of the knowledge")
    delivery: date | None = Field(default=None, description="null: both regimes are judged")
    to: tuple[str, ...] = ("covered_4872",)
    end_item: str | None = Field(default=None, description="one of several end items of the file")
    units: float = Field(default=1.0, gt=0, description="how many end items are counted")
    least_confidence: float = Field(
        default=bom.SURE_ENOUGH,
        ge=0,
        le=1,
        description="a table whose columns are less sure is refused",
    )
    left_aside: tuple[Literal["mapping", "items", "matches"], ...] = Field(
        default=(), description="files beside the BOM that are not to be read"
    )
    marking: str | None = None

    def as_text(self) -> dict[str, str]:
        """The settings as every output stores them: text, file names without their folder."""
        return {
            "as_of": self.as_of.isoformat() if self.as_of else "edition of the knowledge",
            "delivery": self.delivery.isoformat() if self.delivery else "open",
            "to": ",".join(self.to),
            "end item": self.end_item or "all of the file",
            "units": f"{self.units:g}",
            "least confidence": f"{self.least_confidence:g}",
            "left aside": ", ".join(self.left_aside) or "nothing",
        }


def assess(
    path: str | Path,
    *,
    knowledge: Knowledge | None = None,
    contract: compliance.ContractFacts | None = None,
    options: Options | None = None,
    limits: bom.Limits | None = None,
    companions: Companions | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Assessment:
    """Assess one bill of materials; `progress` is told each of `STAGES_OF_WORK` as it begins.

    `companions` are what people have said of it: materials decided, origins declared, findings settled.
    Raises `InputError` or `InputErrors` where the file or the settings cannot be used. What is not
    known is no error: it stands as unknown or INCOMPLETE in the result.
    """
    options = options or Options()
    companions = companions or Companions()
    knowledge = knowledge or Knowledge()
    as_of = options.as_of or knowledge.edition
    countries, set_name = country_set(options.to, knowledge)
    contract = compliance.contract_for(contract, delivery=options.delivery)

    progress("read")
    inside = composition.DeclarationsInside(Path(path).name)
    read = bom.read(
        Path(path),
        limits=limits or bom.Limits(),
        mapping=companions.mapping if companions.asked_for else None,
        remembered=companions.mapping,
        end_item=options.end_item,
        units=options.units,
        aside=inside.rest_of,
        items=companions.items,
    )
    bom.require_confidence(read, options.least_confidence)
    told = compliance.apply_declarations(read.lines, companions.declared)
    lines = told.lines
    progress("recognize")
    recognized = recognition.recognize(lines, knowledge, companions.decisions)
    progress("compose")
    composed = composition.compose(
        lines, recognized.materials, knowledge, inside.after(companions.materials)
    )
    progress("trace")
    traces = supply.trace_lines(lines, composed.materials, knowledge, as_of=as_of, to=countries)
    progress("judge")
    judged = compliance.judge_lines(
        lines,
        traces.materials,
        traces.cases,
        knowledge,
        contract=contract,
        as_of=as_of,
        claims=told.claims,
    )
    materials = compliance.with_permitted(traces.materials, lines)
    labelled = compliance.label(
        compliance.permitted_findings(judged, lines),
        lines,
        companions.dispositions,
        as_of=as_of,
        file=companions.of("dispositions"),
    )
    findings = labelled.findings
    progress("score")
    scores = risk.score_lines(lines, materials, traces, findings, knowledge, as_of=as_of)
    progress("sum up")
    cards = cards_of(materials, knowledge)
    compositions = compositions_of(cards, knowledge)
    events = events_of(compositions, knowledge)
    answer = answer_of(
        lines=lines,
        excluded=read.excluded.height,
        rows_read=read.rows_read,
        materials=materials,
        findings=findings,
        scores=scores,
        delivery=contract.delivery,
    )
    return Assessment(
        meta=manifest(
            read,
            knowledge,
            contract,
            as_of=as_of,
            countries=countries,
            set_name=set_name,
            companions=companions.used_with(read),
            settings=options.as_text(),
            marking=options.marking,
        ),
        answer=answer,
        lines=lines,
        excluded=read.excluded,
        materials=materials,
        contents=composed.contents,
        cases=traces.cases,
        steps=traces.steps,
        exposures=traces.exposures,
        scores=scores,
        findings=findings,
        notes=_joined(
            read.notes,
            told.notes,
            recognized.notes,
            composed.notes,
            traces.notes,
            labelled.notes,
            companions.notes(),
            day_notes(knowledge, as_of),
        ),
        review=composition.matches_to_review(lines, recognized.doubts),
        sums=Sums(
            lines,
            traces.materials,
            composed.contents,
            traces.exposures,
            findings,
            scores,
            contract,
            partial(risk.next_best_evidence, lines, materials, traces, knowledge, as_of=as_of),
        ),
        cards=cards,
        compositions=compositions,
        events=events,
        sources=sources_of((cards, compositions, traces.steps, events), knowledge),
    )


def country_set(names: tuple[str, ...], knowledge: Knowledge) -> tuple[frozenset[str], str]:
    """The countries of a set's name, or of a list of ISO codes, and how the set is called.

    Raises `InputError` for a word that is neither.
    """
    members = supply.members_of(names, knowledge)
    if len(names) == 1 and names[0] in knowledge.country_sets:
        return members, names[0]
    return members, ",".join(sorted(names))


def _joined(*notes: pl.DataFrame) -> pl.DataFrame:
    return pl.concat(notes).sort("line", "row", "kind", "text", maintain_order=True)
