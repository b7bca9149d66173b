"""The state of the knowledge: what the counts and the ages say."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from bomrisk.cli import cli
from bomrisk.errors import InputErrors
from bomrisk.knowledge import Knowledge, check
from bomrisk.knowledge.status import status_of
from tools import build_data_docs

OWN = """sources: [{id: OWN-1, title: Survey, locator: file 12, seen: all of it}]
bands: [{name: high_touch_low, value: 0.6, source: OWN-1}]
"""


def test_counts_and_ages(knowledge: Knowledge) -> None:
    status = status_of(knowledge)
    tables = {table.name: table for table in status.tables}
    assert status.age_days == 0
    shares = tables["shares"]
    assert (shares.rows, shares.verified, shares.derived, shares.recalled) == (1137, 852, 220, 65)
    assert (shares.oldest, shares.median_year, shares.newest) == ("2016", 2025, "2025")
    assert tables["sources"].ungraded == tables["sources"].rows == 326
    assert tables["part_rules"].oldest is None
    for grade, total in status.totals.items():
        assert total == sum(getattr(table, grade) for table in status.tables)


def test_age_is_measured_from_the_day(knowledge: Knowledge) -> None:
    later = status_of(knowledge, date(2027, 11, 23))
    assert later.age_days == 365
    before = {t.name: t for t in status_of(knowledge, date(2024, 6, 1)).tables}
    newest = before["events"].newest
    assert newest is not None
    assert newest.startswith("2024")


def test_the_command_prints_tables_and_totals(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(OWN)
    run = CliRunner().invoke(
        cli, ["knowledge", "status", "--as-of", "2026-12-23", "--knowledge", str(path)]
    )
    assert run.exit_code == 0, run.output
    assert "Knowledge of 2026-11-23 (form 1), 30 days old on 2026-12-23" in run.output
    assert "with own.yaml: 1 added, 1 replaced" in run.output
    assert "1137" in run.output
    early = CliRunner().invoke(cli, ["knowledge", "status", "--as-of", "2026-11-22"])
    assert "1 days after 2026-11-22" in early.output


def test_the_command_as_json(knowledge: Knowledge) -> None:
    run = CliRunner().invoke(cli, ["knowledge", "status", "--json"])
    document = json.loads(run.output)
    assert document["edition"] == "2026-11-23"
    assert document["digest"] == knowledge.digest
    assert document["overlays"] == []
    assert {table["name"] for table in document["tables"]} >= {"materials", "shares", "wgi"}
    again = CliRunner().invoke(cli, ["knowledge", "status", "--json"])
    assert run.output == again.output


def test_the_check_command_says_what_was_proved(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(OWN)
    run = CliRunner().invoke(cli, ["knowledge", "check", "--knowledge", str(path)])
    assert run.exit_code == 0, run.output
    lines = run.output.splitlines()
    assert len(lines) == len(check.CHECKS) + 2
    assert all(" ok" in line for line in lines[:-1])
    assert lines[-1] == "478 materials, 120 share sets, 327 sources: sound"


def test_the_check_command_refuses_a_bad_file(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(OWN.replace("0.6", "-1"))
    run = CliRunner().invoke(cli, ["knowledge", "check", "--knowledge", str(path)])
    assert isinstance(run.exception, InputErrors)
    assert run.exception.exit_code == 2
    assert "bands[0].value" in str(run.exception)


def test_the_check_command_fails_on_a_fault_in_the_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    from bomrisk.errors import InputError

    fault = InputError("is wrong", mend="mend it", file="shares.csv", row=2)
    monkeypatch.setattr(check, "CHECKS", (("sums", lambda _: [fault]),))
    run = CliRunner().invoke(cli, ["knowledge", "check"])
    assert "1 wrong" in run.output
    assert isinstance(run.exception, InputErrors)
    assert run.exception.errors == (fault,)


def test_the_page_on_the_data_is_up_to_date(knowledge: Knowledge) -> None:
    text = build_data_docs.PAGE.read_text("utf-8")
    assert build_data_docs.page(text, knowledge) == text
