"""Country codes: ISO 3166 alpha-3, and the few others that the data need, each with its reason."""

from __future__ import annotations

from functools import cache

from bomrisk.knowledge.model import OTHER

SPECIAL = {
    OTHER: "remainder of unknown countries",
    "XKX": "Kosovo: no ISO 3166 code is assigned; the World Bank and the EU use this one",
    "ANT": "Netherlands Antilles, dissolved in 2010: the World Bank still lists them, without figures",
    "WORLD": "total of the world",
    "EU": "the European Union as one trade partner",
}
"""Codes that are no ISO 3166 country."""

BLOCS = frozenset({"WORLD", "EU"})
"""Special codes that stand for several countries: never a country of a share set."""


@cache
def _alpha_3() -> frozenset[str]:
    import pycountry

    return frozenset(country.alpha_3 for country in pycountry.countries)


def is_iso3(code: str) -> bool:
    """Whether the code is an ISO 3166 alpha-3 code that is assigned to a country."""
    return code in _alpha_3()


def is_share_country(code: str) -> bool:
    """Whether the code may stand in a share set: a country, Kosovo or the remainder."""
    return is_iso3(code) or code in ("XKX", OTHER)


@cache
def country_name(code: str) -> str:
    """The short English name of a code, or the code itself where it has none."""
    if code in SPECIAL:
        return SPECIAL[code].split(":", maxsplit=1)[0]
    if not is_iso3(code):
        return code
    import pycountry

    country = pycountry.countries.get(alpha_3=code)
    return str(getattr(country, "common_name", None) or getattr(country, "name", code))
