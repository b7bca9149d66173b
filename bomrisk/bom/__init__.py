"""Spreadsheet → Bom: open safely, find the tables, map the columns, read hierarchy and quantities."""

from __future__ import annotations

from bomrisk.bom.limits import Limits
from bomrisk.bom.model import Bom, ColumnFound, SourceFile, TableFound
from bomrisk.bom.reading import read

__all__ = ["Bom", "ColumnFound", "Limits", "SourceFile", "TableFound", "read"]
