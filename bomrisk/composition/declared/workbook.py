"""Declarations inside the parts list: a sheet of substances, rows of them, or columns on its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bomrisk.composition.declared.columns import read_columns
from bomrisk.composition.declared.model import MaterialDeclarations
from bomrisk.composition.declared.table import header_of, quantity_letter, read_sheet
from bomrisk.composition.declared.under_lines import substances_inside

if TYPE_CHECKING:
    from bomrisk.bom.sheet import Sheet


class DeclarationsInside:
    """Looks at the sheets of a parts list, and keeps what they declare."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._sheets: list[MaterialDeclarations] = []
        self._columns: list[MaterialDeclarations] = []

    def rest_of(self, sheet: Sheet, named: bool = False) -> Sheet | None:
        """The sheet as a list of parts, without what it declares, which is kept; None if that is all.

        A sheet that the user's mapping names is a list of parts, whatever its header says.
        """
        header = header_of(sheet)
        if header is not None and not named and quantity_letter(header) is None:
            told = read_sheet(sheet, self._file, header)
            if told is not None:
                self._sheets.append(told)
                return None
        inside = substances_inside(sheet, self._file)
        if inside is not None:
            sheet, told = inside
            self._sheets.append(told)
        self._columns.append(read_columns(sheet, self._file))
        return sheet

    def after(self, named: MaterialDeclarations | None) -> MaterialDeclarations:
        """All declarations: files that the user named go first, then sheets, then columns."""
        first = [] if named is None else [named]
        return MaterialDeclarations.joined([*first, *self._sheets, *self._columns])
