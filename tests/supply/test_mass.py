"""Share of mass against "any unit touched": two figures, worked out by hand."""

from __future__ import annotations

import pytest

from bomrisk.supply.declaration import read_declared
from bomrisk.supply.mass import mass_touched
from bomrisk.supply.tracer import Tracer
from tests.supply.small import DAY, SmallKnowledge, material, route, shares

CHN = frozenset({"CHN"})


def tracer(*routes: dict[str, str]) -> Tracer:
    return Tracer(
        SmallKnowledge(
            [shares("Ni", "mined", {"CHN": 0.5, "IDN": 0.5}), shares("Cr", "mined", {"ZAF": 1.0})],
            [
                material("alloy", "ni_superalloy", {"Ni": 60.0, "Cr": 30.0, "Mn": 9.5, "C": 0.5}),
                material("riddle", "ni_superalloy", {}),
            ],
            chains={"Ni": ("mined",), "Cr": ("mined",), "Mn": ("mined",)},
            tables={"routes_constraints": list(routes)},
        ),
        as_of=DAY,
        to=CHN,
    )


def test_mass_is_weighted_by_element_and_any_touch_is_not() -> None:
    one = tracer()
    solution = one.solve("alloy")
    mass = mass_touched(one, solution)
    # Ni 60 of 100 at 0.5, Cr 30 at 0: point 30/90 of what is known; Mn, C and the melt are open
    assert mass.point == pytest.approx(0.3 / 0.9)
    assert mass.low == pytest.approx(0.3)
    assert mass.high == pytest.approx(1.0)
    assert solution.touch.low == pytest.approx(0.5)


def test_a_melt_in_the_set_touches_all_of_the_mass_that_is_traced() -> None:
    one = tracer()
    mass = mass_touched(one, one.solve("alloy", read_declared({"melted": "CHN"})))
    assert mass.low == pytest.approx(0.995)  # all but the carbon that was left out
    assert mass.point == pytest.approx(1.0)


def test_an_unknown_composition_has_an_unknown_share() -> None:
    one = tracer()
    mass = mass_touched(one, one.solve("riddle"))
    assert (mass.low, mass.point, mass.high) == (0.0, None, 1.0)


def test_a_route_that_the_recommended_shares_cannot_meet_is_named() -> None:
    from bomrisk.supply.words import notes_of

    rows = [
        route(
            commodity="REE",
            from_stage="mined",
            from_country="AUS",
            to_stage="separated",
            to_country="FRA",
            low="1.0",
        )
    ]
    knowledge = SmallKnowledge(
        [
            shares("Nd", "mined", {"CHN": 0.5, "AUS": (0.1, 0.5, 0.5)}),
            shares("Nd", "separated", {"CHN": (0.5, 0.9, 0.9), "FRA": (0.1, 0.1, 0.5)}),
        ],
        [material("metal", "re_metal", {"Nd": 100.0})],
        chains={"Nd": ("mined", "separated")},
        tables={"routes_constraints": rows},
    )
    one = Tracer(knowledge, as_of=DAY, to=CHN)
    solution = one.solve(
        "metal"
    )  # the ranges leave flows that meet it, the recommended shares do not
    assert solution.touch.point is not None
    assert any("AUS -> separated FRA" in note for note in notes_of(solution, one))
