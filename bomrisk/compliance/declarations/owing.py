"""What is still owed, by whom, and by when: as rows, as text, and as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bomrisk.compliance.declarations.merging import Merged
from bomrisk.compliance.declarations.plain import safe


@dataclass(frozen=True, slots=True)
class Owed:
    """One part and material of which a supplier still owes something."""

    supplier: str
    contact: str
    part: str
    material: str
    missing: tuple[str, ...]
    due: date | None
    remarks: tuple[str, ...]


def owed(merged: Iterable[Merged]) -> tuple[Owed, ...]:
    """What is still owed, by supplier and part."""
    rows = [
        Owed(
            one.request.supplier.name,
            one.request.supplier.contact or "",
            one.asked.part_number or one.asked.description,
            one.asked.material,
            one.owed,
            one.request.due,
            one.remarks,
        )
        for one in merged
        if one.owed
    ]
    return tuple(sorted(rows, key=lambda row: (row.supplier.casefold(), row.part, row.material)))


def owed_csv(rows: Iterable[Owed]) -> str:
    """The same as CSV; no cell can be taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("supplier", "contact", "part", "material", "missing", "due", "remarks"))
    for row in rows:
        due = row.due.isoformat() if row.due else ""
        texts = (row.supplier, row.contact, row.part, row.material, "; ".join(row.missing), due)
        writer.writerow([safe(text) for text in (*texts, "; ".join(row.remarks))])
    return out.getvalue()
