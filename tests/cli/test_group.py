"""The command as a newcomer meets it: help, hints, exit codes, and a quick start."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bomrisk import __version__
from bomrisk.cli import COMMANDS


def bomrisk(
    *arguments: str, folder: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    import os

    return subprocess.run(
        [sys.executable, "-m", "bomrisk", *arguments],
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, "COLUMNS": "100", **environment},
        check=False,
    )


def test_help_names_every_command_and_shows_examples() -> None:
    run = bomrisk("--help")
    assert run.returncode == 0
    for name, summary in COMMANDS.items():
        assert name in run.stdout
        assert summary in run.stdout
    assert "bomrisk assess bom.xlsx" in run.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_examples(name: str) -> None:
    run = bomrisk(name, "--help")
    assert run.returncode == 0, run.stderr
    inner = {"knowledge": "check", "declare": "request"}.get(name)
    if inner:  # a group: its own commands carry the examples
        assert inner in run.stdout
        run = bomrisk(name, inner, "--help")
    assert "\\b" not in run.stdout
    examples = run.stdout.split("Examples:\n")[1]
    assert f"bomrisk {name}" in examples.splitlines()[0]


def test_version() -> None:
    assert bomrisk("--version").stdout.strip() == f"bomrisk, version {__version__}"


def test_a_mistyped_command_is_guessed() -> None:
    run = bomrisk("asses", "bom.xlsx")
    assert run.returncode == 2
    assert "Did you mean 'assess'?" in run.stderr


def test_help_does_not_load_what_only_work_needs() -> None:
    code = (
        "import sys, contextlib, io\n"
        "from bomrisk.cli import cli\n"
        "with contextlib.redirect_stdout(io.StringIO()):\n"
        "    cli.main(['--help'], standalone_mode=False)\n"
        "heavy = {'polars', 'pydantic', 'networkx', 'openpyxl', 'jinja2', 'numpy', 'rich',"
        " 'pycountry', 'rapidfuzz', 'yaml'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_a_bug_is_said_to_be_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import bomrisk.cli

    def broken(**_: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(bomrisk.cli.cli, "main", broken)
    with pytest.raises(SystemExit) as stop:
        bomrisk.cli.main()
    assert stop.value.code == bomrisk.cli.EXIT_BUG == 70
    told = capsys.readouterr().err
    assert "broken on purpose" in told
    assert "a fault in bomrisk, not in your file" in told
