"""What a trace says in words: what the declarations settle, what they leave open, what is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bomrisk.knowledge.model import Evidence
from bomrisk.supply.country import country_name
from bomrisk.supply.declaration import LAST_STAGE, Declared

if TYPE_CHECKING:
    from bomrisk.supply.chain import Step
    from bomrisk.supply.scope import Scope
    from bomrisk.supply.tracer import Solution, Tracer
    from bomrisk.supply.world import Value

OPEN = 0.5
"""A step whose bounds stay wider than this under a declaration is said to be left open by it."""


def notes_of(solution: Solution, tracer: Tracer) -> tuple[str, ...]:
    """Remarks on a traced case, the ones that change a decision first."""
    notes = [_settled(one, tracer.to) for one in solution.declared]
    notes += _contradicted(solution)
    notes += _left_open(solution, tracer.to)
    notes += [
        f"The recommended shares cannot meet this route, and the point is without it: {name}."
        for name in tracer.dropped_routes(solution.chain)
    ]
    notes += [
        f"Your own shares outrank this shipped route, and it is set aside: {name}."
        for name in tracer.routes_set_aside(solution.chain)
    ]
    unknown = [s.step.name for s in solution.scopes if s.step and _is_unknown(s, solution)]
    if unknown:
        notes.append(
            f"No share of any country is known for {_list(unknown)}: counted as 0 to 100 % in the"
            " bounds, and not in the point."
        )
    recalled = [
        scope.step.name
        for scope in solution.scopes
        if scope.step and scope.step.marginal and scope.evidence is Evidence.RECALLED
    ]
    if recalled:
        notes.append(f"Recalled, not checked against a source: the shares of {_list(recalled)}.")
    if not solution.chain.material.composition:
        notes.append(
            f"The composition of {solution.chain.material.name} is not known: no element can be traced."
        )
    absent = [branch.element for branch in solution.chain.branches if not branch.certain]
    if absent:
        notes.append(f"It may hold no {_list(absent)} at all: they raise no lower bound.")
    if solution.chain.left_out:
        notes.append(
            f"Left out, as too little is in it to count: {', '.join(solution.chain.left_out)}."
        )
    return tuple(note for note in notes if note)


def case_note(solution: Solution, tracer: Tracer) -> str:
    """The same remarks in one text for a table."""
    return " ".join(notes_of(solution, tracer))


def percent(share: float) -> str:
    """A share in percent: one decimal near the ends, where it matters, none between."""
    if share in (0.0, 1.0):
        return f"{share:.0%}".replace("%", " %")
    text = f"{100 * share:.1f}" if share < 0.1 or share > 0.9 else f"{100 * share:.0f}"
    text = {"100.0": "above 99.9", "0.0": "below 0.1"}.get(text, text)
    return f"{text.removesuffix('.0')} %"


def span(value: Value) -> str:
    """Bounds in words: "33 to 100 %", or one figure where they meet."""
    low, high = percent(value.low), percent(value.high)
    return low if low == high else f"{low.removesuffix(' %')} to {high}"


def _settled(one: Declared, to: frozenset[str]) -> str:
    names = " or ".join(country_name(country) for country in one.countries)
    trust = "" if one.reliability == 1.0 else f" (believed to {percent(one.reliability)})"
    if all(country in to for country in one.countries):
        return (
            f"Declared {one.stage} in {names}{trust}: that alone touches the country set, whatever"
            " the other steps."
        )
    if one.stage == LAST_STAGE:
        return (
            f"A country of origin or of manufacture ({names}{trust}) speaks of the last step only:"
            " it says nothing about the mine, the separation or the melt."
        )
    return ""


def _contradicted(solution: Solution) -> list[str]:
    return [
        f"The published shares of {step.name} list every country and leave none to"
        f" {country_name(country)}: the declaration contradicts them, and is taken with nothing known"
        " of the other steps."
        for one in solution.declared
        for step in _steps(solution, one.stage)
        for country in one.countries
        if step.marginal is not None and step.marginal.of(country)[2] <= 0.0
    ]


def _left_open(solution: Solution, to: frozenset[str]) -> list[str]:
    """For declarations outside the set: how wide the other steps stay, the point and the grade."""
    outside = [one for one in solution.declared if not set(one.countries) & to]
    if not outside:
        return []
    told = {one.stage for one in solution.declared}
    lead = {solution.chain.branches[at].element for at in solution.chain.lead}
    lead |= {step.commodity for step in solution.chain.trunk}
    notes = []
    for scope, value in zip(solution.scopes, solution.values, strict=True):
        if scope.step is None or scope.step.marginal is None or scope.commodity not in lead:
            continue
        if scope.stage in told or value.high - value.low < OPEN or value.point is None:
            continue
        grade = f", {scope.evidence}" if scope.evidence else ""
        notes.append(f"{scope.step.name}: {span(value)}, point {percent(value.point)}{grade}")
    if not notes:
        return []
    said = " and ".join(
        f"{one.stage} in {' or '.join(country_name(c) for c in one.countries)}{_share(one, solution)}"
        for one in outside
    )
    return [f"Declared {said}: this does not constrain the other steps: {'; '.join(notes)}."]


def _share(one: Declared, solution: Solution) -> str:
    for step in _steps(solution, one.stage):
        if step.marginal is not None and len(one.countries) == 1:
            _, point, high = step.marginal.of(one.countries[0])
            if point is not None:
                return f" ({percent(point)} of the world's)"
            if high > 0.0:
                return f" (within the {percent(high)} of other countries)"
    return ""


def _steps(solution: Solution, stage: str) -> list[Step]:
    chain = solution.chain
    steps = [step for at in chain.lead for step in chain.branches[at].steps]
    return [step for step in (*steps, *chain.trunk) if step.stage == stage]


def _is_unknown(scope: Scope, solution: Solution) -> bool:
    told = {one.stage for one in solution.declared}
    return scope.step is not None and scope.step.marginal is None and scope.stage not in told


def _list(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
