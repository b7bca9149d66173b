"""`bomrisk knowledge`: prove what bomrisk knows, and say how old and how sure it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bomrisk.cli.options import as_of_option, knowledge_option

if TYPE_CHECKING:
    from rich.table import Table

    from bomrisk.knowledge.status import Status


@click.group(short_help="Check and show what bomrisk knows.")
def command() -> None:
    """Check and show what bomrisk knows: materials, shares, plants, law, and their sources.

    \b
    Examples:
      bomrisk knowledge check
      bomrisk knowledge check --knowledge own.yaml
      bomrisk knowledge status --as-of 2027-06-01
      bomrisk knowledge status --json
    """


@command.command("check", short_help="Prove the knowledge; exit 2 if anything is wrong.")
@knowledge_option
def check_command(overlays: tuple[Path, ...]) -> None:
    """Prove that the knowledge is sound: sums, ranges, codes, ids, sources, dates, patterns.

    With --knowledge, a file of your own is proved as well. Every fault is one line that says the file,
    the place, what is wrong and the mend; the exit code is then 2.

    \b
    Examples:
      bomrisk knowledge check
      bomrisk knowledge check --knowledge own.yaml
    """
    from bomrisk.errors import InputErrors
    from bomrisk.knowledge import Knowledge
    from bomrisk.knowledge.check import check

    results = check()
    width = max(len(name) for name, _ in results)
    for name, problems in results:
        click.echo(f"{name:<{width}}  {'ok' if not problems else f'{len(problems)} wrong'}")
    problems = [problem for _, found in results for problem in found]
    if problems:
        raise InputErrors(problems)
    knowledge = Knowledge(overlays)
    for overlay in knowledge.overlays:
        said = f"ok, {overlay.added} added, {overlay.replaced} replaced"
        click.echo(f"{overlay.file:<{width}}  {said}")
    click.echo(
        f"{len(knowledge.materials)} materials, {len(knowledge.share_sets())} share sets,"
        f" {len(knowledge.sources)} sources: sound"
    )


@command.command("status", short_help="Show edition, counts by grade, and age.")
@knowledge_option
@as_of_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def status_command(overlays: tuple[Path, ...], as_of: date | None, as_json: bool) -> None:
    """Show the edition and digest of the knowledge, its tables with their grades, and how old they are.

    \b
    Examples:
      bomrisk knowledge status
      bomrisk knowledge status --as-of 2027-06-01 --json
    """
    from bomrisk.knowledge import Knowledge
    from bomrisk.knowledge.status import status_of

    status = status_of(Knowledge(overlays), as_of)
    if as_json:
        click.echo(_json(status))
        return
    from rich.console import Console

    console = Console(highlight=False)
    console.print(
        f"Knowledge of [bold]{status.edition}[/bold] (form {status.model}), {_age(status)}"
    )
    console.print(f"sha256 {status.digest}", soft_wrap=True)
    for overlay in status.overlays:
        console.print(
            f"with {overlay['file']}: {overlay['added']} added, {overlay['replaced']} replaced",
            markup=False,
        )
    console.print(_table(status))
    console.print(
        "verified: read at its source; derived: computed from verified figures; recalled: known, not"
        " checked. No grade: words, or several grades a row."
    )


def _age(status: Status) -> str:
    if status.age_days == 0:
        return "seen on its edition date"
    if status.age_days < 0:
        return f"{-status.age_days} days after {status.as_of}"
    return f"{status.age_days} days old on {status.as_of}"


def _table(status: Status) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("table", no_wrap=True)
    for heading in ("rows", "verified", "derived", "recalled", "no grade"):
        table.add_column(heading, justify="right")
    table.add_column("figures of", justify="left")
    table.add_column("half by", justify="right")
    for one in status.tables:
        counts = (one.rows, one.verified, one.derived, one.recalled, one.ungraded)
        span = f"{one.oldest[:4]}-{one.newest[:4]}" if one.oldest and one.newest else ""
        table.add_row(
            one.name, *(str(count or "") for count in counts), span, str(one.median_year or "")
        )
    totals = status.totals
    table.add_row(
        "all",
        str(sum(one.rows for one in status.tables)),
        *(str(totals[name]) for name in ("verified", "derived", "recalled")),
        str(sum(one.ungraded for one in status.tables)),
        style="bold",
    )
    return table


def _json(status: Status) -> str:
    import json
    from dataclasses import asdict

    document = {
        "edition": status.edition.isoformat(),
        "model": status.model,
        "digest": status.digest,
        "as_of": status.as_of.isoformat(),
        "age_days": status.age_days,
        "totals": dict(status.totals),
        "tables": [asdict(table) for table in status.tables],
        "overlays": list(status.overlays),
    }
    return json.dumps(document, indent=1, ensure_ascii=False)
