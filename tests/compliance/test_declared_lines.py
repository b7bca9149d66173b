"""What a declaration does to the lines it meets: to its own material, to others, and against doubts."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from bomrisk.compliance import ContractFacts
from bomrisk.compliance.declarations import (
    apply_declarations,
    merge,
    requests,
    workbook_bytes,
)
from bomrisk.compliance.declarations.ledger import Ledger
from bomrisk.tables import MATERIALS
from tests.compliance.declared import (
    DAY,
    JAPAN,
    KNOWLEDGE,
    SIGNED,
    SOUND,
    WITHOUT,
    answered,
    asked,
    back,
    bom,
    code_of,
    fill,
    findings_of,
    frame,
    merged_of,
    sent,
    several,
)


def _two_materials(tmp_path: Path, *answers: dict[str, str]) -> dict[str, str]:
    """Code of the first line by material, of a line that holds a magnet and a heavy alloy."""
    lines, _ = bom()
    held = {"smco_2_17": "smco", "wha_class1": "tungsten-heavy-alloy"}
    materials = frame(
        MATERIALS, [{"line": 0, "material_id": m, "inferred": True} for m in sorted(held)]
    )
    sent_out = requests(lines, materials, KNOWLEDGE, contract=ContractFacts(id="C-1"))
    assert [row.family for row in sent_out[0].rows] == ["smco", "tungsten-heavy-alloy"]
    data = fill(workbook_bytes(sent_out[0]), dict(enumerate(answers)))
    answered, _ = back(tmp_path, data, requests=sent_out)
    merged = merge(sent_out, Ledger().with_answers(answered, DAY).as_of(DAY), as_of=DAY)
    applied = apply_declarations(lines, merged)
    rows = findings_of(applied.lines, materials, applied.claims)
    rows = rows.filter((pl.col("line") == 0) & (pl.col("rule") == "US-DFARS-7018-A"))
    return {held[row["material_id"]]: row["code"] for row in rows.to_dicts()}


def test_none_of_one_material_settles_no_other_of_the_line(tmp_path: Path) -> None:
    none = {**WITHOUT, "contains": "contains none"}
    codes = _two_materials(tmp_path, none)
    assert codes == {"smco": "NOT_APPLICABLE", "tungsten-heavy-alloy": "INCOMPLETE"}


def test_where_one_material_was_made_says_nothing_of_another_of_the_line(tmp_path: Path) -> None:
    tungsten = {
        **WITHOUT,
        "contains": "tungsten heavy alloy",
        "reduced_country": "CHN",
        "consolidated_country": "JPN",
    }
    magnet = {**SOUND, "reduced_country": "JPN"}
    codes = _two_materials(tmp_path, magnet, tungsten)
    assert codes["tungsten-heavy-alloy"] == "FAIL"
    assert codes["smco"] != "FAIL"
    codes = _two_materials(tmp_path, magnet)
    assert codes["tungsten-heavy-alloy"] == "INCOMPLETE"


@pytest.mark.parametrize(("melted", "code"), [("CHN", "FAIL"), ("JPN", "PASS"), ("HKG", "REVIEW")])
def test_a_guess_that_its_supplier_confirms_is_judged_as_named(
    tmp_path: Path, melted: str, code: str
) -> None:
    lines, materials = bom()
    materials = materials.with_columns(inferred=pl.lit(True))
    answers, _ = back(tmp_path, fill(sent(), {0: {**SOUND, "melted_country": melted}}))
    merged = merge(asked(), Ledger().with_answers(answers[:1], DAY).as_of(DAY), as_of=DAY)
    applied = apply_declarations(lines, merged)
    found = code_of(applied.lines, materials, applied.claims)
    assert (found["code"], found["inferred"]) == (code, False), found
    assert "(declaration answer.xlsx" in found["facts"].partition("; ")[0]


def test_whether_a_guess_is_true_stays_owed_until_it_is_answered(tmp_path: Path) -> None:
    rows = {"mined_country": "AUS", "separated_country": "MYS", **SOUND, "contains": "unknown"}
    answers, _ = back(tmp_path, fill(sent(), {1: rows}))
    assert merged_of(answers)["M-2"].owed == ("whether the part holds it",)
    answers, _ = back(tmp_path, fill(sent(), {1: {**rows, "contains": "NdFeB magnet"}}))
    assert merged_of(answers)["M-2"].owed == ()


def test_a_supplier_whom_another_line_writes_otherwise_is_still_met(tmp_path: Path) -> None:
    lines, materials = bom()
    answers, _ = back(tmp_path, fill(sent(), {0: SOUND}))
    merged = merge(asked(), Ledger().with_answers(answers[:1], DAY).as_of(DAY), as_of=DAY)
    other = pl.col("line") == 3
    lines = lines.with_columns(
        supplier=pl.when(other).then(pl.lit("AAA Example")).otherwise("supplier"),
        cage=pl.when(other).then(pl.lit("1ABC2")).otherwise("cage"),
    )
    applied = apply_declarations(lines, merged)
    assert code_of(applied.lines, materials, applied.claims)["code"] == "PASS"
    without = lines.with_columns(cage=pl.when(other).then("cage"))
    unmet = requests(without, materials, KNOWLEDGE, contract=ContractFacts(id="C-1"))
    plain = [r for r in unmet if any(row.part_number == "M-1" for row in r.rows)]
    assert [r.supplier.cage for r in plain] == [None]
    data = fill(workbook_bytes(plain[0]), {0: SOUND})
    answers, _ = back(tmp_path, data, "plain.xlsx", requests=tuple(plain))
    merged = merge(plain, Ledger().with_answers(answers, DAY).as_of(DAY), as_of=DAY)
    named = without.with_columns(
        supplier=pl.when(other).then(pl.lit("Example Magnets")).otherwise("supplier")
    )
    applied = apply_declarations(named, merged)
    assert code_of(applied.lines, materials, applied.claims)["code"] == "PASS"


def _finding(
    tmp_path: Path,
    *answers: dict[str, Any],
    columns: dict[str, str] | None = None,
    as_of: date = DAY,
    inferred: bool = False,
) -> dict[str, Any]:
    """The finding of the first line after several answers, each in a file of its own."""
    lines, materials = bom()
    materials = materials.with_columns(inferred=pl.lit(inferred))
    told = {f"origin_{stage}": pl.lit(cell) for stage, cell in (columns or {}).items()}
    lines = lines.with_columns(**told)
    ledger = Ledger()
    for answer in several(tmp_path, *answers):
        ledger = ledger.with_answers([answer], DAY)
    applied = apply_declarations(lines, merge(asked(), ledger.as_of(as_of), as_of=as_of))
    return code_of(applied.lines, materials, applied.claims)


UNSOUND = [
    {"scope": None},
    {"known_by": "inferred"},
    {"statement": "to the best of our knowledge"},
    {"contains": None},
    {"scope": "lot", "lot": "L-9", "respondent_part": None},
]


@pytest.mark.parametrize("change", UNSOUND)
def test_an_answer_that_clears_nothing_is_heard_where_it_would_fail(
    tmp_path: Path, change: dict[str, Any]
) -> None:
    bad = {**SOUND, "melted_country": "CHN", **change}
    for found in (_finding(tmp_path, SOUND, bad), _finding(tmp_path, bad, columns=JAPAN)):
        assert found["code"] == "REVIEW", found
        assert "clears nothing says otherwise: by it FAIL (melted in China" in found["reason"]
        assert "which clears nothing" in found["facts"]
    assert _finding(tmp_path, SOUND, {**bad, "melted_country": "DEU"})["code"] == "PASS"


def test_a_company_statement_does_not_undo_what_is_said_of_the_lot(tmp_path: Path) -> None:
    company = {**SOUND, "scope": "company", "lot": None, "melted_country": "CHN"}
    assert _finding(tmp_path, SOUND, company)["code"] == "PASS"
    assert _finding(tmp_path, company, columns=JAPAN)["code"] == "REVIEW"


def test_an_expired_answer_is_heard_against_the_bom_alone(tmp_path: Path) -> None:
    bad = {**SOUND, "melted_country": "CHN"}
    later = date(2027, 11, 21)
    assert _finding(tmp_path, bad, columns=JAPAN)["code"] == "FAIL"
    assert _finding(tmp_path, bad, columns=JAPAN, as_of=later)["code"] == "REVIEW"
    assert _finding(tmp_path, bad, as_of=later)["code"] == "INCOMPLETE"


def test_an_unsound_answer_does_not_undo_a_sound_one_that_fails(tmp_path: Path) -> None:
    bad = {**SOUND, "melted_country": "CHN"}
    assert _finding(tmp_path, bad, {**SOUND, "known_by": "inferred"})["code"] == "FAIL"
    assert _finding(tmp_path, bad, SOUND)["code"] == "PASS"


def test_none_with_countries_of_its_own_clears_nothing(tmp_path: Path) -> None:
    none = {**SOUND, "contains": "contains none"}
    assert "contains none, and where it was melted" in answered(tmp_path, none).why_not[0]
    assert _finding(tmp_path, none, inferred=True)["code"] == "INCOMPLETE"
    _, faults = back(tmp_path, fill(sent(), {0: none}))
    assert any("which of the two is true" in str(fault) for fault in faults)


def test_none_does_not_settle_a_guess_whose_country_would_fail(tmp_path: Path) -> None:
    none = {**WITHOUT, "contains": "contains none"}
    found = _finding(tmp_path, none, columns={"melted": "CHN"}, inferred=True)
    assert (found["code"], "says where it was done" in found["reason"]) == ("REVIEW", True)
    unsound = {**SOUND, "lot": "L-2", "contains": None, "melted_country": "CHN"}
    assert _finding(tmp_path, none, unsound, inferred=True)["code"] == "REVIEW"
    found = _finding(tmp_path, none, columns={"melted": "JPN"}, inferred=True)
    assert found["code"] == "NOT_APPLICABLE"


def test_none_is_contradicted_by_an_unsound_answer_too(tmp_path: Path) -> None:
    none = {**WITHOUT, "contains": "contains none"}
    other = {**SOUND, "scope": "part", "lot": None}
    for change in ({"known_by": "inferred"}, {"contains": "NdFeB magnet"}):
        found = _finding(tmp_path, none, {**other, **change}, inferred=True)
        assert found["code"] == "INCOMPLETE", change


def test_a_file_that_another_company_signed_is_told(tmp_path: Path) -> None:
    data = fill(sent(), {0: SOUND}, {**SIGNED, "company": "Other Works"})
    _, faults = back(tmp_path, data)
    assert any("signed for 'Other Works'" in str(fault) for fault in faults)
    data = fill(sent(), {0: SOUND}, {**SIGNED, "company": "Example Magnets, Inc."})
    assert back(tmp_path, data)[1] == ()
