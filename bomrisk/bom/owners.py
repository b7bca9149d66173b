"""Whose columns they are: of the assembly above, or of the component that the row is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bomrisk.bom import words
from bomrisk.bom.columns import Column, ColumnMap
from bomrisk.bom.content import Profile
from bomrisk.bom.vocabulary import normal

_OF_ABOVE = ("material", "part_number", "name")
_CODED = 0.7
"""Share of cells that look like numbers of parts, from which a column is taken for one of numbers."""


def component_and_assembly(main: dict[str, Column], mapping: ColumnMap) -> None:
    """A column of coded components is the part's number; a coded one before it names the assembly.

    So read lists of the form material, component, quantity, whose headers alone say otherwise.
    """
    letter = _coded_component(mapping)
    if letter is None:
        return
    places = {one: place for place, one in enumerate(mapping.headers)}
    owner = next(
        (
            name
            for name in _OF_ABOVE
            if name in main
            and places.get(main[name].letter, len(places)) < places[letter]
            and _repeats(mapping.profiles[main[name].letter], mapping.profiles[letter])
        ),
        None,
    )
    if owner is not None and "parent" not in main:
        own = main.pop(owner)
        reason = f"{own.reason}; the assembly of the components beside it"
        main["parent"] = replace(own, field="parent", reason=reason)
    elif "parent" not in main and not _told_apart(main, letter):
        return
    _of_component(main, mapping, letter)


def _told_apart(main: Mapping[str, Column], letter: str) -> bool:
    """Whether another column says what the component is, so that its code need not be its name."""
    return any(name in main and main[name].letter != letter for name in ("name", "description"))


def _of_component(main: dict[str, Column], mapping: ColumnMap, letter: str) -> None:
    """Make the component's column the part number, and its own name and description theirs."""
    current = main.get("part_number")
    if current is not None and current.letter != letter and "parent" not in main:
        return
    for name in [name for name, column in main.items() if column.letter == letter]:
        del main[name]
    reason = "the header says a component and the cells are numbers of parts"
    main["part_number"] = Column(letter, "part_number", mapping.headers[letter], 0.8, reason)
    said = words.plain("component")
    for other, header in mapping.headers.items():
        for one in header.candidates:
            head = normal(header.text).rsplit(" ", 1)[0]
            if one.field in ("name", "description") and head in said and other != letter:
                reason = f"header says {header.text!r}: the component's own"
                main[one.field] = Column(other, one.field, header, 0.9, reason)
                break


def _coded_component(mapping: ColumnMap) -> str | None:
    said = words.plain("component")
    for letter, header in mapping.headers.items():
        found = mapping.profiles[letter]
        names = any(one.field == "part_number" for one in header.candidates)
        if names and normal(header.text) in said and _coded(found) and found.distinct >= 0.4:
            return letter
    return None


def _coded(found: Profile) -> bool:
    return max(found.token, found.code) >= _CODED and found.uuid < 0.3 and not found.counting


def _repeats(above: Profile, below: Profile) -> bool:
    """Whether a column looks like the numbers of assemblies of the components in another."""
    return _coded(above) and (above.distinct <= below.distinct or above.count <= 3)
