"""Facts about the contract: dates, value, clauses, place of use, waivers and determinations."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

CLAUSES = {"252.225-7052": "MAY 2024", "252.225-7009": "JAN 2023"}
"""Clause editions that are assumed when a contract does not say."""

THRESHOLDS_USD = (
    (date(2025, 10, 1), 350_000.0, "FAC 2025-06, 90 FR 41872"),
    (date.min, 250_000.0, "FAR 2.101 to 2025-09-30"),
)
"""Simplified acquisition threshold by date of award: from when, USD, source."""


class _Facts(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Waiver(_Facts):
    """A waiver of the government: under which authority, for how long and how many."""

    authority: str
    signed: date
    until: date | None = None
    quantity: str | None = None


class Determination(_Facts):
    """A nonavailability determination: individual for one contract, class for several."""

    kind: Literal["individual", "class"]
    contract: str | None = None
    end_item: str | None = None
    material: str | None = None
    signed: date
    until: date | None = None
    mitigation_plan: bool | None = None


class ContractFacts(_Facts):
    """The contract under which a part is delivered. What is left out is unknown or the stated default."""

    id: str | None = None
    clauses: dict[str, str] = Field(default=CLAUSES)
    award: date = date(2025, 11, 3)
    delivery: date | None = None
    value_usd: float = Field(default=5_000_000.0, ge=0)
    acquired_in: str = Field(default="USA", pattern="^[A-Z]{3}$")
    used_in: str = Field(default="USA", pattern="^[A-Z]{3}$")
    ship_from: str | None = Field(default=None, pattern="^[A-Z]{3}$")
    ship_to: str | None = Field(default=None, pattern="^[A-Z]{3}$")
    ship_date: date | None = None
    entry_date: date | None = None
    end_use: Literal["military", "civil"] | None = None
    waivers: tuple[Waiver, ...] = ()
    determinations: tuple[Determination, ...] = ()
    strict_constituents: bool = True

    @property
    def threshold_usd(self) -> float:
        """The simplified acquisition threshold on the day of award."""
        return next(usd for start, usd, _ in THRESHOLDS_USD if self.award >= start)

    @property
    def overseas(self) -> bool:
        """Whether the item is bought and used outside the United States."""
        return self.acquired_in != "USA" and self.used_in != "USA"

    def as_text(self) -> dict[str, str]:
        """Every fact as text, with 'assumed' behind what the contract did not say."""
        texts = {}
        for name in type(self).model_fields:
            value = self.model_dump(mode="json")[name]
            if isinstance(value, dict):
                value = "; ".join(f"{key} ({edition})" for key, edition in sorted(value.items()))
            elif isinstance(value, list):
                value = "; ".join(
                    ", ".join(f"{k} {v}" for k, v in entry.items() if v is not None)
                    for entry in value
                )
            if value in (None, ""):
                value = "not stated"
            elif name not in self.model_fields_set:
                value = f"{value} (assumed)"
            texts[name] = str(value)
        return texts


def contract_for(contract: ContractFacts | None, *, delivery: date | None) -> ContractFacts:
    """The contract's facts with the day of delivery of a flag, which outranks the file."""
    facts = contract or ContractFacts()
    return facts.model_copy(update={"delivery": delivery}) if delivery else facts
