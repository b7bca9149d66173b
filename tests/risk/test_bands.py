"""Bands and their reasons, at and beside every threshold."""

from __future__ import annotations

import pytest

from bomrisk.risk.bands import Exposed, Thresholds, reasons_for

T = Thresholds()


def part(low: float, *controls: str) -> Exposed:
    return Exposed(
        "Sm", low, low, 1.0, "Sm touched the country set (separated, recalled)", controls
    )


def whole(low: float, point: float | None, high: float) -> Exposed:
    return Exposed("magnet", low, point, high, "magnet touched the country set")


def band(*args: object) -> str:
    return reasons_for(*args)[0].band  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("parts", "touch", "indicator", "expected"),
    [
        ([part(0.65, "CN-18")], whole(0.65, 0.8, 1.0), None, "Critical"),
        ([part(0.649, "CN-18")], whole(0.649, 0.8, 1.0), None, "Moderate"),
        ([part(0.65)], whole(0.65, 0.8, 1.0), None, "High"),
        ([], whole(0.65, 0.8, 1.0), None, "High"),
        ([], whole(0.1, 0.2, 0.3), (2.0, "risk"), "High"),
        ([], whole(0.1, 0.2, 0.3), (1.999, "risk"), "Moderate"),
        ([], whole(0.1, 0.2, 0.3), (0.999, "risk"), "Low"),
        ([], whole(0.0, 0.3, 0.65), None, "Moderate"),
        ([], whole(0.0, 0.299, 0.65), None, "Low"),
        ([], whole(0.0, 0.3, 0.649), None, "Low"),
        ([], whole(0.0, None, 1.0), None, "Unknown"),
        ([], whole(0.0, None, 1.0), (2.5, "risk"), "High"),
    ],
)
def test_the_table_of_bands(
    parts: list[Exposed], touch: Exposed, indicator: tuple[float, str] | None, expected: str
) -> None:
    assert band(parts, touch, indicator, T) == expected


def test_reasons_name_the_step_the_grade_and_the_control() -> None:
    first, second = reasons_for(
        [part(0.9, "CN-18-2025")], whole(0.9, 0.95, 1.0), (3.1, "supply risk 3.1"), T
    )
    assert "separated, recalled" in first.text
    assert "CN-18-2025" in first.text
    assert "90 %" in first.text
    assert second.text == "supply risk 3.1"


def test_low_says_the_point_and_the_most() -> None:
    (only,) = reasons_for([], whole(0.0, 0.12, 0.3), (0.4, "supply risk 0.4"), T)
    assert "12 %" in only.text
    assert "30 %" in only.text
    assert "supply risk 0.4" in only.text


def test_thresholds_come_from_the_table_and_may_be_changed() -> None:
    changed = Thresholds.of(
        [{"name": "high_indicator", "value": "5"}, {"name": "else", "value": "1"}]
    )
    assert changed.high_indicator == 5.0
    assert changed.critical_touch_low == 0.65
    assert band([], whole(0.1, 0.2, 0.3), (3.0, "risk"), changed) == "Moderate"
