"""Declarations merged, kept in the ledger, and put onto the lines of a BOM, where findings change."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from bomrisk.compliance import ContractFacts
from bomrisk.compliance.declarations import (
    append,
    apply_declarations,
    merge,
    owed,
    owed_csv,
    read_ledger,
    requests,
    workbook_bytes,
)
from bomrisk.compliance.declarations.ledger import Ledger
from bomrisk.errors import BomriskError
from bomrisk.tables import MATERIALS
from tests.compliance.declared import (
    DAY,
    JAPAN,
    KNOWLEDGE,
    SOUND,
    WITHOUT,
    asked,
    back,
    bom,
    code_of,
    fill,
    frame,
    merged_of,
    saved_by_libreoffice,
    sent,
    several,
)


def test_what_is_still_owed_by_whom_and_when(tmp_path: Path) -> None:
    (one, two, three) = owed(merge(asked(), (), as_of=DAY))
    assert (one.supplier, one.part, one.due) == ("EXAMPLE MAGNETS", "M-1", date(2026, 12, 15))
    assert three.missing[-1] == "reduced to metal or atomized"
    rows = owed(merged_of(several(tmp_path, SOUND)).values())
    assert rows[0].missing == ("mined", "separated / refined to oxide")
    assert two.part == "M-2"
    text = owed_csv(rows)
    assert text.splitlines()[0] == "supplier,contact,part,material,missing,due,remarks"
    none = several(tmp_path, {**WITHOUT, "contains": "contains none"})
    assert not [row for row in owed(merged_of(none).values()) if row.part == "M-1"]


def test_lot_goes_before_part(tmp_path: Path) -> None:
    part = {**SOUND, "scope": "part", "lot": None, "melted_country": "DEU"}
    found = merged_of(several(tmp_path, part, SOUND))["M-1"]
    assert found.origins["melted"] == "JPN"
    assert any("goes before" in remark for remark in found.remarks)


def test_a_contradiction_is_told_and_both_countries_count(tmp_path: Path) -> None:
    found = merged_of(several(tmp_path, SOUND, {**SOUND, "melted_country": "CHN"}))["M-1"]
    assert found.origins["melted"] == "CHN/JPN" or found.origins["melted"] == "CHN"
    ledger = Ledger().with_answers(several(tmp_path, SOUND), DAY)
    other = several(tmp_path, {**SOUND, "lot": "L-2", "melted_country": "CHN"})
    found = merge(asked(), ledger.with_answers(other, DAY).as_of(DAY), as_of=DAY)[0]
    assert found.origins["melted"] == "CHN/JPN"
    assert any("several lots" in remark for remark in found.remarks)


def test_a_company_statement_does_not_reach_the_line_but_is_told(tmp_path: Path) -> None:
    found = merged_of(several(tmp_path, {**SOUND, "scope": "company", "melted_country": "CHN"}))[
        "M-1"
    ]
    assert found.origins == {}
    assert any("clears nothing" in r and "melted CHN" in r for r in found.remarks)


def test_expired_and_refused_answers_are_told(tmp_path: Path) -> None:
    found = merged_of(several(tmp_path, SOUND), as_of=date(2027, 11, 21))["M-1"]
    assert found.origins == {}
    assert any("expired on 2027-11-20" in remark for remark in found.remarks)
    refused, _ = back(tmp_path, fill(sent(), {}, {"refusal": "proprietary"}))
    assert any("does not declare" in r for r in merged_of(refused)["M-1"].remarks)


@pytest.mark.parametrize(
    ("country", "said"),
    [("JPN", "does not declare (secret)"), ("CHN", "by it FAIL (melted in China")],
)
def test_a_refusal_withdraws_what_clears_and_hides_nothing_that_fails(
    tmp_path: Path, country: str, said: str
) -> None:
    """The BOM's own columns are clean; the supplier first answered, then refused."""
    lines, materials = bom()
    lines = lines.with_columns(
        **{f"origin_{stage}": pl.lit("JPN") for stage in ("melted", "sintered", "magnetized")}
    )
    ledger = Ledger().with_answers(
        several(tmp_path, {**SOUND, "scope": "part", "lot": None, "melted_country": country}), DAY
    )
    refused, _ = back(
        tmp_path, fill(sent(), {0: {"scope": "part"}}, {"refusal": "secret"}), "no.xlsx"
    )
    ledger = ledger.with_answers(refused, DAY)
    merged = merge(asked(), ledger.as_of(DAY), as_of=DAY)
    assert merged[0].origins == {}
    assert any("its supplier refused later" in remark for remark in merged[0].remarks)
    assert merged[0].owed
    applied = apply_declarations(lines, merged)
    found = code_of(applied.lines, materials, applied.claims)
    assert found["code"] == "REVIEW"
    assert said in found["reason"]


def test_the_ledger_is_appended_to_chained_and_replayed(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    first = several(tmp_path, SOUND)
    empty = read_ledger(path)
    one = empty.with_answers(first, date(2026, 11, 21))
    assert append(path, empty, one) == 1
    assert append(path, one, one.with_answers(first, DAY)) == 0
    start = path.read_bytes()
    later, _ = back(tmp_path, fill(sent(), {0: {**SOUND, "melted_country": "DEU"}}), "b.xlsx")
    two = read_ledger(path).with_answers(later[:1], date(2026, 12, 1))
    assert append(path, one, two) == 1
    assert path.read_bytes().startswith(start)
    ledger = read_ledger(path)
    assert ledger.entries[1].supersedes == ledger.entries[0].id
    assert [e.answer.origins["melted"] for e in ledger.as_of(date(2026, 11, 30))] == ["JPN"]
    assert [e.answer.origins["melted"] for e in ledger.as_of(date(2026, 12, 1))] == ["DEU"]
    assert ledger.as_of(date(2026, 11, 20)) == ()
    assert ledger.entries[0].answer == first[0]


def test_a_ledger_that_was_changed_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    ledger = Ledger().with_answers(several(tmp_path, SOUND, {**SOUND, "lot": "L-2"}), DAY)
    append(path, Ledger(), ledger)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("JPN", "DEU", 1), encoding="utf-8")
    with pytest.raises(BomriskError, match=r"row 2: the chain is broken"):
        read_ledger(path)
    path.write_text("x\n", encoding="utf-8")
    with pytest.raises(BomriskError, match="no line of a ledger"):
        read_ledger(path)


def test_request_answer_read_and_the_finding_changes(tmp_path: Path) -> None:
    lines, materials = bom()
    before = code_of(lines, materials)
    answers, _ = back(tmp_path, fill(sent(), {0: SOUND}))
    ledger = Ledger().with_answers(answers[:1], DAY)
    applied = apply_declarations(lines, merge(asked(), ledger.as_of(DAY), as_of=DAY))
    after = code_of(applied.lines, materials, applied.claims)
    assert (before["code"], after["code"]) == ("INCOMPLETE", "PASS")
    assert (
        "melted=JPN (declaration answer.xlsx, sheet Answers, row 3, of lot L-1 only)"
        in after["facts"]
    )
    assert "no supplier's declaration" not in after["reason"]
    assert before["fingerprint"] == after["fingerprint"]
    (entry,) = ledger.entries
    assert entry.answer.place == "answer.xlsx, sheet Answers, row 3"
    assert len(entry.answer.sha256) == 64


@pytest.mark.parametrize(("told", "code"), [("SmCo magnet", "FAIL"), ("unknown", "INCOMPLETE")])
def test_a_magnet_is_judged_as_what_its_supplier_says_it_is(
    tmp_path: Path, told: str, code: str
) -> None:
    lines, _ = bom()
    rows = [{"line": 0, "material_id": "permanent_magnet_unspecified", "inferred": False}]
    materials = frame(MATERIALS, rows)
    sent_out = requests(lines, materials, KNOWLEDGE, contract=ContractFacts(id="C-1"))
    answer = {**SOUND, "contains": told, "melted_country": "CHN"}
    answers, _ = back(tmp_path, fill(workbook_bytes(sent_out[0]), {0: answer}), requests=sent_out)
    merged = merge(sent_out, Ledger().with_answers(answers, DAY).as_of(DAY), as_of=DAY)
    applied = apply_declarations(lines, merged)
    found = code_of(applied.lines, materials, applied.claims)
    assert found["code"] == code
    by_supplier = (
        "material SmCo magnet (declaration answer.xlsx, sheet Answers, row 3, of lot L-1 only)"
    )
    assert (by_supplier in found["facts"]) is (code == "FAIL"), found["facts"]
    assert "melted=CHN (declaration answer.xlsx, sheet Answers, row 3, of lot" in found["facts"]


def test_a_magnet_on_whose_material_answers_differ_is_still_owed(tmp_path: Path) -> None:
    lines, _ = bom()
    rows = [{"line": 0, "material_id": "permanent_magnet_unspecified", "inferred": False}]
    sent_out = requests(lines, frame(MATERIALS, rows), KNOWLEDGE, contract=ContractFacts(id="C-1"))
    ledger = Ledger()
    for lot, told in (("L-1", "SmCo magnet"), ("L-2", "NdFeB magnet")):
        answer = {**SOUND, "lot": lot, "contains": told}
        data = fill(workbook_bytes(sent_out[0]), {0: answer})
        answers, _ = back(tmp_path, data, requests=sent_out)
        ledger = ledger.with_answers(answers, DAY)
    (merged,) = merge(sent_out, ledger.as_of(DAY), as_of=DAY)
    assert any("contradiction on the material" in remark for remark in merged.remarks)
    assert "material of the magnet" in merged.owed


def test_a_declaration_goes_before_a_column_and_the_conflict_is_told(tmp_path: Path) -> None:
    lines, materials = bom()
    lines = lines.with_columns(origin_melted=pl.lit("CHN"))
    answers, _ = back(tmp_path, fill(sent(), {0: SOUND}))
    ledger = Ledger().with_answers(answers[:1], DAY)
    applied = apply_declarations(lines, merge(asked(), ledger.as_of(DAY), as_of=DAY))
    assert applied.lines["origin_melted"].to_list() == ["JPN", "CHN", "CHN", "CHN"]
    (note,) = applied.notes.to_dicts()
    assert (note["row"], note["kind"]) == (2, "declaration")
    assert "the BOM says CHN" in note["text"]
    found = code_of(applied.lines, materials, applied.claims)
    assert found["code"] == "REVIEW"
    assert "by the declaration PASS" in found["reason"]
    assert "by the BOM FAIL (melted in China" in found["reason"]
    assert "melted=CHN (BOM column)" in found["facts"]
    assert "evidence that settles where it was melted" in found["missing"]
    later = code_of(applied.lines, materials, applied.claims, rule="US-DFARS-7018-B")
    assert later["code"] == "INCOMPLETE"
    assert "by the BOM FAIL (melted in China" in later["reason"]
    untouched = apply_declarations(lines, merge(asked(), (), as_of=DAY))
    assert untouched.lines.equals(lines)


def test_a_declaration_that_fails_stands_though_the_bom_would_clear(tmp_path: Path) -> None:
    lines, materials = bom()
    lines = lines.with_columns(
        **{f"origin_{stage}": pl.lit("JPN") for stage in ("melted", "sintered", "magnetized")}
    )
    answers, _ = back(tmp_path, fill(sent(), {0: {**SOUND, "melted_country": "CHN"}}))
    ledger = Ledger().with_answers(answers[:1], DAY)
    applied = apply_declarations(lines, merge(asked(), ledger.as_of(DAY), as_of=DAY))
    assert code_of(applied.lines, materials, applied.claims)["code"] == "FAIL"


@pytest.mark.parametrize(
    ("inferred", "code", "said"),
    [
        (True, "NOT_APPLICABLE", "its supplier declares that it contains none"),
        (False, "REVIEW", "and the BOM names it"),
    ],
)
def test_a_supplier_who_says_none_settles_a_guess_and_contradicts_a_name(
    tmp_path: Path, inferred: bool, code: str, said: str
) -> None:
    lines, materials = bom()
    materials = materials.with_columns(inferred=pl.lit(inferred))
    answer = {**WITHOUT, "contains": "contains none"}
    answers, _ = back(tmp_path, fill(sent(), {0: answer}))
    ledger = Ledger().with_answers(answers[:1], DAY)
    applied = apply_declarations(lines, merge(asked(), ledger.as_of(DAY), as_of=DAY))
    found = code_of(applied.lines, materials, applied.claims)
    assert (found["code"], said in found["reason"]) == (code, True), found
    assert "contains none of it (declaration answer.xlsx" in found["facts"]


def test_answers_that_differ_on_whether_it_contains_any_decide_nothing(tmp_path: Path) -> None:
    none = {**WITHOUT, "contains": "contains none", "lot": "L-2"}
    merged = merged_of(several(tmp_path, SOUND, none))["M-1"]
    assert merged.content is None
    assert any("contradiction on what it contains" in remark for remark in merged.remarks)


def test_a_workbook_saved_by_libreoffice_reads_the_same(tmp_path: Path) -> None:
    saved = saved_by_libreoffice(tmp_path, fill(sent(), {0: SOUND}))
    answers, faults = back(tmp_path, saved, "saved.xlsx")
    assert answers[0].clears, (answers[0].why_not, faults)
    assert answers[0].origins == JAPAN
    assert faults == ()
