"""The benchmark's BOMs are what they claim, and its table shows what was measured."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from openpyxl import load_workbook

ROOT = Path(__file__).resolve().parents[2]
LINES = 7000


def generate(path: Path, *options: str) -> Path:
    script = str(ROOT / "benchmarks" / "generate_bom.py")
    command = [sys.executable, script, "--lines", str(LINES), "--out", str(path), *options]
    subprocess.run(command, check=True, capture_output=True)
    return path


def measure(*options: str) -> subprocess.CompletedProcess[str]:
    script = str(ROOT / "benchmarks" / "run.py")
    fixed = ["--lines", "50", "--formats", "csv", "--repeats", "2", "--skip-help"]
    command = [sys.executable, script, *fixed, *options]
    return subprocess.run(command, check=False, capture_output=True, text=True)


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    path = generate(tmp_path_factory.mktemp("bench") / "bom.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_generated_bom_has_the_shape_that_the_budgets_speak_of(
    rows: list[dict[str, str]],
) -> None:
    assert len(rows) == LINES
    assert len(rows[0]) == 15
    assert len({row["Part Number"] for row in rows}) == LINES
    assert len({row["Description"] for row in rows}) == 6000
    levels = [int(row["Level"]) for row in rows]
    assert levels[0] == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))
    magnets = [row for row in rows if row["Description"].startswith("MAGNET,PERMANENT")]
    assert 0.01 < len(magnets) / LINES < 0.05
    assert {row["Country Melted"] for row in magnets} > {"", "CHN", "USA"}


def test_the_workbook_holds_the_same_cells_as_the_text_file(
    rows: list[dict[str, str]], tmp_path: Path
) -> None:
    sheet = load_workbook(generate(tmp_path / "bom.xlsx"))["BOM"]
    values = list(sheet.iter_rows(values_only=True))
    assert list(values[0]) == list(rows[0])
    for value, row in zip(values[1:], rows, strict=True):
        assert ["" if cell is None else str(cell) for cell in value] == list(row.values())


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_a_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path, suffix: str) -> None:
    first = generate(tmp_path / f"a{suffix}", "--seed", "7").read_bytes()
    assert generate(tmp_path / f"b{suffix}", "--seed", "7").read_bytes() == first
    assert generate(tmp_path / f"c{suffix}", "--seed", "8").read_bytes() != first


def test_each_command_is_run_in_turn_and_shown_with_its_memory(tmp_path: Path) -> None:
    stand_in = f"{sys.executable} -c \"import sys; open(sys.argv[2], 'a').write('x')\""
    figures = tmp_path / "runs.json"
    kept = tmp_path / "files"
    done = measure(
        "--command", f"{stand_in} {{file}} {{out}}", "--json", str(figures), "--folder", str(kept)
    )
    assert done.returncode == 0, done.stderr
    assert "| 50 lines .csv | " in done.stdout
    assert "polars.read_csv" in done.stdout
    runs = json.loads(figures.read_text())[0]["runs"]
    assert {name: len(taken) for name, taken in runs.items()} == {
        "bomrisk": 2,
        "polars.read_csv": 2,
    }
    assert runs["polars.read_csv"][0]["mib"] > runs["bomrisk"][0]["mib"] > 1
    assert (kept / "bom_50_1.csv.bomrisk.html").read_text() == "xx"


def test_a_command_that_fails_is_named_and_not_measured() -> None:
    failing = f"{sys.executable} -c \"import sys; sys.exit('no such thing')\" {{file}}"
    done = measure("--command", failing)
    assert done.returncode == 1
    assert "exit 1: no such thing" in done.stdout
    assert "failed" in done.stdout
