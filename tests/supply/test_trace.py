"""`bomrisk trace` and its page, on the shipped knowledge: what a reviewer must find there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bomrisk.cli.trace import command
from bomrisk.errors import InputError
from bomrisk.knowledge import Knowledge
from bomrisk.knowledge.model import Evidence
from bomrisk.supply import Trace, TracedStep, trace


def run(*args: str, width: str = "120") -> Result:
    return CliRunner().invoke(command, list(args), env={"COLUMNS": width})


def step(traced: Trace, commodity: str, stage: str) -> TracedStep:
    return next(s for s in traced.steps if (s.commodity, s.stage) == (commodity, stage))


def test_ndfeb_shows_light_and_heavy_separation_and_magnets_with_source_and_year() -> None:
    traced = trace("ndfeb_sintered_sh", to={"CHN"})
    assert {"Nd", "Pr", "Dy", "Tb"} <= {s.commodity for s in traced.steps}
    light, heavy = step(traced, "Nd", "separated"), step(traced, "Dy", "separated")
    magnet, mined = step(traced, "NdFeB", "sintered"), step(traced, "Nd", "mined")
    assert light.exposure.point == pytest.approx(0.91, abs=0.01)
    assert heavy.exposure.point == pytest.approx(0.985, abs=0.006)
    assert magnet.exposure.point == pytest.approx(0.94, abs=0.005)
    assert mined.exposure.low < 0.65 < (mined.exposure.point or 0.0) < mined.exposure.high
    for one in (light, heavy, magnet, mined):
        assert one.shares is not None
        assert one.shares.year.isdigit()
        assert all(row.source_ids for row in one.shares.shares)
    assert traced.touch.low >= 0.9
    assert any(set(p.country.split(";")) - {"CHN"} for p in traced.facilities)
    assert any(route.constrains for route in traced.routes)


def test_a_german_melt_magnetized_in_the_us_says_three_things_in_words() -> None:
    traced = trace("smco_2_17", declare={"melted": "Germany", "magnetized": "US"}, to={"CHN"})
    separated = step(traced, "Sm", "separated")
    assert separated.exposure.point == pytest.approx(0.98, abs=0.02)
    assert separated.exposure.low < 0.5
    assert separated.exposure.evidence is Evidence.RECALLED
    said = " ".join(traced.notes)
    assert "Sm separated: 0 to 100 %, point 97 %, recalled" in said
    assert "melted in Germany" in said
    assert "does not constrain" in said


def test_the_same_magnet_melted_in_china_touched_it_at_every_bound() -> None:
    traced = trace("smco_2_17", declare={"melted": "CN", "magnetized": "US"}, to={"CHN"})
    assert (traced.touch.low, traced.touch.point, traced.touch.high) == (1.0, 1.0, 1.0)
    assert "that alone touches the country set" in " ".join(traced.notes)


def test_a_bare_country_of_origin_says_nothing_about_the_mine() -> None:
    traced = trace("ndfeb_sintered_n", declare={"country_of_origin": "JPN"}, to={"CHN"})
    assert step(traced, "Nd", "mined").exposure.low == 0.0
    assert any("last step only" in note for note in traced.notes)
    assert traced.declared_text == "manufactured=JPN"


def test_an_american_magnet_without_a_row_of_its_own_works() -> None:
    traced = trace("ndfeb_sintered_n", declare={"sintered": "USA"}, to={"CHN"})
    exposure = step(traced, "Nd", "separated").exposure
    assert 0.0 <= exposure.low < (exposure.point or 0.0) < exposure.high


def test_the_day_decides_which_routes_bind_and_which_controls_stand() -> None:
    old = trace("smco_2_17", to={"CHN"}, as_of=date(2023, 6, 1))
    new = trace("smco_2_17", to={"CHN"})
    assert any(
        route.from_place == "USA" and route.to_place == "CHN" and route.constrains
        for route in old.routes
    )
    assert not any(
        route.from_place == "USA" and route.to_place == "CHN" and route.constrains
        for route in new.routes
    )
    assert "CN-18-2025" in {control.id for control in new.controls} - {
        control.id for control in old.controls
    }


def test_every_chain_of_the_shipped_knowledge_is_feasible_on_every_day() -> None:
    knowledge = Knowledge()
    for day in (date(2021, 1, 1), date(2024, 6, 1), knowledge.edition):
        from bomrisk.supply.tracer import Tracer

        tracer = Tracer(knowledge, as_of=day, to=frozenset({"CHN", "RUS"}))
        for material_id in knowledge.materials:
            touch = tracer.solve(material_id).touch
            assert 0.0 <= touch.low <= touch.high <= 1.0
        assert not [key for key, coupling in tracer._couplings.items() if coupling.dropped]


def test_unknown_material_and_set_are_refused_with_what_was_meant() -> None:
    with pytest.raises(InputError, match=r"did you mean .*smco_2_17"):
        trace("smco2_17", to={"CHN"})
    with pytest.raises(InputError, match="no material 'xqzv' is known"):
        trace("xqzv", to={"CHN"})
    with pytest.raises(InputError, match="country set"):
        trace("smco_2_17", to={"Atlantis"})
    assert trace("smco_2_17").to == Knowledge().country_sets["covered_4872"].countries


# the page -------------------------------------------------------------------------------------
@pytest.mark.parametrize("width", ["80", "120"])
def test_the_page_fits_the_terminal_and_holds_what_is_asked_for(width: str) -> None:
    done = run("ndfeb_sintered_sh", "--to", "CHN", width=width)
    assert done.exit_code == 0, done.output
    assert max(len(line) for line in done.output.splitlines()) <= int(width)
    said = " ".join(done.output.replace("\xa0", " ").split())
    for word in (
        "Nd",
        "Pr",
        "Dy",
        "Tb",
        "separated",
        "IEA_CMDE2025",
        "CHN 91.3",
        "CHN 98.5",
        "CHN 94",
        "Mt Weld",
        "Known routes",
        "MMR → CHN",
        "CRITICAL" if "CRITICAL" in said else "HIGH",
    ):
        assert word in said, word
    assert "█" in said


def test_the_page_says_what_was_declared_and_refuses_what_it_cannot_read() -> None:
    done = run("smco_2_17", "--declare", "melted=DEU", "--declare", "magnetized=USA", "--to", "CHN")
    assert "declared: melted=DEU, magnetized=USA" in done.output
    assert run("smco_2_17", "--declare", "melted").exit_code == 2
    assert run("smco_2_17", "--declare", "melted=US", "--declare", "melted=DE").exit_code == 2
    missing = run("no_such_material")
    assert isinstance(missing.exception, InputError)
    assert missing.exception.exit_code == 2


def test_the_page_of_a_material_without_composition_says_so() -> None:
    done = run("rare_earth_magnet_unspecified")
    assert "UNKNOWN" in done.output
    assert "not known" in done.output


def numbers(value: Any, ids: tuple[str, ...]) -> Iterator[tuple[float, tuple[str, ...]]]:
    """Every number of a document with the source ids of the nearest object around it."""
    if isinstance(value, dict):
        ids = tuple(value.get("source_ids") or ids)
        for key, inner in value.items():
            if key != "source_ids":
                yield from numbers(inner, ids)
    elif isinstance(value, list):
        for inner in value:
            yield from numbers(inner, ids)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield value, ids


@pytest.mark.parametrize(
    "material", ["ndfeb_sintered_sh", "smco_2_17", "inconel_718", "rare_earth_magnet_unspecified"]
)
def test_every_number_of_the_json_leads_to_a_source_that_exists(material: str) -> None:
    done = run(material, "--to", "CHN", "--declare", "melted=DE", "--json")
    document = json.loads(done.output)
    known = Knowledge().sources
    found = list(numbers(document, ()))
    assert found
    for value, ids in found:
        assert ids, value
        assert all(source in known for source in ids)
        assert all(source in document["sources"] for source in ids)
    assert document["touch"]["low"] <= document["touch"]["high"]
    assert document["declared"] == "melted=DEU"


def test_the_same_command_gives_the_same_bytes() -> None:
    first, second = (run("smco_2_17", "--declare", "melted=DE", "--json").output for _ in range(2))
    assert first == second


@pytest.mark.parametrize("form", ["graphml", "json"])
def test_the_network_is_exported_for_graph_tools(form: str) -> None:
    done = run("smco_2_17", "--graph", form)
    assert done.exit_code == 0
    assert "Sm separated CHN" in done.output
