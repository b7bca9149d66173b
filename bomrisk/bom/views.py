"""Sheets that say the same parts again, and sheets that say how often another sheet's assembly is used."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bomrisk.bom import words
from bomrisk.bom.called import times_said
from bomrisk.bom.lines import TableLines

if TYPE_CHECKING:
    from bomrisk.bom.sheet import Sheet

SAME_PARTS = 0.6
"""Share of its lines that another sheet names too, from which a sheet is a second view of it."""
SAME_PARTS_OLDER = 0.7
"""The same for a sheet of the same layout that is hidden, or called an old one or a copy."""
SAME_PARTS_OTHER_LAYOUT = 0.25
"""The same where the two sheets are laid out differently."""


def often(times: float) -> str:
    """How often in words: once, or so many times."""
    return "once" if times == 1 else f"{times:g} times"


_OLDER = re.compile(
    rf"(?i)(?:^|[\W_])(?:{words.pattern('older sheet')})(?:[\W_\d]|$)|\(\d\)\s*$|旧|备份|コピー"
)
"""A sheet that is called an older state or a copy: ``BOM old``, ``Parts (2)``."""


@dataclass(slots=True)
class SheetTables:
    """A sheet with the tables read from it; `role` says why its lines do not count, if they do not."""

    sheet: Sheet
    tables: list[TableLines]
    role: str | None = None
    times: float = 1.0
    """How often the whole sheet's assembly is used in the end item."""
    said: str = ""
    """What of the sheet itself says `times`: its name or its title."""
    group: str | None = None
    notes: list[str] = field(default_factory=list)

    @property
    def height(self) -> int:
        """Lines on the sheet."""
        return sum(table.lines.height for table in self.tables)

    def has(self, name: str) -> bool:
        """Whether one of its tables has a column of this field."""
        return any(name in table.mapping.main for table in self.tables)


def plain(text: str) -> str:
    """A name as it is compared between sheets: letters and digits only, lower case."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())


def weigh(found: Sequence[SheetTables]) -> None:
    """Give every sheet its role: content, multipliers of other sheets, or a second view."""
    filled = [one for one in found if one.height]
    multiplied = _multipliers(filled)
    for one in filled:
        said = (
            times_said(one) if one.role is None and one.times == 1.0 and len(filled) > 1 else None
        )
        if said is not None and one.group is None:
            one.times, one.said = said
    rest = [one for one in filled if one.role is None]
    if any(one.has("quantity") for one in rest):
        for one in rest:
            if not one.has("quantity") and not one.has("reference") and not one.has("level"):
                one.role = "other sheet"
                one.notes.append(
                    "the sheet lists parts without quantity beside a sheet with quantities: not counted"
                )
    rest = sorted(
        (one for one in rest if one.role is None and one.sheet.name not in multiplied),
        key=lambda one: (
            one.sheet.hidden,
            _OLDER.search(one.sheet.name) is not None,
            not one.has("quantity"),
            -one.height * (2 if one.has("part_number") or one.has("mpn") else 1),
        ),
    )
    if len(rest) < 2:
        return
    names = {id(one): _names(one) for one in rest}
    for at, second in enumerate(rest):
        for first in rest[:at]:
            if first.role is None and _is_view(first, second, names[id(first)], names[id(second)]):
                second.role = "other sheet"
                second.notes.append(
                    f"the sheet shows parts that sheet {first.sheet.name!r} lists already: not counted twice"
                )
                break


def _multipliers(found: Sequence[SheetTables]) -> set[str]:
    """A table whose rows name the other sheets says how often each of them is used."""
    import polars as pl

    multiplied: set[str] = set()
    if len(found) < 3:
        return multiplied
    for one in found:
        others = [other for other in found if other is not one]
        for table in one.tables:
            if "name" not in table.mapping.main and "part_number" not in table.mapping.main:
                continue
            matches = _matches(table, others)
            if (
                len(matches) < 2
                or len(matches) < 0.6 * table.lines.height
                or one.height > 3 * len(found)
            ):
                continue
            parts = table.lines.filter(pl.col("quantity_text").is_not_null()).height
            if len(matches) < parts or table.lines.height < one.height:
                # it holds parts of its own: its lines count, and a line owns the sheet named after it
                matches = [match for match in matches if not _owned(match[1], match[0])]
            else:
                one.role = "other table"
                one.notes.append(
                    "the sheet says how often the assembly of each other sheet is used"
                )
            for other, label, times in matches:
                other.group = label
                other.times = times
                other.notes.append(
                    f"every quantity counts {often(times)}, as sheet {one.sheet.name!r} says"
                )
                multiplied.add(other.sheet.name)
            break
    return multiplied


def _matches(
    table: TableLines, others: Sequence[SheetTables]
) -> list[tuple[SheetTables, str, float]]:
    column = "name" if "name" in table.mapping.main else "part_number"
    result: list[tuple[SheetTables, str, float]] = []
    for label, times in table.lines.select(column, "quantity").iter_rows():
        if not label or times is None or times <= 0:
            continue
        named = [other for other in others if _called(label, other.sheet.name)]
        exact = [other for other in named if plain(other.sheet.name) == plain(label)]
        if len(exact or named) == 1:
            result.append(((exact or named)[0], label, times))
    return result


def _owned(label: str, other: SheetTables) -> bool:
    """Whether a line of this label owns the sheet, as `bomrisk.bom.placing` finds it."""
    return plain(label) == plain(other.sheet.name)


def _called(label: str, sheet: str) -> bool:
    one, two = plain(label), plain(sheet)
    if len(one) < 3 or len(two) < 3:
        return one == two
    return one == two or two.endswith(one) or one.endswith(two)


def _names(one: SheetTables) -> list[tuple[str, ...]]:
    """For each line the names by which another sheet may know it."""
    import polars as pl

    result: list[tuple[str, ...]] = []
    for table in one.tables:
        rows = table.lines.select(pl.col("part_number", "mpn", "name", "description")).iter_rows()
        for row in rows:
            names = {plain(text) for text in row if text}
            result.append(tuple(sorted(name for name in names if len(name) >= 3)))
    return result


def _is_view(
    first: SheetTables,
    second: SheetTables,
    known: Sequence[tuple[str, ...]],
    own: Sequence[tuple[str, ...]],
) -> bool:
    """Whether the second sheet shows the parts of the first again.

    Sheets of one layout are taken for different assemblies that share parts, unless they are equal.
    """
    if not own or not known or len(own) > 200_000 or len(known) > 200_000:
        return False
    pool = {name for names in known for name in names}
    if _layout(first) == _layout(second):
        if len(own) == len(known) and _content(first) == _content(second):
            return True
        shared = sum(1 for names in own if any(name in pool for name in names))
        return _is_older(first, second) and shared >= SAME_PARTS_OLDER * len(own)
    heads = {name[:8] for name in pool if len(name) >= 8}
    hits = sum(
        1
        for names in own
        if any(
            name in pool or (len(name) >= 8 and name[:8] in heads and _starts(name, pool))
            for name in names
        )
    )
    share = hits / len(own)
    return share >= SAME_PARTS or (share >= SAME_PARTS_OTHER_LAYOUT and hits >= 4)


def _is_older(first: SheetTables, second: SheetTables) -> bool:
    """Whether the second sheet is kept aside as an older or copied state of the first."""
    if second.sheet.hidden and not first.sheet.hidden:
        return True
    one, two = first.sheet.name.casefold(), second.sheet.name.casefold()
    return bool(_OLDER.search(two)) and not _OLDER.search(one)


def _starts(name: str, pool: set[str]) -> bool:
    return any(
        other.startswith(name) or name.startswith(other) for other in pool if len(other) >= 8
    )


def _layout(one: SheetTables) -> tuple[tuple[str, str], ...]:
    return tuple(
        (letter, text.casefold())
        for table in one.tables[:1]
        if table.region.header is not None
        for letter, text in sorted(table.region.header.texts.items())
    )


def _content(one: SheetTables) -> list[tuple[object, ...]]:
    return [
        row
        for table in one.tables
        for row in table.lines.select(
            "part_number", "name", "description", "mpn", "quantity_text"
        ).iter_rows()
    ]
