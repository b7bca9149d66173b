"""Options and parameter types that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from bomrisk.knowledge import Knowledge

Command = TypeVar("Command", bound=Callable[..., Any])


class Day(click.ParamType):  # type: ignore[type-arg]  # generic in newer releases of click only
    """A calendar day as yyyy-mm-dd."""

    name = "yyyy-mm-dd"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the day, or fail with the form that is wanted."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a day such as 2027-01-01", param, ctx)


def knowledge_option(command: Command) -> Command:
    """Add ``--knowledge``: overlay files that add or replace entries of the knowledge."""
    return click.option(
        "--knowledge",
        "overlays",
        type=click.Path(path_type=Path),
        multiple=True,
        metavar="FILE",
        help="YAML file that adds or replaces knowledge; may be repeated.",
    )(command)


def name_overlays(knowledge: Knowledge) -> None:
    """Say on standard error which overlay files the answers rest on."""
    for overlay in knowledge.overlays:
        click.echo(
            f"with overlay {overlay.file} (sha256 {overlay.sha256}; {overlay.added} added,"
            f" {overlay.replaced} replaced)",
            err=True,
        )


def reading_options(command: Command) -> Command:
    """Add ``--mapping``, ``--items`` and the other options that say how a BOM is read."""
    for option in reversed(
        (
            click.option(
                "--mapping",
                type=click.Path(path_type=Path),
                metavar="FILE",
                help="Read by this mapping instead of guessing. Default: bomrisk.mapping.toml beside the"
                " BOM, where one of its layouts fits.",
            ),
            click.option(
                "--no-mapping", is_flag=True, help="Guess, whatever mapping lies beside the BOM."
            ),
            click.option(
                "--items",
                type=click.Path(path_type=Path),
                multiple=True,
                metavar="FILE",
                help="Item master: names, texts and masses by part number, for what the BOM leaves open;"
                " may be repeated. Default: where it fits, items.csv beside the BOM, or a sister of its name"
                " (materials.csv beside bom.csv).",
            ),
            click.option(
                "--no-items",
                is_flag=True,
                help="Leave an item master that lies beside the BOM aside.",
            ),
            click.option(
                "--end-item",
                metavar="PART",
                help="Read one end item of a file that holds several.",
            ),
            click.option(
                "--units",
                type=click.FloatRange(min=0, min_open=True),
                default=1.0,
                show_default=True,
                help="Count this many end items.",
            ),
            click.option(
                "--limit",
                "limits",
                multiple=True,
                metavar="NAME=NUMBER",
                help="Change one limit on the input, such as cells=100000000. May be repeated.",
            ),
        )
    ):
        command = option(command)
    return command


def confidence_option(command: Command) -> Command:
    """Add ``--least-confidence``: below it a table's columns are not taken as guessed."""
    return click.option(
        "--least-confidence",
        "least_confidence",
        type=click.FloatRange(min=0, max=1),
        help="Refuse a table whose columns are guessed with less, and ask for --mapping. Default: 0.35.",
    )(command)


def companion_options(command: Command) -> Command:
    """Add ``--matches``, ``--no-matches``, ``--declarations``, ``--dispositions``: what people said."""
    file = click.Path(path_type=Path)
    command = click.option(
        "--dispositions",
        type=file,
        metavar="FILE",
        help="YAML file of decisions on findings: accepted, waived, mitigated, false positive.",
    )(command)
    command = click.option(
        "--declarations",
        type=file,
        multiple=True,
        metavar="FILE",
        help="Ledger, answered request, or folder of both, with its requests.json; may be repeated.",
    )(command)
    command = click.option(
        "--no-matches", is_flag=True, help="Leave a matches.csv that lies beside the BOM aside."
    )(command)
    return click.option(
        "--matches",
        type=file,
        metavar="FILE",
        help="CSV of materials decided by a person. Default: matches.csv beside the BOM.",
    )(command)


def as_of_option(command: Command) -> Command:
    """Add ``--as-of``: the day whose knowledge and law are used."""
    return click.option(
        "--as-of",
        type=Day(),
        help="Day whose knowledge and law are used. Default: the edition date of the knowledge.",
    )(command)


def to_option(command: Command) -> Command:
    """Add ``--to``: the countries whose touch is traced."""
    return click.option(
        "--to",
        default="covered_4872",
        show_default=True,
        metavar="SET",
        help="Country set, or ISO alpha-3 codes such as CHN,RUS.",
    )(command)


def countries(text: str) -> tuple[str, ...]:
    """Split the value of ``--to``; a set's name stays as it is, codes become upper case."""
    parts = tuple(part.strip() for part in text.split(","))
    if not all(parts):
        raise click.UsageError("--to names no country: write a set's name or codes such as CHN,RUS")
    if len(parts) == 1 and not (len(parts[0]) == 3 and parts[0].isalpha()):
        return parts
    return tuple(part.upper() for part in parts)
