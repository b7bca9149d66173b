"""`bomrisk inspect`: how a bill of materials is read, and why each row is or is not a line."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bomrisk.cli.options import reading_options

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from bomrisk.bom import Bom

MOST_ROWS = 200
"""Rows that are shown of a long list; --all shows every one."""
DOUBTFUL = 0.75
"""Confidence below which the reason for it is shown with a table."""
GUESSED = 0.5
"""Confidence below which a deciding column is called a guess, in the first lines."""
_DECIDING = ("quantity", "quantity_total", "part_number", "name", "mpn", "level", "parent")
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
    """
    from bomrisk.bom.mapping import dumps, load
    from bomrisk.cli.reading import read_as_asked

    found = read_as_asked(
        bom,
        mapping=mapping,
        no_mapping=no_mapping,
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

    _show(found, console(), None if everything else MOST_ROWS)


def _show(bom: Bom, console: Console, most: int | None) -> None:
    for part in (
        *_head(bom),
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
    total = "unknown" if bom.total_quantity is None else f"{bom.total_quantity:,g}"
    if bom.mapping_file:
        yield Text(f"Read by the mapping {bom.mapping_file}.")
    yield Text(
        f"{bom.rows_read:,} rows read = {bom.lines.height:,} lines"
        f" + {bom.excluded.height:,} rows that are none. Quantities as written add up to {total}."
    )
    guesses = _guesses(bom)
    if guesses:
        yield Text(
            f"{'; '.join(guesses)}. Check it; where it is wrong, say which column is which: write a mapping"
            " with --save-mapping FILE, edit it, and give it back with --mapping FILE.",
            "yellow",
        )


def _guesses(bom: Bom) -> list[str]:
    """The columns that decide what a line is and how many there are, where they are hardly sure."""
    several = len(bom.tables) > 1
    said = []
    for found in bom.tables:
        where = f" of {found.sheet!r}" if several and found.sheet else ""
        said += [
            f"The {name.replace('_', ' ')}{where} is a guess (column {column.letter},"
            f" {column.confidence:.0%} sure)"
            for name, column in found.columns.items()
            if name in _DECIDING and column.confidence < GUESSED
        ]
    return said


def _short(text: str, most: int) -> str:
    """The text, cut at a word and with an ellipsis where it is longer."""
    if len(text) <= most:
        return text
    cut = text[: most - 2].rstrip()
    word, space, _ = cut.rpartition(" ")
    return f"{word if space and len(word) > most // 2 else cut} …"


def _tables(bom: Bom) -> Iterable[RenderableType]:
    from rich.table import Table
    from rich.text import Text

    for found in bom.tables:
        where = f"Sheet {found.sheet!r}, " if found.sheet else ""
        header = f"header in row {found.header_row}" if found.header_row else "no header row"
        rows = f"rows {found.first_row} to {found.last_row}"
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
        for name, column in sorted(
            found.columns.items(), key=lambda item: (len(item[1].letter), item[1].letter, item[0])
        ):
            style = "" if column.confidence >= 0.5 else "yellow"
            table.add_row(
                column.span,
                column.header or "",
                name,
                f"{column.confidence:.0%}",
                column.reason,
                style=style,
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
    for line in shown.iter_rows(named=True):
        part = line["part_number"] or line["mpn"] or ""
        text = " · ".join(dict.fromkeys(one for one in (line["name"], line["description"]) if one))
        table.add_row(
            *((line["sheet"],) if several else ()),
            str(line["row"]),
            *(("  " * (line["level"] or 0) + part if part else "",) if numbered else ()),
            ("" if part else "  " * (line["level"] or 0))
            + (_short(text, 90) or ("" if part else "(names nothing)")),
            _amount(line["quantity"], line["quantity_text"], line["unit"]),
            _amount(line["rolled_up"], None, None),
            *((_amount(line["mass_g"], line["mass_text"], None),) if weighed else ()),
        )
    yield table
    if not weighed:
        yield Text("No column gives a mass: that of each line is unknown.", "dim")
    yield from _more(bom.lines.height, most)


def _amount(value: float | None, text: str | None, unit: str | None) -> str:
    if value is None:
        return f"unknown ({_short(text, 24)})" if text else "unknown"
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
    yield Text.assemble(("Rows that are no lines", "bold"), f": {summary}")
    told = bom.excluded.filter(pl.col("reason") != "blank")
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    shown = told if most is None else told.head(most)
    for row in shown.iter_rows(named=True):
        table.add_row(row["sheet"], str(row["row"]), row["reason"], _short(row["text"] or "", 90))
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
