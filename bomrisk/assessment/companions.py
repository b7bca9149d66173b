"""What people have said about a BOM, in files beside it: matches, declarations, dispositions.

Each is read before the BOM is, so that a wrong one stops the run before it has cost anything, and each is
named with its hash in the result, since it decides what stands there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bomrisk.assessment.meta import CompanionFile
from bomrisk.errors import InputError

if TYPE_CHECKING:
    import polars as pl

    from bomrisk.bom import Bom, ItemMaster
    from bomrisk.bom.mapping import SavedMapping
    from bomrisk.compliance.declarations import Merged
    from bomrisk.compliance.dispositions import Disposition
    from bomrisk.composition import MaterialDeclarations
    from bomrisk.knowledge import Knowledge
    from bomrisk.recognition import Decision

MATCHES = "matches.csv"
"""A file of this name in the folder of the BOM is read without being asked for."""

REQUESTS = "requests.json"
LEDGER = ".jsonl"


@dataclass(frozen=True, slots=True)
class Companions:
    """Columns, materials, origins and findings as people decided them, and the files that say so.

    `remarks` are what is wrong with answers that were read directly; they go among the notes.
    """

    mapping: SavedMapping | None = None
    asked_for: bool = False
    """Whether the mapping was named by the user; else it counts only where it fits the file."""
    items: tuple[ItemMaster, ...] = ()
    decisions: tuple[Decision, ...] = ()
    declared: tuple[Merged, ...] = ()
    materials: MaterialDeclarations | None = None
    dispositions: tuple[Disposition, ...] = ()
    remarks: tuple[tuple[str, str], ...] = ()
    files: tuple[CompanionFile, ...] = ()

    def of(self, kind: str) -> str:
        """The name of the first file of a kind; empty if there is none."""
        return next((file.name for file in self.files if file.kind == kind), "")

    def used_with(self, read: Bom) -> tuple[CompanionFile, ...]:
        """The files that decided something; a mapping or an item master only if the BOM was read with it."""
        asked = {master.file for master in self.items if master.asked}
        idle: dict[str, Callable[[str], bool]] = {
            "mapping": lambda _: not read.mapping_file,
            "items": lambda name: name not in asked and name not in read.item_files,
        }
        return tuple(
            file for file in self.files if file.kind not in idle or not idle[file.kind](file.name)
        )

    def notes(self) -> pl.DataFrame:
        """The remarks as notes on the file that they stand in."""
        import polars as pl

        from bomrisk.tables import NOTES

        rows = [{"file": file, "kind": "declaration", "text": text} for file, text in self.remarks]
        full = [{name: row.get(name) for name in NOTES.names} for row in rows]
        return pl.DataFrame(full, schema=NOTES.schema(), orient="row")


def read_companions(
    *,
    mapping: Path | None,
    near_mapping: Path | None,
    items: Sequence[Path] = (),
    items_near: Path | None = None,
    matches: Path | None,
    declarations: Sequence[Path],
    materials: Sequence[Path] = (),
    dispositions: Path | None,
    knowledge: Knowledge,
    as_of: date,
    files: tuple[CompanionFile, ...] = (),
) -> Companions:
    """Read the files; `declarations` are folders, ledgers or answers, each with its requests.json.

    `materials` are declarations of what parts are made of.
    `mapping` is put onto the BOM, `near_mapping` only where it fits. `items` are item masters; without any,
    one that lies beside the BOM `items_near` is used where it fits. `files` were read
    elsewhere and go into the same record, such as the contract.
    Raises `InputError` or `InputErrors` for a file that cannot be used.
    """
    found = Companions(files=files)
    chosen = mapping or near_mapping
    if chosen is not None:
        from bomrisk.bom.mapping import load

        found = replace(
            found,
            mapping=load(chosen),
            asked_for=mapping is not None,
            files=(*found.files, used("mapping", chosen)),
        )
    if items or items_near is not None:
        masters, read_from = _item_masters(items, items_near)
        found = replace(found, items=masters, files=(*found.files, *read_from))
    if matches is not None:
        from bomrisk.recognition import read_matches

        found = replace(
            found,
            decisions=read_matches(matches, knowledge),
            files=(*found.files, used("matches", matches)),
        )
    if declarations:
        merged, remarks, read = _declared(declarations, as_of)
        found = replace(found, declared=merged, remarks=remarks, files=(*found.files, *read))
    if materials:
        from bomrisk.composition import read_materials

        found = replace(
            found,
            materials=read_materials(materials),
            files=(*found.files, *(used("materials", path) for path in materials)),
        )
    if dispositions is not None:
        from bomrisk.compliance.dispositions import read_dispositions

        found = replace(
            found,
            dispositions=read_dispositions(dispositions),
            files=(*found.files, used("dispositions", dispositions)),
        )
    return found


def _item_masters(
    asked: Sequence[Path], bom: Path | None
) -> tuple[tuple[ItemMaster, ...], tuple[CompanionFile, ...]]:
    """The item masters that are named, else the one that lies beside the BOM, and their files."""
    from bomrisk.bom.itemfiles import items_beside, read_items

    if asked:
        return read_items(asked), tuple(used("items", path) for path in asked)
    near = items_beside(bom) if bom is not None else None
    return ((), ()) if near is None else (near[1], (used("items", near[0]),))


def beside(bom: Path) -> Path | None:
    """The decisions that lie in the folder of the BOM, if any do."""
    path = bom.parent / MATCHES
    return path if path.is_file() and path != bom else None


def used(kind: str, path: Path) -> CompanionFile:
    """The record of a file that decides something: its kind, name and hash."""
    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror})", mend="name an existing file", file=path.name
        ) from error
    return CompanionFile(kind=kind, name=path.name, sha256=digest)


def _declared(
    paths: Iterable[Path], as_of: date
) -> tuple[tuple[Merged, ...], tuple[tuple[str, str], ...], tuple[CompanionFile, ...]]:
    """The declarations in force on the day, remarks on answers, and the files they stand in."""
    from bomrisk.compliance.declarations import (
        checked,
        merge,
        read_ledger,
        read_manifest,
        read_returned,
    )
    from bomrisk.compliance.declarations.ledger import Ledger

    files: list[CompanionFile] = []
    remarks: list[tuple[str, str]] = []
    merged: list[Merged] = []
    by_requests: dict[Path, list[Path]] = {}
    for path in paths:
        manifest, sources = _placed(path)
        by_requests.setdefault(manifest, []).extend(sources)
    for manifest, sources in by_requests.items():
        requests = read_manifest(manifest)
        files.append(used("requests", manifest))
        ledger = Ledger()
        for source in dict.fromkeys(sources):
            files.append(used("declarations", source))
            if source.suffix == LEDGER:
                ledger = Ledger([*ledger.entries, *read_ledger(source).entries])
                continue
            answers, faults = checked(read_returned(source), requests, evidence=source.parent)
            remarks += [(source.name, str(fault)) for fault in faults]
            ledger = ledger.with_answers(answers, as_of)
        merged += merge(requests, ledger.as_of(as_of), as_of=as_of)
    return tuple(merged), tuple(remarks), tuple(files)


def _placed(path: Path) -> tuple[Path, list[Path]]:
    """The requests.json that belongs to a path, and the ledgers or answers that the path means."""
    folder = path if path.is_dir() else path.parent
    if path.name == REQUESTS:
        sources = sorted(folder.glob(f"*{LEDGER}"))
    elif path.is_dir():
        sources = sorted(path.glob(f"*{LEDGER}"))
    else:
        sources = [path]
    if not path.exists():
        raise InputError("there is no such file", mend="check the name", file=str(path))
    if not sources:
        raise InputError(
            f"holds no ledger (*{LEDGER})",
            mend="write one with 'bomrisk declare read … --ledger', or name the answers themselves",
            file=str(path),
        )
    manifest = folder / REQUESTS
    if not manifest.is_file():
        raise InputError(
            f"no {REQUESTS} lies beside it",
            mend=f"put it into the folder where 'bomrisk declare request' wrote {REQUESTS}",
            file=str(path),
        )
    return manifest, sources
