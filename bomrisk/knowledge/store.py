"""The knowledge as the road uses it: loaded lazily, table by table, with a user's overlays merged in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from bomrisk.knowledge import reading
from bomrisk.knowledge.covered import covered_family
from bomrisk.knowledge.model import (
    CountrySet,
    Event,
    ExportControl,
    Facility,
    Material,
    Overlay,
    PartRule,
    PublishedShare,
    ShareSet,
    Source,
)

if TYPE_CHECKING:
    from bomrisk.knowledge.overlay import Additions

DATA = Path(__file__).parent / "data"
"""Folder of the shipped tables."""

HISTORY_YEARS = 5
"""A figure this much older than the recommended one is history, not disagreement."""


class Knowledge:
    """What is known: the shipped tables with overlays merged, each read once, on first use.

    `Knowledge()` is the shipped edition. `Knowledge(overlays=[Path("own.yaml")])` merges a user's file and
    raises `InputErrors` with file, path in it and the mend where it is not sound. `data` names another
    folder of tables of the same form; it serves the checks.
    """

    def __init__(self, overlays: Sequence[Path] = (), *, data: Path = DATA) -> None:
        self.data = data
        edition = json.loads((data / "edition.json").read_bytes())
        self.edition: date = date.fromisoformat(edition["edition"])
        """Edition date: the default as-of date."""
        self.model_version: int = edition["model"]
        self._tables: dict[str, Sequence[Mapping[str, str]]] = {}
        self._sets: dict[tuple[str, str], ShareSet | None] = {}
        self.overlays: tuple[Overlay, ...] = ()
        """The user's files as merged, in order."""
        self._additions: list[Additions] = []
        for path in overlays:
            self._merge(path)

    def _merge(self, path: Path) -> None:
        """Take in one overlay; what was read before is read anew with it."""
        from bomrisk.knowledge.overlay import read_overlay

        new = read_overlay(path, self)
        old = sum(
            (
                sum(entry.id in self.sources for entry in new.sources),
                sum(entry.id in self.materials for entry in new.materials),
                sum(entry.id in self.part_rules for entry in new.part_rules),
                sum((one.commodity, one.stage) in self._shares for one in new.share_sets),
                len(new.bands),
            )
        )
        overlay = Overlay(new.name, new.sha256, new.count - old, old)
        self._additions.append(new)
        self.overlays = (*self.overlays, overlay)
        self._tables.clear()
        self._sets.clear()
        for name in ("sources", "materials", "part_rules", "_shares", "_published", "digest"):
            self.__dict__.pop(name, None)

    @cached_property
    def digest(self) -> str:
        """SHA-256 over all data files and overlays, in name order."""
        total = hashlib.sha256()
        for path in sorted(self.data.rglob("*")):
            if path.is_file():
                content = hashlib.sha256(path.read_bytes()).hexdigest()
                total.update(f"{path.relative_to(self.data).as_posix()} {content}\n".encode())
        for overlay in self.overlays:
            total.update(f"{overlay.file} {overlay.sha256}\n".encode())
        return total.hexdigest()

    # tables ---------------------------------------------------------------------------------

    @cached_property
    def materials(self) -> Mapping[str, Material]:
        """Every material by id, in the order of the files."""
        found = {}
        for path in sorted((self.data / "materials").glob("*.json")):
            for record in reading.read_records(path):
                found[record["id"]] = reading.material(record)
        for new in self._additions:
            found.update((entry.id, entry) for entry in new.materials)
        return MappingProxyType(found)

    @cached_property
    def part_rules(self) -> Mapping[str, PartRule]:
        """Every part rule by id."""
        records = reading.read_records(self.data / "part_rules.json")
        found = {record["id"]: reading.part_rule(record) for record in records}
        for new in self._additions:
            found.update((entry.id, entry) for entry in new.part_rules)
        return MappingProxyType(found)

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """Every source by id."""
        found = {row["id"]: reading.source(row) for row in self.table("sources")}
        for new in self._additions:
            found.update((entry.id, entry) for entry in new.sources)
        return MappingProxyType(found)

    @cached_property
    def events(self) -> Sequence[Event]:
        """The events by date."""
        return tuple(reading.event(row) for row in self.table("events"))

    @cached_property
    def facilities(self) -> Sequence[Facility]:
        """The mines and plants by country and name."""
        return tuple(reading.facility(row) for row in self.table("facilities"))

    @cached_property
    def controls(self) -> Sequence[ExportControl]:
        """The export controls by date of effect."""
        return tuple(reading.control(row) for row in self.table("controls"))

    @cached_property
    def country_sets(self) -> Mapping[str, CountrySet]:
        """The named sets of countries."""
        return MappingProxyType(reading.country_sets(self.table("country_sets")))

    @cached_property
    def platforms(self) -> Sequence[Mapping[str, Any]]:
        """Public claims about platforms and their subsystems: none is a bill of materials."""
        return tuple(reading.read_records(self.data / "platforms.json"))

    def table(self, name: str) -> Sequence[Mapping[str, str]]:
        """The rows of a table as text, such as prices, routes, grades, wgi, bands or rules.

        Raises `KeyError` for a table that does not exist.
        """
        if name not in self._tables:
            path = self.data / f"{name}.csv"
            if name not in self.table_names:
                raise KeyError(name)
            rows = reading.read_table(path)
            if name == "bands":
                rows = self._changed_bands(rows)
            self._tables[name] = tuple(rows)
        return self._tables[name]

    def _changed_bands(self, rows: list[dict[str, str]]) -> list[dict[str, str]]:
        given = {band.name: band for new in self._additions for band in new.bands}
        for row in rows:
            if band := given.get(row["name"]):
                row.update(value=repr(band.value), source_ids=band.source)
        return rows

    @cached_property
    def table_names(self) -> tuple[str, ...]:
        """The names of all CSV tables."""
        return tuple(sorted(path.stem for path in self.data.glob("*.csv")))

    # shares ---------------------------------------------------------------------------------

    @cached_property
    def _shares(self) -> Mapping[tuple[str, str], ShareSet]:
        found = reading.recommended_sets(self.table("shares"))
        for new in self._additions:
            found.update(((one.commodity, one.stage), one) for one in new.share_sets)
        return found

    @cached_property
    def _published(self) -> Mapping[tuple[str, str], Sequence[ShareSet]]:
        found: dict[tuple[str, str], list[ShareSet]] = {}
        for one in (
            *reading.published_sets(self.table("published_shares")),
            *reading.derived_sets(self.table("derived_shares")),
            *self._replaced,
        ):
            found.setdefault((one.commodity, one.stage), []).append(one)
        return found

    @property
    def _replaced(self) -> Iterator[ShareSet]:
        """Shipped sets that an overlay replaced: kept, so that the disagreement can be shown."""
        shipped = reading.recommended_sets(self.table("shares")) if self._additions else {}
        for key, one in shipped.items():
            if self._shares[key] is not one and self._shares[key].origin != one.origin:
                yield replace(one, recommended=False)

    @cached_property
    def _commodities(self) -> Mapping[str, Mapping[str, str]]:
        return {row["commodity"]: row for row in self.table("commodities")}

    def shares(self, commodity: str, stage: str) -> ShareSet | None:
        """The recommended set of a step; None where nothing is published: unknown.

        An element that is won with another takes that one's mining (hafnium: zirconium), and one that
        enters alloys as a ferro-alloy takes that one's melting as its reduction (chromium:
        ferrochromium). Such a set says so in `derivation` and is no better than derived.
        """
        key = (commodity, stage)
        if key not in self._sets:
            self._sets[key] = self._shares.get(key) or self._proxy(commodity, stage)
        return self._sets[key]

    def _proxy(self, commodity: str, stage: str) -> ShareSet | None:
        column, host_stage = {
            "mined": ("mined_with", "mined"),
            "reduced": ("reduced_as", "melted"),
        }.get(stage, ("", ""))
        host = self._commodities.get(commodity, {}).get(column) if column else None
        found = self._shares.get((host, host_stage)) if host else None
        return reading.proxy_set(found, commodity, stage) if found else None

    def published_shares(self, commodity: str, stage: str) -> Sequence[ShareSet]:
        """Every complete set that a source published or that was derived, by year and source."""
        return tuple(self._published.get((commodity, stage), ()))

    def share_sets(self) -> Sequence[ShareSet]:
        """All recommended sets, by commodity and stage."""
        return tuple(self._shares.values())

    def disagreement(self, commodity: str, stage: str, country: str) -> Sequence[PublishedShare]:
        """What the sources say of one country at one step, least share first; the latest figure of each.

        Figures more than five years older than the recommended set are history and left out. The
        recommended figure is marked; it is not widened by the others.
        """
        chosen = self.shares(commodity, stage)
        newest: dict[str, PublishedShare] = {}
        since = int(chosen.year[:4]) - HISTORY_YEARS if chosen else 0
        rows = (*self.table("published_shares"), *self.table("derived_shares"))
        for row in rows:
            if (row["commodity"], row["stage"], row["country"]) != (commodity, stage, country):
                continue
            if not row["share"] or int(row["year"][:4] or 0) < since:
                continue
            old = newest.get(row["source_ids"])
            if old is None or old.year < row["year"]:
                newest[row["source_ids"]] = _published_share(row)
        for share in chosen.shares if chosen else ():
            if share.country == country:
                newest[";".join(share.source_ids)] = PublishedShare(
                    country,
                    share.share,
                    share.year,
                    share.evidence,
                    share.source_ids,
                    True,
                    share.note,
                )
        return tuple(sorted(newest.values(), key=lambda s: (s.share, s.year, s.source_ids)))

    def chain(self, element: str) -> tuple[str, ...]:
        """The stages that an element passes before the alloy, in the law's words.

        Rare earths: mined, separated, reduced. Others: what is known of them, such as mined and
        separated (refined). A by-product has no mine of its own; a gas from the air has no stage.
        An element that no table names is mined, somewhere.
        """
        row = self._commodities.get(element)
        return reading.parts(row["chain"]) if row else ("mined",)

    # materials ------------------------------------------------------------------------------

    @cached_property
    def _products(self) -> Mapping[str, str]:
        return {row["family"]: row["product"] for row in self.table("families")}

    def product(self, material: Material) -> str | None:
        """The product whose own share sets speak of the alloy: NdFeB, SmCo, steel; None if there is none."""
        return self._products.get(material.family) or None

    def covered_family(self, material: Material) -> str | None:
        """The covered family of 10 USC 4872: ndfeb, smco, tantalum …, unknown-magnet; None if it has none."""
        return covered_family(material)


def _published_share(row: Mapping[str, str]) -> PublishedShare:
    share = reading.country_share(row)
    return PublishedShare(
        share.country, share.share, share.year, share.evidence, share.source_ids, False, share.note
    )
