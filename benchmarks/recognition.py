"""Measure how many distinct texts recognition reads in a second on one core, and its peak memory.

Usage: ``python benchmarks/recognition.py [--texts 1000000] [--kinds dense none …] [--repeats 3]``.

Each run is a fresh process with one thread of Polars, held on one core where the system can do that.
The clock starts when the recognizer is built and the texts are in memory; one small text is read
before, so that no import is counted. Shown are medians with least and greatest, in texts a second of
wall time and of processor time; the other machine load is in the first but hardly in the second.
``--package`` names a second tree of the project; the two are then run in turn (A B A B …).

The texts are all different. ``dense``: nearly every text names a material or a part: labelled lines of
the project's corpus and names of its knowledge, each with sizes and with part, drawing or lot numbers,
in one of three ways of writing that belong to the line, as a company writes the sizes of one article.
``mixed``: the same, but written in any of a hundred ways. ``serial``: the same lines with nothing but a
serial number. ``tenth``: every tenth is dense, the others are item names with a number. ``names``: item
names of the Department of Defense with a serial number. ``none``: texts without a word of any rule.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
CORPUS = ROOT / "tests" / "data" / "recognition"
NOUNS = (
    "MAGNET", "Bracket", "SHAFT", "Housing", "PLATE", "SPACER", "BUSHING", "Ring", "DISC", "SCREW,CAP",
    "BAR", "Sheet", "TUBE", "Block", "PIN", "WASHER,FLAT", "FITTING", "cover", "BLADE", "Rod",
)  # fmt: skip
BLAND = (
    "CONNECTOR", "LABEL", "MANUAL", "HARNESS", "GASKET", "BELT", "PUMP", "FILTER", "COVER", "SEAL", "KIT",
    "PANEL", "DOOR", "HOSE", "CLAMP", "TIRE", "LAMP", "TENT", "HELMET", "BAG", "PALLET", "ROPE",
)  # fmt: skip
BLAND_MORE = (
    "ASSY", "LEFT", "RIGHT", "UPPER", "LOWER", "REAR", "FRONT", "SMALL", "LARGE", "GREEN", "BLACK", "SPARE",
)  # fmt: skip


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def material_texts() -> list[str]:
    """Labelled texts that name a material or a part, and names of the knowledge beside a noun."""
    found: list[str] = []
    for file in sorted(CORPUS.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as handle:
            found += [
                row["text"]
                for row in csv.DictReader(handle)
                if row["expected_material_ids"] or row.get("expected_part_rule_ids")
            ]
    random_ = random.Random(0)
    named = _lines(HERE / "data" / "material_texts.txt")
    found += [f"{random_.choice(NOUNS)}, {name}" for name in named]
    return list(dict.fromkeys(found))


LETTERS = "ABDEHJKLRSTVW"
NUMBERS = (
    "P/N {5}-{2}", "{3}-{5}", "{6}", "DWG {7}", "{letter}{5}-{3}", "LOT {4}{letter}", "{8} REV {letter}",
    "item {3}", "{4}-{3}-{2}",
)  # fmt: skip
"""Part, drawing, lot and item numbers as parts lists have them; {5} is a number of five digits."""
SIZES = (
    "{mm}x{mm}x{mm}", "{mm} x {mm} x {mm} mm", "{mm}x{mm}mm", "{mm}mm", "M{thread}x{mm}", "D{mm} L{mm}",
    "L={mm} mm", "{inch} X {inches}", '{inch}" THK X {whole}" X {whole}"', "{whole}/16 X {whole}-{eighth}/8",
    "\u00d8{mm} x {mm}", "{inch} DIA X {inches} LG",
)  # fmt: skip
"""Dimensions as parts lists have them, metric and in inches."""
ORDERS = (
    "{text} {size}", "{text} {number}", "{text}, {size}, {number}", "{number} {text} {size}",
    "{size} {text}",
)  # fmt: skip
_FIELD = re.compile(r"\{(\w+)\}")


def _filled(form: str, random_: random.Random) -> str:
    """A form with figures in its places."""

    def figure(match: re.Match[str]) -> str:
        kind, number = match[1], random_.randrange
        if kind.isdigit():
            return str(number(10 ** (int(kind) - 1), 10 ** int(kind)))
        if kind == "mm":
            return str(number(1, 400))
        if kind == "mms":
            return f"{number(1, 400)}.{number(1, 100)}"
        if kind == "inch":
            return f"{random_.choice(('', '0'))}.{number(10, 999)}"
        if kind == "inches":
            return f"{number(1, 48)}.{number(0, 99):02d}"
        if kind == "letter":
            return random_.choice(LETTERS)
        least, past = {"thread": (2, 21), "whole": (1, 97), "eighth": (1, 8)}[kind]
        return str(number(least, past))

    return _FIELD.sub(figure, form)


def _ways(count: int, random_: random.Random) -> list[str]:
    """Ways to write a line: an order of its parts, with a form of size and one of number.

    Every dimension in mm has decimals in half of the ways.
    """
    weights = (0.35, 0.25, 0.25, 0.1, 0.05)
    forms = [
        order.replace("{size}", random_.choice(SIZES)).replace("{number}", random_.choice(NUMBERS))
        for order in random_.choices(ORDERS, weights, k=count)
    ]
    return [re.sub("{mm}", lambda _: random_.choice(("{mm}", "{mms}")), form) for form in forms]


def _drawn(kind: str, seed: int) -> Iterator[str]:
    random_ = random.Random(seed)
    names = _lines(HERE / "data" / "dod_item_names.txt")
    base = material_texts()
    ways = {text: _ways(3, random_) for text in base}
    every = _ways(5000, random_)
    while True:
        if kind in ("dense", "mixed", "serial") or (kind == "tenth" and random_.random() < 0.1):
            text = random_.choice(base)
            if kind == "serial":
                yield f"{text} {random_.randrange(100_000, 9_999_999)}"
                continue
            way = random_.choice(every if kind == "mixed" else ways[text])
            before, after = way.split("{text}")
            yield _filled(before, random_) + text + _filled(after, random_)
        elif kind == "none":
            words = [random_.choice(BLAND), random_.choice(BLAND_MORE), random_.choice(BLAND_MORE)]
            yield f"{' '.join(words)} {random_.randrange(10_000_000)}"
        elif kind == "names":
            yield f"{random_.choice(names)} {random_.randrange(100_000, 9_999_999)}"
        else:
            yield f"{random_.choice(names)} {_filled(random_.choice(NUMBERS), random_)}"


def texts(kind: str, count: int, seed: int = 1) -> list[str]:
    """`count` different texts of a kind, in the order drawn; the same for the same seed."""
    found: dict[str, None] = {}
    for text in _drawn(kind, seed):
        found.setdefault(text)
        if len(found) == count:
            return list(found)
    raise AssertionError


def read_once(path: Path) -> dict[str, float]:
    """Read the texts of a file once, in this process; seconds, texts a second, MiB at the peak."""
    import polars as pl

    from bomrisk.knowledge import Knowledge
    from bomrisk.recognition.engine import recognizer_for

    recognizer = recognizer_for(Knowledge())
    list(recognizer.read(["Magnet N42SH", "neodimium magnet", "nothing"]))
    column = pl.Series("text", path.read_text(encoding="utf-8").split("\n"), dtype=pl.String)
    wall, cpu = time.perf_counter(), time.process_time()
    said = sum(1 for _ in recognizer.read(column))
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    scale = 1024 if sys.platform != "darwin" else 1024 * 1024
    return {
        "texts": column.len(),
        "said": said,
        "wall": wall,
        "cpu": cpu,
        "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale,
    }


def _process(path: Path, package: Path, core: int) -> dict[str, float]:
    """One fresh process on one core."""
    bind = getattr(os, "sched_setaffinity", None)
    done = subprocess.run(
        [sys.executable, str(Path(__file__).resolve()), "--read", str(path)],
        check=True,
        capture_output=True,
        env={**os.environ, "POLARS_MAX_THREADS": "1", "PYTHONPATH": str(package)},
        preexec_fn=(lambda: bind(0, {core})) if bind else None,
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _row(name: str, runs: Sequence[dict[str, float]]) -> str:
    def span(key: str) -> str:
        rates = [run["texts"] / run[key] for run in runs]
        return f"{median(rates):,.0f} ({min(rates):,.0f}-{max(rates):,.0f})"

    said = runs[0]["said"] / runs[0]["texts"]
    mib = max(run["mib"] for run in runs)
    return f"| {name} | {said:.0%} | {span('wall')} | {span('cpu')} | {mib:.0f} |"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print a table in Markdown."""
    parser = argparse.ArgumentParser(description="Measure the speed of recognition.")
    parser.add_argument("--texts", type=int, default=1_000_000)
    kinds = ("dense", "mixed", "serial", "tenth", "names", "none")
    parser.add_argument("--kinds", nargs="*", choices=kinds, default=kinds)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--core", type=int, default=0, help="core on which the processes run")
    parser.add_argument("--package", type=Path, nargs="*", default=[ROOT], help="trees to compare")
    parser.add_argument("--folder", type=Path, default=Path(), help="where the texts are written")
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.read:
        print(json.dumps(read_once(given.read)))
        return
    print("| texts | that say something | a second, wall | a second, processor | MiB |")
    print("|---|---|---|---|---|")
    for kind in given.kinds:
        path = given.folder / f"texts_{kind}_{given.texts}_{given.seed}.txt"
        if not path.exists():
            path.write_text("\n".join(texts(kind, given.texts, given.seed)), encoding="utf-8")
        runs: dict[Path, list[dict[str, float]]] = {package: [] for package in given.package}
        for _ in range(given.repeats):
            for package in given.package:
                runs[package].append(_process(path, package, given.core))
        for package, taken in runs.items():
            name = kind if len(runs) == 1 else f"{kind}, {package.name}"
            print(_row(name, taken), flush=True)


if __name__ == "__main__":
    main()
