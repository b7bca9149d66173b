"""`bomrisk trace`: one material over its steps and countries, for a person or as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bomrisk.cli.options import as_of_option, countries, knowledge_option, to_option

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table
    from rich.text import Text

    from bomrisk.knowledge import Knowledge
    from bomrisk.supply import Exposure, Trace, TracedStep

MOST_COUNTRIES = 5
MOST_PLANTS = 14
MOST_ROUTES = 12
GRADES = {"verified": "green", "derived": "yellow", "recalled": "red", "declared": "cyan"}


@click.command(short_help="Trace one material over its steps and countries.")
@click.argument("material")
@click.option(
    "--declare",
    "declared",
    multiple=True,
    metavar="STAGE=COUNTRY",
    help="Declared origin of one stage, such as melted=USA or mined='60% AU, 40% CN'; @0.9 behind it"
    " says how far it is believed; country_of_origin=JPN is the last step only. May be repeated.",
)
@to_option
@as_of_option
@knowledge_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON; every figure has its source ids.")
def command(
    material: str,
    declared: tuple[str, ...],
    to: str,
    as_of: date | None,
    overlays: tuple[Path, ...],
    as_json: bool,
) -> None:
    r"""Show who does each step of a MATERIAL, and how sure it is that it touched a country set.

    MATERIAL is an id of the knowledge, such as ndfeb_sintered_sh; a wrong one names its neighbours.

    \b
    Examples:
      bomrisk trace ndfeb_sintered_sh --to CHN
      bomrisk trace smco_2_17 --declare melted=DEU --declare magnetized=USA
      bomrisk trace smco_2_17 --declare country_of_origin=JPN --json
    """
    from bomrisk.knowledge import Knowledge
    from bomrisk.pipeline import country_set
    from bomrisk.supply import trace

    told = _declarations(declared)
    knowledge = Knowledge(overlays)
    members, name = country_set(countries(to), knowledge)
    traced = trace(
        material, knowledge, declare=told, to=members, as_of=as_of or knowledge.edition
    )
    if as_json:
        import json

        from bomrisk.supply.document import document_of

        click.echo(json.dumps(document_of(traced, knowledge), indent=1, ensure_ascii=False))
        return
    from rich.console import Console

    _show(traced, knowledge, name, Console(highlight=False, soft_wrap=False))


def _declarations(declared: Iterable[str]) -> dict[str, str]:
    told: dict[str, str] = {}
    for text in declared:
        stage, sign, country = text.partition("=")
        if not sign or not country.strip():
            raise click.UsageError(f"--declare {text!r}: write STAGE=COUNTRY, such as melted=USA")
        if stage.strip() in told:
            raise click.UsageError(f"--declare names {stage.strip()} twice: give each stage once")
        told[stage.strip()] = country.strip()
    return told


def _show(traced: Trace, knowledge: Knowledge, set_name: str, console: Console) -> None:
    for part in (
        *_head(traced, knowledge, set_name, console.width),
        *_steps(traced, console.width),
        *_controls(traced),
        *_routes(traced),
        *_plants(traced, set_name),
        *_remarks(traced),
        *_sources(traced, knowledge),
    ):
        console.print(part)


def _head(
    traced: Trace, knowledge: Knowledge, set_name: str, width: int
) -> Iterable[RenderableType]:
    from rich.padding import Padding
    from rich.text import Text

    from bomrisk.supply.words import percent

    members = ", ".join(sorted(traced.to))
    called = f"{set_name} ({members})" if set_name != members.replace(", ", ",") else members
    yield Text.assemble((traced.name, "bold"), "  ", (traced.material_id, "dim"))
    yield Text(f"Towards {called}, as of {traced.as_of}, knowledge of {knowledge.edition}", "dim")
    if traced.declared:
        yield Text.assemble(("Declared: ", ""), (traced.declared_text.replace(";", "; "), "cyan"))
    touch = traced.touch
    point = "unknown" if touch.point is None else percent(touch.point)
    yield Text("")
    yield Text.assemble(
        "  ",
        _bar(touch, 40 if width > 100 else 28),
        "  at least ",
        (percent(touch.low), "bold"),
        ", point ",
        (point, "bold"),
        ", at most ",
        (percent(touch.high), "bold"),
    )
    low, high = traced.every_step
    yield Padding(
        Text(
            "Probability that a unit of it touched the set at some step (█ sure, ▓ up to the point,"
            f" ░ possible). At every single step: {percent(low)} to {percent(high)}.",
            "dim",
        ),
        (0, 0, 0, 2),
    )


def _bar(exposure: Exposure, width: int) -> Text:
    """Least, point and greatest as a bar that reads without colour."""
    from rich.text import Text

    sure = int(exposure.low * width + 0.5)
    point = exposure.low if exposure.point is None else exposure.point
    to_point = max(sure, int(point * width + 0.5))
    to_high = max(to_point, int(exposure.high * width + 0.5))
    return Text.assemble(
        ("█" * sure, "red"),
        ("▓" * (to_point - sure), "yellow"),
        ("░" * (to_high - to_point), "dim"),
        ("·" * (width - to_high), "dim"),
    )


def _figures(exposure: Exposure) -> str:
    """Low, point and high in percent, "61–72–79"; a missing point is a question mark."""
    if exposure.point is None:
        return f"{_pc(exposure.low)}–?–{_pc(exposure.high)}"
    parts = [_pc(exposure.low), _pc(exposure.point), _pc(exposure.high)]
    return parts[0] if len(set(parts)) == 1 else "–".join(parts)


def _pc(share: float) -> str:
    from bomrisk.supply.words import percent

    text = percent(share).removesuffix(" %").removesuffix(".0")
    return text.replace("above ", ">").replace("below ", "<")


def _steps(traced: Trace, width: int) -> Iterable[RenderableType]:
    from rich.text import Text

    commodity = None
    table = None
    whole = {e.commodity: e for e in traced.exposures if e.scope == "commodity"}
    for step in traced.steps:
        if step.commodity != commodity:
            if table is not None:
                yield table
            commodity = step.commodity
            yield Text("")
            all_steps = f"  {_figures(whole[commodity])} % over its steps"
            yield Text.assemble((commodity, "bold"), (all_steps, "dim"))
            table = _step_table(width)
        assert table is not None  # noqa: S101 - opened with the first commodity
        table.add_row(
            step.stage,
            _bar(step.exposure, 24 if width > 100 else 14),
            f"{_figures(step.exposure)} %",
            _who(step),
        )
    if table is not None:
        yield table


def _step_table(width: int) -> Table:
    from rich.table import Table

    table = Table(box=None, show_header=False, padding=(0, 1), pad_edge=False, expand=True)
    table.add_column(width=13)
    table.add_column(width=24 if width > 100 else 14, no_wrap=True)
    table.add_column(width=20 if width > 100 else 16, no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    return table


def _who(step: TracedStep) -> Text:
    """Who does the step, and behind it the year, grade and sources of the figures."""
    from rich.text import Text

    text = Text()
    if step.declared is not None:
        text.append(f"declared {str(step.declared).partition('=')[2]}", GRADES["declared"])
        text.append("; ")
    if step.shares is None:
        text.append("no country's share is published: unknown", "italic")
        return text
    rows = sorted(step.shares.shares, key=lambda row: (row.country == "OTH", -row.share))
    named = [row for row in rows if row.share >= 0.005 or row.high >= 0.02]
    for at, row in enumerate(named[:MOST_COUNTRIES]):
        text.append(", " if at else "")
        text.append(f"{'others' if row.country == 'OTH' else row.country} {_pc(row.share)}")
        if row.high - row.low > 1e-9:
            text.append(f" ({_pc(row.low)}–{_pc(row.high)})")
    left = len(rows) - min(len(named), MOST_COUNTRIES)
    text.append(f", {left} more %" if left else " %")
    grade = step.exposure.evidence or "unknown"
    ids = sorted({source for row in rows for source in row.source_ids})
    text.append("\n")
    text.append(f"{step.shares.year} ", "dim")
    text.append(str(grade), GRADES.get(str(grade), "dim"))
    text.append(f" {', '.join(ids)}", "dim")
    if step.others:
        text.append(f"; {_others(step)}", "dim")
    return text


def _others(step: TracedStep) -> str:
    """How far other published sets put the leading country of the step."""
    assert step.shares is not None  # noqa: S101 - asked only where there are shares
    leader = max(step.shares.shares, key=lambda row: row.share).country
    found = [
        row.share for other in step.others for row in other.shares if row.country == leader
    ]
    if not found:
        return f"{len(step.others)} more published sets"
    low, high = _pc(min(found)), _pc(max(found))
    span = low if low == high else f"{low}–{high}"
    return f"other sets put {leader} at {span} %"


def _section(title: str) -> Iterable[RenderableType]:
    from rich.text import Text

    yield Text("")
    yield Text(title, "bold")


def _listing(rows: Iterable[tuple[Text | str, ...]]) -> Table:
    from rich.table import Table

    table = Table(box=None, show_header=False, padding=(0, 1), expand=True)
    for at, row in enumerate(rows):
        if at == 0:
            for _ in row[:-1]:
                table.add_column(overflow="fold")
            table.add_column(ratio=1, overflow="fold")
        table.add_row(*row)
    return table


def _controls(traced: Trace) -> Iterable[RenderableType]:
    if not traced.controls:
        return
    yield from _section("Export controls in force on its elements")
    yield _listing(
        (control.id, f"{', '.join(control.elements)}: {control.title} (since {control.effective_from})")
        for control in traced.controls
    )


def _routes(traced: Trace) -> Iterable[RenderableType]:
    if not traced.routes:
        return
    yield from _section("Known routes (● constrains the bounds, ○ shown only)")
    yield _listing(
        (
            "●" if route.constrains else "○",
            f"{route.from_place} → {route.to_place}",
            f"{route.stages}: {route.what}, {route.amount}, {route.period}"
            f" ({route.evidence}; {', '.join(route.source_ids)})",
        )
        for route in traced.routes[:MOST_ROUTES]
    )
    yield from _more(len(traced.routes) - MOST_ROUTES, "routes")


def _plants(traced: Trace, set_name: str) -> Iterable[RenderableType]:
    if not traced.facilities:
        return
    yield from _section(f"Plants outside {set_name} that could do a step")
    yield _listing(
        (
            plant.country,
            f"{plant.name}, {plant.company}" if plant.company else plant.name,
            f"{', '.join(plant.stages)}: {plant.products}; {plant.status} ({plant.status_date})",
        )
        for plant in traced.facilities[:MOST_PLANTS]
    )
    yield from _more(len(traced.facilities) - MOST_PLANTS, "plants")


def _more(count: int, what: str) -> Iterable[RenderableType]:
    from rich.text import Text

    if count > 0:
        yield Text(f"   and {count} more {what}: see --json", "dim")


def _remarks(traced: Trace) -> Iterable[RenderableType]:
    if not traced.notes:
        return
    yield from _section("Read it with this")
    yield _listing(("·", note) for note in traced.notes)


def _sources(traced: Trace, knowledge: Knowledge) -> Iterable[RenderableType]:
    from rich.text import Text

    shown = {source for step in traced.steps if step.shares for row in step.shares.shares
             for source in row.source_ids}
    known = [knowledge.sources[source] for source in traced.source_ids if source in shown]
    if not known:
        return
    yield from _section("Sources of the shares")
    yield _listing(
        (Text(source.id, "dim"), f"{source.title} ({source.publisher}, {source.year})")
        for source in known
    )
