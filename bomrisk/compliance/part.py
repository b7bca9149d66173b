"""Facts about one part, in the vocabulary of the rules. A fact that is left out is unknown."""

from __future__ import annotations

import math
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

Item = Literal[
    "magnet",
    "assembly",
    "electronic-device",
    "mill-product",
    "powder",
    "raw-material",
    "fastener",
    "end-item",
    "forging",
    "casting",
    "battery",
    "equipment",
    "technology",
]

Platform = Literal["aircraft", "missile", "ship", "vehicle", "weapon", "ammunition"]

ORIGIN_STAGES = (
    "feedstock",
    "mined",
    "separated",
    "reduced",
    "melted",
    "atomized",
    "milled",
    "powdered",
    "consolidated",
    "sintered",
    "magnetized",
    "manufactured",
)
"""Stages for which a country can be stated; `feedstock` is where recycled material was collected,
`milled` where it was milled, `manufactured` where the end item was made."""

SYNONYMS = {"refined": "separated", "bonded": "sintered"}

STATED = "stated"
"""Where a fact came from when nobody says more."""


class PartFacts(BaseModel):
    """One part. `origins` maps a stage to the cell as written: "CHN", "CN/JP", "60% AU, 40% CN", "unknown".

    `constituents` are origins of single elements, for the mine-to-magnet regime: {"Dy": {"mined": "MMR"}}.
    `sources` says of a fact where it came from, by its name ("cots") or its stage ("origins.melted").
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    material: str | None = Field(
        default=None, description="covered family such as smco, a material id, or an element"
    )
    composition: dict[str, float] = Field(default={}, description="element to weight percent")
    item: Item | None = None
    platform: Platform | None = None
    end_item: str | None = None
    origins: dict[str, str] = Field(default={}, description="stage to country cell")
    constituents: dict[str, dict[str, str]] = Field(
        default={}, description="element to stage to country cell"
    )
    cots: bool = False
    incorporated: bool | None = Field(
        default=None, description="a mill product built into an item; null: not known"
    )
    incorporated_in_cots: bool | None = None
    electronic_device: bool = Field(default=False, description="a recorded determination says so")
    recycled: bool = False
    covered_material_weight_pct: float | None = Field(default=None, ge=0, le=100)
    tungsten_weight_pct: float | None = Field(default=None, ge=0, le=100)
    density_g_cm3: float | None = Field(default=None, gt=0)
    cn_origin_value_pct: float | None = Field(default=None, ge=0, le=100)
    specialty_metal_weight_pct: float | None = Field(default=None, ge=0, le=100)
    domestic_purchase_certificate: bool = False
    usml: bool | None = Field(default=None, description="on the USML or in the 600 series")
    military_company: bool | None = Field(
        default=None, description="supplied by a Communist Chinese military company"
    )
    foreign_entity_cost_pct: float | None = Field(
        default=None, ge=0, le=100, description="battery: cell component cost from a foreign entity"
    )
    hts: str | None = Field(default=None, pattern=r"^\d{4}(\.?\d{2}){0,3}$")
    inferred: bool = Field(default=False, description="the material follows from the type of part")
    sources: dict[str, str] = Field(default={}, description="fact to where it came from")

    @model_validator(mode="before")
    @classmethod
    def _null_is_unsaid(cls, value: object) -> object:
        """A key without a value says no more than a key that is left out."""
        if not isinstance(value, dict):
            return value
        return {key: one for key, one in value.items() if one is not None}

    @field_validator("material", "end_item", "hts", mode="before")
    @classmethod
    def _text(cls, value: object) -> object:
        return str(value) if isinstance(value, int | float) and value is not True else value

    @field_validator("composition")
    @classmethod
    def _percent(cls, value: dict[str, float]) -> dict[str, float]:
        for element, pct in value.items():
            if not (math.isfinite(pct) and 0.0 <= pct <= 100.0):
                raise ValueError(f"{element} has {pct:g} weight percent; give 0 to 100")
        if sum(value.values()) > 101.0:
            raise ValueError(f"the weight percents add up to {sum(value.values()):g}, above 101")
        return value

    @field_validator("origins", mode="before")
    @classmethod
    def _stages(cls, value: object) -> object:
        return _by_stage(value)

    @field_validator("constituents", mode="before")
    @classmethod
    def _stages_of_elements(cls, value: object) -> object:
        if not isinstance(value, dict):
            return value
        return {element: _by_stage(origins) for element, origins in value.items()}

    def source(self, fact: str) -> str:
        """Where a fact came from: a column, a declaration, a flag; "stated" when nobody says more."""
        return self.sources.get(fact, STATED)


def _by_stage(value: object) -> object:
    """Cells by the law's stage words; a list of countries becomes one cell, nothing stays nothing."""
    if not isinstance(value, dict):
        return value
    stages: dict[str, object] = {}
    for word, cell in value.items():
        stage = SYNONYMS.get(word, word)
        if stage not in ORIGIN_STAGES:
            raise ValueError(f"{word!r} is no stage; use one of {', '.join(ORIGIN_STAGES)}")
        if stage in stages:
            raise ValueError(f"{word!r} and another word name the same stage; give it once")
        if cell is not None:
            stages[stage] = "/".join(map(str, cell)) if isinstance(cell, list | tuple) else cell
    return stages
