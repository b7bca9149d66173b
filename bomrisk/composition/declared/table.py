"""Sheets of substances: one row per part and substance, in whatever order the columns stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bomrisk.bom.numerals import decimal_sign
from bomrisk.composition.declared.amounts import amount_of, factor_of
from bomrisk.composition.declared.ipc1752 import part_of
from bomrisk.composition.declared.model import (
    Amount,
    DeclaredPart,
    DeclaredSubstance,
    MaterialDeclarations,
    Remark,
)

if TYPE_CHECKING:
    from bomrisk.bom.sheet import Sheet

HEADER_ROWS = 40
"""Rows in which the header is looked for."""

_PART = r"part|item|component|article|product|teil|artikel"
_HEADERS = (
    ("part_mass", rf"^(?:{_PART}) (?:mass|weight|gewicht|masse)\b"),
    ("material_mass", r"^(?:homogeneous )?material (?:mass|weight|amount)\b"),
    ("part_number", r"^(?:(?:manufacturers? |supplier )?(?:part|item|component|article|product) ?"
     r"(?:number|no|num|nr|id|#)?|mpn|p/?n|teile?nummer|artikelnummer|sachnummer)$"),
    ("manufacturer", r"^(?:manufacturer|maker|mfr|supplier|hersteller)(?: name)?$"),
    ("cas", r"^(?:cas|substance cas)(?: ?(?:rn|no|nr|number|#|registry number))*$"),
    ("material", r"^(?:homogeneous material|material|material name|homogeneous material name)$"),
    ("substance", r"^(?:substance|chemical|element|stoff|substance/element)(?: name)?$"),
    ("unit", r"^(?:unit|uom|units|unit of measure|einheit)$"),
    ("share", r"^(?:%|ppm|wt ?%|mass ?%|weight ?%|% ?w/?w|concentration|percent(?:age)?|conc|share|content"
     r"|anteil)(?: .*)?$"),
    ("mass", r"^(?:substance |declared )?(?:mass|weight|amount|masse|gewicht)(?: .*)?$"),
)  # fmt: skip
_QUANTITY = re.compile(r"(?i)(?:qty|quantity|q.ty|menge|anzahl|stk|pieces|pcs|count)\b")
_UNIT = re.compile(r"[(\[]\s*([^)\]]{1,14}?)\s*[)\]]|\bin\s+(\S{1,8})\s*$")


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header of a declaration stands, its columns by field, and its texts by letter."""

    at: int
    columns: Mapping[str, str]
    texts: Mapping[str, str]


def header_of(sheet: Sheet) -> Header | None:
    """The header of a sheet of substances; None if it is no such sheet.

    A declaration names a part, a substance or CAS number, and a mass or share. Beside the mass of the
    substance a bare mass is the part's.
    """
    for at, row in enumerate(sheet.frame.head(HEADER_ROWS).iter_rows(named=True)):
        texts = {letter: " ".join(str(cell).split()) for letter, cell in row.items() if cell}
        found: dict[str, str] = {}
        for letter, text in texts.items():
            field = _field(text)
            if field == "mass" and field in found and "substance" in text.casefold():
                found.setdefault("part_mass", found[field])
                found[field] = letter
            elif field == "mass" and field in found:
                found.setdefault("part_mass", letter)
            elif field:
                found.setdefault(field, letter)
        if (
            "part_number" in found
            and found.keys() & {"substance", "cas"}
            and found.keys() & {"mass", "share"}
        ):
            return Header(at, found, texts)
    return None


def quantity_letter(header: Header | None) -> str | None:
    """The column that counts pieces, as a list of parts has and a declaration has not."""
    if header is None:
        return None
    counts = (letter for letter, text in header.texts.items() if _QUANTITY.match(text))
    return next(counts, None)


def _field(text: str) -> str | None:
    plain = re.sub(r"[(\[].*?[)\]]|[.:*]", " ", text.casefold()).replace("_", " ")
    plain = " ".join(plain.split())
    if not plain and factor_of(text.strip("()[]")):
        return "share"
    return next((field for field, pattern in _HEADERS if re.match(pattern, plain)), None)


def read_sheet(
    sheet: Sheet, file: str, header: Header | None = None
) -> MaterialDeclarations | None:
    """The parts of a sheet; None where it is no sheet of substances. A blank part number repeats the last."""
    header = header or header_of(sheet)
    if header is None:
        return None
    at, columns, texts = header.at, header.columns, header.texts
    parts: dict[tuple[str, str], list[DeclaredSubstance]] = {}
    masses: dict[tuple[str, str], float] = {}
    first_rows: dict[tuple[str, str], int] = {}
    remarks: list[Remark] = []
    last = ("", "")
    reader = _Rows(sheet, columns, texts, at, file, remarks)
    for row, cells in reader:
        number = cells.get("part_number", "")
        key = (number, cells.get("manufacturer", "")) if number else last
        if not (cells.get("substance") or cells.get("cas")):
            last = key
            continue
        if not key[0]:
            remarks.append(
                Remark(file, sheet.name, row, "the substance stands under no part number")
            )
            continue
        last = key
        first_rows.setdefault(key, row)
        mass = reader.mass("part_mass", cells, row)
        if mass is not None and masses.setdefault(key, mass) != mass:
            remarks.append(
                Remark(file, sheet.name, row, f"the mass of {key[0]!r} differs from an earlier row")
            )
        parts.setdefault(key, []).append(reader.substance(cells, row))
    declared = tuple(
        DeclaredPart(
            number,
            maker,
            masses.get((number, maker)),
            tuple(told),
            file,
            sheet.name,
            first_rows[number, maker],
        )
        for (number, maker), told in parts.items()
    )
    return MaterialDeclarations(declared, tuple(remarks))


class _Rows:
    """The rows below a header as cells by field, and what their amounts mean."""

    def __init__(
        self,
        sheet: Sheet,
        columns: Mapping[str, str],
        texts: Mapping[str, str],
        at: int,
        file: str,
        remarks: list[Remark],
    ) -> None:
        self._sheet = sheet
        self._columns = columns
        self._at = at
        self._file = file
        self._remarks = remarks
        self._units = {field: _unit(texts[letter]) for field, letter in columns.items()}
        self._of_part = "share" in columns and bool(
            re.search(r"part|product|component", texts[columns["share"]].casefold())
        )
        self._decimal = (
            decimal_sign(
                (
                    cell
                    for field in ("mass", "share", "part_mass", "material_mass")
                    if field in columns
                    for cell in sheet.frame[columns[field]].slice(at + 1).drop_nulls()
                ),
                typed=sheet.typed,
            )
            or sheet.decimal_hint
            or "."
        )

    def __iter__(self) -> Iterator[tuple[int, dict[str, str]]]:
        frame = self._sheet.frame.select(list(self._columns.values())).slice(self._at + 1)
        rows = self._sheet.rows.slice(self._at + 1)
        for row, values in zip(rows, frame.iter_rows(), strict=True):
            cells = {
                field: " ".join(value.split())
                for field, value in zip(self._columns, values, strict=True)
                if value
            }
            if cells:
                yield int(row), cells

    def mass(self, field: str, cells: Mapping[str, str], row: int) -> float | None:
        """The mass (g) of a cell; null where it is empty or cannot be read, which is remarked."""
        if field not in cells:
            return None
        amount = amount_of(cells[field], self._units[field] or cells.get("unit", ""), self._decimal)
        if amount is None or amount.share or amount.likely is None:
            self._remark(row, f"{cells[field]!r} is no mass with a known unit")
            return None
        return amount.likely

    def substance(self, cells: Mapping[str, str], row: int) -> DeclaredSubstance:
        """The substance of a row; its amount is null, and remarked, where it cannot be read."""
        name, cas = cells.get("substance", ""), cells.get("cas", "")
        amount = self._amount(cells, row)
        return DeclaredSubstance(name, cas, amount, cells.get("material", ""), row)

    def _amount(self, cells: Mapping[str, str], row: int) -> Amount | None:
        for field in ("mass", "share"):
            if field not in cells:
                continue
            unit = self._units[field] or cells.get("unit", "")
            if field == "share" and not factor_of(unit):
                unit = ""
            amount = amount_of(cells[field], unit, self._decimal)
            if amount is None:
                self._remark(
                    row, f"{cells[field]!r} with the unit {unit!r} is no amount: it is unknown"
                )
                return None
            if not amount.share:
                return amount
            if amount.high > 1.0 + 1e-9:
                self._remark(row, f"the share {cells[field]!r} is above 100 %: it is unknown")
                return None
            if "material_mass" in self._columns and not self._of_part:
                mass = self.mass("material_mass", cells, row)
                whole = None if mass is None else Amount(mass, mass, mass)
                return part_of(amount, whole)
            return amount
        self._remark(row, "the substance has neither mass nor share: its amount is unknown")
        return None

    def _remark(self, row: int, text: str) -> None:
        self._remarks.append(Remark(self._file, self._sheet.name, row, text))


def _unit(text: str) -> str:
    """The unit that a header states: in brackets, after "in", or the header itself."""
    for match in _UNIT.finditer(text):
        unit = match[1] or match[2]
        if factor_of(unit):
            return unit
    for word in ("ppm", "%"):
        if word in text.casefold():
            return word
    return ""
