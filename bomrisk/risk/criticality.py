"""Pieces of other criticality methods: Graedel et al. 2012 (Yale) and the weighted scores of the DOE."""

from __future__ import annotations

from collections.abc import Sequence
from math import log


def global_supply_concentration(hhi_0_to_10000: float) -> float:
    """GSC = 17.5 ln(HHI) - 61.18, on 0 to 100; the HHI on 0 to 10,000."""
    return 17.5 * log(hhi_0_to_10000) - 61.18


def weighted_score(scores: Sequence[float], weights: Sequence[float]) -> float:
    """Weighted mean of scores, as the DOE forms its supply risk (scores 1 to 4)."""
    total = sum(weights)
    return sum(score * weight for score, weight in zip(scores, weights, strict=True)) / total
