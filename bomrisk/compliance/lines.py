"""Judging all lines of a BOM: each distinct set of facts once, joined back to its lines."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date

import polars as pl

from bomrisk.compliance.contract import ContractFacts
from bomrisk.compliance.judgement import Judgement
from bomrisk.compliance.origins import OTHER
from bomrisk.compliance.part import MAGNETS, UNKNOWN_MAGNET, PartFacts
from bomrisk.compliance.register import RULES
from bomrisk.knowledge import Knowledge
from bomrisk.supply import Declared
from bomrisk.supply.declaration import declared_from_text
from bomrisk.tables import FINDINGS

FULL_SHARE = 0.995
"""Declared shares of a cell that sum to less leave a remainder whose country nobody states."""

_FACTS = ("family", "item", "declared", "inferred")


def judge_lines(
    lines: pl.DataFrame,
    materials: pl.DataFrame,
    cases: pl.DataFrame,
    knowledge: Knowledge,
    *,
    contract: ContractFacts,
    as_of: date,  # noqa: ARG001 - rules that expire with the knowledge need it
) -> pl.DataFrame:
    """Findings (`bomrisk.tables.FINDINGS`) for every material of a line that a rule speaks of.

    Facts come from recognition (which material) and declarations (where); recognition alone never
    clears a line. A material that no rule covers has no finding.
    """
    families = {
        material_id: knowledge.covered_family(knowledge.materials[material_id])
        for material_id in materials["material_id"].unique().to_list()
    }
    covered = (
        materials.with_columns(
            family=pl.col("material_id").replace_strict(families, return_dtype=pl.String)
            if families
            else pl.lit(None, pl.String)
        )
        .filter(pl.col("family").is_not_null())
        .join(cases.select("case", "declared"), on="case", how="left", maintain_order="left")
        .with_columns(
            item=pl.when(pl.col("inferred") | ~pl.col("family").is_in([*MAGNETS, UNKNOWN_MAGNET]))
            .then(pl.lit("assembly"))
            .when(pl.col("line").is_in(_assemblies(materials)))
            .then(pl.lit("assembly"))
            .otherwise(pl.lit("magnet"))
        )
        .select("line", "material_id", *_FACTS)
    )
    distinct = covered.select(_FACTS).unique(maintain_order=True)
    judged = _judged(distinct, contract)
    findings = covered.join(judged, on=_FACTS, how="inner", maintain_order="left")
    return _fingerprinted(findings, lines).select(FINDINGS.names)


def _assemblies(materials: pl.DataFrame) -> pl.Series:
    """Lines whose type of part implies materials: motors and the like, which are no bare magnets."""
    return materials.filter(pl.col("inferred"))["line"].unique()


def _judged(distinct: pl.DataFrame, contract: ContractFacts) -> pl.DataFrame:
    rows = []
    for family, item, declared, inferred in distinct.iter_rows():
        part = PartFacts(
            material=family,
            item=item,
            origins=_origins(declared_from_text(declared or "")),
            inferred=inferred,
        )
        facts = (family, item, declared, inferred)
        rows += [
            (*facts, *_row(rule.judge(part, contract)))
            for rule in RULES.values()
            if family in rule.families and rule.applies(contract)
        ]
    schema = {name: distinct.schema[name] for name in _FACTS} | {
        name: FINDINGS.schema()[name]
        for name in (
            "rule",
            "code",
            "paragraph",
            "reason",
            "facts",
            "missing",
            "effective_from",
            "effective_to",
        )
    }
    return pl.DataFrame(rows, schema=schema, orient="row")  # type: ignore[arg-type]


def _row(judgement: Judgement) -> Sequence[object]:
    return (
        judgement.rule,
        judgement.code.value,
        judgement.paragraph,
        judgement.reason,
        "; ".join(judgement.facts),
        "; ".join(judgement.missing),
        judgement.effective_from,
        judgement.effective_to,
    )


def _origins(declared: tuple[Declared, ...]) -> dict[str, tuple[str, ...]]:
    """Countries per stage; shares that do not sum to one leave a country that nobody states."""
    origins = {}
    for one in declared:
        countries = one.countries
        shares = [origin.share for origin in one.origins if origin.share is not None]
        if shares and len(shares) == len(one.origins) and sum(shares) < FULL_SHARE:
            countries = (*countries, OTHER)
        origins[one.stage] = countries
    return origins


def _fingerprinted(findings: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Give each finding an identity that survives re-sorting and edits of other lines.

    It is a hash of rule, material, part number (else the normalized text), the part numbers above it,
    and the ordinal among equals.
    """
    words = pl.concat_str(
        [pl.col(field).fill_null("") for field in ("name", "description")], separator=" "
    )
    number = pl.coalesce(
        pl.col("part_number").replace("", None),
        pl.col("mpn").replace("", None),
        words.str.to_uppercase().str.replace_all(r"\s+", " ").str.strip_chars(),
    )
    named = lines.select(
        "line", key=pl.concat_str([number, pl.col("path").fill_null("")], separator="\x1f")
    )
    keyed = (
        findings.join(named, on="line", how="left", maintain_order="left")
        .with_columns(key=pl.concat_str(["rule", "material_id", "key"], separator="\x1f"))
        .with_columns(ordinal=pl.int_range(pl.len()).over("key"))
        .with_columns(key=pl.format("{}\x1f{}", "key", "ordinal"))
    )
    prints = [hashlib.blake2b(key.encode(), digest_size=8).hexdigest() for key in keyed["key"]]
    return keyed.with_columns(
        fingerprint=pl.Series(prints, dtype=pl.String), disposition=pl.lit(None, pl.String)
    ).sort("line", "rule", "material_id", maintain_order=True)
