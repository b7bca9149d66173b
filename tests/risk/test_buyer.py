"""EU supply risk as the US sees it, on shipped knowledge and on a small one worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bomrisk.knowledge import Knowledge
from bomrisk.knowledge.model import Evidence, ExportControl
from bomrisk.risk.buyer import BuyerView
from tests.supply.small import DAY, Rows, SmallKnowledge, shares

FACTORS = [
    {"kind": "none", "t_low": "1", "t_likely": "1", "t_high": "1"},
    {"kind": "internal", "t_low": "0.8", "t_likely": "0.8", "t_high": "1"},
    {"kind": "licence", "t_low": "1.1", "t_likely": "1.2", "t_high": "1.3"},
    {"kind": "suspended", "t_low": "1", "t_likely": "1.1", "t_high": "1.3"},
]


def control(**changes: object) -> ExportControl:
    fields: dict[str, object] = {
        "id": "CN-X",
        "state": "CHN",
        "title": "",
        "elements": ("Sm",),
        "buyers": (),
        "end_use": "any",
        "kind": "licence",
        "trade_factor": "licence",
        "effective_from": date(2025, 6, 1),
        "effective_to": None,
        "suspensions": (),
        "status": "",
        "citation": "",
        "evidence": Evidence.VERIFIED,
        "source_ids": (),
        "note": "",
    }
    return ExportControl(**{**fields, **changes})  # type: ignore[arg-type]


def governance(country: str, value: str) -> dict[str, str]:
    return {
        "country_iso3": country,
        "year": "2023",
        **dict.fromkeys(("PV", "VA", "GE", "RQ", "RL", "CC"), value),
    }


def view(
    rows: Rows,
    *,
    controls: tuple[ExportControl, ...] = (),
    day: date = DAY,
    reliance: str = "50",
    **tables: list[dict[str, str]],
) -> BuyerView:
    imports = {
        "commodity": "Sm",
        "product": "Samarium metal",
        "year": "2025",
        "flag": "",
        "pct_low": reliance,
        "pct_high": reliance,
        "import_sources": "",
    }
    given: dict[str, list[dict[str, str]]] = {
        "trade_factor": FACTORS,
        "wgi": [governance("CHN", "-0.5"), governance("USA", "1.0"), governance("AUS", "2.5")],
        "import_reliance": [
            {**imports, "record": "net_import_reliance"},
            {**imports, "record": "import_sources", "import_sources": "CHN:80;AUS:20"},
        ],
        "recycling_substitution": [{"symbol": "Sm", "eol_rir_pct_use": "10", "si_sr_2017": "0.9"}],
        "commodities": [{"commodity": "Sm", "name": "samarium"}],
    }
    knowledge = SmallKnowledge(
        [shares("Sm", "separated", rows)],
        chains={"Sm": ("mined", "separated")},
        tables={**given, **tables},
        controls=controls,
    )
    return BuyerView(knowledge, as_of=day)


def test_the_value_is_the_formula_with_the_buyers_reliance_sources_and_controls() -> None:
    (found,) = view({"CHN": 0.9, "AUS": 0.1}, controls=(control(),)).element("Sm")
    # China: governance 6, t 1.2. World 0.81 * 7.2 = 5.832. Region: 0.5 * 0.8 = 0.4: 0.16 * 7.2 = 1.152.
    # (5.832 * 0.25 + 1.152 * 0.75) * 0.9 * 0.9; what the US makes at home adds nothing
    assert found.risk.value == pytest.approx((5.832 * 0.25 + 1.152 * 0.75) * 0.81)
    assert found.risk.low is not None
    assert found.risk.value is not None
    assert found.risk.high is not None
    assert found.risk.low < found.risk.value < found.risk.high  # t is 1.1 to 1.3
    assert found.supply_used == "GS+EU"


def test_the_weighted_concentrations_of_a_step_stand_beside_its_risk() -> None:
    (found,) = view({"CHN": 0.8, "AUS": 0.1, "OTH": 0.1}, controls=(control(),)).element("Sm")
    # China: 0.64 * 6 = 3.84; the remainder in one hand of the worst governance: 0.01 * 10
    assert found.hhi_wgi.symbol == "HHI_WGI"
    assert (found.hhi_wgi.low, found.hhi_wgi.value, found.hhi_wgi.high) == pytest.approx(
        (3.84, 3.84, 3.94)
    )
    assert found.hhi_wgi_t.symbol == "HHI_WGI,t"
    assert (found.hhi_wgi_t.low, found.hhi_wgi_t.value, found.hhi_wgi_t.high) == pytest.approx(
        (3.84 * 1.1, 3.84 * 1.2, 3.84 * 1.3 + 0.1)
    )


def test_a_weighted_concentration_without_governance_names_what_is_missing() -> None:
    (found,) = view({"CHN": 0.5, "XKX": 0.5}).element("Sm")
    assert found.hhi_wgi.value is None
    assert "governance of XKX" in found.hhi_wgi.missing[0]


def test_the_trade_factor_follows_the_controls_in_force_on_the_day() -> None:
    rule = control(suspensions=((date(2025, 9, 1), date(2025, 12, 1)),))
    days = {
        date(2025, 5, 1): 1.0,
        date(2025, 6, 1): 1.2,
        date(2025, 10, 1): 1.1,
        date(2026, 1, 1): 1.2,
    }
    for day, t in days.items():
        assert view({"CHN": 0.9}, controls=(rule,), day=day).trade_factor("Sm", "CHN").likely == t
    ended = control(effective_to=date(2025, 12, 1))
    assert view({"CHN": 0.9}, controls=(ended,)).trade_factor("Sm", "CHN").likely == 1.0
    japan = control(buyers=("JPN",))
    assert view({"CHN": 0.9}, controls=(japan,)).trade_factor("Sm", "CHN").likely == 1.0
    assert view({"CHN": 0.9}).trade_factor("Sm", "USA").likely == 0.8
    assert view({"CHN": 0.9}, controls=(control(),)).trade_factor("Nd", "CHN").likely == 1.0


def test_without_import_sources_the_global_mix_stands_for_all_and_that_is_said() -> None:
    (found,) = view({"CHN": 0.9}, import_reliance=[]).element("Sm")
    assert found.supply_used == "GS"
    assert found.note
    assert found.risk.value == pytest.approx(0.81 * 6.0 * 0.81)


def test_what_is_missing_is_named_and_the_value_unknown() -> None:
    (found,) = view({"CHN": 0.9}, recycling_substitution=[]).element("Sm")
    assert found.risk.value is None
    assert found.risk.missing == ("end-of-life recycling input rate", "substitution index SI_SR")
    (found,) = view({"CHN": 0.5, "JPN": 0.4}).element("Sm")
    assert found.risk.missing == ("governance of JPN",)


def test_a_net_exporter_has_no_import_reliance() -> None:
    rows = view({"CHN": 0.9}).knowledge.table("import_reliance")
    exporter = [{**row, "flag": "net exporter", "pct_low": "", "pct_high": ""} for row in rows]
    (found,) = view({"CHN": 0.9}, import_reliance=exporter).element("Sm")
    assert found.risk.value == 0.0
    assert found.import_reliance is not None
    assert found.import_reliance.high == 0.0


def test_a_step_without_shares_has_no_value() -> None:
    assert view({"CHN": 0.9}).step("Sm", "mined") is None


def test_shipped_knowledge_ranks_heavy_rare_earths_first_and_follows_the_controls() -> None:
    knowledge = Knowledge()
    now = BuyerView(knowledge, as_of=knowledge.edition)
    worst = {e: now.element(e)[0].risk.value or 0.0 for e in ("Dy", "Tb", "Nd", "Ni", "Cu")}
    assert min(worst["Dy"], worst["Tb"]) > worst["Nd"] > worst["Ni"] > worst["Cu"]
    assert "CN-18-2025" in now.controls_on()["Dy"]
    assert "Nd" not in now.controls_on()  # technology and production quotas stop no shipment
    before = BuyerView(knowledge, as_of=date(2024, 1, 1))
    assert (before.element("Dy")[0].risk.value or 0.0) < worst["Dy"]
    assert "Dy" not in before.controls_on()


def test_every_value_lies_in_its_range_for_every_element() -> None:
    knowledge = Knowledge()
    now = BuyerView(knowledge, as_of=knowledge.edition - timedelta(days=1))
    elements = {one.commodity for one in knowledge.share_sets()}
    checked = 0
    for element in sorted(elements):
        for one in now.element(element):
            if one.risk.value is not None:
                checked += 1
                assert one.risk.low is not None
                assert one.risk.high is not None
                assert one.risk.low - 1e-9 <= one.risk.value <= one.risk.high + 1e-9
    assert checked > 50
