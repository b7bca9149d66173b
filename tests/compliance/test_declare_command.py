"""`bomrisk declare`: requests into a folder, answers out of it, the ledger, and what is still owed."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from bomrisk.cli.declare import command, file_name
from bomrisk.compliance.declarations import read_ledger, read_manifest
from bomrisk.compliance.declarations.columns import COLUMNS, SIGNATURE
from bomrisk.compliance.declarations.supplier import (
    Supplier,
    merged_suppliers,
    plain_name,
    read_contacts,
)
from bomrisk.errors import BomriskError

BOM = (
    "Part Number,Description,Qty,Supplier,CAGE\n"
    'M-1,"MAGNET, SMCO 2:17",2,"Example Magnets, Inc.",1ABC2\n'
    'M-2,"MAGNET, NDFEB N42SH",4,EXAMPLE MAGNETS,\n'
    'B-1,"BRACKET, ALUMINUM 6061-T6",1,Example Metals,\n'
    'C-1,"COVER, ALUMINUM 6061-T6",1,Example Metals,\n'
)


def declare(*args: str) -> Result:
    return CliRunner(catch_exceptions=False).invoke(command, list(args))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "bom.csv").write_text(BOM, encoding="utf-8")
    (tmp_path / "contacts.csv").write_text(
        "supplier,cage,contact\nExample Magnets,,sales@example.invalid\n", encoding="utf-8"
    )
    run = declare(
        "request",
        str(tmp_path / "bom.csv"),
        "--out",
        str(tmp_path / "out"),
        "--due",
        "2026-12-15",
        "--contacts",
        str(tmp_path / "contacts.csv"),
        "--csv",
    )
    assert run.exit_code == 0
    return tmp_path


def answer(folder: Path) -> Path:
    (sent,) = (folder / "out").glob("*.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(sent.read_bytes()))
    sheet = book["Answers"]
    places = {column.key: at for at, column in enumerate(COLUMNS, start=1)}
    values = {
        "respondent_part": "EM-1",
        "scope": "part",
        "contains": "SmCo magnet",
        "known_by": "own process",
        "melted_country": "CHN",
        "melted_evidence": "cert.pdf",
    }
    for key, value in values.items():
        sheet.cell(3, places[key]).value = value
    signed = {
        "name": "P. Example",
        "title": "Quality",
        "email": "quality@example.invalid",
        "signature": "P. Example",
        "signed": "2026-11-20",
        "effective": "2026-11-20",
        "expires": "2027-11-20",
    }
    for at, (key, _, _) in enumerate(SIGNATURE, start=2):
        if key in signed:
            book["Signature"].cell(at, 2).value = signed[key]
    path = folder / "answer.xlsx"
    book.save(path)
    (folder / "cert.pdf").write_bytes(b"x")
    return path


def test_a_workbook_and_a_csv_per_supplier_with_what_was_merged(folder: Path) -> None:
    names = sorted(path.suffix for path in (folder / "out").iterdir())
    assert names == [".csv", ".json", ".xlsx"]
    (request,) = read_manifest(folder / "out" / "requests.json")
    assert request.supplier.contact == "sales@example.invalid"
    assert len(request.rows) == 2
    assert file_name(request).startswith("EXAMPLE-MAGNETS-")


def test_what_an_assessment_would_judge_is_asked_about(tmp_path: Path) -> None:
    (tmp_path / "bom.csv").write_text(
        "Level,Part Number,Description,Qty,Supplier\n"
        '1,A-1,"SERVO MOTOR, BRUSHLESS",1,Example Motors\n'
        '2,M-1,"MAGNET, NDFEB N42SH",4,Example Magnets\n'
        '1,A-2,"SERVO MOTOR, BRUSHLESS",1,Example Drives\n'
        "1,X-9,see drawing,1,Example Parts\n",
        encoding="utf-8",
    )
    (tmp_path / "matches.csv").write_text(
        "text,part_number,material,who,when,why\n,X-9,smco_2_17,P. Example,2026-11-02,drawing X-9\n",
        encoding="utf-8",
    )
    run = declare("request", str(tmp_path / "bom.csv"), "--out", str(tmp_path / "out"))
    assert "what people decided is used" in run.stderr
    found = read_manifest(tmp_path / "out" / "requests.json")
    parts = {row.part_number for request in found for row in request.rows}
    assert parts == {"M-1", "A-2", "X-9"}


def test_answers_are_read_entered_and_what_is_owed_is_told(folder: Path) -> None:
    ledger, owed = folder / "ledger.jsonl", folder / "owed.csv"
    args = ["read", str(answer(folder)), "--requests", str(folder / "out"), "--ledger", str(ledger)]
    run = declare(*args, "--owed", str(owed), "--received", "2026-11-21", "--as-of", "2026-11-23")
    assert run.exit_code == 0, run.output
    assert "2 entries appended" in run.stdout
    assert run.stdout.count("EXAMPLE MAGNETS owes by 2026-12-15:\n  M-1 (") == 1
    assert "alloy melted" not in run.stdout.partition("M-1 (")[2].partition("\n")[0]
    entry = next(e for e in read_ledger(ledger).entries if e.answer.part_number == "M-1")
    assert entry.answer.origins == {"melted": "CHN"}
    assert len(entry.answer.evidence["cert.pdf"]) == 64
    assert owed.read_text(encoding="utf-8-sig").startswith("supplier,contact,part")
    again = declare(*args, "--as-of", "2026-11-23")
    assert "0 entries appended" in again.stdout


def test_a_file_that_answers_nothing_is_refused(folder: Path) -> None:
    (folder / "x.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(BomriskError, match="holds no answers"):
        declare("read", str(folder / "x.csv"), "--requests", str(folder / "out"))
    with pytest.raises(BomriskError, match="cannot be read"):
        declare("read", str(folder / "none.csv"), "--requests", str(folder / "out"))


def test_names_and_cages() -> None:
    assert plain_name("Example Magnets, Inc.") == plain_name("EXAMPLE  MAGNETS")
    assert plain_name("Co. Ltd.") == "co ltd"
    pairs = [
        ("Acme, Inc.", "1ABC2"),
        ("ACME", None),
        ("Other", "9XYZ8"),
        ("Acme", "3DEF4"),
        (None, None),
        (None, "7GHI6"),
    ]
    found = merged_suppliers(pairs)
    assert found["Acme, Inc.", "1ABC2"] != found["Acme", "3DEF4"]
    assert found["ACME", None].cage is None
    assert found[None, None].name == "supplier not stated"
    assert found[None, "7GHI6"].name == "CAGE 7GHI6"
    assert Supplier("A", None, ("A",)).merged is None


def test_a_contacts_file_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(BomriskError, match="lacks its columns"):
        read_contacts(path)
    with pytest.raises(BomriskError, match="cannot be read"):
        read_contacts(tmp_path / "none.csv")
