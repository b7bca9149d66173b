"""One matter to judge: a part, its contract and what is known of both, read once for all rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bomrisk.compliance.classification import Make, make_of
from bomrisk.compliance.contract import ContractFacts
from bomrisk.compliance.origins import Place, read_places
from bomrisk.compliance.part import PartFacts, Platform
from bomrisk.knowledge import Knowledge

OUTLYING = frozenset(("ASM", "GUM", "MNP", "PRI", "UMI", "VIR"))
"""Outlying areas of the United States (FAR 2.101; recalled)."""


@dataclass(frozen=True, slots=True)
class Sets:
    """The country sets that the rules name."""

    covered: frozenset[str]
    """Covered countries of 10 USC 4872(f)(2) and DFARS 225.7001."""
    review: frozenset[str]
    """Hong Kong and Macau: neither statute nor clause names them, a person must decide."""
    qualifying: frozenset[str]
    """Qualifying countries of DFARS 225.003."""
    domestic: frozenset[str]
    """The United States and its outlying areas."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What every rule sees. `places` are the stages with a readable or unreadable country cell."""

    part: PartFacts
    contract: ContractFacts
    make: Make
    places: Mapping[str, Place]
    constituents: Mapping[str, Mapping[str, Place]]
    sets: Sets
    knowledge: Knowledge
    as_of: date

    @property
    def family(self) -> str | None:
        """The covered family, NONE, or None for a material that is not known."""
        return self.make.family

    @property
    def platform(self) -> Platform | None:
        """The platform of the part, else of the contract."""
        return self.part.platform or self.contract.platform

    @property
    def end_item(self) -> str | None:
        """The end item of the part, else of the contract."""
        return self.part.end_item or self.contract.end_item

    def named(self, stages: Iterable[str]) -> tuple[Place, ...]:
        """Those of the stages for which a country is stated, in the order given."""
        return tuple(
            self.places[s] for s in stages if s in self.places and self.places[s].countries
        )

    def inside(self, stages: Iterable[str], countries: frozenset[str]) -> tuple[Place, ...]:
        """Those of the stages that were done in one of the countries, in whole or in part."""
        return tuple(p for p in self.named(stages) if not countries.isdisjoint(p.countries))

    def unreadable(self, stages: Iterable[str]) -> tuple[Place, ...]:
        """Those of the stages whose cell was not understood."""
        return tuple(
            self.places[s] for s in stages if s in self.places and self.places[s].unreadable
        )

    def whole(self, stage: str, countries: frozenset[str]) -> bool:
        """Whether all of a stage is known to have been done in the countries."""
        place = self.places.get(stage)
        return place is not None and place.whole and countries.issuperset(place.countries)

    def fact(self, name: str, said: str | None = None) -> str:
        """A fact of the part as text: what it is, and where it came from."""
        value = getattr(self.part, name)
        text = said or (name.replace("_", " ") if value is True else f"{name} {value}")
        return f"{text} ({self.part.source(name)})"

    def term(self, name: str, said: str | None = None) -> str:
        """A fact of the contract as text; a default is said to be assumed."""
        value = getattr(self.contract, name)
        source = "contract" if name in self.contract.model_fields_set else "assumed"
        return f"{said or f'{name} {value}'} ({source})"

    def material_fact(self) -> str:
        """The material as text, and where it came from."""
        text = f"material {self.make.name}"
        if self.part.inferred:
            return f"{text} (inferred from the type of part)"
        return f"{text} ({self.part.source('material')})"

    def place_facts(self) -> tuple[str, ...]:
        """Every stated stage as a fact, with its source."""
        facts = []
        for place in self.places.values():
            text = place.cell if place.unreadable else "/".join(place.countries)
            rest = ", remainder not stated" if place.remainder else ""
            facts.append(f"{place.stage}={text}{rest} ({place.source})")
        return tuple(facts)


def matter_of(
    part: PartFacts, contract: ContractFacts, knowledge: Knowledge, *, as_of: date
) -> Matter:
    """Read a part and its contract for the rules."""
    sets = knowledge.country_sets
    return Matter(
        part,
        contract,
        make_of(part, knowledge),
        read_places(part.origins, part.sources),
        {
            element: read_places(origins, part.sources, f"constituents.{element}.")
            for element, origins in part.constituents.items()
        },
        Sets(
            sets["covered_4872"].countries,
            sets["review_4872"].countries,
            sets["qualifying_7009"].countries - {"USA"},
            OUTLYING | {"USA"},
        ),
        knowledge,
        as_of,
    )
