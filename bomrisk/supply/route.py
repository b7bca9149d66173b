"""Known routes between steps: the few that constrain a flow, and the many that are only shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from bomrisk.knowledge import Knowledge
from bomrisk.knowledge.model import Evidence
from bomrisk.supply.chain import RARE_EARTHS, Chain
from bomrisk.supply.commodity import speaks_of

if TYPE_CHECKING:
    from bomrisk.supply.tracer import Solution

_FILE_STAGES = {
    "mining": "mined",
    "separation": "separated",
    "refining": "separated",
    "cracking": "separated",
    "metal": "reduced",
    "alloy": "melted",
    "magnet": "sintered",
}

MOST_SHOWN = 16


@dataclass(frozen=True, slots=True)
class Route:
    """A constraint on the flow between two countries at consecutive steps, on the days it holds.

    `basis` is share_of_from (of what the first country puts out) or share_of_to (of what the second
    takes in); the share lies between `low` and `high`.
    """

    commodity: str
    from_stage: str
    from_country: str
    to_stage: str
    to_country: str
    basis: str
    low: float
    high: float
    date_from: date
    date_to: date | None
    evidence: Evidence
    source_ids: tuple[str, ...]
    note: str

    @property
    def name(self) -> str:
        """The route in words, as conflicts name it."""
        of = "output" if self.basis == "share_of_from" else "input"
        return (
            f"{self.commodity} {self.from_stage} {self.from_country} -> {self.to_stage}"
            f" {self.to_country}, {100 * self.low:.0f} to {100 * self.high:.0f} % of its {of}"
        )

    def holds(self, on: date) -> bool:
        """Whether it constrains on the day."""
        return self.date_from <= on and (self.date_to is None or on <= self.date_to)

    def concerns(self, commodity: str) -> bool:
        """Whether it speaks of the commodity; a route of all rare earths speaks of each of them."""
        return self.commodity == commodity or (self.commodity == "REE" and commodity in RARE_EARTHS)


@dataclass(frozen=True, slots=True)
class ShownRoute:
    """A documented flow, shown beside the steps: it never constrains unless `constrains` says so."""

    stages: str
    from_place: str
    to_place: str
    what: str
    amount: str
    period: str
    evidence: Evidence
    source_ids: tuple[str, ...]
    note: str
    constrains: bool


def routes_of(knowledge: Knowledge) -> tuple[Route, ...]:
    """All constraining routes of the knowledge, in the order of its table."""
    return tuple(_route(row) for row in knowledge.table("routes_constraints"))


def _route(row: Mapping[str, str]) -> Route:
    return Route(
        row["commodity"],
        law_stage(row["from_stage"]),
        row["from_country"],
        law_stage(row["to_stage"]),
        row["to_country"],
        row["basis"],
        float(row["low"]),
        float(row["high"]),
        date.fromisoformat(row["date_from"]),
        date.fromisoformat(row["date_to"]) if row["date_to"] else None,
        Evidence(row["evidence"]),
        tuple(part for part in row["source_ids"].split(";") if part),
        row["note"],
    )


def law_stage(word: str) -> str:
    """The law's word for a stage as data files write it; other words stay as they are."""
    return _FILE_STAGES.get(word.strip(), word.strip())


def routes_shown(solution: Solution, knowledge: Knowledge, as_of: date) -> tuple[ShownRoute, ...]:
    """Routes of the elements and stages of a chain: the constraining ones first, then the latest others."""
    chain = solution.chain
    commodities = {branch.element for branch in chain.branches}
    commodities |= {step.commodity for step in chain.trunk}
    binding = [
        ShownRoute(
            f"{route.from_stage} → {route.to_stage}",
            route.from_country,
            route.to_country,
            route.commodity,
            f"{100 * route.low:.0f}–{100 * route.high:.0f} % of"
            f" {'what leaves' if route.basis == 'share_of_from' else 'what enters'}",
            _period(
                route.date_from.isoformat(), route.date_to.isoformat() if route.date_to else ""
            ),
            route.evidence,
            route.source_ids,
            route.note,
            True,
        )
        for route in routes_of(knowledge)
        if route.holds(as_of) and any(route.concerns(c) for c in commodities)
    ]
    return (*binding, *_latest(chain, commodities, knowledge, as_of))


def _latest(
    chain: Chain, commodities: set[str], knowledge: Knowledge, as_of: date
) -> list[ShownRoute]:
    stages = {step.stage for branch in chain.branches for step in branch.steps}
    stages |= {step.stage for step in chain.trunk}
    newest: dict[tuple[str, ...], Mapping[str, str]] = {}
    for row in knowledge.table("routes"):
        start, to = law_stage(row["from_stage"]), law_stage(row["to_stage"].split(";")[0])
        if (row["date_from"] or "0") > as_of.isoformat() or start not in stages:
            continue
        if to not in stages or not speaks_of(row["commodity"]) & commodities:
            continue
        key = (start, row["from_country"], to, row["to_country"], row["commodity"].strip())
        if key not in newest or newest[key]["date_from"] < row["date_from"]:
            newest[key] = row
    rows = sorted(newest.items(), key=lambda item: item[0])
    rows.sort(key=lambda item: item[1]["date_from"], reverse=True)
    return [_shown(key[0], key[2], row) for key, row in rows[:MOST_SHOWN]]


def _shown(start: str, to: str, row: Mapping[str, str]) -> ShownRoute:
    amount = " ".join(part for part in (row["share_or_tonnes"], row["unit"]) if part)
    bound = row["bound"].replace("_", " ")
    return ShownRoute(
        f"{start} → {to}",
        _place(row["from_country"], row["from_facility"]),
        _place(row["to_country"], row["to_facility"]),
        row["commodity"].strip(),
        (f"{bound} {amount}" if bound in ("at least", "at most") else amount) or "amount not known",
        _period(row["date_from"], row["date_to"]),
        Evidence(row["evidence"]),
        tuple(
            part
            for part in (row.get("source_ids") or row.get("source_id") or "").split(";")
            if part
        ),
        row["note"],
        False,
    )


def _place(country: str, facility: str) -> str:
    return f"{country} ({facility})" if facility else country


def _period(start: str, end: str) -> str:
    if end and start[:4] == end[:4]:
        return start[:4]
    return f"{start[:4]}–{end[:4]}" if end else f"since {start[:4]}"
