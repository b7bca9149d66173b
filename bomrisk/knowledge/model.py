"""What is known, as values: every figure with its source, its year and its grade of evidence.

These are frozen and slotted. Files are checked by `check`; overlays of a user come through pydantic
models in `overlay`. Nothing here reads a file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Evidence(StrEnum):
    """Grade of a figure: read at its source, computed from such figures, or known but not checked."""

    VERIFIED = "verified"
    DERIVED = "derived"
    RECALLED = "recalled"

    @staticmethod
    def weakest(grades: list[Evidence]) -> Evidence | None:
        """The weakest of the grades; None when there is none."""
        order = list(Evidence)
        return max(grades, key=order.index, default=None)


OTHER = "OTH"
"""Remainder of unknown countries: outside every country set in a lower bound, inside it in an upper."""


@dataclass(frozen=True, slots=True)
class Source:
    """A document or data set: who published it, when, where it stands, and what of it was seen."""

    id: str
    title: str
    publisher: str
    year: str
    locator: str
    seen: str
    kind: str = "document"
    """document, or recalled: no document was checked."""


@dataclass(frozen=True, slots=True)
class Constituent:
    """One element of a material, in weight percent: least, likely (nominal), greatest."""

    element: str
    low: float
    likely: float
    high: float
    balance: bool = False


@dataclass(frozen=True, slots=True)
class Material:
    """An alloy, magnet grade, compound or component material, with its composition and its names.

    `composition` sums to 100 ± 1 by the likely values, or is empty: unknown, on purpose. `codes` are
    (system, code) pairs, the system being uns, ams, astm, mil, en or trade. Patterns stay in the subset
    that Rust's regex and RE2 accept.
    """

    id: str
    name: str
    family: str
    """Class of the material, such as permanent_magnet_ndfeb, ni_superalloy, semiconductor."""
    form: str
    density_g_cm3: float | None
    basis: str
    """ranges, formula, mixture or unknown: where the composition comes from."""
    composition: tuple[Constituent, ...]
    codes: tuple[tuple[str, str], ...]
    synonyms: tuple[str, ...]
    patterns: tuple[str, ...]
    confirm: tuple[str, ...]
    veto: tuple[str, ...]
    formula: str | None
    source_ids: tuple[str, ...]
    evidence: Evidence
    verified_fields: tuple[str, ...]
    note: str
    mixture: str = ""
    """Parts by mass with their ranges, such as ``0.925[0.91-0.94] ZrO2;0.075[0.06-0.09] Y2O3``."""
    origin: str = "bomrisk"
    """'bomrisk', or the name of the overlay file that added or replaced it."""


@dataclass(frozen=True, slots=True)
class Implied:
    """A material that a type of part holds: its share of the part's mass, and how sure that is."""

    material_id: str
    basis: str
    low: float | None
    likely: float | None
    high: float | None
    confidence: float


@dataclass(frozen=True, slots=True)
class PartRule:
    """A type of part that holds materials it does not name, such as a servo motor its magnets."""

    id: str
    part: str
    patterns: tuple[str, ...]
    negative_patterns: tuple[str, ...]
    implies: tuple[Implied, ...]
    confidence: float
    source_ids: tuple[str, ...]
    evidence: Evidence
    note: str
    origin: str = "bomrisk"
    """'bomrisk', or the name of the overlay file that added or replaced it."""


@dataclass(frozen=True, slots=True)
class CountryShare:
    """Share of one country in one step, 0 to 1, with its range where one is known."""

    country: str
    share: float
    low: float
    high: float
    year: str
    evidence: Evidence
    source_ids: tuple[str, ...]
    note: str
    confidence: str = ""
    """high, medium or low, where the figure's own table says so."""


@dataclass(frozen=True, slots=True)
class ShareSet:
    """Who does one stage of one commodity in one year; shares sum to 1, the remainder being `OTH`.

    `commodity` is an element symbol or a product (NdFeB, SmCo, steel); `stage` is the law's word.
    """

    commodity: str
    stage: str
    year: str
    shares: tuple[CountryShare, ...]
    derivation: str = ""
    recommended: bool = True
    origin: str = "bomrisk"

    def share_of(self, countries: frozenset[str]) -> tuple[float, float, float]:
        """Least, point and greatest share of the countries; `OTH` counts in the greatest alone."""
        inside = [s for s in self.shares if s.country in countries]
        outside = [s for s in self.shares if s.country not in countries and s.country != OTHER]
        other = sum(s.high for s in self.shares if s.country == OTHER)
        point = sum(s.share for s in inside)
        least = max(sum(s.low for s in inside), 1.0 - sum(s.high for s in outside) - other)
        greatest = min(1.0, sum(s.high for s in inside) + other, 1.0 - sum(s.low for s in outside))
        return min(max(0.0, least), point), point, max(greatest, point)


@dataclass(frozen=True, slots=True)
class PublishedShare:
    """What one source says of one country at one step: shown beside the others where they disagree."""

    country: str
    share: float
    year: str
    evidence: Evidence
    source_ids: tuple[str, ...]
    recommended: bool
    note: str


@dataclass(frozen=True, slots=True)
class Facility:
    """A mine or plant, with the latest that is known of it."""

    name: str
    company: str
    country: str
    """ISO 3166 alpha-3, ';' between where a group of plants is reported together."""
    location: str
    stages: tuple[str, ...]
    products: str
    status: str
    status_date: str
    capacity: str
    evidence: Evidence
    source_ids: tuple[str, ...]
    note: str
    part_of: str = ""
    """The plant of which this is one line; empty for a plant of its own."""
    earlier_status: str = ""
    """Status before the latest update; empty where there was none."""
    earlier_status_date: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Something dated that touched a supply chain or the law about it."""

    date: date
    kind: str
    title: str
    countries: tuple[str, ...]
    elements: tuple[str, ...]
    stages: tuple[str, ...]
    effect: str
    evidence: Evidence
    source_ids: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class ExportControl:
    """An export control of one state on elements or goods, with the dates on which it binds.

    `elements` holds element symbols, and `graphite` where natural carbon is not what is meant.
    """

    id: str
    state: str
    title: str
    elements: tuple[str, ...]
    buyers: tuple[str, ...]
    """ISO codes of the states whose buyers it binds; empty = all destinations."""
    end_use: str
    """'any', or 'military' when it binds only military users and uses."""
    kind: str
    """licence, ban, quota or technology: what it does to a shipment."""
    trade_factor: str
    """Row of the trade-factor table that applies while it binds: licence, ban, quota, none."""
    effective_from: date
    effective_to: date | None
    suspensions: tuple[tuple[date, date], ...]
    """Windows in which it does not bind, both days included."""
    status: str
    citation: str
    evidence: Evidence
    source_ids: tuple[str, ...]
    note: str

    def suspended(self, on: date) -> bool:
        """Whether it has begun and would bind on the day, were it not suspended."""
        begun = on >= self.effective_from and not (self.effective_to and on > self.effective_to)
        return begun and any(start <= on <= end for start, end in self.suspensions)

    def in_force(self, on: date) -> bool:
        """Whether it binds on the day: begun, not ended, not suspended."""
        if on < self.effective_from or (self.effective_to and on > self.effective_to):
            return False
        return not any(start <= on <= end for start, end in self.suspensions)


@dataclass(frozen=True, slots=True)
class CountrySet:
    """A named set of countries, such as `covered_4872`, with the citation that defines it."""

    name: str
    countries: frozenset[str]
    citation: str
    note: str


@dataclass(frozen=True, slots=True)
class Overlay:
    """A user's own knowledge file as merged: named in every output."""

    file: str
    sha256: str
    added: int
    replaced: int
