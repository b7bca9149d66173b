"""`bomrisk assess`: the main job."""

from __future__ import annotations

import sys
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bomrisk.cli.options import (
    Day,
    as_of_option,
    companion_options,
    confidence_option,
    countries,
    knowledge_option,
    reading_options,
    to_option,
)
from bomrisk.errors import InputError, InputErrors

if TYPE_CHECKING:
    from bomrisk.assessment import Assessment

PAGE_LIMIT = 100_000
"""Lines above which the page holds the worst of them, and all stand as Parquet beside it."""

GATES = ("critical", "high", "fail", "unknown")
SUFFIXES = {"html": ".bomrisk.html", "json": ".bomrisk.json", "parquet": ".bomrisk.parquet"}


@click.command(short_help="Assess a bill of materials and write the report.")
@click.argument("boms", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="BOM...")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where to write; '-' is standard output; a folder for several BOMs."
    "  Default: <bom>.bomrisk.html in the current folder.",
)
@click.option(
    "--format", "form", type=click.Choice(tuple(SUFFIXES)), default="html", show_default=True
)
@as_of_option
@click.option("--delivery", type=Day(), help="Day of delivery. Default: open, judge both regimes.")
@click.option(
    "--contract",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="contract.yaml with award, delivery, value, clauses, place of use.",
)
@companion_options
@click.option(
    "--materials",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FILE",
    help="Declaration of what parts are made of: a sheet of substances (.csv, .xlsx …) or IPC-1752A/B"
    " XML; outranks recognition; may be repeated.",
)
@reading_options
@confidence_option
@to_option
@knowledge_option
@click.option(
    "--fail-on",
    "gates",
    multiple=True,
    type=click.Choice(GATES),
    help="Exit 1 if a line is that bad (high includes critical); exit 3 if only unknowns trip it.",
)
@click.option("--marking", metavar="TEXT", help="Marking at the top and bottom of the report.")
def command(
    boms: tuple[Path, ...],
    output: Path | None,
    form: str,
    as_of: date | None,
    delivery: date | None,
    contract: Path | None,
    matches: Path | None,
    no_matches: bool,
    declarations: tuple[Path, ...],
    materials: tuple[Path, ...],
    dispositions: Path | None,
    mapping: Path | None,
    no_mapping: bool,
    items: tuple[Path, ...],
    no_items: bool,
    end_item: str | None,
    units: float,
    limits: tuple[str, ...],
    least_confidence: float | None,
    to: str,
    overlays: tuple[Path, ...],
    gates: tuple[str, ...],
    marking: str | None,
) -> None:
    """Assess BOMs: what is in each line, where it comes from, whether it may be delivered.

    Writes one self-contained HTML report for each BOM, and prints the answer.

    \b
    Examples:
      bomrisk assess bom.xlsx
      bomrisk assess bom.xlsx --delivery 2027-02-01 --contract contract.yaml
      bomrisk assess bom.xlsx --declarations answers/ --dispositions decided.yaml
      bomrisk assess bom.csv --items items.csv
      bomrisk assess bom.xlsx --materials motor_class_d.xml --materials substances.csv
      bomrisk assess bom.xlsx --format json -o - > bom.json
      bomrisk assess *.xlsx -o reports/ --fail-on fail --fail-on unknown

    \b
    Exit codes:
      0 done   1 --fail-on tripped   2 usage or bad input   3 --fail-on tripped by unknowns alone
    """
    from bomrisk.assessment.companions import beside, read_companions, used
    from bomrisk.bom import SURE_ENOUGH
    from bomrisk.bom import mapping as mappings
    from bomrisk.bom.limits import changed
    from bomrisk.cli.progress import progress_bar
    from bomrisk.cli.review import write_review
    from bomrisk.compliance import read_contract
    from bomrisk.knowledge import Knowledge
    from bomrisk.pipeline import STAGES_OF_WORK, Options, assess

    targets = _targets(boms, output, form)
    facts = read_contract(contract) if contract else None
    options = Options(
        as_of=as_of,
        delivery=delivery,
        to=countries(to),
        end_item=end_item,
        units=units,
        least_confidence=SURE_ENOUGH if least_confidence is None else least_confidence,
        left_aside=(
            *(("mapping",) if no_mapping else ()),
            *(("items",) if no_items else ()),
            *(("matches",) if no_matches else ()),
        ),
        marking=marking,
    )
    within = changed(limits)
    knowledge = Knowledge(overlays)
    files = (used("contract", contract),) if contract else ()
    worst = 0
    refused: list[InputError] = []
    for bom, target in zip(boms, targets, strict=True):
        try:
            with progress_bar(bom.name, (*STAGES_OF_WORK, "write")) as begin:
                companions = read_companions(
                    mapping=mapping,
                    near_mapping=None if no_mapping else mappings.beside(bom),
                    items=items,
                    items_near=None if no_items else bom,
                    matches=matches or (None if no_matches else beside(bom)),
                    declarations=declarations,
                    materials=materials,
                    dispositions=dispositions,
                    knowledge=knowledge,
                    as_of=as_of or knowledge.edition,
                    files=files,
                )
                assessment = assess(
                    bom,
                    knowledge=knowledge,
                    contract=facts,
                    options=options,
                    limits=within,
                    companions=companions,
                    progress=begin,
                )
                begin("write")
                _write(assessment, target, form)
        except (InputError, InputErrors) as error:
            refused += error.errors if isinstance(error, InputErrors) else [error]
            continue
        if target is not None:
            told = write_review(assessment.review, target.parent, bom if len(boms) > 1 else None)
            _tell(assessment, target, told)
        worst = _worse(worst, _gate(assessment, gates))
    if refused:
        raise InputErrors({str(error): error for error in refused}.values())
    raise click.exceptions.Exit(worst)


def _targets(boms: tuple[Path, ...], output: Path | None, form: str) -> list[Path | None]:
    """The file that each BOM's result goes to; None is standard output."""
    if str(output) == "-":
        if len(boms) > 1:
            raise click.UsageError("standard output holds one result: name a folder with -o")
        return [None]
    suffix = SUFFIXES[form]
    if len(boms) == 1 and output is not None and not output.is_dir():
        return [output]
    if len(boms) > 1 and output is not None and not output.is_dir():
        if output.exists() or output.suffix:
            raise click.UsageError(f"several BOMs need a folder: {output} is none")
        output.mkdir(parents=True)
    folder = output or Path()
    targets = [folder / f"{bom.stem}{suffix}" for bom in boms]
    if len(set(targets)) < len(targets):
        targets = [folder / f"{bom.name}{suffix}" for bom in boms]
    if len(set(targets)) < len(targets):
        raise click.UsageError("two BOMs of the same name: assess each with its own -o")
    return list(targets)


def _write(assessment: Assessment, target: Path | None, form: str) -> None:
    """Write the result; a BOM too long for the page gets its lines as Parquet beside it."""
    from bomrisk.cli.output import write_atomically, write_folder_atomically
    from bomrisk.report import parquet

    if form == "parquet":
        if target is None:
            raise click.UsageError("Parquet is a folder of files: name it with -o")
        write_folder_atomically(target, partial(parquet.write, assessment))
        return
    data = _rendered(assessment, form)
    if target is None:
        sys.stdout.buffer.write(data)
        return
    write_atomically(target, data)
    if form == "html" and assessment.lines.height > PAGE_LIMIT:
        folder = target.with_suffix(".parquet")
        fill = partial(parquet.write, assessment, leave_out=("contents",))
        write_folder_atomically(folder, fill)


def _rendered(assessment: Assessment, form: str) -> bytes:
    if form == "json":
        from bomrisk.report import json

        return json.render(assessment).encode("utf-8")
    from bomrisk.report import html

    return html.render(assessment).encode("utf-8")


def _tell(assessment: Assessment, target: Path, review: str) -> None:
    """Print the answer, what there is to review and, last, the path of the result."""
    from rich.console import Console

    from bomrisk.report.terminal import answer_lines

    console = Console(highlight=False)
    for line in answer_lines(assessment):
        console.print(line)
    if review:
        console.print(review)
    click.echo(str(target))


def _gate(assessment: Assessment, gates: tuple[str, ...]) -> int:
    """The exit code that the gates give this assessment."""
    from bomrisk.assessment.gate import tripping
    from bomrisk.cli import EXIT_GATE, EXIT_GATE_UNKNOWN

    counts = tripping(assessment)
    if any(counts[gate] for gate in gates if gate != "unknown"):
        return EXIT_GATE
    return EXIT_GATE_UNKNOWN if "unknown" in gates and counts["unknown"] else 0


def _worse(a: int, b: int) -> int:
    """Of two gate results the worse: a tripped gate outranks one tripped by unknowns alone."""
    return min((code for code in (a, b) if code), default=0)
