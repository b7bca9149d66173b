"""End items: a file may hold several products; one of them, or a number of units, is assessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bomrisk.bom.columns import Column, ColumnMap
from bomrisk.bom.hierarchy import ROOT, Tree
from bomrisk.bom.lines import TableLines
from bomrisk.bom.model import Bom
from bomrisk.bom.structure import names_of
from bomrisk.bom.tree import clue_of
from bomrisk.errors import InputError

if TYPE_CHECKING:
    import polars as pl

    from bomrisk.bom.sheet import Sheet

OTHER = "other end item"
"""Reason of a row that belongs to an end item that was not chosen."""


def end_items(bom: Bom) -> tuple[str, ...]:
    """Names of the end items of a file, in its order; empty for a plain list of parts.

    They are the lines at the top that have parts below them, the products or systems that a parent
    column names above the list, and the columns of a matrix of products.
    """
    return tuple(
        dict.fromkeys((*bom.products, *_owners(bom).drop_nulls().unique(maintain_order=True)))
    )


def column_of(mapping: ColumnMap, name: str) -> ColumnMap:
    """The mapping with the quantity column of one end item, where the table has one for each."""
    chosen: list[Column] = [
        column for column in mapping.products if _same(column.header.text, name)
    ]
    if not chosen:
        return mapping
    return replace(mapping, main={**mapping.main, "quantity": chosen[0]}, products=())


def used(table: TableLines) -> TableLines:
    """The table without the rows that have no quantity in the chosen end item's column."""
    keep = table.lines["quantity_text"].str.contains(r"[\pL\pN]").fill_null(value=False)
    return _kept(table, keep)


def reached(sheet: Sheet, table: TableLines, name: str) -> TableLines:
    """The table without the rows that the chosen end item does not hold, where assemblies are shared.

    An assembly that is written once and used in several end items counts in this one for its own use
    alone, also where a line of this one is the same as one of another (SAPLISN).
    """
    import polars as pl

    tree = clue_of(sheet, table)
    if not isinstance(tree, Tree) or not tree.uses:
        return table
    names = names_of(table).to_list()
    wanted = name.strip().casefold()
    held = [
        parent == ROOT
        and wanted == (tree.groups.get(place) or names[place] or "").strip().casefold()
        for place, parent in enumerate(tree.parents)
    ]
    below: dict[int, list[int]] = {}
    for place, parent in enumerate(tree.parents):
        for above in tree.uses.get(place) or (() if parent == ROOT else (parent,)):
            below.setdefault(above, []).append(place)
    waiting = [place for place, one in enumerate(held) if one]
    while waiting:
        for place in below.get(waiting.pop(), ()):
            if not held[place]:
                held[place] = True
                waiting.append(place)
    if not any(held) or all(held):
        return table
    same_as = table.keys.get_column("same_as")
    if same_as.null_count() < same_as.len():
        if any(held[place] for place in tree.broken):
            return table  # it cannot be told where these lines belong
        table = _by_their_tree(table, tree)
    return _kept(table, pl.Series(held))


def _by_their_tree(table: TableLines, tree: Tree) -> TableLines:
    """The table with keys that say the tree itself: lines with the same parts below them have one key.

    So the parts of an assembly find it where only lines that are the same as it are left.
    """
    import polars as pl

    keys = [str(place) for place in range(len(tree.parents))]
    for users in tree.uses.values():
        for place in users:
            keys[place] = str(min(users))
    parents = [
        tree.groups.get(place) if parent == ROOT else keys[parent]
        for place, parent in enumerate(tree.parents)
    ]
    nothing = [pl.lit(None, pl.String).alias(name) for name in ("level", "parent", "same_as")]
    told = (pl.Series("line_key", keys), pl.Series("parent_key", parents, dtype=pl.String))
    return replace(table, keys=table.keys.with_columns(*nothing, *told))


def _kept(table: TableLines, keep: pl.Series) -> TableLines:
    """The table with some of its lines; the others stand excluded, as those of another end item."""
    import polars as pl

    left = table.lines.filter(~keep).select("place", pl.lit(OTHER).alias("reason"))
    places = table.lines.filter(keep)["place"].implode()
    return replace(
        table,
        lines=table.lines.filter(keep),
        keys=table.keys.filter(keep),
        excluded=pl.concat((table.excluded, left)),
        notes=table.notes.filter(pl.col("place").is_in(places)),
        alternates=table.alternates.filter(pl.col("place").is_in(places)),
    )


def only(bom: Bom, name: str) -> Bom:
    """The file with the lines of one end item; the others stand excluded.

    Raises InputError for a name that the file does not have, with the names it has.
    """
    import polars as pl

    wanted = _owners(bom).str.to_lowercase().str.strip_chars() == name.strip().lower()
    keep = wanted.fill_null(value=False)
    if not keep.any():
        raise _unknown(bom, name)
    if keep.all():
        return bom
    numbers = pl.DataFrame({"old": bom.lines["line"].filter(keep)}).with_row_index("line")
    excluded = bom.lines.filter(~keep).select(
        "file",
        "sheet",
        "row",
        pl.lit(OTHER).alias("reason"),
        pl.concat_str(
            "part_number", "name", "description", separator=" | ", ignore_nulls=True
        ).alias("text"),
    )
    lines = bom.lines.filter(keep)
    for column in ("line", "parent", "alternate_of"):
        lines = _renumbered(lines, column, numbers)
    kept_or_file = pl.col("line").is_null() | pl.col("line").is_in(numbers["old"].implode())
    total = lines.get_column("quantity").drop_nulls()
    return replace(
        bom,
        lines=lines,
        excluded=pl.concat((bom.excluded, excluded.select(bom.excluded.columns))),
        notes=_renumbered(bom.notes.filter(kept_or_file), "line", numbers),
        alternates=_renumbered(
            bom.alternates.filter(pl.col("line").is_in(numbers["old"].implode())), "line", numbers
        ),
        total_quantity=float(total.sum()) if total.len() else None,
    )


def in_units(bom: Bom, units: float) -> Bom:
    """The file for a number of end items: every quantity per end item counts that often."""
    import polars as pl

    return replace(bom, lines=bom.lines.with_columns(pl.col("rolled_up") * units))


def _renumbered(frame: pl.DataFrame, column: str, numbers: pl.DataFrame) -> pl.DataFrame:
    """The frame with line numbers as they are after lines were left out."""
    table = numbers.rename({"old": column, "line": "new"})
    joined = frame.join(table, on=column, how="left", maintain_order="left")
    return joined.with_columns(joined["new"].alias(column)).drop("new")


def _owners(bom: Bom) -> pl.Series:
    """For each line the end item that it belongs to: its root if that has parts, or its group."""
    import polars as pl

    parents: Sequence[int | None] = bom.lines["parent"].to_list()
    names = bom.lines.select(pl.coalesce("part_number", "name", "mpn", "description")).to_series()
    groups = bom.lines["path"].str.split(" / ").list.first().to_list()
    has_parts = {parent for parent in parents if parent is not None}
    roots: list[int] = []
    for line, parent in enumerate(parents):
        at, guard = line, 0
        if parent is not None and parent < line:
            at = roots[parent]
        else:
            while (above := parents[at]) is not None and guard <= len(parents):
                at, guard = above, guard + 1
        roots.append(at)
    texts = names.to_list()
    return pl.Series(
        [
            groups[root] if groups[root] else (texts[root] if root in has_parts else None)
            for root in roots
        ],
        dtype=pl.String,
    )


def _unknown(bom: Bom, name: str) -> InputError:
    known = end_items(bom)
    named = ", ".join(repr(one) for one in known[:8]) + (" …" if len(known) > 8 else "")
    return InputError(
        f"there is no end item {name!r}" + ("" if known else ": the file is a plain list of parts"),
        mend=f"use one of {named}" if known else "leave out the end item",
        file=bom.source.name,
    )


def _same(one: str, two: str) -> bool:
    first, second = one.strip().casefold(), two.strip().casefold()
    return first == second or first.endswith(" " + second) or second in re.split(r"[\s/()]+", first)
