"""Facts about the contract: dates, value, clauses, place of use, waivers and determinations."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from bomrisk.compliance.part import Platform

CLAUSES = {"252.225-7052": "MAY 2024", "252.225-7009": "JAN 2023"}
"""Clause editions that are assumed when a contract does not say."""

THRESHOLDS_USD = (
    (date(2025, 10, 1), 350_000.0, "FAC 2025-06, 90 FR 41872"),
    (date.min, 250_000.0, "FAR 2.101 to 2025-09-30"),
)
"""Simplified acquisition threshold by date of award: from when, USD, source."""

CONTINGENCY_USD = 1_000_000.0
CONTINGENCY_ABROAD_USD = 2_000_000.0
HUMANITARIAN_USD = 650_000.0
"""The threshold in support of such operations (FAR 2.101)."""

_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_EDITION = re.compile(r"^([A-Z]{3})[A-Z]* (\d{4})(?:\s*\(.*\))?$")


def _text(value: object) -> object:
    return str(value) if isinstance(value, int | float) and value is not True else value


def _edition(value: object) -> object:
    """An edition as clauses print it, "MAY 2024"; a day becomes its month."""
    if isinstance(value, date):
        return f"{_MONTHS[value.month - 1]} {value.year}"
    text = " ".join(str(value).upper().split())
    if edition_month(text) is None:
        raise ValueError(f"{value!r} is no clause edition such as 'MAY 2024'")
    return text


def edition_month(edition: str) -> tuple[int, int] | None:
    """Year and month of an edition such as "MAY 2024"; None if it is none."""
    found = _EDITION.match(edition.upper())
    if found is None or found.group(1) not in _MONTHS:
        return None
    return int(found.group(2)), _MONTHS.index(found.group(1)) + 1


Text = Annotated[str, BeforeValidator(_text)]
Edition = Annotated[str, BeforeValidator(_edition)]
Country = Annotated[str, Field(pattern="^[A-Z]{3}$")]


class _Facts(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Waiver(_Facts):
    """A waiver of the government: under which authority, for how long and how many."""

    authority: Text
    signed: date | None = None
    until: date | None = None
    quantity: Text | None = None


class Determination(_Facts):
    """A nonavailability determination: individual for one contract, class for several.

    `authority` tells a specialty-metals determination (225.7003-3(b)(5)) from one under 225.7018-3(d),
    which is meant where it is left out: neither serves the other family.
    """

    kind: Literal["individual", "class"]
    contract: Text | None = None
    end_item: Text | None = None
    material: Text | None = None
    signed: date | None = None
    until: date | None = None
    mitigation_plan: bool | None = None
    authority: Text | None = None


class ContractFacts(_Facts):
    """The contract under which a part is delivered. What is left out is unknown or the stated default.

    A span of deliveries has its first day in `delivery` and its last in `delivery_until`; a file may
    write it as ``delivery: 2026-11-01/2027-02-28``. An explicit null is unknown, defaults included.
    """

    id: Text | None = None
    clauses: dict[str, Edition] = Field(default=CLAUSES)
    award: date | None = date(2025, 11, 3)
    delivery: date | None = None
    delivery_until: date | None = Field(default=None, description="last day of a span")
    value_usd: float | None = Field(default=5_000_000.0, ge=0, allow_inf_nan=False)
    acquired_in: Country | None = "USA"
    used_in: Country | None = "USA"
    platform: Platform | None = Field(default=None, description="of parts that do not say theirs")
    end_item: Text | None = Field(default=None, description="of parts that do not say theirs")
    operation: Literal["combat", "contingency", "humanitarian", "none"] | None = None
    ship_from: Country | None = None
    ship_to: Country | None = None
    ship_date: date | None = None
    entry_date: date | None = None
    end_use: Literal["military", "civil"] | None = None
    program: Literal["new", "standard", "existing"] | None = Field(
        default=None, description="of the battery rule"
    )
    waivers: tuple[Waiver, ...] = ()
    determinations: tuple[Determination, ...] = ()
    strict_constituents: bool = True

    @model_validator(mode="before")
    @classmethod
    def _span(cls, value: object) -> object:
        """Split a span of deliveries into its first and last day."""
        if not isinstance(value, dict):
            return value
        told = value.get("delivery")
        days = told.split("/") if isinstance(told, str) else told
        if not isinstance(days, list | tuple) or len(days) != 2:
            return value
        return {**value, "delivery": days[0], "delivery_until": days[1]}

    @model_validator(mode="after")
    def _in_order(self) -> ContractFacts:
        if self.delivery_until and (self.delivery is None or self.delivery_until < self.delivery):
            raise ValueError("the last day of delivery is not behind the first")
        return self

    @property
    def threshold_usd(self) -> float | None:
        """The simplified acquisition threshold on the day of award; None where that day is unknown."""
        if self.operation in ("combat", "contingency"):
            return CONTINGENCY_USD if self.acquired_in in ("USA", None) else CONTINGENCY_ABROAD_USD
        if self.operation == "humanitarian":
            return HUMANITARIAN_USD
        award = self.award
        if award is None:
            return None
        return next(usd for start, usd, _ in THRESHOLDS_USD if award >= start)

    @property
    def overseas(self) -> bool:
        """Whether the item is bought and used outside the United States; both must be stated."""
        places = (self.acquired_in, self.used_in)
        return all(place is not None and place != "USA" for place in places)

    @property
    def last_delivery(self) -> date | None:
        """The last day of delivery; the day itself where no span is given."""
        return self.delivery_until or self.delivery

    def duty_day(self) -> date | None:
        """The day of entry that sets US duties: as stated, else the delivery."""
        return self.entry_date or self.delivery

    def as_text(self) -> dict[str, str]:
        """Every fact as text, with 'assumed' behind what the contract did not say."""
        texts = {}
        for name, value in self.model_dump(mode="json").items():
            shown = value
            if isinstance(value, dict):
                shown = "; ".join(f"{key} ({edition})" for key, edition in sorted(value.items()))
            elif isinstance(value, list):
                shown = "; ".join(
                    ", ".join(f"{k} {v}" for k, v in entry.items() if v is not None)
                    for entry in value
                )
            if shown in (None, ""):
                shown = "not stated"
            elif name not in self.model_fields_set:
                shown = f"{shown} (assumed)"
            texts[name] = str(shown)
        return texts


def contract_for(contract: ContractFacts | None, *, delivery: date | None) -> ContractFacts:
    """The contract's facts with the day of delivery of a flag, which outranks the file."""
    facts = contract or ContractFacts()
    if delivery is None:
        return facts
    return facts.model_copy(update={"delivery": delivery, "delivery_until": None})


def months_after(day: date, months: int) -> date:
    """The day that many months later; the last of a shorter month."""
    year, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + year, month + 1, 1)
    end = date(first.year + first.month // 12, first.month % 12 + 1, 1) - timedelta(days=1)
    return first.replace(day=min(day.day, end.day))
