"""The workbook that a supplier gets: plain cells, choices, a checker that leads to each missing cell.

No macros, at most 255 characters a cell, and nothing that a BOM says is ever written as a formula.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bomrisk.compliance.declarations.columns import (
    ASKED,
    BY_KEY,
    CELL_LIMIT,
    CHOICES,
    COLUMNS,
    FIRST_METAL,
    NOT_APPLICABLE,
    NOT_DECLARING,
    REQUIRED,
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
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

KEY_ROW = 1
HEADER_ROW = 2
FIRST_ROW = 3
HEADER_POINTS = 96
"""Height of the header row: a wrapped header with its hint."""
MARK = "bomrisk declaration 1"
"""Stands in the hidden sheet: by it the reader knows the file, whatever its sheets are called."""

STAMP = datetime(2000, 1, 1)
"""Fixed creation time, so that the same request gives the same bytes."""

REQUIRED_FIELDS = ("respondent_part", "scope", "contains", "known_by")


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
    _checker(book.create_sheet("Checker"), request)
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


def put(sheet: Worksheet, row: int, column: int, value: object) -> Cell:
    """Write a plain cell: text is cut to 255 characters and never taken for a formula."""
    cell: Any = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = value[:CELL_LIMIT]
        cell.data_type = "s"
    else:
        cell.value = value
    return cell  # type: ignore[no-any-return]


def _intro(sheet: Worksheet, request: Request) -> None:
    sheet.title = "Read me"
    sheet.column_dimensions["A"].width = 26
    sheet.column_dimensions["B"].width = 110
    clauses = ", ".join(f"{name} ({edition})" for name, edition in sorted(request.clauses.items()))
    rows = [
        ("To", _to(request)),
        ("From", request.requester or "see the letter that came with this file"),
        ("Contract", request.contract or "see the letter that came with this file"),
        ("Clauses", clauses),
        ("Request", request.id),
        ("Answer by", request.due.isoformat() if request.due else "see the letter"),
        ("What to do", "Fill the sheet Answers, then Signature; Checker shows what is missing."),
        ("", "Countries as ISO codes or names. 'unknown' is an answer; a guess is none."),
        (
            "",
            "One row may hold for a lot, a part, or your company: only lot and part clear a line.",
        ),
        (
            "",
            "A distributor passes the question on to the maker, or signs for what he has on paper.",
        ),
        (
            "",
            "Send evidence files along and name them in the row; they are stored with their hash.",
        ),
        ("", "You may send the same file to other customers, if you say so under Signature."),
        (
            "Questions at issue",
            "Until 2026-12-31: where the alloy was melted and every later step.",
        ),
        ("", "From 2027-01-01: also where it was mined, separated and refined."),
        ("", "Magnetizing in the United States does not cure a melt elsewhere."),
        ("Flow-down, 252.225-7052(d)", ""),
    ]
    words = FLOW_DOWN.split()
    text = ""
    for word in words:
        if len(text) + len(word) + 1 > CELL_LIMIT - 15:
            rows.append(("", text))
            text = ""
        text = f"{text} {word}".strip()
    rows.append(("", text))
    for at, (label, said) in enumerate(rows, start=1):
        put(sheet, at, 1, label)
        put(sheet, at, 2, said)
        _wrap(sheet.cell(at, 2))


def _wrap(cell: Any) -> None:
    from openpyxl.styles import Alignment

    cell.alignment = Alignment(wrap_text=True, vertical="top")


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
    from openpyxl.styles import Alignment, Font, PatternFill, Protection
    from openpyxl.utils import get_column_letter

    needed = {key for asked in request.rows for key in checked_keys(asked)}
    for at, column in enumerate(COLUMNS, start=1):
        put(sheet, KEY_ROW, at, column.key)
        star = " *" if column.key in needed else ""
        hint = f"\n({column.hint})" if column.hint and not column.given else ""
        head = put(sheet, HEADER_ROW, at, f"{column.header}{star}{hint}")
        head.font = Font(bold=True)
        head.alignment = Alignment(wrap_text=True, vertical="top")
        head.fill = PatternFill("solid", fgColor="DDDDDD" if column.given else "CFE2F3")
        dimension = sheet.column_dimensions[get_column_letter(at)]
        dimension.width = column.width
        dimension.hidden = _of_no_row(column, request)
    grey = PatternFill("solid", fgColor="EEEEEE")
    for offset, asked in enumerate(request.rows):
        values = row_values(asked)
        for at, column in enumerate(COLUMNS, start=1):
            cell = put(sheet, FIRST_ROW + offset, at, values.get(column.key) or None)
            if column.given or values.get(column.key) == NOT_APPLICABLE:
                cell.fill = grey
            cell.protection = Protection(locked=column.given)
    sheet.row_dimensions[KEY_ROW].hidden = True
    sheet.row_dimensions[HEADER_ROW].height = HEADER_POINTS
    sheet.column_dimensions["A"].hidden = True
    sheet.freeze_panes = f"F{FIRST_ROW}"


def _of_no_row(column: SheetColumn, request: Request) -> bool:
    """Whether a column belongs to a stage that no row of the request is asked about."""
    stage, _, told = column.key.partition("_")
    return (
        bool(told) and stage in STAGES and all(stage not in ASKED[a.family] for a in request.rows)
    )


def _signature(sheet: Worksheet, request: Request) -> None:
    sheet.column_dimensions["A"].width = 46
    sheet.column_dimensions["B"].width = 60
    sheet.column_dimensions["C"].hidden = True
    put(sheet, 1, 1, f"{STATEMENT} (Statement, version {STATEMENT_VERSION}. * is needed.)")
    _wrap(sheet.cell(1, 1))
    for at, (key, label, needed) in enumerate(SIGNATURE, start=2):
        put(sheet, at, 1, f"{label}{' *' if needed else ''}")
        put(sheet, at, 3, key)
    put(sheet, 2, 2, request.supplier.name)
    put(sheet, 3, 2, request.supplier.cage)
    for at, (key, _, _) in enumerate(SIGNATURE, start=2):
        if key in SIGNATURE_CHOICES:
            _offer(sheet, SIGNATURE_CHOICES[key], f"B{at}")


def checked_keys(asked: Asked) -> tuple[str, ...]:
    """The cells of a row that an answer needs."""
    stages = dict.fromkeys((*REQUIRED[asked.family], *FIRST_METAL.get(asked.family, ())))
    return (*REQUIRED_FIELDS, *(f"{stage}_country" for stage in stages))


def _checker(sheet: Worksheet, request: Request) -> None:
    """A tab that leads to each missing cell: red while it is empty, green when it is filled."""
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    places = {column.key: get_column_letter(at) for at, column in enumerate(COLUMNS, start=1)}
    keys = list(dict.fromkeys(key for asked in request.rows for key in checked_keys(asked)))
    put(sheet, 1, 1, "Empty cells are linked: click to go there.")
    for at, key in enumerate(("row", "part", *keys), start=1):
        cell = put(sheet, 2, at, BY_KEY[key].header if key in BY_KEY else key)
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(at)].width = 22
    for offset, asked in enumerate(request.rows):
        row = FIRST_ROW + offset
        put(sheet, row, 1, row)
        put(sheet, row, 2, asked.part_number or asked.description)
        needed = checked_keys(asked)
        for at, key in enumerate(keys, start=3):
            if key in needed:
                sheet.cell(row, at).value = _link("Answers", f"{places[key]}{row}")
    last = FIRST_ROW + len(request.rows)
    for at, (_, label, needed_field) in enumerate(SIGNATURE, start=2):
        if needed_field:
            last += 1
            put(sheet, last, 1, "Signature")
            put(sheet, last, 2, label)
            sheet.cell(last, 3).value = _link("Signature", f"B{at}")
    area = f"C{FIRST_ROW}:{get_column_letter(len(keys) + 2)}{last}"
    for text, colour in (("fill in", "F4CCCC"), ("ok", "D9EAD3")):
        rule = FormulaRule(  # type: ignore[no-untyped-call]
            formula=[f'C{FIRST_ROW}="{text}"'], fill=PatternFill("solid", bgColor=colour)
        )
        sheet.conditional_formatting.add(area, rule)


def _link(sheet: str, cell: str) -> str:
    return f'=IF(ISBLANK({sheet}!{cell}),HYPERLINK("#\'{sheet}\'!{cell}","fill in"),"ok")'


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
