"""Two thousand unsound files from a seed, in every format, each read in a child process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.bom.fuzz_mutators import OF_FORMAT
from tests.bom.fuzz_seeds import seeds

ROOT = Path(__file__).resolve().parents[2]


def test_no_unsound_file_does_harm() -> None:
    """Each is read with every row accounted for or refused in one line; no process ends, none hangs."""
    script = str(ROOT / "benchmarks" / "fuzz_readers.py")
    command = [sys.executable, script, "--inputs", "2000", "--seed", "7", "--untimed"]
    run = subprocess.run(command, check=False, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "2,000 inputs, 0 failed" in run.stdout
    counts = {line.split()[0]: line for line in run.stdout.splitlines() if " refused " in line}
    assert set(counts) == set(OF_FORMAT)
    for line in counts.values():
        assert int(line.split()[2]) > 0
        assert int(line.split()[4]) > 0


def test_every_format_has_a_seed_that_is_read() -> None:
    assert {kind for kind, _ in seeds().values()} == set(OF_FORMAT)
