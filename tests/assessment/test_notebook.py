"""The Python API as a notebook uses it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import bomrisk
from bomrisk.errors import InputError

ROOT = Path(__file__).parents[2]


def test_a_magnet_melted_and_magnetized_elsewhere_says_little_of_its_samarium() -> None:
    traced = bomrisk.Knowledge().trace(
        "smco_2_17", declare={"melted": "DEU", "magnetized": "USA"}, to={"CHN"}
    )
    (separated,) = [s for s in traced.steps if (s.commodity, s.stage) == ("Sm", "separated")]
    assert separated.exposure.point == pytest.approx(0.98, abs=0.02)
    assert separated.exposure.low < 0.35
    assert separated.shares is not None
    assert str(separated.shares.shares[0].evidence) == "recalled"
    said = " ".join(traced.notes)
    assert "does not constrain the other steps" in said
    assert re.search(r"Sm separated: 0 to 100 %, point 97 %, recalled", said)


def test_melted_in_the_set_is_certain_at_every_bound() -> None:
    touch = bomrisk.Knowledge().trace("smco_2_17", declare={"melted": "CHN"}, to={"CHN"}).touch
    assert (touch.low, touch.point, touch.high) == (1.0, 1.0, 1.0)


def test_a_declared_country_without_a_row_of_its_own_works() -> None:
    touch = (
        bomrisk.Knowledge()
        .trace("ndfeb_sintered_sh", declare={"sintered": "USA"}, to={"CHN"})
        .touch
    )
    assert 0.0 <= touch.low <= (touch.point or 0.0) <= touch.high <= 1.0


def test_what_cannot_be_used_is_one_line_with_its_mend() -> None:
    knowledge = bomrisk.Knowledge()
    with pytest.raises(InputError, match="no material 'unobtainium'"):
        knowledge.trace("unobtainium")
    with pytest.raises(InputError, match="neither an ISO 3166"):
        knowledge.trace("smco_2_17", to={"Atlantis"})
    with pytest.raises(InputError):
        knowledge.trace("smco_2_17", declare={"melted": "Atlantis"})


def test_the_examples_of_the_manual_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT / "sample_boms")
    text = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    code = "\n".join(re.findall(r"```python\n(.*?)```", text, re.DOTALL))
    exec(code.replace("bom.xlsx", "missile_actuator.xlsx"), {})  # noqa: S102  # our own manual


def test_results_show_their_answer_in_one_line() -> None:
    traced = bomrisk.Knowledge().trace("smco_2_17", declare={"melted": "CHN"}, to={"CHN"})
    assert re.fullmatch(
        r"<Trace smco_2_17 towards CHN as of \d{4}-\d\d-\d\d, declared melted=CHN: touched at least"
        r" 100 %, point 100 %, at most 100 %; \d+ steps, \w+>",
        repr(traced),
    )
    assessment = bomrisk.assess(ROOT / "sample_boms" / "f35_subsystems.xlsx")
    assert repr(assessment).startswith("<Assessment f35_subsystems.xlsx as of ")
    assert len(repr(assessment)) < 200


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"to": set()}, "no country is named"),
        ({"to": {"Q"}}, "neither an ISO 3166"),
        ({"declare": "melted=USA"}, "no mapping"),
        ({"as_of": "2026-01-01"}, "no date"),
    ],
)
def test_what_cannot_be_traced_says_why(asked: dict[str, object], says: str) -> None:
    with pytest.raises(InputError, match=says):
        bomrisk.Knowledge().trace("smco_2_17", **asked)  # type: ignore[arg-type]


def test_sets_and_codes_may_be_named_together() -> None:
    knowledge = bomrisk.Knowledge()
    assert knowledge.trace("smco_2_17", to={"china", "RUS"}).to == {"CHN", "RUS"} | set(
        knowledge.country_sets["china"].countries
    )


def test_no_certain_element_is_touched_more_surely_than_the_material() -> None:
    traced = bomrisk.Knowledge().trace("al_7075", declare={"reduced": "USA"}, to={"CHN"})
    elements = [one for one in traced.exposures if one.scope == "commodity"]
    assert len(elements) > 2
    assert all(one.low <= traced.touch.low + 1e-9 for one in elements)
