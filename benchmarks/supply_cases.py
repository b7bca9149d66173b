"""Trace, bound and score many distinct supply cases in a fresh process, and print time and memory.

Usage: ``python benchmarks/supply_cases.py [--cases 1000] [--seed 1]``.

A case is a material with declarations of one to three stages, towards one of two country sets. The time is
that of a whole process from its start: imports, loading the knowledge, tracing with bounds and point,
frames and scores. Beside it stand the peer's published figures for as many cases of its own kind
(geopolrisk-py 2.0.1: one trade code at one stage each, 97 s and 1,511 MiB for 1,000 cases).
"""

from __future__ import annotations

import argparse
import random
import resource
import time

START = time.perf_counter()
PEER = "geopolrisk-py 2.0.1, measured 2026-11 on two shared cores: 1,000 cases 97 s, 1,511 MiB"
STAGES = ("mined", "separated", "reduced", "melted", "sintered", "magnetized", "manufactured")
COUNTRIES = ("USA", "CHN", "JPN", "DEU", "AUS", "MYS", "VNM", "KOR", "GBR", "FRA", "MMR", "EST")
SETS = (frozenset({"CHN"}), frozenset({"CHN", "RUS", "PRK", "IRN"}))


def supply_cases(
    materials: list[str], magnets: list[str], count: int, seed: int
) -> list[tuple[str, tuple[tuple[str, str], ...], frozenset[str]]]:
    """Distinct cases, six in ten of them magnets: material, declared (stage, country) pairs, country set."""
    rng = random.Random(seed)
    found: dict[tuple[str, tuple[tuple[str, str], ...], frozenset[str]], None] = {}
    while len(found) < count:
        material = rng.choice(magnets if rng.random() < 0.6 else materials)
        stages = sorted(rng.sample(STAGES, rng.choice((1, 2, 3))))
        declared = tuple((stage, rng.choice(COUNTRIES)) for stage in stages)
        found[material, declared, rng.choice(SETS)] = None
    return list(found)


def main() -> None:
    """Run the cases and print one line of figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()

    import polars as pl

    from bomrisk.knowledge import Knowledge
    from bomrisk.risk import score_lines
    from bomrisk.supply import trace_lines
    from bomrisk.tables import FINDINGS

    knowledge = Knowledge()
    magnets = [m.id for m in knowledge.materials.values() if "permanent_magnet" in m.family]
    cases = supply_cases(list(knowledge.materials), magnets, options.cases, options.seed)
    loaded = time.perf_counter()
    traced = 0
    bands: dict[str, int] = {}
    for countries in SETS:
        mine = [case for case in cases if case[2] == countries]
        lines = pl.DataFrame(
            [
                {"line": at, **{f"origin_{stage}": country for stage, country in declared}}
                for at, (_, declared, _) in enumerate(mine)
            ],
            schema={"line": pl.UInt32, **{f"origin_{stage}": pl.String for stage in STAGES}},
        )
        materials = pl.DataFrame(
            [
                {"line": at, "material_id": material, "inferred": False}
                for at, (material, _, _) in enumerate(mine)
            ],
            schema={"line": pl.UInt32, "material_id": pl.String, "inferred": pl.Boolean},
        )
        day = knowledge.edition
        traces = trace_lines(lines, materials, knowledge, as_of=day, to=countries)
        none = pl.DataFrame([], schema=FINDINGS.schema())
        scores = score_lines(lines, traces.materials, traces, none, knowledge, as_of=day)
        traced += traces.cases.height
        for band in scores.filter(indicator="overall")["band"].to_list():
            bands[band] = bands.get(band, 0) + 1
    done = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{traced} distinct supply cases: {done - START:.2f} s wall from start", end="")
    print(f" ({loaded - START:.2f} s of it imports and knowledge),", end=" ")
    print(f"{time.process_time():.2f} s CPU, {peak:.0f} MiB peak")
    print(f"bands: {', '.join(f'{count} {band}' for band, count in sorted(bands.items()))}")
    print(f"peer:  {PEER}")


if __name__ == "__main__":
    main()
