"""What decides the band of a supply case: exposures, controls, supply risk, and the doubt in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from zlib import crc32

from bomrisk.knowledge import Knowledge
from bomrisk.risk.bands import RANK, Exposed, Reason, Thresholds, reasons_for
from bomrisk.risk.buyer import BuyerView, StepRisk
from bomrisk.risk.uncertainty import SEED, Weights, share_draws
from bomrisk.supply.chain import RARE_EARTHS, Step
from bomrisk.supply.scope import Scope
from bomrisk.supply.tracer import Solution
from bomrisk.supply.world import Value

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ranks = NDArray[np.int8]
    Draws = NDArray[np.float64]

DRAWS = 400


@dataclass(frozen=True, slots=True)
class CaseRisk:
    """The supply risk of a case at its bottleneck, its vector in words, and what is missing."""

    value: float | None
    low: float | None
    high: float | None
    words: str


class CaseJudge:
    """Judges supply cases on one day towards one country set; draws of a step are made once."""

    def __init__(self, knowledge: Knowledge, *, as_of: date, to: frozenset[str]) -> None:
        rows = knowledge.table("bands")
        self.knowledge = knowledge
        self.to = to
        self.thresholds = Thresholds.of(rows)
        self.weights = Weights.of(rows)
        self.view = BuyerView(knowledge, as_of=as_of)
        self.controls = self.view.controls_on()
        self._draws: dict[tuple[str, str], Draws] = {}
        self._risks: dict[tuple[str, str], Draws] = {}

    def reasons(self, solution: Solution) -> tuple[Reason, ...]:
        """Every fact that asks for a band, worst first."""
        risk = self.risk(solution)
        indicator = None if risk.value is None else (risk.value, risk.words)
        return reasons_for(self.exposed(solution), _whole(solution), indicator, self.thresholds)

    def exposed(self, solution: Solution) -> list[Exposed]:
        """The elements and the product that count and are surely in the material."""
        chain = solution.chain
        absent = {branch.element for branch in chain.branches if not branch.certain}
        elements = {branch.element for branch in chain.branches}
        found = []
        steps: list[tuple[Scope, Value]] = []
        for scope, value in zip(solution.scopes, solution.values, strict=True):
            if scope.scope == "step":
                steps.append((scope, value))
            elif scope.commodity is not None:
                if scope.commodity not in absent and steps:
                    named = self._controls(scope.commodity, elements, absent)
                    found.append(_exposed(scope.commodity, value, steps, named))
                steps = []
        return found

    def _controls(self, commodity: str, elements: set[str], absent: set[str]) -> tuple[str, ...]:
        """Controls on an element; on a magnet or alloy those on the rare earths that are surely in it."""
        if commodity in elements:
            return self.controls.get(commodity, ())
        rare = (elements - absent) & RARE_EARTHS
        return tuple(sorted({name for element in rare for name in self.controls.get(element, ())}))

    def risk(self, solution: Solution) -> CaseRisk:
        """EU supply risk at the bottleneck of the elements that count, with the whole vector in words."""
        steps = self.step_risks(solution)
        known = [one for one in steps if one.risk.value is not None]
        missing = sorted(
            {f"{one.commodity}: {', '.join(one.risk.missing)}" for one in steps if one.risk.missing}
        )
        if not known:
            words = f"supply risk unknown: missing {'; '.join(missing)}" if missing else ""
            return CaseRisk(None, None, None, words or "supply risk unknown: no element has shares")
        best: dict[str, StepRisk] = {}
        for one in known:
            best.setdefault(one.commodity, one)
        ranked = sorted(best.values(), key=lambda one: (-(one.risk.value or 0.0), one.commodity))
        top = ranked[0].risk
        vector = ", ".join(f"{o.commodity} {o.stage} {o.risk.value:.1f}" for o in ranked[:4])
        return CaseRisk(top.value, top.low, top.high, f"supply risk seen from the US: {vector}")

    def step_risks(self, solution: Solution) -> list[StepRisk]:
        """Supply risk at every step of the elements that are surely in the material."""
        return [
            one
            for branch in solution.chain.branches
            if branch.certain
            for one in self.view.element(branch.element)
        ]

    # doubt ------------------------------------------------------------------------------------
    def ranks(self, solution: Solution) -> Ranks:
        """Rank of the band in every draw of the shares, by the same thresholds as the band itself.

        The least touch of an element is the greatest drawn share of its steps, scaled to the
        declarations as the least share is; supply risk moves with the square of the leading share.
        """
        import numpy as np

        low = np.zeros(DRAWS)
        critical = np.zeros(DRAWS, dtype=bool)
        exposed = {one.commodity: one for one in self.exposed(solution)}
        least: dict[str, Draws] = {}
        for scope, value in zip(solution.scopes, solution.values, strict=True):
            if scope.step is None or scope.commodity not in exposed:
                continue
            drawn = self._least(scope.step, value)
            before = least.get(scope.commodity)
            least[scope.commodity] = drawn if before is None else np.maximum(before, drawn)
        for commodity, drawn in least.items():
            low = np.maximum(low, drawn)
            if exposed[commodity].controls:
                critical |= drawn >= self.thresholds.critical_touch_low
        risk = self._risk_draws(solution)
        touch = solution.touch
        high = (low >= self.thresholds.high_touch_low) | (risk >= self.thresholds.high_indicator)
        middling = (
            touch.point is not None
            and touch.high >= self.thresholds.moderate_touch_high
            and touch.point >= self.thresholds.moderate_touch_point
        )
        moderate = (risk >= self.thresholds.moderate_indicator) | middling
        calm = RANK["Unknown"] if touch.point is None else RANK["Low"]
        return np.where(
            critical,
            RANK["Critical"],
            np.where(high, RANK["High"], np.where(moderate, RANK["Moderate"], calm)),
        ).astype(np.int8)

    def _least(self, step: Step, value: Value) -> Draws:
        import numpy as np

        if step.marginal is None or value.low >= 1.0 or value.high <= 0.0:
            return np.full(DRAWS, value.low)
        plain = step.marginal.inside(self.to)[0]
        if value.low <= 0.0 < plain:
            return np.zeros(DRAWS)
        drawn = self._step_draws(step)
        mass = 1.0 if value.low >= plain or plain >= 1.0 else (1.0 - plain) / (1.0 - value.low)
        return np.maximum(0.0, (drawn + mass - 1.0) / mass)

    def _step_draws(self, step: Step) -> Draws:
        key = (step.commodity, step.stage)
        if key not in self._draws:
            assert step.marginal is not None  # noqa: S101 - asked only where there are shares
            low, point, high = step.marginal.inside(self.to)
            weight = self.weights.weight(step.marginal.grade, point, low, high)
            seed = SEED + crc32(" ".join(key).encode())
            self._draws[key] = share_draws([point], [weight], DRAWS, seed)[0]
        return self._draws[key]

    def _risk_draws(self, solution: Solution) -> Draws:
        """Draws of the supply risk at the bottleneck."""
        import numpy as np

        worst = np.zeros(DRAWS)
        for one in self.step_risks(solution):
            key = (one.commodity, one.stage)
            if key not in self._risks:
                self._risks[key] = self._one_risk(one)
            worst = np.maximum(worst, self._risks[key])
        return worst

    def _one_risk(self, one: StepRisk) -> Draws:
        """Draws at one step: its leading share drawn, its inputs in their range; 0 where unknown."""
        import numpy as np

        shares = self.knowledge.shares(one.commodity, one.stage)
        leader = max(shares.shares, key=lambda row: row.share) if shares else None
        if one.risk.value is None or leader is None or leader.share <= 0.0:
            return np.zeros(DRAWS)
        weight = self.weights.weight(leader.evidence, leader.share, leader.low, leader.high)
        seed = SEED + crc32(f"{one.commodity} {one.stage} risk".encode())
        drawn = share_draws([leader.share], [weight], DRAWS, seed)[0]
        low, likely, high = one.risk.low or 0.0, one.risk.value, one.risk.high or 0.0
        rng = np.random.default_rng(seed + 1)
        base = rng.triangular(low, likely, high, DRAWS) if high > low else np.full(DRAWS, likely)
        found: Draws = base * (drawn / leader.share) ** 2
        return found


def odds(ranks: Sequence[Ranks], floor: int) -> dict[str, float]:
    """How often the worst of several cases, and of what is certain, falls into each band, worst first.

    The probabilities, 0 to 1, sum to 1; bands that no draw gave are left out.
    """
    import numpy as np

    worst = np.maximum(np.max(np.stack(ranks), axis=0), floor) if ranks else np.array([floor])
    shares = {band: float(np.mean(worst == rank)) for band, rank in RANK.items()}
    return {band: share for band, share in reversed(shares.items()) if share > 0.0}


def _whole(solution: Solution) -> Exposed:
    from bomrisk.supply.declaration import declared_text

    name, told = solution.chain.material.name, declared_text(solution.declared)
    touch = solution.touch
    where = f"{name} touched the country set" + (f" (declared {told})" if told else "")
    return Exposed(name, touch.low, touch.point, touch.high, where)


def _exposed(
    commodity: str, value: Value, steps: Sequence[tuple[Scope, Value]], named: tuple[str, ...]
) -> Exposed:
    scope, _ = max(steps, key=lambda item: item[1].low)
    grade = f", {scope.evidence}" if scope.evidence else ""
    where = f"{commodity} touched the country set ({scope.stage}{grade})"
    return Exposed(commodity, value.low, value.point, value.high, where, named)
