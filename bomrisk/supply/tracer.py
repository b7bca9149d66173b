"""Tracing supply cases: bounds and point of every step, commodity and material, each case once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bomrisk.knowledge import Knowledge
from bomrisk.supply.block import Told
from bomrisk.supply.blocksolver import BlockSolver
from bomrisk.supply.bounds import Interval, all_steps, independent
from bomrisk.supply.chain import Branch, Chain, Step, chain_of, step_with_shares
from bomrisk.supply.coupling import PriorWeights
from bomrisk.supply.declaration import LAST_STAGE, Declared
from bomrisk.supply.flow import Beside
from bomrisk.supply.path import Path, Traveller, valued
from bomrisk.supply.point import Coupling, Joint, joined_touch, known_pairs
from bomrisk.supply.route import Route, routes_of
from bomrisk.supply.scope import Scope, commodities_of, scopes_of
from bomrisk.supply.threshold import counts_from_wt_pct
from bomrisk.supply.told import among, making_known, masses_told, point_share, told_on, trunk_only
from bomrisk.supply.world import Value, Values, World, solve_worlds

SHIPPED = "bomrisk"
"""Origin of a share set that no overlay has replaced."""


@dataclass(frozen=True, slots=True)
class Solution:
    """A traced supply case: the chain, and the value of each scope in the order of `scopes`.

    `every` bounds the probability that all steps touched; the last scope is the material.
    """

    chain: Chain
    declared: tuple[Declared, ...]
    scopes: tuple[Scope, ...]
    values: Values
    every: Value

    @property
    def touch(self) -> Value:
        """Touching the country set at any step of the material."""
        return self.values[-1]


class Tracer:
    """Traces materials on one day towards one country set; chains, flows and cases are kept and shared.

    Raises `InputError` where routes of the knowledge contradict each other or the shares.
    """

    def __init__(self, knowledge: Knowledge, *, as_of: date, to: frozenset[str]) -> None:
        self.knowledge = knowledge
        self.as_of = as_of
        self.to = to
        self.counts_from_wt_pct = counts_from_wt_pct(knowledge)
        self.routes: tuple[Route, ...] = tuple(r for r in routes_of(knowledge) if r.holds(as_of))
        self.weights = PriorWeights.of(knowledge.table("bands"))
        self.solver = BlockSolver(to)
        self._steps: dict[tuple[str, str], Step] = {}
        self._chains: dict[tuple[str, frozenset[str]], Chain] = {}
        self._scopes: dict[object, tuple[Scope, ...]] = {}
        self._couplings: dict[tuple[str, ...], Coupling] = {}
        self._paths: dict[object, Path] = {}
        self._travellers: dict[object, Traveller] = {}
        self._parts: dict[object, Values] = {}
        self._joints: dict[object, Joint] = {}
        self._cases: dict[tuple[str, tuple[Declared, ...]], Solution] = {}

    # chains and paths -------------------------------------------------------------------------
    def chain(self, material_id: str, declared_stages: frozenset[str] = frozenset()) -> Chain:
        """The chain of a material; a declared stage that it lacks is added with unknown shares."""
        plain = self._chains.get((material_id, frozenset()))
        if plain is None:
            plain = self._build(material_id, frozenset())
        have = {step.stage for step in plain.trunk}
        for at in plain.lead:
            have |= {step.stage for step in plain.branches[at].steps}
        missing = declared_stages - have
        if not missing:
            return plain
        return self._chains.get((material_id, missing)) or self._build(material_id, missing)

    def _build(self, material_id: str, missing: frozenset[str]) -> Chain:
        chain = chain_of(
            self.knowledge.materials[material_id],
            self.knowledge,
            as_of=self.as_of,
            counts_from_wt_pct=self.counts_from_wt_pct,
            declared_stages=missing,
            step_of=self._step,
        )
        self._chains[material_id, missing] = chain
        return chain

    def _step(self, commodity: str, stage: str) -> Step:
        if (commodity, stage) not in self._steps:
            self._steps[commodity, stage] = step_with_shares(commodity, stage, self.knowledge)
        return self._steps[commodity, stage]

    def coupling(self, start: Step, end: Step) -> Coupling:
        """The fitted flow between two neighbouring steps with shares."""
        key = (start.commodity, start.stage, end.commodity, end.stage)
        if key not in self._couplings:
            binding = [
                route
                for route in self.routes
                if (route.from_stage, route.to_stage) == (start.stage, end.stage)
                and not set_aside(route, (start, end))
                and (route.concerns(start.commodity) or route.concerns(end.commodity))
            ]
            rows = self.knowledge.table("routes")
            known = known_pairs(rows, start, end, self.as_of.isoformat())
            self._couplings[key] = Coupling(start, end, binding, known, self.weights)
        return self._couplings[key]

    def path(self, branch: Branch | None, chain: Chain) -> Path:
        """The path of one element through the trunk; of the trunk alone without an element."""
        before = branch.steps if branch else ()
        key = (len(before), tuple((s.commodity, s.stage) for s in (*before, *chain.trunk)))
        if key not in self._paths:
            steps = (*before, *chain.trunk)
            routes = tuple(route for route in self.routes if not set_aside(route, steps))
            self._paths[key] = Path(steps, len(before), routes, self.coupling, self.solver)
        return self._paths[key]

    def traveller(self, path: Path, told: Told) -> Traveller:
        """A path in one world; the same one is computed once."""
        key = (path.key, tuple(sorted(told.items())))
        if key not in self._travellers:
            self._travellers[key] = Traveller(path, told, self.to)
        return self._travellers[key]

    # solving ----------------------------------------------------------------------------------
    def solve(self, material_id: str, declared: tuple[Declared, ...] = ()) -> Solution:
        """Trace one supply case; the same case is traced once."""
        key = (material_id, declared)
        if key not in self._cases:
            chain = self.chain(material_id, frozenset(one.stage for one in declared))
            values = solve_worlds(
                declared,
                lambda world: self._solve_world(chain, world),
                lambda stage, country: point_share(chain, stage, country),
            )
            self._cases[key] = Solution(
                chain, declared, self._scopes_of(chain), values[:-1], values[-1]
            )
        return self._cases[key]

    def element_ways(self, solution: Solution) -> dict[str, Value]:
        """Touching anywhere on each element's own way, from its mine through the alloy and the magnet."""
        chain = solution.chain
        if not chain.branches:
            return {}

        def solve(world: World) -> Values:
            on_trunk = trunk_only(chain, world)
            telling = masses_told(chain, world)
            found = []
            for at, branch in enumerate(chain.branches):
                path = self.path(branch, chain)
                traveller = self.traveller(
                    path, told_on(path, world if at in chain.lead else on_trunk)
                )
                way = traveller.part(frozenset(range(len(path.steps))))
                found.append(way if at in chain.lead else among(way, telling))
            return tuple(found)

        ways = solve_worlds(
            solution.declared, solve, lambda stage, country: point_share(chain, stage, country)
        )
        elements = [branch.element for branch in chain.branches]
        return dict(zip(elements, ways, strict=True))

    def routes_set_aside(self, chain: Chain) -> list[str]:
        """Names of the routes that the user's own shares put out of force for a material."""
        steps = [step for branch in chain.branches for step in branch.steps] + [*chain.trunk]
        concerned = [
            route
            for route in self.routes
            if any(set_aside(route, (step,)) and route.concerns(step.commodity) for step in steps)
        ]
        return [route.name for route in concerned]

    def dropped_routes(self, chain: Chain) -> list[str]:
        """Names of the routes that the recommended shares of a chain cannot meet: the point goes without."""
        found: dict[str, None] = {}
        for branch in chain.branches:
            for coupling in self.path(branch, chain).couplings:
                if coupling.dropped:
                    found.update(dict.fromkeys(route.name for route in coupling.binding))
        return list(found)

    def _scopes_of(self, chain: Chain) -> tuple[Scope, ...]:
        key = tuple((c, tuple(step.stage for step in steps)) for c, steps in commodities_of(chain))
        if key not in self._scopes:
            self._scopes[key] = scopes_of(chain)
        return self._scopes[key]

    def _solve_world(self, chain: Chain, world: World) -> Values:
        """Values of all scopes and, last, of touching at every step, in a world of single countries."""
        lead = chain.lead
        on_trunk = trunk_only(chain, world)
        travellers = []
        for at, branch in enumerate(chain.branches):
            path = self.path(branch, chain)
            travellers.append(
                self.traveller(path, told_on(path, world if at in lead else on_trunk))
            )
        values: list[Value] = []
        single: list[Value] = []
        branches: list[Value] = []
        telling = masses_told(chain, world)
        for at, traveller in enumerate(travellers):
            own = self._part(traveller, traveller.path.branch)
            branches.append(own[-1])
            if at not in lead:
                own = tuple(among(value, telling) for value in own)
            values += own
            single += own[:-1]
        trunk = self.path(None, chain)
        if chain.trunk:
            full = travellers[lead[0]] if lead else self.traveller(trunk, told_on(trunk, world))
            parts = self._part(full, full.path.trunk)
            values += parts
            single += parts[:-1]
        values.append(self._material(chain, travellers, branches, on_trunk))
        if not making_known(chain, world):
            return (*values, values[-1])
        every = all_steps([Interval(value.low, value.high) for value in single])
        return (*values, Value(every.low, None, every.high))

    def _part(self, traveller: Traveller, targets: frozenset[int]) -> Values:
        """The steps of a branch or of the trunk, and all of them together."""
        key = (id(traveller), min(targets, default=-1))
        if key not in self._parts:
            steps = [traveller.step(at) for at in sorted(targets)]
            whole = traveller.part(targets) if targets else Value(0.0, None, 1.0)
            self._parts[key] = (*steps, whole)
        return self._parts[key]

    def _material(
        self,
        chain: Chain,
        travellers: Sequence[Traveller],
        branches: Sequence[Value],
        on_trunk: Mapping[str, str],
    ) -> Value:
        """Touching anywhere. An element that may be absent raises no lower bound and no point."""
        if not making_known(chain, on_trunk):
            inside = on_trunk.get(LAST_STAGE) in self.to
            return Value(1.0, 1.0, 1.0) if inside else Value(0.0, None, 1.0)
        trunk_path = self.path(None, chain)
        trunk = self.traveller(trunk_path, told_on(trunk_path, on_trunk))
        tied = [
            at
            for at, one in enumerate(travellers)
            if one.path.joins or any(place in one.told for place in one.path.branch)
        ]
        free = [at for at in range(len(travellers)) if at not in tied and travellers[at].path.split]
        plain = {at: self._untold(travellers[at].path) for at in free}
        sure = [plain[at].low for at in free if chain.branches[at].certain]
        beside = Beside(max(sure, default=0.0), sum(one.high for one in plain.values()))
        every = frozenset(range(len(trunk_path.steps)))
        found = [trunk.bounds(every, beside)]
        for at in tied:
            traveller = travellers[at]
            whole = frozenset(range(len(traveller.path.steps)))
            bounds = traveller.bounds(whole, beside)
            found.append(bounds if chain.branches[at].certain else Interval(0.0, bounds.high))
        low = found[0].low if not tied else max(one.low for one in found[1:])
        high = found[0].high if not tied else found[1].high
        high = min(1.0, high + sum(branches[at].high for at in tied[1:]))
        return valued(
            Interval(min(low, high), high), self._point(chain, travellers, branches, trunk)
        )

    def _untold(self, path: Path) -> Value:
        """The branch of a path among all units, whatever is declared elsewhere."""
        return self._part(self.traveller(path, {}), path.branch)[-1]

    def _point(
        self,
        chain: Chain,
        travellers: Sequence[Traveller],
        branches: Sequence[Value],
        trunk: Traveller,
    ) -> float | None:
        """The point of touching anywhere, by the walks joined at the countries of the alloy."""
        if any(country in self.to for one in (*travellers, trunk) for country in one.told.values()):
            return 1.0
        groups: dict[str, list[int]] = {}
        for at, branch in enumerate(chain.branches):
            if branch.certain and branches[at].point is not None and travellers[at].path.known:
                group = "rare earths" if branch.rare_earth else branch.element
                groups.setdefault(group, []).append(at)
        if not trunk.path.known:
            points = [
                max(branches[at].point or 0.0 for at in members) for members in groups.values()
            ]
            own = trunk.point(trunk.path.trunk)
            points += [] if own is None else [own]
            return independent(points) if points else None
        joints = {
            at: self._joint(travellers[at])
            for members in groups.values()
            for at in members
            if min(travellers[at].path.known) < travellers[at].path.split
        }
        telling = [
            at for at in joints if any(p in travellers[at].told for p in travellers[at].path.branch)
        ]
        return joined_touch(
            trunk.walk,
            [
                [joints[at] for at in members if at in joints]
                for members in groups.values()
                if any(at in joints for at in members)
            ],
            joints[telling[0]] if telling else None,
        )

    def _joint(self, traveller: Traveller) -> Joint:
        key = id(traveller)
        if key not in self._joints:
            self._joints[key] = traveller.joint()
        return self._joints[key]


def set_aside(route: Route, steps: Sequence[Step]) -> bool:
    """Whether a user's own shares of a step outrank a shipped route from or to it."""
    return any(
        step.shares is not None
        and step.shares.origin != SHIPPED
        and step.stage in (route.from_stage, route.to_stage)
        for step in steps
    )
