"""Spreadsheet → Bom: open it safely, find its tables, read their lines, and account for every row."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bomrisk.bom import container, delimited, grids, parsing, workbook
from bomrisk.bom.approved import with_makers
from bomrisk.bom.collated import counted_once
from bomrisk.bom.columns import IDENTITIES, ColumnMap, by_content, map_columns
from bomrisk.bom.enditem import column_of, in_units, only, reached, used
from bomrisk.bom.frames import assemble
from bomrisk.bom.gaps import filled, with_only_amount
from bomrisk.bom.header import KNOWN, is_history, listed_header, unread_header
from bomrisk.bom.itemmaster import ItemMaster, described, sheets_inside
from bomrisk.bom.limits import Limits
from bomrisk.bom.lines import TableLines, read_lines
from bomrisk.bom.model import Bom, SourceFile
from bomrisk.bom.regions import Region, find_regions, headless, sample
from bomrisk.bom.sheet import Sheet
from bomrisk.bom.sideways import labels_down, upright
from bomrisk.bom.stagger import mapped
from bomrisk.bom.views import SheetTables, weigh
from bomrisk.errors import InputError

if TYPE_CHECKING:
    import polars as pl

    from bomrisk.bom.mapping import SavedMapping

ASIDE = "the sheet declares the substances of parts: it is no list of parts"
_AMOUNTS = ("quantity", "mass", "unit_cost", "ext_cost", "ext_mass", "quantity_total")


def read(
    path: Path,
    *,
    limits: Limits | None = None,
    mapping: SavedMapping | None = None,
    remembered: SavedMapping | None = None,
    end_item: str | None = None,
    units: float = 1.0,
    aside: Callable[[Sheet, bool], Sheet | None] | None = None,
    items: Sequence[ItemMaster] = (),
) -> Bom:
    """Read a bill of materials from a spreadsheet of any of the known formats.

    The content of the file decides what it is, not its name. Every row ends as a line or as an
    excluded row with its reason. `mapping` overrides what would be guessed about tables and columns;
    `remembered` does so only where one of its layouts is that of the file. `end_item` chooses one of
    several products; `units` of it are counted. `aside` is shown every sheet, and
    whether the mapping names it; it gives it back without what another room reads, or None if all of it is.
    `items` are item masters, from which lines take what they leave open, after the sheets of the file itself.
    Raises InputError, in one line with the mend, for whatever cannot be read.
    """
    limits = limits or Limits()
    data = _bytes(path, limits)
    file = path.name
    kind = container.kind_of(data, file)
    sheets = _sheets(data, kind, file, limits)
    if not sheets:
        raise InputError(
            "every sheet is empty", mend="give a workbook with a parts list in it", file=file
        )
    source = SourceFile(file, hashlib.sha256(data).hexdigest(), len(data), kind)
    del data
    if mapping is None and remembered is not None:
        from bomrisk.bom.remembered import fits

        mapping = remembered if fits(remembered, sheets) else None
    others: list[Sheet] = []
    if aside is not None:
        named = _sheets_named(mapping)
        shown = [(sheet, aside(sheet, sheet.name in named)) for sheet in sheets]
        rest = [left for _, left in shown if left is not None]
        if rest:
            others = [sheet for sheet, left in shown if left is None]
            sheets = rest
    found = _mapped(mapping, sheets, file) if mapping is not None else _guessed(sheets, file)
    found += [SheetTables(sheet, [], "other sheet", notes=[ASIDE]) for sheet in others]
    if end_item is not None:
        bom = _one_product(source, found, end_item, units)
    else:
        bom = assemble(source, found)
        bom = bom if units == 1.0 else in_units(bom, units)
    if masters := [*sheets_inside(found, file), *items]:
        bom = _described(bom, masters)
    return bom if mapping is None else replace(bom, mapping_file=mapping.file)


def _described(bom: Bom, masters: Sequence[ItemMaster]) -> Bom:
    """The Bom with what its item masters say of its lines."""
    import polars as pl

    lines, notes, used = described(bom.lines, masters)
    return replace(bom, lines=lines, notes=pl.concat([bom.notes, notes]), item_files=used)


def _sheets_named(mapping: SavedMapping | None) -> frozenset[str]:
    """The sheets that a mapping says are lists of parts."""
    layouts = mapping.layouts if mapping is not None else ()
    return frozenset(table.sheet for layout in layouts for table in layout.tables if table.sheet)


def _guessed(sheets: Sequence[Sheet], file: str) -> list[SheetTables]:
    """The tables of all sheets, found by headers and content, each sheet with its role."""
    found = [_tables_or_turned(sheet) for sheet in sheets]
    if not any(one.height for one in found):
        found = _without_header(found)
    if not any(one.height for one in found):
        raise _no_bom(sheets, file)
    weigh(found)
    with_makers(found)
    return found


def _one_product(source: SourceFile, found: list[SheetTables], end_item: str, units: float) -> Bom:
    """The lines of one end item, by its quantity column where the tables have one for each."""
    chosen = False
    for one in found:
        for number, table in enumerate(one.tables):
            mapping = column_of(table.mapping, end_item)
            if mapping is not table.mapping:
                chosen = True
                decimal = _decimal(one.sheet, [(table.region, mapping)])
                again = read_lines(one.sheet, table.region, mapping, decimal)
                one.tables[number] = used(again)
            elif one.role is None:
                one.tables[number] = reached(one.sheet, table, end_item)
    bom = assemble(source, found)
    if not chosen:
        bom = only(bom, end_item)
    return bom if units == 1.0 else in_units(bom, units)


def _bytes(path: Path, limits: Limits) -> bytes:
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise InputError(
                "this is a folder",
                mend="name the file in it that holds the parts list",
                file=path.name,
            )
        if size > limits.file_bytes:
            raise InputError(
                f"the file has {size:,} bytes, more than the limit of {limits.file_bytes:,}",
                mend="give the parts list alone, or raise the limit of the file size",
                file=path.name,
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise InputError(
            "there is no such file", mend="check the name and the folder", file=str(path)
        ) from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise InputError(
            f"the file cannot be opened ({why})", mend="check its permissions", file=str(path)
        ) from error


def sheets_of(data: bytes, file: str, limits: Limits) -> list[Sheet]:
    """The sheets of a spreadsheet of any known format as texts. Raises InputError as `read` does."""
    return _sheets(data, container.kind_of(data, file), file, limits)


def tables_of(path: Path, limits: Limits) -> list[SheetTables]:
    """The tables of every sheet of a file, counted or not. Raises InputError as `read` does."""
    data = _bytes(path, limits)
    return [_tables_or_turned(sheet) for sheet in sheets_of(data, path.name, limits)]


def _sheets(data: bytes, kind: str, file: str, limits: Limits) -> list[Sheet]:
    if kind == "text":
        return [delimited.read_delimited(data, file, limits)]
    if kind == "html":
        return grids.read_html(data, file, limits)
    if kind == "xml2003":
        return grids.read_xml2003(data, file, limits)
    if kind == "parquet":
        return grids.read_parquet(data, file, limits)
    return workbook.read_workbook(data, kind, file, limits)


def _tables_or_turned(sheet: Sheet) -> SheetTables:
    """The tables of a sheet; of one that stands on its side once it is turned."""
    found = _tables(sheet)
    if found.height and found.has("quantity"):
        return found
    turned = upright(sheet)
    if turned is not None:
        again = _tables(turned)
        if again.height:
            return again
    return found


def _tables(sheet: Sheet) -> SheetTables:
    """All tables of a sheet that has header rows."""
    tables: list[TableLines] = []
    for strip in _strips(sheet):
        found: list[tuple[Region, ColumnMap]] = []
        for region in strip:
            if region.header is not None and is_history(region.header.texts.values()):
                continue
            mapping = mapped(sheet, region)
            if any(name in mapping.main for name in (*IDENTITIES, "reference")):
                found.append((region, mapping))
        decimal = _decimal(sheet, found)
        tables += [read_lines(sheet, region, mapping, decimal) for region, mapping in found]
    return SheetTables(sheet, counted_once([table for table in tables if table.lines.height]))


def _strips(sheet: Sheet) -> list[list[Region]]:
    if sheet.header is not None:
        return [[Region(tuple(sheet.frame.columns), None, 0, sheet.frame.height)]]
    return find_regions(sheet.frame)


def _mapped(mapping: SavedMapping, sheets: Sequence[Sheet], file: str) -> list[SheetTables]:
    """The tables that a saved mapping names; every other sheet is looked at and left out."""
    from bomrisk.bom.remembered import applied

    named = applied(mapping, sheets, file)
    result: list[SheetTables] = []
    meant: set[int] = set()
    for sheet in sheets:
        own = [(region, columns) for at, region, columns in named if at is sheet]
        if not own:
            result.append(_tables_or_turned(sheet))
            continue
        decimal = _decimal(sheet, own)
        tables = [read_lines(sheet, region, columns, decimal) for region, columns in own]
        result.append(SheetTables(sheet, tables))
        meant.add(len(result) - 1)
    if not any(result[at].height for at in meant):
        raise InputError(
            f"with the mapping {mapping.file} no row is a line",
            mend="check its header rows and columns against 'bomrisk inspect' without it",
            file=file,
        )
    weigh(result)
    for at, one in enumerate(result):
        if at in meant:
            one.role = None
        elif one.role is None and one.height:
            one.role = "other sheet"
            one.notes.append(f"the mapping {mapping.file} names no table of this sheet")
    with_makers(result)
    return result


def _decimal(sheet: Sheet, tables: Sequence[tuple[Region, ColumnMap]]) -> str | None:
    """The decimal sign that the numeric columns of the sheet agree on."""
    columns = [
        sheet.frame.get_column(letter).slice(region.first, region.end - region.first)
        for region, mapping in tables
        for name in _AMOUNTS
        for letter in (mapping.letter(name),)
        if letter is not None
    ]
    return parsing.vote_of(columns, typed=sheet.typed) or sheet.decimal_hint


def _without_header(found: Sequence[SheetTables]) -> list[SheetTables]:
    """A file in which no sheet has a header that is known: its tables are told by their looks."""
    result: list[SheetTables] = []
    for one in found:
        guess = None if labels_down(one.sheet.frame) else _by_looks(one.sheet.frame)
        if guess is None:
            result.append(one)
            continue
        region, mapping, note = guess
        table = read_lines(one.sheet, region, mapping, _decimal(one.sheet, [(region, mapping)]))
        result.append(SheetTables(one.sheet, [table] if table.lines.height else [], notes=[note]))
    return result


def _by_looks(frame: pl.DataFrame) -> tuple[Region, ColumnMap, str] | None:
    """A table whose header is not known, or that has none: its region, its columns, and a remark."""
    row = listed_header(frame)
    if row is not None:
        region = Region(tuple(frame.columns), row, row.last + 1, frame.height)
        mapping = filled(map_columns(row.texts, sample(frame, region)))
        return region, mapping, "no header says quantity: that of each line is unknown"
    row = unread_header(frame)
    if row is not None:
        region = Region(tuple(frame.columns), row, row.last + 1, frame.height)
        mapping = map_columns(row.texts, sample(frame, region))
        mapping = with_only_amount(filled(mapping))
        if "quantity" not in mapping.main and not _named_by_header(mapping):
            return None
        return region, mapping, "few words of the header are known: check what each column means"
    guess = headless(frame)
    if guess is None:
        return None
    region, fields = guess
    mapping = by_content(fields, sample(frame, region))
    return (
        region,
        mapping,
        "no row reads like a header: the columns were told by their content alone",
    )


def _named_by_header(mapping: ColumnMap) -> bool:
    """Whether a known header names the parts, and another one says more of them."""
    known = {name for name, one in mapping.main.items() if one.header.strength >= KNOWN}
    letters = {mapping.main[name].letter for name in known}
    return bool(known & set(IDENTITIES)) and len(letters) >= 2


def _no_bom(sheets: Sequence[Sheet], file: str) -> InputError:
    names = ", ".join(repr(sheet.name) for sheet in sheets[:5] if sheet.name)
    where = f" on sheet {names}" if names else ""
    if any(labels_down(sheet.frame) for sheet in sheets):
        return InputError(
            f"the parts list{where} stands on its side: its fields run down a column",
            mend="turn it (Paste Special > Transpose) so that each part has one row",
            file=file,
        )
    return InputError(
        f"no parts list was found{where}: no row has headers for a part and a quantity above rows of"
        " data",
        mend="name the columns (part number, description, quantity …), or say which is which with"
        " --mapping",
        file=file,
    )
