"""What the sections hold, worked out by hand on small assessments."""

from __future__ import annotations

import json
from typing import Any

import polars as pl
import pytest

from bomrisk.assessment import CompanionFile
from bomrisk.report import assets, linedata, payload
from bomrisk.report.appendix import appendix_of
from bomrisk.report.cards import FULL_CARDS, anchors_of, cards_of
from bomrisk.report.judgements import findings_of
from bomrisk.report.labels import NAMELESS, named, references
from bomrisk.report.linetable import shown_lines, standing_of, static_lines
from bomrisk.report.matrix import matrix_of
from bomrisk.report.remainder import excluded_of, not_understood
from bomrisk.report.sources import SourceIndex
from bomrisk.report.summary import summary_of
from bomrisk.report.timeline import timeline_of
from tests.report import scenes
from tests.report.builders import (
    RULE_A,
    RULE_B,
    assessment_of,
    finding,
    line,
    material,
    score,
    share,
    steps,
)
from tests.report.test_report_columns import unpacked


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u2013", "-")


# --- stage by country ---------------------------------------------------------------------------


def test_a_cell_is_the_mean_over_uses_of_the_mean_over_commodities() -> None:
    """Case 0 in two lines: mined A 60 % CHN, B 20 % CHN -> 40 %. Case 1 in one line: 100 % CHN.
    Over three uses: (2 * 40 + 100) / 3 = 60 %; the greatest single share is 100 % of A.
    """
    found = matrix_of(
        assessment_of(
            lines=[line(n) for n in range(3)],
            materials=[
                material(0, "sm2co17", 0),
                material(1, "sm2co17", 0),
                material(2, "ndfeb_sintered_sh", 1, inferred=True),
            ],
            cases=[
                {"case": 0, "material_id": "sm2co17"},
                {"case": 1, "material_id": "ndfeb_sintered_sh"},
            ],
            step_rows=[
                *steps(0, "A", "mined", [share("CHN", 0.6), share("AUS", 0.4)]),
                *steps(0, "B", "mined", [share("CHN", 0.2), share("OTH", 0.8)]),
                *steps(1, "A", "mined", [share("CHN", 1.0)]),
                *steps(1, "A", "melted", []),
            ],
        )
    )
    assert (found.uses, found.inferred) == (3, 1)
    labels = [column.label for column in found.columns]
    assert labels == ["China", "Australia", "Not allocated", "Unknown"]
    assert [column.in_set for column in found.columns] == [True, False, False, False]
    mined, melted = found.rows
    assert (mined.stage, mined.uses, melted.stage, melted.uses) == ("mined", 3, "melted", 1)
    assert [plain(cell.text) for cell in mined.cells] == ["60 %", "13 %", "27 %", "·"]
    assert plain(mined.cells[0].worst) == "up to 100 % A"
    assert plain(mined.cells[1].worst) == "up to 40 % A"
    assert [cell.kind for cell in melted.cells] == ["blank", "blank", "blank", "unknown"]
    assert plain(melted.cells[3].text) == "100 %"


def test_countries_without_a_column_are_added_up() -> None:
    codes = ["CHN", "AUS", "BRA", "CAN", "DEU", "FRA", "GBR", "IND", "JPN", "USA"]
    found = matrix_of(
        assessment_of(
            lines=[line(0)],
            materials=[material(0, "sm2co17", 0)],
            cases=[{"case": 0, "material_id": "sm2co17"}],
            step_rows=steps(
                0, "A", "mined", [share(code, 0.19 - n * 0.02) for n, code in enumerate(codes)]
            ),
        )
    )
    assert [c.label for c in found.columns][-1] == "2 other named"
    assert plain(found.rows[0].cells[-1].text) == "4 %"
    assert plain(found.rows[0].cells[-1].worst) == "up to 3 % A"


def test_nothing_traced_gives_no_table() -> None:
    assert matrix_of(scenes.empty()).rows == ()


# --- the first screen ---------------------------------------------------------------------------


def test_rules_with_dates_stand_before_rules_without() -> None:
    found = summary_of(scenes.wordy())
    assert [regime.heading for regime in found.regimes] == [
        "Delivery until 2026-12-31",
        "Delivery from 2027-01-01",
        "Delivery at any date",
    ]
    widths = [bar.width for regime in found.regimes for bar in regime.bars]
    assert max(widths) == 100
    assert widths.count(100) == 1


def test_a_rule_that_only_informs_blocks_nothing() -> None:
    informing = {"rule": "CN-18-2025", "effective_from": "2025-04-04", "effective_to": None}
    assessment = assessment_of(
        lines=[line(0, name="Magnet")],
        materials=[material(0, "sm2co17", 0)],
        cases=[{"case": 0, "material_id": "sm2co17"}],
        findings=[finding(0, "FAIL", informing, reason="listed"), finding(0, "PASS", RULE_A)],
    )
    assert summary_of(assessment).failing == ()
    assert [(r.rule, r.decides) for r in findings_of(assessment)] == [
        ("US-DFARS-7018-A", True),
        ("CN-18-2025", False),
    ]


def test_two_regimes_that_say_the_same_share_one_sentence() -> None:
    ending = "; a repeal is pending"
    assessment = assessment_of(
        lines=[line(0, name="Magnet"), line(1, name="Other")],
        materials=[material(0, "sm2co17", 0)],
        cases=[{"case": 0, "material_id": "sm2co17", "declared": "melted=CHN"}],
        findings=[
            finding(0, "FAIL", RULE_A, reason="melted in China"),
            finding(0, "FAIL", RULE_B, reason="melted in China" + ending),
            finding(1, "INCOMPLETE", RULE_B, reason="not declared" + ending),
        ],
    )
    (failing,) = summary_of(assessment).failing
    (reason,) = failing.reasons
    assert reason.period == "until 2026-12-31 and from 2027-01-01"
    assert reason.text == "melted in China"
    assert reason.paragraph == "252.225-7052(b)(1)(i); 252.225-7052(b)(1)(ii)"
    later = findings_of(assessment)[1]
    assert later.ending == "a repeal is pending"
    assert [group.reason for group in later.groups] == ["melted in China", "not declared"]


@pytest.mark.parametrize(
    ("code", "verdict", "sentence"),
    [
        ("REVIEW", "Review needed", "a person must decide"),
        ("PASS", "Clear", "passes or is exempt"),
        ("NOT_APPLICABLE", "Nothing covered found", "no proof of absence"),
    ],
)
def test_other_verdicts_say_what_they_mean(code: str, verdict: str, sentence: str) -> None:
    found = summary_of(assessment_of(lines=[line(0)], findings=[finding(0, code, RULE_A)]))
    assert found.headline.label == verdict
    assert sentence in found.sentence
    assert found.regimes[0].sentence


# --- findings -----------------------------------------------------------------------------------


def test_findings_group_alike_lines_and_name_the_first() -> None:
    assessment = assessment_of(
        lines=[line(n, name=f"Part {n}") for n in range(40)],
        findings=[
            finding(n, "INCOMPLETE", RULE_A, reason="not declared", missing="melted;sintered")
            for n in range(40)
        ],
    )
    (rule,) = findings_of(assessment)
    (group,) = rule.groups
    assert (group.lines, len(group.shown)) == (40, 6)
    assert group.missing == ("melted", "sintered")
    assert group.shown[0].ref.words == "Part 0"
    assert group.shown[0].facts == ""


def test_several_materials_of_a_line_are_one_entry() -> None:
    assessment = assessment_of(
        lines=[line(0)],
        materials=[material(0, "sm2co17", 0), material(0, "ndfeb_sintered_sh", 0)],
        findings=[
            finding(0, "FAIL", RULE_A, material_id=m, reason="r", facts="melted=CHN (declared)")
            for m in ("sm2co17", "ndfeb_sintered_sh")
        ],
    )
    (group,) = findings_of(assessment)[0].groups
    (shown,) = group.shown
    assert len(shown.materials) == 2
    assert shown.facts == "melted in China (declared)"
    assert findings_of(scenes.without_findings()) == ()


# --- lines --------------------------------------------------------------------------------------


def test_worst_lines_first_and_unknown_before_low() -> None:
    bands = ["Low", "Unknown", "Moderate", "High", "Critical", "Low"]
    assessment = assessment_of(
        lines=[line(n) for n in range(7)],
        findings=[finding(5, "FAIL", RULE_A)],
        scores=[score(n, band, "") for n, band in enumerate(bands)],
    )
    found = standing_of(assessment)
    assert found.frame["line"].to_list() == [5, 4, 3, 2, 1, 6, 0]
    static = static_lines(assessment, found)
    assert static[0].results[0].code == "FAIL"
    assert static[1].results[0].code == ""
    assert static[5].band.label == "Unknown"
    assert static[0].ref.title == NAMELESS


def test_more_rules_than_columns_share_one_column() -> None:
    rules = [
        {"rule": f"US-DFARS-{n}", "effective_from": "2020-01-01", "effective_to": None}
        for n in range(4)
    ]
    assessment = assessment_of(
        lines=[line(0)],
        findings=[finding(0, code, r) for code, r in zip(("PASS", "FAIL", "PASS", "REVIEW"), rules, strict=True)],
    )  # fmt: skip
    found = standing_of(assessment)
    assert [rule.label for rule in found.rules] == ["Worst result"]
    assert found.frame["result_0"].to_list() == [0]


def test_places_name_the_sheet_where_there_are_several() -> None:
    frame = named(assessment_of(lines=[line(0, sheet="A", mpn=" M1 ")]).lines)
    assert references(frame, with_sheet=True)[0].place == "A, row 6"
    assert references(frame, with_sheet=False)[0].place == "row 6"
    assert references(frame, with_sheet=False)[0].title == "M1"


def packed_lines(assessment: Any) -> dict[str, Any]:
    standing = standing_of(assessment)
    lines = shown_lines(assessment, standing)
    found: dict[str, Any] = json.loads(
        payload.payload_of(assessment, standing, lines, {"sm2co17": "m1"}).text
    )
    return found


def test_the_data_of_a_line_hold_materials_cases_steps_and_findings() -> None:
    data = packed_lines(scenes.normal())
    assert data["n"] == 10
    counts = unpacked(json.dumps(data["materials"]["count"]), 10)
    assert counts == [0, 0, 0, 1, 1, 1, 1, 0, 0, 0]
    anchors = unpacked(json.dumps(data["materials"]["kinds"]["anchor"]), 4)
    assert anchors.count("m1") == 2
    assert unpacked(json.dumps(data["cases"]["declared"]), 3)[0] == (
        "melted in China, magnetized in the United States"
    )
    commodities = unpacked(json.dumps(data["steps"]["commodity"]), 99)
    assert commodities[:5] == ["Sm", "Sm", "Sm", "Co", "Co"]
    assert unpacked(json.dumps(data["findings"]["count"]), 10)[3:7] == [2, 2, 2, 2]
    labels = {field["name"]: field["label"] for field in data["fields"]}
    assert labels["origin_melted"] == "Declared melted (alloy)"
    assert "niin" not in labels


def test_what_does_not_fit_is_left_out_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(payload, "FIELD_BYTES", 60)
    monkeypatch.setattr(linedata, "STEPS_UP_TO", 3)
    monkeypatch.setattr(linedata, "FINGERPRINTS_UP_TO", 3)
    assessment = scenes.normal()
    standing = standing_of(assessment)
    made = payload.payload_of(assessment, standing, assessment.lines, {})
    data = json.loads(made.text)
    assert made.left_out
    assert "part_number" in {field["name"] for field in data["fields"]}
    assert data["steps"] is None
    assert "fingerprint" not in data["findings"]


def test_an_alternate_names_the_row_of_its_first_choice() -> None:
    data = packed_lines(assessment_of(lines=[line(0), line(1, alternate_of=0)]))
    (field,) = [f for f in data["fields"] if f["name"] == "alternate_of"]
    assert unpacked(json.dumps(field["c"]), 2) == [None, 6]


# --- cards --------------------------------------------------------------------------------------


def test_a_card_says_bounds_and_point_in_words() -> None:
    assessment = scenes.normal()
    cards = cards_of(assessment, SourceIndex(assessment.sources))
    first, second = cards
    assert (first.name, first.failing_lines) == ("Samarium-cobalt 2:17 magnet", 1)
    assert plain(second.touch_words) == (
        "At least 96 % and at most 100 % of the units of this material touch China, Iran,"
        " North Korea or Russia at some step on their way; best estimate more than 99.9 %."
    )
    assert second.mass == "504\u202fg and 1 line of unknown mass"
    assert second.inferred_lines == 1
    assert first.basis == "melted in China, magnetized in the United States"
    melted = next(s for chain in first.chains for s in chain.steps if s.label == "melted (alloy)")
    assert [s.kind for s in melted.segments] == ["declared-in-set"]
    assert anchors_of(cards) == {"sm2co17": "m1", "ndfeb_sintered_sh": "m2"}


def test_a_step_shows_range_year_grade_and_sources() -> None:
    assessment = scenes.normal()
    cards = cards_of(assessment, SourceIndex(assessment.sources))
    neodymium = next(chain for chain in cards[1].chains if chain.commodity == "Nd")
    mined, separated = neodymium.steps
    assert plain(mined.words[0]) == "China 72 % (61-75 %)"
    assert plain(separated.words[0]) == "China 91.3 % (89-92 %)"
    assert (separated.year, separated.grade.code) == ("2024", "derived")
    assert [c.source_id for c in mined.citations] == ["USGS_MCS2026", "USGS_MYB2022"]
    assert all(citation.anchor for citation in mined.citations)
    assert neodymium.worst is separated
    assert neodymium.weakest.code == "derived"


def test_unknown_composition_mass_and_steps_stay_unknown() -> None:
    assessment = scenes.all_unknown()
    (card,) = cards_of(assessment, SourceIndex(assessment.sources))
    assert card.elements == ()
    assert card.composition_grade is None
    assert (card.mass, card.density) == ("unknown", "unknown")
    assert all(step.unknown for chain in card.chains for step in chain.steps)
    assert card.chains[0].worst is None


def test_a_material_without_a_case_has_an_unknown_way() -> None:
    assessment = assessment_of(lines=[line(0)], materials=[material(0, "sm2co17", None)])
    (card,) = cards_of(assessment, SourceIndex(assessment.sources))
    assert card.touch == "unknown"
    assert "is unknown" in card.touch_words
    assert card.chains == ()


def test_shares_that_stand_elsewhere_are_not_told_again() -> None:
    rows = steps(0, "Fe", "mined", [share("AUS", 1.0)]) + steps(
        1, "Fe", "mined", [share("AUS", 1.0)]
    )
    assessment = assessment_of(
        lines=[line(0)],
        materials=[material(0, "sm2co17", 0), material(0, "ndfeb_sintered_sh", 1)],
        cases=[
            {"case": 0, "material_id": "sm2co17", "touch_low": 0.5, "touch_high": 1.0},
            {"case": 1, "material_id": "ndfeb_sintered_sh", "touch_low": 0.4, "touch_high": 1.0},
        ],
        step_rows=rows,
    )
    first, second = cards_of(assessment, SourceIndex(assessment.sources))
    assert first.chains[0].told_elsewhere == ""
    assert second.chains[0].told_elsewhere == first.anchor
    assert first.full
    assert FULL_CARDS > 1


# --- the rest -----------------------------------------------------------------------------------


def test_texts_without_a_material_are_grouped() -> None:
    assessment = assessment_of(
        lines=[line(0, name="Bracket"), line(1, name="Screw"), line(2, name="Bracket"), line(3)],
        notes=[
            {"line": n, "file": "f", "sheet": "BOM", "row": n + 6, "kind": "quantity", "text": "bad"}
            for n in range(5)
        ]
        + [{"file": "f", "kind": "file", "text": "odd"}],
    )  # fmt: skip
    found = not_understood(assessment)
    assert [(t.text, t.lines) for t in found.texts] == [("Bracket", 2), ("Screw", 1), ("", 1)]
    assert found.distinct == 3
    assert [(k.kind, k.times) for k in found.kinds] == [("file", 1), ("quantity", 5)]
    assert found.kinds[1].remarks[0].places == "row 6; row 7; row 8 and 2 more"
    assert found.kinds[0].remarks[0].places == "whole file"


def test_excluded_rows_by_reason_with_rows_and_text() -> None:
    found = excluded_of(scenes.normal())
    assert [(r.reason, r.count) for r in found][:2] == [("blank", 2), ("header", 1)]
    assert plain(found[0].ranges[0][1]) == "2-3"
    assert found[0].rows == ()
    assert found[1].rows[0].text == "Level | Part number | Name"


def test_events_are_parted_by_the_as_of_date() -> None:
    assessment = scenes.normal()
    found = timeline_of(assessment, SourceIndex(assessment.sources))
    assert [event.date for event in found.coming] == ["2027-01-01"]
    assert [event.date for event in found.past] == ["2025-06-03", "2025-04-04", "2022-09-07"]
    assert found.past[0].grade.code == "recalled"
    assert found.kinds == ("incident", "policy", "technology")


def test_sources_link_only_to_https_and_unknown_ids_to_nothing() -> None:
    index = SourceIndex(scenes.normal().sources)
    addresses = {e.source_id: [p for p, link in e.pieces if link] for e in index.entries}
    assert addresses["RULES_R16"] == ["https://example.invalid/b"]
    assert addresses["USGS_MCS2026"] == [
        "https://doi.org/10.5066/P1WKQ63T",
        "https://pubs.usgs.gov/periodicals/mcs2026/",
    ]
    assert [(c.source_id, bool(c.anchor)) for c in index.cite("SEED;nowhere", "SEED")] == [
        ("SEED", True),
        ("nowhere", False),
    ]


def test_the_appendix_says_how_to_make_it_again() -> None:
    assessment = scenes.dated(
        marking="CUI", overlays=("own.yaml (sha256 ab; 1 added, 0 replaced)",), contract={"a": "b"}
    )
    found = appendix_of(assessment, SourceIndex(assessment.sources))
    assert found.command == (
        "bomrisk assess bom.xlsx --as-of 2026-11-23 --delivery 2027-02-01"
        " --knowledge own.yaml --marking CUI"
    )
    assert any("digest" in need for need in found.needs)
    assert {g.word.code: g.events for g in found.grades}["recalled"] == 1
    assert found.unknown_steps == 2


def test_another_country_set_and_companions_are_in_the_command() -> None:
    assessment = scenes.normal()
    matches = CompanionFile(kind="matches", name="my matches.csv", sha256="ab" * 32)
    meta = assessment.meta.model_copy(
        update={"country_set_name": "CHN,RUS", "companions": (matches,)}
    )
    from dataclasses import replace

    found = appendix_of(replace(assessment, meta=meta), SourceIndex(assessment.sources))
    assert "--to CHN,RUS --matches 'my matches.csv'" in found.command
    assert f"my matches.csv with sha256 {'ab' * 32}" in found.needs


def test_a_file_that_would_end_its_element_is_refused() -> None:
    with pytest.raises(ValueError, match="</script"):
        assets._checked("var a = '</SCRIPT>'", "</script")


def test_templates_are_found_or_missed_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (assets.folder() / assets.ENTRY).is_file()
    assets.folder.cache_clear()
    monkeypatch.setattr(assets, "ENTRY", "nothing.html")
    with pytest.raises(FileNotFoundError, match=r"nothing\.html"):
        assets.folder()
    assets.folder.cache_clear()


def test_frames_without_rows_make_a_report(monkeypatch: pytest.MonkeyPatch) -> None:
    assessment = scenes.empty()
    assert static_lines(assessment, standing_of(assessment)) == ()
    assert cards_of(assessment, SourceIndex(assessment.sources)) == ()
    assert isinstance(assessment.lines, pl.DataFrame)
