"""The tables that sum an assessment up, each worked out once, when a format first asks for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from bomrisk.compliance import ContractFacts
from bomrisk.compliance.rollup import clause_register, overlap, side_by_side, standings
from bomrisk.risk.mass_at_risk import mass_at_risk
from bomrisk.risk.rollup import roll_up


@dataclass(frozen=True)
class Sums:
    """The tables of `bomrisk.tables.summed`, by their names.

    `evidence` works out the table `next_evidence`: it needs the traces, which no format sees. `contents` are
    the elements of the lines, worked out on demand.
    """

    lines: pl.DataFrame
    materials: pl.DataFrame
    contents: pl.LazyFrame
    exposures: pl.DataFrame
    findings: pl.DataFrame
    scores: pl.DataFrame
    contract: ContractFacts
    evidence: Callable[[], pl.DataFrame]

    @cached_property
    def assemblies(self) -> pl.DataFrame:
        """Every line with the bands of everything below it."""
        return roll_up(self.lines, self.scores)

    @cached_property
    def standings(self) -> pl.DataFrame:
        """Results per rule of the program, of suppliers and of assemblies."""
        return standings(self.findings, self.lines)

    @cached_property
    def regimes(self) -> pl.DataFrame:
        """Both regimes of 252.225-7052 per line."""
        return side_by_side(self.findings)

    @cached_property
    def overlaps(self) -> pl.DataFrame:
        """Where 252.225-7052 and 252.225-7009 agree and differ."""
        return overlap(self.findings)

    @cached_property
    def clauses(self) -> pl.DataFrame:
        """The clause that each line rests on."""
        return clause_register(self.findings, self.contract)

    @cached_property
    def next_evidence(self) -> pl.DataFrame:
        """The declarations to ask for first."""
        return self.evidence()

    @cached_property
    def mass_at_risk(self) -> pl.DataFrame:
        """How much of each element there is, and how much of it touched the country set."""
        return mass_at_risk(self.materials, self.contents, self.exposures)
