"""Cost texts → numbers and currencies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bomrisk.bom import numerals, quantity, units

if TYPE_CHECKING:
    import polars as pl

_SIGN = re.compile(
    r"(?i)(?:us|ar|a|c|ca|au|nz|hk|nt|s|r|mx|col|u)?\$|[€£¥₹₽₩₺₪฿₫元円원]"
    r"|\b(?:usd|eur|gbp|cny|rmb|jpy|inr|cad|aud|chf|sek|nok|dkk|pln|czk|rub|brl|ars|mxn|cop|krw|twd|vnd)\b|руб\.?|kč|zł"
)
_TAIL = re.compile(r"(?i)\s*(?:/|per|each|ea|p\.?p\.?|pro)\.?\s*[\w.]*\s*$")
MAY_HAVE_SIGN = r"[^\d.,\s+\-]"
"""A cost text that is not a bare number: it may name its currency."""


def parse_cost(text: str, decimal: str) -> quantity.Amount:
    """Understand one cost cell: "$2,600.00", "1.234,50 €", "12 USD/ea"; the currency is its unit."""
    found = _SIGN.search(text)
    core = _TAIL.sub("", _SIGN.sub(" ", text)).strip().rstrip("-").strip(" .")
    if len(core) > quantity.LONGEST or not re.fullmatch(
        r"[-+]?[\d.,'\s\u00a0\u202f]+(?:[eE][-+]?\d+)?", core
    ):
        return quantity.Amount(None)
    return quantity.Amount(
        numerals.number(core, decimal), units.currency(found[0]) if found else None
    )


def currency_of(texts: pl.Series) -> pl.Series:
    """Currency that each cost text names, null where it names none."""
    import polars as pl

    named = texts.drop_nulls()
    named = named.filter(named.str.contains(MAY_HAVE_SIGN)).unique().sort()
    codes = []
    for text in named.to_list():
        found = _SIGN.search(text)
        codes.append(units.currency(found[0].rstrip(".")) if found else None)
    table = pl.DataFrame(
        {"text": named, "code": codes}, schema={"text": pl.String, "code": pl.String}
    )
    return (
        pl.DataFrame({"text": texts.cast(pl.String)})
        .join(table, on="text", how="left", maintain_order="left")
        .get_column("code")
    )
