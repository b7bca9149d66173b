"""The CSV form of a request: the same columns, a row per part and material, signature fields at the end."""

from __future__ import annotations

import csv
import io

from bomrisk.compliance.declarations.columns import COLUMNS, SIGNATURE
from bomrisk.compliance.declarations.request import Request
from bomrisk.compliance.declarations.workbook import row_values

SIGN = "signature_"
"""Prefix of the signature's columns."""

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def safe(text: str) -> str:
    """Text that a spreadsheet program does not take for a formula: an apostrophe goes before it."""
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def unsafe(text: str) -> str:
    """The text as it was before `safe`."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_DANGEROUS) else text


def csv_text(request: Request) -> str:
    """The request as CSV: one header of keys, then the rows."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        [
            *(column.key for column in COLUMNS),
            "request",
            *(f"{SIGN}{key}" for key, _, _ in SIGNATURE),
        ]
    )
    signed = {"company": request.supplier.name, "cage": request.supplier.cage or ""}
    for asked in request.rows:
        values = row_values(asked)
        cells = [safe(values.get(column.key, "")) for column in COLUMNS]
        writer.writerow(
            [*cells, request.id, *(safe(signed.get(key, "")) for key, _, _ in SIGNATURE)]
        )
    return out.getvalue()
