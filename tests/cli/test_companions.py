"""Files beside the BOM: materials decided, origins declared, findings settled, and their trace in the result."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cli.test_assess import bomrisk, small_bom
from tests.compliance.declared import SOUND, fill

MAGNET = ("P-1", "SmCo magnet 2:17, machined", 4, "Example Magnets", None, None)
DOUBT = ("P-2", "coated part N42", 2, "Example Coatings", None, None)
HEAD = "text,part_number,material,who,when,why\n"


def result(folder: Path, *options: object) -> dict[str, Any]:
    run = bomrisk("assess", "bom.xlsx", "--format", "json", "-o", "-", *options, folder=folder)
    assert run.returncode == 0, run.stderr
    document: dict[str, Any] = json.loads(run.stdout)
    return document


def materials(document: dict[str, Any]) -> set[str]:
    return {row["material_id"] for row in document["tables"]["materials"]}


def test_matches_beside_the_bom_decide_and_are_recorded(tmp_path: Path) -> None:
    small_bom(tmp_path / "bom.xlsx", MAGNET, DOUBT)
    assert "ndfeb_sintered_n" not in materials(result(tmp_path))
    file = tmp_path / "matches.csv"
    file.write_text(
        HEAD
        + "coated part N42,,ndfeb_sintered_n,Reviewer,2026-11-01,drawing\n"
        + "no such text,,cu_brass,Reviewer,2026-11-01,drawing\n",
        encoding="utf-8",
    )
    document = result(tmp_path)
    human = [r for r in document["tables"]["materials"] if r["rule"].startswith("human:")]
    assert [r["material_id"] for r in human] == ["ndfeb_sintered_n"]
    stale = [n["text"] for n in document["tables"]["notes"] if n["kind"] == "decision"]
    assert stale == ["no line has the text 'no such text': the decision is not used"]
    assert document["meta"]["companions"] == [
        {
            "kind": "matches",
            "name": "matches.csv",
            "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        }
    ]


def test_doubts_are_written_and_can_be_answered_in_place(tmp_path: Path) -> None:
    small_bom(tmp_path / "bom.xlsx", MAGNET, DOUBT)
    run = bomrisk("assess", "bom.xlsx", folder=tmp_path)
    review = tmp_path / "matches-to-review.csv"
    assert "1 doubt about what a part is made of: matches-to-review.csv" in run.stdout
    with review.open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert [row["text"] for row in rows] == ["coated part N42"]
    rows[0].update(who="Reviewer", when="2026-11-02", why="seen")
    with review.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    kept = review.read_bytes()
    again = bomrisk("assess", "bom.xlsx", "--matches", review.name, folder=tmp_path)
    assert again.returncode == 0, again.stderr
    assert "holds decisions and was left as it is" in again.stdout
    assert review.read_bytes() == kept
    assert "ndfeb_sintered_n" in materials(result(tmp_path, "--matches", review.name))


def test_a_doubt_that_a_spreadsheet_would_run_is_kept_a_text(tmp_path: Path) -> None:
    small_bom(tmp_path / "bom.xlsx", ("P-3", "'=1+1 coated part N42", 1, "x", None, None), MAGNET)
    book = openpyxl.load_workbook(tmp_path / "bom.xlsx")
    cell = book.worksheets[0]["B2"]
    cell.value, cell.data_type = "=1+1 coated part N42", "s"
    book.save(tmp_path / "bom.xlsx")
    bomrisk("assess", "bom.xlsx", folder=tmp_path)
    text = (tmp_path / "matches-to-review.csv").read_text(encoding="utf-8-sig")
    assert "\n'=1+1 coated part N42," in text
    assert "\n=" not in text


def test_a_wrong_companion_stops_the_run_and_writes_nothing(tmp_path: Path) -> None:
    small_bom(tmp_path / "bom.xlsx", MAGNET)
    (tmp_path / "matches.csv").write_text(HEAD + "a,,unobtainium,R,2026-01-01,x\n", "utf-8")
    run = bomrisk("assess", "bom.xlsx", folder=tmp_path)
    assert run.returncode == 2
    assert "matches.csv" in run.stderr
    assert "row 2" in run.stderr
    assert sorted(p.name for p in tmp_path.iterdir()) == ["bom.xlsx", "matches.csv"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nowhere", "there is no such file"),
        ("empty", "holds no ledger"),
        ("alone.jsonl", "no requests.json lies beside it"),
    ],
)
def test_declarations_that_cannot_be_read(tmp_path: Path, name: str, said: str) -> None:
    small_bom(tmp_path / "bom.xlsx", MAGNET)
    (tmp_path / "empty").mkdir()
    (tmp_path / "alone.jsonl").write_text("", encoding="utf-8")
    run = bomrisk("assess", "bom.xlsx", "--declarations", name, folder=tmp_path)
    assert run.returncode == 2
    assert said in run.stderr
    assert len(run.stderr.strip().splitlines()) == 1


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    """A folder with a BOM, what was asked of its supplier, and the answer: melted in China."""
    small_bom(tmp_path / "bom.xlsx", MAGNET)
    run = bomrisk("declare", "request", "bom.xlsx", "--out", "asked", folder=tmp_path)
    assert run.returncode == 0, run.stderr
    (sent,) = (tmp_path / "asked").glob("*.xlsx")
    answer = {
        **{key: value for key, value in SOUND.items() if key != "lot"},
        "scope": "part",
        "melted_country": "CHN",
        "melted_evidence": "cert.pdf",
    }
    (tmp_path / "asked" / "cert.pdf").write_bytes(b"certificate")
    (tmp_path / "asked" / "answer.xlsx").write_bytes(fill(sent.read_bytes(), {0: answer}))
    return tmp_path


def codes(document: dict[str, Any], rule: str = "US-DFARS-7018-A") -> set[str]:
    return {f["code"] for f in document["tables"]["findings"] if f["rule"] == rule}


def test_a_declaration_changes_the_finding_and_the_ledger_is_named(asked: Path) -> None:
    assert codes(result(asked)) == {"INCOMPLETE"}
    direct = result(asked, "--declarations", "asked/answer.xlsx")
    assert codes(direct) == {"FAIL"}
    assert {file["name"] for file in direct["meta"]["companions"]} == {
        "requests.json",
        "answer.xlsx",
    }
    read = bomrisk(
        "declare",
        "read",
        "asked/answer.xlsx",
        "--requests",
        "asked",
        "--ledger",
        "asked/ledger.jsonl",
        folder=asked,
    )
    assert read.returncode == 0, read.stderr
    replayed = result(asked, "--declarations", "asked")
    assert codes(replayed) == {"FAIL"}
    before = result(asked, "--declarations", "asked", "--as-of", "2026-06-30")
    assert codes(before) == {"INCOMPLETE"}


def test_faults_of_an_answer_are_notes(asked: Path) -> None:
    (sent,) = [p for p in (asked / "asked").glob("*.xlsx") if p.name != "answer.xlsx"]
    wrong = {**SOUND, "melted_country": "Atlantis"}
    (asked / "asked" / "answer.xlsx").write_bytes(fill(sent.read_bytes(), {0: wrong}))
    document = result(asked, "--declarations", "asked/answer.xlsx")
    notes = [n for n in document["tables"]["notes"] if n["kind"] == "declaration"]
    assert any("Atlantis" in note["text"] and note["file"] == "answer.xlsx" for note in notes)


@pytest.mark.parametrize(
    ("state", "until", "code"),
    [
        ("accepted", "2027-06-30", 0),
        ("false positive", "2027-06-30", 0),
        ("mitigated", "2027-06-30", 1),
        ("accepted", "2026-01-01", 1),
    ],
)
def test_dispositions_label_findings_and_open_or_shut_the_gate(
    asked: Path, state: str, until: str, code: int
) -> None:
    options = ("--declarations", "asked/answer.xlsx", "--delivery", "2026-12-01")
    document = result(asked, *options)
    fails = [f for f in document["tables"]["findings"] if f["code"] == "FAIL"]
    assert fails
    (asked / "decided.yaml").write_text(
        "".join(
            f"- {{fingerprint: '{f['fingerprint']}', state: {state}, owner: QA, reason: r,"
            f" until: {until}}}\n"
            for f in fails
        )
        + "- {fingerprint: '0123456789abcdef', state: accepted, owner: QA, reason: r,"
        " until: 2027-06-30}\n",
        encoding="utf-8",
    )
    settled = (*options, "--dispositions", "decided.yaml")
    labelled = result(asked, *settled)
    held = until > "2026-11"
    said = {f["disposition"] for f in labelled["tables"]["findings"] if f["code"] == "FAIL"}
    assert said == ({state} if held else {None})
    notes = [n["text"] for n in labelled["tables"]["notes"] if n["kind"] == "disposition"]
    assert any(text.startswith("unmatched") for text in notes)
    assert any(text.startswith("expired") for text in notes) == (not held)
    gate = bomrisk("assess", "bom.xlsx", *settled, "--fail-on", "fail", folder=asked)
    assert gate.returncode == code, gate.stderr


def test_a_mapping_beside_the_bom_is_used_recorded_and_can_be_refused(tmp_path: Path) -> None:
    small_bom(tmp_path / "bom.xlsx", MAGNET)
    saved = tmp_path / "bomrisk.mapping.toml"
    run = bomrisk("inspect", "bom.xlsx", "--save-mapping", saved.name, folder=tmp_path)
    assert run.returncode == 0, run.stderr
    text = saved.read_text(encoding="utf-8").replace("origin_melted = ", "notes = ")
    saved.write_text(text, encoding="utf-8")
    document = result(tmp_path)
    assert [file["kind"] for file in document["meta"]["companions"]] == ["mapping"]
    assert "origin_melted" not in document["meta"]["input"]["tables"][0]["columns"]
    refused = result(tmp_path, "--no-mapping")
    assert refused["meta"]["companions"] == []
    assert "origin_melted" in refused["meta"]["input"]["tables"][0]["columns"]


def test_units_end_items_and_limits_reach_the_assessment(tmp_path: Path) -> None:
    (tmp_path / "bom.csv").write_text(
        "Level,Part Number,Description,Qty\n1,TOP-A,Pump,1\n2,P-1,SmCo magnet 2:17,4\n"
        "1,TOP-B,Valve,1\n2,P-2,NdFeB magnet N42SH,2\n",
        encoding="utf-8",
    )
    options = ("--format", "json", "-o", "-", "--end-item", "TOP-A", "--units", "3")
    run = bomrisk("assess", "bom.csv", *options, folder=tmp_path)
    assert run.returncode == 0, run.stderr
    document = json.loads(run.stdout)
    rolled = {row["part_number"]: row["rolled_up"] for row in document["tables"]["lines"]}
    assert rolled == {"TOP-A": 3, "P-1": 12}
    assert document["meta"]["settings"]["end item"] == "TOP-A"
    assert document["meta"]["settings"]["units"] == "3"
    refused = bomrisk("assess", "bom.csv", "--limit", "file-bytes=10", folder=tmp_path)
    assert refused.returncode == 2
    assert "limit" in refused.stderr


@pytest.mark.parametrize(
    ("exception", "said", "fact"),
    [
        ("recycled in the US", "it is weighed as a fact of the part", True),
        ("electronic device", "a claim alone decides nothing", False),
    ],
)
def test_a_claimed_exception_is_weighed_or_said_to_need_its_paper(
    asked: Path, exception: str, said: str, fact: bool
) -> None:
    (sent,) = [p for p in (asked / "asked").glob("*.xlsx") if p.name != "answer.xlsx"]
    answer = {
        **{key: value for key, value in SOUND.items() if key != "lot"},
        "scope": "part",
        **{f"{stage}_country": "USA" for stage in ("melted", "sintered", "magnetized")},
        "exception": exception,
        "basis": "process description 12",
    }
    (asked / "asked" / "answer.xlsx").write_bytes(fill(sent.read_bytes(), {0: answer}))
    document = result(asked, "--declarations", "asked/answer.xlsx")
    notes = [n["text"] for n in document["tables"]["notes"] if n["kind"] == "declaration"]
    assert any(said in text and "process description 12" in text for text in notes)
    used = [f["facts"] for f in document["tables"]["findings"] if f["rule"] == "US-DFARS-7018-B"]
    assert any("recycled" in facts and "answer.xlsx" in facts for facts in used) == fact


DOUBTFUL = "Description,Qty\n4711,as shown\n4712,see drawing\n4713,as shown\n"
LOG = "time,level,msg\n1,INFO,start\n2,WARN,stop\n3,INFO,start again\n"


def test_a_table_that_is_hardly_understood_asks_for_a_mapping(tmp_path: Path) -> None:
    (tmp_path / "bom.csv").write_text(DOUBTFUL)
    for command in (("assess", "bom.csv"), ("declare", "request", "bom.csv", "--out", "asked")):
        done = bomrisk(*command, folder=tmp_path)
        assert done.returncode == 2
        assert done.stderr.count("\n") == 1
        assert "bom.csv, row 1: its columns are a guess of little confidence (20%" in done.stderr
        assert "--save-mapping" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bom.csv"]
    bomrisk("inspect", "bom.csv", "--save-mapping", "map.toml", folder=tmp_path)
    assert bomrisk("assess", "bom.csv", "--mapping", "map.toml", folder=tmp_path).returncode == 0


def test_a_log_with_a_counter_is_no_parts_list(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text(LOG)
    done = bomrisk("assess", "log.csv", folder=tmp_path)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "log.csv, row 1: its columns are a guess of little confidence (30%" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["log.csv"]


def test_what_was_left_aside_stands_in_the_command_that_makes_it_again(tmp_path: Path) -> None:
    (tmp_path / "bom.csv").write_text(DOUBTFUL)
    (tmp_path / "matches.csv").write_text("not,a,file,of,matches\n")
    options = ("--least-confidence", "0.1", "--no-matches", "--no-mapping")
    done = bomrisk("assess", "bom.csv", *options, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "bom.bomrisk.html").read_text()
    assert "--least-confidence 0.1 --no-mapping --no-matches" in page


def test_a_mapping_that_fits_one_bom_alone_does_not_stop_the_others(tmp_path: Path) -> None:
    small_bom(tmp_path / "one.xlsx", MAGNET)
    (tmp_path / "two.csv").write_text("Teil,Menge\nMagnet,2\n")
    bomrisk("inspect", "one.xlsx", "--save-mapping", "map.toml", folder=tmp_path)
    done = bomrisk("assess", "two.csv", "one.xlsx", "--mapping", "map.toml", folder=tmp_path)
    assert done.returncode == 2
    assert "map.toml" in done.stderr
    assert (tmp_path / "one.bomrisk.html").exists()
    assert not (tmp_path / "two.bomrisk.html").exists()
