"""Mapping files: what was found in a layout, saved as TOML, edited by a person and given back.

A file may hold several layouts; each remembers sheets, header rows and columns of one kind of export,
so that the next file of the same kind is read the same way.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bomrisk.bom.letters import index_of
from bomrisk.bom.units import currency, grams
from bomrisk.bom.vocabulary import vocabulary
from bomrisk.errors import InputError, InputErrors

if TYPE_CHECKING:
    from bomrisk.bom.model import Bom

DEFAULT_NAME = "bomrisk.mapping.toml"
_LETTERS = re.compile(r"[A-Za-z]{1,3}(?::[A-Za-z]{1,3})?")

_FILE_KEYS = ("version", "layout")
_LAYOUT_KEYS = ("id", "table")
_TABLE_KEYS = (
    "sheet",
    "header_row",
    "first_row",
    "last_row",
    "mass_unit",
    "currency",
    "columns",
)
_COLUMN_KEYS = ("column", "header")


@dataclass(frozen=True, slots=True)
class SavedColumn:
    """A column as saved: its letter and, where the table has a header, the header's text."""

    letter: str
    header: str | None = None
    last: str | None = None
    """Letter of the last column, where the field stands in a column per level: written ``A:C``."""


@dataclass(frozen=True, slots=True)
class SavedTable:
    """A table as saved; rows count from 1, and a table without `header_row` has no header."""

    sheet: str
    header_row: int | None
    columns: Mapping[str, SavedColumn]
    first_row: int | None = None
    last_row: int | None = None
    mass_unit: str | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class SavedLayout:
    """All tables of one layout, and the layout's id as `inspect` shows it."""

    id: str
    tables: tuple[SavedTable, ...]


@dataclass(frozen=True, slots=True)
class SavedMapping:
    """A mapping file: its name and its layouts."""

    file: str
    layouts: tuple[SavedLayout, ...] = field(default_factory=tuple)


def beside(bom: Path) -> Path | None:
    """The mapping file that lies in the folder of a BOM, if one does."""
    path = bom.parent / DEFAULT_NAME
    return path if path.is_file() and path != bom else None


def load(path: Path) -> SavedMapping:
    """Read a mapping file; raises InputErrors with every entry that cannot be used."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise InputError(
            "there is no such mapping file",
            mend="write one with 'bomrisk inspect BOM --save-mapping FILE'",
            file=str(path),
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(
            f"the mapping is not valid TOML ({error})", mend="mend that line", file=path.name
        ) from error
    except OSError as error:
        raise InputError(
            f"the mapping cannot be opened ({error.strerror})",
            mend="check its name",
            file=str(path),
        ) from error
    errors: list[InputError] = []
    _known_keys(data, _FILE_KEYS, path, "", errors)
    if data.get("version", 1) != 1:
        errors.append(
            InputError(
                f"version {data['version']!r} of mapping files is not known",
                mend="write version = 1",
                file=path.name,
                path="version",
            )
        )
    layouts: list[SavedLayout] = []
    for at, layout in enumerate(_list(data.get("layout"), path, "layout", errors)):
        where = f"layout[{at}]"
        _known_keys(layout, _LAYOUT_KEYS, path, where, errors)
        items = _list(layout.get("table"), path, f"{where}.table", errors)
        tables = [
            _table(item, path, f"{where}.table[{number}]", errors)
            for number, item in enumerate(items)
        ]
        layouts.append(
            SavedLayout(
                str(layout.get("id", "")), tuple(table for table in tables if table is not None)
            )
        )
    if errors:
        raise InputErrors(errors)
    return SavedMapping(path.name, tuple(layouts))


def _known_keys(
    item: Mapping[str, Any],
    known: Sequence[str],
    path: Path,
    where: str,
    errors: list[InputError],
) -> None:
    """Collect an error for each key that means nothing here."""
    for key in item:
        if key not in known:
            near = get_close_matches(key, known, n=1)
            mend = f"write {near[0]}" if near else f"use one of {', '.join(known)}, or delete it"
            at = f"{where}.{key}" if where else key
            errors.append(InputError(f"{key!r} means nothing", mend=mend, file=path.name, path=at))


def _list(
    value: object, path: Path, where: str, errors: list[InputError]
) -> Sequence[Mapping[str, Any]]:
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        return value
    errors.append(
        InputError(
            "no tables are named here",
            mend=f"write at least one [[{where.rsplit('[', 1)[0]}]]",
            file=path.name,
            path=where,
        )
    )
    return ()


def _table(
    item: Mapping[str, Any], path: Path, where: str, errors: list[InputError]
) -> SavedTable | None:
    def wrong(what: str, mend: str, key: str) -> None:
        errors.append(InputError(what, mend=mend, file=path.name, path=f"{where}.{key}"))

    _known_keys(item, _TABLE_KEYS, path, where, errors)
    columns: dict[str, SavedColumn] = {}
    given = item.get("columns")
    for name, value in (given if isinstance(given, dict) else {}).items():
        letter = value.get("column") if isinstance(value, dict) else value
        header = value.get("header") if isinstance(value, dict) else None
        if name not in vocabulary().fields:
            near = get_close_matches(name, sorted(vocabulary().fields), n=3)
            mend = f"write {' or '.join(near)}" if near else "use one that docs/formats.md names"
            wrong(f"{name!r} is no field", mend, f"columns.{name}")
        elif not isinstance(letter, str) or not _LETTERS.fullmatch(letter):
            mend = "write its letters, such as C, or A:C for a column per level"
            wrong(f"{letter!r} is no column", mend, f"columns.{name}")
        else:
            if isinstance(value, dict):
                _known_keys(value, _COLUMN_KEYS, path, f"{where}.columns.{name}", errors)
            first, _, last = letter.upper().partition(":")
            text = header if isinstance(header, str) else None
            columns[name] = SavedColumn(first, text, last or None)
    if not columns:
        wrong("no columns are named", 'write at least one, such as part_number = "A"', "columns")
    numbers: dict[str, int | None] = {}
    for key in ("header_row", "first_row", "last_row"):
        value = item.get(key)
        if value is not None and (
            not isinstance(value, int) or isinstance(value, bool) or value < 0
        ):
            wrong(
                f"{value!r} is no row number",
                "write the row as the spreadsheet counts, from 1",
                key,
            )
            value = None
        numbers[key] = value
    mass_unit, money = item.get("mass_unit"), item.get("currency")
    if mass_unit is not None and (not isinstance(mass_unit, str) or grams(mass_unit) is None):
        wrong(f"{mass_unit!r} is no unit of mass", "write g, kg, mg, lb or oz", "mass_unit")
    if money is not None and (not isinstance(money, str) or currency(money) is None):
        wrong(
            f"{money!r} is no currency that is known",
            "write its ISO 4217 code, such as USD",
            "currency",
        )
    return SavedTable(
        sheet=str(item.get("sheet", "")),
        header_row=numbers["header_row"],
        columns=columns,
        first_row=numbers["first_row"],
        last_row=numbers["last_row"],
        mass_unit=mass_unit if isinstance(mass_unit, str) else None,
        currency=money if isinstance(money, str) else None,
    )


def dumps(bom: Bom, known: SavedMapping | None = None) -> str:
    """The mapping of a file as TOML; layouts that `known` holds already are kept, the same one replaced."""
    layouts = [layout for layout in (known.layouts if known else ()) if layout.id != bom.layout]
    own = SavedLayout(
        bom.layout,
        tuple(
            SavedTable(
                table.sheet,
                table.header_row,
                {
                    name: SavedColumn(column.letter, column.header, column.last)
                    for name, column in table.columns.items()
                },
                first_row=table.first_row if table.header_row is None else None,
            )
            for found in bom.tables
            for table in (found.parts or (found,))
        ),
    )
    parts = [
        "# How bomrisk reads BOM files of these layouts. Edit it and give it back with --mapping.",
        "# Fields and what they mean: docs/formats.md. mass_unit and currency may be added to a table.",
        "version = 1",
    ]
    for layout in (*layouts, own):
        parts += ["", "[[layout]]", f"id = {json.dumps(layout.id)}"]
        for table in layout.tables:
            parts += _table_text(table)
    return "\n".join(parts) + "\n"


def _table_text(table: SavedTable) -> list[str]:
    def quoted(text: str) -> str:
        return json.dumps(text, ensure_ascii=False)

    lines = [
        "",
        "[[layout.table]]",
        f"sheet = {quoted(table.sheet)}",
    ]
    for key in ("header_row", "first_row", "last_row"):
        value = getattr(table, key)
        if value is not None:
            lines.append(f"{key} = {value}")
    for key in ("mass_unit", "currency"):
        value = getattr(table, key)
        if value is not None:
            lines.append(f"{key} = {quoted(value)}")
    lines += ["", "[layout.table.columns]"]
    for name, column in sorted(
        table.columns.items(), key=lambda item: (index_of(item[1].letter), item[0])
    ):
        header = f", header = {quoted(column.header)}" if column.header else ""
        span = f"{column.letter}:{column.last}" if column.last else column.letter
        lines.append(f"{name} = {{ column = {quoted(span)}{header} }}")
    return lines
