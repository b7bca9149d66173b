"""Concentration of supply: HHI, weighted by governance and trade, or by the mass of elements.

Country shares are 0 to 1 and taken as published, not renormalised; what they leave is a remainder
that counts low (split among countless countries) and high (in one hand).
"""

from __future__ import annotations

from collections.abc import Mapping

from bomrisk.risk.indicator import Indicator, unknown
from bomrisk.supply.concentration import hhi, hhi_of, hhi_range

__all__ = [
    "governance_scaled",
    "hhi",
    "hhi_from_production",
    "hhi_of",
    "hhi_range",
    "mass_weighted",
    "weighted_hhi",
]

WORST_GOVERNANCE = 10.0
"""Scaled governance of an unknown country in an upper bound."""


def hhi_from_production(production: Mapping[str, float]) -> float:
    """HHI (0 to 1) of countries by what they produce, in any one unit."""
    total = sum(production.values())
    return hhi(amount / total for amount in production.values())


def governance_scaled(wgi: float) -> float:
    """World Governance Indicator (mean of six dimensions, -2.5 to 2.5) on the EU scale: 0 best, 10 worst."""
    return 10.0 * (2.5 - wgi) / 5.0


def weighted_hhi(
    shares: Mapping[str, float],
    *,
    governance: Mapping[str, float] | None = None,
    trade: Mapping[str, float] | None = None,
    remainder: float = 0.0,
    remainder_trade: float = 1.0,
) -> Indicator:
    """HHI with each squared share times the country's scaled governance and trade factor.

    HHI_WGI with `governance` (0 to 10, higher is worse), HHI_t with `trade`, HHI_WGI,t with both. A
    country that a given table lacks makes the value unknown, and is named. In the high value the
    remainder is one country of the worst governance and of `remainder_trade`.
    """
    symbol = "HHI" + ("_WGI" if governance is not None else "")
    symbol += (",t" if governance is not None else "_t") if trade is not None else ""
    name = "concentration of supply"
    missing = [
        f"governance of {c}" for c in shares if governance is not None and c not in governance
    ]
    missing += [f"trade factor of {c}" for c in shares if trade is not None and c not in trade]
    if missing:
        return unknown(name, symbol, tuple(missing))
    value = sum(
        share * share * (governance or {}).get(country, 1.0) * (trade or {}).get(country, 1.0)
        for country, share in shares.items()
    )
    worst = WORST_GOVERNANCE if governance is not None else 1.0
    return Indicator(
        name, symbol, value, value, value + remainder * remainder * worst * remainder_trade
    )


def mass_weighted(mass: Mapping[str, float], per_element: Mapping[str, float]) -> Indicator:
    """Mass-weighted mean over elements of an index, such as the HHI_p of Gaultois et al. (2013).

    `mass` holds mass shares that sum to 1; an element without an index makes the mean unknown.
    """
    missing = tuple(f"index of {element}" for element in mass if element not in per_element)
    name, symbol = "mass-weighted concentration of production", "HHI_p"
    if missing:
        return unknown(name, symbol, missing)
    value = sum(share * per_element[element] for element, share in mass.items())
    return Indicator(name, symbol, value, value, value)
