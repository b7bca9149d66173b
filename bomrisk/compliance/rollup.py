"""Findings summed up: per assembly, supplier and program; both regimes side by side; where rules differ."""

from __future__ import annotations

from typing import Literal

import polars as pl

from bomrisk.compliance.contract import ContractFacts
from bomrisk.compliance.judgement import SEVERITY

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
    per_line = _worst(findings, "line", "rule")
    members = _groups(lines, by)
    counted = (
        per_line.join(members, on="line", how="inner")
        .group_by("group", "rule", "code")
        .agg(lines=pl.col("line").n_unique())
    )
    worst = _worst(counted, "group", "rule").rename({"code": "worst"})
    return counted.join(worst, on=["group", "rule"], how="left").sort("group", "rule", "code")


def _groups(lines: pl.DataFrame, by: By) -> pl.DataFrame:
    """(line, group) pairs; for assemblies a line stands under each one above it."""
    if by == "supplier":
        name = pl.col("supplier").str.strip_chars().replace("", None).fill_null(NOT_STATED)
        return lines.select("line", group=name)
    up = lines.select("line", "parent").filter(pl.col("parent").is_not_null())
    ids = lines.select(parent="line", group="line_id")
    pairs = []
    reach = up
    while not reach.is_empty():
        pairs.append(reach)
        reach = reach.join(up.rename({"parent": "next"}), left_on="parent", right_on="line").select(
            "line", parent="next"
        )
    if by == "program":
        roots = lines.filter(pl.col("parent").is_null()).select("line", parent="line")
        above = pl.concat(pairs) if pairs else roots.clear()
        root_ids = roots["line"].implode()
        pairs = [roots, above.filter(pl.col("parent").is_in(root_ids))]
    if not pairs:
        return pl.DataFrame(schema={"line": pl.UInt32, "group": pl.String})
    return pl.concat(pairs).join(ids, on="parent", how="left").select("line", "group")


def side_by_side(findings: pl.DataFrame) -> pl.DataFrame:
    """Per line both regimes of 252.225-7052 and what follows: `line`, `until_2026`, `from_2027`, `said`."""
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
    """Materials that two rules see differently: 7009 against each regime of 7052.

    One row per pair of codes: `rule`, `code`, `code_7009`, `count` of materials, and of the first of
    them `line`, `reason`, `reason_7009`: why it passes the one and fails the other.
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
            pl.len().alias("count"),
            pl.col("line").first(),
            pl.col("reason").first(),
            pl.col("reason_7009").first(),
        )
    )


def clause_register(
    findings: pl.DataFrame, lines: pl.DataFrame, contract: ContractFacts
) -> pl.DataFrame:
    """Per line: contract, clause, edition, date, exception relied on and its basis, ready to be sampled.

    Columns `line_id`, `part_number`, `supplier`, `contract`, `award`, `clause`, `edition`, `stated`,
    `code`, `exception`, `basis`. An edition that is only assumed says so in `stated`.
    """
    clauses = {**dict.fromkeys(REGIMES, "252.225-7052"), METALS: "252.225-7009"}
    stated = "contract" if "clauses" in contract.model_fields_set else "assumed"
    exempt = pl.col("code") == "EXEMPT"
    return (
        findings.filter(pl.col("rule").is_in(list(clauses)))
        .with_columns(clause=pl.col("rule").replace_strict(clauses, return_dtype=pl.String))
        .join(lines.select("line", "line_id", "part_number", "supplier"), on="line", how="left")
        .select(
            "line_id",
            "part_number",
            "supplier",
            "rule",
            "code",
            "clause",
            contract=pl.lit(contract.id, pl.String),
            award=pl.lit(contract.award.isoformat() if contract.award else None, pl.String),
            edition=pl.col("clause").replace_strict(
                dict(contract.clauses), default=None, return_dtype=pl.String
            ),
            stated=pl.lit(stated),
            exception=pl.when(exempt).then("paragraph"),
            basis=pl.when(exempt).then("facts"),
        )
        .sort("line_id", "rule")
    )
