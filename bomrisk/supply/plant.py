"""Plants outside the country set that could do a step of a material."""

from __future__ import annotations

from bomrisk.knowledge import Knowledge
from bomrisk.knowledge.model import Facility
from bomrisk.supply.chain import Chain
from bomrisk.supply.commodity import speaks_of
from bomrisk.supply.route import law_stage

_ORDER = ("operating", "ramping", "commissioning", "under construction", "planned")


def plants_outside(chain: Chain, knowledge: Knowledge, to: frozenset[str]) -> tuple[Facility, ...]:
    """Plants outside the countries that do a stage of the chain on an element or product of it.

    Those that run come first; one that makes only what the material lacks is not named.
    """
    wanted = {branch.element for branch in chain.branches if branch.rare_earth} or {
        branch.element for branch in chain.branches
    }
    wanted |= {step.commodity for step in chain.trunk}
    stages = {step.stage for branch in chain.branches for step in branch.steps}
    stages |= {step.stage for step in chain.trunk}
    found = [
        plant
        for plant in knowledge.facilities
        if set(plant.country.split(";")) - to
        and {law_stage(stage) for stage in plant.stages} & stages
        and speaks_of(plant.products) & wanted
    ]
    return tuple(sorted(found, key=lambda plant: (_rank(plant.status), plant.country, plant.name)))


def _rank(status: str) -> int:
    return next((at for at, word in enumerate(_ORDER) if status.startswith(word)), len(_ORDER))
