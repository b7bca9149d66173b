"""Makers of parts listed on a sheet of their own (an approved manufacturers list), joined by part number.

Such a sheet has no quantities. Its first part of a number is the line's choice where the line names no
maker's number itself; the others are alternates.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bomrisk.bom.views import SheetTables

if TYPE_CHECKING:
    import polars as pl

LEAST_SHARE = 0.5
"""Share of a sheet's part numbers that the lines must know for it to be a list of their makers."""


def with_makers(found: Sequence[SheetTables]) -> None:
    """Give the lines of counted sheets the makers that other sheets list, and say so."""
    import polars as pl

    counted = [one for one in found if one.role is None and one.has("part_number")]
    lists = [(one, listed) for one in found if (listed := _listed(one)) is not None]
    if not counted or not lists:
        return
    known = pl.concat(
        [table.lines.get_column("part_number") for one in counted for table in one.tables]
    ).unique()
    for other, listed in lists:
        inside = listed.get_column("part_number").is_in(known.implode())
        if float(inside.mean() or 0.0) < LEAST_SHARE:  # type: ignore[arg-type]
            continue
        for one in counted:
            one.tables[:] = [table.with_makers(listed) for table in one.tables]
        count = listed.filter(inside).get_column("part_number").n_unique()
        other.notes.append(f"the makers of {count:,} part numbers were taken from this sheet")


def _listed(one: SheetTables) -> pl.DataFrame | None:
    """Part number, rank, maker and maker's number of a sheet that counts for nothing else; or None."""
    import polars as pl

    if one.role != "other sheet" or one.has("quantity") or not one.has("part_number"):
        return None
    tables = [table.lines for table in one.tables if "mpn" in table.mapping.main]
    if not tables:
        return None
    rows = pl.concat([table.select("part_number", "manufacturer", "mpn") for table in tables])
    rows = rows.drop_nulls(["part_number", "mpn"]).unique(maintain_order=True)
    ranked = rows.with_columns(rank=pl.int_range(1, pl.len() + 1).over("part_number"))
    return ranked if ranked.height else None
