"""Files of `--materials`: XML by its content, else a spreadsheet or text file with sheets of substances."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bomrisk.bom.limits import MEBI, Limits
from bomrisk.bom.reading import sheets_of
from bomrisk.composition.declared.ipc1752 import read_ipc1752
from bomrisk.composition.declared.model import MaterialDeclarations
from bomrisk.composition.declared.table import read_sheet
from bomrisk.errors import InputError, InputErrors

LIMITS = Limits(file_bytes=64 * MEBI, unpacked_bytes=512 * MEBI, cells=8_000_000)


def read_materials(paths: Iterable[Path]) -> MaterialDeclarations:
    """The declarations of all files, in their order. Raises `InputErrors` for files that cannot be used."""
    found: list[MaterialDeclarations] = []
    faults: list[InputError] = []
    for path in paths:
        try:
            found.append(_read(path))
        except InputError as error:
            faults.append(error)
    if faults:
        raise InputErrors(faults)
    return MaterialDeclarations.joined(found)


def _read(path: Path) -> MaterialDeclarations:
    try:
        if path.stat().st_size > LIMITS.file_bytes:
            raise InputError(
                f"is larger than {LIMITS.file_bytes:,} bytes",
                mend="give the declarations in several files",
                file=path.name,
            )
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        raise InputError(
            f"cannot be read ({getattr(error, 'strerror', None) or error})",
            mend="name an existing file of declarations",
            file=path.name,
        ) from error
    if _is_xml(data):
        return read_ipc1752(data, path.name)
    told = [read_sheet(sheet, path.name) for sheet in sheets_of(data, path.name, LIMITS)]
    usable = [one for one in told if one is not None]
    if not usable:
        raise InputError(
            "holds no sheet of substances",
            mend="give it columns such as part number, substance, CAS and mass [g] or wt%",
            file=path.name,
        )
    return MaterialDeclarations.joined(usable)


def _is_xml(data: bytes) -> bool:
    """Whether it is XML other than the workbooks of Excel 2003 and web pages, which are spreadsheets."""
    plain = data[:16384].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if not plain.startswith(b"<"):
        return False
    return b"office:spreadsheet" not in plain and not any(
        tag in plain[:4096].lower() for tag in (b"<html", b"<table")
    )
