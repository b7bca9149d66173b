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
    end_item: str | None,
    units: float,
    limits: tuple[str, ...],
) -> Bom:
    """Read the BOM; a mapping beside it counts only where it fits, and not at all with ``--no-mapping``."""
    from bomrisk.bom import read
    from bomrisk.bom.limits import changed
    from bomrisk.bom.mapping import beside, load

    near = None if no_mapping or mapping else beside(bom)
    return read(
        bom,
        limits=changed(limits),
        mapping=load(mapping) if mapping else None,
        remembered=load(near) if near else None,
        end_item=end_item,
        units=units,
    )
