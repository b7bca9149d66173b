"""Cells of the answer sheet: plain text, its colours, its rows and how high they are."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any

from bomrisk.compliance.declarations.columns import CELL_LIMIT

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

KEY_ROW = 1
HEADER_ROW = 2
FIRST_ROW = 3

GIVEN = "E7E6E6"
"""Grey: what the requester has filled."""
NEEDED = "FFD966"
"""Amber: the header of a column that is needed."""
TO_FILL = "FFF2CC"
"""Yellow: a cell that is needed."""
OFFERED = "DDEBF7"
"""Blue: what may be told besides."""

LINE_POINTS = 15
"""Height of one line of text."""


def put(sheet: Worksheet, row: int, column: int, value: object) -> Any:
    """Write a plain cell: text is cut to 255 characters and never taken for a formula."""
    cell: Any = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = value[:CELL_LIMIT]
        cell.data_type = "s"
    else:
        cell.value = value
    return cell


def bold(cell: Any) -> Any:
    """The cell in bold."""
    from openpyxl.styles import Font

    cell.font = Font(name="Calibri", size=11, bold=True)
    return cell


def wrap(cell: Any) -> Any:
    """The cell with its text wrapped, at the top."""
    from openpyxl.styles import Alignment

    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def left(cell: Any) -> Any:
    """The cell at the left, whatever stands in it."""
    from openpyxl.styles import Alignment

    cell.alignment = Alignment(horizontal="left")
    return cell


def filled(cell: Any, colour: str) -> Any:
    """The cell with a ground of a colour and a thin border, which the ground would hide."""
    from openpyxl.styles import Border, PatternFill, Side

    cell.fill = PatternFill("solid", fgColor=colour)
    side = Side(style="thin", color="BFBFBF")
    cell.border = Border(left=side, right=side, top=side, bottom=side)
    return cell


def lines_of(text: str, width: int) -> int:
    """How many lines a text takes in a column of that many characters, words kept whole."""
    import textwrap

    found = textwrap.wrap(text, max(width, 1), break_long_words=False)
    return max(1, sum(ceil(len(line) / width) for line in found))


def printed(sheet: Worksheet) -> None:
    """Print across."""
    sheet.page_setup.orientation = "landscape"
