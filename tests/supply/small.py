"""A knowledge small enough to do by hand: a few share sets, one magnet, one alloy, routes as wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from bomrisk.knowledge import Knowledge
from bomrisk.knowledge.model import (
    OTHER,
    Constituent,
    CountryShare,
    Evidence,
    ExportControl,
    Material,
    ShareSet,
)

DAY = date(2026, 1, 1)
Rows = Mapping[str, float | tuple[float, float, float]]


def shares(commodity: str, stage: str, rows: Rows, year: str = "2025") -> ShareSet:
    """A share set from plain numbers, or (low, share, high); what they leave is `OTH`."""
    made = []
    total = 0.0
    for country, value in rows.items():
        low, share, high = value if isinstance(value, tuple) else (value, value, value)
        total += share
        made.append(CountryShare(country, share, low, high, year, Evidence.VERIFIED, ("S1",), ""))
    if 1.0 - total > 1e-9 and OTHER not in rows:
        rest = 1.0 - total
        made.append(CountryShare(OTHER, rest, rest, rest, year, Evidence.VERIFIED, ("S1",), ""))
    return ShareSet(commodity, stage, year, tuple(made))


def material(
    id_: str, family: str, parts: Mapping[str, float | tuple[float, float, float]]
) -> Material:
    """A material of some family; parts are weight percent, or (low, likely, high)."""
    made = []
    for element, value in parts.items():
        low, likely, high = value if isinstance(value, tuple) else (value, value, value)
        made.append(Constituent(element, low, likely, high))
    return Material(
        id_,
        id_.replace("_", " "),
        family,
        "sintered",
        None,
        "ranges",
        tuple(made),
        (),
        (),
        (),
        (),
        (),
        None,
        ("S1",),
        Evidence.VERIFIED,
        (),
        "",
    )


def route(**fields: str) -> dict[str, str]:
    """A row of the routes that constrain."""
    usual = {
        "basis": "share_of_from",
        "low": "0",
        "high": "1",
        "date_from": "2020-01-01",
        "date_to": "",
        "evidence": "verified",
        "source_ids": "S1",
        "note": "",
    }
    return {**usual, **fields}


class SmallKnowledge(Knowledge):
    """Only what a test names; everything else is empty."""

    def __init__(
        self,
        sets: Sequence[ShareSet] = (),
        materials: Sequence[Material] = (),
        *,
        chains: Mapping[str, tuple[str, ...]] | None = None,
        products: Mapping[str, str] | None = None,
        tables: Mapping[str, Sequence[Mapping[str, str]]] | None = None,
        controls: Sequence[ExportControl] = (),
    ) -> None:
        self.edition = DAY
        self.small_sets = {(one.commodity, one.stage): one for one in sets}
        self.materials = {one.id: one for one in materials}
        self.controls = controls
        self.facilities = ()
        self.sources = {}
        self.country_sets = {}
        self.chains = chains or {}
        self.by_family = products or {}
        self.given = tables or {}

    def shares(self, commodity: str, stage: str) -> ShareSet | None:
        return self.small_sets.get((commodity, stage))

    def published_shares(self, commodity: str, stage: str) -> Sequence[ShareSet]:
        return ()

    def share_sets(self) -> Sequence[ShareSet]:
        return tuple(self.small_sets.values())

    def chain(self, element: str) -> tuple[str, ...]:
        return self.chains.get(element, ("mined",))

    def product(self, material: Material) -> str | None:
        return self.by_family.get(material.family)

    def table(self, name: str) -> Sequence[Mapping[str, str]]:
        return self.given.get(name, ())
