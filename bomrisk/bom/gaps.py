"""What headers leave open in a table's columns, filled in by what the table as a whole looks like."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from bomrisk.bom import words
from bomrisk.bom.columns import IDENTITIES, Column, ColumnMap
from bomrisk.bom.content import Profile
from bomrisk.bom.header import KNOWN
from bomrisk.bom.owners import assemblies_counted, component_and_assembly
from bomrisk.bom.vocabulary import normal

_OF_ASSEMBLY = re.compile(
    r"(?:^|[\s/(])-?\d{1,4}\)?$|^-\d{1,4}(?:\s|$)|(?:^|\s)[A-Z0-9.]*\d[A-Z0-9.]*-\d{1,4}$"
)
"""Header of the quantities in one assembly: ``QTY 1``, ``-003 QTY``, ``QTY REQD 4022000-3``."""
MOST_DIGITS = 1.6
"""Mean number of digits up to which numbers under an unknown header may be quantities."""
FEW_DIGITS = 2.4
"""The same for the quantities in several end items, whose screws may be many: sizes in mm have more."""
SEVERAL = 0.8
"""How sure dash numbers are that head several columns of quantities beside known headers."""
ONE_GUESS = 0.4
"""How sure a quantity under an unknown header is, beside a known header of the part."""
HARDLY = 0.3
"""How sure it is beside guesses alone: a log with a counter looks like that too."""
_NO_END_ITEM = (
    words.plain("no end item") | words.plain("not content") | words.plain("multiplied")
) - {""}
"""Words in a header that is no name of an end item: times, trade, sums."""
HARDLY_MEANT = 0.7
"""Score up to which a header such as ``Item`` may mean a name or something else."""
MOST_PRODUCTS = 200
"""Quantity columns of end items that one table may have."""


def filled(mapping: ColumnMap) -> ColumnMap:
    """The mapping with its gaps filled: names, levels, quantities by end item."""
    main, more = dict(mapping.main), dict(mapping.more)
    profiles = mapping.profiles
    component_and_assembly(main, mapping)
    assemblies_counted(main, more)
    _dotted_as_level(main, profiles)
    _hardly_a_name(main, profiles)
    _value_as_name(main, profiles)
    if not any(name in main for name in IDENTITIES) and "reference" not in main:
        _material_as_name(main)
    if not any(name in main for name in IDENTITIES):
        _comment_as_name(main, profiles)
    if not any(name in main for name in IDENTITIES):
        _any_text_as_name(main, mapping)
    if "description" not in main:
        _long_text_as_description(main, mapping)
    if not {"name", "part_number", "mpn"} & main.keys() and "description" in main:
        only = main["description"]
        main["name"] = replace(
            only, field="name", reason=f"{only.reason}; the only text of the part"
        )
    if "part_number" in main and "mpn" not in main and {"reference", "supplier_pn"} <= main.keys():
        own = main["part_number"]
        main["mpn"] = replace(
            own,
            field="mpn",
            reason=f"{own.reason}; on a circuit's list with order numbers it is the maker's number",
        )
    _only_number_of_makers(main, profiles)
    products = _products(main, more, mapping)
    if "quantity" not in main and "quantity_total" in main and not products:
        total = main.pop("quantity_total")
        main["quantity"] = replace(
            total,
            field="quantity",
            score=total.score * 0.8,
            reason=f"{total.reason}; the only quantity",
        )
    return replace(mapping, main=main, more=more, products=products)


def _only_number_of_makers(main: dict[str, Column], profiles: Mapping[str, Profile]) -> None:
    """Equivalent parts of makers, where no other number is given in most rows, are the maker's parts."""
    other = main.get("alt_part_number")
    if other is None or "manufacturer" not in main or {"mpn", "part_number"} & main.keys():
        return
    if profiles[other.letter].filled >= 0.5:
        main["mpn"] = replace(
            other, field="mpn", reason=f"{other.reason}; the only number that the makers have"
        )
        del main["alt_part_number"]


def _dotted_as_level(main: dict[str, Column], profiles: Mapping[str, Profile]) -> None:
    """A position number such as 1.2.3 is also the level."""
    item = main.get("item_no")
    if "level" in main or item is None:
        return
    found = profiles[item.letter]
    if found.dotted >= 0.25 and found.step >= 0.85:
        main["level"] = replace(
            item, field="level", reason=f"{item.reason}; dotted numbers show the level"
        )


def _hardly_a_name(main: dict[str, Column], profiles: Mapping[str, Profile]) -> None:
    """On a circuit's list a column that hardly means a name and is hardly filled leaves it to the value."""
    name = main.get("name")
    if name is None or not {"reference", "value"} <= main.keys() or name.score > HARDLY_MEANT:
        return
    if profiles[name.letter].filled < 0.5 <= profiles[main["value"].letter].filled:
        del main["name"]


def _value_as_name(main: dict[str, Column], profiles: Mapping[str, Profile]) -> None:
    value = main.get("value")
    if "name" in main or value is None:
        return
    found = profiles[value.letter]
    if (
        found.filled >= 0.8
        and found.electrical < 0.2
        and found.number < 0.2
        and found.distinct > 0.6
    ):
        main["name"] = replace(value, field="name", reason=f"{value.reason}; the values are names")


def _material_as_name(main: dict[str, Column]) -> None:
    """A list of materials with their masses: the material is the part."""
    if "material" in main:
        own = main["material"]
        main["name"] = replace(own, field="name", reason=f"{own.reason}; nothing else is named")


def _comment_as_name(main: dict[str, Column], profiles: Mapping[str, Profile]) -> None:
    """On a circuit's list the comment or value beside the designators says what the part is."""
    if "reference" not in main:
        return
    for name in ("notes", "value"):
        column = main.get(name)
        if column is not None and profiles[column.letter].filled >= 0.5:
            reason = f"{column.reason}; what stands at the designators"
            main["name"] = replace(column, field="name", reason=reason, score=0.5)
            if name == "notes":
                del main[name]
            return


def _any_text_as_name(main: dict[str, Column], mapping: ColumnMap) -> None:
    """Without any identity by header: the text column whose cells differ most names the parts."""
    loose = ("category", "value", "reference", "other", "parent")
    soft = {main[name].letter: name for name in loose if name in main}
    taken = {column.letter for column in main.values()}
    taken |= {column.letter for columns in mapping.more.values() for column in columns}
    best: tuple[float, str] | None = None
    for place, letter in enumerate(mapping.headers):
        found = mapping.profiles[letter]
        if (letter in taken and letter not in soft) or found.count == 0 or found.url >= 0.5:
            continue
        score = found.words * found.filled * (0.3 + found.distinct) - 0.001 * place
        if found.number < 0.6 and score > 0.2 and (best is None or score > best[0]):
            best = (score, letter)
    if best is None:
        return
    letter = best[1]
    if letter in soft:
        del main[soft[letter]]
    reason = "the text column whose cells differ most"
    main["name"] = Column(letter, "name", mapping.headers[letter], 0.5, reason)


def _long_text_as_description(main: dict[str, Column], mapping: ColumnMap) -> None:
    """A column of long texts under a header that says nothing known describes the parts."""
    for letter, found in spare(mapping, main).items():
        wordy = found.words >= 0.7 and found.length >= 12 and found.distinct > 0.5
        if wordy and found.filled >= 0.3 and found.url < 0.3:
            reason = "long texts under a header that is not known"
            main["description"] = Column(
                letter, "description", mapping.headers[letter], 0.4, reason
            )
            return


def spare(mapping: ColumnMap, main: Mapping[str, Column]) -> dict[str, Profile]:
    """Columns with a header that is no known word and with cells, which no field has taken."""
    taken = {column.letter for column in main.values()}
    taken |= {column.letter for columns in mapping.more.values() for column in columns}
    return {
        letter: mapping.profiles[letter]
        for letter, header in mapping.headers.items()
        if letter not in taken and header.text and header.strength < 0.45
        if mapping.profiles[letter].count
    }


def _products(
    main: dict[str, Column], more: dict[str, tuple[Column, ...]], mapping: ColumnMap
) -> tuple[Column, ...]:
    """Quantity columns of several end items: one per dash number, or one per product of a matrix."""
    several = (main["quantity"], *more.get("quantity", ())) if "quantity" in main else ()
    dashed = [column for column in several if _OF_ASSEMBLY.search(column.header.text)]
    if len(dashed) >= 2 and len(dashed) == len(several):
        more.pop("quantity", None)
        dashed.sort(key=lambda column: _place(column.letter, mapping))
        dashed = [replace(column, score=max(column.score, SEVERAL)) for column in dashed]
        main["quantity"] = dashed[0]
        return tuple(dashed)
    if "quantity" in main or not any(name in main for name in IDENTITIES):
        return ()
    taken = {column.letter for column in main.values()}
    taken |= {column.letter for columns in more.values() for column in columns}
    sure, reason = (
        (0.6, "small numbers under the name of an end item")
        if _names_the_part(main)
        else (HARDLY, "small numbers under headers that are not known, taken for end items")
    )
    found = [
        Column(letter, "quantity", header, sure, reason)
        for letter, header in mapping.headers.items()
        if letter not in taken and header.text and _counts(mapping.profiles[letter], header.text)
        if not _NO_END_ITEM & set(normal(header.text).split())
    ]
    if not 2 <= len(found) <= MOST_PRODUCTS:
        return ()
    main["quantity"] = found[0]
    return tuple(found)


def _names_the_part(main: Mapping[str, Column]) -> bool:
    """Whether a known header says what the part is."""
    return any(main[name].header.strength >= KNOWN for name in IDENTITIES if name in main)


def with_only_amount(mapping: ColumnMap) -> ColumnMap:
    """The mapping with the one column of numbers under an unknown header as quantity, if they are whole."""
    numbers = {
        letter: one for letter, one in spare(mapping, mapping.main).items() if one.quantity >= 0.5
    }
    if "quantity" in mapping.main or len(numbers) != 1:
        return mapping
    letter, found = next(iter(numbers.items()))
    if not _counts(found) or found.length > MOST_DIGITS:
        return mapping
    reason = "the only column of small whole numbers; its header is not known"
    score = ONE_GUESS if _names_the_part(mapping.main) else HARDLY
    column = Column(letter, "quantity", mapping.headers[letter], score, reason)
    return replace(mapping, main={**mapping.main, "quantity": column})


def _place(letter: str, mapping: ColumnMap) -> int:
    return list(mapping.headers).index(letter) if letter in mapping.headers else 0


def _counts(found: Profile, header: str = "") -> bool:
    if re.search(r"-\d{1,4}\b", header) and _OF_ASSEMBLY.search(header):
        return found.count > 0 and found.quantity >= 0.8 and found.length <= 4
    return (
        found.count > 0
        and found.quantity >= 0.9
        and found.integer >= 0.7
        and found.length <= FEW_DIGITS
        and not found.counting
    )
