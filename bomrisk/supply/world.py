"""Worlds: what each declaration leaves open, spelled out as single countries and mixed back.

A declaration may name several countries, with or without shares, and may be believed only in part.
Each combination of single countries is a world; the results of the worlds are mixed: with known
weights where shares or a reliability give them, else by the worst of the range for bounds and by the
world's own shares for the point.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bomrisk.supply.declaration import Declared

World = Mapping[str, str]
"""Stage to the one country in which it happened, for the declared stages of a world."""


@dataclass(frozen=True, slots=True)
class Value:
    """Least, point and greatest probability of one scope; the point is None where nothing is known."""

    low: float
    point: float | None
    high: float


Values = tuple[Value, ...]
Solve = Callable[[World], Values]
Weight = Callable[[str, str], float | None]
"""Share of the world's supply at a stage that one country has; None if it is not known."""

MOST_WORLDS = 64
"""Combinations of declared countries that are spelled out; beyond that the last stages stay undeclared."""


def solve_worlds(declared: Sequence[Declared], solve: Solve, weight: Weight) -> Values:
    """Mix the results of all worlds that the declarations leave open."""
    kept: list[Declared] = []
    worlds = 1
    for one in declared:
        worlds *= len(one.origins) + (one.reliability < 1.0)
        if worlds <= MOST_WORLDS:
            kept.append(one)
    return _expand(tuple(kept), 0, {}, solve, weight)


def _expand(
    declared: tuple[Declared, ...], at: int, world: dict[str, str], solve: Solve, weight: Weight
) -> Values:
    if at == len(declared):
        return solve(world)
    one = declared[at]

    def under(country: str | None) -> Values:
        inner = dict(world) if country is None else {**world, one.stage: country}
        return _expand(declared, at + 1, inner, solve, weight)

    if one.reliability == 0.0:
        return under(None)
    told = _told(one, under, weight)
    return told if one.reliability == 1.0 else mix([told, under(None)], _pair(one.reliability))


def _pair(reliability: float) -> list[float]:
    return [reliability, 1.0 - reliability]


def _told(one: Declared, under: Callable[[str | None], Values], weight: Weight) -> Values:
    """The declaration taken as true: one country, a mix by shares, or one of several."""
    countries = [origin.country for origin in sorted(one.origins)]
    if len(one.origins) == 1 and one.origins[0].share is None:
        return under(countries[0])
    results = [under(country) for country in countries]
    shares = [origin.share for origin in sorted(one.origins)]
    if all(share is not None for share in shares):
        weights = [share or 0.0 for share in shares]
        rest = 1.0 - sum(weights)
        if rest > 0.005:
            return mix([*results, under(None)], [*weights, rest])
        return mix(results, [w / sum(weights) for w in weights])
    known = [weight(one.stage, country) for country in countries]
    even = [1.0] * len(countries)
    weights = even if any(not w for w in known) else [w or 0.0 for w in known]
    points = mix(results, [w / sum(weights) for w in weights])
    return tuple(
        Value(min(r[i].low for r in results), point.point, max(r[i].high for r in results))
        for i, point in enumerate(points)
    )


def mix(results: Sequence[Values], weights: Sequence[float]) -> Values:
    """The mixture of results by weights that sum to 1; a point that one of them lacks stays None."""
    mixed = []
    for values in zip(*results, strict=True):
        points = [value.point for value in values]
        known = [point for point in points if point is not None]
        mixed.append(
            Value(
                _weighted([value.low for value in values], weights),
                _weighted(known, weights) if len(known) == len(points) else None,
                _weighted([value.high for value in values], weights),
            )
        )
    return tuple(mixed)


def _weighted(values: Sequence[float], weights: Sequence[float]) -> float:
    total = sum(weight * value for weight, value in zip(weights, values, strict=True))
    return min(max(values), max(min(values), total))
