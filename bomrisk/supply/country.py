"""Names of countries as suppliers write them, to ISO 3166 alpha-3."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

_ALIASES = {
    "ARE": "uae|u.a.e.|emirates",
    "AUS": "aust|australien|australie",
    "AUT": "oesterreich|österreich|autriche",
    "BEL": "belgique|belgien",
    "BOL": "bolivia",
    "BRA": "brasil|bresil|brasilien",
    "CAN": "kanada",
    "CHE": "schweiz|suisse|svizzera",
    "CHN": "prc|p.r.c|pr china|p.r. china|p. r. china|china prc|prc china|peoples republic of china"
    "|people's republic of china|mainland china|china mainland|chine|cina|kina|中国|中國|中华人民共和国",
    "CIV": "ivory coast|cote d'ivoire",
    "COD": "drc|dr congo|d.r. congo|congo d.r.|congo kinshasa|congo (kinshasa)|democratic republic"
    " of congo|democratic republic of the congo|congo, d.r.|zaire",
    "COG": "congo brazzaville|congo (brazzaville)|republic of congo|republic of the congo",
    "CZE": "czech|czech republic|tschechien",
    "DEU": "deutschland|allemagne|ger|fed. rep. of germany|德国",
    "ESP": "espana|españa|spanien|espagne",
    "EST": "estland|eesti",
    "FIN": "suomi|finnland",
    "FRA": "frankreich|francia|法国",
    "GBR": "uk|u.k.|great britain|britain|england|scotland|wales|northern ireland|eng|england uk"
    "|england, uk|gb",
    "HKG": "hong kong|hongkong|hong kong sar|china hong kong|香港",
    "IRN": "iran|persia",
    "IRL": "eire|republic of ireland",
    "ITA": "italia|italien|italie",
    "JPN": "jp|jap|japon|nippon|日本",
    "KOR": "south korea|s korea|s. korea|korea south|korea, south|korea|rok|republic of korea|korea"
    " republic of|corea|한국|대한민국",
    "LAO": "laos",
    "MAC": "macau|macao sar",
    "MDA": "moldova",
    "MEX": "mexique|mejico|méxico",
    "MKD": "macedonia|north macedonia",
    "MMR": "burma|myanmar (burma)|burma (myanmar)",
    "MYS": "malaisie|malaya",
    "NCL": "new caledonia",
    "NLD": "holland|the netherlands|niederlande|pays-bas",
    "NZL": "nz|new zealand",
    "PHL": "philippines|the philippines|filipinas",
    "POL": "polen|polska|pologne",
    "PRK": "north korea|n korea|n. korea|korea north|korea, north|dprk|d.p.r.k.",
    "ROU": "roumania|rumania",
    "RUS": "russia|russian fed|russian fed.|russland|russie|rf|росси́я|россия|ussr",
    "SVK": "slovakia|slovak republic",
    "SWE": "sverige|schweden",
    "SYR": "syria",
    "TUR": "turkey|türkiye|turkiye|turquie",
    "TWN": "taiwan|taiwan roc|taiwan r.o.c.|roc|r.o.c.|taiwan, province of china|chinese taipei"
    "|taiwan province of china|china taiwan|taiwan china|台湾|台灣",
    "TZA": "tanzania",
    "UKR": "the ukraine",
    "USA": "us|u.s|u.s.|u.s.a|u.s.a.|usa|united states|united states of america|america|u s a"
    "|estados unidos|etats-unis|vereinigte staaten|made in usa|domestic us|puerto rico|美国",
    "VEN": "venezuela",
    "VNM": "vietnam|viet nam|viet-nam|越南",
    "ZAF": "rsa|south africa|s. africa|südafrika|sudafrica",
}
"""Names beyond those of ISO 3166, by alpha-3 code; '|' between them."""


def _key(name: str) -> str:
    """The form in which names are compared: no accents, dots or doubled blanks, lower case."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[.'’,()\-]", " ", plain).split())


@cache
def _names() -> dict[str, str]:
    """Every known name and code, in comparison form, to its alpha-3 code."""
    import pycountry

    names: dict[str, str] = {}
    for country in pycountry.countries:
        code = str(country.alpha_3)
        for attribute in ("name", "official_name", "common_name", "alpha_2", "alpha_3"):
            if name := getattr(country, attribute, None):
                names.setdefault(_key(str(name)), code)
    for code, aliases in _ALIASES.items():
        for alias in aliases.split("|"):
            names[_key(alias)] = code
    return names


@lru_cache(maxsize=65536)
def find_country(name: str) -> str | None:
    """The ISO 3166 alpha-3 code of a name or code in any usual spelling; None if it is not one.

    "Korea" alone is read as South Korea, "Congo" with Kinshasa or D.R. as COD; groups such as "EU"
    are no country and give None.
    """
    key = _key(name)
    return _names().get(key) if key else None


def country_name(code: str) -> str:
    """The short English name of an alpha-3 code, for a sentence; the code itself if it is not one."""
    import pycountry

    usual = {
        "USA": "the United States",
        "GBR": "the United Kingdom",
        "RUS": "Russia",
        "KOR": "South Korea",
        "PRK": "North Korea",
        "IRN": "Iran",
        "VNM": "Vietnam",
        "LAO": "Laos",
        "COD": "Congo (Kinshasa)",
        "TWN": "Taiwan",
        "BOL": "Bolivia",
        "TZA": "Tanzania",
        "CZE": "Czechia",
        "TUR": "Turkey",
        "OTH": "other countries",
    }
    if code in usual:
        return usual[code]
    country = pycountry.countries.get(alpha_3=code)
    return str(country.name) if country else code
