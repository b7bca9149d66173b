"""Masses in the end item: piece mass times roll-up, elements within their materials, unknown kept unknown."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bomrisk.composition import Composition, compose
from bomrisk.composition.masses import line_masses
from bomrisk.knowledge import Knowledge
from bomrisk.recognition import recognize
from bomrisk.tables import CONTENTS, MATERIALS, NOTES
from tests.lines import lines_of

KNOWLEDGE = Knowledge()


def composed(*rows: dict[str, Any]) -> Composition:
    lines = lines_of(rows)
    return compose(lines, recognize(lines, KNOWLEDGE).materials, KNOWLEDGE)


def test_a_magnet_of_known_mass_gives_its_elements() -> None:
    result = composed({"name": "magnet", "material": "SmCo5", "mass_g": 10.0, "rolled_up": 3.0})
    (row,) = result.materials.to_dicts()
    assert (row["mass_low_g"], row["mass_likely_g"], row["mass_high_g"]) == (30.0, 30.0, 30.0)
    contents = result.contents.collect()
    samarium = contents.filter(pl.col("element") == "Sm").to_dicts()[0]
    # 30 g of SmCo5 at 35.5 wt% Sm, between 18 and 37.5
    assert samarium["mass_likely_g"] == pytest.approx(10.65)
    assert samarium["mass_low_g"] == pytest.approx(5.4)
    assert samarium["mass_high_g"] == pytest.approx(11.25)
    assert samarium["evidence"] in ("verified", "derived", "recalled")


def test_unknown_mass_stays_null_and_is_counted() -> None:
    result = composed(
        {"name": "magnet N42SH", "rolled_up": 3.0},
        {"name": "magnet N42SH", "mass_g": 5.0},
        {"name": "washer", "mass_g": 5.0},
    )
    assert result.materials["mass_high_g"].null_count() == 2
    assert result.materials["fraction_likely"].null_count() == 0
    contents = result.contents.collect()
    assert contents["mass_likely_g"].null_count() == contents.height
    (note,) = result.notes.to_dicts()
    assert note["text"].startswith("2 lines")
    assert note["line"] is None


@pytest.mark.parametrize(
    ("unit", "grams"), [("kg", 2000.0), ("G", 2.0), ("lb", 907.18474), (" oz. ", 56.69904625)]
)
def test_a_quantity_in_a_unit_of_mass_is_the_mass(unit: str, grams: float) -> None:
    lines = lines_of([{"unit": unit, "rolled_up": 2.0, "mass_g": 7.0}])
    assert line_masses(lines)["line_mass_g"].to_list() == [pytest.approx(grams)]


def test_pieces_take_the_piece_mass() -> None:
    lines = lines_of([{"unit": "EA", "rolled_up": 2.0, "mass_g": 7.0}, {"rolled_up": 2.0}])
    assert line_masses(lines)["line_mass_g"].to_list() == [14.0, None]


def test_a_named_magnet_in_a_motor_takes_the_rules_share() -> None:
    result = composed(
        {"description": "BLDC motor with N42SH magnets", "mass_g": 100.0, "rolled_up": 1.0}
    )
    row = result.materials.filter(pl.col("material_id") == "ndfeb_sintered_sh").to_dicts()[0]
    assert (row["mass_low_g"], row["mass_likely_g"], row["mass_high_g"]) == (2.0, 6.0, 12.0)


def test_a_material_of_unknown_composition_has_no_contents() -> None:
    result = composed({"name": "MAGNET,PERMANENT", "mass_g": 10.0, "rolled_up": 1.0})
    assert result.materials["material_id"].to_list() == ["permanent_magnet_unspecified"]
    assert result.contents.collect().height == 0


def test_the_frames_have_their_columns() -> None:
    result = composed({"name": "brass nut"})
    assert [name for name in MATERIALS.names if name != "case"] == result.materials.columns
    assert result.contents.collect_schema().names() == list(CONTENTS.names)
    assert result.notes.columns == list(NOTES.names)
    assert composed().contents.collect().height == 0


TEXTS = (
    "N42SH magnet", "Servo motor", "nickel plated N42 magnet", "Ti-6Al-4V bracket with brass insert",
    "battery,storage", "BLDC motor with N42SH magnets", "GaN HEMT", "washer", "blade,turbine",
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(TEXTS),
            st.none() | st.floats(0.001, 1e6),
            st.none() | st.floats(0.1, 1e4),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_masses_never_exceed_the_line_and_contents_add_up(
    rows: list[tuple[str, float | None, float | None]],
) -> None:
    lines = lines_of(
        [{"description": text, "mass_g": mass, "rolled_up": count} for text, mass, count in rows]
    )
    result = compose(lines, recognize(lines, KNOWLEDGE).materials, KNOWLEDGE)
    totals = result.materials.group_by("line").agg(
        pl.col("mass_low_g").sum(), pl.col("mass_likely_g").sum(), pl.col("mass_high_g").max()
    )
    mass = dict(line_masses(lines).iter_rows())
    for line, low, likely, high in totals.iter_rows():
        if mass[line] is None:
            assert high is None
            continue
        room = mass[line] * (1 + 1e-9)
        assert low <= room
        assert likely <= room
        assert high <= room
    parts = (
        result.contents.collect()
        .group_by("line", "material_id")
        .agg(
            pl.col("mass_likely_g").sum().alias("elements"),
            pl.col("mass_likely_g").null_count().alias("nulls"),
        )
    )
    joined = parts.join(result.materials, on=["line", "material_id"])
    for row in joined.to_dicts():
        if row["nulls"] == 0:
            # compositions sum to 100 +- 1 wt% by their likely values
            assert row["elements"] == pytest.approx(row["mass_likely_g"], rel=0.011)


def test_a_rolled_up_line_weighs_as_much_as_its_copies() -> None:
    once = composed({"name": "N42SH magnet", "mass_g": 2.5, "rolled_up": 12.0})
    apart = composed(*[{"name": "N42SH magnet", "mass_g": 2.5, "rolled_up": 3.0}] * 4)
    total = once.contents.collect().group_by("element").agg(pl.col("mass_likely_g").sum())
    same = apart.contents.collect().group_by("element").agg(pl.col("mass_likely_g").sum())
    assert dict(total.sort("element").iter_rows()) == pytest.approx(
        dict(same.sort("element").iter_rows())
    )
