"""Country codes: ISO 3166, and the few others with a reason."""

from __future__ import annotations

import pytest

from bomrisk.knowledge.countries import SPECIAL, country_name, is_iso3, is_share_country


@pytest.mark.parametrize(
    ("code", "iso", "share"),
    [
        ("CHN", True, True),
        ("TWN", True, True),
        ("CN", False, False),
        ("chn", False, False),
        ("QQQ", False, False),
        ("OTH", False, True),
        ("XKX", False, True),
        ("EU", False, False),
        ("WORLD", False, False),
        ("ANT", False, False),
    ],
)
def test_codes(code: str, iso: bool, share: bool) -> None:
    assert is_iso3(code) is iso
    assert is_share_country(code) is share


def test_names() -> None:
    assert country_name("CHN") == "China"
    assert country_name("TWN") == "Taiwan"
    assert country_name("BOL") == "Bolivia"
    assert country_name("XKX") == "Kosovo"
    assert country_name("QQQ") == "QQQ"
    assert all(reason for reason in SPECIAL.values())
