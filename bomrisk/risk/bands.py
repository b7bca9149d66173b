"""Bands of risk: which facts put a line where, with thresholds that stand in one table of the knowledge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

BANDS = ("Low", "Unknown", "Moderate", "High", "Critical")
"""From best to worst. Unknown is worse than Low: what was not judged is not cleared."""

RANK = {band: rank for rank, band in enumerate(BANDS)}


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where the bands begin. Shares and probabilities are 0 to 1, the indicator is EU supply risk.

    The table `bands` of the knowledge holds them by these names, and a user's overlay may change them.
    """

    critical_touch_low: float = 0.65
    high_touch_low: float = 0.65
    high_indicator: float = 2.0
    moderate_indicator: float = 1.0
    moderate_touch_high: float = 0.65
    moderate_touch_point: float = 0.3
    constituent_counts_from: float = 1.0

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, str]]) -> Thresholds:
        """The thresholds of the table; a name that it lacks keeps its usual value."""
        given = {row["name"]: float(row["value"]) for row in rows}
        return cls(**{f.name: given[f.name] for f in fields(cls) if f.name in given})


@dataclass(frozen=True, slots=True)
class Exposed:
    """Facts on one element or product of a material that a band is judged by.

    `low`, `point` and `high` are the touch of the country set at any of its steps; `where` says at
    which step and by which source; `controls` name the export controls in force for the buyer.
    """

    commodity: str
    low: float
    point: float | None
    high: float
    where: str
    controls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a band was given: the band that this fact asks for, and the fact in words."""

    band: str
    text: str


def reasons_for(
    exposed: Iterable[Exposed],
    touch: Exposed,
    indicator: tuple[float, str] | None,
    thresholds: Thresholds,
) -> tuple[Reason, ...]:
    """Every fact that asks for a band, worst band first; at least one.

    `exposed` are the elements and the product that count and are surely there, `touch` the material as
    a whole, `indicator` the supply risk at its bottleneck step with the words for it.
    """
    found: list[tuple[float, Reason]] = []
    for one in exposed:
        if one.low >= thresholds.critical_touch_low and one.controls:
            text = f"{one.where} {_least(one.low)}, under {' and '.join(one.controls)}"
            found.append((one.low, Reason("Critical", text)))
        elif one.low >= thresholds.high_touch_low:
            found.append((one.low, Reason("High", f"{one.where} {_least(one.low)}")))
    if indicator is not None:
        value, words = indicator
        if value >= thresholds.high_indicator:
            found.append((value, Reason("High", words)))
        elif value >= thresholds.moderate_indicator:
            found.append((value, Reason("Moderate", words)))
    if not any(reason.band in ("High", "Critical") for _, reason in found):
        found += _middling(touch, thresholds)
    if not found:
        found.append((0.0, _calm(touch)))
    found.sort(key=lambda item: (-RANK[item[1].band], -item[0], item[1].text))
    return tuple(reason for _, reason in found)


def _middling(touch: Exposed, thresholds: Thresholds) -> list[tuple[float, Reason]]:
    if touch.low >= thresholds.high_touch_low:
        return [(touch.low, Reason("High", f"{touch.where} {_least(touch.low)}"))]
    if (
        touch.point is not None
        and touch.high >= thresholds.moderate_touch_high
        and touch.point >= thresholds.moderate_touch_point
    ):
        span = f"{_pc(touch.low)} to {_pc(touch.high)}"
        text = f"{touch.where} with a probability of {span}, point {_pc(touch.point)}"
        return [(touch.point, Reason("Moderate", text))]
    return []


def _calm(touch: Exposed) -> Reason:
    if touch.point is None:
        return Reason("Unknown", f"nobody published where {touch.commodity} comes from")
    text = f"{touch.where} with a probability of {_pc(touch.point)}, at most {_pc(touch.high)}"
    return Reason("Low", text)


def _least(low: float) -> str:
    return f"with a probability of at least {_pc(low)}"


def _pc(share: float) -> str:
    from bomrisk.supply.words import percent

    return percent(share)
