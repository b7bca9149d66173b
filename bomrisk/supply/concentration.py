"""Herfindahl-Hirschman index of the countries in a step, with the remainder counted both ways."""

from __future__ import annotations

from collections.abc import Iterable

from bomrisk.supply.bounds import Interval
from bomrisk.supply.marginal import Marginal


def hhi(shares: Iterable[float]) -> float:
    """Sum of the squared shares (0 to 1), as published: not renormalised."""
    return sum(share * share for share in shares)


def hhi_range(named: Iterable[float], remainder: float) -> Interval:
    """The index with the remainder split among countless countries, and with it in one hand."""
    low = hhi(named)
    return Interval(low, low + remainder * remainder)


def hhi_of(marginal: Marginal) -> Interval:
    """The index of a step at its recommended shares, `OTH` being the remainder."""
    other = marginal.other()[1]
    named = [s for c, s in zip(marginal.countries, marginal.point, strict=True) if c != "OTH"]
    return hhi_range(named, other)
