"""Tracing one material for a person or a notebook: steps, shares, bounds, point, and what they rest on."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from bomrisk.errors import InputError
from bomrisk.knowledge import Knowledge
from bomrisk.knowledge.countries import is_iso3
from bomrisk.knowledge.model import Evidence, ExportControl, Facility, ShareSet
from bomrisk.supply.chain import Step
from bomrisk.supply.concentration import hhi_of
from bomrisk.supply.declaration import Declared, declared_text, read_declared
from bomrisk.supply.mass import mass_touched
from bomrisk.supply.plant import plants_outside
from bomrisk.supply.route import ShownRoute, routes_shown
from bomrisk.supply.scope import Scope
from bomrisk.supply.tracer import Solution, Tracer
from bomrisk.supply.words import notes_of, percent
from bomrisk.supply.world import Value


@dataclass(frozen=True, slots=True)
class Exposure:
    """Probability, 0 to 1, that a unit touched the country set at a step, a commodity or anywhere.

    A unit is an infinitesimal mass of one element. `low` and `high` are sharp under the shares and
    declarations; `point` rests on one assumption more and is None where nothing is known. The HHI is
    that of the step's countries, 0 to 1. `evidence` is the weakest grade among the figures used.
    """

    scope: str
    commodity: str | None
    stage: str | None
    low: float
    point: float | None
    high: float
    hhi_low: float | None
    hhi_high: float | None
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class TracedStep:
    """One step as traced: who does it by the published shares, what is declared, and its exposure.

    `others` are further published sets of the same step, so that disagreement can be seen.
    """

    commodity: str
    stage: str
    shares: ShareSet | None
    others: tuple[ShareSet, ...]
    declared: Declared | None
    exposure: Exposure


@dataclass(frozen=True, slots=True, repr=False)
class Trace:
    """A material traced towards a country set on a day. Shares and probabilities are 0 to 1."""

    material_id: str
    name: str
    declared: tuple[Declared, ...]
    to: frozenset[str]
    as_of: date
    steps: tuple[TracedStep, ...]
    exposures: tuple[Exposure, ...]
    touch: Exposure
    every_step: tuple[float, float]
    """Bounds of touching at every single step."""
    mass_touched: Value
    """Expected share of its mass that touched: another figure than `touch`, never shown as it."""
    left_out: tuple[str, ...]
    """Elements that are in it in amounts too small to count."""
    routes: tuple[ShownRoute, ...]
    facilities: tuple[Facility, ...]
    controls: tuple[ExportControl, ...]
    notes: tuple[str, ...]
    source_ids: tuple[str, ...]

    @property
    def declared_text(self) -> str:
        """The declarations in canonical form, such as "melted=CHN;magnetized=USA"."""
        return declared_text(self.declared)

    def __repr__(self) -> str:
        """The answer in one line, as a notebook shows it; the rest stands in the attributes."""
        touch = self.touch
        point = "unknown" if touch.point is None else percent(touch.point)
        declared = f", declared {self.declared_text}" if self.declared else ""
        return (
            f"<Trace {self.material_id} towards {','.join(sorted(self.to))} as of {self.as_of}{declared}:"
            f" touched at least {percent(touch.low)}, point {point}, at most {percent(touch.high)};"
            f" {len(self.steps)} steps, {touch.evidence}>"
        )


def trace(
    material_id: str,
    knowledge: Knowledge | None = None,
    *,
    declare: Mapping[str, str] | None = None,
    to: Collection[str] | str = "covered_4872",
    as_of: date | None = None,
) -> Trace:
    """Trace one material: who does each step, and how likely a unit touched the country set.

    >>> trace("smco_2_17", declare={"melted": "USA"}, to={"CHN"}).touch.low     # doctest: +SKIP

    `declare` maps stages to countries as written ({"melted": "USA", "mined": "60% AU, 40% CN"}; a value
    may end in "@0.9"). `to` is the name of a country set or ISO 3166 alpha-3 codes; `as_of` the day whose
    routes and controls hold, by default the edition date of the knowledge. Raises `InputError` for a
    material, stage, country or set that is not known.
    """
    knowledge = knowledge or Knowledge()
    if material_id not in knowledge.materials:
        raise unknown_material(material_id, knowledge)
    if declare is not None and not isinstance(declare, Mapping):
        raise InputError(
            f"the declarations are no mapping: {declare!r}",
            mend='name the stage of each country, as in {"melted": "USA"}',
        )
    if as_of is not None and not isinstance(as_of, date):
        raise InputError(
            f"the day is no date: {as_of!r}", mend="give a datetime.date, such as date(2027, 1, 1)"
        )
    declared = read_declared(declare or {})
    tracer = Tracer(knowledge, as_of=as_of or knowledge.edition, to=members_of(to, knowledge))
    return trace_of(tracer, tracer.solve(material_id, declared))


def members_of(to: Collection[str] | str, knowledge: Knowledge) -> frozenset[str]:
    """The countries of sets by name and of ISO alpha-3 codes, together.

    Raises `InputError` for a word that is neither, and where no country is named.
    """
    names = [to] if isinstance(to, str) else sorted(to)
    known = ", ".join(sorted(knowledge.country_sets))
    if not names:
        raise InputError("no country is named", mend=f"use codes such as CHN,RUS, or {known}")
    members: set[str] = set()
    for name in names:
        named = knowledge.country_sets.get(name) or knowledge.country_sets.get(name.casefold())
        if named is not None:
            members |= named.countries
        elif is_iso3(name):
            members.add(name)
        else:
            raise InputError(
                f"{name!r} is neither an ISO 3166 alpha-3 code nor a country set",
                mend=f"use codes such as CHN,RUS, or {known}",
            )
    return frozenset(members)


def unknown_material(material_id: str, knowledge: Knowledge) -> InputError:
    """The error for a material that is not known, naming those that were probably meant."""
    from rapidfuzz import fuzz, process

    names = {
        word.casefold(): material.id
        for material in knowledge.materials.values()
        for word in (material.id, material.id.replace("_", " "), material.name, *material.synonyms)
    }
    near = process.extract(
        material_id.casefold(), sorted(names), scorer=fuzz.WRatio, limit=20, score_cutoff=70
    )
    ids = list(dict.fromkeys(names[name] for name, _, _ in near))[:4]
    meant = f"did you mean {', '.join(ids)}? " if ids else ""
    return InputError(
        f"no material {material_id!r} is known",
        mend=f"{meant}'bomrisk recognize' finds the id of a material by its name",
    )


def trace_of(tracer: Tracer, solution: Solution) -> Trace:
    """Lay out a traced supply case with everything a reviewer wants to see beside the numbers."""
    knowledge, chain = tracer.knowledge, solution.chain
    told = {one.stage: one for one in solution.declared}
    exposures = tuple(
        exposure_of(scope, value)
        for scope, value in zip(solution.scopes, solution.values, strict=True)
    )
    lead = {chain.branches[at].element for at in chain.lead}
    lead |= {step.commodity for step in chain.trunk}
    steps = tuple(
        TracedStep(
            scope.step.commodity,
            scope.step.stage,
            scope.step.shares,
            tuple(
                published
                for published in knowledge.published_shares(scope.step.commodity, scope.step.stage)
                if published != scope.step.shares
            ),
            told.get(scope.step.stage) if scope.step.commodity in lead else None,
            exposure,
        )
        for scope, exposure in zip(solution.scopes, exposures, strict=True)
        if scope.step is not None
    )
    elements = {branch.element for branch in chain.branches}
    routes = routes_shown(solution, knowledge, tracer.as_of)
    plants = plants_outside(chain, knowledge, tracer.to)
    controls = tuple(
        control
        for control in knowledge.controls
        if control.in_force(tracer.as_of) and elements & set(control.elements)
    )
    return Trace(
        chain.material.id,
        chain.material.name,
        solution.declared,
        tracer.to,
        tracer.as_of,
        steps,
        exposures,
        exposures[-1],
        (solution.every.low, solution.every.high),
        mass_touched(tracer, solution),
        chain.left_out,
        routes,
        plants,
        controls,
        notes_of(solution, tracer),
        _source_ids(steps, routes, plants, controls, chain.material.source_ids, knowledge),
    )


def exposure_of(scope: Scope, value: Value) -> Exposure:
    """The exposure of one scope."""
    index = hhi_of(scope.step.marginal) if scope.step and scope.step.marginal else None
    return Exposure(
        scope.scope,
        scope.commodity,
        scope.stage,
        value.low,
        value.point,
        value.high,
        index.low if index else None,
        index.high if index else None,
        scope.evidence,
    )


def step_sources(step: Step) -> tuple[str, ...]:
    """Source ids behind the shares of a step, each once, sorted."""
    if step.shares is None:
        return ()
    return tuple(sorted({s for row in step.shares.shares for s in row.source_ids}))


def _source_ids(
    steps: tuple[TracedStep, ...],
    routes: tuple[ShownRoute, ...],
    plants: tuple[Facility, ...],
    controls: tuple[ExportControl, ...],
    composition: tuple[str, ...],
    knowledge: Knowledge,
) -> tuple[str, ...]:
    sets = [s for step in steps for s in (step.shares, *step.others) if s is not None]
    ids = {source for shares in sets for row in shares.shares for source in row.source_ids}
    ids |= set(composition)
    for cited in [
        *(route.source_ids for route in routes),
        *(plant.source_ids for plant in plants),
        *(control.source_ids for control in controls),
    ]:
        ids |= set(cited)
    return tuple(sorted(source for source in ids if source in knowledge.sources))
