"""The published cases pass through the public functions, and the runner says so as it must."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests import reference_cases

DATA = Path(__file__).resolve().parents[1] / "data"


def test_all_published_cases_pass(capsys: pytest.CaptureFixture[str]) -> None:
    passed, failed = reference_cases.run(DATA / "reference_cases.csv")
    said = capsys.readouterr().out
    assert failed == 0, said
    assert passed == 105
    assert said.count("recalled ") == 5
    assert said.count("skipped ") == 11


def test_every_worked_example_of_tracing_passes(tmp_path: Path) -> None:
    cases = tmp_path / "trace.csv"
    with cases.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(
            ["id", "method", "inputs_json", "expected", "tolerance", "source_url", "evidence"]
        )
        for example in json.loads((DATA / "trace_examples.json").read_text(encoding="utf-8")):
            for key, value in example["result"].items():
                inputs = json.dumps(example["inputs"])
                out.writerow(
                    [
                        f"{example['id']}-{key}",
                        f"trace_{key}",
                        inputs,
                        json.dumps(value),
                        5.1e-4,
                        "",
                        "verified",
                    ]
                )
    assert reference_cases.run(cases)[1] == 0


def test_a_wrong_expectation_fails_and_the_last_line_counts(tmp_path: Path) -> None:
    cases = tmp_path / "cases.csv"
    cases.write_text(
        "id,method,inputs_json,expected,tolerance,source_url,evidence\n"
        'A,trace_lower,"{""stage_share_in_X"":[0.2,0.5]}",0.5,1e-9,,verified\n'
        'B,trace_lower,"{""stage_share_in_X"":[0.2,0.5]}",0.6,1e-9,,verified\n'
        "C,no_such_method,{},1,1e-9,,verified\n"
        'D,trace_lower,"{""stage_share_in_X"":[0.2,0.5]}",0.6,1e-9,,recalled\n'
        "E,USGS_2025_rank,{},1,1,,verified\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, reference_cases.__file__, str(cases)],
        capture_output=True,
        text=True,
        check=False,
    )
    lines = done.stdout.splitlines()
    assert lines[-1] == "1 passed, 2 failed"
    assert done.returncode == 1
    assert any(line.startswith("recalled") and "D" in line for line in lines)
    assert any(line.startswith("skipped") and "E" in line for line in lines)
