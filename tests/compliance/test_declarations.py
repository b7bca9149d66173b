"""Declarations: asked for in a workbook, answered, read back, graded, kept in a ledger, put onto lines."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import zipfile
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from bomrisk.compliance import ContractFacts, judge_lines
from bomrisk.compliance.declarations import (
    Answer,
    Fault,
    Merged,
    Request,
    append,
    apply_declarations,
    checked,
    csv_text,
    merge,
    owed,
    owed_csv,
    read_ledger,
    read_manifest,
    read_returned,
    requests,
    workbook_bytes,
    write_manifest,
)
from bomrisk.compliance.declarations.columns import CELL_LIMIT, COLUMNS, SIGNATURE, STAGES
from bomrisk.compliance.declarations.ledger import Ledger
from bomrisk.errors import BomriskError
from bomrisk.knowledge import Knowledge
from bomrisk.supply import trace_lines
from bomrisk.tables import LINES, MATERIALS, Table

KNOWLEDGE = Knowledge()
DAY = date(2026, 11, 23)
SIGNED = {
    "name": "P. Example",
    "title": "Quality manager",
    "signature": "P. Example",
    "signed": "2026-11-20",
    "expires": "2027-11-20",
}
JAPAN = dict.fromkeys(("melted", "sintered", "magnetized"), "JPN")
SOUND = {
    "scope": "lot",
    "lot": "L-1",
    "contains": "SmCo magnet",
    "known_by": "own process",
    **{f"{stage}_country": country for stage, country in JAPAN.items()},
}


def frame(table: Table, rows: list[dict[str, Any]]) -> pl.DataFrame:
    full = [{name: row.get(name) for name in table.names} for row in rows]
    return pl.DataFrame(full, schema=table.schema(), orient="row")


def bom() -> tuple[pl.DataFrame, pl.DataFrame]:
    """Two magnets of one supplier, a tungsten weight of another, a bracket of no matter."""
    lines = frame(
        LINES,
        [
            {
                "line": n,
                "line_id": f"f:{n}",
                "file": "bom.xlsx",
                "sheet": "BOM",
                "row": n + 2,
                "part_number": part,
                "description": text,
                "supplier": supplier,
                "cage": cage,
                "path": "TOP",
            }
            for n, (part, text, supplier, cage) in enumerate(
                [
                    ("M-1", "MAGNET, SMCO", "Example Magnets, Inc.", "1ABC2"),
                    ("M-2", "=MAGNET", "EXAMPLE MAGNETS", None),
                    ("W-1", "WEIGHT", "Example Tungsten", None),
                    ("B-1", "BRACKET", "Example Metals", None),
                ]
            )
        ],
    )
    found = ["smco_2_17", "ndfeb_sintered_sh", _heavy(), "al_6061"]
    rows = [{"line": n, "material_id": m, "inferred": n == 1} for n, m in enumerate(found)]
    return lines, frame(MATERIALS, rows)


def _heavy() -> str:
    return next(
        i
        for i, m in KNOWLEDGE.materials.items()
        if KNOWLEDGE.covered_family(m) == "tungsten-heavy-alloy"
    )


def asked(**contract: Any) -> tuple[Request, ...]:
    lines, materials = bom()
    facts = ContractFacts.model_validate({"id": "C-1", **contract})
    return requests(
        lines,
        materials,
        KNOWLEDGE,
        contract=facts,
        due=date(2026, 12, 15),
        requester="Example Prime",
    )


def magnets() -> Request:
    return asked()[0]


@cache
def sent() -> bytes:
    """The workbook as it goes to the magnet supplier."""
    return workbook_bytes(magnets())


def fill(
    data: bytes, answers: dict[int, dict[str, Any]], signature: dict[str, Any] | None = None
) -> bytes:
    """Fill a workbook as a clerk does: answers by row from 0, and the signature."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["Answers"]
    places = {column.key: at for at, column in enumerate(COLUMNS, start=1)}
    for row, values in answers.items():
        for key, value in values.items():
            sheet.cell(3 + row, places[key]).value = value
    sign = book["Signature"]
    for at, (key, _, _) in enumerate(SIGNATURE, start=2):
        if key in (signature if signature is not None else SIGNED):
            sign.cell(at, 2).value = (signature if signature is not None else SIGNED)[key]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def back(
    tmp_path: Path, data: bytes, name: str = "answer.xlsx", **more: Any
) -> tuple[tuple[Answer, ...], tuple[Fault, ...]]:
    path = tmp_path / name
    path.write_bytes(data)
    return checked(read_returned(path), more.pop("requests", asked()), **more)


def answered(
    tmp_path: Path, answer: dict[str, Any], signature: dict[str, Any] | None = None
) -> Answer:
    answers, _ = back(tmp_path, fill(sent(), {0: answer}, signature))
    return answers[0]


# requests ---------------------------------------------------------------------------------------


def test_each_supplier_gets_his_lines_only_and_is_merged_by_cage_and_name() -> None:
    first, second = asked()
    assert first.supplier.cage == "1ABC2"
    assert [row.part_number for row in first.rows] == ["M-1", "M-2"]
    assert [row.why for row in first.rows] == ["named in the BOM", "the type of part suggests it"]
    assert first.supplier.merged is not None
    assert "EXAMPLE MAGNETS" in first.supplier.merged
    assert [row.part_number for row in second.rows] == ["W-1"]
    assert second.supplier.merged is None


def test_specialty_metals_are_asked_when_the_platform_is_stated() -> None:
    lines, materials = bom()
    materials = materials.with_columns(
        material_id=pl.when(pl.col("line") == 3).then(pl.lit("ti_6al4v")).otherwise("material_id")
    )

    def parts(contract: ContractFacts) -> set[str]:
        found = requests(lines, materials, KNOWLEDGE, contract=contract)
        return {row.part_number for request in found for row in request.rows}

    assert "B-1" not in parts(ContractFacts())
    assert "B-1" in parts(ContractFacts(platform="aircraft"))


def test_the_workbook_is_plain_safe_and_the_same_each_time() -> None:
    data = workbook_bytes(magnets())
    assert data == workbook_bytes(magnets())
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert not [name for name in names if "vba" in name.lower()]
    book = openpyxl.load_workbook(io.BytesIO(data))
    formulas = 0
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert sheet.title == "Checker"
                    formulas += 1
                elif isinstance(cell.value, str):
                    assert len(cell.value) <= CELL_LIMIT
    assert formulas > 10
    assert book["_id"].sheet_state == "hidden"
    text = " ".join(str(c.value) for row in book["Read me"].iter_rows() for c in row if c.value)
    assert "shall insert the substance of this clause" in text
    assert "252.225-7052 (MAY 2024)" in text
    assert "2026-12-15" in text


def test_stages_that_do_not_apply_are_filled_in() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(workbook_bytes(asked()[1])))["Answers"]
    values = {column.key: sheet.cell(3, at).value for at, column in enumerate(COLUMNS, start=1)}
    assert values["sintered_country"] == "not applicable"
    assert values["consolidated_country"] is None
    assert values["row_id"] == asked()[1].rows[0].row_id


def test_the_manifest_keeps_what_was_asked(tmp_path: Path) -> None:
    write_manifest(tmp_path / "requests.json", asked())
    assert read_manifest(tmp_path / "requests.json") == asked()
    (tmp_path / "bad.json").write_text("{}", encoding="utf-8")
    with pytest.raises(BomriskError, match="no manifest"):
        read_manifest(tmp_path / "bad.json")
    with pytest.raises(BomriskError, match="cannot be read"):
        read_manifest(tmp_path / "none.json")


# answers ----------------------------------------------------------------------------------------


def test_a_sound_answer_clears(tmp_path: Path) -> None:
    answer = answered(tmp_path, SOUND)
    assert answer.clears, answer.why_not
    assert answer.origins == JAPAN
    assert (answer.part_number, answer.contains, answer.signed_by) == ("M-1", "smco", "P. Example")
    assert answer.place == "answer.xlsx, sheet Answers, row 3"
    assert answer.holds(date(2027, 11, 20))
    assert not answer.holds(date(2027, 11, 21))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"scope": "company"}, "company-wide"),
        ({"scope": None}, "scope"),
        ({"scope": "lot", "lot": None}, "scope lot without a lot"),
        ({"statement": "To the best of our knowledge no Chinese alloy."}, "qualified wording"),
        ({"statement": "We believe it is German."}, "qualified wording"),
        ({"statement": "All our products are DFARS compliant."}, "blanket statement"),
        ({"known_by": "inferred"}, "inferred"),
        ({"known_by": None}, "how it is known"),
    ],
)
def test_some_answers_never_clear_a_line_and_say_why(
    tmp_path: Path, change: dict[str, Any], why: str
) -> None:
    answer = answered(tmp_path, {**SOUND, **change})
    assert not answer.clears
    assert why in " ".join(answer.why_not)


def test_the_respondent_is_who_signed_not_a_word_of_the_hidden_lists(tmp_path: Path) -> None:
    assert answered(tmp_path, SOUND).supplier == magnets().supplier.name
    assert answered(tmp_path, SOUND, {**SIGNED, "company": "Example Maker"}).supplier == (
        "Example Maker"
    )


def test_qualified_wording_above_the_signature_clears_nothing(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(fill(sent(), {0: SOUND})))
    book["Signature"]["A1"] = "To the best of our knowledge the answers are true."
    out = io.BytesIO()
    book.save(out)
    answers, _ = back(tmp_path, out.getvalue())
    assert "qualified wording" in " ".join(answers[0].why_not)


def test_another_material_than_was_asked_about_is_told_and_clears_nothing(tmp_path: Path) -> None:
    answers, faults = back(tmp_path, fill(sent(), {0: {**SOUND, "contains": "NdFeB magnet"}}))
    assert any("was asked about" in str(fault) for fault in faults)
    assert not answers[0].clears


@pytest.mark.parametrize("key", ["name", "title", "signature", "signed", "expires"])
def test_an_answer_without_its_signature_clears_nothing(tmp_path: Path, key: str) -> None:
    answers, faults = back(
        tmp_path,
        fill(sent(), {0: SOUND}, {k: v for k, v in SIGNED.items() if k != key}),
    )
    assert not answers[0].clears
    assert any("not signed whole" in str(fault) for fault in faults)


def test_a_refusal_is_itself_recorded(tmp_path: Path) -> None:
    answer = answered(tmp_path, SOUND, {"refusal": "proprietary"})
    assert answer.refusal == "proprietary"
    assert answer.origins == {}
    assert not answer.clears


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"melted_country": "Narnia"}, "melted cannot be read"),
        ({"melted_country": "60% JP, 30% DE"}, "add up to 90%"),
        ({"atomized_country": "JPN"}, "atomized is no stage"),
        ({"contains": "magic"}, "'magic' is no answer"),
        ({"scope": "galaxy"}, "none of the choices of scope"),
        ({"exception": "COTS"}, "without a basis"),
        ({"melted_country": '=HYPERLINK("http://example.invalid")'}, "holds a formula"),
        ({"row_id": "R-000000000000", "part_number": None}, "id that was never asked"),
        ({"part_number": "M-9"}, "the row says M-9"),
        ({"melted_evidence": "cert.pdf"}, "did not come along"),
        ({"melted_evidence": "../../etc/passwd"}, "'passwd' did not come along"),
    ],
)
def test_faults_are_told_with_file_and_row(
    tmp_path: Path, change: dict[str, Any], fault: str
) -> None:
    _, faults = back(tmp_path, fill(sent(), {0: {**SOUND, **change}}))
    said = [str(one) for one in faults]
    assert any(fault in one and "answer.xlsx" in one and "row 3" in one for one in said), said


def test_a_day_that_is_none_and_an_end_before_the_beginning(tmp_path: Path) -> None:
    data = fill(sent(), {0: SOUND}, {**SIGNED, "signed": "soon"})
    _, faults = back(tmp_path, data)
    assert any("is no day" in str(fault) for fault in faults)
    data = fill(sent(), {0: SOUND}, {**SIGNED, "expires": "2026-11-19"})
    _, faults = back(tmp_path, data)
    assert any("expires before it was signed" in str(fault) for fault in faults)


def test_evidence_is_hashed(tmp_path: Path) -> None:
    (tmp_path / "cert.pdf").write_bytes(b"melted in Japan")
    data = fill(sent(), {0: {**SOUND, "melted_evidence": "cert.pdf"}})
    answers, faults = back(tmp_path, data, evidence=tmp_path)
    assert len(answers[0].evidence["cert.pdf"]) == 64
    assert not [fault for fault in faults if "cert.pdf" in str(fault)]


def test_sheets_renamed_and_rows_and_columns_moved_still_match(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(fill(sent(), {1: {**SOUND, "contains": "NdFeB magnet"}}))
    )
    sheet = book["Answers"]
    sheet.title = "Antworten"
    sheet.insert_rows(1)
    sheet.move_range(f"A5:{sheet.cell(5, sheet.max_column).coordinate}", rows=2)
    sheet.insert_cols(1)
    del book["_id"]
    out = io.BytesIO()
    book.save(out)
    answers, faults = back(tmp_path, out.getvalue())
    by_part = {answer.part_number: answer for answer in answers}
    assert by_part["M-2"].origins == JAPAN
    assert any("hidden sheet" in str(fault) for fault in faults)


def test_a_file_made_for_another_customer_needs_leave(tmp_path: Path) -> None:
    lines, materials = bom()
    other = requests(
        lines.with_columns(cage=pl.lit(None, pl.String)),
        materials,
        KNOWLEDGE,
        contract=ContractFacts(id="OTHER"),
    )[0]
    data = fill(workbook_bytes(other), {0: SOUND})
    answers, faults = back(tmp_path, data)
    assert not [answer for answer in answers if answer.part_number == "M-1"]
    assert any("another customer" in str(fault) for fault in faults)
    data = fill(workbook_bytes(other), {0: SOUND}, {**SIGNED, "reuse": "Yes"})
    answers, _ = back(tmp_path, data)
    assert answers[0].row_id == magnets().rows[0].row_id


def test_the_csv_form(tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(csv_text(magnets()))))
    assert rows[1]["description"] == "'=MAGNET"
    for row in rows:
        row |= {f"signature_{key}": value for key, value in SIGNED.items()}
    rows[0] |= {key: str(value) for key, value in SOUND.items()}
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    answers, _ = back(tmp_path, out.getvalue().encode(), "answer.csv")
    assert answers[0].clears, answers[0].why_not
    assert answers[0].origins == JAPAN
    assert answers[1].origins == {}


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.csv", b"a,b\n1,2\n", "holds no answers"),
        ("a.pdf", b"%PDF-1.7 x", "PDF"),
        ("a.xlsx", b"PK\x03\x04broken", "damaged|zip"),
    ],
)
def test_files_that_answer_nothing(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(BomriskError, match=said):
        read_returned(tmp_path / name)


def test_other_workbooks_and_missing_files(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "other.xlsx")
    with pytest.raises(BomriskError, match="holds no answers"):
        read_returned(tmp_path / "other.xlsx")
    with pytest.raises(BomriskError, match="cannot be read"):
        read_returned(tmp_path / "none.xlsx")


def test_a_workbook_with_xml_entities_is_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(sent())) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name.endswith("sheet2.xml"):
                head = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]>'
                content = head + content.partition(b"?>")[2]
            new.writestr(name, content)
    (tmp_path / "a.xlsx").write_bytes(out.getvalue())
    with pytest.raises(BomriskError, match="entities"):
        read_returned(tmp_path / "a.xlsx")


# merging and the ledger -------------------------------------------------------------------------


def merged_of(answers: tuple[Answer, ...], as_of: date = DAY) -> dict[str, Merged]:
    ledger = Ledger().with_answers(answers, date(2026, 11, 21))
    found = merge(asked(), ledger.as_of(as_of), as_of=as_of)
    return {one.asked.part_number: one for one in found}


def several(tmp_path: Path, *answers: dict[str, Any]) -> tuple[Answer, ...]:
    found: tuple[Answer, ...] = ()
    for at, answer in enumerate(answers):
        more, _ = back(tmp_path, fill(sent(), {0: answer}), f"answer{at}.xlsx")
        found += more[:1]
    return found


def test_what_is_still_owed_by_whom_and_when(tmp_path: Path) -> None:
    (one, two, three) = owed(merge(asked(), (), as_of=DAY))
    assert (one.supplier, one.part, one.due) == ("EXAMPLE MAGNETS", "M-1", date(2026, 12, 15))
    assert three.missing[-1] == "reduced to metal or atomized"
    rows = owed(merged_of(several(tmp_path, SOUND)).values())
    assert rows[0].missing == ("mined", "separated / refined to oxide")
    assert two.part == "M-2"
    text = owed_csv(rows)
    assert text.splitlines()[0] == "supplier,contact,part,material,missing,due,remarks"
    none = several(tmp_path, {**SOUND, "contains": "contains none"})
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


# the round trip ---------------------------------------------------------------------------------


def code_of(
    lines: pl.DataFrame, materials: pl.DataFrame, claims: pl.DataFrame | None = None
) -> dict[str, Any]:
    contract = ContractFacts(delivery=date(2026, 12, 20))
    traces = trace_lines(lines, materials, KNOWLEDGE, as_of=DAY, to=frozenset({"CHN"}))
    findings = judge_lines(
        lines,
        traces.materials,
        traces.cases,
        KNOWLEDGE,
        contract=contract,
        as_of=DAY,
        claims=claims,
    )
    rows = findings.filter((pl.col("line") == 0) & (pl.col("rule") == "US-DFARS-7018-A"))
    return rows.to_dicts()[0]


def test_request_answer_read_and_the_finding_changes(tmp_path: Path) -> None:
    lines, materials = bom()
    before = code_of(lines, materials)
    answers, _ = back(tmp_path, fill(sent(), {0: SOUND}))
    ledger = Ledger().with_answers(answers[:1], DAY)
    applied = apply_declarations(lines, merge(asked(), ledger.as_of(DAY), as_of=DAY))
    after = code_of(applied.lines, materials)
    assert (before["code"], after["code"]) == ("INCOMPLETE", "PASS")
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
    assert ("declaration answer.xlsx" in found["facts"]) is (code == "FAIL")


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
    assert code_of(applied.lines, materials)["code"] == "PASS"
    untouched = apply_declarations(lines, merge(asked(), (), as_of=DAY))
    assert untouched.lines.equals(lines)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_workbook_saved_by_libreoffice_reads_the_same(tmp_path: Path) -> None:
    filled = tmp_path / "filled.xlsx"
    filled.write_bytes(fill(sent(), {0: SOUND}))
    out = tmp_path / "out"
    run = subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{tmp_path / 'profile'}",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(out),
            str(filled),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (out / "filled.xlsx").is_file(), run.stderr
    answers, faults = back(tmp_path, (out / "filled.xlsx").read_bytes(), "saved.xlsx")
    assert answers[0].clears, (answers[0].why_not, faults)
    assert answers[0].origins == JAPAN
    assert faults == ()


def test_every_stage_has_its_three_columns() -> None:
    keys = [column.key for column in COLUMNS]
    for stage in STAGES:
        for what in ("country", "facility", "evidence"):
            assert keys.count(f"{stage}_{what}") == 1
