"""What suppliers say of a line, one claim at a time, and where each stands: facts that a rule then weighs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

NONE = "none"
"""Value of the claim `contains` of a supplier whose part holds none of what was asked about."""

FLAGS = ("cots", "recycled")
"""Claims that make a fact of `PartFacts` true."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim.

    `fact` is "cots" or "recycled" (value "yes"); "contains" (value: a covered family, or `NONE`);
    "origins.STAGE" (value: the declared country cell); "column.STAGE" (value: the cell of the BOM, where
    it names other countries than the declaration). `source` is the place where it stands.
    """

    fact: str
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class Claims:
    """All claims of one line."""

    all: tuple[Claim, ...] = ()

    def sources(self) -> dict[str, str]:
        """Fact to where it came from, as `PartFacts.sources` wants it."""
        return {c.fact: c.source for c in self.all if c.fact in FLAGS or c.fact[:8] == "origins."}

    def flag(self, fact: str) -> bool:
        """Whether a supplier claims the fact."""
        return any(claim.fact == fact for claim in self.all)

    def contains(self) -> Claim | None:
        """What a supplier says that the part holds."""
        return next((claim for claim in self.all if claim.fact == "contains"), None)

    def columns(self) -> Mapping[str, str]:
        """Stage to the cell of the BOM, where a declaration says otherwise."""
        return {c.fact[7:]: c.value for c in self.all if c.fact[:7] == "column."}


def schema() -> dict[str, type[pl.DataType]]:
    """Columns of a table of claims: one row per line and claim."""
    import polars as pl

    return {"line": pl.UInt32, "fact": pl.String, "value": pl.String, "source": pl.String}


def claims_table(claims: Iterable[tuple[int, Claim]]) -> pl.DataFrame:
    """The claims as a table."""
    import polars as pl

    rows = [(line, claim.fact, claim.value, claim.source) for line, claim in claims]
    return pl.DataFrame(rows, schema=schema(), orient="row")


def by_line(table: pl.DataFrame | None) -> pl.DataFrame:
    """One row per line that has claims: `line`, and `claimed`, all its claims as one text to join by."""
    import polars as pl

    said: dict[int, list[tuple[str, str, str]]] = {}
    if table is not None:
        for line, fact, value, source in table.iter_rows():
            claim = (fact, value, source)
            if claim not in said.setdefault(line, []):
                said[line].append(claim)
    rows = [(line, json.dumps(claims, ensure_ascii=False)) for line, claims in said.items()]
    return pl.DataFrame(rows, schema={"line": pl.UInt32, "claimed": pl.String}, orient="row")


def read_claims(claimed: str) -> Claims:
    """The claims of the text that `by_line` made; an empty text holds none."""
    return Claims(tuple(Claim(*one) for one in json.loads(claimed))) if claimed else Claims()
