"""Which of a table's clues says the tree: parent column, level column, dotted numbers, outline or indents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bomrisk.bom import hierarchy
from bomrisk.bom.hierarchy import ROOT, Tree
from bomrisk.bom.lines import TableLines
from bomrisk.bom.sheet import Sheet

if TYPE_CHECKING:
    import polars as pl

MOST_DISAGREEMENTS = 200
"""Lines on which parent and level disagree are reported one by one up to this many."""


@dataclass(frozen=True, slots=True)
class Depths:
    """Depths of the lines of one table, and the clue that says them."""

    found: pl.Series
    kind: str


def clue_of(sheet: Sheet, table: TableLines) -> Tree | Depths:
    """What says the tree of one table's lines: depths, or parents that are found already.

    A parent column (or the PLISN of the next higher assembly) goes before levels where it resolves,
    and every disagreement is reported; levels and dotted numbers go before outline groups, these
    before indents. Without any of them the list is flat.
    """
    keys = table.keys
    by_level = _by_level(keys)
    by_parent = _by_parent(keys.with_columns(table.lines.get_column("item_no")))
    if by_parent is not None and isinstance(by_level, Depths):
        tree = _both(by_parent, hierarchy.by_depth(by_level.found.to_list(), by_level.kind))
    else:
        found = by_parent or by_level or _by_look(sheet, table) or hierarchy.flat(keys.height)
        if isinstance(found, Depths) and not _any(keys, "same_as"):
            return found
        tree = _as_tree(found)
    _same_as(tree, keys)
    return tree


def _as_tree(found: Tree | Depths) -> Tree:
    if isinstance(found, Tree):
        return found
    return hierarchy.by_depth(found.found.to_list(), found.kind)


def _any(keys: pl.DataFrame, name: str) -> bool:
    column = keys.get_column(name)
    return column.null_count() < column.len()


def _list(keys: pl.DataFrame, name: str) -> list[str | None]:
    found: list[str | None] = keys.get_column(name).to_list()
    return found


def _by_level(keys: pl.DataFrame) -> Tree | Depths | None:
    import polars as pl

    if not _any(keys, "level"):
        return None
    column = keys.get_column("level")
    distinct = column.unique().to_list()
    if hierarchy.is_dotted(distinct):
        return hierarchy.by_dots(column.to_list())
    table = pl.DataFrame(
        {"level": distinct, "depth": hierarchy.depths(distinct)},
        schema={"level": pl.String, "depth": pl.Int32},
    )
    depths = (
        keys.select("level")
        .join(table, on="level", how="left", nulls_equal=True, maintain_order="left")
        .get_column("depth")
    )
    if depths.null_count() > 0.5 * depths.len():
        return None
    return Depths(depths, "level")


def _by_parent(keys: pl.DataFrame) -> Tree | None:
    """A tree by keys, or None if there is no parent column."""
    for parent, names in (
        ("parent_key", ("line_key", "part_number", "item_no")),
        ("parent", ("part_number", "mpn", "name", "line_key")),
    ):
        if not _any(keys, parent):
            continue
        parents = _list(keys, parent)
        best: Tree | None = None
        for name in names:
            tree = hierarchy.by_key(_list(keys, name), parents)
            if best is None or len(tree.groups) < len(best.groups):
                best = tree
            if not tree.groups:
                break
        if best is not None:
            if not any(at != ROOT for at in best.parents):
                _groups_go_on(best, parents)
            if not any(at != ROOT for at in best.parents) and not best.broken:
                best.kind = "flat"
            return best
    return None


def _groups_go_on(tree: Tree, parents: list[str | None]) -> None:
    """A group that is named in its first row only holds for the rows below it."""
    empty = sum(1 for parent in parents if not parent or not parent.strip())
    if not tree.groups or empty < 0.2 * len(parents) or 0 not in tree.groups:
        return
    name = ""
    for place in range(len(parents)):
        name = tree.groups.setdefault(place, name)


def _both(by_parent: Tree, by_level: Tree) -> Tree:
    """Parent column first, level where it does not resolve; disagreement is reported."""
    resolved = sum(1 for at in by_parent.parents if at != ROOT)
    if not resolved:
        by_level.groups = {
            place: name
            for place, name in by_parent.groups.items()
            if by_level.parents[place] == ROOT
        }
        return by_level
    differing: list[int] = []
    for place, (named, above) in enumerate(zip(by_parent.parents, by_level.parents, strict=True)):
        if place in by_parent.uses and above in by_parent.uses[place]:
            by_parent.parents[place] = above
            del by_parent.uses[place]
        elif named == ROOT and above != ROOT and place not in by_parent.broken:
            by_parent.parents[place] = above
            if place in by_level.broken:
                by_parent.broken.add(place)
        elif named != above and place not in by_parent.broken:
            differing.append(place)
    hierarchy.cut_circles(by_parent)
    for place in differing[:MOST_DISAGREEMENTS]:
        by_parent.troubles.append(
            (place, "level and parent disagree: the parent column is followed")
        )
    if len(differing) > MOST_DISAGREEMENTS:
        by_parent.troubles.append(
            (
                differing[MOST_DISAGREEMENTS],
                f"level and parent disagree on {len(differing):,} lines in all",
            )
        )
    return by_parent


def _by_look(sheet: Sheet, table: TableLines) -> Tree | Depths | None:
    """A tree by outline groups, by indents of the cell format, or by leading spaces."""
    import polars as pl

    at = pl.DataFrame({"row": sheet.rows.gather(table.keys.get_column("place"))})

    def depths(levels: pl.DataFrame) -> pl.Series:
        joined = at.join(levels, on="row", how="left", maintain_order="left")
        return joined.get_column("level").fill_null(0)

    if sheet.outline is not None:
        found = depths(sheet.outline)
        if found.n_unique() > 1:
            return _outline(found)
    names = ("part_number", "name", "description", "item_no", "mpn")
    for name in names:
        column = table.mapping.letter(name)
        if column is not None and column in sheet.indents:
            levels = hierarchy.depths_of_indents(depths(sheet.indents[column]).to_list())
            if levels is not None:
                return Depths(pl.Series(levels, dtype=pl.Int32), "indent")
    for name in names:
        if table.mapping.letter(name) is None or not _some_indent(table.keys, name):
            continue
        levels = hierarchy.depths_of_indents(hierarchy.widths(_list(table.keys, name)))
        if levels is not None:
            return Depths(pl.Series(levels, dtype=pl.Int32), "indent")
    return None


def _some_indent(keys: pl.DataFrame, name: str) -> bool:
    if name not in keys.columns:
        return False
    return int(keys.get_column(name).str.contains(r"^[\s.·•]").sum()) >= 2


def _outline(found: pl.Series) -> Tree | Depths:
    """Outline groups: the assembly stands above its parts unless the list ends at the top level."""
    least = found.min()
    if found[0] != least and found[-1] == least:
        return hierarchy.by_depth_below(found.to_list())
    return Depths(found, "outline")


def _same_as(tree: Tree, keys: pl.DataFrame) -> None:
    """A line that is the same as another (SAPLISN) has that one's parts below it, listed only there."""
    if not _any(keys, "same_as"):
        return
    others = [(text or "").strip() for text in _list(keys, "same_as")]
    places = {key.strip(): place for place, key in enumerate(_list(keys, "line_key")) if key}
    uses: dict[int, list[int]] = {}
    for place, other in enumerate(others):
        if not other:
            continue
        at = _origin(place, others, places)
        if at is None:
            told = f"the same as {other}, which leads to no other line: its parts are not listed"
            tree.troubles.append((place, told))
        else:
            uses.setdefault(at, [at]).append(place)
    listed: set[int] = set()
    for child, parent in enumerate(tree.parents):
        if parent in uses:
            tree.uses[child] = uses[parent]
            listed.add(parent)
    for at, found in sorted(uses.items()):
        if at in listed:
            told = (
                f"its parts are listed once and count for {len(found) - 1} more line(s) that are the"
                " same as it"
            )
            tree.troubles.append((at, told))


def _origin(place: int, others: list[str], places: dict[str, int]) -> int | None:
    """The line at the end of a chain of references; None if it is not listed or the chain is a circle."""
    seen = {place}
    at = place
    while others[at]:
        following = places.get(others[at])
        if following is None or following in seen:
            return None
        seen.add(following)
        at = following
    return at
