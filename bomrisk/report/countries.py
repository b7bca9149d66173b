"""Countries by their everyday English names, as a sentence needs them.

The assessment carries ISO 3166 alpha-3 codes; the ISO names are read from pycountry, and the ones that
nobody says ("Korea, Republic of") are replaced here.
"""

from __future__ import annotations

from functools import cache

OTHER = "OTH"
"""Code of the remainder of unknown countries."""

_SPOKEN = {
    "BOL": "Bolivia",
    "BRN": "Brunei",
    "COD": "Congo (Kinshasa)",
    "COG": "Congo (Brazzaville)",
    "CZE": "Czechia",
    "FSM": "Micronesia",
    "GBR": "United Kingdom",
    "HKG": "Hong Kong",
    "IRN": "Iran",
    "KOR": "South Korea",
    "LAO": "Laos",
    "MAC": "Macau",
    "MDA": "Moldova",
    "MMR": "Myanmar",
    "NCL": "New Caledonia",
    "NLD": "Netherlands",
    "PRK": "North Korea",
    "PSE": "Palestine",
    "RUS": "Russia",
    "SYR": "Syria",
    "TUR": "Turkey",
    "TWN": "Taiwan",
    "TZA": "Tanzania",
    "USA": "United States",
    "VEN": "Venezuela",
    "VNM": "Vietnam",
    OTHER: "not allocated",
}

_WITH_ARTICLE = frozenset(("ARE", "BHS", "CAF", "DOM", "GBR", "GMB", "NLD", "PHL", "USA"))


@cache
def country_name(code: str) -> str:
    """The name of a country by its ISO alpha-3 code; the code itself if it is none."""
    if code in _SPOKEN:
        return _SPOKEN[code]
    import pycountry

    found = pycountry.countries.get(alpha_3=code)
    if found is None:
        return code
    return str(getattr(found, "common_name", found.name))


def in_country(code: str) -> str:
    """The name as it stands after 'in': 'the United States', 'China'."""
    name = country_name(code)
    return f"the {name}" if code in _WITH_ARTICLE else name


def listed(codes: list[str] | tuple[str, ...], joiner: str = "or") -> str:
    """Countries in a sentence: 'China, Iran, North Korea or Russia'."""
    names = sorted(in_country(code) for code in codes)
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {joiner} {names[-1]}"
