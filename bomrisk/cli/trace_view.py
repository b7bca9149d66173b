"""The terminal page of `bomrisk trace`: reads without colour, at 80 columns and at 120."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from bomrisk.supply.words import percent

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

    from bomrisk.knowledge import Knowledge
    from bomrisk.risk.portrait import Portrait
    from bomrisk.supply import Exposure, Trace, TracedStep

MOST_COUNTRIES = 5
MOST_PLANTS = 12
MOST_ROUTES = 12
MOST_SWINGS = 4
WIDE = 100
GRADES = {"verified": "green", "derived": "yellow", "recalled": "red", "declared": "cyan"}
BAND_STYLES = {
    "Critical": "bold white on red",
    "High": "bold black on yellow",
    "Moderate": "bold",
    "Low": "bold white on green",
    "Unknown": "bold",
}


def parts_of(
    traced: Trace, risk: Portrait, knowledge: Knowledge, set_name: str, width: int
) -> Iterator[RenderableType]:
    """The page from top to bottom: the answer, the steps, what hangs on one point, what to ask for."""
    yield from _head(traced, knowledge, set_name)
    yield from _answer(traced, risk, width)
    yield from _remarks(traced)
    yield from _steps(traced, width)
    yield from _single_points(risk)
    yield from _next_evidence(traced, risk)
    yield from _controls(traced)
    yield from _routes(traced)
    yield from _plants(traced, set_name)
    yield from _sources(traced, knowledge)


def _head(traced: Trace, knowledge: Knowledge, set_name: str) -> Iterator[RenderableType]:
    from rich.text import Text

    members = ",".join(sorted(traced.to))
    called = set_name if set_name == members else f"{set_name} ({members.replace(',', ', ')})"
    yield Text.assemble((traced.name, "bold"), "  ", (traced.material_id, "dim"))
    yield Text(f"towards {called}, as of {traced.as_of}, knowledge of {knowledge.edition}", "dim")
    for overlay in knowledge.overlays:
        yield Text(f"with overlay {overlay.file}", "dim")
    if traced.declared:
        yield Text.assemble("declared: ", (traced.declared_text.replace(";", ", "), "cyan"))


def _odds(risk: Portrait) -> str:
    return ", ".join(f"{band} {percent(share)}" for band, share in risk.band_odds.items())


def _answer(traced: Trace, risk: Portrait, width: int) -> Iterator[RenderableType]:
    from rich.padding import Padding
    from rich.text import Text

    touch = traced.touch
    yield Text("")
    yield Text.assemble(
        (f" {risk.band.upper()} ", BAND_STYLES[risk.band]),
        f"  of the draws of the shares: {_odds(risk)}",
    )
    for reason in risk.reasons[:3]:
        yield Padding(Text(_whole(f"· {reason.text}")), (0, 0, 0, 2))
    yield Text("")
    yield Text.assemble(
        _bar(touch, 40 if width > WIDE else 24),
        "  touched: at least ",
        (percent(touch.low), "bold"),
        ", point ",
        ("unknown" if touch.point is None else percent(touch.point), "bold"),
        "" if width > WIDE else "\n" + " " * 26,
        ", at most " if width > WIDE else "at most ",
        (percent(touch.high), "bold"),
    )
    low, high = traced.every_step
    yield Text(
        "The probability that a unit of it passed through the set at some step: █ for sure, ▓ up to the"
        f" point, ░ possible. Through the set at every single step: {_span(low, high)}.",
        "dim",
    )
    mass = traced.mass_touched
    share = "unknown" if mass.point is None else percent(mass.point)
    yield Text(
        f"Another figure: expected share of its mass that touched the set {share}"
        f" ({_span(mass.low, mass.high)}).",
        "dim",
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
    """The point, and the bounds behind it: "91 % (89–96)"; a missing point is a question mark."""
    low, high = _pc(exposure.low), _pc(exposure.high)
    point = "?" if exposure.point is None else _pc(exposure.point)
    return f"{point} %" if point == low == high else f"{point} % ({low}–{high})"


def _pc(share: float) -> str:
    return percent(share).removesuffix(" %").replace("above ", ">").replace("below ", "<")


def _span(low: float, high: float) -> str:
    return percent(low) if low == high else f"{_pc(low)} to {percent(high)}"


def _steps(traced: Trace, width: int) -> Iterator[RenderableType]:
    from rich.text import Text

    commodity, table = None, None
    whole = {e.commodity: e for e in traced.exposures if e.scope == "commodity"}
    for step in traced.steps:
        if step.commodity != commodity:
            if table is not None:
                yield table
            commodity = step.commodity
            yield Text("")
            yield Text.assemble(
                (commodity, "bold"),
                (f"  touched over its steps: {_figures(whole[commodity])}", "dim"),
            )
            table = _columns(width)
        assert table is not None  # noqa: S101 - opened with the first commodity
        bar = _bar(step.exposure, 20 if width > WIDE else 10)
        table.add_row(step.stage, bar, _figures(step.exposure), _who(step))
    if table is not None:
        yield table


def _columns(width: int) -> Table:
    from rich.table import Table

    table = Table(box=None, show_header=False, padding=(0, 1), pad_edge=False, expand=True)
    table.add_column(width=12, no_wrap=True)
    table.add_column(width=20 if width > WIDE else 10, no_wrap=True)
    table.add_column(width=17, no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    return table


def _who(step: TracedStep) -> Text:
    """Who does the step, and behind it the year, grade and sources of the figures."""
    from rich.text import Text

    text = Text()
    if step.declared is not None:
        said = str(step.declared).partition("=")[2]
        text.append(f"declared {said}", GRADES["declared"])
        if step.shares is None:
            return text
        text.append("; of the world: ")
    if step.shares is None:
        text.append("no country's share is published: unknown", "italic")
        return text
    rows = sorted(step.shares.shares, key=lambda row: (row.country == "OTH", -row.share))
    named = [row for row in rows if row.share >= 0.005 or row.high >= 0.02][:MOST_COUNTRIES]
    for at, row in enumerate(named):
        text.append(", " if at else "")
        text.append(f"{'others' if row.country == 'OTH' else row.country} {_pc(row.share)}")
        if row.high - row.low > 1e-9:
            text.append(f" ({_pc(row.low)}–{_pc(row.high)})")
    left = len(rows) - len(named)
    text.append(f" %, {left} more" if left else " %")
    grade = str(step.exposure.evidence or "unknown")
    ids = sorted({source for row in rows for source in row.source_ids})
    text.append(f"\n{step.shares.year} ", "dim")
    text.append(grade, GRADES.get(grade, "dim"))
    text.append(f", {', '.join(ids)}{_others(step)}", "dim")
    return text


def _others(step: TracedStep) -> str:
    """How far other published sets put the leading country of the step."""
    assert step.shares is not None  # noqa: S101 - asked only where there are shares
    leader = max(step.shares.shares, key=lambda row: row.share)
    found = [row.share for o in step.others for row in o.shares if row.country == leader.country]
    if not found or all(_pc(share) == _pc(leader.share) for share in found):
        return ""
    low, high = _pc(min(found)), _pc(max(found))
    return f"; other sets put {leader.country} at {low if low == high else f'{low}–{high}'} %"


def _whole(text: str) -> str:
    """The text with its percentages kept in one piece at the end of a line."""
    return text.replace(" %", "\u00a0%")


def _section(
    title: str, rows: Iterable[tuple[Text | str, ...]], more: str = ""
) -> Iterator[RenderableType]:
    """A heading and a list: the first column as narrow as it can be, the last as wide."""
    from rich.table import Table
    from rich.text import Text

    listed = list(rows)
    if not listed:
        return
    yield Text("")
    yield Text(title, "bold")
    table = Table(box=None, show_header=False, padding=(0, 1), expand=True)
    for _ in listed[0][:-1]:
        table.add_column(no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    for row in listed:
        table.add_row(*(_whole(cell) if isinstance(cell, str) else cell for cell in row))
    yield table
    if more:
        yield Text(f"   {more}", "dim")


def _more(count: int, what: str) -> str:
    return f"and {count} more {what}: see --json" if count > 0 else ""


def _remarks(traced: Trace) -> Iterator[RenderableType]:
    yield from _section("Read it with this", (("·", note) for note in traced.notes))


def _single_points(risk: Portrait) -> Iterator[RenderableType]:
    kinds = {"country": "sole", "dominator": "sole", "share": "≥65%"}
    yield from _section(
        "Where it hangs on one country", ((kinds[p.kind], p.words) for p in risk.single_points)
    )


def _next_evidence(traced: Trace, risk: Portrait) -> Iterator[RenderableType]:
    rows = []
    for swing in risk.next_evidence[:MOST_SWINGS]:
        point = "unknown" if swing.outside.point is None else percent(swing.outside.point)
        span = _span(swing.outside.low, swing.outside.high)
        moved = f"; {swing.band_now} becomes {swing.band_outside}" * (
            swing.band_now != swing.band_outside
        )
        rows.append((swing.stage, f"if in {swing.country}: point {point}, {span}{moved}"))
    told = "another stage" if traced.declared else "one stage"
    yield from _section(f"What a declaration of {told} outside the set would tell", rows)


def _controls(traced: Trace) -> Iterator[RenderableType]:
    from rich.text import Text

    here = {step.commodity for step in traced.steps}
    yield from _section(
        "Export controls in force on its elements",
        (
            (
                Text(control.id, "dim"),
                f"{', '.join(e for e in control.elements if e in here)}: {control.title}"
                f" ({control.kind}, since {control.effective_from})",
            )
            for control in traced.controls
        ),
    )


def _routes(traced: Trace) -> Iterator[RenderableType]:
    yield from _section(
        "Known routes (● constrains the bounds, ○ is shown only)",
        (
            (
                "●" if route.constrains else "○",
                f"{route.from_place} → {route.to_place}, {route.stages}: {route.what}, {route.amount},"
                f" {route.period} ({route.evidence}, {', '.join(route.source_ids)})",
            )
            for route in traced.routes[:MOST_ROUTES]
        ),
        _more(len(traced.routes) - MOST_ROUTES, "routes"),
    )


def _plants(traced: Trace, set_name: str) -> Iterator[RenderableType]:
    yield from _section(
        f"Plants outside {set_name} that could do a step",
        (
            (
                plant.country.split(";")[0],
                f"{plant.name}{f' ({plant.company})' if plant.company else ''}:"
                f" {', '.join(plant.stages)}, {plant.products}; {plant.status} ({plant.status_date})",
            )
            for plant in traced.facilities[:MOST_PLANTS]
        ),
        _more(len(traced.facilities) - MOST_PLANTS, "plants"),
    )


def _sources(traced: Trace, knowledge: Knowledge) -> Iterator[RenderableType]:
    from rich.text import Text

    shown = {
        source
        for step in traced.steps
        if step.shares
        for row in step.shares.shares
        for source in row.source_ids
    }
    known = [knowledge.sources[source] for source in traced.source_ids if source in shown]
    yield from _section(
        "Sources of the shares",
        (
            (
                Text(source.id, "dim"),
                f"{source.title}{_published(source.publisher, source.year)}",
            )
            for source in known
        ),
    )


def _published(publisher: str, year: str) -> str:
    said = ", ".join(part for part in (publisher, year) if part)
    return f" ({said})" if said else ""
