"""Reading a BOM as the shared options say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bomrisk.bom import Bom


def read_as_asked(
    bom: Path,
    *,
    mapping: Path | None,
    no_mapping: bool,
    items: tuple[Path, ...],
    no_items: bool,
    end_item: str | None,
    units: float,
    limits: tuple[str, ...],
) -> Bom:
    """Read the BOM; a mapping or an item master beside it counts only where it fits, unless left aside.

    Rows and sheets that declare the substances of parts are set aside, as `assess` sets them aside.
    """
    from bomrisk.bom import read
    from bomrisk.bom.itemfiles import items_beside, read_items
    from bomrisk.bom.limits import changed
    from bomrisk.bom.mapping import beside, load
    from bomrisk.composition import DeclarationsInside

    near = None if no_mapping or mapping else beside(bom)
    found = None if items or no_items else items_beside(bom)
    return read(
        bom,
        limits=changed(limits),
        mapping=load(mapping) if mapping else None,
        remembered=load(near) if near else None,
        end_item=end_item,
        units=units,
        items=read_items(items) if items else found[1] if found else (),
        aside=DeclarationsInside(bom.name).rest_of,
    )
