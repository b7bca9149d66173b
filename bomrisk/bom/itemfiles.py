"""Files of item masters: named by the user, or lying beside the parts list as its sister in name.

A business system exports a file per table: `bom.csv` and `materials.csv`, `4711_bom.xlsx` and
`4711_items.xlsx`. Where the name of the BOM says that it is one, the file of the same name with a word for
items in its place is read too; it counts only where it holds at least half of the BOM's part numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from bomrisk.bom.itemmaster import ItemMaster, item_master
from bomrisk.bom.limits import MEBI, Limits
from bomrisk.bom.reading import tables_of
from bomrisk.errors import InputError, InputErrors

LIMITS = Limits(file_bytes=256 * MEBI, cells=40_000_000)

ITEMS = "items.csv"
"""A file of this name beside any BOM is looked at."""

_BOM_WORDS = re.compile(r"(?i)(?:^|[^a-z])(boms?|bill[ _-]?of[ _-]?materials?)(?:$|[^a-z])")
_ITEM_WORDS = (
    "items",
    "item_master",
    "itemmaster",
    "materials",
    "material_master",
    "parts",
    "part_master",
    "components",
    "articles",
)


def read_items(paths: Iterable[Path]) -> tuple[ItemMaster, ...]:
    """The item masters of all files, in their order. Raises `InputErrors` for files that cannot be used."""
    found: list[ItemMaster] = []
    faults: list[InputError] = []
    for path in paths:
        try:
            masters = _masters(path, asked=True)
        except InputError as error:
            faults.append(error)
            continue
        if not masters:
            faults.append(
                InputError(
                    "is no item master: no table has part numbers beside names, descriptions, materials"
                    " or masses",
                    mend="head its columns 'part number', 'name', 'description', 'material', 'mass [g]';"
                    " substances go by --materials",
                    file=path.name,
                )
            )
        found += masters
    if faults:
        raise InputErrors(faults)
    return tuple(found)


def items_beside(bom: Path) -> tuple[Path, tuple[ItemMaster, ...]] | None:
    """The first file beside the BOM that is named as its item master and reads as one; else None.

    What cannot be read is no item master: nobody asked for it.
    """
    for path in _sisters(bom):
        try:
            masters = _masters(path, asked=False)
        except InputError:
            continue
        if masters:
            return path, masters
    return None


def _masters(path: Path, *, asked: bool) -> tuple[ItemMaster, ...]:
    masters = (item_master(one, path.name, asked=asked) for one in tables_of(path, LIMITS))
    return tuple(master for master in masters if master is not None)


def _sisters(bom: Path) -> Iterable[Path]:
    """The files of the folder that may hold the items of this BOM, surest first."""
    names: list[str] = []
    said = _BOM_WORDS.search(bom.stem)
    if said is not None:
        head, tail = bom.stem[: said.start(1)], bom.stem[said.end(1) :]
        words = (form for word in _ITEM_WORDS for form in (word, word.title(), word.upper()))
        names = [f"{head}{word}{tail}{bom.suffix}" for word in words]
    for name in (*names, ITEMS):
        path = bom.parent / name
        if name.casefold() != bom.name.casefold() and _is_file(path):
            yield path


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # such as a name that is too long with another word in it
        return False
