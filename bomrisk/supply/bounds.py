"""Closed forms for touching a country set: independence, sharp bounds, declarations, known flows.

Plain numbers in and out; each is exact for what it is given. `flow` takes over where routes bind.
Probabilities are 0 to 1; a step's share in the country set is the sum over its countries, which
exclude one another inside a step.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod


@dataclass(frozen=True, slots=True)
class Interval:
    """Least and greatest value of something that the data leave open."""

    low: float
    high: float


UNKNOWN = Interval(0.0, 1.0)
"""A step without a share set."""


def independent(shares: Sequence[float]) -> float:
    """Probability of touching at any step if the steps knew nothing of each other: 1 - Π(1 - pₛ).

    The maximum-entropy coupling of the shares; a point, and no bound: home-bias puts the truth lower.
    """
    return 1.0 - prod(1.0 - share for share in shares)


def any_step(shares: Sequence[Interval]) -> Interval:
    """Sharp bounds of touching at any step, by shares alone: max pₛ to min(1, Σ pₛ) (Fréchet)."""
    return Interval(
        max((share.low for share in shares), default=0.0),
        min(1.0, sum(share.high for share in shares)),
    )


def all_steps(shares: Sequence[Interval]) -> Interval:
    """Sharp bounds of touching at every step: max(0, Σ pₛ - S + 1) to min pₛ."""
    return Interval(
        max(0.0, sum(share.low for share in shares) - len(shares) + 1.0),
        min((share.high for share in shares), default=0.0),
    )


def declared_mass(shares: Sequence[Interval]) -> Interval:
    """Bounds of the world share that meets all declarations: the countries declared at several steps."""
    return all_steps(shares) if shares else Interval(1.0, 1.0)


def any_step_declared(others: Sequence[Interval], declared: Sequence[Interval]) -> Interval:
    """Sharp bounds of touching at the other steps, for units that meet every declaration.

    `declared` holds the world share of each declared country at its step; a country whose share is
    not known has the low end 0. With m the share that meets all: Lⱼ = max(0, (pⱼ + m - 1)/m) and
    Uⱼ = min(1, pⱼ/m); the bounds are max Lⱼ and min(1, Σ Uⱼ). Small m leaves them at 0 to 1: the
    declaration does not constrain the other steps.
    """
    mass = declared_mass(declared).low
    if mass <= 0.0:
        return Interval(
            1.0 if any(share.low >= 1.0 for share in others) else 0.0,
            1.0 if any(share.high > 0.0 for share in others) else 0.0,
        )
    return Interval(
        max((max(0.0, (share.low + mass - 1.0) / mass) for share in others), default=0.0),
        min(1.0, sum(min(1.0, share.high / mass) for share in others)),
    )


def reliable(told: float, prior: float, reliability: float) -> float:
    """What a declaration believed to `reliability` (0 to 1) leaves: r · told + (1 - r) · prior."""
    return reliability * told + (1.0 - reliability) * prior


def mixed(told: Interval, prior: Interval, reliability: float) -> Interval:
    """The same for bounds: low with low, high with high."""
    return Interval(
        reliable(told.low, prior.low, reliability), reliable(told.high, prior.high, reliability)
    )


def first_touch(
    start: Sequence[float],
    transitions: Sequence[Sequence[Sequence[float]]],
    inside: Sequence[Sequence[bool]],
) -> tuple[float, ...]:
    """Mass that enters the country set for the first time at each step, by known transitions.

    `start` are the shares of the first step; `transitions[s][c][d]` the probability of step s + 1 in
    country d after step s in country c; `inside[s][c]` whether that country is in the set. The sum is
    the exact probability of touching (taboo kernel).
    """
    outside = list(start)
    touched = []
    for step, members in enumerate(inside):
        if step:
            matrix = transitions[step - 1]
            outside = [
                sum(outside[c] * matrix[c][d] for c in range(len(matrix)))
                for d in range(len(members))
            ]
        touched.append(sum(m for m, member in zip(outside, members, strict=True) if member))
        outside = [0.0 if member else m for m, member in zip(outside, members, strict=True)]
    return tuple(touched)


def next_shares(start: Sequence[float], matrix: Sequence[Sequence[float]]) -> tuple[float, ...]:
    """Shares of the next step, from this step's and the transition probabilities."""
    return tuple(
        sum(start[c] * matrix[c][d] for c in range(len(start))) for d in range(len(matrix[0]))
    )


def any_lot(touch: float, lots: int) -> float:
    """Probability that at least one of N independent lots touched: 1 - (1 - T)ᴺ. Never a share of mass."""
    return 1.0 - (1.0 - touch) ** lots


def all_lots(touch: float, lots: int) -> float:
    """Probability that all of N independent lots touched."""
    return float(touch**lots)


def touched_mass(touch: Mapping[str, float], mass: Mapping[str, float]) -> float:
    """Expected share of the mass that touched: Σ wₑ Tₑ over the elements. Never the chance of any touch."""
    return sum(weight * touch[element] for element, weight in mass.items())
