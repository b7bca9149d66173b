"""Who does one step: the share of every country, least, recommended and greatest, summing to one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from bomrisk.knowledge.model import OTHER, Evidence, ShareSet

ROUNDING = 1e-12
"""Differences below this are rounding."""


@dataclass(frozen=True, slots=True)
class Marginal:
    """Country shares of one step, 0 to 1, the remainder explicit as `OTH` and never safe.

    `point` sums to 1; some shares with `low <= share <= high` sum to 1 as well, and every bound is
    reached by such shares. `grade` is the weakest grade of the rows.
    """

    countries: tuple[str, ...]
    low: tuple[float, ...]
    point: tuple[float, ...]
    high: tuple[float, ...]
    grade: Evidence | None = None

    def inside(self, countries: frozenset[str]) -> tuple[float, float, float]:
        """Least, point and greatest share of a country set.

        `OTH` lies outside the set in the least and the point share, and inside it in the greatest.
        """
        rows = list(zip(self.countries, self.low, self.point, self.high, strict=True))
        within = [row for row in rows if row[0] in countries]
        beyond = [row for row in rows if row[0] not in countries and row[0] != OTHER]
        other = sum(row[3] for row in rows if row[0] == OTHER)
        point = sum(row[2] for row in within)
        least = max(sum(row[1] for row in within), 1.0 - sum(row[3] for row in beyond) - other)
        greatest = min(sum(row[3] for row in within) + other, 1.0 - sum(row[1] for row in beyond))
        return (
            min(max(0.0, least), point),
            min(1.0, point),
            max(min(1.0, greatest), min(1.0, point)),
        )

    def of(self, country: str) -> tuple[float, float | None, float]:
        """Least, point and greatest share of one declared country.

        A country without a row of its own lies in `OTH`: its share is above 0 and unknown, the point
        None. The greatest is then 0 where there is no remainder: the declaration contradicts the shares.
        """
        if country in self.countries and country != OTHER:
            at = self.countries.index(country)
            return self.low[at], self.point[at], self.high[at]
        return 0.0, None, self.other()[2]

    def other(self) -> tuple[float, float, float]:
        """Least, point and greatest share of the remainder `OTH`."""
        if OTHER not in self.countries:
            return 0.0, 0.0, 0.0
        at = self.countries.index(OTHER)
        return self.low[at], self.point[at], self.high[at]


@lru_cache(maxsize=4096)
def _marginal(rows: tuple[tuple[str, float, float, float], ...]) -> Marginal:
    """Build the shares; see `marginal_of`."""
    total = sum(share for _, _, share, _ in rows)
    scale = 1.0 / total if total > 1.0 else 1.0
    named = [
        (country, low * scale, share * scale, max(high * scale, share * scale))
        for country, low, share, high in rows
        if country != OTHER
    ]
    other = max(0.0, 1.0 - sum(share for _, _, share, _ in named))
    given = [(low, high) for country, low, _, high in rows if country == OTHER]
    ranged = [row for row in named if row[3] - row[1] > ROUNDING]
    up = sum(high - share for _, _, share, high in ranged)
    down = sum(share - low for _, low, share, _ in ranged)
    loose = [
        (country, low, share, high)
        if high - low > ROUNDING
        else (country, max(0.0, share - up), share, high)
        for country, low, share, high in named
    ]
    if other > ROUNDING or down > ROUNDING:
        low = min([max(0.0, other - up), *(low * scale for low, _ in given)])
        high = max([min(1.0, other + down), *(high * scale for _, high in given)])
        loose.append((OTHER, low, other, high))
    least, most = sum(row[1] for row in loose), sum(row[3] for row in loose)
    lows, highs = [], []
    for _, low, share, high in loose:
        reached_low = min(share, max(low, 1.0 - (most - high)))
        reached_high = max(share, min(high, 1.0 - (least - low)))
        fixed = reached_high - reached_low < ROUNDING
        lows.append(share if fixed else reached_low)
        highs.append(share if fixed else reached_high)
    return Marginal(
        tuple(row[0] for row in loose), tuple(lows), tuple(row[2] for row in loose), tuple(highs)
    )


def marginal_of(shares: ShareSet) -> Marginal:
    """The shares of a step for tracing: the remainder made explicit, ranges made consistent.

    Published shares that add up to less than 1 leave the rest to `OTH`; rounding above 1 is scaled
    away. Where one country has a range, what it gives up goes to `OTH`, and what it takes comes from
    any row without a range of its own: a range that only one row carries must not fix the others.
    """
    merged: dict[str, tuple[float, float, float]] = {}
    for row in sorted(shares.shares, key=lambda row: (row.country == OTHER, row.country)):
        low, share, high = merged.get(row.country, (0.0, 0.0, 0.0))
        merged[row.country] = (low + row.low, share + row.share, high + row.high)
    plain = _marginal(tuple((country, *values) for country, values in merged.items()))
    grade = Evidence.weakest([row.evidence for row in shares.shares])
    return Marginal(plain.countries, plain.low, plain.point, plain.high, grade)
