"""One table of a sheet → its lines: texts, quantities, masses and costs in columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bomrisk.bom import mass, money, parsing, rows
from bomrisk.bom.columns import ColumnMap
from bomrisk.bom.regions import Region
from bomrisk.bom.sheet import Sheet
from bomrisk.tables import LINES, TEXT_FIELDS

if TYPE_CHECKING:
    import polars as pl

_STAGE_FIELDS = tuple(
    name for name in LINES.names if name.startswith("origin_") or name == "country_of_origin"
)
_JOINED = ("description", "material", "specification", "notes")
"""Fields of which several columns are joined into one text."""
_SAID_IN_NOTES = ("value", "footprint", "category")
"""Columns without a field of their own whose texts may still tell a material."""


@dataclass(frozen=True, slots=True)
class TableLines:
    """The lines of one table, in order, and what else stands in its rows.

    `lines` has the columns of the lines table that stand in the file, and `place`, the row of the
    frame. `keys` has the columns that say the tree, aligned with `lines`. `excluded` has place,
    reason; `notes` has place, kind, text.
    """

    region: Region
    mapping: ColumnMap
    lines: pl.DataFrame
    keys: pl.DataFrame
    excluded: pl.DataFrame
    notes: pl.DataFrame


def read_lines(sheet: Sheet, region: Region, mapping: ColumnMap, decimal: str | None) -> TableLines:
    """Read the rows of one table under its mapping; `decimal` decides where a column does not."""
    import polars as pl

    found = rows.sort_rows(sheet.frame, region, mapping)
    part = sheet.frame.slice(region.first, region.end - region.first).with_columns(
        pl.int_range(region.first, region.end, dtype=pl.UInt32).alias("place"),
        found.kinds.alias("kind"),
    )
    keep = part.filter(pl.col("kind") == rows.LINE)
    if _composition(mapping):
        keep, part = _without_materials(keep, part, mapping)
    excluded = part.filter(pl.col("kind") != rows.LINE).select(
        "place", pl.col("kind").alias("reason")
    )
    lines, notes = _columns(sheet, keep, mapping, decimal)
    remarks = [
        pl.DataFrame(
            found.notes,
            schema={"place": pl.UInt32, "kind": pl.String, "text": pl.String},
            orient="row",
        ),
        *notes,
    ]
    keys = keep.select("place", *_key_columns(mapping))
    return TableLines(
        region,
        mapping,
        lines,
        keys,
        excluded,
        pl.concat(remarks).sort("place", maintain_order=True),
    )


def _composition(mapping: ColumnMap) -> bool:
    return "category" in mapping.main and ("level" in mapping.main or "parent" in mapping.main)


def _without_materials(
    keep: pl.DataFrame, part: pl.DataFrame, mapping: ColumnMap
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows that say what the part above is made of are its material, not pieces of it."""
    import polars as pl

    kind = mapping.main["category"].letter
    is_material = (
        pl.col(kind)
        .str.contains(r"(?i)^\s*(?:raw\s+)?(?:materials?|substances?|werkstoff|mat[ée]riau)\s*$")
        .fill_null(value=False)
    )
    marked = keep.with_columns(is_material.alias("is_material"))
    if not marked.get_column("is_material").any() or marked.get_column("is_material").all():
        return keep, part
    name = mapping.letter("name") or mapping.letter("description") or mapping.letter("part_number")
    marked = marked.with_columns(
        pl.when(~pl.col("is_material")).then(pl.col("place")).forward_fill().alias("owner")
    )
    words = (
        marked.filter("is_material")
        .group_by("owner", maintain_order=True)
        .agg(pl.col(name or kind).drop_nulls().str.join("; ").alias("made_of"))
    )
    pieces = (
        marked.filter(~pl.col("is_material"))
        .join(words, left_on="place", right_on="owner", how="left", maintain_order="left")
        .drop("is_material", "owner")
    )
    places = marked.filter("is_material").get_column("place")
    part = part.with_columns(
        pl.when(pl.col("place").is_in(places.implode()))
        .then(pl.lit("material of the part above"))
        .otherwise("kind")
        .alias("kind")
    )
    return pieces, part


def _key_columns(mapping: ColumnMap) -> list[pl.Expr]:
    import polars as pl

    names = (
        "level",
        "parent",
        "line_key",
        "parent_key",
        "same_as",
        "part_number",
        "name",
        "description",
        "mpn",
        "quantity_total",
    )
    return [
        pl.col(letter).alias(name) if letter else pl.lit(None, pl.String).alias(name)
        for name in names
        for letter in (mapping.letter(name),)
    ]


def _columns(
    sheet: Sheet, keep: pl.DataFrame, mapping: ColumnMap, decimal: str | None
) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    import polars as pl

    typed = sheet.name != ""
    texts = keep.select(
        "place", *(_text(name, mapping, keep.columns) for name in (*TEXT_FIELDS, *_STAGE_FIELDS))
    )
    texts = _stock_numbers(texts, keep, mapping)
    amount, unit, quantity_notes = _quantities(keep, mapping, decimal, typed=typed)
    weighed = mass.masses(_mass_columns(keep, mapping), amount, unit, decimal, typed=typed)
    frame = texts.with_columns(
        amount.alias("quantity"),
        _series(keep, mapping, "quantity").alias("quantity_text"),
        unit.alias("unit"),
        weighed.grams.alias("mass_g"),
        weighed.text.alias("mass_text"),
        *_costs(keep, mapping, decimal, typed=typed),
    )
    place = keep.get_column("place")
    notes = [_notes(place, "quantity", quantity_notes), _notes(place, "mass", weighed.notes)]
    if weighed.unit_unknown and place.len():
        header = mapping.main["mass"].header.text if "mass" in mapping.main else ""
        notes.append(
            _notes(
                place.head(1),
                "mass",
                pl.Series(
                    [
                        f"the column {header!r} does not say its unit: masses without a unit count as unknown"
                    ]
                ),
            )
        )
    return frame, notes


def _notes(place: pl.Series, kind: str, texts: pl.Series) -> pl.DataFrame:
    import polars as pl

    return (
        pl.DataFrame(
            {"place": place, "text": texts}, schema={"place": pl.UInt32, "text": pl.String}
        )
        .filter(pl.col("text").is_not_null())
        .select("place", pl.lit(kind).alias("kind"), "text")
    )


def _text(name: str, mapping: ColumnMap, columns: list[str]) -> pl.Expr:
    """The text of a field: stripped, a lone dash is null, further columns of the field are joined."""
    import polars as pl

    letters = [mapping.main[name].letter] if name in mapping.main else []
    if (
        name == "description"
        and "name" in mapping.main
        and letters == [mapping.main["name"].letter]
    ):
        letters = []
    if name in _JOINED:
        letters += [column.letter for column in mapping.more.get(name, ())]
    extra: list[pl.Expr] = []
    if name == "material" and "made_of" in columns:
        letters.append("made_of")
    if name == "notes":
        extra = [
            pl.lit(f"{mapping.main[role].header.text}: ") + _clean(mapping.main[role].letter)
            for role in _SAID_IN_NOTES
            if role in mapping.main and mapping.main[role].letter not in _lettered(mapping)
        ]
    if not letters and not extra:
        return pl.lit(None, pl.String).alias(name)
    if len(letters) + len(extra) == 1:
        return (_clean(letters[0]) if letters else extra[0]).alias(name)
    separator = " " if name == "material" else "; "
    joined = pl.concat_str(
        [*(_clean(letter) for letter in letters), *extra], separator=separator, ignore_nulls=True
    )
    return pl.when(joined != "").then(joined).alias(name)


def _lettered(mapping: ColumnMap) -> set[str]:
    return {
        mapping.main[name].letter
        for name in ("name", "part_number", "mpn", "description")
        if name in mapping.main
    }


def _clean(letter: str) -> pl.Expr:
    import polars as pl

    text = pl.col(letter).str.strip_chars()
    return pl.when(~text.is_in(["-", "--", "---", "–", "—", "."])).then(text)


def _series(keep: pl.DataFrame, mapping: ColumnMap, name: str) -> pl.Series:
    import polars as pl

    letter = mapping.letter(name)
    if letter is None:
        return pl.Series(name, [None], dtype=pl.String).new_from_index(0, keep.height)
    return keep.get_column(letter).str.strip_chars().alias(name)


def _stock_numbers(texts: pl.DataFrame, keep: pl.DataFrame, mapping: ColumnMap) -> pl.DataFrame:
    """FSC and NIIN from a national stock number, where they have no column of their own."""
    import polars as pl

    if "nsn" not in mapping.main:
        return texts
    digits = _series(keep, mapping, "nsn").str.replace_all(r"[\s\-]", "")
    full = digits.str.contains(r"^\d{4}[0-9A-Z]{9}$")
    frame = texts.with_columns(digits.alias("digits"), full.alias("full"))
    return frame.with_columns(
        pl.coalesce("fsc", pl.when("full").then(pl.col("digits").str.slice(0, 4))).alias("fsc"),
        pl.coalesce("niin", pl.when("full").then(pl.col("digits").str.slice(4))).alias("niin"),
    ).drop("digits", "full")


def _quantities(
    keep: pl.DataFrame, mapping: ColumnMap, decimal: str | None, *, typed: bool
) -> tuple[pl.Series, pl.Series, pl.Series]:
    """Quantity, its unit (column, else cell, else header) and remarks."""
    import polars as pl

    texts = _series(keep, mapping, "quantity")
    sign = parsing.decimal_of(texts, typed=typed, otherwise=decimal)
    found = parsing.amounts(texts, sign)
    named = mapping.main["quantity"].header.unit if "quantity" in mapping.main else None
    frame = pl.DataFrame(
        {"column": _series(keep, mapping, "unit"), "cell": found.get_column("unit")},
    ).select(pl.coalesce("column", "cell", pl.lit(named, pl.String)).alias("unit"))
    return found.get_column("value"), frame.to_series(), found.get_column("note")


def _mass_columns(keep: pl.DataFrame, mapping: ColumnMap) -> mass.MassColumns:
    def column(name: str) -> tuple[pl.Series | None, str | None]:
        if name not in mapping.main:
            return None, None
        return _series(keep, mapping, name), mapping.main[name].header.unit

    each, each_unit = column("mass")
    total, total_unit = column("ext_mass")
    return mass.MassColumns(each, each_unit, total, total_unit, column("mass_unit")[0])


def _costs(
    keep: pl.DataFrame, mapping: ColumnMap, decimal: str | None, *, typed: bool
) -> list[pl.Series]:
    import polars as pl

    result: list[pl.Series] = []
    codes = _series(keep, mapping, "currency")
    by_header: str | None = None
    for name in ("unit_cost", "ext_cost"):
        texts = _series(keep, mapping, name)
        sign = parsing.decimal_of(texts, typed=typed, otherwise=decimal)
        result.append(
            parsing.amounts(texts, sign, money.parse_cost).get_column("value").alias(name)
        )
        if name in mapping.main:
            by_header = by_header or mapping.main[name].header.currency
            codes = (
                pl.DataFrame({"one": codes, "two": money.currency_of(texts)})
                .select(pl.coalesce("one", "two"))
                .to_series()
            )
    frame = pl.DataFrame({"code": codes, "unit_cost": result[0], "ext_cost": result[1]})
    known = pl.col("unit_cost").is_not_null() | pl.col("ext_cost").is_not_null()
    result.append(
        frame.select(
            pl.when(known | pl.col("code").is_not_null())
            .then(pl.coalesce("code", pl.lit(by_header, pl.String)))
            .alias("currency")
        ).to_series()
    )
    return result
