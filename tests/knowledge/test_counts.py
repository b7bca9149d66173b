"""Nothing was lost on the way from the collected facts: totals and grades as counted there.

The numbers below were counted in the facts, not in the tables that are tested.
"""

from __future__ import annotations

from collections import Counter

import pytest

from bomrisk.knowledge import Knowledge
from bomrisk.knowledge.model import Evidence

GRADED = {
    "shares": {"verified": 852, "derived": 220, "recalled": 65},
    "published_shares": {"verified": 3034, "derived": 8, "recalled": 68},
    "derived_shares": {"derived": 332},
    "routes": {"verified": 217, "derived": 1, "recalled": 4},
    "routes_constraints": {"verified": 1, "derived": 5, "recalled": 3},
    "import_reliance": {"verified": 426},
    "prices": {"verified": 505},
    "wgi": {"verified": 642, "derived": 3},
    "elasticities": {"verified": 9, "recalled": 16},
    "lead_times": {"verified": 19, "recalled": 4},
    "stockpile": {"verified": 16, "recalled": 1},
    "trade_factor": {"verified": 2, "derived": 4},
    "events": {"verified": 41, "recalled": 7},
    "grades": {"verified": 129, "recalled": 32},
}

ROWS = {
    "contradictions": 69,
    "country_sets": 69,
    "import_reliance_groups": 21,
    "recycling_substitution": 51,
    "rules": 60,
    "stages": 11 + 1,  # crude steel is melted: a row of its own
}


@pytest.mark.parametrize("table", GRADED)
def test_rows_and_grades_of_a_table(knowledge: Knowledge, table: str) -> None:
    assert Counter(row["evidence"] for row in knowledge.table(table)) == GRADED[table]


@pytest.mark.parametrize("table", ROWS)
def test_rows_of_a_table_without_one_grade_a_row(knowledge: Knowledge, table: str) -> None:
    assert len(knowledge.table(table)) == ROWS[table]


def test_materials_and_part_rules(knowledge: Knowledge) -> None:
    materials = knowledge.materials.values()
    assert Counter(m.evidence.value for m in materials) == {"verified": 226, "recalled": 252}
    assert Counter(m.basis for m in materials) == {
        "ranges": 314,
        "formula": 118,
        "mixture": 44,
        "unknown": 2,
    }
    assert sum(len(m.composition) for m in materials) == 2739
    assert sum(part.balance for m in materials for part in m.composition) == 313
    assert sum(bool(m.verified_fields) for m in materials) == 265
    assert sum(bool(m.mixture) for m in materials) == 44
    assert sum(bool(m.veto) for m in materials) == 50
    assert sum(bool(m.confirm) for m in materials) == 31
    assert sum(bool(m.patterns) for m in materials) == 230
    assert len(knowledge.part_rules) == 39
    assert sum(len(rule.implies) for rule in knowledge.part_rules.values()) == 110


def test_every_plant_and_every_update_is_there_once(knowledge: Knowledge) -> None:
    """61 plants and 38 updates: 21 updates stand in their plant, 17 beside it."""
    rows = knowledge.table("facilities")
    assert len(rows) == 61 + 38 - 21
    now = Counter(row["evidence"] for row in rows)
    before = Counter(row["earlier_evidence"] for row in rows if row["earlier_evidence"])
    assert now + before == {"verified": 47 + 36, "recalled": 14 + 2}


def test_platform_claims(knowledge: Knowledge) -> None:
    platforms = {str(p["id"]): p for p in knowledge.platforms}
    assert list(platforms) == [
        "f35",
        "ddg51",
        "ssn774",
        "us_weapons_all",
        "pgm_generic",
        "turbofan_generic",
    ]
    claim = platforms["f35"]["claims"][0]
    assert (claim["kg_low"], claim["lb"], claim["status"]) == (417.3, 920, "disputed")
    power_package = platforms["f35"]["subsystems"][0]
    assert power_package["evidence"] == "verified"
    assert power_package["materials"] == ["smco_2_17"]


def test_sources_of_every_register_are_there(knowledge: Knowledge) -> None:
    sources = knowledge.sources
    assert {f"S{number}" for number in range(1, 34)} <= sources.keys()
    assert {"USGS_MCS2026", "S_COURAGE_ND", "SEED_SOHU_2025-06-03"} <= sources.keys()
    recalled = {key for key, source in sources.items() if source.kind == "recalled"}
    assert recalled == {
        "BOMRISK",
        "EU_CRM2020_RECALL",
        "EXPERT_RECALL",
        "JUDGEMENT_CAPACITY",
        "R0",
        "RECALL",
    }


def test_a_figure_without_a_document_is_never_verified(knowledge: Knowledge) -> None:
    recalled = {key for key, source in knowledge.sources.items() if source.kind == "recalled"}
    for one in knowledge.share_sets():
        for share in one.shares:
            if set(share.source_ids) <= recalled:
                assert share.evidence is Evidence.RECALLED, (one.commodity, one.stage)


def test_no_table_names_the_folder_it_was_built_from(knowledge: Knowledge) -> None:
    for path in knowledge.data.rglob("*.*"):
        text = path.read_text("utf-8")
        assert "facts/" not in text, path.name
        assert "\r" not in text, path.name
