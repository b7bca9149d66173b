"""One table of a sheet → its lines: texts, quantities, masses and costs in columns."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bomrisk.bom import alternates, costs, figures, mass, rows, sizes
from bomrisk.bom.codes import with_zeros
from bomrisk.bom.columns import ColumnMap
from bomrisk.bom.fieldtexts import texts_of
from bomrisk.bom.folding import folded
from bomrisk.bom.oddrows import LINE
from bomrisk.bom.regions import Region
from bomrisk.bom.sheet import Sheet
from bomrisk.bom.stagger import merged

if TYPE_CHECKING:
    import polars as pl

_KEYS = (
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
    "multiplier",
    "rank",
    "smr",
)
"""Fields that say the tree and the choice among alternates."""


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
    alternates: pl.DataFrame
    """Columns place, rank, part_number, manufacturer: other parts that the row permits."""

    def with_makers(self, listed: pl.DataFrame) -> TableLines:
        """The table with makers by part number: `listed` has part_number, rank, manufacturer, mpn."""
        import polars as pl

        own = self.lines.select("place", "part_number", has="mpn").drop_nulls("part_number")
        joined = own.join(listed, on="part_number", maintain_order="left")
        other = joined.filter(pl.col("mpn").ne_missing(pl.col("has")))
        first = joined.filter((pl.col("rank") == 1) & pl.col("has").is_null())
        more = other.filter((pl.col("rank") > 1) | pl.col("has").is_not_null()).select(
            "place",
            rank=(pl.int_range(2, pl.len() + 2).over("place")).cast(pl.UInt32),
            part_number="mpn",
            manufacturer="manufacturer",
        )
        named = first.select("place", new_mpn="mpn", new_maker="manufacturer")
        lines = (
            self.lines.join(named, on="place", how="left", maintain_order="left")
            .with_columns(
                mpn=pl.coalesce("mpn", "new_mpn"),
                manufacturer=pl.coalesce("manufacturer", "new_maker"),
            )
            .drop("new_mpn", "new_maker")
        )
        others = pl.concat([self.alternates, more]).sort("place", "rank", maintain_order=True)
        return replace(
            self, lines=with_alternates(lines.drop("alternates"), others), alternates=others
        )


def read_lines(sheet: Sheet, region: Region, mapping: ColumnMap, decimal: str | None) -> TableLines:
    """Read the rows of one table under its mapping; `decimal` decides where a column does not."""
    import polars as pl

    if mapping.steps or mapping.path:
        frame = merged(sheet.frame, region, mapping.steps, mapping.path)
        sheet = replace(sheet, frame=frame)
    found = rows.sort_rows(sheet, region, mapping)
    part = sheet.frame.slice(region.first, region.end - region.first).with_columns(
        pl.int_range(region.first, region.end, dtype=pl.UInt32).alias("place"),
        found.kinds.alias("kind"),
    )
    keep, part = folded(part, mapping)
    with ThreadPoolExecutor(1) as beside:
        flags = beside.submit(alternates.flagged, keep, part, mapping)
        lines, notes = _columns(sheet, keep, mapping, decimal)
        lines, shifted = _without_shifted(lines, keep, mapping)
    told = pl.DataFrame(
        found.notes,
        schema={"place": pl.UInt32, "kind": pl.String, "text": pl.String},
        orient="row",
    )
    others = pl.concat([alternates.of_columns(keep, mapping), alternates.of_cells(lines)])
    return TableLines(
        region,
        mapping,
        with_alternates(lines, others),
        keep.select("place", *_key_columns(mapping)).with_columns(flags.result()),
        part.filter(pl.col("kind") != LINE).select("place", pl.col("kind").alias("reason")),
        pl.concat([told, *notes, shifted]).sort("place", maintain_order=True),
        others.filter(pl.col("rank") > 1).sort("place", "rank", maintain_order=True),
    )


def with_alternates(lines: pl.DataFrame, others: pl.DataFrame) -> pl.DataFrame:
    """The lines with their alternates in words, and the first of a packed list as the line's own part."""
    import polars as pl

    said = pl.concat_str("manufacturer", "part_number", separator=" ", ignore_nulls=True)
    listed = (
        others.filter(pl.col("rank") > 1)
        .sort("place", "rank", maintain_order=True)
        .group_by("place", maintain_order=True)
        .agg(said.str.join("; ").alias("alternates"))
    )
    first = others.filter(pl.col("rank") == 1).select("place", first="part_number")
    joined = lines.join(listed, on="place", how="left", maintain_order="left")
    return (
        joined.join(first, on="place", how="left", maintain_order="left")
        .with_columns(
            mpn=pl.when(pl.col("mpn").is_null() & pl.col("part_number").is_null())
            .then("first")
            .otherwise("mpn")
        )
        .drop("first")
    )


def _without_shifted(
    lines: pl.DataFrame, keep: pl.DataFrame, mapping: ColumnMap
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows whose web address stands in another column than all others: their cells are shifted.

    A cell is missing or too many there, so the number in the quantity column may be a price.
    """
    import polars as pl

    letter = mapping.letter("url")
    nothing = _notes(keep.get_column("place").head(0), "columns", pl.Series([], dtype=pl.String))
    if letter is None or mapping.profiles[letter].url < 0.5:
        return lines, nothing
    address = r"^\s*(?:https?://|www\.)"
    others = [
        other
        for other in mapping.profiles
        if other != letter and mapping.profiles[other].url < 0.45 and other in keep.columns
    ]
    if not others:
        return lines, nothing
    hit = keep.select(
        (
            pl.any_horizontal(pl.col(others).str.contains(address))
            & ~pl.col(letter).str.contains(address).fill_null(value=False)
        ).fill_null(value=False)
    ).to_series()
    if not hit.any():
        return lines, nothing
    text = (
        "the cells of this row are shifted against the header (its web address stands in another"
        " column): its numbers count as unknown"
    )
    marked = keep.get_column("place").filter(hit)
    numbers = ("quantity", "mass_g", "unit_cost", "ext_cost")
    return (
        lines.with_columns(pl.when(~hit).then(pl.col(name)).alias(name) for name in numbers),
        _notes(marked, "columns", pl.Series([text]).new_from_index(0, marked.len())),
    )


def _key_columns(mapping: ColumnMap) -> list[pl.Expr]:
    import polars as pl

    letters = {name: mapping.letter(name) for name in _KEYS}
    return [
        (pl.col(letter) if letter else pl.lit(None, pl.String)).alias(name)
        for name, letter in letters.items()
    ]


def _columns(
    sheet: Sheet, keep: pl.DataFrame, mapping: ColumnMap, decimal: str | None
) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    import polars as pl

    typed = sheet.typed
    with ThreadPoolExecutor(1) as beside:
        said = beside.submit(lambda: with_zeros(texts_of(keep, mapping)))
        costed = beside.submit(costs.costs, keep, mapping, decimal, typed=typed)
        amount = figures.quantities(keep, mapping, decimal, typed=typed)
        weighed = mass.masses(
            figures.mass_columns(keep, mapping), amount.value, amount.unit, decimal, typed=typed
        )
        texts, zeros = said.result()
        paid = costed.result()
    frame = texts.with_columns(
        amount.value.alias("quantity"),
        amount.text.alias("quantity_text"),
        amount.unit.alias("unit"),
        weighed.grams.alias("mass_g"),
        weighed.text.alias("mass_text"),
        sizes.sizes(keep, mapping, decimal, typed=typed),
        sizes.densities(keep, mapping, decimal, typed=typed),
        paid.unit_cost.alias("unit_cost"),
        paid.ext_cost.alias("ext_cost"),
        paid.currency.alias("currency"),
    )
    place = keep.get_column("place")
    notes = [
        _notes(place, "quantity", amount.note),
        _notes(place, "mass", weighed.notes),
        _notes(place, "cost", paid.note),
    ]
    if not place.len():
        return frame, notes
    if amount.doubt:
        notes.append(_notes(place.head(1), "quantity", pl.Series([amount.doubt])))
    notes += [_notes(place.head(1), "code", pl.Series([text])) for text in zeros]
    left = mapping.more.get("quantity", ())
    if left and "quantity" in mapping.main:
        named = ", ".join(f"{one.header.text!r} ({one.letter})" for one in left[:6])
        own = mapping.main["quantity"]
        unread = (
            f"the quantity is that of {own.header.text!r} ({own.letter}); further columns that say"
            f" one are not read: {named}"
        )
        notes.append(_notes(place.head(1), "quantity columns", pl.Series([unread])))
    if mapping.products:
        names = ", ".join(column.header.text for column in mapping.products[:6])
        several = (
            f"the table has a quantity for each of {len(mapping.products)} end items ({names}):"
            " one of each is counted; --end-item reads one of them"
        )
        notes.append(_notes(place.head(1), "end items", pl.Series([several])))
    notes += [_notes(place.head(1), "mass", pl.Series([text])) for text in weighed.remarks]
    notes += [_notes(place.head(1), "cost", pl.Series([text])) for text in paid.remarks]
    return frame, notes


def _notes(place: pl.Series, kind: str, texts: pl.Series) -> pl.DataFrame:
    import polars as pl

    frame = pl.DataFrame(
        {"place": place, "text": texts}, schema={"place": pl.UInt32, "text": pl.String}
    )
    return frame.filter(pl.col("text").is_not_null()).select(
        "place", pl.lit(kind).alias("kind"), "text"
    )
