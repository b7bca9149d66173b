"""Bands of risk: which facts put a line where, with thresholds that stand in one table of the knowledge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from bomrisk.supply.words import percent

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

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, str]]) -> Thresholds:
        """The thresholds of the table; a name that it lacks keeps its usual value."""
        given = {row["name"]: float(row["value"]) for row in rows}
        return cls(**{f.name: given[f.name] for f in fields(cls) if f.name in given})


@dataclass(frozen=True, slots=True)
class Exposed:
    """Touch of the country set at any step of one element or product, or of a whole material.

    `where` says in words what touched, and at which step; `controls` name the export controls on it
    that bind the buyer.
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
            words = f"{_least(one)}, under {' and '.join(one.controls)}"
            found.append((one.low, Reason("Critical", words)))
        elif one.low >= thresholds.high_touch_low:
            found.append((one.low, Reason("High", _least(one))))
    if indicator is not None:
        value, words = indicator
        if value >= thresholds.high_indicator:
            found.append((value / 10.0, Reason("High", words)))
        elif value >= thresholds.moderate_indicator:
            found.append((value / 10.0, Reason("Moderate", words)))
    if not any(reason.band == "Critical" for _, reason in found):
        found += _middling(touch, thresholds, bool(found))
    if not found:
        found.append((0.0, _calm(touch, indicator)))
    found.sort(key=lambda item: (-RANK[item[1].band], -item[0], item[1].text))
    return tuple(reason for _, reason in found)


def _middling(touch: Exposed, thresholds: Thresholds, told: bool) -> list[tuple[float, Reason]]:
    """The material as a whole: only said where no part of it says it already."""
    if touch.low >= thresholds.high_touch_low:
        return [] if told else [(touch.low, Reason("High", _least(touch)))]
    if (
        touch.point is not None
        and touch.high >= thresholds.moderate_touch_high
        and touch.point >= thresholds.moderate_touch_point
    ):
        span = f"{_bare(touch.low)} to {percent(touch.high)}"
        words = f"{touch.where} with a probability of {span}, point {percent(touch.point)}"
        return [(touch.point, Reason("Moderate", words))]
    return []


def _calm(touch: Exposed, indicator: tuple[float, str] | None) -> Reason:
    if touch.point is None:
        return Reason("Unknown", f"nobody published where {touch.commodity} comes from")
    words = f"{touch.where} with a probability of {percent(touch.point)}"
    words += f", at most {percent(touch.high)}"
    return Reason("Low", words if indicator is None else f"{words}; {indicator[1]}")


def _least(one: Exposed) -> str:
    return f"{one.where} with a probability of at least {percent(one.low)}"


def _bare(share: float) -> str:
    return percent(share).removesuffix(" %")
