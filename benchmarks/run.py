"""Measure bomrisk beside a yardstick, in one run, and print both in one table.

Usage: ``python benchmarks/run.py [--lines 100 100000 1000000] [--formats xlsx csv] [--repeats 3]``.

Each measure is a pair of commands, bomrisk and its yardstick, started in turn as fresh processes
(A B A B …), so that a busy machine slows both. Shown are the median with the least and the greatest
wall time, the ratio of the medians, and the peak resident memory of the process. Files are written
into a temporary folder and removed, unless ``--folder`` names one; nothing is left in the project.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
ASSESS = f"{shlex.quote(sys.executable)} -m bomrisk assess {{file}} -o {{out}}"
READ = {
    ".xlsx": "import sys, polars; polars.read_excel(sys.argv[1], engine='calamine')",
    ".csv": "import sys, polars; polars.read_csv(sys.argv[1], infer_schema_length=10000)",
}
MIB = 1024


@dataclass(frozen=True, slots=True)
class Budget:
    """What the design allows: at most so many times the yardstick, so many seconds, so many MiB."""

    ratio: float | None = None
    seconds: float | None = None
    mib: float | None = None

    def __str__(self) -> str:
        """The limits in one short text."""
        parts = [f"{self.ratio:g} x"] if self.ratio else []
        parts += [f"{self.seconds:g} s"] if self.seconds else []
        parts += [f"{self.mib:g} MiB"] if self.mib else []
        return ", ".join(parts) or "-"


@dataclass(frozen=True, slots=True)
class Measure:
    """A pair of commands that are measured together; without a yardstick, bomrisk alone."""

    name: str
    command: Sequence[str]
    yardstick: Sequence[str]
    yardstick_name: str
    budget: Budget
    lines: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """One process: wall time in seconds, peak resident memory in MiB, and why it failed, if so."""

    seconds: float
    mib: float
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """All runs of a measure."""

    measure: Measure
    own: tuple[Run, ...]
    other: tuple[Run, ...]

    @property
    def fault(self) -> str:
        """Why a process failed; empty if all went well."""
        return next((run.fault for run in (*self.own, *self.other) if run.fault), "")

    @property
    def seconds(self) -> float:
        """Median wall time of bomrisk."""
        return median(run.seconds for run in self.own)

    @property
    def ratio(self) -> float:
        """Median of bomrisk by median of the yardstick."""
        return self.seconds / median(run.seconds for run in self.other)

    @property
    def mib(self) -> float:
        """Greatest peak memory of bomrisk."""
        return max(run.mib for run in self.own)

    @property
    def verdict(self) -> str:
        """Whether every limit of the budget was kept."""
        if self.fault:
            return "failed"
        budget = self.measure.budget
        limits = [
            (self.ratio, budget.ratio),
            (self.seconds, budget.seconds),
            (self.mib, budget.mib),
        ]
        checked = [value <= limit for value, limit in limits if limit is not None]
        return "-" if not checked else "yes" if all(checked) else "NO"


def start(command: Sequence[str], folder: Path) -> Run:
    """Run a command and take the time and peak memory (`ru_maxrss`) of its process."""
    with (folder / "stderr.txt").open("w+b") as stderr:
        began = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=stderr)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = code = os.waitstatus_to_exitcode(status)
        stderr.seek(0)
        said = stderr.read().decode(errors="replace").strip().splitlines()
    scale = MIB if sys.platform != "darwin" else MIB * MIB
    fault = f"exit {code}: {said[-1] if said else 'no message'}" if code else ""
    return Run(seconds, usage.ru_maxrss / scale, fault)


def take(measure: Measure, repeats: int, folder: Path) -> Result:
    """Run the two commands of a measure in turn; stop at the first that fails."""
    own: list[Run] = []
    other: list[Run] = []
    for _ in range(repeats):
        own.append(start(measure.command, folder))
        other.append(start(measure.yardstick, folder))
        if own[-1].fault or other[-1].fault:
            break
    return Result(measure, tuple(own), tuple(other))


def budget_of(lines: int, suffix: str) -> Budget:
    """The budget of the design for a file of that size; none where it names none."""
    if lines >= 1_000_000:
        return Budget(ratio=2, mib=2560) if suffix == ".xlsx" else Budget(seconds=20, mib=1536)
    return Budget(seconds=1.5) if lines <= 100 else Budget()


def measures(given: argparse.Namespace, folder: Path) -> list[Measure]:
    """Generate the files, and pair each with its yardstick."""
    python = sys.executable
    found = []
    if not given.skip_help:
        found.append(
            Measure(
                "--help",
                [python, "-m", "bomrisk", "--help"],
                [python, "-c", "import click"],
                "import click",
                Budget(ratio=2),
            )
        )
    for lines in given.lines:
        for suffix in (f".{name}" for name in given.formats):
            file = folder / f"bom_{lines}_{given.seed}{suffix}"
            if not file.exists():
                script = [python, str(HERE / "generate_bom.py"), "--lines", str(lines)]
                subprocess.run(
                    [*script, "--seed", str(given.seed), "--out", str(file)],
                    check=True,
                    stderr=subprocess.DEVNULL,
                )
            out = folder / f"{file.name}.bomrisk.html"
            own = [
                part.replace("{file}", str(file)).replace("{out}", str(out))
                for part in shlex.split(given.command)
            ]
            found.append(
                Measure(
                    f"{lines:,} lines {suffix}",
                    own,
                    [python, "-c", READ[suffix], str(file)],
                    "polars.read_excel" if suffix == ".xlsx" else "polars.read_csv",
                    budget_of(lines, suffix),
                    lines,
                )
            )
    return found


def _span(runs: Sequence[Run]) -> str:
    seconds = [run.seconds for run in runs]
    return f"{median(seconds):.2f} ({min(seconds):.2f}-{max(seconds):.2f})"


def row(result: Result) -> tuple[str, ...]:
    """The cells of one result."""
    measure = result.measure
    if result.fault:
        return (measure.name, result.fault[:60], "", "", "", "", "", str(measure.budget), "failed")
    per_line = f"{result.seconds / measure.lines * 1e6:.1f}" if measure.lines >= 10_000 else "-"
    return (
        measure.name,
        _span(result.own),
        f"{_span(result.other)} {measure.yardstick_name}",
        f"{result.ratio:.2f}",
        f"{result.mib:.0f}",
        f"{max(run.mib for run in result.other):.0f}",
        per_line,
        str(measure.budget),
        result.verdict,
    )


HEAD = (
    "measure",
    "bomrisk s",
    "yardstick s",
    "ratio",
    "MiB",
    "MiB yardstick",
    "us/line",
    "budget",
    "kept",
)


def render(results: Sequence[Result]) -> str:
    """The results as a table in Markdown, with the columns aligned."""
    rows = [HEAD, *(row(result) for result in results)]
    widths = [max(len(cells[i]) for cells in rows) for i in range(len(HEAD))]
    texts = [
        "| "
        + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
        + " |"
        for cells in rows
    ]
    return "\n".join(
        [texts[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *texts[1:]]
    )


def machine() -> str:
    """What the figures depend on: processors, system, Python."""
    system = f"{platform.system()} {platform.machine()}"
    return f"{os.cpu_count()} cores, {system}, Python {platform.python_version()}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 1 if a command failed. A missed budget is shown, it is no failure."""
    parser = argparse.ArgumentParser(description="Measure bomrisk beside its yardsticks.")
    parser.add_argument("--lines", type=int, nargs="*", default=[100, 100_000, 1_000_000])
    parser.add_argument("--formats", nargs="*", choices=("xlsx", "csv"), default=["xlsx", "csv"])
    parser.add_argument("--repeats", type=int, default=3, help="runs of each command (default 3)")
    parser.add_argument("--seed", type=int, default=1, help="seed of the generated files")
    parser.add_argument("--command", default=ASSESS, help="command under test, {file} and {out}")
    parser.add_argument("--skip-help", action="store_true", help="leave out bomrisk --help")
    parser.add_argument("--folder", type=Path, help="keep files here and use them again")
    parser.add_argument("--json", type=Path, help="write every single run to this file as well")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="bomrisk-bench-") as temporary:
        folder = (given.folder or Path(temporary)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        results = []
        for measure in measures(given, folder):
            results.append(take(measure, given.repeats, folder))
            print(f"{measure.name}: {results[-1].verdict}", file=sys.stderr, flush=True)
    print(f"{machine()}; median of {given.repeats}, least-greatest in brackets\n")
    print(render(results))
    if given.json:
        given.json.write_text(json.dumps([_record(result) for result in results], indent=1) + "\n")
    return 1 if any(result.fault for result in results) else 0


def _record(result: Result) -> dict[str, object]:
    runs = {"bomrisk": result.own, result.measure.yardstick_name: result.other}
    return {
        "measure": result.measure.name,
        "runs": {
            name: [{"s": r.seconds, "mib": r.mib, "fault": r.fault} for r in taken]
            for name, taken in runs.items()
        },
    }


if __name__ == "__main__":
    sys.exit(main())
