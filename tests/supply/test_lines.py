"""Tracing the lines of a BOM: each supply case once, joined back; nothing lost, nothing invented."""

from __future__ import annotations

import polars as pl
import pytest

from bomrisk.supply import Traces, trace_lines
from bomrisk.tables import CASES, EXPOSURES, LINES, NOTES, STEPS
from tests.supply.small import DAY, SmallKnowledge, material, shares

CHN = frozenset({"CHN"})


@pytest.fixture
def knowledge() -> SmallKnowledge:
    return SmallKnowledge(
        [
            shares("Sm", "mined", {"CHN": 0.6, "AUS": 0.3}),
            shares("Sm", "separated", {"CHN": (0.95, 0.98, 1.0), "FRA": 0.01}),
            shares("SmCo", "melted", {"CHN": 0.85, "DEU": 0.03}),
        ],
        [
            material("magnet", "permanent_magnet_smco", {"Sm": 35.0}),
            material("alloy", "ni_superalloy", {"Ni": 60.0}),
        ],
        chains={"Sm": ("mined", "separated")},
        products={"permanent_magnet_smco": "SmCo"},
    )


def bom(rows: list[dict[str, str]]) -> pl.DataFrame:
    """Lines with the given cells; everything else empty."""
    made = [
        {"line": at, "file": "bom.csv", "sheet": "", "row": at + 2, **row}
        for at, row in enumerate(rows)
    ]
    schema = {
        n: k
        for n, k in LINES.schema().items()
        if n.startswith(("line", "file", "sheet", "row", "origin", "country"))
    }
    schema.pop("line_id")
    schema.pop("rolled_up", None)
    return pl.DataFrame(made, schema=schema)


def found(*pairs: tuple[int, str]) -> pl.DataFrame:
    return pl.DataFrame(
        [{"line": line, "material_id": m, "inferred": False} for line, m in pairs],
        schema={"line": pl.UInt32, "material_id": pl.String, "inferred": pl.Boolean},
    )


def traced(rows: list[dict[str, str]], knowledge: SmallKnowledge) -> Traces:
    pairs = [(at, "magnet") for at in range(len(rows))]
    return trace_lines(bom(rows), found(*pairs), knowledge, as_of=DAY, to=CHN)


def test_lines_with_the_same_facts_share_one_case_whatever_the_spelling(
    knowledge: SmallKnowledge,
) -> None:
    rows = [{"origin_melted": "China"}, {"origin_melted": "CN"}, {"origin_melted": "PRC"}, {}]
    traces = traced(rows, knowledge)
    assert traces.cases["declared"].to_list() == ["", "melted=CHN"]
    assert traces.materials["case"].to_list() == [1, 1, 1, 0]
    assert traces.materials["line"].to_list() == [0, 1, 2, 3]
    assert traces.cases["touch_low"].to_list() == [pytest.approx(0.95), 1.0]


def test_the_frames_have_the_columns_of_their_tables(knowledge: SmallKnowledge) -> None:
    traces = traced([{"origin_melted": "DE"}], knowledge)
    assert dict(traces.cases.schema) == CASES.schema()
    assert dict(traces.steps.schema) == STEPS.schema()
    assert dict(traces.exposures.schema) == EXPOSURES.schema()
    assert dict(traces.notes.schema) == NOTES.schema()
    empty = trace_lines(bom([]), found(), knowledge, as_of=DAY, to=CHN)
    assert dict(empty.steps.schema) == STEPS.schema()
    assert empty.cases.height == 0


def test_a_bare_country_of_origin_is_the_last_step_and_an_explicit_column_goes_before_it(
    knowledge: SmallKnowledge,
) -> None:
    traces = traced(
        [
            {"country_of_origin": "US"},
            {"country_of_origin": "US", "origin_manufactured": "MX"},
            {"country_of_origin": "US", "origin_manufactured": "USA"},
        ],
        knowledge,
    )
    assert traces.cases["declared"].to_list() == ["manufactured=MEX", "manufactured=USA"]
    assert traces.materials["case"].to_list() == [1, 0, 1]
    assert traces.notes["line"].to_list() == [1]
    assert "MEX" in traces.notes["text"][0]


def test_what_cannot_be_read_is_noted_with_its_row_and_declares_nothing(
    knowledge: SmallKnowledge,
) -> None:
    traces = traced(
        [{"origin_melted": "unknown"}, {"origin_melted": "overseas"}, {"origin_melted": ""}],
        knowledge,
    )
    assert traces.cases["declared"].to_list() == [""]
    assert traces.notes.select("line", "row", "kind").rows() == [(1, 3, "origin")]
    assert "'overseas'" in traces.notes["text"][0]


def test_several_stages_make_one_canonical_text(knowledge: SmallKnowledge) -> None:
    row = {"origin_magnetized": "US", "origin_melted": "JP/CN", "origin_mined": "60% AU, 40% CN"}
    traces = traced([row], knowledge)
    assert traces.cases["declared"][0] == "mined=AUS:0.6/CHN:0.4;melted=CHN/JPN;magnetized=USA"


def test_steps_show_every_country_with_its_source_and_an_unknown_step_as_null(
    knowledge: SmallKnowledge,
) -> None:
    steps = traced([{"origin_melted": "DE"}], knowledge).steps
    separated = steps.filter(stage="separated")
    assert separated.select("country", "share_low", "share", "share_high").row(0) == (
        "CHN",
        0.95,
        0.98,
        1.0,
    )
    assert separated["country"].to_list()[-1] == "OTH"
    assert separated["source_ids"].to_list() == ["S1"] * 3
    melted = steps.filter(stage="melted")
    assert melted.select("country", "share", "declared", "evidence").rows() == [
        ("DEU", 1.0, True, "declared")
    ]
    magnetized = steps.filter(stage="magnetized")
    assert magnetized.select("country", "share", "share_low").rows() == [(None, None, None)]
    assert magnetized["note"][0]


def test_exposures_hold_every_step_commodity_and_the_material_last(
    knowledge: SmallKnowledge,
) -> None:
    exposures = traced([{}], knowledge).exposures
    assert exposures["scope"].to_list()[-1] == "material"
    assert exposures.filter(scope="commodity")["commodity"].to_list() == ["Sm", "SmCo"]
    separated = exposures.filter(stage="separated").row(0, named=True)
    assert separated["hhi_low"] == pytest.approx(0.98**2 + 0.01**2)
    assert separated["hhi_high"] == pytest.approx(0.98**2 + 2 * 0.01**2)
    unknown = exposures.filter(stage="magnetized").row(0, named=True)
    assert (unknown["low"], unknown["point"], unknown["high"]) == (0.0, None, 1.0)
    assert unknown["evidence"] is None


def test_a_cell_with_several_countries_shows_them_all_as_declared(
    knowledge: SmallKnowledge,
) -> None:
    steps = traced(
        [{"origin_melted": "60% DE, 40% CN"}, {"origin_melted": "DE/JP"}], knowledge
    ).steps
    melted = (
        steps.filter(stage="melted").select("country", "share_low", "share", "share_high").rows()
    )
    assert melted == [
        ("CHN", 0.4, 0.4, 0.4),
        ("DEU", 0.6, 0.6, 0.6),
        ("DEU", 0.0, None, 1.0),
        ("JPN", 0.0, None, 1.0),
    ]


def test_lines_without_origin_columns_are_traced_all_the_same(knowledge: SmallKnowledge) -> None:
    lines = pl.DataFrame({"line": [0]}, schema={"line": pl.UInt32})
    traces = trace_lines(lines, found((0, "alloy")), knowledge, as_of=DAY, to=CHN)
    assert traces.cases["declared"].to_list() == [""]
    assert traces.cases["touch_point"].to_list() == [None]
    assert traces.notes.height == 0
