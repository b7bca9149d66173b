"""Read damaged and hostile files by the thousand, and tell whether any of them did harm.

Usage: ``python benchmarks/fuzz_readers.py [--inputs 10000] [--seed 1] [--workers 2] [--keep FOLDER]``.

Sound files of every format are changed by mutators (`tests/bom/fuzz_mutators.py`) and read in child
processes. Each input must end as a Bom whose rows are all accounted for, or as an InputError of one
line; within 5 s of processor time and 1 GiB of resident memory; and no child may die. The same seed
and number give the same input: ``--only N`` reads one again, in this process, with its traceback.
``--untimed`` leaves out the bound of time, for busy machines; what hangs for a minute still fails.
The slowest and the largest are printed. Exit code 1 if anything failed.
"""

from __future__ import annotations

import argparse
import json
import queue
import resource
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
MIB = 1 << 20
SECONDS = 5.0
MEMORY = 1024 * MIB
ADDRESS_SPACE = 8192 * MIB
"""Beyond this an allocation fails: the machine is safe, and the child's death is a failure."""
HANGS = 60.0
"""Seconds of wall time after which a child is ended and its input has failed."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input: `why` is empty unless it failed."""

    number: int
    kind: str
    ended: str
    seconds: float
    memory: int
    why: str = ""


class Inputs:
    """The inputs of a seed by their number."""

    def __init__(self, seed: int) -> None:
        sys.path.insert(0, str(ROOT))
        from tests.bom.fuzz_mutators import mutated
        from tests.bom.fuzz_seeds import by_format, seeds

        self.seed = seed
        self.mutate = mutated
        self.files = by_format(seeds())
        self.kinds = sorted(self.files)
        self.all = [data for files in self.files.values() for data in files]

    def make(self, number: int) -> tuple[str, bytes]:
        """The format that was started from, and the bytes."""
        random = Random(f"{self.seed}/{number}")
        kind = self.kinds[number % len(self.kinds)]
        return kind, self.mutate(random, kind, random.choice(self.files[kind]), self.all)


def judge(path: Path) -> tuple[str, str]:
    """How the reading of a file ended ("read" or "refused"), and what is wrong with that."""
    from bomrisk.bom import read
    from bomrisk.errors import InputError

    try:
        bom = read(path)
    except InputError as error:
        said = str(error)
        sound = "\n" not in said and "; " in said and path.name in said and len(said) < 2000
        return (
            "refused",
            "" if sound else f"the message is not one line with file and mend: {said!r}",
        )
    if bom.lines.height + bom.excluded.height != bom.rows_read:
        return "read", (
            f"{bom.lines.height} lines + {bom.excluded.height} excluded are not {bom.rows_read} rows"
        )
    if bom.lines["line_id"].n_unique() != bom.lines.height:
        return "read", "two lines have the same identity"
    return "read", ""


def judge_by_tags(path: Path, ended: str) -> str:
    """What is wrong where a workbook is read as large ones are, by its tags.

    What is read must be read alike. A workbook that is refused for a part that tags do not need may be read.
    """
    from bomrisk.bom import ooxml, read

    usual = ooxml.PLAIN_FROM
    lines = read(path).lines if ended == "read" else None
    ooxml.PLAIN_FROM = 0
    try:
        otherwise, why = judge(path)
        if why or lines is None:
            return why
        if otherwise != "read":
            return "read, but refused by its tags"
        return "" if read(path).lines.equals(lines) else "other lines by its tags"
    finally:
        ooxml.PLAIN_FROM = usual


def one(inputs: Inputs, number: int, folder: Path) -> Outcome:
    """Make an input, read it, and measure."""
    kind, data = inputs.make(number)
    path = folder / "bom.xlsx"
    path.write_bytes(data)
    _forget_peak()
    begun = time.process_time()
    why = ""
    try:
        ended, why = judge(path)
        seconds = time.process_time() - begun
        if kind == "xlsx" and not why:
            why = judge_by_tags(path, ended)
            seconds = max(seconds, (time.process_time() - begun - seconds) / 2)
    except BaseException as error:
        ended = "raised"
        last = traceback.extract_tb(error.__traceback__)[-1]
        what = " ".join(str(error).split())[:160]
        why = f"{type(error).__name__}: {what} ({Path(last.filename).name}:{last.lineno})"
        seconds = time.process_time() - begun
    memory = _peak()
    if not why and sorted(folder.iterdir()) != [path]:
        why = "a file was written"
    if not why and memory > MEMORY:
        why = f"took {memory // MIB:,} MiB"
    return Outcome(number, kind, ended, round(seconds, 3), memory, why)


def timed(outcome: Outcome) -> Outcome:
    """The outcome, failed if it took too long."""
    if outcome.why or outcome.seconds <= SECONDS:
        return outcome
    return replace(outcome, why=f"took {outcome.seconds:.1f} s")


def _forget_peak() -> None:
    """Let the kernel count the peak of resident memory anew, where it can."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        return


def _peak() -> int:
    try:
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def work(seed: int) -> None:
    """A child: numbers come in, one a line; outcomes go out as JSON."""
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    inputs = Inputs(seed)
    with tempfile.TemporaryDirectory() as folder:
        for line in sys.stdin:
            print(json.dumps(asdict(one(inputs, int(line), Path(folder)))), flush=True)


class Child:
    """A process that reads inputs; one that died or hung is replaced."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.process = self._start()

    def _start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, __file__, "--child", "--seed", str(self.seed)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def ask(self, number: int) -> Outcome:
        """The outcome of one input."""
        process = self.process
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("a child has no pipes")
        begun = time.monotonic()
        alarm = threading.Timer(HANGS, process.kill)
        alarm.start()
        try:
            process.stdin.write(f"{number}\n")
            process.stdin.flush()
            answer = process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        alarm.cancel()
        if answer:
            return Outcome(**json.loads(answer))
        process.kill()
        code = process.wait()
        self.close()
        self.process = self._start()
        seconds = time.monotonic() - begun
        return Outcome(
            number, "?", "died", seconds, 0, f"the process ended with {code} after {seconds:.0f} s"
        )

    def close(self) -> None:
        """End the process."""
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()
        self.process.wait()


def run(seed: int, first: int, count: int, workers: int) -> list[Outcome]:
    """The outcomes of inputs `first` up to `first + count`, by their number."""
    numbers: queue.SimpleQueue[int] = queue.SimpleQueue()
    for number in range(first, first + count):
        numbers.put(number)
    outcomes: list[Outcome] = []

    def attend() -> None:
        child = Child(seed)
        while True:
            try:
                number = numbers.get_nowait()
            except queue.Empty:
                break
            outcomes.append(child.ask(number))
        child.close()

    threads = [threading.Thread(target=attend) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes, key=lambda outcome: outcome.number)


def show(outcomes: list[Outcome], seed: int) -> int:
    """Print counts, the slowest, the largest and every failure; the exit code."""
    failed = [outcome for outcome in outcomes if outcome.why]
    for outcome in failed:
        print(f"seed {seed}, input {outcome.number} ({outcome.kind}): {outcome.why}")
    ended = Counter((outcome.kind, outcome.ended) for outcome in outcomes)
    for kind in sorted({kind for kind, _ in ended}):
        print(
            f"{kind:10}", *(f"{end} {ended[kind, end]:6,}" for end in ("read", "refused")), sep="  "
        )
    if outcomes:
        slowest = max(outcomes, key=lambda outcome: outcome.seconds)
        largest = max(outcomes, key=lambda outcome: outcome.memory)
        print(f"slowest: input {slowest.number} ({slowest.kind}), {slowest.seconds:.2f} s")
        print(f"largest: input {largest.number} ({largest.kind}), {largest.memory // MIB:,} MiB")
    print(f"{len(outcomes):,} inputs, {len(failed):,} failed")
    return 1 if failed else 0


def main() -> int:
    """Parse, run, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--only", type=int, help="read this input alone, in this process")
    parser.add_argument("--keep", type=Path, help="write failing inputs into this folder")
    parser.add_argument("--untimed", action="store_true", help="do not bound the time")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        work(options.seed)
        return 0
    if options.only is not None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "bom.xlsx")
            path.write_bytes(Inputs(options.seed).make(options.only)[1])
            print(*judge(path))
        return 0
    outcomes = run(options.seed, options.first, options.inputs, options.workers)
    if not options.untimed:
        outcomes = [timed(outcome) for outcome in outcomes]
    if options.keep is not None:
        options.keep.mkdir(parents=True, exist_ok=True)
        inputs = Inputs(options.seed)
        for outcome in outcomes:
            if outcome.why:
                kind, data = inputs.make(outcome.number)
                (options.keep / f"{options.seed}-{outcome.number}-{kind}").write_bytes(data)
    return show(outcomes, options.seed)


if __name__ == "__main__":
    sys.exit(main())
