"""The knowledge as the road uses it: loaded lazily, table by table, with a user's overlays merged in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from bomrisk.knowledge.model import (
    CountrySet,
    Event,
    ExportControl,
    Facility,
    Material,
    Overlay,
    PartRule,
    ShareSet,
    Source,
)


class Knowledge:
    """What is known, read from the shipped tables, with overlays merged; each table is read once, on first use.

    `Knowledge()` is the shipped edition. `Knowledge(overlays=[Path("own.yaml")])` merges a user's file and
    raises `InputError` with file, path in it and the mend where it is not sound.
    """

    def __init__(self, overlays: Sequence[Path] = ()) -> None: ...

    # identity -------------------------------------------------------------------------------
    edition: date            # edition date: the default as-of date
    digest: str              # sha256 over all data files and overlays, in name order
    overlays: tuple[Overlay, ...]

    # tables ---------------------------------------------------------------------------------
    materials: Mapping[str, Material]
    part_rules: Mapping[str, PartRule]
    sources: Mapping[str, Source]
    events: Sequence[Event]
    facilities: Sequence[Facility]
    controls: Sequence[ExportControl]
    country_sets: Mapping[str, CountrySet]

    def shares(self, commodity: str, stage: str) -> ShareSet | None: ...
    def published_shares(self, commodity: str, stage: str) -> Sequence[ShareSet]: ...
    def share_sets(self) -> Sequence[ShareSet]: ...
    def chain(self, element: str) -> tuple[str, ...]: ...      # stages of an element before the alloy
    def product(self, material: Material) -> str | None: ...   # NdFeB, SmCo, steel … with own share sets
    def covered_family(self, material: Material) -> str | None: ...  # ndfeb, smco, tantalum … of rules.md
    def table(self, name: str) -> Sequence[Mapping[str, str]]: ...  # prices, routes, grades, …: rows as text
