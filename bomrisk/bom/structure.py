"""The structure of one table in columns: parents, levels, paths, and quantities per end item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bomrisk.bom import alternates, columnar, hierarchy, parsing, rollup
from bomrisk.bom.hierarchy import ROOT, Tree
from bomrisk.bom.lines import TableLines
from bomrisk.bom.sheet import Sheet
from bomrisk.bom.tree import Depths, clue_of

if TYPE_CHECKING:
    import polars as pl


_ONE_END_ITEM = "the end item itself has no quantity, and its parts are counted for one of it"


@dataclass(frozen=True, slots=True)
class Structure:
    """Columns aligned with the lines of one table; parents are places in it, null for a root."""

    kind: str
    parents: pl.Series
    levels: pl.Series
    paths: pl.Series
    quantities: pl.Series
    rolled_up: pl.Series
    troubles: Sequence[tuple[int, str, str]] = ()
    """(place, kind, text) of remarks."""
    first_choice: pl.Series | None = None
    """Place of the line that a line is an alternate of, null for a first choice."""


def structure_of(sheet: Sheet, table: TableLines, times: float | None) -> Structure:
    """Find the tree of a table and multiply its quantities down.

    `times` is how often the whole table is used in one end item; None if that is unknown.
    """
    found = _structure(sheet, table, 1.0 if times is None else times)
    if times is None:
        found = replace(found, rolled_up=found.rolled_up * None)
    if "rank" in table.mapping.main or table.keys.get_column("flagged").any():
        return _with_alternates(found, sheet, table)
    return found


def _structure(sheet: Sheet, table: TableLines, times: float) -> Structure:
    quantities = table.lines.get_column("quantity")
    clue = clue_of(sheet, table)
    alone = _end_item_without_quantity(table, clue)
    if alone:
        table = _counted_once(table, alone)
    if isinstance(clue, Tree) and clue.kind == "flat" and "multiplier" in table.mapping.main:
        return _multiplied(table, clue, times)
    if isinstance(clue, Depths):
        tree = columnar.regular(clue.found)
        if tree is not None and not is_cumulative(table, clue.kind):
            return Structure(
                clue.kind,
                tree.parents,
                tree.depths,
                columnar.paths(names_of(table), tree),
                quantities,
                columnar.roll_up(table.lines.get_column("quantity"), tree, times),
                [(place, "quantity", _ONE_END_ITEM) for place in alone],
            )
        clue = hierarchy.by_depth(clue.found.to_list(), clue.kind)
    found = _of_tree(table, clue, times)
    told = [*found.troubles, *((place, "quantity", _ONE_END_ITEM) for place in alone)]
    return replace(found, quantities=found.quantities.scatter(alone, None), troubles=told)


def _end_item_without_quantity(table: TableLines, clue: Tree | Depths) -> list[int]:
    """Lines at the top with parts below them and an empty quantity: the end items themselves."""
    import polars as pl

    empty = table.lines.get_column("quantity_text").is_null()
    if not empty.any():
        return []
    places = empty.arg_true().to_list()
    if isinstance(clue, Depths):
        depths = clue.found
        least = depths.min()
        following = depths.shift(-1)
        top = ((depths == least) & (following > least)).fill_null(value=False)
        return (top & empty).arg_true().to_list()
    parents = pl.Series(clue.parents)
    has_parts = set(parents.unique().to_list())
    return [place for place in places if clue.parents[place] == ROOT and place in has_parts]


def _counted_once(table: TableLines, places: list[int]) -> TableLines:
    lines = table.lines
    quantity = lines.get_column("quantity").scatter(places, 1.0)
    return replace(table, lines=lines.with_columns(quantity))


def _with_alternates(found: Structure, sheet: Sheet, table: TableLines) -> Structure:
    """Lines ranked below another of their block replace it: they add nothing to the product."""
    import polars as pl

    places = table.keys.get_column("place").to_list()
    ranks, flags = table.keys.get_column("rank"), table.keys.get_column("flagged")
    choices = alternates.of_ranks(ranks.to_list(), places, flags.to_list())
    if not any(choice is not None for choice in choices):
        return found
    first = pl.Series("first_choice", choices, dtype=pl.UInt32)
    frame = pl.DataFrame({"rolled_up": found.rolled_up, "first": first})
    rows = sheet.rows.gather(table.keys.get_column("place")).to_list()
    told = [
        (
            place,
            "alternate",
            f"an alternate of row {rows[choice]}: it is judged, but not counted in the product",
        )
        for place, choice in enumerate(choices)
        if choice is not None
    ]
    return replace(
        found,
        rolled_up=frame.select(
            pl.when(pl.col("first").is_null()).then("rolled_up").otherwise(0.0).alias("rolled_up")
        ).to_series(),
        first_choice=first,
        troubles=(*found.troubles, *told),
    )


def _multiplied(table: TableLines, tree: Tree, times: float) -> Structure:
    """A flat list whose rows say how often the assembly is used that they belong to."""
    found = _of_tree(table, tree, times)
    texts = _per_group(table.keys.get_column("multiplier"), tree)
    factors = parsing.amounts(texts, parsing.decimal_of(texts, typed=True, otherwise=None))
    return replace(found, rolled_up=found.rolled_up * factors.get_column("value"))


def _per_group(texts: pl.Series, tree: Tree) -> pl.Series:
    """How often each assembly is used, where that stands in its first row only."""
    import polars as pl

    if not texts.null_count() or not tree.groups:
        return texts
    group = pl.Series("group", [tree.groups.get(place) for place in range(texts.len())])
    frame = pl.DataFrame({"text": texts, "group": group})
    runs = pl.col("group").ne_missing(pl.col("group").shift()).cum_sum()
    return frame.select(pl.col("text").forward_fill().over(runs)).to_series()


def names_of(table: TableLines) -> pl.Series:
    """The name by which a line stands in the path of the lines below it."""
    import polars as pl

    return table.lines.select(
        pl.coalesce("part_number", "name", "mpn", "description", "item_no").alias("name")
    ).to_series()


def is_cumulative(table: TableLines, kind: str = "level") -> bool:
    """Whether the quantities of the table are per end item (or per figure): multiplied already.

    So are those of a column that says so, and those of a parts manual (RPSTL), whose dots show the
    indenture while its quantity is that of the figure.
    """
    column = table.mapping.main.get("quantity")
    candidates = column.header.candidates if column else ()
    if candidates and candidates[0].field == "quantity_total":
        return True
    return kind == "indent" and "smr" in table.mapping.main and "line_key" not in table.mapping.main


def _of_tree(table: TableLines, tree: Tree, times: float) -> Structure:
    import polars as pl

    height = table.lines.height
    own = table.lines.get_column("quantity")
    if tree.kind == "flat" and not tree.groups and not tree.broken:
        nothing = pl.Series([None], dtype=pl.UInt32).new_from_index(0, height)
        return Structure(
            "flat",
            nothing,
            pl.Series([0], dtype=pl.Int32).new_from_index(0, height),
            nothing.cast(pl.String),
            own,
            own * times,
            _told(tree),
        )
    quantities: list[float | None] = own.to_list()
    if is_cumulative(table, tree.kind):
        rolled: list[float | None] = [None if one is None else one * times for one in quantities]
        quantities = _per_parent(quantities, tree)
    else:
        rolled = rollup.roll_up(quantities, tree, times)
    return Structure(
        tree.kind,
        pl.Series([None if at == ROOT else at for at in tree.parents], dtype=pl.UInt32),
        pl.Series(rollup.levels(tree), dtype=pl.Int32),
        pl.Series(rollup.paths(tree, names_of(table).to_list()), dtype=pl.String),
        pl.Series(quantities, dtype=pl.Float64),
        pl.Series(rolled, dtype=pl.Float64),
        _told(tree),
    )


def _told(tree: Tree) -> list[tuple[int, str, str]]:
    return [(place, "level", text) for place, text in tree.troubles]


def _per_parent(totals: Sequence[float | None], tree: Tree) -> list[float | None]:
    """Quantity per parent from quantities that are already multiplied."""
    result: list[float | None] = []
    for own, parent in zip(totals, tree.parents, strict=True):
        above = None if parent == ROOT else totals[parent]
        if parent == ROOT:
            result.append(own)
        else:
            result.append(own / above if own is not None and above else None)
    return result
