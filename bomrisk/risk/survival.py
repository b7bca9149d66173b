"""Time to survive against time to recover (Simchi-Levi et al. 2015): how long stock lasts, what is lost."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf


@dataclass(frozen=True, slots=True)
class Survival:
    """What a disruption of one part does: days until the stock ends, units lost, and whether it hurts.

    `exposed` is true where the stock ends before the supply recovers.
    """

    time_to_survive_days: float
    time_to_recover_days: float
    lost_units: float

    @property
    def exposed(self) -> bool:
        """Whether the stock ends before the supply recovers."""
        return self.time_to_survive_days < self.time_to_recover_days


def time_to_survive_days(
    inventory_units: float, demand_per_day: float, surviving_supply_per_day: float
) -> float:
    """TTS = inventory / (demand - surviving supply); infinite where the surviving supply is enough."""
    gap = demand_per_day - surviving_supply_per_day
    return inf if gap <= 0.0 else inventory_units / gap


def survival(
    *,
    inventory_units: float,
    demand_per_day: float,
    surviving_supply_per_day: float,
    time_to_recover_days: float,
) -> Survival:
    """Time to survive, and the units lost: max(0, TTR - TTS) · (demand - surviving supply)."""
    survives = time_to_survive_days(inventory_units, demand_per_day, surviving_supply_per_day)
    gap = max(0.0, demand_per_day - surviving_supply_per_day)
    lost = 0.0 if survives == inf else max(0.0, time_to_recover_days - survives) * gap
    return Survival(survives, time_to_recover_days, lost)
