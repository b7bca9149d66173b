"""One answer of a supplier, checked and graded: what it says, for what, and whether it may clear a line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

SCOPE_ORDER = ("company", "part", "lot")
"""From the weakest to the strongest: lot over part over company."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one row says. `origins` are country cells by stage; unreadable ones are left out.

    `clears` is false for an answer that never clears a line (company-wide, qualified wording, inferred,
    unsigned …); `why_not` says why. A refusal has no origins.
    """

    row_id: str
    supplier: str
    part_number: str
    respondent_part: str
    material: str
    contains: str
    scope: str
    lot: str
    origins: Mapping[str, str]
    facilities: Mapping[str, str]
    exception: str
    basis: str
    evidence: Mapping[str, str]
    """Evidence file name to its SHA-256; empty where the file did not come along."""
    known_by: str
    signed_by: str
    signed: date | None
    effective: date | None
    expires: date | None
    reuse: bool
    refusal: str
    clears: bool
    why_not: tuple[str, ...]
    file: str
    sha256: str
    sheet: str
    row: int
    details: Mapping[str, str] = field(default_factory=dict)
    """What else the row and the signature tell, by the keys of the answer sheet: quantity, grade, the
    evidence's issuer, number and date, who did each stage, tier reached, address."""

    @property
    def place(self) -> str:
        """The file and row that it stands in."""
        sheet = f", sheet {self.sheet}" if self.sheet else ""
        return f"{self.file}{sheet}, row {self.row}"

    @property
    def source(self) -> str:
        """The place as the source of a fact, with the lot where it speaks of one only."""
        lot = f", of lot {self.lot} only" if self.scope == "lot" else ""
        return source_of(f"{self.place}{lot}")

    def holds(self, on: date) -> bool:
        """Whether it is in force on a day."""
        begun = self.effective or self.signed
        return (begun is None or begun <= on) and (self.expires is None or on <= self.expires)


def source_of(place: str) -> str:
    """A place as the source of a fact; signs that part facts from each other are taken out of its name."""
    return f"declaration {place}".translate(str.maketrans(";()\n", ",[] "))


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with an answer: where it stands, what it is, and the mend."""

    file: str
    sheet: str
    row: int | None
    what: str
    mend: str

    def __str__(self) -> str:
        sheet = f", sheet {self.sheet!r}" if self.sheet else ""
        row = f", row {self.row}" if self.row is not None else ""
        return f"{self.file}{sheet}{row}: {self.what}; {self.mend}"
