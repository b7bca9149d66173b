"""What calamine cannot tell of an .xlsx: which part is which sheet, and what its tags and formats say.

Each sheet is scanned, within the limits, before calamine is let near it: calamine allocates the whole
rectangle that the cells span, and one cell at XFD1048576 makes it abort the process.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from bomrisk.bom.archive import Archive
from bomrisk.bom.compaction import compacted, is_sparse
from bomrisk.bom.limits import MEBI, mostly_empty
from bomrisk.bom.markup import elements
from bomrisk.bom.numberformats import Shown, shown
from bomrisk.bom.sharedtexts import SharedTexts, shared_texts
from bomrisk.bom.sheetscan import (
    SheetScan,
    Styles,
    scan_sheet,
    too_large,
    too_many_sheets,
)
from bomrisk.errors import InputError

if TYPE_CHECKING:
    import polars as pl

    from bomrisk.bom.plaincells import PlainCells


PLAIN_FROM = 8 * MEBI
"""Sheets whose XML has this size are read by their tags' places, unless they are oddly written."""
WIDE = 26
"""Columns up to which a sheet is not looked at for empty cells: rows with one cell are some of them."""
SMALLEST_CELL = 20
"""Bytes that a cell with a shared text takes at least: ``<c t="s"><v>0</v></c>``."""
_CELL = re.compile(rb"<(?:\w+:)?c[ >/]")


def scan(
    archive: Archive, meanwhile: Callable[[], None] = lambda: None
) -> tuple[list[SheetScan], bytes]:
    """Scan every sheet; the scans, and the workbook with sparse sheets made dense.

    Refuses a workbook whose cells span more, or show more text, than the limits allow. `meanwhile` is
    called once all that is not a sheet is known to be within them: what it starts runs beside the scan.
    """
    sheets, since_1904 = _sheets(archive)
    styles = _styles(archive, since_1904=since_1904)
    scanned = [sheet for sheet in sheets if sheet.part]
    sizes = {sheet.part: archive.members[sheet.part].file_size for sheet in scanned}
    told_apart = len({sheet.name for sheet in scanned}) == len(sheets)
    large = {part for part, size in sizes.items() if told_apart and size >= PLAIN_FROM}
    shared = shared_texts(archive, said=bool(large))
    lengths = shared.lengths if shared is not None else None
    longest = int(lengths.max() or 0) if lengths is not None else 0  # type: ignore[arg-type]
    archive.measure(later=sizes)
    if len(large) < len(sizes) or (shared is not None and shared.texts is None):
        meanwhile()
    for sheet in scanned:
        if sheet.part in large:
            sheet.cells = _plain_cells(shared, styles)
        shows_little = sizes[sheet.part] // SMALLEST_CELL * longest <= archive.limits.text_bytes
        scan_sheet(archive, sheet, styles, count_shared=not shows_little)
        _check_empty(archive, sheet)
        if is_sparse(sheet) or sheet.part not in archive.sound:
            sheet.cells = None
    if lengths is not None:
        _check_shown(archive, sheets, lengths, longest)
    archive.measure()
    return sheets, compacted(archive, sheets)


def _plain_cells(shared: SharedTexts | None, styles: Styles) -> PlainCells | None:
    """Room for the cells of a large sheet; None where the shared texts are left to calamine."""
    import polars as pl

    from bomrisk.bom.plaincells import PlainCells

    texts = pl.Series([], dtype=pl.String) if shared is None else shared.texts
    return None if texts is None else PlainCells(texts, styles.shown)


def _check_empty(archive: Archive, sheet: SheetScan) -> None:
    """Few cells far apart in columns; rows far apart are moved together, which columns cannot be."""
    rows = sheet.rows_written if is_sparse(sheet) else sheet.last_row
    columns = sheet.last_column + 1
    if columns <= WIDE or not mostly_empty(rows, columns, 0):
        return
    written = sum(len(_CELL.findall(block)) for block in archive.blocks(sheet.part))
    if mostly_empty(rows, columns, written):
        what = f"spans {rows:,} rows and {columns:,} columns with {written:,} cells"
        raise too_large(archive, sheet.name, what, "a sheet that is not mostly empty")


def _check_shown(
    archive: Archive, sheets: list[SheetScan], lengths: pl.Series, longest: int
) -> None:
    """A long text that is stored once and shown in a million cells is a million texts to hold."""
    for sheet in sheets:
        if sheet.shared * longest > archive.limits.text_bytes:
            shown = _shown(archive, sheet, lengths)
            if shown > archive.limits.text_bytes:
                raise too_large(
                    archive,
                    sheet.name,
                    f"shows {shown / MEBI:,.0f} MiB of text",
                    f"{archive.limits.text_bytes // MEBI:,} MiB of text",
                )


def _shown(archive: Archive, sheet: SheetScan, lengths: pl.Series) -> int:
    """Bytes of text that the cells of a sheet show, by the shared texts that they name."""
    import polars as pl

    total = 0
    rest = ""
    for block in archive.blocks(sheet.part):
        text = rest + block.decode("utf-8", "replace")
        cut = text.rfind("<c ")
        rest = text[cut:] if cut > 0 else ""
        named = (
            pl.Series([text[:cut] if cut > 0 else text])
            .str.extract_all(r' t="s"[^>]*><v>\d{1,9}<')
            .explode(empty_as_null=False, keep_nulls=False)
            .str.extract(r"<v>(\d+)<")
            .cast(pl.UInt32)
        )
        total += int(lengths.gather(named.filter(named < lengths.len())).sum())
    return total


def _sheets(archive: Archive) -> tuple[list[SheetScan], bool]:
    """The sheets of the workbook, and whether it counts days since 1904."""
    workbook = archive.find("xl/workbook.xml")
    if workbook is None:
        raise archive.damaged("its list of sheets is missing")
    targets: dict[str, str] = {}
    relations = archive.find("xl/_rels/workbook.xml.rels")
    depth = archive.limits.depth
    file = archive.file
    if relations is not None:
        for element in elements(archive.read(relations), file=file, part=relations, depth=depth):
            if element.name == "Relationship":
                target = element.attributes.get("Target", "").replace("\\", "/")
                path = target[1:] if target.startswith("/") else posixpath.normpath("xl/" + target)
                targets[element.attributes.get("Id", "")] = path
    sheets: list[SheetScan] = []
    since_1904 = False
    for element in elements(archive.read(workbook), file=file, part=workbook, depth=depth):
        since_1904 |= element.attributes.get("date1904", "0") not in ("0", "false")
        if element.name != "sheet":
            continue
        part = archive.find(targets.get(element.attributes.get("id", ""), ""))
        if part is not None and "/macrosheets/" in part.lower():
            raise InputError(
                "the workbook has a sheet of Excel 4 macros, with which it cannot be opened",
                mend="save a copy as .xlsx, which leaves the macros out, and give that",
                file=file,
                sheet=element.attributes.get("name", ""),
            )
        hidden = element.attributes.get("state", "visible") != "visible"
        sheet = SheetScan(element.attributes.get("name", ""), part or "")
        sheet.marks.sheet_hidden = hidden
        sheets.append(sheet)
    if len(sheets) > archive.limits.sheets:
        raise too_many_sheets(len(sheets), archive.limits.sheets, file)
    return sheets, since_1904


def _styles(archive: Archive, *, since_1904: bool) -> Styles:
    part = archive.find("xl/styles.xml")
    if part is None:
        return Styles({}, {}, [])
    formats: dict[str, str] = {}
    indents: dict[str, int] = {}
    zeros: dict[str, int] = {}
    formatted: list[Shown] = []
    section, number = "", -1
    depth = archive.limits.depth
    for element in elements(archive.read(part), file=archive.file, part=part, depth=depth):
        attributes = element.attributes
        if element.depth == 2:
            section = element.name
        elif element.name == "numFmt" and section == "numFmts":
            formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif section == "cellXfs" and element.name == "xf":
            number += 1
            identity = attributes.get("numFmtId", "0")
            code = formats.get(identity)
            formatted.append(shown(identity, code, since_1904=since_1904))
            if code is not None and re.fullmatch(r"0{2,40}", code):
                zeros[str(number)] = len(code)
        elif section == "cellXfs" and element.name == "alignment":
            indent = attributes.get("indent", "0")
            if indent.isdecimal() and 0 < int(indent[:4]) < 250:
                indents[str(number)] = int(indent)
    return Styles(indents, zeros, formatted)
