"""A published indicator as a value with its range, or unknown with the names of what is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product


@dataclass(frozen=True, slots=True)
class Range:
    """An input that is known within limits: least, likely, greatest."""

    low: float
    likely: float
    high: float


Input = float | Range | None
"""A number, a number with its range, or None: not known."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """The value of an indicator; None where an input is missing, whose names then stand in `missing`.

    `low` and `high` enclose the value over the ranges of the inputs. Unknown is never 0.
    """

    name: str
    symbol: str
    value: float | None
    low: float | None
    high: float | None
    missing: tuple[str, ...] = ()


def evaluate(
    name: str, symbol: str, formula: Callable[..., float], inputs: Mapping[str, Input]
) -> Indicator:
    """Apply a formula to named inputs; the range comes from the corners of the inputs' ranges.

    The corners are exact for a formula that is monotone in each input, as all of them here are.
    """
    missing = tuple(key for key, value in inputs.items() if value is None)
    if missing:
        return Indicator(name, symbol, None, None, None, missing)
    likely = {k: v.likely if isinstance(v, Range) else v for k, v in inputs.items()}
    value = formula(**likely)
    ranged = [k for k, v in inputs.items() if isinstance(v, Range) and v.low != v.high]
    corners = [value]
    for ends in product((0, 1), repeat=len(ranged)):
        corner = dict(likely)
        for key, end in zip(ranged, ends, strict=True):
            limits = inputs[key]
            assert isinstance(limits, Range)  # noqa: S101 - chosen so above
            corner[key] = limits.high if end else limits.low
        corners.append(formula(**corner))
    return Indicator(name, symbol, value, min(corners), max(corners))


def unknown(name: str, symbol: str, missing: tuple[str, ...]) -> Indicator:
    """An indicator that cannot be computed, with the names of what is missing."""
    return Indicator(name, symbol, None, None, None, missing)
