"""Roll-up: worst of everything below, with counts that add up; one chokepoint is never averaged away."""

from __future__ import annotations

import polars as pl

from bomrisk.risk.rollup import program, roll_up


def tree(parents: list[int | None]) -> pl.DataFrame:
    return pl.DataFrame(
        {"line": range(len(parents)), "parent": parents},
        schema={"line": pl.UInt32, "parent": pl.UInt32},
    )


def scores(bands: list[str]) -> pl.DataFrame:
    return pl.DataFrame(
        {"line": range(len(bands)), "indicator": ["overall"] * len(bands), "band": bands},
        schema={"line": pl.UInt32, "indicator": pl.String, "band": pl.String},
    )


def test_an_assembly_is_as_bad_as_the_worst_below_it_and_counts_all() -> None:
    # 0 is the end item with 1 and 2; 3 and 4 lie under 1; 5 under 4
    found = roll_up(
        tree([None, 0, 0, 1, 1, 4]),
        scores(["Low", "Low", "Moderate", "Low", "Unknown", "Critical"]),
    )
    rows = {row["line"]: row for row in found.iter_rows(named=True)}
    assert rows[0]["band"] == "Critical"
    assert rows[0]["own_band"] == "Low"
    assert {b: rows[0][b] for b in ("critical", "moderate", "unknown", "low")} == {
        "critical": 1,
        "moderate": 1,
        "unknown": 1,
        "low": 3,
    }
    assert rows[2]["band"] == "Moderate"
    assert rows[3]["band"] == "Low"
    assert (rows[4]["band"], rows[4]["critical"], rows[4]["unknown"]) == ("Critical", 1, 1)


def test_two_roots_and_a_cycle_lose_no_line() -> None:
    found = roll_up(tree([None, None, 3, 2]), scores(["Low", "High", "Critical", "Low"]))
    assert found["band"].to_list() == ["Low", "High", "Critical", "Low"]
    assert found["line"].to_list() == [0, 1, 2, 3]


def test_the_program_lists_every_band_the_worst_first() -> None:
    counts = program(scores(["Low", "High", "High", "Unknown"]))
    assert list(counts) == ["Critical", "High", "Moderate", "Unknown", "Low"]
    assert counts["High"] == 2
    assert sum(counts.values()) == 4
