"""Mass of elements at risk: between its bounds, unknown counted, and the same at every run."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from bomrisk.risk.mass_at_risk import mass_at_risk
from bomrisk.tables import CONTENTS, EXPOSURES, MATERIALS, Table


def frame(table: Table, rows: list[dict[str, Any]]) -> pl.DataFrame:
    full = [{name: row.get(name) for name in table.names} for row in rows]
    return pl.DataFrame(full, schema=table.schema(), orient="row")


def held(
    line: int, element: str, low: float | None, likely: float | None, high: float | None
) -> Any:
    return {
        "line": line, "material_id": "smco_2_17", "element": element,
        "mass_low_g": low, "mass_likely_g": likely, "mass_high_g": high,
    }  # fmt: skip


def found(contents: list[Any], touch: tuple[float, float | None, float]) -> list[dict[str, Any]]:
    lines = sorted({row["line"] for row in contents})
    materials = [{"line": line, "material_id": "smco_2_17", "case": 0} for line in lines]
    low, point, high = touch
    exposed = [
        {
            "case": 0,
            "scope": "commodity",
            "commodity": "Sm",
            "low": low,
            "point": point,
            "high": high,
        }
    ]
    return mass_at_risk(
        frame(MATERIALS, materials), frame(CONTENTS, contents).lazy(), frame(EXPOSURES, exposed)
    ).to_dicts()


def test_a_certain_touch_of_a_certain_mass_is_the_mass() -> None:
    (row,) = found([held(0, "Sm", 10.0, 10.0, 10.0), held(1, "Sm", 5.0, 5.0, 5.0)], (1.0, 1.0, 1.0))
    assert row == {
        "element": "Sm", "lines": 2, "lines_unknown": 0, "mass_low_g": 15.0, "mass_likely_g": 15.0,
        "mass_high_g": 15.0, "touched_p05_g": 15.0, "touched_mean_g": 15.0, "touched_p95_g": 15.0,
    }  # fmt: skip


def test_draws_lie_between_the_bounds_and_about_their_mean() -> None:
    (row,) = found([held(0, "Sm", 8.0, 10.0, 12.0)], (0.2, 0.5, 0.8))
    assert row["mass_likely_g"] == pytest.approx(10.0, rel=0.02)
    assert row["touched_mean_g"] == pytest.approx(5.0, rel=0.03)
    assert (
        8 * 0.2 <= row["touched_p05_g"] < row["touched_mean_g"] < row["touched_p95_g"] <= 12 * 0.8
    )


def test_an_unknown_mass_is_counted_and_adds_nothing() -> None:
    (row,) = found(
        [held(0, "Sm", 10.0, 10.0, 10.0), held(1, "Sm", None, None, None)], (1.0, 1.0, 1.0)
    )
    assert (row["lines"], row["lines_unknown"], row["mass_likely_g"]) == (2, 1, 10.0)
    (only,) = found([held(0, "Sm", None, None, None)], (1.0, 1.0, 1.0))
    assert (only["lines_unknown"], only["mass_likely_g"], only["touched_mean_g"]) == (1, None, None)


def test_an_element_that_is_not_traced_has_an_unknown_touch() -> None:
    (row,) = found([held(0, "O", 10.0, 10.0, 10.0)], (1.0, 1.0, 1.0))
    assert row["mass_likely_g"] == 10.0
    assert (row["touched_p05_g"], row["touched_mean_g"], row["touched_p95_g"]) == (None, None, None)


def test_two_runs_give_the_same_bytes() -> None:
    rows = [held(0, "Sm", 8.0, None, 12.0), held(0, "Co", 1.0, 2.0, 4.0)]
    assert found(rows, (0.1, 0.5, 1.0)) == found(rows, (0.1, 0.5, 1.0))
