"""Size and density of a part as columns of their own say them: what a mass can be reckoned from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bomrisk.bom import parsing, units, words
from bomrisk.bom.columns import ColumnMap
from bomrisk.bom.figures import series
from bomrisk.bom.vocabulary import normal

if TYPE_CHECKING:
    import polars as pl

EXTENTS = {"diameter": "OD", "bore": "ID", "length": "L", "width": "W", "height": "H"}
"""Fields of extents, and how each is labelled where the size would not be clear without."""
_BLOCK = ("length", "width", "height")
_HAS_UNIT = r"(?i)[0-9]\s*(?:[mcd]?m|inch|in|ft|\"|мм|см|м|毫米|厘米)(?:[^\pL]|x|$)"
_PER_VOLUME = (
    (r"(?i)\bg\s*/\s*mm", 1000.0),
    (r"(?i)\blbm?s?\s*/\s*(?:in|cu\.? ?in|cubic in)", 27.679904710),
    (r"(?i)\blbm?s?\s*/\s*(?:ft|cu\.? ?ft|cubic f)", 0.01601846337),
    (r"(?i)\bkg\s*/\s*(?:m|cubic m)(?:[^m]|$)", 0.001),
    (r"(?i)\b(?:g\s*/\s*(?:cm|cc|ml|cubic c)|kg\s*/\s*(?:dm|l\b)|t\s*/\s*m)", 1.0),
)
"""Units of density and g/cm3 in one of them, by the definitions of pound, inch and foot."""
PER_CUBIC_METRE = 100.0
"""Solids have 0.1 to 23 g/cm3, which is 100 to 23,000 kg/m3: the number tells which is meant."""
PER_CUBIC_CENTIMETRE = (0.75, 25.0)
"""A smaller number may be lb/in3, of which metals have 0.06 to 0.8."""


def sizes(keep: pl.DataFrame, mapping: ColumnMap, decimal: str | None, *, typed: bool) -> pl.Series:
    """The size of each line in words: "120 mm x 40 mm x 2 mm"; null where no column says one.

    An extent without a unit, in the cell or in the header, stands without one. Extents that are not
    the three of a block are labelled: "OD 12 mm x L 300 mm". A column of whole sizes stands in where
    there are no extents.
    """
    import polars as pl

    whole = _whole(keep, mapping)
    named = [name for name in EXTENTS if name in mapping.main]
    if not named:
        return whole
    boxed = any("bounding" in mapping.main[name].header.text.casefold() for name in named)
    frame = pl.DataFrame(
        [
            _extent(texts, mapping.main[name].header.unit, decimal, typed=typed)
            if name in named
            else texts
            for name in EXTENTS
            for texts in (series(keep, mapping, name),)
        ]
    ).with_columns(whole.alias("whole"))
    plain = pl.concat_str(list(EXTENTS), separator=" x ", ignore_nulls=True)
    labelled = pl.concat_str(
        [pl.lit(f"{label} ") + pl.col(name) for name, label in EXTENTS.items()],
        separator=" x ",
        ignore_nulls=True,
    )
    present = {name: pl.col(name).is_not_null() for name in EXTENTS}
    count = pl.sum_horizontal(present.values())
    block = (count == 3) & pl.all_horizontal(present[name] for name in _BLOCK)
    text = pl.when(block | ((count == 1) & present["length"])).then(plain).otherwise(labelled)
    return frame.select(
        pl.when(count > 0)
        .then(pl.lit("bounding box " if boxed else "") + text)
        .otherwise("whole")
        .alias("size")
    ).to_series()


def _extent(
    texts: pl.Series, header_unit: str | None, decimal: str | None, *, typed: bool
) -> pl.Series:
    """One extent of each line with its unit: "120 mm"; null where it is unknown or 0."""
    import polars as pl

    sign = parsing.sign_of(texts, typed=typed, otherwise=decimal)
    found = parsing.amounts(texts, sign.decimal)
    unit = pl.coalesce("unit", pl.lit(header_unit, pl.String)).fill_null("")
    return found.select(
        pl.when(pl.col("value") > 0)
        .then(pl.format("{} {}", _figure("value"), unit).str.strip_chars())
        .alias(texts.name)
    ).to_series()


def _whole(keep: pl.DataFrame, mapping: ColumnMap) -> pl.Series:
    """Texts of a column of sizes such as Dimensions (mm): "50x20x10 mm"; null where it holds none."""
    import polars as pl

    meant = words.plain("size column")
    for letter, header in mapping.headers.items():
        name = " ".join(word for word in normal(header.text).split() if not units.millimetres(word))
        if name not in meant or letter not in keep.columns:
            continue
        unit = f" {header.unit}" if header.unit and units.millimetres(header.unit) else ""
        text = pl.col(letter).str.strip_chars()
        several = text.str.contains(r"[0-9].*?[^0-9.,\s].*?[0-9]").fill_null(value=False)
        return keep.select(
            pl.when(several)
            .then(pl.when(text.str.contains(_HAS_UNIT)).then(text).otherwise(text + unit))
            .alias("size")
        ).to_series()
    return pl.Series("size", [None], dtype=pl.String).new_from_index(0, keep.height)


def _figure(name: str) -> pl.Expr:
    """A number without the decimals that it does not need."""
    import polars as pl

    return pl.col(name).cast(pl.String).str.replace(r"\.0$", "")


def densities(
    keep: pl.DataFrame, mapping: ColumnMap, decimal: str | None, *, typed: bool
) -> pl.Series:
    """Density of each line's material, g/cm3, as the file states it; null where it does not or cannot be.

    The unit stands in the cell or in the header. Without one the number tells whether g/cm3 or kg/m3
    is meant, as far as no solid can be mistaken.
    """
    import polars as pl

    if "density" not in mapping.main:
        return pl.Series("density_g_cm3", [None], dtype=pl.Float64).new_from_index(0, keep.height)
    texts = series(keep, mapping, "density")
    figures = texts.str.extract(r"^\s*([-+0-9.,]+(?:[eE][-+]?[0-9]+)?)")
    sign = parsing.sign_of(figures, typed=typed, otherwise=decimal, weighed=True)
    header = mapping.main["density"].header.text
    of_header = next((each for unit, each in _PER_VOLUME if re.search(unit, header)), None)
    of_cell = pl.coalesce(
        *(pl.when(pl.col("text").str.contains(unit)).then(each) for unit, each in _PER_VOLUME),
        pl.lit(of_header, pl.Float64),
    )
    value = pl.col("value")
    least, most = PER_CUBIC_CENTIMETRE
    told = (
        pl.when(of_cell.is_not_null())
        .then(value * of_cell)
        .when(value.is_between(least, most))
        .then(value)
        .when(value >= PER_CUBIC_METRE)
        .then(value / 1000.0)
    )
    frame = parsing.amounts(figures, sign.decimal).with_columns(texts.alias("text"))
    return frame.select(
        pl.when(told.is_between(0.0, most, closed="right")).then(told).alias("density_g_cm3")
    ).to_series()
