"""Tracing all lines of a BOM: declared origins are read once per cell text, supply cases traced once each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from bomrisk.knowledge import Knowledge
from bomrisk.knowledge.model import OTHER
from bomrisk.supply.chain import Step
from bomrisk.supply.concentration import hhi_of
from bomrisk.supply.declaration import LAST_STAGE, Declared, declared_from_text, declared_text
from bomrisk.supply.origin import read_origin
from bomrisk.supply.scope import Scope
from bomrisk.supply.tracer import Solution, Tracer
from bomrisk.supply.words import case_note
from bomrisk.tables import CASES, EXPOSURES, NOTES, STAGES, STEPS, Table

BARE = "country_of_origin"
NO_SHARES = "nobody published the shares of this step"


@dataclass(frozen=True, slots=True)
class Traces:
    """Frames of a traced BOM, as `bomrisk.tables` describes them.

    `materials` has `case` filled; `notes` are on declared origins. `solutions` are the traced cases
    themselves, in the order of `cases`, and `to` the countries they were traced towards.
    """

    materials: pl.DataFrame
    cases: pl.DataFrame
    steps: pl.DataFrame
    exposures: pl.DataFrame
    notes: pl.DataFrame
    solutions: tuple[Solution, ...] = ()
    to: frozenset[str] = frozenset()


def trace_lines(
    lines: pl.DataFrame,
    materials: pl.DataFrame,
    knowledge: Knowledge,
    *,
    as_of: date,
    to: frozenset[str],
) -> Traces:
    """Trace every distinct supply case of the lines: a material with one set of declared origins.

    `lines` needs `line` and the origin columns, `materials` one row per (line, material). A bare
    country of origin is taken for the last step only; an explicit column for that step goes before it.
    What cannot be read declares nothing and is noted with its row.
    """
    declared, notes = declarations_of(lines)
    keyed = (
        materials.drop("case", strict=False)
        .join(declared, on="line", how="left", maintain_order="left")
        .with_columns(pl.col("declared").fill_null(""))
    )
    cases = keyed.select("material_id", "declared").unique().sort("material_id", "declared")
    cases = cases.with_columns(case=pl.int_range(pl.len(), dtype=pl.UInt32))
    keyed = keyed.join(cases, on=["material_id", "declared"], how="left", maintain_order="left")
    order = [name for name in materials.columns if name != "case"]
    order.insert(order.index("material_id") + 1, "case")
    tracer = Tracer(knowledge, as_of=as_of, to=to)
    solved = [
        tracer.solve(material_id, declared_from_text(text))
        for material_id, text in cases.select("material_id", "declared").iter_rows()
    ]
    return Traces(
        keyed.select(order),
        cases_frame(solved, tracer),
        steps_frame(solved),
        exposures_frame(solved),
        notes,
        tuple(solved),
        to,
    )


def cases_frame(solved: Iterable[Solution], tracer: Tracer) -> pl.DataFrame:
    """One row per supply case, in the order given."""
    rows = []
    for case, solution in enumerate(solved):
        touch, grade = solution.touch, solution.scopes[-1].evidence
        rows.append(
            (
                case,
                solution.chain.material.id,
                declared_text(solution.declared),
                touch.low,
                touch.point,
                touch.high,
                str(grade) if grade else None,
                case_note(solution, tracer),
            )
        )
    return _frame(CASES, rows)


def steps_frame(solved: Iterable[Solution]) -> pl.DataFrame:
    """One row per supply case, step and country; an unknown step has one row without a country."""
    kept: dict[tuple[str, str], list[tuple[object, ...]]] = {}
    rows: list[tuple[object, ...]] = []
    for case, solution in enumerate(solved):
        told = {one.stage: one for one in solution.declared}
        lead = {solution.chain.branches[at].element for at in solution.chain.lead}
        lead |= {step.commodity for step in solution.chain.trunk}
        for scope in solution.scopes:
            step = scope.step
            if step is None:
                continue
            if step.stage in told and step.commodity in lead:
                rows += [(case, *row) for row in _declared_rows(step, told[step.stage])]
                continue
            key = (step.commodity, step.stage)
            if key not in kept:
                kept[key] = list(_share_rows(step))
            rows += [(case, *row) for row in kept[key]]
    return _frame(STEPS, rows)


def exposures_frame(solved: Iterable[Solution]) -> pl.DataFrame:
    """One row per supply case and scope: every step, every commodity, and the material last."""
    rows = []
    indexes: dict[tuple[str, str], tuple[float | None, float | None]] = {}
    for case, solution in enumerate(solved):
        for scope, value in zip(solution.scopes, solution.values, strict=True):
            index = _index(scope, indexes)
            grade = str(scope.evidence) if scope.evidence else None
            rows.append(
                (
                    case,
                    scope.scope,
                    scope.commodity,
                    scope.stage,
                    value.low,
                    value.point,
                    value.high,
                    *index,
                    grade,
                )
            )
    return _frame(EXPOSURES, rows)


def _index(
    scope: Scope, indexes: dict[tuple[str, str], tuple[float | None, float | None]]
) -> tuple[float | None, float | None]:
    if scope.step is None:
        return None, None
    key = (scope.step.commodity, scope.step.stage)
    if key not in indexes:
        index = hhi_of(scope.step.marginal) if scope.step.marginal else None
        indexes[key] = (index.low, index.high) if index else (None, None)
    return indexes[key]


def _declared_rows(step: Step, one: Declared) -> Iterable[tuple[object, ...]]:
    note = "" if one.reliability == 1.0 else f"believed to {one.reliability:.0%}"
    single = len(one.origins) == 1
    for origin in sorted(one.origins):
        share = 1.0 if single and origin.share is None else origin.share
        low, high = (0.0, 1.0) if share is None else (share, share)
        yield (
            step.commodity,
            step.stage,
            origin.country,
            low,
            share,
            high,
            True,
            None,
            "declared",
            None,
            note,
        )


def _share_rows(step: Step) -> Iterable[tuple[object, ...]]:
    """The rows of a step, largest share first, the remainder last."""
    if step.shares is None:
        yield (step.commodity, step.stage, *(None,) * 4, False, None, None, None, NO_SHARES)
        return
    rows = sorted(
        step.shares.shares, key=lambda row: (row.country == OTHER, -row.share, row.country)
    )
    for row in rows:
        yield (
            step.commodity,
            step.stage,
            row.country,
            row.low,
            row.share,
            row.high,
            False,
            row.year,
            str(row.evidence),
            ";".join(row.source_ids),
            row.note,
        )


def declarations_of(lines: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The declarations of each line in canonical text (`line`, `declared`), and the notes on them."""
    columns = [f"origin_{stage}" for stage in STAGES if f"origin_{stage}" in lines.columns]
    columns += [BARE] if BARE in lines.columns else []
    notes: list[pl.DataFrame] = []
    told = lines.select("line", *columns)
    if columns:
        told = told.filter(pl.any_horizontal(pl.col(columns).is_not_null()))
    for column in columns:
        told, unreadable = _read_column(told, column)
        notes.append(unreadable)
    last = f"origin_{LAST_STAGE}"
    if BARE in columns:
        if last in columns:
            notes.append(_disagreements(told, last))
            told = told.with_columns(pl.coalesce(last, BARE).alias(last))
        else:
            told = told.with_columns(pl.col(BARE).alias(last))
    parts = [
        pl.concat_str(pl.lit(f"{stage}="), pl.col(f"origin_{stage}"))
        for stage in STAGES
        if f"origin_{stage}" in told.columns
    ]
    text = pl.concat_str(parts, separator=";", ignore_nulls=True) if parts else pl.lit("")
    declared = told.select("line", declared=text).filter(pl.col("declared") != "")
    if not notes:
        return declared, _frame(NOTES, [])
    remarks = pl.concat(notes).sort("line", "text", maintain_order=True)
    place = lines.select("line", *(c for c in ("file", "sheet", "row") if c in lines.columns))
    joined = remarks.join(place, on="line", how="left", maintain_order="left")
    return declared, _shaped(joined)


def _read_column(told: pl.DataFrame, column: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Replace the cells of a column by canonical countries; return the notes on unreadable ones too."""
    texts = told[column].drop_nulls().unique().sort().to_list()
    cells = [read_origin(text) for text in texts]
    read = pl.DataFrame(
        {
            column: texts,
            "cell": [_canonical(cell.origins) if cell.origins else None for cell in cells],
            "why": [cell.unreadable for cell in cells],
        },
        schema={column: pl.String, "cell": pl.String, "why": pl.String},
    )
    joined = told.join(read, on=column, how="left", maintain_order="left")
    field = pl.lit(column.removeprefix("origin_").replace("_", " "))
    unreadable = joined.filter(pl.col("why").is_not_null()).select(
        "line",
        kind=pl.lit("origin"),
        text=pl.concat_str(
            pl.lit("origin ("),
            field,
            pl.lit(") cannot be read: "),
            "why",
            pl.lit("; taken as unknown"),
        ),
    )
    return joined.with_columns(pl.col("cell").alias(column)).drop("cell", "why"), unreadable


def _canonical(origins: Iterable[object]) -> str:
    return str(Declared("mined", tuple(origins))).partition("=")[2]  # type: ignore[arg-type]


def _disagreements(told: pl.DataFrame, last: str) -> pl.DataFrame:
    return told.filter(pl.col(last) != pl.col(BARE)).select(
        "line",
        kind=pl.lit("origin"),
        text=pl.format(
            "declared as manufactured in {}, with country of origin {}: the first is used",
            last,
            BARE,
        ),
    )


def _frame(table: Table, rows: Sequence[tuple[object, ...]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=table.schema(), orient="row")


def _shaped(frame: pl.DataFrame) -> pl.DataFrame:
    """The notes with every column of their table, in its order."""
    schema = NOTES.schema()
    return frame.select(
        (pl.col(name) if name in frame.columns else pl.lit(None)).cast(kind).alias(name)
        for name, kind in schema.items()
    )
