"""The workbook that a supplier gets: plain cells, choices, a checker that leads to each missing cell.

No macros, at most 255 characters a cell, and nothing that a BOM says is ever written as a formula.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bomrisk.compliance.declarations.cells import (
    FIRST_ROW,
    GIVEN,
    HEADER_ROW,
    KEY_ROW,
    LINE_POINTS,
    NEEDED,
    OFFERED,
    TO_FILL,
    bold,
    filled,
    left,
    lines_of,
    printed,
    put,
    wrap,
)
from bomrisk.compliance.declarations.checker import checked_keys, write_checker
from bomrisk.compliance.declarations.columns import (
    ASKED,
    CELL_LIMIT,
    CHOICES,
    COLUMNS,
    NOT_APPLICABLE,
    NOT_DECLARING,
    SIGNATURE,
    SIGNATURE_CHOICES,
    STAGES,
    UNKNOWN,
    SheetColumn,
)
from bomrisk.compliance.declarations.request import (
    FLOW_DOWN,
    STATEMENT,
    STATEMENT_VERSION,
    Asked,
    Request,
)

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

INTRO_WIDTH = 100
DAYS = ("signed", "effective", "expires")
"""Fields of the signature that are days."""

MARK = "bomrisk declaration 1"
"""Stands in the hidden sheet: by it the reader knows the file, whatever its sheets are called."""

STAMP = datetime(2000, 1, 1)
"""Fixed creation time, so that the same request gives the same bytes."""


def workbook_bytes(request: Request) -> bytes:
    """The request as an .xlsx file; the same request gives the same bytes."""
    book = _book(request)
    buffer = io.BytesIO()
    book.save(buffer)
    return _timeless(buffer.getvalue())


def _timeless(data: bytes) -> bytes:
    """The same archive with one fixed time in all its members and properties."""
    import re
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in sorted(
            old.infolist(), key=lambda i: (i.filename != "[Content_Types].xml", i.filename)
        ):
            content = old.read(info)
            if info.filename == "docProps/core.xml":
                content = re.sub(
                    rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2000-01-01T00:00:00Z", content
                )
            fixed = zipfile.ZipInfo(info.filename, (2000, 1, 1, 0, 0, 0))
            fixed.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(fixed, content)
    return out.getvalue()


def _book(request: Request) -> Workbook:
    from openpyxl import Workbook

    book = Workbook()
    book.properties.created = book.properties.modified = STAMP
    book.properties.creator = "bomrisk"
    first = book.active
    assert first is not None  # noqa: S101 - a new workbook has a sheet
    _intro(first, request)
    answers = book.create_sheet("Answers")
    _answers(answers, request)
    _signature(book.create_sheet("Signature"), request)
    write_checker(book.create_sheet("Checker"), request)
    _lists(book)
    hidden = book.create_sheet("_id")
    hidden.sheet_state = "hidden"
    for at, (key, value) in enumerate(
        (("mark", MARK), ("request", request.id), ("contract", request.contract)), start=1
    ):
        put(hidden, at, 1, key)
        put(hidden, at, 2, value)
    _choices(answers, len(request.rows))
    return book


def _intro(sheet: Worksheet, request: Request) -> None:
    sheet.title = "Read me"
    sheet.column_dimensions["A"].width = 28
    sheet.column_dimensions["B"].width = INTRO_WIDTH
    printed(sheet)
    clauses = ", ".join(f"{name} ({edition})" for name, edition in sorted(request.clauses.items()))
    rows = [
        ("To", _to(request)),
        ("From", request.requester or "see the letter that came with this file"),
        ("Contract", request.contract or "see the letter that came with this file"),
        ("Clauses", clauses),
        ("Request", request.id),
        ("Answer by", request.due.isoformat() if request.due else "see the letter"),
        (
            "What to do",
            "1. Fill the sheet Answers: yellow cells first. Grey cells are your customer's.",
        ),
        (
            "",
            "2. Fill the sheet Signature. 3. Look at Checker: it leads to each cell that is missing.",
        ),
        ("Countries", "ISO codes or names, chosen or typed; several with shares: 60% AU, 40% JP."),
        ("", "'unknown' is an answer; a guess is none. 'not applicable': there is no such step."),
        ("", "A country that stands there already is from your customer's BOM: put it right."),
        ("None of it?", "Choose 'contains none' and leave the countries empty."),
        (
            "Lot, part, company",
            "An answer for a lot (name it) or a part may clear a line, one for a company never does.",
        ),
        (
            "Several sources",
            "Write shares in one cell, or copy the row with its hidden first cell and name the lots.",
        ),
        ("Wording", "Plain: 'to the best of our knowledge' or 'all our products' clear nothing."),
        ("Evidence", "Send files along and name them in the row; they are kept with their hash."),
        (
            "You do not know",
            "A distributor passes the question on to the maker, or signs for what he has on paper.",
        ),
        ("Other customers", "You may send the same file to them, if you say so under Signature."),
        (
            "What is at issue",
            "Until 2026-12-31: where the alloy was melted, and every later step.",
        ),
        ("", "From 2027-01-01: also where it was mined, separated and refined."),
        ("", "Magnetizing in the United States does not cure a melt elsewhere."),
    ]
    label, text = "Flow-down, 252.225-7052(d)", ""
    for word in FLOW_DOWN.split():
        if len(text) + len(word) + 1 > CELL_LIMIT - 15:
            rows.append((label, text))
            label, text = "", ""
        text = f"{text} {word}".strip()
    rows.append((label, text))
    for at, (label, said) in enumerate(rows, start=1):
        wrap(bold(put(sheet, at, 1, label)))
        wrap(put(sheet, at, 2, said))
        sheet.row_dimensions[at].height = LINE_POINTS * lines_of(said, INTRO_WIDTH)


def _to(request: Request) -> str:
    cage = f" (CAGE {request.supplier.cage})" if request.supplier.cage else ""
    return f"{request.supplier.name}{cage}"


def row_values(asked: Asked) -> Mapping[str, str]:
    """What stands in a row before the supplier answers: what the BOM knows, and stages that do not apply."""
    values = {
        "row_id": asked.row_id,
        "part_number": asked.part_number,
        "revision": asked.revision,
        "description": asked.description,
        "material": asked.material,
        "why": asked.why,
        "maker": asked.maker,
    }
    for stage in STAGES:
        if stage not in ASKED[asked.family]:
            values[f"{stage}_country"] = NOT_APPLICABLE
        elif stage in asked.known:
            values[f"{stage}_country"] = asked.known[stage]
    return values


def _answers(sheet: Worksheet, request: Request) -> None:
    from openpyxl.styles import Protection
    from openpyxl.utils import get_column_letter

    needed = {key for asked in request.rows for key in checked_keys(asked)}
    most = 1
    for at, column in enumerate(COLUMNS, start=1):
        put(sheet, KEY_ROW, at, column.key)
        star = " *" if column.key in needed else ""
        hint = f"\n({column.hint})" if column.hint and not column.given else ""
        head = bold(put(sheet, HEADER_ROW, at, f"{column.header}{star}{hint}"))
        filled(wrap(head), GIVEN if column.given else NEEDED if star else OFFERED)
        dimension = sheet.column_dimensions[get_column_letter(at)]
        dimension.width = column.width
        dimension.hidden = _of_no_row(column, request)
        said = (f"{column.header}{star}", column.hint if hint else "")
        most = max(most, sum(lines_of(text, column.width - 2) for text in said if text))
    for offset, asked in enumerate(request.rows):
        _row(sheet, FIRST_ROW + offset, asked, Protection)
    sheet.row_dimensions[KEY_ROW].hidden = True
    sheet.row_dimensions[HEADER_ROW].height = LINE_POINTS * most
    sheet.column_dimensions["A"].hidden = True
    sheet.freeze_panes = f"D{FIRST_ROW}"
    printed(sheet)
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    sheet.print_title_cols = "A:C"


def _row(sheet: Worksheet, row: int, asked: Asked, protection: Any) -> None:
    """One row to be filled: what is given in grey, what is needed in yellow."""
    values = row_values(asked)
    needed = checked_keys(asked)
    most = 1
    for at, column in enumerate(COLUMNS, start=1):
        told = values.get(column.key) or None
        cell = wrap(put(sheet, row, at, told))
        if column.given or told == NOT_APPLICABLE:
            filled(cell, GIVEN)
        elif column.key in needed:
            filled(cell, TO_FILL)
        if column.key.endswith("_date"):
            cell.number_format = "yyyy-mm-dd"
        cell.protection = protection(locked=column.given)
        if column.key != "row_id":
            most = max(most, lines_of(told or "", column.width - 2))
    sheet.row_dimensions[row].height = LINE_POINTS * most


def _of_no_row(column: SheetColumn, request: Request) -> bool:
    """Whether a column belongs to a stage that no row of the request is asked about."""
    stage, _, told = column.key.partition("_")
    return (
        bool(told) and stage in STAGES and all(stage not in ASKED[a.family] for a in request.rows)
    )


def _signature(sheet: Worksheet, request: Request) -> None:
    sheet.column_dimensions["A"].width = 50
    sheet.column_dimensions["B"].width = 60
    sheet.column_dimensions["C"].hidden = True
    said = f"{STATEMENT} (Statement, version {STATEMENT_VERSION}. * is needed.)"
    wrap(put(sheet, 1, 1, said))
    sheet.row_dimensions[1].height = LINE_POINTS * (lines_of(said, 48) + 1)
    for at, (key, label, needed) in enumerate(SIGNATURE, start=2):
        put(sheet, at, 1, f"{label}{' *' if needed else ''}")
        put(sheet, at, 3, key)
        cell = filled(sheet.cell(at, 2), TO_FILL if needed else OFFERED)
        if key in DAYS:
            cell.number_format = "yyyy-mm-dd"
            left(cell)
    put(sheet, 2, 2, request.supplier.name)
    put(sheet, 3, 2, request.supplier.cage)
    for at, (key, _, _) in enumerate(SIGNATURE, start=2):
        if key in SIGNATURE_CHOICES:
            _offer(sheet, SIGNATURE_CHOICES[key], f"B{at}")
    printed(sheet)


def country_choices() -> tuple[str, ...]:
    """ISO 3166 codes with the words that are answers too."""
    import pycountry

    return (UNKNOWN, NOT_APPLICABLE, NOT_DECLARING, *sorted(c.alpha_3 for c in pycountry.countries))


def _lists(book: Workbook) -> None:
    sheet = book.create_sheet("Lists")
    sheet.sheet_state = "hidden"
    for at, (name, values) in enumerate(_all_choices(), start=1):
        put(sheet, 1, at, name)
        for row, value in enumerate(values, start=2):
            put(sheet, row, at, value)


def _all_choices() -> Iterable[tuple[str, tuple[str, ...]]]:
    yield "countries", country_choices()
    yield from CHOICES.items()


def _choices(sheet: Worksheet, rows: int) -> None:
    """Validation lists of the answers."""
    from openpyxl.utils import get_column_letter

    last = FIRST_ROW + max(rows, 1) - 1
    for name, _ in _all_choices():
        letters = [
            get_column_letter(at)
            for at, column in enumerate(COLUMNS, start=1)
            if column.choices == name
        ]
        if letters:
            _offer(sheet, name, *(f"{letter}{FIRST_ROW}:{letter}{last}" for letter in letters))


def _offer(sheet: Worksheet, name: str, *places: str) -> None:
    """Offer a list of choices in some cells; a country may also be typed, as several with shares."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    at, values = next(
        (at, values) for at, (one, values) in enumerate(_all_choices(), start=1) if one == name
    )
    letter = get_column_letter(at)
    rule = DataValidation(
        type="list",
        formula1=f"Lists!${letter}$2:${letter}${len(values) + 1}",
        allow_blank=True,
        showErrorMessage=name != "countries",
    )
    rule.error = "Choose from the list."
    for place in places:
        rule.add(place)
    sheet.add_data_validation(rule)
