"""How large and how odd an input may be before it is refused: safe defaults, each one an option."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from bomrisk.errors import InputError

MEBI = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one input file; a file beyond one of them is refused with one line that names it.

    The defaults let the largest sheet that Excel can hold (1,048,576 rows) pass at 50 columns. The
    ratio is judged only once a member of an archive has grown beyond `ratio_from_bytes`, since a
    small sheet of equal cells packs very well and harms nobody.
    """

    file_bytes: int = 1024 * MEBI
    """Size of the file as it lies on disk."""
    unpacked_bytes: int = 6144 * MEBI
    """Sum of the sizes of all members of a zip archive, measured while unpacking, not as declared."""
    ratio: int = 250
    """Unpacked size over packed size of one archive member."""
    ratio_from_bytes: int = 64 * MEBI
    """A member smaller than this is never refused for its ratio."""
    members: int = 10_000
    """Members of a zip archive."""
    sheets: int = 256
    """Sheets of a workbook that are looked at."""
    rows: int = 5_000_000
    """Rows of one sheet or text file."""
    columns: int = 1_024
    """Columns of one sheet or text file; XFD is 16,384."""
    cells: int = 60_000_000
    """Rows times columns of the rectangle that the cells of one sheet span."""
    text_bytes: int = 2048 * MEBI
    """Texts of all cells of one sheet together: a shared text counts for every cell that shows it."""
    text_length: int = 131_072
    """Characters of one cell or field; Excel itself stops at 32,767."""
    depth: int = 100
    """Levels of an assembly, and nesting of XML elements."""


EMPTY_CELLS = 8_000_000
"""Cells of a rectangle from which it may not be mostly empty: room is made for every one of them."""
EMPTY_TIMES = 20
"""A rectangle is mostly empty if it has this many times more cells than are written."""


def mostly_empty(rows: int, columns: int, written: int) -> bool:
    """Whether a few far cells span a rectangle so large that holding its empty cells is the harm."""
    return rows * columns > max(EMPTY_CELLS, EMPTY_TIMES * written)


def changed(settings: Iterable[str]) -> Limits:
    """The limits with some of them changed by texts such as ``cells=100000000``."""
    values: dict[str, int] = {}
    names = {one.name for one in fields(Limits)}
    for setting in settings:
        name, sign, number = setting.partition("=")
        name = name.strip().replace("-", "_")
        if name not in names:
            raise InputError(
                f"there is no limit {name!r}", mend=f"use one of {', '.join(sorted(names))}"
            )
        text = number.strip().replace("_", "").replace(",", "")
        if not sign or not text.isdecimal() or int(text) < 1:
            raise InputError(
                f"the limit {name} is not a whole number above 0", mend=f"write {name}=1000"
            )
        values[name] = int(text)
    return replace(Limits(), **values)
