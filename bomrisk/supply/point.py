"""Point estimates along chains: the fitted flows walked forth and back, under what is declared.

Steps without shares are passed over: what is declared of them says nothing about their neighbours. A
declared country without a row of its own is a vanishing part of the remainder, which trades with every
country by the prior; this limit lies inside the bounds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from bomrisk.supply.block import Told
from bomrisk.supply.chain import Step
from bomrisk.supply.coupling import ERROR, Fit, PriorWeights, fit
from bomrisk.supply.route import Route

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[np.float64]

NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Joint:
    """A branch seen from the countries of the alloy it ends in.

    `met` is the chance that the branch meets what is told of it, `touched` the chance that a unit which
    does was touched in the branch; one entry per country of the alloy.
    """

    met: Vector
    touched: Vector


class Coupling:
    """The fitted flow between two steps with shares, ready to be walked; rows are the first step's."""

    def __init__(
        self,
        start: Step,
        end: Step,
        binding: Sequence[Route],
        known: frozenset[tuple[str, str]],
        weights: PriorWeights,
    ) -> None:
        import numpy as np

        assert start.marginal is not None  # noqa: S101 - only steps with shares are coupled
        assert end.marginal is not None  # noqa: S101
        self.start, self.end = start.marginal, end.marginal
        self._kept: dict[tuple[str | None, str | None], Vector] = {}
        self.weights = weights
        self.binding = tuple(binding)
        self.known = known | {(route.from_country, route.to_country) for route in binding}
        self.row = {country: at for at, country in enumerate(self.start.countries)}
        self.column = {country: at for at, country in enumerate(self.end.countries)}
        prior = [
            [
                self.weight(c, d) * share
                for d, share in zip(self.end.countries, self.end.point, strict=True)
            ]
            for c in self.start.countries
        ]
        limits: dict[tuple[int, int], tuple[float, float]] = {}
        for route in binding:
            if route.from_country in self.row and route.to_country in self.column:
                cell = (self.row[route.from_country], self.column[route.to_country])
                base = (
                    self.start.point[cell[0]]
                    if route.basis == "share_of_from"
                    else self.end.point[cell[1]]
                )
                low, high = limits.get(cell, (0.0, 1.0))
                limits[cell] = (max(low, route.low * base), min(high, route.high * base))
        self.fit: Fit = fit(prior, self.start.point, self.end.point, limits)
        self.dropped = self.fit.error > 100 * ERROR
        """True where the recommended shares cannot meet the routes: the point is then without them."""
        if self.dropped:
            self.fit = fit(prior, self.start.point, self.end.point)
        self.flow = np.array(self.fit.flow)
        shares = np.array(self.start.point)
        self.forth = np.divide(
            self.flow, shares[:, None], out=np.zeros_like(self.flow), where=shares[:, None] > 0.0
        )

    def weight(self, start: str, end: str) -> float:
        """Prior weight of a flow between two countries."""
        return self.weights.between(start, end, (start, end) in self.known)

    def transitions(self, start: str | None, end: str | None) -> Vector:
        """Chances from the countries of the first step to those of the second; see `_chances`."""
        key = (start, end)
        if key not in self._kept:
            self._kept[key] = self._chances(start, end)
        return self._kept[key]

    def _chances(self, start: str | None, end: str | None) -> Vector:
        """Chances from the countries of the first step to those of the second; a declared one alone.

        For a declared country without a row the column holds chances up to a common factor, which
        cancels in every conditional probability.
        """
        import numpy as np

        if start is None or start in self.row:
            rows = slice(None) if start is None else slice(self.row[start], self.row[start] + 1)
            if end is None or end in self.column:
                forth: Vector = self.forth[rows, self._columns(end)]
                return forth
            scale = np.array(self.fit.rows) / np.maximum(np.array(self.start.point), 1e-300)
            weights = np.array([self.weight(c, end) for c in self.start.countries])
            column: Vector = (scale * weights)[rows, None]
            return column
        if end is not None and end not in self.column:
            return np.ones((1, 1))
        weights = np.array([self.weight(start, d) for d in self.end.countries])
        row = weights * np.array(self.end.point) * np.array(self.fit.columns)
        row = row / row.sum() if row.sum() > 0.0 else row
        found: Vector = row[None, self._columns(end)]
        return found

    def _columns(self, end: str | None) -> slice:
        return slice(None) if end is None else slice(self.column[end], self.column[end] + 1)


@lru_cache(maxsize=4096)
def _members(countries: tuple[str, ...], to: frozenset[str]) -> Vector:
    """1 for each country in the set, 0 for the others."""
    import numpy as np

    return np.array([country in to for country in countries], dtype=float)


@lru_cache(maxsize=4096)
def _outside(countries: tuple[str, ...], to: frozenset[str]) -> Vector:
    """1 for each country outside the set, 0 for the others."""
    found: Vector = 1.0 - _members(countries, to)
    return found


class Walk:
    """A path of steps with shares, in one world: each declared step is its one country."""

    def __init__(
        self, steps: Sequence[Step], couplings: Sequence[Coupling], told: Told, to: frozenset[str]
    ) -> None:
        import numpy as np

        self.told = told
        self.inside: list[Vector] = []
        self.outside: list[Vector] = []
        self.possible = True
        """Whether the shares and flows leave anything to what is told."""
        for at, step in enumerate(steps):
            assert step.marginal is not None  # noqa: S101 - a walk is over steps with shares
            names = (told[at],) if at in told else step.marginal.countries
            if at in told and step.marginal.of(told[at])[2] <= 0.0:
                self.possible = False
            self.inside.append(_members(names, to))
            self.outside.append(_outside(names, to))
        first = steps[0].marginal
        assert first is not None  # noqa: S101
        if 0 not in told:
            self.start: Vector = np.array(first.point)
        else:
            own = told[0] in first.countries
            self.start = np.array([first.point[first.countries.index(told[0])] if own else 1.0])
        self.steps = [
            coupling.transitions(told.get(at), told.get(at + 1))
            for at, coupling in enumerate(couplings)
        ]
        self.plain = self._pass(frozenset())
        self.total = float(self.plain[-1].sum())
        """Mass that meets all that is told."""
        self.possible = self.possible and self.total > 0.0

    def forward(self, avoid: frozenset[int] = frozenset()) -> list[Vector]:
        """Mass at every country of every step, of units that avoided the set at the given steps so far."""
        return self._pass(avoid) if avoid else self.plain

    def _pass(self, avoid: frozenset[int]) -> list[Vector]:
        mass = self.start
        found = []
        for at, outside in enumerate(self.outside):
            if at:
                mass = mass @ self.steps[at - 1]
            if at in avoid:
                mass = mass * outside
            found.append(mass)
        return found

    def step_touches(self) -> list[float]:
        """Chance of each step in the country set, among units that meet all that is told."""
        import numpy as np

        forward = self.forward()
        behind: Vector = np.ones(len(self.inside[-1]))
        found = [0.0] * len(self.inside)
        for at in range(len(self.inside) - 1, -1, -1):
            if at < len(self.inside) - 1:
                behind = self.steps[at] @ behind
            both = forward[at] * behind
            total = float(both.sum())
            found[at] = float((both * self.inside[at]).sum()) / total if total > 0.0 else 0.0
        return found

    def touch(self, targets: frozenset[int]) -> float:
        """Chance of the set at any target step, among units that meet all that is told."""
        if self.total <= 0.0:
            return 0.0
        return 1.0 - float(self.forward(targets)[-1].sum()) / self.total

    def joint(self, targets: frozenset[int], untold: Walk) -> Joint:
        """The same from the countries of the last step; `untold` is the walk without the branch's told."""
        import numpy as np

        met, kept = self.forward()[-1], self.forward(targets)[-1]
        base = untold.forward()[-1]
        zeros = np.zeros_like(met)
        return Joint(
            np.divide(met, base, out=zeros.copy(), where=base > 0.0),
            1.0 - np.divide(kept, met, out=np.ones_like(met), where=met > 0.0),
        )


def joined_touch(trunk: Walk, groups: Sequence[Sequence[Joint]], told_by: Joint | None) -> float:
    """Touching anywhere: the trunk's countries, each with its branches.

    Branches of one group are one event (rare earths come from one separator); groups are independent
    given the country of the alloy. `told_by` is the branch that carries what is told of the branches.
    """
    import numpy as np

    every = frozenset(range(len(trunk.inside)))
    weight = np.ones_like(trunk.start) if told_by is None else told_by.met
    untouched = np.ones_like(trunk.start)
    for group in groups:
        untouched = untouched * (1.0 - np.max([one.touched for one in group], axis=0))
    met = _carried(trunk, trunk.start * weight, frozenset())
    kept = _carried(trunk, trunk.start * weight * untouched, every)
    return 1.0 - kept / met if met > 0.0 else 0.0


def _carried(trunk: Walk, start: Vector, avoid: frozenset[int]) -> float:
    mass = start
    for at, outside in enumerate(trunk.outside):
        if at:
            mass = mass @ trunk.steps[at - 1]
        if at in avoid:
            mass = mass * outside
    return float(mass.sum())


def known_pairs(
    rows: Sequence[Mapping[str, str]], start: Step, end: Step, day: str
) -> frozenset[tuple[str, str]]:
    """Pairs of countries between which a documented route runs on the day, for two steps' commodities."""
    from bomrisk.supply.commodity import speaks_of
    from bomrisk.supply.route import law_stage

    found = set()
    for row in rows:
        if (row["date_from"] or "0") > day or (row["date_to"] or "9999") < day:
            continue
        ends = {law_stage(part) for part in row["to_stage"].split(";")}
        if law_stage(row["from_stage"]) != start.stage or end.stage not in ends:
            continue
        if speaks_of(row["commodity"]) & {start.commodity, end.commodity}:
            found.add((row["from_country"], row["to_country"]))
    return frozenset(found)
