"""Items by number: the names, texts and masses that an item master holds for the parts of a parts list.

Business systems keep the parts list (which part, how often) apart from the item master (what the part
is). A line takes from it, by the same part number, what its own cells leave open; what the parts list
says is never replaced. Each line keeps the file and row that its texts came from, and what the two say
differently is remarked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bomrisk.tables import NOTES

if TYPE_CHECKING:
    import polars as pl

    from bomrisk.bom.views import SheetTables

LEAST_DISTINCT = 0.8
"""Share of its rows with a number of their own that a list must have to be an item master unasked."""
LEAST_SHARE = 0.5
"""Share of the BOM's part numbers that a list must hold to be its item master without being named so."""
SHOWN = 5
"""Examples that a remark names; more are counted."""
SAYS_WHAT = ("name", "description")
_TEXTS = (
    *SAYS_WHAT,
    "material",
    "specification",
    "manufacturer",
    "mpn",
    "supplier",
    "supplier_pn",
    "cage",
    "niin",
    "fsc",
    "make_buy",
    "notes",
)
_AMOUNTS = {
    "mass": ("mass_g", "mass_text"),
    "size": ("size",),
    "density": ("density_g_cm3",),
    "cost": ("unit_cost", "currency"),
}
"""Amounts by their name, each with the columns that go together."""
_SUBSTANCES = re.compile(r"(?i)\b(?:cas|substances?|chemicals?|stoff)\b")
"""Headers of a declaration of substances: its masses and materials are not the part's."""
_GROUPS: dict[str, tuple[str, ...]] = {**{name: (name,) for name in _TEXTS}, **_AMOUNTS}
_DESCRIBING = (*SAYS_WHAT, "material", "specification", "mass")
"""What a list must hold beside the number to be an item master."""
_COMPARED = ("material", "specification", "manufacturer", "mpn")
"""Texts that say the same thing in both files, so that a difference is remarked line by line."""
_SAME_MASS = 0.01
"""Share by which two masses of one part may differ and still be the same, rounded."""


@dataclass(frozen=True, slots=True)
class ItemMaster:
    """The items of one sheet: `items` has key, row and the columns of lines that the sheet fills."""

    file: str
    sheet: str
    items: pl.DataFrame
    asked: bool = True
    """Whether the user named it; else it counts only where it plainly belongs to the parts list."""
    inside: bool = False
    """Whether it is a sheet of the BOM's own workbook."""

    @property
    def place(self) -> str:
        """The file, and the sheet where it has one, as remarks and reasons name it."""
        return f"{self.file} sheet {self.sheet!r}" if self.sheet else self.file

    def serves(self, numbers: pl.Series) -> bool:
        """Whether it holds so many of the part numbers that it plainly is their item master."""
        if not numbers.len():
            return False
        keys = self.items.get_column("key")
        held = int(numbers.is_in(keys.implode()).sum())
        distinct = keys.n_unique() >= LEAST_DISTINCT * keys.len()
        return distinct and held >= max(1, LEAST_SHARE * numbers.len())


def item_master(
    one: SheetTables, file: str, *, asked: bool = True, inside: bool = False
) -> ItemMaster | None:
    """The items of a sheet's tables; None where no table has part numbers beside what describes a part."""
    import polars as pl

    found: list[pl.DataFrame] = []
    for table in one.tables:
        main = table.mapping.main
        key = next((name for name in ("part_number", "mpn") if name in main), None)
        if key is None or not any(name in main for name in _DESCRIBING):
            continue
        header = table.region.header
        if header is not None and any(map(_SUBSTANCES.search, header.texts.values())):
            continue
        own = {name for columns in _GROUPS.values() for name in columns} - {key}
        if key == "part_number" and inside and "mpn" in main:
            own -= {"manufacturer", "mpn"}  # taken as a list of makers by `bomrisk.bom.approved`
        frame = table.lines
        rows = one.sheet.rows.gather(frame.get_column("place")).cast(pl.UInt32)
        found.append(
            frame.select(
                pl.col(key).alias("key"),
                rows.alias("row"),
                *(name for name in frame.columns if name in own),
            ).filter(pl.col("key").is_not_null())
        )
    if not found:
        return None
    items = pl.concat(found, how="diagonal_relaxed")
    return ItemMaster(file, one.sheet.name, items, asked, inside) if items.height else None


def sheets_inside(found: Sequence[SheetTables], file: str) -> list[ItemMaster]:
    """The sheets of a workbook that list parts without counting them, and so describe them."""
    beside = [one for one in found if one.role == "other sheet" and not one.has("quantity")]
    masters = (item_master(one, file, asked=False, inside=True) for one in beside)
    return [master for master in masters if master is not None]


def described(
    lines: pl.DataFrame, masters: Sequence[ItemMaster]
) -> tuple[pl.DataFrame, pl.DataFrame, tuple[str, ...]]:
    """The lines (LINES schema) with what the item masters add, notes, and the files that were used.

    Earlier masters go first; `from_items` says of each line what was taken and from where.
    """
    import polars as pl

    notes: list[pl.DataFrame] = []
    used: list[str] = []
    numbers = lines.select(pl.coalesce("part_number", "mpn").drop_nulls().unique()).to_series()
    for master in masters:
        if not (master.asked or master.serves(numbers)):
            continue
        used.append(master.file)
        lines, told = _with(lines, master)
        notes += told
    empty = pl.DataFrame(schema=NOTES.schema())
    return lines, pl.concat([empty, *notes]), tuple(dict.fromkeys(used))


def _with(lines: pl.DataFrame, master: ItemMaster) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    """The lines with one item master, and the notes on it."""
    import polars as pl

    items, notes = _one_each(master)
    groups = {
        name: columns
        for name, columns in _GROUPS.items()
        if all(c in items.columns for c in columns)
    }
    keys = items.get_column("key").implode()
    hit = (
        pl.when(pl.col("part_number").is_in(keys))
        .then(pl.col("part_number"))
        .when(pl.col("mpn").is_in(keys))
        .then(pl.col("mpn"))
    )
    theirs = {name: f"{name}<" for columns in groups.values() for name in columns}
    joined = lines.with_columns(hit.alias("key<")).join(
        items.rename({"key": "key<", "row": "row<", **theirs}),
        on="key<",
        how="left",
        maintain_order="left",
    )
    takes = {
        name: pl.col(columns[0]).is_null() & pl.col(f"{columns[0]}<").is_not_null()
        for name, columns in groups.items()
    }
    taken = pl.concat_str(
        [pl.when(takes[name]).then(pl.lit(name)) for name in groups],
        separator=", ",
        ignore_nulls=True,
    )
    said = pl.format("{} row {}: {}", pl.lit(master.place), "row<", taken)
    notes += _differences(joined, groups, master)
    filled = joined.with_columns(
        *(
            pl.when(takes[name]).then(f"{column}<").otherwise(column).alias(column)
            for name, columns in groups.items()
            for column in columns
        ),
        pl.concat_str(
            ["from_items", pl.when(taken != "").then(said)], separator="; ", ignore_nulls=True
        ).alias("from_items"),
        taken.alias("taken<"),
    ).with_columns(pl.when(pl.col("from_items") != "").then(pl.col("from_items")))
    notes.append(_account(filled, master, tuple(groups)))
    return filled.select(lines.columns), notes


def _one_each(master: ItemMaster) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    """One item for each number: of several the first says it, and where they differ that is remarked."""
    import polars as pl

    items = master.items
    first = items.unique("key", keep="first", maintain_order=True)
    if first.height == items.height:
        return first, []
    compared = [name for name in (*SAYS_WHAT, "material", "specification") if name in items.columns]
    differing = (
        items.group_by("key", maintain_order=True)
        .agg(
            pl.col("row"),
            *(pl.col(name).drop_nulls().n_unique().alias(name) for name in compared),
        )
        .filter(pl.any_horizontal(pl.col(compared) > 1) if compared else pl.lit(value=False))
    )
    notes: list[pl.DataFrame] = []
    for row in differing.head(SHOWN).iter_rows(named=True):
        fields = ", ".join(name for name in compared if row[name] > 1)
        others = ", ".join(str(place) for place in row["row"][1 : SHOWN + 1])
        text = (
            f"{row['key'][:80]!r} stands in rows {row['row'][0]} and {others} with another {fields}:"
            " the first is used"
        )
        notes.append(_note(master, text, row["row"][0]))
    if differing.height > SHOWN:
        more = f"{differing.height - SHOWN:,} more numbers stand in rows that differ: the first is used"
        notes.append(_note(master, more))
    return first, notes


def _differences(
    joined: pl.DataFrame, groups: dict[str, tuple[str, ...]], master: ItemMaster
) -> Iterator[pl.DataFrame]:
    """What the parts list and the item master say differently of a line; the parts list stands."""
    import polars as pl

    place = pl.format("{} row {}", pl.lit(master.place), "row<")
    for name in _COMPARED:
        if name not in groups:
            continue
        ours, theirs = _plain(pl.col(name)), _plain(pl.col(f"{name}<"))
        differ = ~(
            ours.str.contains(theirs, literal=True) | theirs.str.contains(ours, literal=True)
        )
        text = pl.format(
            "the {} is {} here but {} in {}: the former is used",
            pl.lit(name.replace("_", " ")),
            pl.col(name).str.slice(0, 60),
            pl.col(f"{name}<").str.slice(0, 60),
            place,
        )
        yield _line_notes(joined.filter(differ), text)
    if "mass" in groups:
        ours, theirs = pl.col("mass_g"), pl.col("mass_g<")
        apart = (ours - theirs).abs() > _SAME_MASS * pl.max_horizontal(ours.abs(), theirs.abs())
        text = pl.format(
            "the mass of one piece is {} g here but {} g in {}: the former is used",
            ours,
            theirs,
            place,
        )
        yield _line_notes(joined.filter(apart), text)
    yield from _other_words(joined, groups, place)


def _other_words(
    joined: pl.DataFrame, groups: dict[str, tuple[str, ...]], place: pl.Expr
) -> Iterator[pl.DataFrame]:
    """Lines whose name and description share no word with those of their item: the number may be wrong."""
    import polars as pl

    given = [f"{name}<" for name in SAYS_WHAT if name in groups]
    if not given:
        return
    ours = pl.concat_str(SAYS_WHAT, separator=" ", ignore_nulls=True)
    theirs = pl.concat_str(given, separator=" ", ignore_nulls=True)
    apart = joined.filter(
        (_words(ours).list.len() > 0)
        & (_words(theirs).list.len() > 0)
        & (_words(ours).list.set_intersection(_words(theirs)).list.len() == 0)
        & ~_plain(theirs).str.contains(_plain(ours), literal=True)
        & ~_plain(ours).str.contains(_plain(theirs), literal=True)
    )
    text = pl.format(
        "{} here and {} in {} have no word in common: is it the same part?",
        ours.str.slice(0, 60),
        theirs.str.slice(0, 60),
        place,
    )
    yield _line_notes(apart, text)


def _plain(text: pl.Expr) -> pl.Expr:
    """A text as it is compared: letters and digits only, lower case."""
    return text.str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]+", "")


def _words(text: pl.Expr) -> pl.Expr:
    """The words of a text, lower case: runs of at least two letters or digits."""
    return text.str.to_lowercase().str.extract_all(r"[\p{L}\p{N}]{2,}")


def _account(filled: pl.DataFrame, master: ItemMaster, groups: Sequence[str]) -> pl.DataFrame:
    """How many part numbers have an item, which have none, and what was taken how often."""
    import polars as pl

    numbers = filled.filter(pl.col("part_number").is_not_null() | pl.col("mpn").is_not_null())
    distinct = numbers.select(
        number=pl.coalesce("part_number", "mpn"), found=pl.col("key<").is_not_null()
    ).unique("number", keep="first", maintain_order=True)
    missing = distinct.filter(~pl.col("found")).get_column("number")
    fields = filled.get_column("taken<").str.split(", ").explode()
    counts = [(name, int((fields == name).sum())) for name in groups]
    took = ", ".join(f"{name} of {count:,}" for name, count in counts if count)
    some = filled.filter(pl.col("taken<") != "").height
    text = (
        f"{distinct.height - missing.len():,} of {distinct.height:,} part numbers have an item in"
        f" {master.place}; {'1 line' if some == 1 else f'{some:,} lines'} took what the list leaves"
        f" open" + (f" ({took})" if took else "")
    )
    if missing.len():
        text += f"; no item for {_some(missing)}"
        text += _nearly(missing, master)
    return pl.DataFrame(
        [
            (
                None,
                filled.item(0, "file") if filled.height else master.file,
                None,
                None,
                "items",
                text,
            )
        ],
        schema=dict(NOTES.schema()),
        orient="row",
    )


def _some(numbers: pl.Series) -> str:
    """The first few numbers, and how many more there are."""
    shown = ", ".join(text[:60] for text in numbers.head(SHOWN))
    return shown + (f" and {numbers.len() - SHOWN:,} more" if numbers.len() > SHOWN else "")


def _nearly(missing: pl.Series, master: ItemMaster) -> str:
    """A hint where numbers would be found if leading zeros and small letters did not count."""
    import polars as pl

    def loose(column: str) -> pl.Expr:
        return pl.col(column).str.to_uppercase().str.replace(r"^0+", "").alias("loose")

    theirs = master.items.select(loose("key"), theirs="key").unique("loose", maintain_order=True)
    ours = missing.to_frame("ours").select("ours", loose("ours"))
    near = ours.join(theirs, on="loose", how="inner", maintain_order="left")
    if not near.height:
        return ""
    one = near.row(0, named=True)
    return (
        f". {near.height:,} of these stand there in another form, such as {one['theirs'][:60]!r} for"
        f" {one['ours'][:60]!r}: numbers must be the same to the sign"
    )


def _line_notes(rows: pl.DataFrame, text: pl.Expr) -> pl.DataFrame:
    import polars as pl

    return rows.select(
        "line", "file", "sheet", "row", kind=pl.lit("items"), text=text.cast(pl.String)
    ).cast(NOTES.schema())  # type: ignore[arg-type]


def _note(master: ItemMaster, text: str, row: int | None = None) -> pl.DataFrame:
    import polars as pl

    return pl.DataFrame(
        [(None, master.file, master.sheet, row, "items", text)],
        schema=dict(NOTES.schema()),
        orient="row",
    )
