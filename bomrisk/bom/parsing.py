"""Columns of texts → columns of numbers: each distinct text is understood once and joined back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bomrisk.bom import numerals, quantity

if TYPE_CHECKING:
    import polars as pl

_PLAIN = {
    ".": r"^[-+]?[0-9]{1,15}(?:\.[0-9]+)?$",
    ",": r"^[-+]?[0-9]{1,15}(?:,[0-9]+)?$",
    numerals.BOTH: r"^[-+]?[0-9]{1,15}(?:[.,][0-9]+)?$",
}
"""Digits of ASCII alone: Polars casts no others."""
_EITHER = r"^[-+]?[1-9]\d{0,2}[.,]\d{3}$"
"""A number that both signs could part."""
_MAYBE = r"[1-9][0-9]{0,2}[.,][0-9]{3}(?:[^0-9]|$)"
_ENOUGH = 2500


@dataclass(frozen=True, slots=True)
class Sign:
    """The decimal sign of a column, and a number in it that could be read otherwise, if nothing told."""

    decimal: str
    doubtful: str | None = None


def decimal_of(texts: pl.Series, *, typed: bool, otherwise: str | None) -> str:
    """The decimal sign of one column: by its own texts, else `otherwise`, else the dot."""
    return sign_of(texts, typed=typed, otherwise=otherwise).decimal


def sign_of(texts: pl.Series, *, typed: bool, otherwise: str | None, weighed: bool = False) -> Sign:
    """The decimal sign of one column by its own texts, else `otherwise`, else the dot.

    In a column of quantities or masses (`weighed`) numbers that all have three digits behind the sign
    have three decimals.
    """
    telling = texts.filter(texts.str.contains(r"[.,]").fill_null(value=False))
    if not telling.len():
        return Sign(otherwise or ".")
    plain = _only_sign(telling, typed=typed)
    if plain is not None:
        return Sign(plain)
    telling = telling.unique()
    sure = telling if typed else telling.filter(~telling.str.contains(_EITHER))
    comma = sure.str.contains(",", literal=True)
    some = [*_first(sure.filter(comma)), *_first(sure.filter(~comma))]
    own = numerals.decimal_sign(some, typed=typed)
    if own or otherwise:
        return Sign(own or otherwise or ".")
    either = telling.filter(telling.str.contains(_EITHER)).sort()
    if weighed and not texts.drop_nulls().str.contains(r"^\d{1,3}$").any():
        fixed = numerals.fixed_sign(_first(telling))
        if fixed:
            return Sign(fixed)
    return Sign(".", str(either[0]) if either.len() and "," in str(either[0]) else None)


def _only_sign(telling: pl.Series, *, typed: bool) -> str | None:
    """The sign of a column that has but one, once in each number, and somewhere as no other can stand."""
    comma = telling.str.contains(",", literal=True)
    if comma.any() and not comma.all():
        return None
    if telling.str.contains(r"[.,].*[.,]").any():
        return None
    sign = "," if comma.any() else "."
    if typed and sign == ".":
        return sign
    sure = telling.str.contains(r"^[^\pL]*[0-9][.,][0-9]") & ~telling.str.contains(_MAYBE)
    return sign if sure.any() else None


def _first(texts: pl.Series) -> list[str]:
    return texts.sort().head(_ENOUGH).to_list()


def vote_of(columns: list[pl.Series], *, typed: bool) -> str | None:
    """The decimal sign that the numeric columns of a file agree on, for columns that do not tell."""
    votes = [
        sign
        for texts in columns
        if (sign := numerals.decimal_sign(_telling(texts), typed=typed)) is not None
    ]
    if not votes:
        return None
    commas, dots = votes.count(","), votes.count(".")
    return "," if commas > dots else "." if dots else None


def _telling(texts: pl.Series) -> list[str]:
    some = texts.drop_nulls().head(20_000).unique().sort()
    return some.filter(some.str.contains(r"^[^\pL]*\d[.,]\d")).head(2000).to_list()


def amounts(
    texts: pl.Series, decimal: str, parse: Callable[[str, str], quantity.Amount] = quantity.parse
) -> pl.DataFrame:
    """Columns value, unit, note for the texts, in their order; null stays null.

    Plain numbers are cast by Polars; only what is left is understood text by text, each once.
    """
    import polars as pl

    if texts.null_count() == texts.len():
        schema = {"value": pl.Float64, "unit": pl.String, "note": pl.String}
        return pl.DataFrame({name: [None] for name in schema}, schema=schema).select(
            pl.all().repeat_by(texts.len()).explode()
        )
    frame = pl.DataFrame({"text": texts.cast(pl.String).str.strip_chars()})
    plain = pl.col("text").str.contains(_PLAIN[decimal])
    cast = pl.col("text") if decimal == "." else pl.col("text").str.replace(",", ".", literal=True)
    frame = frame.with_columns(
        pl.when(plain).then(cast).cast(pl.Float64, strict=False).alias("value"),
        plain.fill_null(True).alias("plain"),
    )
    if frame.get_column("plain").all():
        nothing = pl.lit(None, pl.String)
        return frame.select("value", unit=nothing, note=nothing)
    rest = frame.filter(~pl.col("plain")).get_column("text").unique().sort()
    found = [parse(text, decimal) for text in rest.to_list()]
    table = pl.DataFrame(
        {
            "text": rest,
            "value_": [one.value for one in found],
            "unit": [one.unit for one in found],
            "note": [one.note for one in found],
        },
        schema={"text": pl.String, "value_": pl.Float64, "unit": pl.String, "note": pl.String},
    )
    return frame.join(table, on="text", how="left", maintain_order="left").select(
        pl.coalesce("value", "value_").alias("value"), "unit", "note"
    )
