"""The assessment itself: the tables of `bomrisk.tables`, filled."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from bomrisk.assessment.answer import Answer
from bomrisk.assessment.meta import Meta
from bomrisk.assessment.sums import Sums
from bomrisk.tables import SUMMED, TABLES


@dataclass(frozen=True, slots=True, repr=False)
class Assessment:
    """All that one run found out about one BOM; formats render this and know nothing else.

    `contents` is lazy: the elements of a line are worked out only when a format asks for them.
    `review` has the doubts of recognition that a person may settle, the most valuable first; its
    columns are those of `bomrisk.composition.review`. `sums` works out the tables that sum up.
    """

    meta: Meta
    answer: Answer
    lines: pl.DataFrame
    excluded: pl.DataFrame
    materials: pl.DataFrame
    contents: pl.LazyFrame
    cases: pl.DataFrame
    steps: pl.DataFrame
    exposures: pl.DataFrame
    scores: pl.DataFrame
    findings: pl.DataFrame
    notes: pl.DataFrame
    cards: pl.DataFrame
    compositions: pl.DataFrame
    events: pl.DataFrame
    sources: pl.DataFrame
    review: pl.DataFrame
    sums: Sums

    def __repr__(self) -> str:
        """The answer in one line, as a notebook shows it; the rest stands in the tables."""
        answer = self.answer
        return (
            f"<Assessment {self.meta.input.name} as of {self.meta.as_of}: {answer.verdict},"
            f" {self.lines.height:,} lines, {answer.blocking_lines:,} blocking>"
        )

    def table(self, name: str) -> pl.DataFrame:
        """A table by name, with exactly its stated columns in their order."""
        home = self.sums if TABLES[name] in SUMMED else self
        found: pl.DataFrame | pl.LazyFrame = getattr(home, name)
        frame = found.collect() if isinstance(found, pl.LazyFrame) else found
        return frame.select(TABLES[name].names)

    def published(self, name: str) -> pl.DataFrame:
        """A table as it goes out: `line` and `parent` are line ids instead of row numbers."""
        frame = self.table(name)
        if "line" not in frame.columns:
            return frame
        if name == "lines":
            parents = self.lines.select(parent="line", parent_id="line_id")
            return (
                frame.join(parents, on="parent", how="left", maintain_order="left")
                .with_columns(parent="parent_id")
                .drop("parent_id", "line")
            )
        ids = self.lines.select("line", "line_id")
        return (
            frame.join(ids, on="line", how="left", maintain_order="left")
            .with_columns(line="line_id")
            .drop("line_id")
            .rename({"line": "line_id"})
        )
