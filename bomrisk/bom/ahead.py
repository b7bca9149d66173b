"""A large sheet that calamine may read while its rows are still scanned.

First all of it is unpacked and its cells are shown to stay within the rows of a spreadsheet and before column
Z: then the rectangle that calamine makes room for is small beside the sheet itself, whatever its rows say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain

from bomrisk.bom.archive import Archive
from bomrisk.bom.extent import SPREADSHEET_ROWS, stay_near
from bomrisk.bom.limits import MEBI
from bomrisk.bom.sheetscan import SheetScan, Styles, batches_of, scan_batches, text_of

FROM_BYTES = 96 * MEBI
"""A smaller sheet is scanned in no time."""
TO_BYTES = 768 * MEBI
"""More is not held in memory."""
COLUMNS = 26


@dataclass(slots=True)
class Ahead:
    """The pieces of a sheet that were unpacked and looked at first, and those that were not."""

    held: list[bytes]
    rest: Iterator[bytes]
    near: bool
    """Whether all pieces are held, and every cell stays near and has a place of its own."""
    shared: int = 0
    """Cells of the held pieces that show a shared text."""

    def pieces(self) -> Iterator[bytes]:
        """All pieces of the sheet, each let go of once it is taken."""
        return chain(_drained(self.held), self.rest)


def look_ahead(archive: Archive, sheets: Sequence[SheetScan]) -> list[Ahead]:
    """Unpack large sheets and look whether their cells stay near; all others are left for the scan.

    What is held of them together is never more than `TO_BYTES`.
    """
    held = 0
    looked_at = []
    for sheet in sheets:
        found = Ahead([], batches_of(archive, sheet), near=False)
        size = archive.members[sheet.part].file_size
        if _is_large(archive, size) and held + size <= TO_BYTES:
            found.near = _near(found, sheet, archive)
            held += size
        looked_at.append(found)
    return looked_at


def scan_behind(ahead: Ahead, archive: Archive, sheet: SheetScan, styles: Styles) -> None:
    """Scan a sheet whose cells stay near in the background.

    `SheetScan.finish` waits for it, and raises what it found.
    """
    beside = ThreadPoolExecutor(1)
    sheet.rest = beside.submit(
        scan_batches, ahead.pieces(), sheet, styles, archive, count_shared=False
    )
    beside.shutdown(wait=False)


def _is_large(archive: Archive, size: int) -> bool:
    limits = archive.limits
    roomy = limits.rows >= SPREADSHEET_ROWS and limits.cells >= SPREADSHEET_ROWS * COLUMNS
    return roomy and limits.columns >= COLUMNS and size >= FROM_BYTES


def _near(found: Ahead, sheet: SheetScan, archive: Archive) -> bool:
    with ThreadPoolExecutor(1) as unpacker:
        following = unpacker.submit(next, found.rest, None)
        while (batch := following.result()) is not None:
            found.held.append(batch)
            following = unpacker.submit(next, found.rest, None)
            text = text_of(batch, sheet, archive)
            found.shared += int(text.str.count_matches(' t="s"', literal=True).sum())
            if b"<!" in batch[:65536] or not stay_near(text):
                more = following.result()
                found.held += [] if more is None else [more]
                return False
    return True


def _drained(held: list[bytes]) -> Iterator[bytes]:
    """The pieces in order, each let go of once it is taken."""
    held.reverse()
    while held:
        yield held.pop()
