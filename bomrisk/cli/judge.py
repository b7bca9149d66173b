"""`bomrisk judge`: one part, or a file of parts, against every rule."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bomrisk.cli.options import Day, as_of_option, knowledge_option, name_overlays

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from bomrisk.compliance import Judgement
    from bomrisk.compliance.facts_file import JudgedCase

COLOURS = {
    "PASS": "green",
    "EXEMPT": "green",
    "FAIL": "bold red",
    "INCOMPLETE": "yellow",
    "REVIEW": "magenta",
    "WATCH": "cyan",
    "NOT_APPLICABLE": "dim",
}
GATES = ("fail", "unknown")


@click.command(short_help="Judge one part's facts against every rule.")
@click.argument("facts", metavar="FACTS|-")
@click.option("--json", "as_json", is_flag=True, help="Print JSON with every rule, for programs.")
@click.option(
    "--contract",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="contract.yaml for parts that bring no contract of their own.",
)
@click.option("--delivery", type=Day(), help="Day of delivery; outranks the contract's.")
@click.option("--all", "show_all", is_flag=True, help="Show the rules that do not apply as well.")
@click.option(
    "--fail-on",
    "gates",
    multiple=True,
    type=click.Choice(GATES),
    help="Exit 1 on a FAIL of a rule in force; exit 3 if only INCOMPLETE or REVIEW trip the gate.",
)
@as_of_option
@knowledge_option
def command(
    facts: str,
    as_json: bool,
    contract: Path | None,
    delivery: date | None,
    show_all: bool,
    gates: tuple[str, ...],
    as_of: date | None,
    overlays: tuple[Path, ...],
) -> None:
    """Judge the FACTS of one part, or of a list of parts, against every dated rule.

    FACTS is a YAML or JSON file, or - for standard input: {id, part, contract}, or a list of them.
    What is left out is unknown, and unknown never passes.

    \b
    Examples:
      bomrisk judge magnet.yaml
      bomrisk judge magnet.yaml --delivery 2027-02-01 --all
      echo 'part: {material: smco, item: magnet, origins: {melted: CHN}}' | bomrisk judge -
      bomrisk judge parts.yaml --json --fail-on fail > judged.json

    \b
    Exit codes:
      0 done   1 --fail-on tripped   2 usage or bad input   3 --fail-on tripped by unknowns alone
    """
    from bomrisk.compliance import contract_for, judge, read_cases, read_contract
    from bomrisk.knowledge import Knowledge

    text, name = _text(facts)
    cases = read_cases(text, file=name, contract=read_contract(contract) if contract else None)
    knowledge = Knowledge(overlays)
    name_overlays(knowledge)
    day = as_of or knowledge.edition
    answers = []
    for case in cases:
        terms = contract_for(case.contract, delivery=delivery)
        answers.append((case, judge(case.part, terms, knowledge, as_of=day)))
    if as_json:
        import json

        document = {
            "as_of": day.isoformat(),
            "knowledge": knowledge.edition.isoformat(),
            "results": [_record(case, judged) for case, judged in answers],
        }
        click.echo(json.dumps(document, indent=1, ensure_ascii=False))
    else:
        _show(answers, show_all=show_all)
    raise click.exceptions.Exit(_gate(answers, gates, delivery, day))


def _text(facts: str) -> tuple[str, str]:
    """The text of the file or of standard input, and how to call it."""
    from bomrisk.errors import InputError

    name = "standard input" if facts == "-" else Path(facts).name
    try:
        if facts == "-":
            return sys.stdin.buffer.read().decode("utf-8-sig"), name
        return Path(facts).read_text(encoding="utf-8-sig"), name
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror})", mend="name an existing file", file=name
        ) from error
    except UnicodeDecodeError as error:
        raise InputError("not UTF-8 text", mend="save it as UTF-8", file=name) from error


def _record(case: JudgedCase, judged: Sequence[Judgement]) -> dict[str, Any]:
    return {
        "id": case.id,
        "rules": {
            one.rule: {
                "code": one.code.value,
                "paragraph": one.paragraph,
                "reason": one.reason,
                "facts": list(one.facts),
                "missing": list(one.missing),
                "effective_from": one.effective_from or None,
                "effective_to": one.effective_to,
                "status": one.status,
                "inferred": one.inferred,
            }
            for one in judged
        },
    }


def _show(answers: Sequence[tuple[JudgedCase, Sequence[Judgement]]], *, show_all: bool) -> None:
    from rich.console import Console

    console = Console(highlight=False)
    for case, judged in answers:
        for part in _table(case, judged, show_all=show_all, wide=console.width >= 100):
            console.print(part)
    console.print("Decision support, not legal advice.", style="dim")


def _table(
    case: JudgedCase, judged: Sequence[Judgement], *, show_all: bool, wide: bool
) -> Sequence[RenderableType]:
    """A heading, a table rule × result × paragraph × reason × missing, and the rules left out.

    A narrow terminal has no room for five columns: there paragraph, reason and what is missing stand
    below each other, each on lines of its own.
    """
    from rich.table import Table
    from rich.text import Text

    part = case.part
    made = part.material or (", ".join(f"{e} {p:g}" for e, p in part.composition.items()) or "?")
    title = Text.assemble((f"{case.id}: ", "bold"), (made, "bold"), f"  {part.item or ''}")
    shown = [one for one in judged if show_all or one.code != "NOT_APPLICABLE"]
    table = Table(box=None, padding=(0, 1), pad_edge=False, expand=True, header_style="dim")
    table.add_column("rule", no_wrap=True)
    table.add_column("result", no_wrap=True)
    if wide:
        table.add_column("paragraph", ratio=3, overflow="fold")
        table.add_column("reason", ratio=5, overflow="fold")
        table.add_column("missing", ratio=2, overflow="fold")
    else:
        table.add_column("paragraph · reason · missing", overflow="fold")
    for one in shown:
        row = [Text(one.rule), Text(one.code.value, COLOURS[one.code.value])]
        paragraph = Text(one.paragraph.replace("; ", "\n"), "cyan")
        missing = ", ".join(one.missing)
        if wide:
            table.add_row(*row, paragraph, Text(one.reason), Text(missing))
            continue
        said = Text.assemble(paragraph, "\n", one.reason)
        table.add_row(*row, said.append(f"\nmissing: {missing}", "yellow") if missing else said)
    rest = len(judged) - len(shown)
    parts: list[RenderableType] = [title]
    if shown:
        parts.append(table)
    if rest:
        parts.append(Text(f"{rest} rules do not apply: --all shows why", "dim"))
    return [*parts, Text("")]


def _gate(
    answers: Sequence[tuple[JudgedCase, Sequence[Judgement]]],
    gates: tuple[str, ...],
    delivery: date | None,
    as_of: date,
) -> int:
    """The exit code that the gates give: a FAIL counts where the rule is in force on the delivery.

    With an open delivery the as-of date decides, so that a rule of a future day does not trip the gate.
    """
    from bomrisk.cli import EXIT_GATE, EXIT_GATE_UNKNOWN

    unknown = False
    for case, judged in answers:
        day = (delivery or case.contract.last_delivery or as_of).isoformat()
        for one in judged:
            in_force = (one.effective_from or "") <= day
            if "fail" in gates and one.code == "FAIL" and in_force:
                return EXIT_GATE
            unknown = unknown or one.code in ("INCOMPLETE", "REVIEW")
    return EXIT_GATE_UNKNOWN if "unknown" in gates and unknown else 0
