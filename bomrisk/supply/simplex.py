"""The one door to the linear-programming solver (HiGHS): imported on first use, one solver kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

INFINITY = float("inf")


@cache
def _solver() -> Any:
    import highspy

    class Quiet(highspy.Highs):
        """HiGHS without its callbacks: turning them on prints a banner on standard output."""

        def enableCallbacks(self) -> None:  # noqa: N802 - the solver's own name
            pass

    solver: Any = Quiet()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("presolve", "off")
    solver.setOptionValue("solver", "simplex")
    solver.setOptionValue("primal_feasibility_tolerance", 1e-10)
    solver.setOptionValue("dual_feasibility_tolerance", 1e-10)
    return solver


@dataclass(frozen=True, slots=True)
class Rows:
    """A sparse matrix with limits on its rows: entry i is `values[i]` at (`rows[i]`, `columns[i]`)."""

    rows: list[int]
    columns: list[int]
    values: list[float]
    low: list[float]
    high: list[float]


def extremes(
    width: int, matrix: Rows, least: Mapping[int, float], greatest: Mapping[int, float]
) -> tuple[float, float] | None:
    """The least value of one cost and the greatest of another over x >= 0 and the rows' limits.

    Costs map columns to coefficients, the columns being 0 to `width` - 1; each cell of the matrix is
    given at most once. None where nothing is feasible.
    """
    import highspy
    import numpy as np

    rows = np.array(matrix.rows, dtype=np.int32)
    order = np.argsort(rows, kind="stable")
    starts = np.zeros(len(matrix.low) + 1, dtype=np.int32)
    np.cumsum(np.bincount(rows, minlength=len(matrix.low)), out=starts[1:])
    model = highspy.HighsLp()
    model.num_col_ = width
    model.num_row_ = len(matrix.low)
    model.col_cost_ = _cost(width, least)
    model.col_lower_ = np.zeros(width)
    model.col_upper_ = np.full(width, INFINITY)
    model.row_lower_ = np.array(matrix.low)
    model.row_upper_ = np.array(matrix.high)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = starts
    model.a_matrix_.index_ = np.array(matrix.columns, dtype=np.int32)[order]
    model.a_matrix_.value_ = np.array(matrix.values)[order]
    solver = _solver()
    solver.clearModel()
    solver.passModel(model)
    low = _run(solver)
    if low is None:
        return None
    solver.changeColsCost(width, np.arange(width, dtype=np.int32), -_cost(width, greatest))
    high = _run(solver)
    return None if high is None else (low, -high)


def _cost(width: int, terms: Mapping[int, float]) -> Any:
    import numpy as np

    cost = np.zeros(width)
    for column, value in terms.items():
        cost[column] = value
    return cost


def _run(solver: Any) -> float | None:
    import highspy

    solver.run()
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kOptimal:
        return float(solver.getObjectiveValue())
    if status in (
        highspy.HighsModelStatus.kInfeasible,
        highspy.HighsModelStatus.kUnboundedOrInfeasible,
    ):
        return None
    raise RuntimeError(f"the solver ended with {solver.modelStatusToString(status)}")
