"""Cost texts → numbers and currencies."""

from __future__ import annotations

import re

from bomrisk.bom import units, words
from bomrisk.bom.numerals import CORE, number, tidy
from bomrisk.bom.quantity import LONGEST, Amount

_CODES = (
    "usd|eur|gbp|cny|rmb|jpy|inr|cad|aud|chf|sek|nok|dkk|pln|czk|rub|brl|ars|mxn|cop|clp|krw|twd"
    "|vnd|sgd|hkd|try|ils|thb|zar|nzd|myr|uah|huf|php|idr"
)
_SIGN = re.compile(
    rf"(?i)(?<![^\W\d_])(?:us|ar|a|c|ca|au|nz|hk|nt|s|r|mx|col|u)?\s?\$|(?:cn)?¥|[€£₹₽₩₺₪฿₫₴元円원]"
    rf"|(?<![^\W\d_])(?:{_CODES}|kč|zł|руб(?:лей|ля|ль)?|р(?=\.)|грн|rs(?=\.|\s?\d)|fr(?=\.)|kr|euros?|(?:us\s)?dollars?)"
    r"(?![^\W\d_])\.?"
)
_COUNT = re.compile(
    r"(?i)\s*(?:/|per|pro|je|за|每)\s*(?:10|100|1[.,' ]?000|hundred|thousand|hundert|tausend)\b"
    r"\s*[^\W\d]*\.?$"
)
_TAIL = re.compile(r"(?i)\s*(?:(?:/|\bper\b|\bpro\b|\bje\b|за)\s*[^\W\d]+|each|ea|p\.?p)\.?$")
_NO_CENTS = re.compile(r"[.,](?:-{1,2}|–|—)$")
_WITHOUT_CENTS = frozenset(("JPY", "KRW", "VND", "IDR", "CLP", "COP", "HUF"))
"""Currencies whose prices have no decimals, so that 12.500 is 12,500."""
_THOUSANDS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_ASIDE = re.compile(r"\s*[(\[][^)\]]*[)\]]$")
_ABOUT = re.compile(rf"(?i)^(?:{words.pattern('approximate')})\s*")
_NUMBER = re.compile(rf"({CORE})[.,]?")


def parse_cost(text: str, decimal: str) -> Amount:
    """Understand one cost cell: "$2,600.00", "1.234,50 €", "12 USD/ea"; the currency is its unit.

    A price for 100 or 1,000 pieces, "2.50/100", is that of one of them.
    """
    clean = tidy(text)
    if len(clean) > LONGEST or not any(char.isdigit() for char in clean):
        return Amount(None)
    found = _SIGN.search(clean)
    core = " ".join(_ASIDE.sub("", _SIGN.sub(" ", clean)).split())
    count = _COUNT.search(core)
    pieces = units.per_count(count[0]) if count else 1.0
    core = _TAIL.sub("", core[: count.start()] if count else core).strip()
    rounded = _ABOUT.sub("", _NO_CENTS.sub("", core).strip())
    match = _NUMBER.fullmatch(rounded)
    code = units.currency(found[0]) if found else None
    if code in _WITHOUT_CENTS and match and _THOUSANDS.fullmatch(match[1]):
        decimal = "." if "," in match[1] else ","
    value = number(match[1], decimal) if match else None
    if value is None:
        return _unknown(clean, "is not understood")
    if value < 0:
        return _unknown(clean, "is below zero")
    return Amount(value / pieces, code)


def _unknown(clean: str, why: str) -> Amount:
    return Amount(None, None, f"cost {clean[:60]!r} {why}: it counts as unknown")
