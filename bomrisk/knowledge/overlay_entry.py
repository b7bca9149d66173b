"""The form of a user's own knowledge file: its sections, and the fields of their entries."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from bomrisk.tables import STAGES


def _year_text(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Identity = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.:+-]*$", max_length=80)]
Text = Annotated[str, Field(min_length=1, max_length=4000)]
Year = Annotated[str, BeforeValidator(_year_text), Field(pattern=r"^(19|20)\d\d(-(19|20)\d\d)?$")]
Portion = Annotated[float, Field(ge=0.0, le=1.0, allow_inf_nan=False)]
Percent = Annotated[float, Field(ge=0.0, le=100.0, allow_inf_nan=False)]
Grade = Literal["verified", "derived", "recalled"]


def _stage(value: str) -> str:
    if value not in STAGES:
        raise PydanticCustomError("stage", "there is no stage {given}", {"given": repr(value)})
    return value


Stage = Annotated[str, AfterValidator(_stage)]


class Entry(BaseModel):
    """An entry of any section: no field that is not known, and no text in the place of a number."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class SourceEntry(Entry):
    """A document that the file's entries cite."""

    id: Identity
    title: Text
    publisher: str = ""
    year: Annotated[str, BeforeValidator(_year_text)] = ""
    locator: Text
    seen: Text
    kind: Literal["document", "recalled"] = "document"


class ShareEntry(Entry):
    """One country's share of one step; the rows of a step form its set."""

    commodity: Identity
    stage: Stage
    country: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    share: Portion
    low: Portion | None = None
    high: Portion | None = None
    year: Year
    evidence: Grade
    source: Identity
    note: str = ""


class MaterialEntry(Entry):
    """A material in the form of the shipped files; `composition` gives low, likely, high weight percent."""

    id: Identity
    name: Text
    family: Identity
    form: Text = "unknown"
    density_g_cm3: Annotated[float, Field(gt=0.0, le=30.0, allow_inf_nan=False)] | None = None
    basis: Literal["ranges", "formula", "mixture", "unknown"]
    formula: str | None = None
    mixture: str = ""
    composition: dict[Identity, Annotated[list[Percent], Field(min_length=3, max_length=3)]]
    balance: list[Identity] = []
    codes: dict[Identity, list[Text]] = {}
    synonyms: list[Text] = []
    patterns: list[Text] = []
    confirm: list[Text] = []
    veto: list[Text] = []
    source: Identity
    evidence: Grade
    verified_fields: list[Text] = []
    note: str = ""


class ImpliedEntry(Entry):
    """A material that a type of part holds."""

    material: Identity
    basis: Literal["mass_fraction_of_part", "kg_per_kW"] = "mass_fraction_of_part"
    low: Annotated[float, Field(ge=0.0, allow_inf_nan=False)] | None = None
    likely: Annotated[float, Field(ge=0.0, allow_inf_nan=False)] | None = None
    high: Annotated[float, Field(ge=0.0, allow_inf_nan=False)] | None = None
    confidence: Portion


class PartRuleEntry(Entry):
    """A type of part and what it implies."""

    id: Identity
    part: Text
    patterns: Annotated[list[Text], Field(min_length=1)]
    negative_patterns: list[Text] = []
    implies: Annotated[list[ImpliedEntry], Field(min_length=1)]
    confidence: Portion
    source: Identity
    evidence: Grade
    note: str = ""


class BandEntry(Entry):
    """A new value for a parameter of the table `bands`."""

    name: Identity
    value: Annotated[float, Field(ge=0.0, allow_inf_nan=False)]
    source: Identity
    note: str = ""


SECTIONS: dict[str, type[Entry]] = {
    "sources": SourceEntry,
    "materials": MaterialEntry,
    "part_rules": PartRuleEntry,
    "shares": ShareEntry,
    "bands": BandEntry,
}
"""Sections of the file and the form of their entries."""
