"""Findings summed up: per assembly, supplier and program; both regimes side by side; where rules differ."""

from __future__ import annotations

from typing import Literal

import polars as pl

from bomrisk.bom.generations import deepest_first
from bomrisk.compliance.contract import ContractFacts
from bomrisk.compliance.judgement import SEVERITY
from bomrisk.tables.summed import STANDINGS

By = Literal["assembly", "supplier", "program"]

REGIMES = ("US-DFARS-7018-A", "US-DFARS-7018-B")
METALS = "US-DFARS-7003"
NOT_STATED = "supplier not stated"

_RANK = {code.value: rank for rank, code in enumerate(SEVERITY)}
_CODE = {rank: code for code, rank in _RANK.items()}


def _worst(findings: pl.DataFrame, *keys: str) -> pl.DataFrame:
    """The worst code of each rule per key."""
    rank = pl.col("code").replace_strict(_RANK, return_dtype=pl.Int8)
    return (
        findings.with_columns(rank=rank)
        .group_by(*keys, maintain_order=True)
        .agg(pl.col("rank").max())
        .with_columns(code=pl.col("rank").replace_strict(_CODE, return_dtype=pl.String))
        .drop("rank")
    )


def rollup(findings: pl.DataFrame, lines: pl.DataFrame, *, by: By) -> pl.DataFrame:
    """How many lines stand how under each rule, per group: `group`, `rule`, `code`, `lines`, `worst`.

    A line counts once per rule, by its worst code. An assembly counts every line below it; `group` is
    then its `line_id`. The program is the whole BOM, per root.
    """
    own = _worst(findings, "line", "rule").with_columns(lines=pl.lit(1, pl.Int32))
    if by == "supplier":
        name = pl.col("supplier").str.strip_chars().replace("", None).fill_null(NOT_STATED)
        counted = _counted(own.join(lines.select("line", group=name), on="line"), "group")
    else:
        below = _below(own, lines)
        if by == "program":
            roots = lines.filter(pl.col("parent").is_null()).select("line")
            below = pl.concat([own.select(below.columns), below]).join(roots, on="line", how="semi")
            below = _counted(below, "line")
        counted = below.join(lines.select("line", group="line_id"), on="line").drop("line")
    worst = _worst(counted, "group", "rule").rename({"code": "worst"})
    return (
        counted.join(worst, on=["group", "rule"], how="left")
        .select("group", "rule", "code", "lines", "worst")
        .sort("group", "rule", "code")
    )


def standings(findings: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """The `standings` table: the program first, then suppliers, then assemblies."""
    parts = [
        rollup(findings, lines, by=by).with_columns(scope=pl.lit(by))
        for by in ("program", "supplier", "assembly")
    ]
    return pl.concat(parts).select(STANDINGS.names)


def _below(own: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Per assembly the counted results of all lines below it: `line`, `rule`, `code`, `lines`."""
    own = own.select("line", "rule", "code", "lines")
    below = own.clear()
    for generation in deepest_first(lines):
        risen = (
            pl.concat([own, below])
            .join(generation, on="line")
            .select("rule", "code", "lines", line="parent")
        )
        below = _counted(pl.concat([below, risen.select(below.columns)]), "line")
    return below


def _counted(results: pl.DataFrame, key: str) -> pl.DataFrame:
    return results.group_by(key, "rule", "code").agg(pl.col("lines").sum())


def side_by_side(findings: pl.DataFrame) -> pl.DataFrame:
    """The `regimes` table: per line both regimes of 252.225-7052, and what follows in words."""
    codes = _worst(findings.filter(pl.col("rule").is_in(REGIMES)), "line", "rule").pivot(
        on="rule", index="line", values="code"
    )
    for rule in REGIMES:
        if rule not in codes.columns:
            codes = codes.with_columns(pl.lit(None, pl.String).alias(rule))
    a, b = pl.col(REGIMES[0]), pl.col(REGIMES[1])
    clear = ("PASS", "EXEMPT", "NOT_APPLICABLE")
    said = (
        pl.when(a.is_in(clear) & b.is_in(clear))
        .then(pl.lit("deliverable under both regimes"))
        .when(a.is_in(clear) & (b == "FAIL"))
        .then(pl.lit("deliverable until 2026-12-31, not after"))
        .when(a.is_in(clear) & b.is_not_null())
        .then(pl.lit("deliverable until 2026-12-31; not proven after"))
        .when((a == "FAIL") & b.is_in(clear))
        .then(pl.lit("not deliverable until 2026-12-31; deliverable after"))
        .when(a == "FAIL")
        .then(pl.lit("not deliverable"))
        .when(b == "FAIL")
        .then(pl.lit("not proven until 2026-12-31, not deliverable after"))
        .otherwise(pl.lit("not proven"))
    )
    return codes.select("line", until_2026=a, from_2027=b, said=said).sort("line")


def overlap(findings: pl.DataFrame) -> pl.DataFrame:
    """The `overlaps` table: how 7009 and each regime of 7052 see the same materials of lines.

    One row per pair of codes, with the count and, of the first line, why it passes the one and fails
    the other.
    """
    metals = findings.filter(pl.col("rule") == METALS).select(
        "line", "material_id", code_7009="code", reason_7009="reason"
    )
    others = findings.filter(pl.col("rule").is_in(REGIMES)).select(
        "line", "material_id", "rule", "code", "reason"
    )
    return (
        others.join(metals, on=["line", "material_id"], how="inner")
        .sort("rule", "code", "code_7009", "line", "material_id")
        .group_by("rule", "code", "code_7009", maintain_order=True)
        .agg(
            pl.len().cast(pl.Int32).alias("count"),
            pl.col("line").first(),
            pl.col("reason").first(),
            pl.col("reason_7009").first(),
        )
    )


def clause_register(findings: pl.DataFrame, contract: ContractFacts) -> pl.DataFrame:
    """The `clauses` table: contract, clause, edition, exception relied on and its basis, ready to be sampled.

    One row per line and rule, by its worst result. An edition that is only assumed says so in `stated`.
    """
    clauses = {**dict.fromkeys(REGIMES, "252.225-7052"), METALS: "252.225-7009"}
    stated = "contract" if "clauses" in contract.model_fields_set else "assumed"
    exempt = pl.col("code") == "EXEMPT"
    rank = pl.col("code").replace_strict(_RANK, return_dtype=pl.Int8)
    return (
        findings.filter(pl.col("rule").is_in(list(clauses)))
        .sort("line", "rule", rank, "material_id", descending=[False, False, True, False])
        .unique(["line", "rule"], keep="first", maintain_order=True)
        .with_columns(clause=pl.col("rule").replace_strict(clauses, return_dtype=pl.String))
        .select(
            "line",
            "rule",
            "code",
            contract=pl.lit(contract.id, pl.String),
            award=pl.lit(contract.award.isoformat() if contract.award else None, pl.String),
            clause="clause",
            edition=pl.col("clause").replace_strict(
                dict(contract.clauses), default=None, return_dtype=pl.String
            ),
            stated=pl.lit(stated),
            exception=pl.when(exempt).then("paragraph"),
            basis=pl.when(exempt).then("facts"),
        )
    )
