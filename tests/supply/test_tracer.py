"""Tracing whole materials: bounds against every joint path of small networks, points inside them, words."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from bomrisk.errors import InputError
from bomrisk.knowledge.model import OTHER, ShareSet
from bomrisk.supply.bounds import Interval
from bomrisk.supply.declaration import read_declared
from bomrisk.supply.flow import Infeasible, Link, Node, Place, Pool
from bomrisk.supply.marginal import marginal_of
from bomrisk.supply.tracer import Solution, Tracer
from bomrisk.supply.world import Value
from tests.supply.small import DAY, SmallKnowledge, material, route, shares
from tests.supply.test_flow import over_paths

CHN = frozenset({"CHN"})


def scope(solution: Solution, commodity: str | None, stage: str | None = None) -> Value:
    for one, value in zip(solution.scopes, solution.values, strict=True):
        if (one.commodity, one.stage) == (commodity, stage):
            return value
    raise AssertionError(f"no scope {commodity} {stage}")


def chain_knowledge(*sets: ShareSet, routes: Sequence[dict[str, str]] = ()) -> SmallKnowledge:
    """One rare earth, Sm: mined, separated; an alloy SmCo melted."""
    return SmallKnowledge(
        sets,
        [material("magnet", "permanent_magnet_smco", {"Sm": 35.0, "Co": (0.0, 60.0, 65.0)})],
        chains={"Sm": ("mined", "separated"), "Co": ("mined",)},
        products={"permanent_magnet_smco": "SmCo"},
        tables={"routes_constraints": list(routes)},
    )


def every_country(one: ShareSet, inside: frozenset[str], told: str | None = None) -> Place:
    """The step with every country a node of its own, the remainder in two: inside the set and out."""
    marginal = marginal_of(one)
    nodes, pool = [], []
    rows = zip(marginal.countries, marginal.low, marginal.high, strict=True)
    named = [row for row in rows if row[0] != OTHER]
    other = marginal.other()
    for country, low, high in named:
        nodes.append(Node(country, low, high, country in inside, told in (None, country)))
    if told is not None and told not in {row[0] for row in named}:
        pool.append(len(nodes))
        nodes.append(Node(told, 0.0, other[2], told in inside, True))
    if other[2] > 0.0:
        for within in (True, False) if inside else (False,):
            pool.append(len(nodes))
            nodes.append(Node(OTHER, 0.0, other[2], within, told is None))
    pools = (Pool(tuple(pool), other[0], other[2]),) if pool else ()
    return Place(tuple(nodes), pools)


def tied(place: Place, before: Place, start: str, end: str, low: float) -> Place:
    index = [
        [node.name for node in p.nodes].index(name) for p, name in ((before, start), (place, end))
    ]
    return Place(place.nodes, place.pools, (Link(index[0], index[1], True, low, 1.0, "route"),))


def random_set(rng: random.Random, commodity: str, stage: str) -> ShareSet:
    names = rng.sample(["CHN", "USA", "AUS", "JPN"], 2)
    cuts = sorted(rng.randint(0, 10) for _ in range(2))
    values = [cuts[0] / 10, (cuts[1] - cuts[0]) / 10]
    rows: dict[str, float | tuple[float, float, float]] = {}
    for name, value in zip(names, values, strict=True):
        spread = rng.choice([0.0, 0.0, 0.1])
        rows[name] = (max(0.0, value - spread), value, min(1.0, value + spread))
    return shares(commodity, stage, rows)


@pytest.mark.parametrize("seed", range(150))
def test_bounds_are_those_over_all_joint_paths(seed: int) -> None:
    rng = random.Random(seed)
    mined, separated = random_set(rng, "Sm", "mined"), random_set(rng, "Sm", "separated")
    melted, sintered = random_set(rng, "SmCo", "melted"), random_set(rng, "SmCo", "sintered")
    tying = rng.random() < 0.7
    start, end = (rng.choice(one.shares).country for one in (mined, separated))
    tying = tying and OTHER not in (start, end)
    low = rng.choice([0.5, 0.9, 1.0])
    rows = (
        [
            route(
                commodity="REE",
                from_stage="mined",
                from_country=start,
                to_stage="separated",
                to_country=end,
                low=str(low),
            )
        ]
        if tying
        else []
    )
    knowledge = chain_knowledge(mined, separated, melted, sintered, routes=rows)
    sets = [mined, separated, melted, sintered]
    stages = rng.sample(["mined", "separated", "melted", "sintered"], rng.choice([0, 1, 1, 2, 2]))
    told = {stage: rng.choice(["USA", "JPN", "DEU", "CHN"]) for stage in stages}
    declared = read_declared(told)
    for one in sets:
        if one.stage in told and marginal_of(one).of(told[one.stage])[2] <= 0.0:
            return

    def joint(targets: Sequence[int]) -> Interval:
        places: list[Place] = []
        for at, one in enumerate(sets):
            here = told.get(one.stage)
            places.append(every_country(one, CHN if at in targets else frozenset(), here))
        if tying:
            places[1] = tied(places[1], places[0], start, end, low)
        return over_paths(tuple(places))

    try:
        expected = {targets: joint(targets) for targets in ((0,), (1,), (0, 1), (3,), (0, 1, 2, 3))}
    except Infeasible:
        if not told:
            with pytest.raises(InputError, match="contradict"):
                Tracer(knowledge, as_of=DAY, to=CHN).solve("magnet")
        return
    solution = Tracer(knowledge, as_of=DAY, to=CHN).solve("magnet", declared)
    for targets, found in (
        ((0,), scope(solution, "Sm", "mined")),
        ((1,), scope(solution, "Sm", "separated")),
        ((0, 1), scope(solution, "Sm")),
        ((3,), scope(solution, "SmCo", "sintered")),
    ):
        assert found.low == pytest.approx(expected[targets].low, abs=1e-7), targets
        assert found.high == pytest.approx(expected[targets].high, abs=1e-7), targets
    # Co may be absent: it raises no lower bound; the powdered and magnetized steps are unknown
    whole = solution.touch
    assert whole.low == pytest.approx(expected[0, 1, 2, 3].low, abs=1e-7)
    for value in (*solution.values, solution.every):
        assert 0.0 <= value.low <= value.high <= 1.0
        assert value.point is None or value.low <= value.point <= value.high


def magnet(rows: dict[str, float]) -> SmallKnowledge:
    return chain_knowledge(
        shares("Sm", "mined", {"CHN": 0.6, "AUS": 0.3}),
        shares("Sm", "separated", {"CHN": 0.98, "FRA": 0.01}),
        shares("SmCo", "melted", rows),
    )


def test_an_undeclared_magnet_has_the_bounds_of_its_steps_and_unknown_steps_in_the_upper() -> None:
    solution = Tracer(magnet({"CHN": 0.85, "DEU": 0.03}), as_of=DAY, to=CHN).solve("magnet")
    assert scope(solution, "Sm", "separated").low == pytest.approx(0.98)
    assert scope(solution, "SmCo", "magnetized") == Value(0.0, None, 1.0)
    assert solution.touch.low == pytest.approx(0.98)
    assert solution.touch.high == 1.0
    # the cobalt may be absent: its mine, all Chinese here, would otherwise force 1
    assert solution.every.low == 0.0


def test_a_country_in_the_set_at_any_step_gives_exactly_one() -> None:
    tracer = Tracer(magnet({"CHN": 0.85, "DEU": 0.03}), as_of=DAY, to=CHN)
    for stage in (
        "mined",
        "separated",
        "reduced",
        "melted",
        "powdered",
        "magnetized",
        "manufactured",
    ):
        assert tracer.solve("magnet", read_declared({stage: "CHN"})).touch == Value(1.0, 1.0, 1.0)
        told = read_declared({stage: "CHN", "melted" if stage != "melted" else "sintered": "DEU"})
        assert tracer.solve("magnet", told).touch == Value(1.0, 1.0, 1.0)


def test_a_german_melt_leaves_the_separation_open_and_the_point_near_the_world_share() -> None:
    solution = Tracer(magnet({"CHN": 0.85, "DEU": 0.03}), as_of=DAY, to=CHN).solve(
        "magnet", read_declared({"melted": "DEU"})
    )
    separated = scope(solution, "Sm", "separated")
    # m = 0.03: (0.98 + 0.03 - 1) / 0.03 = 1/3
    assert separated.low == pytest.approx(1 / 3)
    assert separated.point is not None
    assert 0.9 < separated.point < 0.98
    assert scope(solution, "SmCo", "melted") == Value(0.0, 0.0, 0.0)


def test_a_declared_country_without_a_row_of_its_own_works() -> None:
    solution = Tracer(magnet({"CHN": 0.9}), as_of=DAY, to=CHN).solve(
        "magnet", read_declared({"melted": "USA"})
    )
    assert scope(solution, "Sm", "separated").low == 0.0
    assert scope(solution, "Sm", "separated").high == 1.0
    point = scope(solution, "Sm", "separated").point
    assert point is not None
    assert 0.8 < point < 0.99


def test_a_declaration_that_the_shares_exclude_is_taken_and_named() -> None:
    from bomrisk.supply.words import notes_of

    tracer = Tracer(magnet({"CHN": 0.9, "DEU": 0.1}), as_of=DAY, to=CHN)
    solution = tracer.solve("magnet", read_declared({"melted": "USA"}))
    assert (solution.touch.low, solution.touch.high) == (0.0, 1.0)
    assert any("contradicts" in note for note in notes_of(solution, tracer))


def test_several_countries_in_a_cell_give_the_worst_of_them_and_shares_a_mixture() -> None:
    tracer = Tracer(magnet({"CHN": 0.85, "DEU": 0.03}), as_of=DAY, to=CHN)
    german = tracer.solve("magnet", read_declared({"melted": "DEU"})).touch
    either = tracer.solve("magnet", read_declared({"melted": "DEU/CHN"})).touch
    assert (either.low, either.high) == (german.low, 1.0)
    split = tracer.solve("magnet", read_declared({"melted": "60% DE, 40% CN"})).touch
    assert split.low == pytest.approx(0.6 * german.low + 0.4)
    assert either.point is not None
    assert german.point is not None
    assert split.point == pytest.approx(0.6 * german.point + 0.4)
    partly = tracer.solve("magnet", read_declared({"melted": "40% CN"})).touch
    free = tracer.solve("magnet").touch
    assert partly.low == pytest.approx(0.4 + 0.6 * free.low)


def test_reliability_mixes_what_is_told_with_what_was_known_before() -> None:
    tracer = Tracer(magnet({"CHN": 0.85, "DEU": 0.03}), as_of=DAY, to=CHN)
    told = tracer.solve("magnet", read_declared({"melted": "DEU"}))
    prior = tracer.solve("magnet")
    half = tracer.solve("magnet", read_declared({"melted": "DEU@0.5"}))
    for a, b, c in zip(told.values, prior.values, half.values, strict=True):
        assert c.low == pytest.approx((a.low + b.low) / 2)
        assert c.high == pytest.approx((a.high + b.high) / 2)
        if a.point is not None and b.point is not None:
            assert c.point == pytest.approx((a.point + b.point) / 2)
    none = tracer.solve("magnet", read_declared({"melted": "DEU@0"}))
    assert none.values == prior.values


def test_routes_that_contradict_each_other_are_refused_by_name() -> None:
    rows = [
        route(
            commodity="REE",
            from_stage="mined",
            from_country="AUS",
            to_stage="separated",
            to_country="FRA",
            low="0.9",
        ),
        route(
            commodity="REE",
            from_stage="mined",
            from_country="CHN",
            to_stage="separated",
            to_country="CHN",
            low="0.9",
        ),
    ]
    knowledge = chain_knowledge(
        shares("Sm", "mined", {"CHN": 0.6, "AUS": 0.4}),
        shares("Sm", "separated", {"CHN": 0.98, "FRA": 0.02}),
        shares("SmCo", "melted", {"CHN": 1.0}),
        routes=rows,
    )
    with pytest.raises(InputError, match=r"AUS -> separated FRA") as caught:
        Tracer(knowledge, as_of=DAY, to=CHN).solve("magnet")
    assert "CHN -> separated CHN" not in str(caught.value)


def test_a_route_outside_its_dates_constrains_nothing() -> None:
    rows = [
        route(
            commodity="REE",
            from_stage="mined",
            from_country="AUS",
            to_stage="separated",
            to_country="CHN",
            low="1.0",
            date_to="2024-12-31",
        )
    ]
    sets = (
        shares("Sm", "mined", {"CHN": 0.5, "AUS": 0.5}),
        shares("Sm", "separated", {"CHN": 0.5, "FRA": 0.5}),
        shares("SmCo", "melted", {"JPN": 1.0}),
    )
    knowledge = chain_knowledge(*sets, routes=rows)
    after = Tracer(knowledge, as_of=DAY, to=CHN).solve("magnet")
    assert scope(after, "Sm").low == pytest.approx(0.5)
    before = Tracer(knowledge, as_of=DAY.replace(year=2024), to=CHN).solve("magnet")
    assert scope(before, "Sm").low == pytest.approx(1.0)
    assert scope(before, "Sm").point == pytest.approx(1.0)


def test_a_route_into_the_alloy_ties_branch_and_trunk() -> None:
    # all French oxide is melted in Germany, where half the alloy is made, and half the oxide is French
    rows = [
        route(
            commodity="SmCo",
            from_stage="separated",
            from_country="FRA",
            to_stage="melted",
            to_country="DEU",
            low="1.0",
        )
    ]
    knowledge = chain_knowledge(
        shares("Sm", "mined", {"FRA": 1.0}),
        shares("Sm", "separated", {"CHN": 0.5, "FRA": 0.5}),
        shares("SmCo", "melted", {"CHN": 0.5, "DEU": 0.5}),
        routes=rows,
    )
    tracer = Tracer(knowledge, as_of=DAY, to=CHN)
    # then German alloy holds French oxide only, and Chinese alloy Chinese oxide
    told = tracer.solve("magnet", read_declared({"melted": "DEU"}))
    separated = scope(told, "Sm", "separated")
    assert [separated.low, separated.point, separated.high] == pytest.approx([0.0] * 3, abs=1e-9)
    free = tracer.solve("magnet").touch
    assert free.low == pytest.approx(0.5)


def test_unknown_composition_and_compounds_are_traced_as_far_as_they_go() -> None:
    knowledge = SmallKnowledge(
        [shares("Y", "mined", {"CHN": 0.4}), shares("Y", "separated", {"CHN": 0.9})],
        [
            material("yag", "laser_crystal", {"Y": 45.0, "O": 30.0}),
            material("riddle", "permanent_magnet_re_unspecified", {}),
        ],
        chains={"Y": ("mined", "separated", "reduced"), "O": ()},
    )
    tracer = Tracer(knowledge, as_of=DAY, to=CHN)
    crystal = tracer.solve("yag")
    assert [(s.commodity, s.stage) for s in crystal.scopes if s.step] == [
        ("Y", "mined"),
        ("Y", "separated"),
    ]
    assert crystal.touch.low == pytest.approx(0.9)
    riddle = tracer.solve("riddle")
    assert riddle.touch == Value(0.0, None, 1.0)
    assert tracer.solve("riddle", read_declared({"mined": "CHN"})).touch == Value(1.0, 1.0, 1.0)


def test_an_element_counts_by_content_rare_earth_or_export_control() -> None:
    from dataclasses import replace

    from bomrisk.knowledge import Knowledge

    control = next(c for c in Knowledge().controls if c.in_force(DAY))
    knowledge = SmallKnowledge(
        [],
        [material("alloy", "ni_superalloy", {"Ni": 60.0, "Ga": 0.1, "Nd": 0.1, "C": 0.1})],
    )
    chain = Tracer(knowledge, as_of=DAY, to=CHN).chain("alloy")
    assert [branch.element for branch in chain.branches] == ["Nd", "Ni"]
    assert chain.left_out == ("C", "Ga")
    knowledge.controls = (replace(control, elements=("Ga",)),)
    chain = Tracer(knowledge, as_of=DAY, to=CHN).chain("alloy")
    assert "Ga" in [branch.element for branch in chain.branches]


def test_a_stage_added_to_one_chain_does_not_change_another() -> None:
    # Co has a separation of its own; declaring one for Cr, which has none, adds a step to Cr only
    knowledge = SmallKnowledge(
        [shares("Co", "separated", {"CHN": 0.8})],
        [material("alloy", "co_superalloy", {"Cr": 60.0, "Co": 40.0})],
        chains={"Co": ("separated",), "Cr": ("mined",)},
    )
    tracer = Tracer(knowledge, as_of=DAY, to=CHN)
    plain = tracer.solve("alloy")
    told = tracer.solve("alloy", read_declared({"separated": "USA"}))
    assert len(plain.scopes) == len(plain.values)
    assert len(told.scopes) == len(told.values) == len(plain.values) + 1
    assert scope(told, "Cr", "separated") == Value(0.0, 0.0, 0.0)
    before, after = scope(plain, "Co", "separated"), scope(told, "Co", "separated")
    assert before.low == pytest.approx(0.8)
    # no share of the Cr that is separated in the US is known
    assert after == Value(0.0, before.point, 1.0)


def test_what_is_told_of_one_element_bounds_the_others_among_those_units_alone() -> None:
    # a tenth of the Co is separated in the US: all of it may go with Ni from elsewhere, or none
    knowledge = SmallKnowledge(
        [
            shares("Co", "separated", {"CHN": 0.9, "USA": 0.1}),
            shares("Ni", "refined", {"CHN": 0.95, "CAN": 0.05}),
        ],
        [material("alloy", "co_superalloy", {"Co": 60.0, "Ni": 40.0})],
        chains={"Co": ("separated",), "Ni": ("refined",)},
    )
    tracer = Tracer(knowledge, as_of=DAY, to=CHN)
    told = tracer.solve("alloy", read_declared({"separated": "USA"}))
    nickel = scope(told, "Ni", "refined")
    assert (nickel.low, nickel.point, nickel.high) == pytest.approx((0.5, 0.95, 1.0))
    assert told.touch.low == pytest.approx(nickel.low)


def test_what_is_certain_of_all_units_stays_certain_among_the_declared_ones() -> None:
    knowledge = SmallKnowledge(
        [
            shares("Co", "separated", {"CHN": 0.9}),
            shares("Ni", "refined", {"CHN": 1.0}),
            shares("W", "mined", {"CAN": 1.0}),
        ],
        [material("alloy", "co_superalloy", {"Co": 60.0, "Ni": 30.0, "W": 10.0})],
        chains={"Co": ("separated",), "Ni": ("refined",), "W": ("mined",)},
    )
    told = Tracer(knowledge, as_of=DAY, to=CHN).solve("alloy", read_declared({"separated": "USA"}))
    assert scope(told, "Ni", "refined") == Value(1.0, 1.0, 1.0)
    assert scope(told, "W", "mined") == Value(0.0, 0.0, 0.0)


def test_more_worlds_than_are_spelled_out_leave_the_last_stages_undeclared() -> None:
    tracer = Tracer(magnet({"CHN": 0.85, "DEU": 0.03}), as_of=DAY, to=CHN)
    five = "DE/US/JP/FR/GB"
    told = read_declared({"mined": five, "separated": five, "melted": five, "magnetized": five})
    few = read_declared({"mined": five, "separated": five})
    many, kept = tracer.solve("magnet", told), tracer.solve("magnet", few)
    assert scope(many, "Sm", "mined") == scope(kept, "Sm", "mined")


@pytest.mark.parametrize("seed", range(40))
def test_elements_that_join_in_an_alloy_have_the_bounds_over_all_joint_paths(seed: int) -> None:
    rng = random.Random(seed)
    mined, separated = random_set(rng, "Sm", "mined"), random_set(rng, "Sm", "separated")
    cobalt, melted = random_set(rng, "Co", "mined"), random_set(rng, "SmCo", "melted")
    knowledge = SmallKnowledge(
        [mined, separated, cobalt, melted],
        [material("magnet", "co_superalloy", {"Sm": 35.0, "Co": 65.0})],
        chains={"Sm": ("mined", "separated"), "Co": ("mined",)},
        products={"co_superalloy": "SmCo"},
    )
    told = rng.choice([None, "USA", "JPN", "DEU"])
    if told and marginal_of(melted).of(told)[2] <= 0.0:
        return
    places = [
        every_country(one, CHN, told if one is melted else None)
        for one in (mined, separated, cobalt, melted)
    ]
    expected = over_paths(tuple(places))
    declared = read_declared({"melted": told} if told else {})
    found = Tracer(knowledge, as_of=DAY, to=CHN).solve("magnet", declared).touch
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=1e-7)
    assert found.point is not None
    assert found.low <= found.point <= found.high


def test_two_declarations_that_most_units_meet_still_bound_the_rest() -> None:
    # 0.8 mined in AUS and 0.8 melted in DEU: at least 0.6 meets both; (0.9 + 0.6 - 1) / 0.6
    knowledge = chain_knowledge(
        shares("Sm", "mined", {"AUS": 0.8, "CHN": 0.2}),
        shares("Sm", "separated", {"CHN": 0.9, "FRA": 0.1}),
        shares("SmCo", "melted", {"DEU": 0.8, "JPN": 0.2}),
    )
    tracer = Tracer(knowledge, as_of=DAY, to=CHN)
    found = tracer.solve("magnet", read_declared({"mined": "AUS", "melted": "DEU"}))
    assert scope(found, "Sm", "separated").low == pytest.approx(0.5 / 0.6)


def test_a_route_binds_a_declared_country_however_small_it_is() -> None:
    # at least 0.8 of what AUS mines is separated in FRA, so at most 0.2 of it in CHN
    tie = route(
        commodity="REE",
        from_stage="mined",
        from_country="AUS",
        to_stage="separated",
        to_country="FRA",
        low="0.8",
    )
    knowledge = chain_knowledge(
        shares("Sm", "mined", {"AUS": (0.0, 0.2, 0.3), "CHN": (0.7, 0.8, 1.0)}),
        shares("Sm", "separated", {"CHN": 0.5, "FRA": 0.5}),
        routes=[tie],
    )
    tracer = Tracer(knowledge, as_of=DAY, to=CHN)
    found = scope(tracer.solve("magnet", read_declared({"mined": "AUS"})), "Sm", "separated")
    assert found.high == pytest.approx(0.2)


def test_rare_earths_of_one_material_are_one_event_and_other_elements_are_not() -> None:
    sets = [
        shares("Nd", "separated", {"CHN": 0.5, "MYS": 0.5}),
        shares("NdFeB", "melted", {"JPN": 1.0}),
    ]
    for other, expected in (("Pr", 0.8), ("Co", 1.0 - 0.5 * 0.2)):
        knowledge = SmallKnowledge(
            [*sets, shares(other, "separated", {"CHN": 0.8, "MYS": 0.2})],
            [material("magnet", "permanent_magnet_ndfeb", {"Nd": 30.0, other: 30.0})],
            chains={"Nd": ("separated",), other: ("separated",)},
            products={"permanent_magnet_ndfeb": "NdFeB"},
        )
        touch = Tracer(knowledge, as_of=DAY, to=CHN).solve("magnet").touch
        assert touch.point == pytest.approx(expected)


def test_an_element_that_may_be_absent_raises_no_lower_bound_and_no_point() -> None:
    knowledge = chain_knowledge(
        shares("Sm", "mined", {"CHN": 0.3, "AUS": 0.7}),
        shares("Co", "mined", {"CHN": 1.0}),  # the magnet may hold no cobalt
        shares("SmCo", "melted", {"JPN": 1.0}),
    )
    touch = Tracer(knowledge, as_of=DAY, to=CHN).solve("magnet").touch
    assert touch.low == pytest.approx(0.3)
    assert touch.point == pytest.approx(0.3)
    assert touch.high == 1.0


@pytest.mark.parametrize("declared", [{}, {"manufactured": "USA"}])
def test_no_material_is_shown_as_untouched_because_nothing_is_known(
    declared: dict[str, str],
) -> None:
    from bomrisk.knowledge import Knowledge

    knowledge = Knowledge()
    tracer = Tracer(knowledge, as_of=knowledge.edition, to=frozenset({"CHN"}))
    for material_id in knowledge.materials:
        solution = tracer.solve(material_id, read_declared(declared))
        touch = solution.touch
        assert touch.low <= touch.high, material_id
        assert touch.high > 0.0, material_id
        assert solution.every.low <= solution.every.high, material_id
        known = [
            step
            for step in (
                *(s for b in solution.chain.branches for s in b.steps),
                *solution.chain.trunk,
            )
            if step.marginal is not None
        ]
        if not known:
            assert (touch.low, touch.point, touch.high) == (0.0, None, 1.0), material_id


@pytest.mark.parametrize("stage", ["mined", "separated", "reduced", "melted"])
def test_no_certain_element_of_shipped_materials_is_touched_more_surely_than_the_material(
    stage: str,
) -> None:
    from bomrisk.knowledge import Knowledge

    knowledge = Knowledge()
    tracer = Tracer(knowledge, as_of=knowledge.edition, to=CHN)
    for material_id in sorted(knowledge.materials)[::5]:
        solution = tracer.solve(material_id, read_declared({stage: "USA"}))
        certain = {one.element for one in solution.chain.branches if one.certain}
        for scope, value in zip(solution.scopes, solution.values, strict=True):
            if scope.scope == "commodity" and scope.commodity in certain:
                assert value.low <= solution.touch.low + 1e-9, (material_id, scope.commodity)
