"""What only the whole overlay shows: sums, codes that resolve, names that stand twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

from bomrisk.errors import InputError
from bomrisk.knowledge.countries import is_share_country
from bomrisk.knowledge.patterns import pattern_fault

if TYPE_CHECKING:
    from bomrisk.knowledge.overlay import Draft
    from bomrisk.knowledge.store import Knowledge

SHARE_SLACK = 0.005
"""A share set may miss 1 by this much."""
COMPOSITION_SLACK = 1.0
"""A composition may miss 100 weight percent by this much."""


def faults_of(draft: Draft, knowledge: Knowledge) -> Iterator[InputError]:
    """Every fault among the entries that have the right form."""
    yield from _twice(draft)
    yield from _sources(draft, knowledge)
    yield from _shares(draft, knowledge)
    for place, entry in draft.of("materials"):
        yield from _material(draft.file, place, entry, knowledge)
    yield from _part_rules(draft, knowledge)
    yield from _bands(draft, knowledge)


def _twice(draft: Draft) -> Iterator[InputError]:
    keys = {"sources": "id", "materials": "id", "part_rules": "id", "bands": "name"}
    for section, key in keys.items():
        seen: set[str] = set()
        for place, entry in draft.of(section):
            identity = getattr(entry, key)
            if identity in seen:
                yield InputError(
                    f"{identity!r} stands twice",
                    mend="keep one of them",
                    file=draft.file,
                    path=f"{place}.{key}",
                )
            seen.add(identity)


def _sources(draft: Draft, knowledge: Knowledge) -> Iterator[InputError]:
    own = {entry.id for _, entry in draft.of("sources")}
    for section in ("materials", "part_rules", "shares", "bands"):
        for place, entry in draft.of(section):
            if entry.source not in own and entry.source not in knowledge.sources:
                yield InputError(
                    f"there is no source {entry.source!r}",
                    mend="add it under sources, or cite one that exists",
                    file=draft.file,
                    path=f"{place}.source",
                )


def _shares(draft: Draft, knowledge: Knowledge) -> Iterator[InputError]:
    commodities = {row["commodity"] for row in knowledge.table("commodities")}
    sets: dict[tuple[str, str], list[tuple[str, Any]]] = defaultdict(list)
    for place, entry in draft.of("shares"):
        sets[entry.commodity, entry.stage].append((place, entry))
        yield from _share(draft.file, place, entry, commodities)
    broken = any(fault.path and fault.path.startswith("shares[") for fault in draft.faults)
    for (commodity, stage), members in sets.items():
        yield from _share_countries(draft.file, members)
        total = sum(entry.share for _, entry in members)
        if not broken and abs(total - 1.0) > SHARE_SLACK:
            yield InputError(
                f"the shares of {commodity} {stage} sum to {total:.4f}, not to 1",
                mend="give every country, and the remainder as OTH",
                file=draft.file,
                path=members[0][0],
            )


def _share(file: str, place: str, entry: Any, commodities: Collection[str]) -> Iterator[InputError]:
    if entry.commodity not in commodities:
        yield InputError(
            f"there is no commodity {entry.commodity!r}",
            mend="use an element symbol, or a product such as NdFeB, SmCo or steel",
            file=file,
            path=f"{place}.commodity",
        )
    if not is_share_country(entry.country):
        yield InputError(
            f"{entry.country!r} is no ISO 3166 alpha-3 code",
            mend="use the code of the country, or OTH for the remainder",
            file=file,
            path=f"{place}.country",
        )
    low = entry.share if entry.low is None else entry.low
    high = entry.share if entry.high is None else entry.high
    if not low <= entry.share <= high:
        yield InputError(
            f"the range {low:g} to {high:g} does not hold the share {entry.share:g}",
            mend="give low <= share <= high",
            file=file,
            path=f"{place}.share",
        )


def _share_countries(file: str, members: list[tuple[str, Any]]) -> Iterator[InputError]:
    seen: set[str] = set()
    for place, entry in members:
        if entry.country in seen:
            yield InputError(
                f"{entry.country} stands twice in the set of {entry.commodity} {entry.stage}",
                mend="add the two shares into one row",
                file=file,
                path=f"{place}.country",
            )
        seen.add(entry.country)


def _material(file: str, place: str, entry: Any, knowledge: Knowledge) -> Iterator[InputError]:
    families = {row["family"] for row in knowledge.table("families")}
    if entry.family not in families:
        yield InputError(
            f"there is no family {entry.family!r}",
            mend="use one of the table families, such as permanent_magnet_ndfeb or alloy_steel",
            file=file,
            path=f"{place}.family",
        )
    yield from _composition(file, place, entry, knowledge)
    for key in ("patterns",):
        for number, pattern in enumerate(getattr(entry, key)):
            if fault := pattern_fault(pattern):
                yield InputError(
                    fault, mend="mend the pattern", file=file, path=f"{place}.{key}[{number}]"
                )


def _composition(file: str, place: str, entry: Any, knowledge: Knowledge) -> Iterator[InputError]:
    elements = {r["commodity"] for r in knowledge.table("commodities") if r["kind"] == "element"}
    for element, (low, likely, high) in entry.composition.items():
        where = f"{place}.composition.{element}"
        if element not in elements:
            yield InputError(
                f"there is no element {element!r}", mend="use its symbol", file=file, path=where
            )
        if not low <= likely <= high:
            yield InputError(
                f"the range {low:g} to {high:g} does not hold the likely {likely:g}",
                mend="give [low, likely, high]",
                file=file,
                path=where,
            )
    for element in entry.balance:
        if element not in entry.composition:
            yield InputError(
                f"the balance {element!r} is not in the composition",
                mend="add it to the composition",
                file=file,
                path=f"{place}.balance",
            )
    total = sum(likely for _, likely, _ in entry.composition.values())
    if not entry.composition and entry.basis != "unknown":
        yield InputError(
            "the composition is empty",
            mend="give it, or say 'basis: unknown'",
            file=file,
            path=f"{place}.composition",
        )
    elif entry.composition and abs(total - 100.0) > COMPOSITION_SLACK:
        yield InputError(
            f"the likely contents sum to {total:g}, not to 100 ± 1",
            mend="give weight percent, the balance included",
            file=file,
            path=f"{place}.composition",
        )


def _part_rules(draft: Draft, knowledge: Knowledge) -> Iterator[InputError]:
    own = {entry.id for _, entry in draft.of("materials")}
    for place, entry in draft.of("part_rules"):
        for key in ("patterns", "negative_patterns"):
            for number, pattern in enumerate(getattr(entry, key)):
                if fault := pattern_fault(pattern):
                    where = f"{place}.{key}[{number}]"
                    yield InputError(fault, mend="mend the pattern", file=draft.file, path=where)
        for number, implied in enumerate(entry.implies):
            where = f"{place}.implies[{number}]"
            if implied.material not in own and implied.material not in knowledge.materials:
                yield InputError(
                    f"there is no material {implied.material!r}",
                    mend="add it under materials, or use an id that exists",
                    file=draft.file,
                    path=f"{where}.material",
                )
            if (fault := _amounts(implied)) is not None:
                yield InputError(
                    fault, mend="give low <= likely <= high", file=draft.file, path=where
                )


def _amounts(implied: Any) -> str | None:
    given = [v for v in (implied.low, implied.likely, implied.high) if v is not None]
    if given != sorted(given):
        return "low, likely and high are not in order"
    if implied.basis == "mass_fraction_of_part" and given and given[-1] > 1.0:
        return f"a share of {given[-1]:g} is more than the whole part"
    return None


def _bands(draft: Draft, knowledge: Knowledge) -> Iterator[InputError]:
    names = [row["name"] for row in knowledge.table("bands")]
    for place, entry in draft.of("bands"):
        if entry.name not in names:
            yield InputError(
                f"there is no parameter {entry.name!r}",
                mend=f"use one of {', '.join(names)}",
                file=draft.file,
                path=f"{place}.name",
            )
