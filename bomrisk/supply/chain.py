"""The steps of a material: the chains of its elements, and the trunk of the alloy or magnet they join in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bomrisk.knowledge import Knowledge
from bomrisk.knowledge.model import Constituent, Material, ShareSet
from bomrisk.supply.marginal import Marginal, marginal_of
from bomrisk.tables import STAGES

RARE_EARTHS = frozenset(
    {"Sc", "Y", "La", "Ce", "Pr", "Nd", "Pm", "Sm", "Eu"}
    | {"Gd", "Tb", "Dy", "Ho", "Er", "Tm", "Yb", "Lu"}
)

_MAGNET = ("melted", "powdered", "sintered", "magnetized")
_POWDER = ("powdered", "sintered")
_TUNGSTEN = ("powdered", "consolidated")
_COMPOUNDS = sorted(
    {"cathode", "capacitor_ceramic", "ceramic", "energetic", "film", "ir", "laser"}
    | {"microwave_ferrite", "neutron_absorber", "optical", "oxide", "phosphor", "photocathode"}
    | {"piezo_ceramic", "polishing", "re_oxide", "scintillator", "semiconductor", "soft_ferrite"}
)
_TRUNKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("permanent_magnet_alnico", ("melted", "magnetized")),
    ("permanent_magnet_ferrite", ("powdered", "sintered", "magnetized")),
    ("permanent_magnet", _MAGNET),
    ("tungsten", _TUNGSTEN),
    ("cemented_carbide", _POWDER),
    ("carbon_steel", ("melted",)),
    ("carbon", ("mined", "separated")),
    *((compound, ()) for compound in _COMPOUNDS),
)
"""Stages of the trunk by the first words of a material's family; any other family is an alloy: melted.

Compounds, oxides and crystals have no trunk: their elements are never made into an alloy.
"""


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of one commodity: an element on its own, or the alloy or magnet.

    `shares` and `marginal` are None where nobody published who does it: the share of any country is
    then unknown, 0 to 1, which is shown and counted in every upper bound.
    """

    commodity: str
    stage: str
    shares: ShareSet | None
    marginal: Marginal | None

    @property
    def name(self) -> str:
        """The step in words, such as "Nd separated"."""
        return f"{self.commodity} {self.stage}"


@dataclass(frozen=True, slots=True)
class Branch:
    """The chain of one element before the alloy.

    `certain` is false where the material may hold none of it: it then raises no lower bound.
    """

    element: str
    steps: tuple[Step, ...]
    certain: bool
    likely_wt_pct: float

    @property
    def rare_earth(self) -> bool:
        """Whether the element is a rare earth: their separation is one event for all of a material."""
        return self.element in RARE_EARTHS


@dataclass(frozen=True, slots=True)
class Chain:
    """All steps of a material, and the elements that were left out because too little of them is in it."""

    material: Material
    branches: tuple[Branch, ...]
    trunk: tuple[Step, ...]
    left_out: tuple[str, ...]

    @property
    def lead(self) -> tuple[int, ...]:
        """Branches of which a declared stage speaks: the rare earths, else the element with most mass."""
        rare = tuple(at for at, branch in enumerate(self.branches) if branch.rare_earth)
        if rare or not self.branches:
            return rare
        order = [(-branch.likely_wt_pct, at) for at, branch in enumerate(self.branches)]
        return (min(order)[1],)


def trunk_stages(family: str, product: str | None) -> tuple[str, ...]:
    """Stages of the alloy or magnet of a family; a product with its own shares has at least a melting."""
    for prefix, stages in _TRUNKS:
        if family == prefix or family.startswith(f"{prefix}_"):
            return stages or (("melted",) if product else ())
    return ("melted",)


def chain_of(
    material: Material,
    knowledge: Knowledge,
    *,
    as_of: date,
    counts_from_wt_pct: float,
    declared_stages: frozenset[str] = frozenset(),
    step_of: Callable[[str, str], Step] | None = None,
) -> Chain:
    """The chain of a material on a day.

    An element counts where its likely content reaches `counts_from_wt_pct`, or it is a rare earth that
    may be in it, or an export control in force on the day names it; the others are listed as left out.
    A declared stage that the chain lacks is added, with unknown shares, so that the declaration counts.
    `step_of` gives the step of a commodity and a stage; chains of many materials share theirs.
    """
    find = step_of or (lambda commodity, stage: step_with_shares(commodity, stage, knowledge))
    product = knowledge.product(material)
    controlled = {
        element
        for control in knowledge.controls
        if control.in_force(as_of)
        for element in control.elements
    }
    counted = [
        part
        for part in material.composition
        if _counts(part, controlled, counts_from_wt_pct) and part.high > 0.0
    ]
    trunk_names = trunk_stages(material.family, product)
    compound = not trunk_names
    branches = []
    for part in sorted(counted, key=_rank):
        stages = tuple(
            stage
            for stage in knowledge.chain(part.element)
            if not (compound and part.element in RARE_EARTHS and stage == "reduced")
        )
        branches.append((part, stages))
    first_trunk = STAGES.index("melted")
    trunk_names = _with_declared(trunk_names, declared_stages, range(first_trunk, len(STAGES)))
    chain = Chain(
        material,
        tuple(
            Branch(
                part.element,
                tuple(find(part.element, stage) for stage in stages),
                part.low > 0.0,
                part.likely,
            )
            for part, stages in branches
        ),
        tuple(find(product or material.id, stage) for stage in trunk_names),
        tuple(sorted(p.element for p in material.composition if p not in counted and p.high > 0.0)),
    )
    return _lead_with_declared(chain, declared_stages, find)


def _rank(part: Constituent) -> tuple[bool, float, str]:
    """Rare earths first, since they are what is asked for; then by content."""
    return (part.element not in RARE_EARTHS, -part.likely, part.element)


def _counts(part: Constituent, controlled: set[str], from_wt_pct: float) -> bool:
    return part.likely >= from_wt_pct or part.element in RARE_EARTHS or part.element in controlled


def _with_declared(
    stages: tuple[str, ...], declared: frozenset[str], places: range
) -> tuple[str, ...]:
    """The stages, with those declared in the given places of the processing order added."""
    extra = {stage for stage in declared if STAGES.index(stage) in places}
    return tuple(sorted({*stages, *extra}, key=STAGES.index))


def _lead_with_declared(
    chain: Chain, declared: frozenset[str], find: Callable[[str, str], Step]
) -> Chain:
    """Add declared element stages to the leading branches that lack them."""
    before = range(STAGES.index("melted"))
    if not any(STAGES.index(stage) in before for stage in declared):
        return chain
    branches = list(chain.branches)
    for at in chain.lead:
        branch = branches[at]
        have = tuple(step.stage for step in branch.steps)
        stages = _with_declared(have, declared, before)
        if stages != have:
            steps = tuple(find(branch.element, stage) for stage in stages)
            branches[at] = Branch(branch.element, steps, branch.certain, branch.likely_wt_pct)
    if not chain.lead:
        names = _with_declared((), declared, before)
        trunk = tuple(find(chain.material.id, stage) for stage in names) + chain.trunk
        return Chain(chain.material, chain.branches, trunk, chain.left_out)
    return Chain(chain.material, tuple(branches), chain.trunk, chain.left_out)


def step_with_shares(commodity: str, stage: str, knowledge: Knowledge) -> Step:
    """A step with its recommended shares, made ready for tracing."""
    shares = knowledge.shares(commodity, stage)
    return Step(commodity, stage, shares, None if shares is None else marginal_of(shares))
