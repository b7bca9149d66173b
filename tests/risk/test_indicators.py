"""Indicators by their papers' formulas: each number is worked out in a comment; missing is unknown."""

from __future__ import annotations

from math import inf, isclose

import pytest

from bomrisk import risk
from bomrisk.risk import Range
from bomrisk.risk.indicator import evaluate


def test_hhi_is_the_sum_of_squares_as_published() -> None:
    assert risk.hhi([0.6, 0.3]) == pytest.approx(0.45)  # not renormalised
    assert risk.hhi_from_production({"A": 3.0, "B": 1.0}) == pytest.approx(0.625)
    found = risk.hhi_range([0.6, 0.3], 0.1)
    assert (found.low, found.high) == pytest.approx((0.45, 0.46))


def test_weighted_hhi_names_what_is_missing_instead_of_taking_a_middle_value() -> None:
    shares = {"CHN": 0.5, "AUS": 0.4}
    full = risk.weighted_hhi(
        shares, governance={"CHN": 6.0, "AUS": 2.0}, trade={"CHN": 1.5, "AUS": 1.0}, remainder=0.1
    )
    # 0.25 * 6 * 1.5 + 0.16 * 2 = 2.57; the remainder adds 0.01 * 10 at most
    assert full.value == pytest.approx(2.57)
    assert full.high == pytest.approx(2.67)
    assert full.symbol == "HHI_WGI,t"
    lacking = risk.weighted_hhi(shares, governance={"CHN": 6.0})
    assert lacking.value is None
    assert lacking.missing == ("governance of AUS",)
    assert risk.weighted_hhi(shares, trade={}).missing == (
        "trade factor of CHN",
        "trade factor of AUS",
    )
    assert risk.weighted_hhi(shares).symbol == "HHI"
    assert risk.governance_scaled(2.5) == 0.0
    assert risk.governance_scaled(-2.5) == 10.0


def test_eu_supply_risk_halves_the_import_reliance() -> None:
    # [6 * 0.8 / 2 + 2 * (1 - 0.4)] * 0.9 * 0.5 = 3.6 * 0.45
    def supply_risk(reliance: float, used: str = "GS+EU") -> risk.Indicator:
        return risk.eu_supply_risk(
            hhi_global=6.0,
            hhi_region=2.0,
            import_reliance=reliance,
            recycling_input_rate=0.1,
            substitution_index=0.5,
            supply_used=used,
        )

    assert supply_risk(0.8).value == pytest.approx(1.62)
    assert supply_risk(0.8, "GS only").value == pytest.approx(6.0 * 0.45)
    assert supply_risk(0.8, "EUS").value == pytest.approx(0.9)
    assert supply_risk(-0.3).value == pytest.approx(0.9)


def test_a_missing_input_is_named_and_the_value_unknown() -> None:
    found = risk.eu_supply_risk(
        hhi_global=6.0,
        hhi_region=None,
        import_reliance=None,
        recycling_input_rate=0.1,
        substitution_index=0.9,
    )
    assert found.value is None
    assert found.missing == ("HHI_WGI,t of the region's supply", "import reliance")
    shares = risk.eu_supply_risk_from_shares(
        world={"CHN": 0.9},
        region=None,
        governance={},
        import_reliance=1.0,
        recycling_input_rate=0.0,
        substitution_index=1.0,
    )
    assert shares.missing == ("governance of CHN",)


def test_ranges_of_the_inputs_enclose_the_value() -> None:
    found = risk.eu_supply_risk(
        hhi_global=Range(5.0, 6.0, 7.0),
        hhi_region=2.0,
        import_reliance=Range(0.5, 0.8, 1.0),
        recycling_input_rate=Range(0.0, 0.1, 0.2),
        substitution_index=0.5,
    )
    assert found.low is not None
    assert found.value is not None
    assert found.high is not None
    assert found.low < found.value < found.high
    # highest: all supply at 7 and 2, IR 1, no recycling: (3.5 + 1) * 0.5
    assert found.high == pytest.approx(2.25)
    assert evaluate("x", "X", lambda a: a, {"a": 1.0}).low == 1.0


def test_from_shares_weights_both_mixes() -> None:
    found = risk.eu_supply_risk_from_shares(
        world={"CHN": 0.5},
        region={"CHN": 1.0},
        governance={"CHN": 6.0},
        trade={"CHN": 1.5},
        import_reliance=1.0,
        recycling_input_rate=0.0,
        substitution_index=1.0,
    )
    # world 0.25 * 9 = 2.25, region 9: 2.25 / 2 + 9 / 2
    assert found.value == pytest.approx(5.625)


def test_import_reliance_stays_between_0_and_1() -> None:
    assert risk.import_reliance(imports=80, exports=0, production=20) == pytest.approx(0.8)
    assert risk.import_reliance(imports=10, exports=50, production=100) == 0.0
    assert risk.import_reliance(imports=0, exports=0, production=0) == 0.0


def test_geopolrisk_does_not_turn_no_data_into_no_risk() -> None:
    weighted = risk.weighted_imports([100.0, 50.0], [0.6, 0.2])
    assert weighted.value == pytest.approx(70.0)
    found = risk.import_risk(weighted=70.0, imports=150.0, domestic=50.0)
    assert found.value == pytest.approx(0.35)
    assert risk.geopolrisk(hhi=0.5, import_risk=found.value).value == pytest.approx(0.175)
    assert risk.characterization_factor(score=0.2, price=3.0, reference=0.6).value == pytest.approx(
        1.0
    )
    assert risk.import_risk(weighted=0.0, imports=0.0, domestic=0.0).value is None
    assert risk.weighted_imports([1.0], [None]).missing == ("governance of an exporter",)
    assert risk.weighted_imports([1.0], [None], missing_governance=0.5).value == 0.5
    assert risk.import_price([], []).value is None
    assert risk.import_price([6.0], [2.0]).value == 3.0
    assert risk.geopolrisk(hhi=0.5, import_risk=None).missing == ("import_risk",)


def test_usgs_factors_leave_the_home_share_out() -> None:
    found = risk.disruption_potential(
        {"USA": 0.5, "CHN": 0.5}, {"CHN": 0.8}, {"CHN": 0.5}, importer="USA"
    )
    assert found.value == pytest.approx(0.25 * 0.8 * 0.5)
    assert risk.disruption_potential({"CHN": 1.0}, {}, {}, importer="USA").missing == (
        "ASI of CHN",
        "WSI of CHN",
    )
    exposure = risk.trade_exposure(
        primary=20.0, secondary=10.0, imports=100.0, exports=30.0, stock_change=0.0
    )
    assert exposure.value == pytest.approx(0.7)
    net_exporter = risk.trade_exposure(
        primary=100.0, secondary=0.0, imports=0.0, exports=50.0, stock_change=0.0
    )
    assert net_exporter.value == 0.0
    assert risk.usgs_supply_risk(
        disruption=0.125, exposure=1.0, vulnerability=1.0
    ).value == pytest.approx(0.5)
    assert risk.usgs_supply_risk(disruption=0.1, exposure=None, vulnerability=1.0).value is None


def test_survival_compares_stock_with_recovery() -> None:
    found = risk.survival(
        inventory_units=100.0,
        demand_per_day=4.0,
        surviving_supply_per_day=2.0,
        time_to_recover_days=80.0,
    )
    assert found.time_to_survive_days == 50.0
    assert found.lost_units == 60.0
    assert found.exposed
    enough = risk.survival(
        inventory_units=0.0,
        demand_per_day=4.0,
        surviving_supply_per_day=4.0,
        time_to_recover_days=80.0,
    )
    assert enough.time_to_survive_days == inf
    assert enough.lost_units == 0.0
    assert not enough.exposed


def test_other_methods() -> None:
    assert isclose(risk.global_supply_concentration(10000.0), 100.0, abs_tol=0.01)
    assert risk.weighted_score([4.0, 1.0], [3.0, 1.0]) == 3.25
    assert risk.mass_weighted({"Sm": 0.25, "Co": 0.75}, {"Sm": 8.0, "Co": 4.0}).value == 5.0
    assert risk.mass_weighted({"Xx": 1.0}, {}).missing == ("index of Xx",)
