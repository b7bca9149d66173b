"""The stack of US duties by HTS number, origin and day of entry."""

from __future__ import annotations

from datetime import date

import pytest

from bomrisk.compliance.duty import dotted, stack, total_pct, under

MAGNET = "8505.11.00.70"


def rates(hts: str, origin: str, day: str) -> dict[str, float | None]:
    return {layer.rule: layer.rate_pct for layer in stack(hts, origin, date.fromisoformat(day))}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-02-03", {}),
        ("2025-02-04", {"US-IEEPA-FENT": 10.0}),
        ("2025-03-03", {"US-IEEPA-FENT": 10.0}),
        ("2025-03-04", {"US-IEEPA-FENT": 20.0}),
        ("2025-04-05", {"US-IEEPA-FENT": 20.0, "US-IEEPA-RECIP": 10.0}),
        ("2025-04-09", {"US-IEEPA-FENT": 20.0, "US-IEEPA-RECIP": 84.0}),
        ("2025-04-10", {"US-IEEPA-FENT": 20.0, "US-IEEPA-RECIP": 125.0}),
        ("2025-05-14", {"US-IEEPA-FENT": 20.0, "US-IEEPA-RECIP": 10.0}),
        ("2025-09-07", {"US-IEEPA-FENT": 20.0, "US-IEEPA-RECIP": 10.0}),
        ("2025-09-08", {"US-IEEPA-FENT": 20.0}),
        ("2025-11-10", {"US-IEEPA-FENT": 10.0}),
        ("2026-01-01", {"US-301-MAG": 25.0, "US-IEEPA-FENT": 10.0}),
        ("2026-02-23", {"US-301-MAG": 25.0, "US-IEEPA-FENT": 10.0}),
        ("2026-02-24", {"US-301-MAG": 25.0}),
        ("2026-07-23", {"US-301-MAG": 25.0}),
        ("2026-07-24", {"US-301-MAG": 25.0, "US-301-FL": None}),
    ],
)
def test_a_sintered_magnet_of_china_through_time(
    day: str, expected: dict[str, float | None]
) -> None:
    assert rates(MAGNET, "CHN", day) == {"HTS column 1": 2.1, **expected}


def test_the_peak_of_2025_adds_up() -> None:
    assert total_pct(stack(MAGNET, "CHN", date(2025, 4, 10))) == pytest.approx(147.1)
    assert total_pct(stack(MAGNET, "CHN", date(2026, 9, 1))) is None


def test_rare_earth_metal_is_free_of_most() -> None:
    assert rates("2805300020", "CHN", "2025-04-10") == {"HTS column 1": 5.0, "US-IEEPA-FENT": 20.0}
    assert rates("2805.30.00.20", "CHN", "2026-03-01") == {"HTS column 1": 5.0}


def test_the_surcharge_of_section_122() -> None:
    assert rates("8505.11.00.50", "JPN", "2026-03-01") == {"HTS column 1": 2.1, "US-S122": None}
    assert rates("8101.10.00", "AUT", "2026-03-01") == {"HTS column 1": 7.0, "US-S122": 10.0}
    assert rates("8101.10.00", "USA", "2026-03-01") == {"HTS column 1": 7.0}


def test_numbers_with_and_without_dots() -> None:
    assert dotted("8505110070") == MAGNET
    assert under("8505110070", "8505.11")
    assert not under("8505.20", "8505.11")
    assert rates("9999.99", "JPN", "2026-09-01") == {"HTS column 1": None}
