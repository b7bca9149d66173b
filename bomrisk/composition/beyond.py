"""What an assembly holds beyond its listed parts: the tree adds up, and nothing is counted twice.

A magnet assembly of 100 g with a magnet of 90 g below it holds 10 g of magnet that is not listed. What a
line says of a kind of material is said of all of it, the parts below included, so that their masses are
taken from it. All permanent magnets are one kind; where a line names two of a kind, each is compared with
its own name only.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bomrisk.composition.assemblies import kind_of

if TYPE_CHECKING:
    import polars as pl

    from bomrisk.knowledge import Knowledge

Row = dict[str, Any]
_MASSES = ("mass_low_g", "mass_likely_g", "mass_high_g")
DEEPEST = 500
"""Levels that are climbed: a cycle has no top."""


@dataclass(slots=True)
class _Held:
    """Grams that the parts below a line hold of a kind: the least, the likely and the greatest, if known."""

    low: float = 0.0
    likely: float | None = 0.0
    high: float | None = 0.0

    def add(self, low: float | None, likely: float | None, high: float | None) -> None:
        self.low += low or 0.0
        self.likely = None if likely is None or self.likely is None else self.likely + likely
        self.high = None if high is None or self.high is None else self.high + high


_Below = dict[str, _Held]


def beyond_parts(
    materials: pl.DataFrame, lines: pl.DataFrame, knowledge: Knowledge
) -> pl.DataFrame:
    """The materials with what the parts below hold of the same kind taken from the masses (g) above them.

    An unknown mass below leaves the least at 0 and the likely mass unknown; an unknown mass stays so.
    """
    import polars as pl

    parents = lines["parent"].drop_nulls().unique()
    numbered = materials.with_row_index("place")
    above = numbered.filter(pl.col("line").is_in(parents.implode()))
    if above.is_empty():
        return materials
    kinds = {one.id: kind_of(one.family) for one in knowledge.materials.values()}
    holding = above["line"].unique()
    owners = _owners(lines, holding)
    below = _listed(numbered, owners, holding, kinds)
    rows: dict[int, list[Row]] = {}
    for row in above.select("place", "line", "material_id", *_MASSES).iter_rows(named=True):
        rows.setdefault(row["line"], []).append(row)
    owner = dict(owners.filter(pl.col("line").is_in(holding.implode())).iter_rows())
    changed: list[tuple[Any, ...]] = []
    for line in _deepest_first(sorted(rows), owner):
        held = below.get(line, {})
        count = Counter(kinds[row["material_id"]] for row in rows[line])
        for row in rows[line]:
            kind = kinds[row["material_id"]]
            found = held.get(kind if count[kind] == 1 else row["material_id"])
            if found is not None and row["mass_high_g"] is not None:
                _take(row, found)
                changed.append(tuple(row[name] for name in ("place", *_MASSES)))
        if line in owner:
            _rise(below.setdefault(owner[line], {}), held, rows[line], kinds)
    if not changed:
        return materials
    schema = {"place": pl.UInt32, **dict.fromkeys(_MASSES, pl.Float64)}
    fresh = pl.DataFrame(changed, schema=schema, orient="row")
    return numbered.update(fresh, on="place", include_nulls=True).sort("place").drop("place")


def _owners(lines: pl.DataFrame, holding: pl.Series) -> pl.DataFrame:
    """Of each line the nearest line above it that holds a material itself: `line`, `owner`."""
    import polars as pl

    edges = lines.select("line", "parent").drop_nulls()
    climbing = edges.rename({"parent": "owner"})
    found = []
    for _ in range(DEEPEST):
        there = pl.col("owner").is_in(holding.implode())
        found.append(climbing.filter(there))
        climbing = (
            climbing.filter(~there)
            .join(edges, left_on="owner", right_on="line", how="inner")
            .select("line", owner="parent")
        )
        if climbing.is_empty():
            break
    return pl.concat(found)


def _listed(
    numbered: pl.DataFrame, owners: pl.DataFrame, holding: pl.Series, kinds: dict[str, str]
) -> dict[int, _Below]:
    """What the parts that hold no parts with materials add to the line above them, by kind and by name."""
    import polars as pl

    parts = (
        numbered.filter(~pl.col("line").is_in(holding.implode()))
        .join(owners, on="line", how="inner")
        .select("owner", "material_id", *_MASSES)
    )
    summed = parts.group_by("owner", "material_id", maintain_order=True).agg(
        pl.col("mass_low_g").sum(),
        *(
            pl.when(pl.col(name).null_count() == 0).then(pl.col(name).sum()).alias(name)
            for name in _MASSES[1:]
        ),
    )
    below: dict[int, _Below] = {}
    for owner, material_id, *masses in summed.iter_rows():
        held = below.setdefault(owner, {})
        for key in {material_id, kinds[material_id]}:
            held.setdefault(key, _Held()).add(*masses)
    return below


def _deepest_first(lines: list[int], owner: dict[int, int]) -> list[int]:
    """The lines so that each comes after all below it."""
    depth: dict[int, int] = {}
    for line in lines:
        chain = [line]
        while chain[-1] in owner and chain[-1] not in depth and len(chain) <= DEEPEST:
            chain.append(owner[chain[-1]])
        base = depth.get(chain[-1], 0)
        for steps, one in enumerate(reversed(chain)):
            depth.setdefault(one, base + steps)
    return sorted(lines, key=lambda line: (-depth[line], line))


def _take(row: Row, found: _Held) -> None:
    """Take from a row what the parts below hold."""
    low, likely, high = (row[name] for name in _MASSES)
    row["mass_high_g"] = high = max(0.0, high - found.low)
    row["mass_low_g"] = low = 0.0 if found.high is None else max(0.0, (low or 0.0) - found.high)
    if likely is not None:
        known = found.likely is not None
        row["mass_likely_g"] = (
            min(max(likely - (found.likely or 0.0), low), high) if known else None
        )


def _rise(up: _Below, held: _Below, rows: list[Row], kinds: dict[str, str]) -> None:
    """Add what a line and the parts below it hold to the line above."""
    for key, one in held.items():
        up.setdefault(key, _Held()).add(one.low, one.likely, one.high)
    for row in rows:
        for key in {row["material_id"], kinds[row["material_id"]]}:
            up.setdefault(key, _Held()).add(*(row[name] for name in _MASSES))
