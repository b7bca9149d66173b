"""A user's own knowledge file: its form, and its entries as values.

Every entry names its own source. The file is refused as a whole when one entry is not sound, with all
faults at once; nothing of it is taken in silence.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from bomrisk.errors import InputError, InputErrors
from bomrisk.knowledge import reading
from bomrisk.knowledge.model import Material, PartRule, ShareSet, Source
from bomrisk.knowledge.overlay_entry import SECTIONS, BandEntry, Entry, ShareEntry, SourceEntry
from bomrisk.knowledge.strict_yaml import read_yaml
from bomrisk.tables import STAGES

if TYPE_CHECKING:
    from bomrisk.knowledge.store import Knowledge


@dataclass(frozen=True, slots=True)
class Draft:
    """The entries of a file that have the right form, each with its place in the file."""

    file: str
    sha256: str
    entries: dict[str, list[tuple[str, Any]]]
    faults: list[InputError] = field(default_factory=list)

    def of(self, section: str) -> Iterator[tuple[str, Any]]:
        """The entries of one section, with their places."""
        yield from self.entries.get(section, ())


@dataclass(frozen=True, slots=True)
class Additions:
    """What an overlay adds or replaces, as values."""

    name: str
    sha256: str
    sources: tuple[Source, ...]
    materials: tuple[Material, ...]
    part_rules: tuple[PartRule, ...]
    share_sets: tuple[ShareSet, ...]
    bands: tuple[BandEntry, ...]

    @property
    def count(self) -> int:
        """How many entries it holds, a share set being one."""
        return sum(
            map(len, (self.sources, self.materials, self.part_rules, self.share_sets, self.bands))
        )


def read_overlay(path: Path, knowledge: Knowledge) -> Additions:
    """Read a file against the knowledge that it extends.

    Raises `InputErrors` with every fault: the file, the place in it such as ``shares[2].country``, what
    is wrong and what would mend it.
    """
    from bomrisk.knowledge.overlay_check import faults_of

    draft = _draft(path)
    faults = [*draft.faults, *faults_of(draft, knowledge)]
    if faults:
        raise InputErrors(faults)
    name = path.name
    return Additions(
        name,
        draft.sha256,
        tuple(_source(entry) for _, entry in draft.of("sources")),
        tuple(
            replace(reading.material(_record(entry)), origin=name)
            for _, entry in draft.of("materials")
        ),
        tuple(
            replace(reading.part_rule(_record(entry)), origin=name)
            for _, entry in draft.of("part_rules")
        ),
        tuple(_share_sets([entry for _, entry in draft.of("shares")], name)),
        tuple(entry for _, entry in draft.of("bands")),
    )


def _draft(path: Path) -> Draft:
    content, raw = read_yaml(path)
    file = str(path)
    draft = Draft(file, hashlib.sha256(raw).hexdigest(), {})
    if not isinstance(content, dict) or not content:
        raise InputErrors(
            [
                InputError(
                    "is no overlay of the knowledge",
                    mend=f"write at least one of the sections {', '.join(SECTIONS)}",
                    file=file,
                )
            ]
        )
    for name, entries in content.items():
        section = str(name)
        form = SECTIONS.get(section)
        if form is None:
            draft.faults.append(_unknown_section(file, section))
        elif not isinstance(entries, list):
            draft.faults.append(
                InputError("is no list", mend="begin each entry with '- '", file=file, path=section)
            )
        else:
            _read_entries(draft, section, form, entries)
    return draft


def _unknown_section(file: str, section: str) -> InputError:
    return InputError(
        f"there is no section {section!r}",
        mend=f"use {', '.join(SECTIONS)}",
        file=file,
        path=section,
    )


def _read_entries(draft: Draft, section: str, form: type[Entry], entries: list[Any]) -> None:
    good = draft.entries.setdefault(section, [])
    for number, entry in enumerate(entries):
        place = f"{section}[{number}]"
        try:
            good.append((place, form.model_validate(entry)))
        except ValidationError as error:
            for fault in error.errors(include_url=False):
                draft.faults.append(_form_fault(draft.file, place, fault))


MENDS = {
    "stage": f"use one of {', '.join(STAGES)}",
    "extra_forbidden": "remove it; the fields are listed in docs/overlay.md",
    "missing": "add it",
    "finite_number": "give a number",
    "greater_than_equal": "give a number that is not below the least",
    "less_than_equal": "give a number that is not above the greatest",
    "greater_than": "give a number above the least",
    "float_type": "give a number without quotes",
    "string_type": "give a text, in quotes where it looks like a number",
    "literal_error": "use one of these words",
    "too_short": "add what is missing",
    "too_long": "leave out what is too much",
    "list_type": "begin each entry with '- ' or put it in [brackets]",
    "dict_type": "write 'name: value' lines",
    "model_type": "write 'name: value' lines",
}


def _form_fault(file: str, place: str, fault: Any) -> InputError:
    path = place
    for step in fault["loc"]:
        path += f"[{step}]" if isinstance(step, int) else f".{step}"
    kind, given = fault["type"], fault.get("input")
    what, mend = fault["msg"], MENDS.get(kind, "see docs/overlay.md for the form")
    if kind == "extra_forbidden":
        what = "there is no such field"
    elif kind == "missing":
        what = "this field is missing"
    elif kind == "stage":
        pass
    elif kind == "string_pattern_mismatch":
        what, mend = f"{given!r} has not the form of this field", _pattern_mend(path)
    elif isinstance(given, str | int | float):
        what = f"{what}, not {given!r}"
    return InputError(what[0].lower() + what[1:], mend=mend, file=file, path=path)


def _pattern_mend(path: str) -> str:
    if path.endswith(".country"):
        return "use an ISO 3166 alpha-3 code in capitals, or OTH for the remainder"
    if path.endswith(".year"):
        return "give a year such as 2026, or 2021-2024"
    return "use letters, digits and _ . : + - without blanks"


def _record(entry: Any) -> dict[str, Any]:
    record: dict[str, Any] = entry.model_dump()
    record["sources"] = [record.pop("source")]
    return record


def _source(entry: SourceEntry) -> Source:
    return Source(
        entry.id, entry.title, entry.publisher, entry.year, entry.locator, entry.seen, entry.kind
    )


def _share_sets(entries: Sequence[ShareEntry], name: str) -> Iterator[ShareSet]:
    rows = [
        {
            "commodity": e.commodity,
            "stage": e.stage,
            "country": e.country,
            "share": repr(e.share),
            "low": "" if e.low is None else repr(e.low),
            "high": "" if e.high is None else repr(e.high),
            "year": e.year,
            "evidence": e.evidence,
            "source_ids": e.source,
            "derivation": "",
            "note": e.note,
        }
        for e in sorted(
            entries, key=lambda e: (e.commodity, e.stage, e.country == "OTH", -e.share, e.country)
        )
    ]
    for found in reading.recommended_sets(rows).values():
        yield replace(found, origin=name)
