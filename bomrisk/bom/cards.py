"""Provisioning lists as 80-column cards (LSA-036): several cards to a part, their type in columns 78-80.

Places of PLISN, indenture code, CAGE, reference number, name, NSN, same-as PLISN, remarks and
nomenclature as seen in a public card file; those between them (units, SMR, next higher assembly and
quantities) follow from the order and lengths of the data elements in MIL-STD-1388-2B (recalled).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from bomrisk.bom.letters import letter
from bomrisk.bom.sheet import Sheet

_TYPE = re.compile(r"0[1-6][A-Z]")
WIDTH = 80

FIELDS: tuple[tuple[str, str, tuple[tuple[str, int, int], ...]], ...] = (
    ("PCCN", "", (("01A", 1, 6),)),
    ("PLISN", "", (("01A", 7, 11),)),
    ("INDC", "", (("01A", 13, 13),)),
    ("CAGE", "", (("01A", 14, 18),)),
    ("REFERENCE NUMBER", "", (("01A", 19, 50),)),
    ("ITEM NAME", "", (("01A", 56, 74),)),
    ("NSN", "", (("01B", 16, 28),)),
    ("UM", "", (("01B", 31, 32),)),
    ("SMR", "", (("01B", 63, 68),)),
    ("NHA PLISN", "", (("01C", 13, 17),)),
    ("QPA", "", (("01C", 22, 25),)),
    ("QTY PER END ITEM", "", (("01C", 26, 30),)),
    ("SAPLISN", "", (("01C", 60, 64),)),
    ("REMARKS", " ", (("01H", 33, 77),)),
    ("PROVNOM", " ", (("01K", 24, 77),)),
)
"""Header word, what joins several cards of the type, and (card type, first column, last column)."""


def are_cards(lines: Sequence[str]) -> bool:
    """Whether the lines of a text file are provisioning cards."""
    filled = [line for line in lines[:500] if line.strip()]
    if len(filled) < 2:
        return False
    cards = [line for line in filled if len(line) >= WIDTH and _TYPE.fullmatch(line[77:80])]
    return len(cards) >= 0.8 * len(filled) and any(card[77:80] == "01A" for card in cards)


def read_cards(lines: Sequence[str]) -> Sheet:
    """One row per line: the first card of a part (01A) carries the values of all its cards."""
    import polars as pl

    rows: list[list[str | None]] = []
    reasons: list[str | None] = []
    parts: dict[str, list[str | None]] = {}
    strays: Counter[str] = Counter()
    for line in lines:
        kind = line[77:80] if len(line) >= WIDTH else ""
        key = line[:11]
        row: list[str | None] = [*([None] * len(FIELDS)), line.strip() or None]
        rows.append(row)
        if kind == "01A" and key not in parts:
            row[-1] = None
            parts[key] = row
            _take(row, line, kind)
            reasons.append(None)
            continue
        owner = parts.get(key) if _TYPE.fullmatch(kind) else None
        if owner is not None:
            _take(owner, line, kind)
            reasons.append("card of the line above")
        else:
            strays[kind] += bool(line.strip())
            reasons.append("note" if line.strip() else "blank")
    remarks = [
        f"read as {len(parts):,} parts on 80-column provisioning cards",
        "units, SMR codes, next higher assemblies and quantities were cut from columns that are recalled,"
        " not read in a specification: check them",
    ]
    if strays.total():
        remarks.append(
            f"{strays.total():,} cards belong to no part: no 01A card stands before them"
        )
    frame = pl.DataFrame(
        {
            letter(at): pl.Series([row[at] for row in rows], dtype=pl.String)
            for at in range(len(FIELDS) + 1)
        }
    )
    return Sheet(
        "",
        frame,
        pl.Series("row", range(1, frame.height + 1), dtype=pl.UInt32),
        remarks=tuple(remarks),
        header={letter(at): name for at, (name, _, _) in enumerate(FIELDS)},
        reasons=pl.Series("reason", reasons, dtype=pl.String),
    )


def _take(row: list[str | None], line: str, kind: str) -> None:
    for at, (_, joint, places) in enumerate(FIELDS):
        for card, start, end in places:
            text = line[start - 1 : end].strip() if card == kind else ""
            if text:
                before = row[at]
                row[at] = f"{before}{joint}{text}" if before and joint else text
