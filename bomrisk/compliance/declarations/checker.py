"""The tab that leads to each missing cell of an answer: red while it is empty, green when it is filled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bomrisk.compliance.declarations.cells import (
    FIRST_ROW,
    HEADER_ROW,
    LINE_POINTS,
    bold,
    left,
    lines_of,
    put,
    wrap,
)
from bomrisk.compliance.declarations.columns import (
    BY_KEY,
    COLUMNS,
    CONTAINS,
    FIRST_METAL,
    REQUIRED,
    SIGNATURE,
)
from bomrisk.compliance.declarations.request import Asked, Request

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

REQUIRED_FIELDS = ("respondent_part", "contains", "scope", "known_by")
DEPENDENT = frozenset(("lot", "basis"))
"""Cells that are needed by what another cell says: a lot where that is the scope, a basis for a claim."""

MISSING, THERE = "fill in", "ok"
WIDTH = 20


def checked_keys(asked: Asked) -> tuple[str, ...]:
    """The cells of a row that an answer needs."""
    stages = dict.fromkeys((*REQUIRED[asked.family], *FIRST_METAL.get(asked.family, ())))
    return (*REQUIRED_FIELDS, *(f"{stage}_country" for stage in stages))


def write_checker(sheet: Worksheet, request: Request) -> None:
    """Fill the tab: a row for each row of the answers, then the signature."""
    from openpyxl.utils import get_column_letter

    wanted = {key for asked in request.rows for key in checked_keys(asked)} | DEPENDENT
    keys = [column.key for column in COLUMNS if column.key in wanted]
    heads = ["row", "part", *(BY_KEY[key].header for key in keys)]
    for at, head in enumerate(heads, start=1):
        wrap(bold(put(sheet, HEADER_ROW, at, head)))
        sheet.column_dimensions[get_column_letter(at)].width = WIDTH
    sheet.column_dimensions["A"].width = 11
    sheet.column_dimensions["B"].width = 32
    sheet.row_dimensions[HEADER_ROW].height = LINE_POINTS * max(
        lines_of(head, WIDTH - 2) for head in heads
    )
    for offset, asked in enumerate(request.rows):
        row = FIRST_ROW + offset
        left(put(sheet, row, 1, row))
        put(sheet, row, 2, asked.part_number or asked.description)
        for at, key in enumerate(keys, start=3):
            there = _there(key, asked, row)
            if there:
                sheet.cell(row, at).value = _link(there, "Answers", _place(key, row))
    last = FIRST_ROW + len(request.rows)
    fields = {key: f"Signature!B{at}" for at, (key, _, _) in enumerate(SIGNATURE, start=2)}
    for key, label, needed in SIGNATURE:
        if needed:
            last += 1
            put(sheet, last, 1, "Signature")
            put(sheet, last, 2, label)
            there = f'OR({fields[key]}<>"",{fields["refusal"]}<>"")'
            sheet.cell(last, 3).value = _link(there, "Signature", fields[key].partition("!")[2])
    area = f"C{FIRST_ROW}:{get_column_letter(len(heads))}{last}"
    bold(put(sheet, 1, 1, "missing"))
    left(sheet.cell(1, 2)).value = f'=COUNTIF({area},"{MISSING}")'
    put(sheet, 1, 3, "cells; each is linked: click to go there.")
    _colour(sheet, area)
    sheet.freeze_panes = f"C{FIRST_ROW}"


def _place(key: str, row: int) -> str:
    from openpyxl.utils import get_column_letter

    return f"{get_column_letter([column.key for column in COLUMNS].index(key) + 1)}{row}"


def _there(key: str, asked: Asked, row: int) -> str:
    """The condition that nothing is missing of a cell, as a formula; empty if it is not asked for."""

    def cell(name: str) -> str:
        return f"Answers!{_place(name, row)}"

    if key == "lot":
        return f'OR({cell("scope")}<>"lot",{cell(key)}<>"")'
    if key == "basis":
        return f'OR({cell("exception")}="",{cell("exception")}="none",{cell(key)}<>"")'
    if key not in checked_keys(asked):
        return ""
    stage = key.removesuffix("_country")
    if key == stage:
        return f'{cell(key)}<>""'
    first = FIRST_METAL.get(asked.family, ())
    either = first if stage in first and stage not in REQUIRED[asked.family] else (stage,)
    known = ",".join(f'{cell(f"{one}_country")}<>""' for one in either)
    return f'OR({known},{cell("contains")}="{CONTAINS["none"]}")'


def _link(there: str, sheet: str, cell: str) -> str:
    return f'=IF({there},"{THERE}",HYPERLINK("#\'{sheet}\'!{cell}","{MISSING}"))'


def _colour(sheet: Worksheet, area: str) -> None:
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.styles import PatternFill

    for text, colour in ((MISSING, "F4CCCC"), (THERE, "D9EAD3")):
        rule = FormulaRule(  # type: ignore[no-untyped-call]
            formula=[f'C{FIRST_ROW}="{text}"'], fill=PatternFill("solid", bgColor=colour)
        )
        sheet.conditional_formatting.add(area, rule)
