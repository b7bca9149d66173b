"""Spreadsheet → Bom: open safely, find the tables, map the columns, read hierarchy and quantities."""

from __future__ import annotations

from bomrisk.bom.itemmaster import ItemMaster
from bomrisk.bom.limits import Limits
from bomrisk.bom.model import Bom, ColumnFound, SourceFile, TableFound
from bomrisk.bom.reading import read
from bomrisk.bom.sureness import SURE_ENOUGH, require_confidence

__all__ = [
    "SURE_ENOUGH",
    "Bom",
    "ColumnFound",
    "ItemMaster",
    "Limits",
    "SourceFile",
    "TableFound",
    "read",
    "require_confidence",
]
