"""How far shares may be off: Dirichlet weights by grade, spread in closed form, seeded Monte Carlo.

Country shares of a step are drawn from Dirichlet(α₀ · share): the mean is the share, α₀ says how sure it is.
Draws are vectorised over scopes and always seeded: the same input gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log, prod, sqrt
from typing import TYPE_CHECKING

from bomrisk.knowledge.model import Evidence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Draws = NDArray[np.float64]

SEED = 4872
DRAWS = 2000


def dirichlet_sd(share: float, alpha0: float) -> float:
    """Standard deviation of one share: sqrt(s (1 - s) / (α₀ + 1))."""
    return sqrt(share * (1.0 - share) / (alpha0 + 1.0))


@dataclass(frozen=True, slots=True)
class Weights:
    """Dirichlet weight α₀ of a share set by its grade; the table `bands` of the knowledge holds them."""

    verified: float = 120.0
    derived: float = 40.0
    recalled: float = 12.0

    @classmethod
    def of(cls, rows: Sequence[Mapping[str, str]]) -> Weights:
        """The weights of the table, by the names dirichlet_verified and so on."""
        given = {
            row["name"].removeprefix("dirichlet_"): float(row["value"])
            for row in rows
            if row["name"].startswith("dirichlet_")
        }
        return cls(**given)

    def weight(
        self, grade: Evidence | None, share: float = 0.5, low: float = 0.5, high: float = 0.5
    ) -> float:
        """α₀ of a set; less where the published range of the share says more doubt than the grade.

        The range is read as two standard deviations to either side.
        """
        usual = float(getattr(self, str(grade or Evidence.RECALLED)))
        spread = (high - low) / 4.0
        if spread <= 0.0 or not 0.0 < share < 1.0:
            return usual
        return max(1.0, min(usual, share * (1.0 - share) / spread**2 - 1.0))


@dataclass(frozen=True, slots=True)
class Spread:
    """Mean, standard deviation, and the 5th and 95th percentile of draws."""

    mean: float
    sd: float
    p05: float
    p95: float


def touch_spread(shares: Sequence[float], alpha0: float) -> Spread:
    """Closed form of 1 - Π(1 - pₛ) under independent errors of the steps; percentiles by seeded draws.

    Each pₛ is Beta(α₀ pₛ, α₀ (1 - pₛ)); Var Π(1 - pₛ) = Π E(1 - pₛ)² - Π (E(1 - pₛ))².
    """
    outside = [1.0 - share for share in shares]
    second = [q * q + q * (1.0 - q) / (alpha0 + 1.0) for q in outside]
    mean = 1.0 - prod(outside)
    sd = sqrt(max(0.0, prod(second) - prod(outside) ** 2))
    draws = touch_draws(shares, [alpha0] * len(shares))
    import numpy as np

    p05, p95 = np.quantile(draws, [0.05, 0.95])
    return Spread(mean, sd, float(p05), float(p95))


def share_draws(
    shares: Sequence[float], alpha0: Sequence[float], draws: int = DRAWS, seed: int = SEED
) -> Draws:
    """Draws of the shares of several steps in a country set: an array (steps, draws), 0 to 1."""
    import numpy as np

    rng = np.random.default_rng(seed)
    p = np.clip(np.asarray(shares, dtype=float), 0.0, 1.0)[:, None]
    a = np.asarray(alpha0, dtype=float)[:, None]
    free = (p > 0.0) & (p < 1.0)
    safe = np.where(free, p, 0.5)
    drawn = rng.beta(a * safe, a * (1.0 - safe), size=(len(p), draws))
    found: Draws = np.where(free, drawn, p)
    return found


def touch_draws(
    shares: Sequence[float], alpha0: Sequence[float], draws: int = DRAWS, seed: int = SEED
) -> Draws:
    """Draws of touching at any of the steps, the steps' errors being independent."""
    import numpy as np

    found: Draws = 1.0 - np.prod(1.0 - share_draws(shares, alpha0, draws, seed), axis=0)
    return found


def pedigree_gsd2_95(factors: Sequence[float], basic: float) -> float:
    """Squared geometric standard deviation of a lognormal quantity from pedigree factors.

    exp(sqrt(Σ ln² U + ln² U_basic)); holds for lognormal quantities only.
    """
    return exp(sqrt(sum(log(u) ** 2 for u in factors) + log(basic) ** 2))
