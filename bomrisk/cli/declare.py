"""`bomrisk declare`: ask suppliers where their materials were made, and read what they answer."""

from __future__ import annotations

import re
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bomrisk.cli.options import (
    Day,
    as_of_option,
    confidence_option,
    knowledge_option,
    reading_options,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bomrisk.compliance.declarations import Answer, Fault, Merged, Owed, Request

MANIFEST = "requests.json"


@click.group(short_help="Ask suppliers for origins, and read their answers.")
def command() -> None:
    """Ask suppliers for origins, and read their answers.

    \b
    Examples:
      bomrisk declare request bom.xlsx --out requests/ --due 2026-12-15
      bomrisk declare read answers/*.xlsx --requests requests/ --ledger ledger.jsonl
    """


@command.command("request")
@click.argument("bom", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="DIR")
@click.option(
    "--contract",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="contract.yaml; its clauses and platform say what is asked.",
)
@click.option("--due", type=Day(), help="Day by which an answer is asked for.")
@click.option("--requester", default="", metavar="NAME", help="Who asks; printed in each request.")
@click.option(
    "--contacts",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="CSV with supplier, cage, contact.",
)
@click.option("--csv", "as_csv", is_flag=True, help="Write the CSV form beside each workbook.")
@reading_options
@confidence_option
@knowledge_option
def request_command(
    bom: Path,
    out: Path,
    contract: Path | None,
    due: date | None,
    requester: str,
    contacts: Path | None,
    as_csv: bool,
    mapping: Path | None,
    no_mapping: bool,
    items: tuple[Path, ...],
    no_items: bool,
    end_item: str | None,
    units: float,
    limits: tuple[str, ...],
    least_confidence: float | None,
    overlays: tuple[Path, ...],
) -> None:
    """Write one workbook per supplier of the BOM: his lines only, with what is known filled in.

    What an assessment would judge is asked about: a matches.csv beside the BOM counts, and an assembly
    is not asked for a magnet that stands on a line of its own below it.

    \b
    Examples:
      bomrisk declare request bom.xlsx --out requests/
      bomrisk declare request bom.xlsx --out requests/ --contract contract.yaml --due 2026-12-15 --csv
    """
    from bomrisk.assessment.companions import beside
    from bomrisk.bom import SURE_ENOUGH, require_confidence
    from bomrisk.cli.output import write_atomically
    from bomrisk.cli.reading import read_as_asked
    from bomrisk.compliance import ContractFacts, read_contract
    from bomrisk.compliance.declarations import (
        csv_text,
        read_contacts,
        requests,
        workbook_bytes,
        write_manifest,
    )
    from bomrisk.composition import compose
    from bomrisk.knowledge import Knowledge
    from bomrisk.recognition import read_matches, recognize

    knowledge = Knowledge(overlays)
    facts = read_contract(contract) if contract else ContractFacts()
    read = read_as_asked(
        bom,
        mapping=mapping,
        no_mapping=no_mapping,
        items=items,
        no_items=no_items,
        end_item=end_item,
        units=units,
        limits=limits,
    )
    require_confidence(read, SURE_ENOUGH if least_confidence is None else least_confidence)
    lines = read.lines
    decided = beside(bom)
    if decided is not None:
        click.echo(f"{decided}: what people decided is used", err=True)
    decisions = read_matches(decided, knowledge) if decided else ()
    recognized = recognize(lines, knowledge, decisions).materials
    asked = requests(
        lines,
        compose(lines, recognized, knowledge).materials,
        knowledge,
        contract=facts,
        due=due,
        requester=requester,
        contacts=read_contacts(contacts) if contacts else None,
    )
    out.mkdir(parents=True, exist_ok=True)
    for one in asked:
        target = out / f"{file_name(one)}.xlsx"
        write_atomically(target, workbook_bytes(one))
        if as_csv:
            write_atomically(target.with_suffix(".csv"), csv_text(one).encode("utf-8-sig"))
        click.echo(f"{target}: {one.supplier.name}, {len(one.rows)} rows")
        if one.supplier.merged:
            click.echo(one.supplier.merged, err=True)
    write_manifest(out / MANIFEST, asked)
    click.echo(str(out / MANIFEST))


def file_name(request: Request) -> str:
    """A plain file name for a supplier's request: letters, digits and hyphens, and the request's id."""
    plain = re.sub(r"[^A-Za-z0-9]+", "-", request.supplier.name).strip("-")[:40] or "supplier"
    return f"{plain}-{request.id}"


@command.command("read")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--requests",
    "asked_in",
    type=click.Path(path_type=Path),
    required=True,
    metavar="DIR",
    help="Folder (or requests.json) of 'declare request'.",
)
@click.option(
    "--ledger", type=click.Path(path_type=Path), metavar="FILE", help="Ledger to append to."
)
@click.option(
    "--evidence", type=click.Path(path_type=Path), metavar="DIR", help="Folder of the papers."
)
@click.option("--received", type=Day(), help="Day of receipt. Default: the as-of date.")
@click.option(
    "--owed", "owed_to", type=click.Path(path_type=Path), metavar="FILE", help="Owed, as CSV."
)
@as_of_option
@knowledge_option
def read_command(
    files: tuple[Path, ...],
    asked_in: Path,
    ledger: Path | None,
    evidence: Path | None,
    received: date | None,
    owed_to: Path | None,
    as_of: date | None,
    overlays: tuple[Path, ...],
) -> None:
    """Read answered workbooks, CSV files and RMI templates; say what is wrong and what is still owed.

    \b
    Examples:
      bomrisk declare read answers/*.xlsx --requests requests/ --ledger ledger.jsonl
      bomrisk declare read answer.csv --requests requests/ --owed owed.csv --as-of 2026-12-20
    """
    from bomrisk.cli.output import write_atomically
    from bomrisk.compliance.declarations import (
        append,
        merge,
        owed,
        owed_csv,
        read_ledger,
        read_manifest,
    )
    from bomrisk.compliance.declarations.ledger import Ledger
    from bomrisk.knowledge import Knowledge

    day = as_of or Knowledge(overlays).edition
    asked = read_manifest(asked_in / MANIFEST if asked_in.is_dir() else asked_in)
    before = read_ledger(ledger) if ledger else Ledger()
    answers: list[Answer] = []
    for file in files:
        found, faults, said = _read(file, asked, evidence, day)
        answers += found
        for line in (*map(str, faults), *said):
            click.echo(line)
        wrong = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        click.echo(f"{file.name}: {len(found)} answers, {wrong}")
    after = before.with_answers(answers, received or day)
    if ledger:
        click.echo(f"{ledger}: {append(ledger, before, after)} entries appended")
    merged = merge(asked, after.as_of(day), as_of=day)
    rows = owed(merged)
    _tell(merged, day)
    _tell_owed(rows)
    if owed_to:
        write_atomically(owed_to, owed_csv(rows).encode("utf-8-sig"))


def _read(
    file: Path, asked: tuple[Request, ...], evidence: Path | None, day: date
) -> tuple[list[Answer], tuple[Fault, ...], Iterable[str]]:
    """The answers of one file; an RMI template gives evidence in words and no answers."""
    from bomrisk.compliance.declarations import checked, read_returned, read_rmi
    from bomrisk.compliance.declarations.rmi import evidence_of
    from bomrisk.errors import InputError

    try:
        returned = read_returned(file)
    except InputError as error:
        if "no answers" not in error.what:
            raise
        try:
            return [], (), evidence_of(read_rmi(file))
        except InputError:
            raise error from None
    answers, faults = checked(returned, asked, evidence=evidence or file.parent, as_of=day)
    return list(answers), faults, ()


def _tell_owed(rows: Sequence[Owed]) -> None:
    """Print what is owed: each supplier once, with the day it is due, and his parts below."""
    for supplier, owing in groupby(rows, key=lambda row: (row.supplier, row.due)):
        name, due = supplier
        click.echo(f"{name} owes{f' by {due}' if due else ''}:")
        for row in owing:
            click.echo(f"  {row.part} ({row.material}): {'; '.join(row.missing)}")
    counted = "1 row still owes" if len(rows) == 1 else f"{len(rows)} rows still owe"
    click.echo(f"{counted} something")


def _tell(merged: Iterable[Merged], day: date) -> None:
    """Print the remarks: contradictions, expired answers, refusals, and what clears nothing."""
    for one in merged:
        for remark in one.remarks:
            click.echo(f"{one.asked.part_number or one.asked.description}: {remark}")
    click.echo(f"as of {day}")
