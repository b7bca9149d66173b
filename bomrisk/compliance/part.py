"""Facts about one part, in the vocabulary of the rules. A fact that is left out is unknown."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

Item = Literal[
    "magnet",
    "assembly",
    "electronic-device",
    "mill-product",
    "powder",
    "raw-material",
    "fastener",
    "end-item",
]

Platform = Literal["aircraft", "missile", "ship", "vehicle", "weapon", "ammunition"]

MAGNETS = ("smco", "ndfeb")
TUNGSTEN = ("tungsten-powder", "tungsten-heavy-alloy")
UNKNOWN_MAGNET = "unknown-magnet"

HEAVY_ALLOY_W_PCT = 90.0
HEAVY_ALLOY_DENSITY_G_CM3 = 16.5
"""A heavy alloy is at least 90 % tungsten and 16.5 g/cm3 dense (252.225-7052(a))."""

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
"""Stages for which a country can be stated; `feedstock` is where recycled material was collected, and
`milled` where it was milled."""

SYNONYMS = {"refined": "separated", "bonded": "sintered"}


class PartFacts(BaseModel):
    """One part. `origins` maps a stage to the countries (ISO alpha-3) where it was done."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    material: str | None = Field(default=None, description="covered family, such as smco")
    composition: dict[str, float] = Field(default={}, description="element to weight percent")
    item: Item | None = None
    platform: Platform | None = None
    end_item: str | None = None
    origins: dict[str, tuple[str, ...]] = Field(default={})
    cots: bool = False
    incorporated: bool | None = None
    incorporated_in_cots: bool | None = None
    electronic_device: bool = Field(default=False, description="a recorded determination says so")
    recycled: bool = False
    covered_material_weight_pct: float | None = Field(default=None, ge=0, le=100)
    tungsten_weight_pct: float | None = Field(default=None, ge=0, le=100)
    density_g_cm3: float | None = Field(default=None, gt=0)
    cn_origin_value_pct: float | None = Field(default=None, ge=0, le=100)
    specialty_metal_weight_pct: float | None = Field(default=None, ge=0, le=100)
    domestic_purchase_certificate: bool = False
    inferred: bool = Field(default=False, description="the material follows from the type of part")

    @field_validator("origins", mode="before")
    @classmethod
    def _stages(cls, value: object) -> object:
        if not isinstance(value, dict):
            return value
        stages: dict[str, object] = {}
        for word, countries in value.items():
            stage = SYNONYMS.get(word, word)
            if stage not in ORIGIN_STAGES:
                raise ValueError(f"{word!r} is no stage; use one of {', '.join(ORIGIN_STAGES)}")
            stages[stage] = (countries,) if isinstance(countries, str) else countries
        return stages

    @property
    def family(self) -> str | None:
        """The covered family, with tungsten of heavy alloy's make counted as one."""
        heavy = (self.tungsten_weight_pct or 0.0) >= HEAVY_ALLOY_W_PCT and (
            self.density_g_cm3 or 0.0
        ) >= HEAVY_ALLOY_DENSITY_G_CM3
        return (
            "tungsten-heavy-alloy" if self.material == "tungsten-other" and heavy else self.material
        )
