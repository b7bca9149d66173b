"""Scores of lines: worst of materials and findings, with reasons, never an average, nothing lost."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from bomrisk.knowledge import Knowledge
from bomrisk.risk import score_lines
from bomrisk.supply import trace_lines
from bomrisk.tables import FINDINGS, SCORES

CHN = frozenset({"CHN"})


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge()


def scored(
    knowledge: Knowledge,
    rows: list[tuple[str | None, bool, str | None]],
    findings: list[dict[str, object]] | None = None,
    as_of: date | None = None,
) -> pl.DataFrame:
    """Scores of lines given as (material, inferred, melted in)."""
    day = as_of or knowledge.edition
    lines = pl.DataFrame(
        [{"line": at, "origin_melted": melted} for at, (_, _, melted) in enumerate(rows)],
        schema={"line": pl.UInt32, "origin_melted": pl.String},
    )
    materials = pl.DataFrame(
        [
            {"line": at, "material_id": m, "inferred": inferred}
            for at, (m, inferred, _) in enumerate(rows)
            if m is not None
        ],
        schema={"line": pl.UInt32, "material_id": pl.String, "inferred": pl.Boolean},
    )
    traces = trace_lines(lines, materials, knowledge, as_of=day, to=CHN)
    judged = pl.DataFrame(findings or [], schema=FINDINGS.schema())
    return score_lines(lines, traces.materials, traces, judged, knowledge, as_of=day)


def overall(scores: pl.DataFrame) -> dict[int, tuple[str, str]]:
    rows = scores.filter(indicator="overall").select("line", "band", "reasons").rows()
    return {line: (band, reasons) for line, band, reasons in rows}


def fail(line: int, start: str, end: str | None = None) -> dict[str, object]:
    return {
        "line": line,
        "material_id": "cp_ti_grade2",
        "rule": "US-DFARS-7018-A",
        "code": "FAIL",
        "effective_from": start,
        "effective_to": end,
        "inferred": False,
    }


def test_every_line_has_a_band_and_reasons(knowledge: Knowledge) -> None:
    scores = scored(
        knowledge,
        [
            ("smco_2_17", False, None),
            ("ti_6al4v", False, None),
            (None, False, None),
            ("smco_2_17", True, None),
            ("rare_earth_magnet_unspecified", False, None),
        ],
    )
    assert dict(scores.schema) == SCORES.schema()
    found = overall(scores)
    assert set(found) == {0, 1, 2, 3, 4}
    assert found[0][0] == "Critical"
    assert "CN-18-2025" in found[0][1]
    assert found[2] == ("Unknown", "no material was recognized")
    assert "inferred" in found[3][1]
    assert found[4][0] == "Unknown"
    assert all(len(reasons.split(" | ")) <= 3 and reasons for _, reasons in found.values())


def test_before_the_control_the_same_magnet_is_high_and_not_critical(knowledge: Knowledge) -> None:
    scores = scored(knowledge, [("smco_2_17", False, None)], as_of=date(2024, 6, 1))
    assert overall(scores)[0][0] == "High"


def test_a_fail_in_force_is_critical_a_future_one_high_and_a_past_one_nothing(
    knowledge: Knowledge,
) -> None:
    day = knowledge.edition.isoformat()
    rows: list[tuple[str | None, bool, str | None]] = [("cu_etp", False, None)] * 4
    if "cu_etp" not in knowledge.materials:
        name = next(m.id for m in knowledge.materials.values() if m.family == "copper")
        rows = [(name, False, None)] * 4
    plain = overall(scored(knowledge, rows))
    assert plain[0][0] in ("Low", "Moderate")
    found = overall(
        scored(
            knowledge,
            rows,
            [fail(0, "2020-01-01"), fail(1, "2030-01-01"), fail(2, "2020-01-01", "2021-01-01")],
        )
    )
    assert found[0][0] == "Critical"
    assert "fails US-DFARS-7018-A in force" in found[0][1]
    assert found[1][0] == "High"
    assert "from 2030-01-01" in found[1][1]
    assert found[2] == plain[2]
    assert day < "2030-01-01"


def test_what_is_only_inferred_is_never_low(knowledge: Knowledge) -> None:
    low = [
        m.id
        for m in knowledge.materials.values()
        if m.family in ("copper", "precious", "al_alloy", "solder", "ni_pure", "brass")
    ]
    rows: list[tuple[str | None, bool, str | None]] = [(m, False, None) for m in low]
    bands = {m: overall(scored(knowledge, rows))[at][0] for at, m in enumerate(low)}
    calm = next(m for m, band in bands.items() if band == "Low")
    assert overall(scored(knowledge, [(calm, True, None)]))[0][0] == "Unknown"


def test_the_worst_material_decides_and_probabilities_are_shares(knowledge: Knowledge) -> None:
    lines = pl.DataFrame({"line": [0]}, schema={"line": pl.UInt32})
    both = pl.DataFrame(
        [{"line": 0, "material_id": m, "inferred": False} for m in ("ti_6al4v", "smco_2_17")],
        schema={"line": pl.UInt32, "material_id": pl.String, "inferred": pl.Boolean},
    )
    traces = trace_lines(lines, both, knowledge, as_of=knowledge.edition, to=CHN)
    none = pl.DataFrame([], schema=FINDINGS.schema())
    scores = score_lines(lines, traces.materials, traces, none, knowledge, as_of=knowledge.edition)
    row = scores.filter(indicator="overall").row(0, named=True)
    assert row["band"] == "Critical"
    assert 0.5 < row["band_probability"] <= 1.0
    touch = scores.filter(indicator="touch").row(0, named=True)
    assert touch["low"] <= touch["value"] <= touch["high"]
    risk = scores.filter(indicator="supply_risk").row(0, named=True)
    assert "Sm separated" in risk["reasons"]
    assert risk["low"] <= risk["value"] <= risk["high"]
    hhi = scores.filter(indicator="hhi").row(0, named=True)
    assert "Sm" in hhi["reasons"]


def test_a_shaky_band_has_a_lower_probability(knowledge: Knowledge) -> None:
    # Sm separation: at least 95 % in China. Antimony: 65 % in the set at best, where the band begins
    scores = scored(knowledge, [(m, False, None) for m in ("smco_2_17", "sb_metal")])
    firm, shaky = scores.filter(indicator="overall")["band_probability"].to_list()
    assert 0.0 < shaky < firm <= 1.0


def test_a_melt_in_the_set_makes_the_product_certain(knowledge: Knowledge) -> None:
    found = overall(
        scored(knowledge, [("ndfeb_sintered_n", False, "CN"), ("ndfeb_sintered_n", False, "JP")])
    )
    assert "100 %" in found[0][1]
    assert found[1][0] in ("High", "Moderate")


def test_lines_in_another_order_have_the_same_scores(knowledge: Knowledge) -> None:
    rows: list[tuple[str | None, bool, str | None]] = [
        ("smco_2_17", False, "DE"),
        ("ti_6al4v", False, None),
        (None, False, None),
    ]
    one, other = overall(scored(knowledge, rows)), overall(scored(knowledge, rows[::-1]))
    assert [one[at] for at in range(3)] == [other[2 - at] for at in range(3)]


def test_the_odds_name_every_band_that_was_drawn_and_sum_to_one() -> None:
    import numpy as np

    from bomrisk.risk.bands import RANK
    from bomrisk.risk.judgement import odds

    one = np.array([RANK["Low"], RANK["High"], RANK["Low"], RANK["Moderate"]])
    two = np.array([RANK["Low"], RANK["Low"], RANK["Critical"], RANK["Low"]])
    assert odds([one, two], 0) == {"Critical": 0.25, "High": 0.25, "Moderate": 0.25, "Low": 0.25}
    assert list(odds([one, two], 0)) == ["Critical", "High", "Moderate", "Low"]
    assert odds([one], RANK["High"]) == {"High": 1.0}
    assert odds([], RANK["Unknown"]) == {"Unknown": 1.0}
