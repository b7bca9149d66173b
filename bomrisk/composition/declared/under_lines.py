"""Substances listed inside a parts list: rows under a part, or rows that repeat it with another substance.

Such a row is no part: it is told to the reader of the list with its reason, so that a magnet of three
substances is counted once. What it declares is kept for the part.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bomrisk.composition.declared.amounts import factor_of
from bomrisk.composition.declared.model import MaterialDeclarations, Remark
from bomrisk.composition.declared.substances import cas_number, elements_of
from bomrisk.composition.declared.table import Header, header_of, quantity_letter, read_sheet

if TYPE_CHECKING:
    from bomrisk.bom.sheet import Sheet

REASON = "substance of the part above"
_DECLARED = ("substance", "cas", "share", "mass", "material_mass", "material")
"""Fields that differ between the substances of a part."""


@dataclass(frozen=True, slots=True)
class _Block:
    """A part with its substances: places in the frame, the part's own row first where it names one."""

    number: str
    told: tuple[tuple[str | None, ...], ...]
    places: tuple[int, ...]
    added: tuple[int, ...]
    """Places of the rows that are no lines."""


def substances_inside(sheet: Sheet, file: str) -> tuple[Sheet, MaterialDeclarations] | None:
    """The list without its rows of substances, and what they declare; None where there are none."""
    import polars as pl

    header = header_of(sheet)
    amount = quantity_letter(header)
    if header is None or amount is None:
        return None
    header = _of_list(header)
    blocks = _blocks(sheet, header, amount)
    added = [place for block in blocks for place in block.added]
    if not added or not _are_substances(sheet, header, added):
        return None
    first: dict[str, _Block] = {}
    remarks: list[Remark] = []
    for block in blocks:
        held = first.setdefault(block.number, block)
        if held is not block and held.told != block.told:
            row = int(sheet.rows[block.places[0]])
            text = f"{block.number!r} has other substances here than above, which are used"
            remarks.append(Remark(file, sheet.name, row, text))
    kept = sorted({*range(header.at + 1), *(p for b in first.values() for p in b.places)})
    only = replace(sheet, frame=sheet.frame[kept], rows=sheet.rows.gather(kept))
    told = read_sheet(only, file, header) or MaterialDeclarations()
    given = sheet.reasons
    if given is None:
        given = pl.Series("reason", [None], dtype=pl.String).new_from_index(0, sheet.frame.height)
    hidden = {
        header.columns[field] for field in ("substance", "cas", "share") if field in header.columns
    }
    if "part_mass" in header.columns and "mass" in header.columns:
        hidden.add(header.columns["mass"])
    below = pl.int_range(pl.len()) > header.at
    plain = sheet.frame.with_columns(
        pl.when(~below).then(pl.col(letter)).alias(letter) for letter in sorted(hidden)
    )
    if "part_mass" not in header.columns and "mass" in header.columns:
        # the only column of masses weighs the substance where one is named
        letter = header.columns["mass"]
        of_part = [block.places[0] for block in blocks if len(block.told) > len(block.added)]
        plain = plain.with_columns(plain[letter].scatter(of_part, None))
    rest = replace(sheet, frame=plain, reasons=given.scatter(added, REASON))
    return rest, MaterialDeclarations(told.parts, (*told.remarks, *remarks))


def _are_substances(sheet: Sheet, header: Header, places: list[int]) -> bool:
    """Whether most of the rows name matter: a column "Element" may hold the places of a circuit."""
    frame = sheet.frame[places]
    empty = [None] * frame.height
    names = frame[header.columns["substance"]] if "substance" in header.columns else empty
    numbers = frame[header.columns["cas"]] if "cas" in header.columns else empty
    known = sum(
        cas_number(number or "") is not None or elements_of(name or "", "") is not None
        for name, number in zip(names, numbers, strict=True)
    )
    return 2 * known >= len(places)


def _of_list(header: Header) -> Header:
    """The header as a parts list means it: its mass is the part's where a share says the substance's.

    Its unit counts pieces, unless an amount has no unit of its own.
    """
    columns = dict(header.columns)
    alone = "mass" in columns and "substance" not in header.texts[columns["mass"]].casefold()
    if alone and "share" in columns:
        columns.setdefault("part_mass", columns["mass"])
        del columns["mass"]
    if "unit" in columns and factor_of(header.texts[columns["unit"]]) is None:
        del columns["unit"]
    return replace(header, columns=columns)


def _blocks(sheet: Sheet, header: Header, amount: str) -> list[_Block]:
    """The parts that name substances, each with the rows that belong to it."""
    columns = header.columns
    own = [letter for field, letter in columns.items() if field in _DECLARED]
    shared = [letter for letter in sheet.frame.columns if letter not in own]
    blocks: list[_Block] = []
    number: str | None = None
    places: list[int] = []
    added: list[int] = []
    told: list[tuple[str | None, ...]] = []
    seen: tuple[str | None, ...] = ()

    def close() -> None:
        if number and told:
            blocks.append(_Block(number, tuple(told), tuple(places), tuple(added)))

    for place, row in enumerate(sheet.frame.iter_rows(named=True)):
        if place <= header.at:
            continue
        said = row[columns["part_number"]]
        names = any(row[columns[field]] for field in ("substance", "cas") if field in columns)
        same = tuple(row[letter] for letter in shared)
        below = (
            names
            and number is not None
            and ((not said and not row[amount]) or (said == number and same == seen))
        )
        if not below:
            if said or not any(row.values()):
                close()
                number, places, added, told, seen = said, [place], [], [], same
            if not names or not said:
                continue
        else:
            places.append(place)
            if told or not said:
                added.append(place)
        told.append(tuple(row[letter] for letter in own))
    close()
    return blocks
