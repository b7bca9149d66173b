"""The point: the flow of least relative entropy to a home-first, known-route prior, under the same facts.

With the shares of both steps given, the flow nearest to a prior K is F[c, d] = a[c] K[c, d] b[d], found by
iterative proportional fitting; routes hold single cells between limits, which then stand at the limit.
Along a chain whose steps all have shares the problem falls apart into neighbouring pairs, because each
pair's shares are given: the chain of the fitted pairs is the least-entropy flow of the whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bomrisk.knowledge.model import OTHER

ERROR = 1e-11
"""Largest difference that is left between a flow and the shares it must meet."""
ROUNDS = 20000
DIVERGED = 1e120
"""Scales beyond this never come back: the sums cannot be met."""

Matrix = tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class PriorWeights:
    """How much likelier a flow is than any other before the shares are known; judgement, as data."""

    home: float = 10.0
    route: float = 10.0
    other: float = 1.0

    @classmethod
    def of(cls, rows: Sequence[Mapping[str, str]]) -> PriorWeights:
        """The weights of the table `bands` (prior_home, prior_route, prior_other)."""
        given = {
            row["name"]: float(row["value"]) for row in rows if row["name"].startswith("prior_")
        }
        usual = cls()
        return cls(
            given.get("prior_home", usual.home),
            given.get("prior_route", usual.route),
            given.get("prior_other", usual.other),
        )

    def between(self, start: str, end: str, known: bool) -> float:
        """The weight of one flow; the remainder of unknown countries has no home."""
        if start == end and start != OTHER:
            return self.home
        return self.route if known else self.other


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted flow between two steps with the scales of its rows and columns.

    `flow[c][d]` sums to 1; `error` is the largest difference to the shares. `rows` and `columns` extend
    the flow to a country that has no share of its own.
    """

    flow: Matrix
    rows: tuple[float, ...]
    columns: tuple[float, ...]
    error: float


def fit(
    prior: Sequence[Sequence[float]],
    rows: Sequence[float],
    columns: Sequence[float],
    limits: Mapping[tuple[int, int], tuple[float, float]] | None = None,
) -> Fit:
    """The flow of least relative entropy to `prior` with the given row and column sums and cell limits.

    `limits` hold single cells between two masses. Cells of prior 0 stay 0. Where the sums cannot be met
    the error stays above `ERROR`: the caller must look at it, since nothing here converges silently.
    """
    held: dict[tuple[int, int], float] = {}
    found = _scaled(prior, rows, columns, held)
    for _ in range(4 * len(limits or ()) + 1):
        changed = _step_of_active_set(found, prior, limits or {}, held)
        if not changed:
            break
        found = _scaled(prior, rows, columns, held)
    return found


def _step_of_active_set(
    found: Fit,
    prior: Sequence[Sequence[float]],
    limits: Mapping[tuple[int, int], tuple[float, float]],
    held: dict[tuple[int, int], float],
) -> bool:
    """Hold the cell that breaks its limit most, or let go one that no longer presses against it."""
    worst, cell, value = 1e-12, None, 0.0
    for (c, d), (low, high) in limits.items():
        free = found.rows[c] * prior[c][d] * found.columns[d]
        if (c, d) in held:
            pressed = held[c, d] - free if held[c, d] == low else free - held[c, d]
            if pressed < -1e-12 and low < high:
                del held[c, d]
                return True
            continue
        for limit, gap in ((low, low - found.flow[c][d]), (high, found.flow[c][d] - high)):
            if gap > worst:
                worst, cell, value = gap, (c, d), limit
    if cell is None:
        return False
    held[cell] = value
    return True


def _scaled(
    prior: Sequence[Sequence[float]],
    rows: Sequence[float],
    columns: Sequence[float],
    held: Mapping[tuple[int, int], float],
) -> Fit:
    """Iterative proportional fitting with some cells held at a value."""
    import numpy as np

    kernel = np.array(prior, dtype=float)
    fixed = np.zeros_like(kernel)
    for (c, d), value in held.items():
        kernel[c, d] = 0.0
        fixed[c, d] = value
    need_rows = np.maximum(np.asarray(rows, dtype=float) - fixed.sum(axis=1), 0.0)
    need_columns = np.maximum(np.asarray(columns, dtype=float) - fixed.sum(axis=0), 0.0)
    a, b = np.ones(len(rows)), np.ones(len(columns))
    error = np.inf
    for _ in range(ROUNDS):
        sums = kernel @ b
        a = np.divide(need_rows, sums, out=np.zeros_like(a), where=sums > 0.0)
        sums = a @ kernel
        b = np.divide(need_columns, sums, out=np.zeros_like(b), where=sums > 0.0)
        flow = a[:, None] * kernel * b[None, :] + fixed
        error = max(
            float(np.abs(flow.sum(axis=1) - rows).max()),
            float(np.abs(flow.sum(axis=0) - columns).max()),
        )
        if error < ERROR or a.max() > DIVERGED or b.max() > DIVERGED:
            break
    return Fit(
        tuple(tuple(float(v) for v in row) for row in flow),
        tuple(float(v) for v in a),
        tuple(float(v) for v in b),
        float(error),
    )


def entropy(flow: Sequence[Sequence[float]], prior: Sequence[Sequence[float]]) -> float:
    """Relative entropy Σ F ln(F / K) of a flow to a prior, in nats."""
    from math import inf, log

    total = 0.0
    for row, weights in zip(flow, prior, strict=True):
        for value, weight in zip(row, weights, strict=True):
            if value > 0.0:
                total += value * log(value / weight) if weight > 0.0 else inf
    return total
