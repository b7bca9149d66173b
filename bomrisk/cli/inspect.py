"""`bomrisk inspect`: how a bill of materials is read, and why each row is or is not a line."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bomrisk.cli.options import reading_options

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from bomrisk.bom import Bom
    from bomrisk.bom.model import ColumnFound, TableFound

MOST_ROWS = 200
"""Rows that are shown of a long list; --all shows every one."""
DOUBTFUL = 0.75
"""Confidence below which the reason for it is shown with a table."""
GUESSED = 0.5
"""Confidence up to which a column of a part or its quantity is called a guess, which a person is to check."""
LONGEST = 90
"""Characters of a text that are shown in a table."""
KEY_FIELDS = ("part_number", "name", "description", "mpn", "quantity")
"""Fields on which everything else rests: what the part is, and how many there are."""
_TREES = {
    "flat": "a flat list",
    "level": "a level column",
    "dotted": "dotted numbers",
    "indent": "indents",
    "outline": "outline groups",
    "parent": "a parent column",
}


@click.command(short_help="Show how a bill of materials is read, row by row.")
@click.argument("bom", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print everything that was found as JSON.")
@click.option("--all", "everything", is_flag=True, help="Show every row, however many there are.")
@reading_options
@click.option(
    "--save-mapping",
    "save",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write what was found to FILE, to be edited and given back with --mapping.",
)
def command(
    bom: Path,
    *,
    as_json: bool,
    everything: bool,
    mapping: Path | None,
    no_mapping: bool,
    items: tuple[Path, ...],
    no_items: bool,
    save: Path | None,
    end_item: str | None,
    units: float,
    limits: tuple[str, ...],
) -> None:
    """Show how BOM is read: its tables, columns, tree, and why each row is or is not a line.

    \b
    Examples:
      bomrisk inspect bom.xlsx
      bomrisk inspect bom.csv --json
      bomrisk inspect bom.xlsx --save-mapping bomrisk.mapping.toml
      bomrisk inspect bom.xlsx --mapping bomrisk.mapping.toml
      bomrisk inspect bom.csv --items items.csv
    """
    from bomrisk.bom.mapping import dumps, load
    from bomrisk.cli.reading import read_as_asked

    found = read_as_asked(
        bom,
        mapping=mapping,
        no_mapping=no_mapping,
        items=items,
        no_items=no_items,
        end_item=end_item,
        units=units,
        limits=limits,
    )
    if save is not None:
        from bomrisk.cli.output import write_atomically

        known = load(save) if save.exists() else None
        write_atomically(save, dumps(found, known).encode())
        click.echo(f"bomrisk: the mapping is in {save}", err=True)
    if as_json:
        from bomrisk.bom.inspection import render

        click.echo(render(found))
        return
    from bomrisk.cli.output import console

    _show(found, bom, console(), None if everything else MOST_ROWS)


def _show(bom: Bom, path: Path, console: Console, most: int | None) -> None:
    for part in (
        *_head(bom),
        *_doubts(bom, path),
        *_tables(bom),
        *_lines(bom, most),
        *_excluded(bom, most),
        *_notes(bom, most),
    ):
        console.print(part)


def _head(bom: Bom) -> Iterable[RenderableType]:
    from rich.text import Text

    yield Text.assemble(
        (bom.source.name, "bold"),
        (
            f"  {bom.source.format}, {bom.source.size_bytes:,} bytes, sha256 {bom.source.sha256[:12]}",
            "dim",
        ),
    )
    if bom.mapping_file:
        yield Text(f"Read by the mapping {bom.mapping_file}.")
    total = (
        "No quantity is known."
        if bom.total_quantity is None
        else f"Quantities as written add up to {bom.total_quantity:,g}."
    )
    yield Text(
        f"{_many(bom.rows_read, 'row')} read = {_many(bom.lines.height, 'line')}"
        f" + {_many(bom.excluded.height, 'row')} that"
        f" {'is no line' if bom.excluded.height == 1 else 'are no lines'}. {total}"
    )


def _many(count: int, word: str) -> str:
    return f"{count:,} {word}" + ("" if count == 1 else "s")


def _doubts(bom: Bom, path: Path) -> Iterable[RenderableType]:
    """What was guessed and is to be checked first, and how to correct it."""
    from rich.text import Text

    from bomrisk.bom.mapping import DEFAULT_NAME

    if bom.mapping_file:
        return
    doubts: list[str] = []
    for found in bom.tables:
        guessed = [
            f"{name.replace('_', ' ')} in column {column.span}"
            + (f" {column.header!r}" if column.header else "")
            + f" ({column.confidence:.0%})"
            for name, column in _by_letter(found)
            if name in KEY_FIELDS and column.confidence <= GUESSED
        ]
        where = f"sheet {found.sheet!r}: " if found.sheet and len(bom.tables) > 1 else ""
        if guessed and found.confidence <= GUESSED:
            doubts.append(f"{where}{', '.join(guessed)}")
        if "quantity" not in found.columns:
            doubts.append(f"{where}no column is the quantity, so that of each line is unknown")
    if not doubts:
        return
    yield Text(f"Check this first, it is a guess: {'; '.join(doubts)}.", "yellow")
    yield Text(
        f"To correct it: bomrisk inspect {shlex.quote(str(path))} --save-mapping {DEFAULT_NAME}, edit"
        f" {DEFAULT_NAME}, then give it with --mapping {DEFAULT_NAME}.",
        "yellow",
    )


def _by_letter(found: TableFound) -> list[tuple[str, ColumnFound]]:
    """Columns of a table as they stand from left to right."""
    return sorted(
        found.columns.items(), key=lambda item: (len(item[1].letter), item[1].letter, item[0])
    )


def _cut(text: str, most: int = LONGEST) -> str:
    """A text that fits, cut between two words, with the sign that it goes on."""
    if len(text) <= most:
        return text
    head = text[: most - 2].rstrip("…")
    whole, blank, _ = head.rpartition(" ")
    return f"{(whole if blank and len(whole) > most // 2 else head).rstrip(' |,;')} …"


def _tables(bom: Bom) -> Iterable[RenderableType]:
    from rich.table import Table
    from rich.text import Text

    for found in bom.tables:
        where = f"Sheet {found.sheet!r}, " if found.sheet else ""
        header = f"header in row {found.header_row}" if found.header_row else "no header row"
        rows = f"parts in rows {found.first_row} to {found.last_row}"
        yield Text("")
        yield Text.assemble(
            (f"{where}{header}, {rows}, {_TREES.get(found.hierarchy, '')}", "bold"),
            (f"  confidence {found.confidence:.0%}", "dim"),
        )
        if found.confidence < DOUBTFUL:
            yield Text(found.reason, "yellow")
        table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
        for title in ("column", "header", "taken for", "sure", "because"):
            table.add_column(title, overflow="fold")
        for name, column in _by_letter(found):
            guess = column.confidence <= GUESSED
            table.add_row(
                column.span,
                column.header or "",
                name,
                f"{column.confidence:.0%}" + (" ?" if guess else ""),
                column.reason,
                style="yellow" if guess else "",
            )
        yield table


def _lines(bom: Bom, most: int | None) -> Iterable[RenderableType]:
    from rich.table import Table
    from rich.text import Text

    yield Text("")
    yield Text("Lines", "bold")
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    several = len({found.sheet for found in bom.tables}) > 1
    numbered = any(bom.lines.get_column(name).count() for name in ("part_number", "mpn"))
    weighed = any(bom.lines.get_column(name).count() for name in ("mass_g", "mass_text"))
    for title in (
        *(("sheet",) if several else ()),
        "row",
        *(("part",) if numbered else ()),
        "text",
    ):
        table.add_column(title, overflow="fold")
    for title in ("quantity", "in one end item", *(("g each",) if weighed else ())):
        table.add_column(title, justify="right")
    shown = bom.lines if most is None else bom.lines.head(most)
    remarked = set(bom.notes.get_column("line").drop_nulls())
    for line in shown.iter_rows(named=True):
        part = line["part_number"] or line["mpn"] or ""
        text = " · ".join(dict.fromkeys(one for one in (line["name"], line["description"]) if one))
        if not part and not text:
            text = f"({_unnamed(line)})"
        table.add_row(
            *((line["sheet"],) if several else ()),
            f"{line['row']}{' *' if line['line'] in remarked else ''}",
            *(("  " * (line["level"] or 0) + part if part else "",) if numbered else ()),
            ("" if part else "  " * (line["level"] or 0)) + _cut(text),
            _amount(line["quantity"], line["quantity_text"], line["unit"]),
            _amount(line["rolled_up"], None, None),
            *((_amount(line["mass_g"], line["mass_text"], None),) if weighed else ()),
        )
    yield table
    if not remarked.isdisjoint(shown.get_column("line")):
        yield Text("* see the remarks below", "dim")
    if not weighed:
        yield Text("No column gives a mass: that of each line is unknown.", "dim")
    yield from _more(bom.lines.height, most)


def _unnamed(line: Mapping[str, Any]) -> str:
    """What stands for a line that names no part: what else its row says of it."""
    for name, word in (("reference", "at"), ("value", "value"), ("manufacturer", "made by")):
        if line.get(name):
            return f"names no part; {word} {_cut(str(line[name]), 40)}"
    return "names no part"


def _amount(value: float | None, text: str | None, unit: str | None) -> str:
    if value is None:
        return f"unknown ({_cut(text, 30)})" if text else "unknown"
    return f"{value:,.6g}" + (f" {unit}" if unit else "")


def _more(count: int, most: int | None) -> Iterable[RenderableType]:
    from rich.text import Text

    if most is not None and count > most:
        yield Text(f"… and {count - most:,} more; --all shows them", "dim")


def _excluded(bom: Bom, most: int | None) -> Iterable[RenderableType]:
    from rich.table import Table
    from rich.text import Text

    if not bom.excluded.height:
        return
    import polars as pl

    yield Text("")
    counts = bom.excluded.group_by("reason").len().sort("len", "reason", descending=(True, False))
    summary = ", ".join(f"{count:,} {reason}" for reason, count in counts.iter_rows())
    yield Text.assemble(("Rows that are no lines", "bold"), f" (how many, why): {summary}")
    told = bom.excluded.filter(pl.col("reason") != "blank")
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    shown = told if most is None else told.head(most)
    for row in shown.iter_rows(named=True):
        table.add_row(row["sheet"], str(row["row"]), row["reason"], _cut(row["text"] or ""))
    yield table
    yield from _more(told.height, most)


def _notes(bom: Bom, most: int | None) -> Iterable[RenderableType]:
    from rich.table import Table
    from rich.text import Text

    if not bom.notes.height:
        return
    yield Text("")
    yield Text("Remarks", "bold")
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    shown = bom.notes if most is None else bom.notes.head(most)
    for note in shown.iter_rows(named=True):
        table.add_row(
            note["sheet"],
            "" if note["row"] is None else str(note["row"]),
            note["kind"],
            note["text"],
        )
    yield table
    yield from _more(bom.notes.height, most)
