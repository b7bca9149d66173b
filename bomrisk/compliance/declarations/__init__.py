"""Declarations of suppliers: asked for in a workbook, read back, graded, kept in a ledger, put onto lines.

Names are loaded on first use.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

_HOMES = {
    "Answer": "answer",
    "Applied": "applying",
    "Fault": "answer",
    "Ledger": "ledger",
    "Merged": "merging",
    "Owed": "owing",
    "Request": "request",
    "append": "ledger",
    "apply_declarations": "applying",
    "checked": "checking",
    "csv_text": "plain",
    "merge": "merging",
    "owed": "owing",
    "owed_csv": "owing",
    "read_contacts": "supplier",
    "read_ledger": "ledger",
    "read_manifest": "request",
    "read_returned": "reading",
    "read_rmi": "rmi",
    "requests": "request",
    "workbook_bytes": "workbook",
    "write_manifest": "request",
}

if TYPE_CHECKING:
    from bomrisk.compliance.declarations.answer import Answer, Fault
    from bomrisk.compliance.declarations.applying import Applied, apply_declarations
    from bomrisk.compliance.declarations.checking import checked
    from bomrisk.compliance.declarations.ledger import Ledger, append, read_ledger
    from bomrisk.compliance.declarations.merging import Merged, merge
    from bomrisk.compliance.declarations.owing import Owed, owed, owed_csv
    from bomrisk.compliance.declarations.plain import csv_text
    from bomrisk.compliance.declarations.reading import read_returned
    from bomrisk.compliance.declarations.request import (
        Request,
        read_manifest,
        requests,
        write_manifest,
    )
    from bomrisk.compliance.declarations.rmi import read_rmi
    from bomrisk.compliance.declarations.supplier import read_contacts
    from bomrisk.compliance.declarations.workbook import workbook_bytes

__all__ = [
    "Answer",
    "Applied",
    "Fault",
    "Ledger",
    "Merged",
    "Owed",
    "Request",
    "append",
    "apply_declarations",
    "checked",
    "csv_text",
    "merge",
    "owed",
    "owed_csv",
    "read_contacts",
    "read_ledger",
    "read_manifest",
    "read_returned",
    "read_rmi",
    "requests",
    "workbook_bytes",
    "write_manifest",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'bomrisk.compliance.declarations' has no attribute {name!r}")
    return getattr(import_module(f"bomrisk.compliance.declarations.{_HOMES[name]}"), name)
