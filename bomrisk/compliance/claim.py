"""What suppliers say of a line, one claim at a time, and where each stands: facts that a rule then weighs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bomrisk.compliance.classification import COVERED, MAGNETS, UNKNOWN_MAGNET

if TYPE_CHECKING:
    import polars as pl

    from bomrisk.knowledge import Knowledge

NONE = "none"
"""Value of the claim `contains` of a supplier whose part holds none of what was asked about."""

BOM_COLUMN = "BOM column"
"""Where an origin came from that stands in a column of the BOM."""

FLAGS = ("cots", "recycled")
"""Claims that make a fact of `PartFacts` true."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim.

    `fact` is "cots" or "recycled" (value "yes"); "contains" (value: a covered family, or `NONE`); "refused"
    (value: why the supplier does not declare); or, with a country cell as its value:

    - "origins.STAGE": what is declared
    - "bom.STAGE": what the BOM says of a stage that is declared, empty if nothing
    - "column.STAGE": the same, where it names other countries than the declaration
    - "doubt.STAGE": what an answer says that clears nothing

    `source` is the place where it stands; `about` is the material that was asked about, empty if the claim
    holds for the whole line.
    """

    fact: str
    value: str
    source: str
    about: str = ""


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

    def refused(self) -> Claim | None:
        """The supplier's refusal to declare."""
        return next((claim for claim in self.all if claim.fact == "refused"), None)

    def origins(self, of_the_bom: Mapping[str, str]) -> dict[str, str]:
        """Stage to country cell: what is declared of this material, else what the BOM says.

        What a supplier declares of another material of the line says nothing about this one.
        """
        cells = {**of_the_bom, **{c.fact[4:]: c.value for c in self.all if c.fact[:4] == "bom."}}
        cells |= {c.fact[8:]: c.value for c in self.all if c.fact[:8] == "origins."}
        return {stage: cell for stage, cell in cells.items() if cell}

    def columns(self) -> Mapping[str, str]:
        """Stage to the cell of the BOM, where a declaration says otherwise."""
        return {c.fact[7:]: c.value for c in self.all if c.fact[:7] == "column."}

    def doubts(self) -> Mapping[str, Claim]:
        """Stage to what an answer says of it that clears nothing."""
        return {c.fact[6:]: c for c in self.all if c.fact[:6] == "doubt."}


def schema() -> dict[str, type[pl.DataType]]:
    """Columns of a table of claims: one row per line and claim."""
    import polars as pl

    texts = dict.fromkeys(("fact", "value", "source", "about"), pl.String)
    return {"line": pl.UInt32, **texts}


def claims_table(claims: Iterable[tuple[int, Claim]]) -> pl.DataFrame:
    """The claims as a table."""
    import polars as pl

    rows = [(line, one.fact, one.value, one.source, one.about) for line, one in claims]
    return pl.DataFrame(rows, schema=schema(), orient="row")


def by_material(
    table: pl.DataFrame | None, materials: pl.DataFrame, knowledge: Knowledge
) -> pl.DataFrame:
    """One row per line and material that has claims: `claimed`, all its claims as one text to join by.

    An answer about one material of a line says nothing about the others. One about a material that the
    line does not hold any more counts for one of the same covered family.
    """
    import polars as pl

    said: dict[int, list[tuple[str, ...]]] = {}
    if table is not None:
        for line, *claim in table.iter_rows():
            if tuple(claim) not in said.setdefault(line, []):
                said[line].append(tuple(claim))
    held: dict[int, list[str]] = {}
    pairs = materials.filter(pl.col("line").is_in(list(said))).select("line", "material_id")
    for line, material_id in pairs.unique(maintain_order=True).iter_rows():
        held.setdefault(line, []).append(material_id)
    families = _families(knowledge) if held else {}
    rows = []
    for line, ids in held.items():
        names = {i: knowledge.materials[i].name if i in knowledge.materials else i for i in ids}
        for material_id, name in names.items():
            family = families.get(name)
            claims = [
                claim
                for claim in said[line]
                if claim[3] in ("", name)
                or (claim[3] not in names.values() and _kin(family, families.get(claim[3])))
            ]
            if claims:
                rows.append((line, material_id, json.dumps(claims, ensure_ascii=False)))
    texts = dict.fromkeys(("material_id", "claimed"), pl.String)
    return pl.DataFrame(rows, schema={"line": pl.UInt32, **texts}, orient="row")


def _families(knowledge: Knowledge) -> dict[str, str | None]:
    return {m.name: knowledge.covered_family(m) for m in knowledge.materials.values()}


def _kin(one: str | None, other: str | None) -> bool:
    """Whether an answer about a material of one family may be about one of the other."""
    magnets = (*MAGNETS, UNKNOWN_MAGNET)
    if one in magnets and other in magnets:
        return one == other or UNKNOWN_MAGNET in (one, other)
    return one == other and one in COVERED


def read_claims(claimed: str) -> Claims:
    """The claims of the text that `by_material` made; an empty text holds none."""
    return Claims(tuple(Claim(*one) for one in json.loads(claimed))) if claimed else Claims()
