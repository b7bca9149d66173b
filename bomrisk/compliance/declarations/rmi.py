"""RMI's templates CMRT and AMRT as evidence, read by cell address: their labels are formulas in any language.

What they can prove is little, and it is said: CMRT names smelters of tungsten and tantalum (the first step
to metal), of a product only where its scope is "B. Product"; AMRT lumps the rare earths and merges oxide and
metal in one "processor"; neither has alloy melting, sintering or magnetizing. EMRT proves nothing here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bomrisk.bom.container import kind_of
from bomrisk.compliance.declarations.reading import _bytes, sheets_of, text_of
from bomrisk.errors import InputError
from bomrisk.supply.origin import read_origin

COMPANY, SCOPE, SCOPE_TEXT = (8, 4), (9, 4), (10, 4)
CMRT_SIGNER, CMRT_DATE = (18, 4), (22, 4)
AMRT_SIGNER, AMRT_DATE = (22, 4), (26, 4)
SMELTER_ROWS_FROM = 5
PRODUCT_ROWS_FROM = 6
METAL, LOOKUP, GIVEN, COUNTRY, CID = 2, 3, 4, 5, 6
MINE_COUNTRY, RECYCLED = 15, 16
"""Cells as (row, column) from 1: Declaration!D8, D9, D10, D18, D22 and the Smelter List's B to P."""

ELEMENTS = {
    "tungsten": "W",
    "tantalum": "Ta",
    "rare earth elements": "REE",
    "gallium": "Ga",
    "germanium": "Ge",
    "wolfram": "W",
    "钨": "W",
    "钽": "Ta",
    "稀土元素": "REE",
}
NOT_KNOWN = ("not listed", "not yet identified", "未列", "尚未")

CANNOT = {
    "CMRT": (
        "smelter of tungsten or tantalum only: nothing on mining unless named, on consolidation, or on"
        " which smelter made the metal in this part"
    ),
    "AMRT": (
        "rare earths in one lump, oxide or metal not told apart: nothing on alloy melting, sintering or"
        " magnetizing"
    ),
    "EMRT": "cobalt, copper, graphite, lithium, mica and nickel only: nothing for clause 252.225-7052",
}


@dataclass(frozen=True, slots=True)
class Smelter:
    """One smelter or processor that a template names."""

    element: str
    name: str
    country: str | None
    facility_id: str
    mine_country: str
    recycled: str
    row: int


@dataclass(frozen=True, slots=True)
class Template:
    """What an RMI template says, and what it cannot prove.

    `scope` is "company", "product" or "user defined"; only a product scope with a product list speaks of
    parts, and even that names smelters of the supply chain, not of one part.
    """

    kind: str
    file: str
    company: str
    scope: str
    scope_text: str
    signer: str
    effective: date | None
    smelters: tuple[Smelter, ...]
    products: tuple[str, ...]
    cannot: str
    remarks: tuple[str, ...]


def read_rmi(path: Path) -> Template:
    """Read a CMRT, EMRT or AMRT workbook. Raises `InputError` for anything else."""
    data = _bytes(path)
    if kind_of(data, path.name) != "xlsx":
        raise InputError("is no RMI template", mend="give the .xlsx as returned", file=path.name)
    sheets = {name.strip(): rows for name, rows in sheets_of(data, path.name, values=True)}
    declaration = sheets.get("Declaration")
    smelters = next(
        (rows for name, rows in sheets.items() if name.startswith("Smelter List")), None
    )
    if declaration is None or smelters is None:
        raise InputError(
            "has no sheets Declaration and Smelter List",
            mend="give an RMI template CMRT, EMRT or AMRT as returned",
            file=path.name,
        )
    kind = _kind(sheets, path.name, smelters)
    signer, day = (CMRT_SIGNER, CMRT_DATE) if kind == "CMRT" else (AMRT_SIGNER, AMRT_DATE)
    found = tuple(_smelters(smelters))
    scope = _scope(_at(declaration, *SCOPE))
    products = tuple(
        text
        for row in (sheets.get("Product List") or [])[PRODUCT_ROWS_FROM - 1 :]
        if (text := text_of(row[1]) if len(row) > 1 else "")
    )
    remarks = []
    if scope == "company":
        remarks.append("company scope: says nothing about a part, and clears no line")
    elif not products:
        remarks.append("no product list: says nothing about a part")
    if any(s.country is None for s in found):
        remarks.append("smelters that are not listed or not identified have no country")
    return Template(
        kind,
        path.name,
        _at(declaration, *COMPANY),
        scope,
        _at(declaration, *SCOPE_TEXT),
        _at(declaration, *signer),
        _day(_at(declaration, *day)),
        found,
        products,
        CANNOT[kind],
        tuple(remarks),
    )


def _at(rows: Sequence[Sequence[object]], row: int, column: int) -> str:
    if row > len(rows) or column > len(rows[row - 1]):
        return ""
    return text_of(rows[row - 1][column - 1])


def _kind(sheets: dict[str, list[list[object]]], file: str, smelters: list[list[object]]) -> str:
    """Which template it is: by its own name, else by the metals and sheets it has."""
    words = (
        " ".join(
            text_of(cell)
            for name in ("Revision", "Instructions", "Declaration")
            for row in sheets.get(name, [])[:6]
            for cell in row
            if cell is not None
        )
        + f" {file}"
    )
    for kind in ("CMRT", "AMRT", "EMRT"):
        if kind in words:
            return kind
    if "Mine List" not in sheets:
        return "CMRT"
    metals = {s.element for s in _smelters(smelters)}
    return "AMRT" if metals & {"REE", "Ga", "Ge"} else "EMRT"


def _scope(text: str) -> str:
    letter = text.strip()[:1].upper()
    return {"A": "company", "B": "product", "C": "user defined"}.get(letter, "not stated")


def _smelters(rows: Sequence[Sequence[object]]) -> list[Smelter]:
    found = []
    for number, row in enumerate(rows[SMELTER_ROWS_FROM - 1 :], start=SMELTER_ROWS_FROM):
        cells = [text_of(cell) for cell in row] + [""] * 20
        element = ELEMENTS.get(cells[METAL - 1].casefold(), cells[METAL - 1])
        if not element:
            continue
        name = cells[GIVEN - 1] or cells[LOOKUP - 1]
        unknown = any(word in cells[LOOKUP - 1].casefold() for word in NOT_KNOWN)
        read = read_origin(cells[COUNTRY - 1])
        country = read.origins[0].country if len(read.origins) == 1 and not unknown else None
        found.append(
            Smelter(
                element,
                name,
                country,
                cells[CID - 1],
                cells[MINE_COUNTRY - 1],
                cells[RECYCLED - 1],
                number,
            )
        )
    return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


STAGES = {
    "CMRT": "reduced (or melted): the smelter's step to metal",
    "AMRT": "separated or reduced, not told apart",
    "EMRT": "nothing",
}
"""The stage that a template's smelters speak of."""


def evidence_of(template: Template) -> tuple[str, ...]:
    """What a template is evidence of, in sentences, element by element."""
    said = []
    for element in sorted({s.element for s in template.smelters} & {"W", "Ta", "REE", "Ga", "Ge"}):
        named = [s for s in template.smelters if s.element == element]
        countries = sorted({s.country for s in named if s.country})
        open_ones = sum(1 for s in named if s.country is None)
        rest = f", {open_ones} without a country" if open_ones else ""
        said.append(
            f"{template.kind} of {template.company or 'a company not named'} (scope {template.scope}):"
            f" {element} {STAGES[template.kind]} in {', '.join(countries) or 'no country named'}{rest}"
        )
    return (*said, f"{template.kind} cannot prove: {template.cannot}", *template.remarks)
