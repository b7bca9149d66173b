"""Shares of a line's mass: what each rule gives, and what holds for any set of materials."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bomrisk.composition.fractions import ANYTHING, COATING, MOSTLY, WHOLE, Held, Share, shares_of
from bomrisk.knowledge import Knowledge

KNOWLEDGE = Knowledge()


def share(*held: Held) -> list[Share]:
    return shares_of(held, KNOWLEDGE.materials, KNOWLEDGE.part_rules)


def held(
    material: str,
    field: str = "description",
    role: str = "unknown",
    rule: str | None = None,
    inferred: bool = False,
) -> Held:
    return Held(material, field, role, rule, inferred)


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (held("smco_1_5", "material"), (1.0, 1.0, 1.0)),
        (held("ndfeb_sintered_sh"), WHOLE),
        (held("cap_tantalum_wet"), WHOLE),
        (held("ti_6al4v"), MOSTLY),
        (held("inconel_718", "specification"), (0.8, 1.0, 1.0)),
        (held("gan"), ANYTHING),
        (held("ndfeb_sintered_sh", role="inside"), ANYTHING),
        (held("ni_plate"), COATING),
        (held("au_metal", role="coating"), COATING),
        (held("cadmium_plate", "material"), COATING),
        (held("ndfeb_sintered_sh", rule="bldc_motor"), (0.02, 0.06, 0.12)),
        (
            held("ndfeb_sintered_h", role="inside", rule="bldc_motor", inferred=True),
            (0.02, 0.06, 0.12),
        ),
    ],
)
def test_the_share_of_one_material(one: Held, expected: Share) -> None:
    assert share(one) == [expected]


def test_a_material_column_with_two_names_says_nothing_of_their_shares() -> None:
    assert share(held("ti_6al4v", "material"), held("inconel_718", "material")) == [
        (0.0, None, 1.0),
        (0.0, None, 1.0),
    ]


def test_a_coating_leaves_the_bulk_its_column() -> None:
    bulk, coat = share(held("steel_4340", "material"), held("cadmium_plate", "material"))
    assert bulk[1] == pytest.approx(1 / 1.01)
    assert coat[1] == pytest.approx(0.01 / 1.01)
    assert coat[2] <= 0.05


def test_alternatives_of_a_rule_count_by_how_sure_it_is() -> None:
    rule = "battery_rechargeable"
    ids = ("liion_unspecified", "lead_acid", "nimh_cell", "nicd_cell")
    shares = share(*(held(one, role="inside", rule=rule, inferred=True) for one in ids))
    assert [round(one[1] or 0, 3) for one in shares] == [0.45, 0.3, 0.15, 0.1]
    assert all(one[0] == 0 and one[2] == 1 for one in shares)


MATERIALS = sorted(KNOWLEDGE.materials)
RULES = sorted(KNOWLEDGE.part_rules)


@st.composite
def some_held(draw: st.DrawFn) -> Held:
    inferred = draw(st.booleans())
    rule = draw(st.sampled_from(RULES)) if inferred else draw(st.sampled_from([None, *RULES]))
    material = (
        draw(st.sampled_from([one.material_id for one in KNOWLEDGE.part_rules[rule].implies]))
        if inferred and rule
        else draw(st.sampled_from(MATERIALS))
    )
    return Held(
        material,
        draw(st.sampled_from(["material", "specification", "description", "name", "mpn"])),
        "inside" if inferred else draw(st.sampled_from(["unknown", "coating", "inside", "bulk"])),
        rule,
        inferred,
    )


@given(st.lists(some_held(), min_size=1, max_size=6, unique_by=lambda one: one.material_id))
def test_shares_keep_order_and_mass_balance(several: list[Held]) -> None:
    shares = share(*several)
    assert len(shares) == len(several)
    for low, likely, high in shares:
        assert 0 <= low <= high <= 1 + 1e-12
        assert likely is None or low - 1e-12 <= likely <= high + 1e-12
    assert sum(low for low, _, _ in shares) <= 1 + 1e-9
    assert sum(likely for _, likely, _ in shares if likely is not None) <= 1 + 1e-9


@given(st.lists(some_held(), min_size=1, max_size=5, unique_by=lambda one: one.material_id))
def test_a_high_share_leaves_room_for_the_least_of_the_others(several: list[Held]) -> None:
    shares = share(*several)
    floor = sum(low for low, _, _ in shares)
    for low, _, high in shares:
        assert high <= max(low, 1 - (floor - low)) + 1e-9


def test_materials_that_cannot_all_be_most_of_the_line_are_each_unknown() -> None:
    nobody_knows = (0.0, None, 1.0)
    assert share(held("al_6061", "material"), held("inconel_718", "specification")) == [
        nobody_knows,
        nobody_knows,
    ]
    assert (
        share(held("al_6061"), held("ss_17_4ph"), held("ndfeb_sintered_sh")) == [nobody_knows] * 3
    )
