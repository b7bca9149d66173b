"""The one door to the linear-programming solver (HiGHS): imported on first use, one solver kept."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

INFINITY = float("inf")


@cache
def _solver() -> Any:
    import highspy

    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("presolve", "off")
    solver.setOptionValue("solver", "simplex")
    solver.setOptionValue("primal_feasibility_tolerance", 1e-10)
    solver.setOptionValue("dual_feasibility_tolerance", 1e-10)
    return solver


def optimum(
    cost: Sequence[float],
    upper: Sequence[float],
    entries: Sequence[tuple[int, int, float]],
    row_low: Sequence[float],
    row_high: Sequence[float],
    *,
    least: bool,
) -> float | None:
    """The least or greatest value of cost · x over 0 <= x <= upper, row_low <= A x <= row_high.

    `entries` are (row, column, value) of A, each cell at most once. None where nothing is feasible.
    """
    import highspy
    import numpy as np

    rows = np.fromiter((e[0] for e in entries), dtype=np.int32, count=len(entries))
    columns = np.fromiter((e[1] for e in entries), dtype=np.int32, count=len(entries))
    values = np.fromiter((e[2] for e in entries), dtype=np.float64, count=len(entries))
    order = np.lexsort((columns, rows))
    starts = np.zeros(len(row_low) + 1, dtype=np.int32)
    np.cumsum(np.bincount(rows, minlength=len(row_low)), out=starts[1:])
    model = highspy.HighsLp()
    model.num_col_ = len(cost)
    model.num_row_ = len(row_low)
    model.col_cost_ = np.asarray(cost, dtype=np.float64)
    model.col_lower_ = np.zeros(len(cost))
    model.col_upper_ = np.asarray(upper, dtype=np.float64)
    model.row_lower_ = np.asarray(row_low, dtype=np.float64)
    model.row_upper_ = np.asarray(row_high, dtype=np.float64)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = starts
    model.a_matrix_.index_ = columns[order]
    model.a_matrix_.value_ = values[order]
    model.sense_ = highspy.ObjSense.kMinimize if least else highspy.ObjSense.kMaximize
    solver = _solver()
    solver.clearModel()
    solver.passModel(model)
    solver.run()
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kOptimal:
        return float(solver.getInfo().objective_function_value)
    if status in (
        highspy.HighsModelStatus.kInfeasible,
        highspy.HighsModelStatus.kUnboundedOrInfeasible,
    ):
        return None
    raise RuntimeError(f"the solver ended with {solver.modelStatusToString(status)}")
