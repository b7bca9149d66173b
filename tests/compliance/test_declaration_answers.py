"""Answers: read back, graded, and every fault told with its file and row."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from bomrisk.compliance import ContractFacts
from bomrisk.compliance.declarations import (
    append,
    csv_text,
    read_ledger,
    read_returned,
    requests,
    workbook_bytes,
)
from bomrisk.compliance.declarations.ledger import Ledger
from bomrisk.errors import BomriskError
from tests.compliance.declared import (
    DAY,
    JAPAN,
    KNOWLEDGE,
    SIGNED,
    SOUND,
    answered,
    back,
    bom,
    fill,
    magnets,
    sent,
)


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
        ({"respondent_part": None}, "own part number"),
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


@pytest.mark.parametrize(
    "key", ["name", "title", "email", "signature", "signed", "effective", "expires"]
)
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


TOLD = {
    "quantity": "250",
    "unit": "pieces",
    "mass_g": "3.2",
    "mass_known": "weighed",
    "melted_maker": "9XYZ8",
    "melted_lot": "2026-03-02",
    "evidence_kind": "melt certificate",
    "evidence_issuer": "Example Melt Shop",
    "evidence_number": "MC-4711",
    "evidence_date": "2026-03-05",
    "evidence_page": "2",
    "tier": "3",
    "answered": "more than 75 %",
}


def test_amounts_papers_and_reach_are_kept_in_the_ledger(tmp_path: Path) -> None:
    signature = {**SIGNED, "uei": "EXAMPLE12345", "address": "1 Example Way"}
    data = fill(sent(), {0: {**SOUND, **TOLD}}, signature)
    answers, faults = back(tmp_path, data)
    assert not faults
    path = tmp_path / "ledger.jsonl"
    append(path, Ledger(), Ledger().with_answers(answers[:1], DAY))
    kept = read_ledger(path).entries[0].answer
    assert TOLD.items() <= kept.details.items()
    assert kept.details["signer_uei"] == "EXAMPLE12345"
    assert kept.details["signer_address"] == "1 Example Way"
    assert kept.details["signer_title"] == "Quality manager"
    assert kept == answers[0]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"mass_g": "light"}, "mass per piece, g is 'light'"),
        ({"weight_pct": "120"}, "ask for a number above 0 up to 100"),
        ({"tier": "0"}, "tier reached is '0'"),
        ({"evidence_date": "spring"}, "'spring' is no day"),
        ({"maker_cage": "12"}, "maker's CAGE '12' is none"),
        ({"mined_facility": "Example Mine"}, "country where mined is empty"),
    ],
)
def test_details_that_cannot_be_meant_are_faults(
    tmp_path: Path, change: dict[str, Any], fault: str
) -> None:
    answers, faults = back(tmp_path, fill(sent(), {0: {**SOUND, **change}}))
    assert any(fault in str(one) and "row 3" in str(one) for one in faults), faults
    assert answers[0].clears


def test_an_answer_out_of_its_time_is_a_fault_of_that_day(tmp_path: Path) -> None:
    data = fill(sent(), {0: SOUND})
    _, faults = back(tmp_path, data, as_of=date(2027, 11, 21))
    assert any("expired on 2027-11-20; ask for a new answer" in str(one) for one in faults)
    _, faults = back(tmp_path, data, as_of=date(2026, 11, 19))
    assert any("in effect from 2026-11-20 only" in str(one) for one in faults)
    assert back(tmp_path, data, as_of=DAY)[1] == ()
