"""What a material declaration says: parts, their mass, and the substances in them with an amount each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

FIELD = "declaration"
"""Stands in the column `field` of the materials for what only a declaration names."""


@dataclass(frozen=True, slots=True)
class Amount:
    """How much there is: least, likely and greatest, in g per piece or as a share (0 to 1) of the part.

    `likely` is null where only a bound is declared, as in "< 0.1 %".
    """

    low: float
    likely: float | None
    high: float
    share: bool = False

    def times(self, factor: float, *, share: bool | None = None) -> Amount:
        """The amount multiplied, as grams or share as the caller says."""
        return Amount(
            self.low * factor,
            None if self.likely is None else self.likely * factor,
            self.high * factor,
            self.share if share is None else share,
        )


@dataclass(frozen=True, slots=True)
class DeclaredSubstance:
    """One substance of a part: name and CAS number as written, amount (null: unusable), material, row."""

    name: str
    cas: str
    amount: Amount | None
    material: str = ""
    row: int | None = None

    @property
    def words(self) -> str:
        """Name and number for a person."""
        both = f"{self.name} ({self.cas})" if self.name and self.cas else self.name or self.cas
        return both[:120] or "substance without a name"


@dataclass(frozen=True, slots=True)
class DeclaredPart:
    """What one declaration says of one part: number, maker, mass of a piece (g) and substances.

    Columns on a line name no number: `part_number` is empty, and sheet and row say which line is meant.
    `parent` is the part that holds this one, `pieces` of it, where the file nests parts.
    """

    part_number: str
    manufacturer: str
    mass_g: float | None
    substances: tuple[DeclaredSubstance, ...]
    file: str
    sheet: str = ""
    row: int | None = None
    parent: str = ""
    pieces: float = 1.0

    @property
    def called(self) -> str:
        """The part for a person: its number in quotes, or its row."""
        return repr(self.part_number[:80]) if self.part_number else f"the part in row {self.row}"

    @property
    def place(self) -> str:
        """Where the declaration stands, in words."""
        sheet = f", sheet {self.sheet!r}" if self.sheet else ""
        row = f", row {self.row}" if self.row is not None else ""
        return f"{self.file}{sheet}{row}"


@dataclass(frozen=True, slots=True)
class Remark:
    """What is wrong or odd in a declaration, with its place."""

    file: str
    sheet: str
    row: int | None
    text: str


@dataclass(frozen=True, slots=True)
class MaterialDeclarations:
    """The declared parts of all files, first named first, and remarks on what could not be used."""

    parts: tuple[DeclaredPart, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @classmethod
    def joined(cls, several: Iterable[MaterialDeclarations]) -> MaterialDeclarations:
        """Several as one, in their order."""
        kept = tuple(several)
        return cls(
            tuple(part for one in kept for part in one.parts),
            tuple(remark for one in kept for remark in one.remarks),
        )
