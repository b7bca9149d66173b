"""The tables of a workbook in one structure: a sheet that is named after a part holds its parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bomrisk.bom.called import times_above, titles
from bomrisk.bom.lines import TableLines
from bomrisk.bom.structure import Structure, structure_of
from bomrisk.bom.views import SheetTables, often, plain

_COMMON_NAME = re.compile(
    r"(?i)(?:sheet|table|tabelle|hoja|feuil|foglio|planilha|лист|工作表|bom|parts?list|parts|data)\d*"
)
"""Sheet names that every workbook may have: they name no part."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A table whose lines count, with its structure and the lines of other sheets that stand for it.

    `owners` are (number of the placed table, place of the line in it); the first is the parent.
    """

    one: SheetTables
    table: TableLines
    structure: Structure
    owners: tuple[tuple[int, int], ...] = ()


def placed(found: Sequence[SheetTables]) -> list[Placed]:
    """All tables that count, in the order of the workbook, each multiplied by what stands above it."""
    items = [(one, table) for one in found if one.role is None for table in one.tables]
    owners = _owners(items)
    done: dict[int, Placed] = {}
    waiting = list(range(len(items)))
    while waiting:
        ready = [
            number
            for number in waiting
            if all(owner in done for owner, _ in owners.get(items[number][0].sheet.name, ()))
        ]
        for number in ready or waiting[:1]:
            one, table = items[number]
            above = tuple(
                (owner, place) for owner, place in owners.get(one.sheet.name, ()) if owner in done
            )
            done[number] = Placed(one, table, _structure(one, table, above, done), above)
            waiting.remove(number)
    return [done[number] for number in range(len(items))]


def _structure(
    one: SheetTables,
    table: TableLines,
    above: Sequence[tuple[int, int]],
    done: dict[int, Placed],
) -> Structure:
    if not above:
        if one.said and table is one.tables[0]:
            one.notes.append(f"every quantity counts {often(one.times)}, as {one.said} says")
        said = times_above(one, table)
        if said is not None:
            text = (
                f"every quantity of the table from row {_row(one, table)} on counts {often(said)}"
            )
            one.notes.append(f"{text}, as the title above it says")
        return structure_of(one.sheet, table, one.times * (said or 1.0))
    counts = [done[owner].structure.rolled_up[place] for owner, place in above]
    known = [count for count in counts if count is not None]
    times = sum(known) if len(known) == len(counts) else None
    if one.said and times != one.times and table is one.tables[0]:
        one.notes.append(
            f"{one.said} says {one.times:g} times, the line that it belongs to says otherwise:"
            " that is followed"
        )
    return structure_of(one.sheet, table, times)


def _row(one: SheetTables, table: TableLines) -> int:
    return int(one.sheet.rows[table.region.first])


def _owners(
    items: Sequence[tuple[SheetTables, TableLines]],
) -> dict[str, list[tuple[int, int]]]:
    """Sheet → the lines on other sheets whose part number or name is the sheet's name."""
    names = {
        plain(one.sheet.name): one.sheet.name
        for one, _ in items
        if one.group is None
        and len(plain(one.sheet.name)) >= 3
        and not _COMMON_NAME.fullmatch(one.sheet.name.strip())
    }
    found: dict[str, list[tuple[int, int]]] = {}
    if len({one.sheet.name for one, _ in items}) < 2:
        return found
    for number, (one, table) in enumerate(items):
        for column in ("part_number", "name", "description"):
            for place, text in enumerate(table.lines.get_column(column).to_list()):
                sheet = names.get(plain(text)) if text and len(text) < 100 else None
                if sheet is None or sheet == one.sheet.name:
                    continue
                places = found.setdefault(sheet, [])
                if (number, place) not in places:
                    places.append((number, place))
    return _by_title(items, found)


def _by_title(
    items: Sequence[tuple[SheetTables, TableLines]], found: dict[str, list[tuple[int, int]]]
) -> dict[str, list[tuple[int, int]]]:
    """The same for sheets whose title, and no other sheet's, has the number of a line elsewhere."""
    said = titles(list({id(one): one for one, _ in items}.values()))
    wanted: dict[str, set[str]] = {}
    for one, _ in items:
        if one.group is None and one.times == 1.0 and one.sheet.name not in found:
            for number in said[one.sheet.name]:
                wanted.setdefault(number, set()).add(one.sheet.name)
    if not wanted:
        return found
    hits: dict[str, dict[str, list[tuple[int, int]]]] = {}
    for at, (one, table) in enumerate(items):
        for place, text in enumerate(table.lines.get_column("part_number").to_list()):
            for sheet in wanted.get(text.casefold(), ()) if text else ():
                if sheet != one.sheet.name:
                    hits.setdefault(sheet, {}).setdefault(text.casefold(), []).append((at, place))
    for sheet, numbers in hits.items():
        if len(numbers) == 1:
            found[sheet] = next(iter(numbers.values()))
    return found
