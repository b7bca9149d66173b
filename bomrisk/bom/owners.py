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
    _assembly_first(main, mapping)
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


def assemblies_counted(main: dict[str, Column], more: dict[str, tuple[Column, ...]]) -> None:
    """Of two quantities, one per assembly and one of assemblies, the latter multiplies the former.

    So write lists that name the assembly in each row: assembly, its quantity, part, quantity in one of it.
    """
    if "multiplier" in main or "quantity" not in main or "parent" not in main:
        return
    several = (main["quantity"], *more.get("quantity", ()))
    of_assembly = [
        column
        for column in several
        if any(one.field == "multiplier" for one in column.header.candidates)
    ]
    each = [column for column in several if "per" in normal(column.header.text).split()]
    if len(of_assembly) != 1 or len(each) != 1 or of_assembly[0] is each[0]:
        return
    counted = of_assembly[0]
    reason = f"{counted.reason}; how often the assembly is used, beside the quantity in one of it"
    main["multiplier"] = replace(counted, field="multiplier", reason=reason)
    main["quantity"] = replace(each[0], field="quantity")
    more["quantity"] = tuple(one for one in several if one is not counted and one is not each[0])


def _told_apart(main: Mapping[str, Column], letter: str) -> bool:
    """Whether another column says what the component is, so that its code need not be its name."""
    return any(name in main and main[name].letter != letter for name in ("name", "description"))


def _assembly_first(main: dict[str, Column], mapping: ColumnMap) -> None:
    """Of two columns with numbers of parts, one of which says assembly, that one names the parent."""
    if "parent" in main or "part_number" not in main:
        return
    several = (main["part_number"], *mapping.more.get("part_number", ()))
    said = words.plain("assembly")
    above = [one for one in several if said & set(normal(one.header.text).split())]
    rest = [one for one in several if one not in above]
    if (
        len(above) != 1
        or not rest
        or not _repeats(mapping.profiles[above[0].letter], mapping.profiles[rest[0].letter])
    ):
        return
    reason = f"{above[0].reason}; the assembly of the parts beside it"
    main["parent"] = replace(above[0], field="parent", reason=reason)
    main["part_number"] = replace(rest[0], field="part_number")


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
