"""`bomrisk judge`: JSON for programs, a table for a person, and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bomrisk.cli.judge import command
from bomrisk.errors import BomriskError

MAGNET = "part: {material: smco, item: magnet, platform: aircraft, origins: {melted: CHN, magnetized: USA}}\n"


def judge(text: str, *options: str) -> Result:
    return CliRunner(catch_exceptions=False).invoke(command, ["-", *options], input=text)


def test_json_has_every_rule_with_its_reason() -> None:
    run = judge(
        "- {id: C1, part: {material: smco, item: magnet, origins: {melted: CHN}}, contract: {}}",
        "--json",
    )
    assert run.exit_code == 0
    (result,) = json.loads(run.stdout)["results"]
    assert result["id"] == "C1"
    rule = result["rules"]["US-DFARS-7018-A"]
    assert rule["code"] == "FAIL"
    assert rule["paragraph"].startswith("225.7018-2(b)(1)")
    assert rule["missing"] == ["sintered or bonded", "magnetized"]
    assert "melted=CHN (stated)" in rule["facts"]
    assert rule["effective_to"] == "2026-12-31"
    assert result["rules"]["CN-TECH-2023"]["code"] == "NOT_APPLICABLE"


def test_the_table_shows_rules_that_apply_and_counts_the_rest() -> None:
    run = judge(MAGNET)
    assert "US-DFARS-7018-A" in run.stdout
    assert "FAIL" in run.stdout
    assert "CN-TECH-2023" not in run.stdout
    assert "rules do not apply: --all shows why" in run.stdout
    assert "not legal advice" in run.stdout
    assert "CN-TECH-2023" in judge(MAGNET, "--all").stdout


def test_paragraph_reason_and_what_is_missing_are_told_apart_at_every_width(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    wide = judge(MAGNET).stdout
    assert wide.splitlines()[1].split() == ["rule", "result", "paragraph", "reason", "missing"]
    monkeypatch.setenv("COLUMNS", "80")
    lines = [" ".join(line.split()) for line in judge(MAGNET).stdout.splitlines()]
    at = next(n for n, line in enumerate(lines) if line.startswith("US-DFARS-7018-A FAIL"))
    assert lines[at].endswith("225.7018-2(b)(1)(i)")
    assert lines[at + 1].startswith("252.225-7052(b)")
    assert lines[at + 2].startswith("melted in China")
    assert lines[at + 5] == "missing: sintered or bonded"


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        (MAGNET, (), 0),
        (MAGNET, ("--fail-on", "fail"), 1),
        (MAGNET, ("--fail-on", "unknown"), 3),
        (MAGNET, ("--fail-on", "fail", "--fail-on", "unknown"), 1),
        ("part: {material: gold, item: raw-material}", ("--fail-on", "fail"), 0),
    ],
)
def test_gates(text: str, options: tuple[str, ...], code: int) -> None:
    assert judge(text, *options).exit_code == code


def test_a_fail_of_a_future_regime_does_not_trip_an_open_delivery() -> None:
    future = (
        "part: {material: ndfeb, item: magnet, origins:"
        " {mined: CHN, separated: CHN, melted: JPN, sintered: JPN, magnetized: JPN}}"
    )
    assert judge(future, "--fail-on", "fail").exit_code == 0
    assert judge(future, "--fail-on", "fail", "--delivery", "2027-02-01").exit_code == 1


def test_files_contracts_and_days(tmp_path: Path) -> None:
    part = tmp_path / "part.yaml"
    part.write_text(MAGNET, encoding="utf-8")
    contract = tmp_path / "contract.yaml"
    contract.write_text("value_usd: 100\n", encoding="utf-8")
    args = [str(part), "--contract", str(contract), "--delivery", "2026-12-01", "--json"]
    run = CliRunner(catch_exceptions=False).invoke(command, args)
    rules = json.loads(run.stdout)["results"][0]["rules"]
    assert rules["US-DFARS-7018-A"]["code"] == "NOT_APPLICABLE"
    assert "threshold" in rules["US-DFARS-7018-A"]["reason"]


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(BomriskError, match="name an existing file"):
        CliRunner(catch_exceptions=False).invoke(command, [str(tmp_path / "none.yaml")])
    bad = tmp_path / "bad.yaml"
    bad.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BomriskError, match="save it as UTF-8"):
        CliRunner(catch_exceptions=False).invoke(command, [str(bad)])


def test_the_same_facts_give_the_same_bytes() -> None:
    assert judge(MAGNET, "--json").stdout == judge(MAGNET, "--json").stdout
