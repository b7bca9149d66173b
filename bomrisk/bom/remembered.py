"""A saved mapping put onto a file: the layout that fits it, and its tables with the columns as saved.

Where a table stands, ends and repeats its header is found as in any file; which column means what is the
mapping's alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bomrisk.bom.columns import Column, ColumnMap, map_columns
from bomrisk.bom.gaps import filled
from bomrisk.bom.header import HeaderRow
from bomrisk.bom.letters import index_of
from bomrisk.bom.mapping import SavedColumn, SavedLayout, SavedMapping, SavedTable
from bomrisk.bom.regions import Region, find_regions, sample
from bomrisk.bom.stagger import mapped
from bomrisk.bom.vocabulary import Header, read_header
from bomrisk.errors import InputError, InputErrors

if TYPE_CHECKING:
    from bomrisk.bom.sheet import Sheet

SAID = "the mapping says so"


def fits(mapping: SavedMapping, sheets: Sequence[Sheet]) -> bool:
    """Whether a layout of the mapping is that of the file: every saved header stands where it may.

    A layout without headers fits nothing by itself: it must be asked for.
    """
    return any(_is_headed(layout) and not _misfits(layout, sheets) for layout in mapping.layouts)


def applied(
    mapping: SavedMapping, sheets: Sequence[Sheet], file: str
) -> list[tuple[Sheet, Region, ColumnMap]]:
    """Tables of the file as the mapping says: the layout whose headers fit, or the only one there is."""
    fitting = [layout for layout in mapping.layouts if not _misfits(layout, sheets)]
    if not fitting:
        if len(mapping.layouts) != 1:
            raise InputError(
                f"none of the {len(mapping.layouts)} layouts in {mapping.file} fits this file",
                mend="save its layout with 'bomrisk inspect BOM --save-mapping FILE'",
                file=file,
            )
        raise InputErrors(
            InputError(
                what, mend="correct the mapping, or save a new one", file=mapping.file, path=where
            )
            for what, where in _misfits(mapping.layouts[0], sheets)
        )
    chosen = sorted(fitting, key=lambda layout: not _is_headed(layout))[0]
    return [
        (sheet, *_region(sheet, table))
        for table in chosen.tables
        for sheet in (_sheet(table, sheets),)
        if sheet is not None
    ]


def _is_headed(layout: SavedLayout) -> bool:
    return bool(layout.tables) and all(
        table.header_row is not None and all(c.header for c in table.columns.values())
        for table in layout.tables
    )


def _sheet(table: SavedTable, sheets: Sequence[Sheet]) -> Sheet | None:
    """The sheet of the saved name; the only sheet, whatever its name."""
    named = {sheet.name: sheet for sheet in sheets}
    return named.get(table.sheet) or (sheets[0] if len(sheets) == 1 else None)


def _misfits(layout: SavedLayout, sheets: Sequence[Sheet]) -> list[tuple[str, str]]:
    """What of a layout does not fit the file."""
    wrong: list[tuple[str, str]] = []
    for number, table in enumerate(layout.tables):
        where = f"layout[{layout.id}].table[{number}]"
        sheet = _sheet(table, sheets)
        if sheet is None:
            wrong.append((f"there is no sheet {table.sheet!r}", f"{where}.sheet"))
            continue
        texts = _header_texts(sheet, table)
        if table.header_row is not None and not texts:
            text = f"row {table.header_row} is empty or beyond the end of the sheet"
            wrong.append((text, f"{where}.header_row"))
        for name, column in table.columns.items():
            if column.header and texts and _letter_of(column, texts) is None:
                wrong.append(
                    (f"no column has the header {column.header!r}", f"{where}.columns.{name}")
                )
            elif not column.header and column.letter not in sheet.frame.columns:
                wrong.append(
                    (f"the sheet has no column {column.letter}", f"{where}.columns.{name}")
                )
    return wrong


def _header_texts(sheet: Sheet, table: SavedTable) -> Mapping[str, str]:
    """The header as it stands in this file; empty if the row is empty or beyond the sheet."""
    region = _found(sheet, table)
    if region is not None and region.header is not None:
        return region.header.texts
    place = _header_place(sheet, table)
    return {} if place is None else _row_texts(sheet, place)


def _header_place(sheet: Sheet, table: SavedTable) -> int | None:
    """Place of the saved header row in the frame."""
    if table.header_row is None:
        return None
    places = (sheet.rows == table.header_row).arg_true()
    return int(places[0]) if places.len() else None


def _row_texts(sheet: Sheet, place: int) -> dict[str, str]:
    row = sheet.frame.row(place)
    return {
        letter: " ".join(text.split())
        for letter, text in zip(sheet.frame.columns, row, strict=True)
        if text and text.strip()
    }


def _found(sheet: Sheet, table: SavedTable) -> Region | None:
    """The table of the sheet that is meant: its header row says so, else its headers alone.

    Lists that stand side by side share the row: the one that holds the saved columns is meant.
    """
    if table.header_row is None or table.first_row is not None or table.last_row is not None:
        return None
    place = _header_place(sheet, table)
    headed = [
        region
        for strip in find_regions(sheet.frame)
        for region in strip
        if region.header is not None
    ]
    fitting = [
        region
        for region in headed
        if region.header is not None
        and all(
            _letter_of(column, region.header.texts)
            if column.header
            else column.letter in region.letters
            for column in table.columns.values()
        )
    ]
    own = [region for region in fitting if region.header_row == place]
    letters = {column.letter for column in table.columns.values()}
    nearest = sorted(own or fitting, key=lambda region: -len(letters & set(region.letters)))
    moved = len(fitting) == 1 and all(column.header for column in table.columns.values())
    return nearest[0] if own or moved else None


def _letter_of(column: SavedColumn, texts: Mapping[str, str]) -> str | None:
    """Where the header of a saved column stands now: in its old place, else wherever it is alone."""
    wanted = (column.header or "").casefold()
    own = texts.get(column.letter, "").casefold()
    if own and (own == wanted or own in wanted):
        return column.letter
    found = [letter for letter, text in texts.items() if text.casefold() == wanted]
    return found[0] if len(found) == 1 else None


def _region(sheet: Sheet, table: SavedTable) -> tuple[Region, ColumnMap]:
    """Where the table stands, and its columns: those of the mapping, and what they leave to guess."""
    region = _found(sheet, table) or _stated(sheet, table)
    texts = region.header.texts if region.header is not None else {}
    guessed = mapped(sheet, region)
    spans = _spans(table, region, texts, guessed)
    path = spans.pop("parent", ())
    if path in spans.values():
        path = ()  # the parts stand at the ends of their paths
    steps = _steps(spans)
    if steps != guessed.steps:
        heads = {letter: texts.get(letter) for letter in region.letters}
        guessed = filled(map_columns(heads, sample(sheet.frame, region)))
    main: dict[str, Column] = {}
    for name, saved in table.columns.items():
        letter = _letter_of(saved, texts) if saved.header and texts else saved.letter
        if letter is None or letter not in sheet.frame.columns:
            continue
        group = next((one for one in steps if saved.last and letter in one), None)
        if group is not None and (group == steps[0] or name == "parent"):
            letter = group[0] if name == "level" else group[1]
        known = guessed.main.get(name)
        if known is not None and known.letter == letter:
            header = known.header
        else:
            header = read_header(texts.get(letter, saved.header or ""))
        last = group[-1] if group else None
        if path and name == "parent":
            letter, last = path[0], path[-1]
        main[name] = Column(letter, name, _header(header, name, table), 1.0, SAID, last)
    taken = {column.letter for column in main.values()}
    more = {
        name: tuple(column for column in columns if column.letter not in taken)
        for name, columns in guessed.more.items()
        if name in main
    }
    same = all(guessed.main.get(name) is None or name in main for name in ("quantity",))
    products = _products(table, guessed) if same else ()
    return region, replace(guessed, main=main, more=more, products=products, steps=steps, path=path)


def _products(table: SavedTable, guessed: ColumnMap) -> tuple[Column, ...]:
    """The quantity columns of end items, where the mapping names a span of them."""
    saved = table.columns.get("quantity")
    if saved is not None and saved.last is None:
        return ()
    return guessed.products


def _spans(
    table: SavedTable, region: Region, texts: Mapping[str, str], guessed: ColumnMap
) -> dict[str, tuple[str, ...]]:
    """Field → its columns, where the mapping names several; they move along with the header of the first."""
    spans: dict[str, tuple[str, ...]] = {}
    known = {(letters[0], letters[-1]): letters for letters in guessed.steps if letters}
    several = len(guessed.products) > 1
    for name, saved in table.columns.items():
        letter = _letter_of(saved, texts) if saved.header and texts else saved.letter
        if saved.last is None or letter not in region.letters or (name == "quantity" and several):
            continue
        at = region.letters.index(letter)
        letters = region.letters[at : at + index_of(saved.last) - index_of(saved.letter) + 1]
        if len(letters) > 1:
            spans[name] = known.get((letters[0], letters[-1]), letters)
    return spans


def _steps(spans: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """The columns per level that the mapping names."""
    level = spans.get("level", ())
    others = dict.fromkeys(letters for letters in spans.values() if letters != level)
    return (level, *others) if spans else ()


def _stated(sheet: Sheet, table: SavedTable) -> Region:
    """The rows that the mapping states, where no table of the sheet has the saved header."""
    place = _header_place(sheet, table)
    header, first = None, 0
    if place is not None:
        texts = _row_texts(sheet, place)
        header = HeaderRow(place, texts, 1.0, len(texts), place)
        first = place + 1
    if table.first_row is not None:
        first = int((sheet.rows < table.first_row).sum())
    end = sheet.frame.height
    if table.last_row is not None:
        end = int((sheet.rows <= table.last_row).sum())
    return Region(
        tuple(sheet.frame.columns), header, first, end, _repeats(sheet, header, first, end)
    )


def _repeats(sheet: Sheet, header: HeaderRow | None, first: int, end: int) -> frozenset[int]:
    from bomrisk.bom.header import header_rows, same_header

    if header is None:
        return frozenset()
    return frozenset(
        row.index
        for row in header_rows(sheet.frame)
        if first <= row.index < end and same_header(row.texts, header.texts)
    )


def _header(read: Header, name: str, table: SavedTable) -> Header:
    """The header with the unit and currency that the mapping adds."""
    unit = table.mass_unit if name in ("mass", "ext_mass") else None
    money = table.currency if name in ("unit_cost", "ext_cost") else None
    return replace(read, unit=unit or read.unit, currency=money or read.currency)
