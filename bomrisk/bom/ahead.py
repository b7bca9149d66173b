"""A large sheet that calamine may read while its rows are still scanned.

First all of it is unpacked and its cells are shown to stay within the rows of a spreadsheet and before column
Z: then the rectangle that calamine makes room for is small beside the sheet itself, whatever its rows say.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain

from bomrisk.bom.archive import Archive
from bomrisk.bom.extent import SPREADSHEET_ROWS, stay_near
from bomrisk.bom.limits import MEBI
from bomrisk.bom.sheetscan import SheetScan, Styles, batches_of, scan_batches, text_of

FROM_BYTES = 96 * MEBI
"""A smaller sheet is scanned in no time."""
TO_BYTES = 768 * MEBI
"""A larger one is not held in memory as a whole."""
COLUMNS = 26


def scan_ahead(archive: Archive, sheet: SheetScan, styles: Styles) -> None:
    """Scan a sheet as `scan_sheet` does, in the background once its cells are known to stay near.

    `SheetScan.finish` waits for the rest, and raises what it found.
    """
    held: list[bytes] = []
    rest = batches_of(archive, sheet)
    if not _is_large(archive, sheet) or not _near(held, rest, sheet, archive):
        scan_batches(chain(_drained(held), rest), sheet, styles, archive, count_shared=False)
        return
    beside = ThreadPoolExecutor(1)
    sheet.rest = beside.submit(
        scan_batches, _drained(held), sheet, styles, archive, count_shared=False
    )
    beside.shutdown(wait=False)


def _is_large(archive: Archive, sheet: SheetScan) -> bool:
    limits = archive.limits
    roomy = limits.rows >= SPREADSHEET_ROWS and limits.cells >= SPREADSHEET_ROWS * COLUMNS
    size = archive.members[sheet.part].file_size
    return roomy and limits.columns >= COLUMNS and FROM_BYTES <= size <= TO_BYTES


def _near(held: list[bytes], rest: Iterator[bytes], sheet: SheetScan, archive: Archive) -> bool:
    """Whether all cells stay near; what was read of the sheet is `held`, up to the first far one."""
    with ThreadPoolExecutor(1) as unpacker:
        following = unpacker.submit(next, rest, None)
        while (batch := following.result()) is not None:
            held.append(batch)
            following = unpacker.submit(next, rest, None)
            if b"<!" in batch[:65536] or not stay_near(text_of(batch, sheet, archive)):
                held += [more] if (more := following.result()) is not None else []
                return False
    return True


def _drained(held: list[bytes]) -> Iterator[bytes]:
    """The pieces in order, each let go of once it is taken."""
    held.reverse()
    while held:
        yield held.pop()
