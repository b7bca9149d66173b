"""Declarations inside the parts list itself: a sheet of substances beside it, or columns on its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bomrisk.composition.declared.columns import read_columns
from bomrisk.composition.declared.model import MaterialDeclarations
from bomrisk.composition.declared.table import has_quantity, read_sheet

if TYPE_CHECKING:
    from bomrisk.bom.sheet import Sheet


class DeclarationsInside:
    """Looks at the sheets of a parts list, and keeps what they declare."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._sheets: list[MaterialDeclarations] = []
        self._columns: list[MaterialDeclarations] = []

    def takes(self, sheet: Sheet) -> bool:
        """Whether the sheet is a declaration and no list of parts; what it declares is kept."""
        told = None if has_quantity(sheet) else read_sheet(sheet, self._file)
        if told is not None:
            self._sheets.append(told)
            return True
        self._columns.append(read_columns(sheet, self._file))
        return False

    def after(self, named: MaterialDeclarations | None) -> MaterialDeclarations:
        """All declarations: files that the user named go first, then sheets, then columns."""
        first = [] if named is None else [named]
        return MaterialDeclarations.joined([*first, *self._sheets, *self._columns])
