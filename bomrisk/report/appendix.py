"""What an auditor needs: sources, evidence by grade, settings, hashes, and the way to make it again."""

from __future__ import annotations

import shlex
from dataclasses import dataclass

import polars as pl

from bomrisk.assessment import Assessment, Meta
from bomrisk.bom import SURE_ENOUGH
from bomrisk.report.figures import bytes_size
from bomrisk.report.sources import SourceEntry, SourceIndex
from bomrisk.report.wording import GRADES, Word


@dataclass(frozen=True, slots=True)
class GradeCount:
    """How many distinct figures of this report have a grade."""

    word: Word
    shares: int
    compositions: int
    events: int


@dataclass(frozen=True, slots=True)
class ColumnsRead:
    """One table of the input: where it stands, and which column was understood as what."""

    sheet: str
    header: str
    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Appendix:
    """The appendix as the report shows it."""

    grades: tuple[GradeCount, ...]
    unknown_steps: int
    settings: tuple[tuple[str, str], ...]
    contract: tuple[tuple[str, str], ...]
    tables: tuple[ColumnsRead, ...]
    input_size: str
    sources: tuple[SourceEntry, ...]
    command: str
    needs: tuple[str, ...]


def appendix_of(assessment: Assessment, sources: SourceIndex) -> Appendix:
    """The appendix of the assessment."""
    meta = assessment.meta
    figures = assessment.steps.select("commodity", "stage", "country", "share", "year", "evidence")
    distinct = figures.unique()
    shares = _counts(distinct.filter(pl.col("share").is_not_null()))
    compositions = _counts(assessment.compositions)
    events = _counts(assessment.events)
    return Appendix(
        grades=tuple(
            GradeCount(word, shares.get(g, 0), compositions.get(g, 0), events.get(g, 0))
            for g, word in GRADES.items()
        ),
        unknown_steps=distinct.filter(pl.col("share").is_null())
        .select("commodity", "stage")
        .unique()
        .height,
        settings=tuple(sorted(meta.settings.items())),
        contract=tuple(sorted(meta.contract.items())),
        tables=tuple(
            ColumnsRead(
                table.sheet,
                "no header row"
                if table.header_row is None
                else f"header in row {table.header_row}",
                tuple(table.columns.items()),
            )
            for table in meta.input.tables
        ),
        input_size=bytes_size(meta.input.size_bytes),
        sources=sources.entries,
        command=_command(meta),
        needs=_needs(meta),
    )


def _counts(frame: pl.DataFrame) -> dict[str, int]:
    return dict(frame.group_by("evidence").len().iter_rows())


def _command(meta: Meta) -> str:
    usual = f"{SURE_ENOUGH:g}"
    words = ["bomrisk", "assess", meta.input.name, "--as-of", meta.as_of.isoformat()]
    if meta.delivery:
        words += ["--delivery", meta.delivery.isoformat()]
    if meta.country_set_name != "covered_4872":
        words += ["--to", meta.country_set_name]
    if (end_item := meta.settings.get("end item", "all of the file")) != "all of the file":
        words += ["--end-item", end_item]
    if (units := meta.settings.get("units", "1")) != "1":
        words += ["--units", units]
    if (least := meta.settings.get("least confidence", usual)) != usual:
        words += ["--least-confidence", least]
    aside = meta.settings.get("left aside", "nothing")
    words += [f"--no-{kind}" for kind in ("mapping", "items", "matches") if kind in aside]
    for kind in ("mapping", "items", "contract", "matches", "declarations", "dispositions"):
        for file in meta.companions:
            if file.kind == kind:
                words += [f"--{kind}", file.name]
    for overlay in meta.knowledge.overlays:
        words += ["--knowledge", overlay.split(" (sha256")[0]]
    if meta.marking:
        words += ["--marking", meta.marking]
    return " ".join(shlex.quote(word) for word in words)


def _needs(meta: Meta) -> tuple[str, ...]:
    """What must be at hand for the same bytes, each with its hash."""
    needs = [
        f"bomrisk {meta.version}",
        f"knowledge edition {meta.knowledge.edition.isoformat()}, digest {meta.knowledge.digest}",
        f"{meta.input.name} with sha256 {meta.input.sha256}",
    ]
    needs += [f"overlay {overlay}" for overlay in meta.knowledge.overlays]
    needs += [f"{file.name} with sha256 {file.sha256}" for file in meta.companions]
    if meta.contract and not any(file.kind == "contract" for file in meta.companions):
        needs.append("the same contract facts, listed above")
    return tuple(needs)
