"""Which of a table's clues says the tree: parent column, level column, dotted numbers, outline or indents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bomrisk.bom import hierarchy
from bomrisk.bom.hierarchy import ROOT, Tree
from bomrisk.bom.lines import TableLines
from bomrisk.bom.sheet import Sheet

if TYPE_CHECKING:
    import polars as pl

MOST_DISAGREEMENTS = 200
"""Lines on which parent and level disagree are reported one by one up to this many."""


def tree_of(sheet: Sheet, table: TableLines) -> Tree:
    """The tree of one table's lines.

    A parent column (or the PLISN of the next higher assembly) goes before levels where it resolves,
    and every disagreement is reported; levels and dotted numbers go before outline groups, these
    before indents. Without any of them the list is flat.
    """
    keys = table.keys
    if not keys.height:
        return hierarchy.flat(0)
    by_level = _by_level(keys)
    by_parent = _by_parent(keys)
    if by_parent is not None and by_level is not None and by_level.kind != "dotted":
        tree = _both(by_parent, by_level)
    else:
        tree = by_parent or by_level or _by_look(sheet, table) or hierarchy.flat(keys.height)
    _same_as(tree, keys)
    return tree


def _list(keys: pl.DataFrame, name: str) -> list[str | None]:
    found: list[str | None] = keys.get_column(name).to_list()
    return found


def _by_level(keys: pl.DataFrame) -> Tree | None:
    column = keys.get_column("level")
    if column.null_count() == column.len():
        return None
    texts = _list(keys, "level")
    if hierarchy.is_dotted(texts):
        return hierarchy.by_dots(texts)
    found = hierarchy.depths(texts)
    if sum(1 for depth in found if depth is not None) < 0.5 * len(found):
        return None
    return hierarchy.by_depth(found)


def _by_parent(keys: pl.DataFrame) -> Tree | None:
    """A tree by keys, or None if there is no parent column."""
    for parent, names in (
        ("parent_key", ("line_key", "part_number")),
        ("parent", ("part_number", "mpn", "name", "line_key")),
    ):
        parents = _list(keys, parent)
        if not any(parents):
            continue
        best: Tree | None = None
        for name in names:
            tree = hierarchy.by_key(_list(keys, name), parents)
            if best is None or len(tree.groups) < len(best.groups):
                best = tree
            if not tree.groups:
                break
        if best is not None:
            if not any(at != ROOT for at in best.parents) and not best.broken:
                best.kind = "flat"
            return best
    return None


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


def _by_look(sheet: Sheet, table: TableLines) -> Tree | None:
    """A tree by outline groups, by indents of the cell format, or by leading spaces."""
    import polars as pl

    numbers = sheet.rows.gather(table.keys.get_column("place"))
    at = pl.DataFrame({"row": numbers})

    def depths(levels: pl.DataFrame) -> list[int]:
        joined = at.join(levels, on="row", how="left", maintain_order="left")
        found: list[int] = joined.get_column("level").fill_null(0).to_list()
        return found

    if sheet.outline is not None:
        found = depths(sheet.outline)
        if max(found) > min(found):
            return _outline(found)
    for name in ("part_number", "name", "description", "item_no", "mpn"):
        column = table.mapping.letter(name)
        if column is not None and column in sheet.indents:
            tree = _indent(depths(sheet.indents[column]))
            if tree is not None:
                return tree
    for name in ("part_number", "name", "description", "mpn"):
        if table.mapping.letter(name) is None:
            continue
        tree = _indent(hierarchy.widths(_list(table.keys, name)))
        if tree is not None:
            return tree
    return None


def _outline(found: Sequence[int]) -> Tree:
    """Outline groups: the assembly stands above its parts unless the list ends at the top level."""
    if found[0] > min(found) and found[-1] == min(found):
        return hierarchy.by_depth_below(found)
    return hierarchy.by_depth(found, "outline")


def _indent(widths: Sequence[int]) -> Tree | None:
    found = hierarchy.depths_of_indents(widths)
    return None if found is None else hierarchy.by_depth(found, "indent")


def _same_as(tree: Tree, keys: pl.DataFrame) -> None:
    """A line that is the same as another (SAPLISN) has that one's parts below it, listed only there."""
    others = _list(keys, "same_as")
    if not any(others):
        return
    places = {key.strip(): place for place, key in enumerate(_list(keys, "line_key")) if key}
    uses: dict[int, list[int]] = {}
    for place, other in enumerate(others):
        at = places.get(other.strip()) if other else None
        if at is not None and at != place:
            uses.setdefault(at, [at]).append(place)
    for child, parent in enumerate(tree.parents):
        if parent in uses:
            tree.uses[child] = uses[parent]
    for at, found in sorted(uses.items()):
        tree.troubles.append(
            (
                at,
                f"its parts are listed once and count for {len(found) - 1} more line(s) that are the same as it",
            )
        )
