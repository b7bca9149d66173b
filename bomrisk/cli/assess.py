"""`bomrisk assess`: the main job."""

from __future__ import annotations

import sys
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bomrisk.cli.options import Day, as_of_option, countries, knowledge_option, to_option
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
      bomrisk assess bom.xlsx --format json -o - > bom.json
      bomrisk assess *.xlsx -o reports/ --fail-on fail --fail-on unknown

    \b
    Exit codes:
      0 done   1 --fail-on tripped   2 usage or bad input   3 --fail-on tripped by unknowns alone
    """
    from bomrisk.cli.progress import progress_bar
    from bomrisk.compliance import read_contract
    from bomrisk.knowledge import Knowledge
    from bomrisk.pipeline import STAGES_OF_WORK, Options, assess

    targets = _targets(boms, output, form)
    facts = read_contract(contract) if contract else None
    options = Options(as_of=as_of, delivery=delivery, to=countries(to), marking=marking)
    knowledge = Knowledge(overlays)
    worst = 0
    refused: list[InputError] = []
    for bom, target in zip(boms, targets, strict=True):
        try:
            with progress_bar(bom.name, (*STAGES_OF_WORK, "write")) as begin:
                assessment = assess(
                    bom, knowledge=knowledge, contract=facts, options=options, progress=begin
                )
                begin("write")
                _write(assessment, target, form)
        except InputError as error:
            refused.append(error)
            continue
        if target is not None:
            _tell(assessment, target)
        worst = _worse(worst, _gate(assessment, gates))
    if refused:
        raise InputErrors(refused)
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


def _tell(assessment: Assessment, target: Path) -> None:
    """Print the answer and, last, the path of the result."""
    from rich.console import Console

    from bomrisk.report.terminal import answer_lines

    console = Console(highlight=False)
    for line in answer_lines(assessment):
        console.print(line)
    click.echo(str(target))


def _gate(assessment: Assessment, gates: tuple[str, ...]) -> int:
    """The exit code that the gates give this assessment."""
    from bomrisk.cli import EXIT_GATE, EXIT_GATE_UNKNOWN

    bands = assessment.answer.bands
    in_force = [
        regime
        for regime in assessment.answer.regimes
        if regime.applies_on(assessment.meta.delivery or assessment.meta.as_of)
    ]
    bad = {
        "critical": bands["Critical"],
        "high": bands["Critical"] + bands["High"],
        "fail": sum(regime.codes.get("FAIL", 0) for regime in in_force),
    }
    if any(bad[gate] for gate in gates if gate in bad):
        return EXIT_GATE
    unknown = bands["Unknown"] + sum(
        regime.codes.get(code, 0)
        for regime in assessment.answer.regimes
        for code in ("INCOMPLETE", "REVIEW")
    )
    return EXIT_GATE_UNKNOWN if "unknown" in gates and unknown else 0


def _worse(a: int, b: int) -> int:
    """Of two gate results the worse: a tripped gate outranks one tripped by unknowns alone."""
    return min((code for code in (a, b) if code), default=0)
