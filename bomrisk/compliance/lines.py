"""Judging all lines of a BOM: each distinct set of facts once, joined back to its lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import chain

import polars as pl

from bomrisk.compliance.claim import BOM_COLUMN, Claims, by_material, read_claims
from bomrisk.compliance.claim import NONE as NOT_HELD
from bomrisk.compliance.classification import (
    COVERED,
    FAMILIES,
    MAGNETS,
    NONE,
    UNKNOWN_MAGNET,
    make_of,
)
from bomrisk.compliance.contract import ContractFacts
from bomrisk.compliance.contradiction import denied, disputed, doubted
from bomrisk.compliance.fingerprint import SEPARATOR, fingerprinted
from bomrisk.compliance.itemkind import with_item
from bomrisk.compliance.judgement import Code, Judgement
from bomrisk.compliance.matter import Matter, matter_of
from bomrisk.compliance.part import PartFacts
from bomrisk.compliance.register import all_rules
from bomrisk.compliance.rule import Kind, Rule
from bomrisk.compliance.substance import DECLARED, RECOGNIZED, not_cleared, open_elements
from bomrisk.knowledge import Knowledge
from bomrisk.supply.declaration import declared_from_text
from bomrisk.supply.origin import read_origin
from bomrisk.tables import FINDINGS, STAGES

KINDS = frozenset((Kind.DELIVERY, Kind.RECORD, Kind.CONTROL, Kind.DUTY))
"""Rules that a BOM is judged by; exceptions stand in the ruling they decide, lists flag materials."""

CONTRACT_FACTS = frozenset(
    ("platform", "clauses", "ship_from", "ship_to", "ship_date", "end_use", "entry_date", "program")
)
"""Missing facts that the contract owes, not the line: said once for the contract (`unjudged`)."""

DECLARATION = "(declaration "
"""How the source of a fact begins that stands in a supplier's answer."""
UNPROVED = "so the BOM's own columns state; no supplier's declaration was read for it"

_FACTS = ("material_id", "item", "declared", "unread", "inferred", "claimed", "by_substances")
_ANSWER = (
    "rule",
    "code",
    "paragraph",
    "reason",
    "facts",
    "missing",
    "effective_from",
    "effective_to",
)


def judge_lines(
    lines: pl.DataFrame,
    materials: pl.DataFrame,
    cases: pl.DataFrame,
    knowledge: Knowledge,
    *,
    contract: ContractFacts,
    as_of: date,
    claims: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Findings (`bomrisk.tables.FINDINGS`) for every material of a line that a rule speaks of.

    Facts come from recognition (which material) and declarations (where); recognition alone never
    clears a line. `claims` (`bomrisk.compliance.claim`) are facts that suppliers state, such as COTS. Of
    a material that no rule speaks of there is no finding.
    """
    keyed = (
        materials.select(
            "line",
            "material_id",
            "case",
            "inferred",
            by_substances=pl.col("field").eq_missing(pl.lit(DECLARED)),
        )
        .join(cases.select("case", "declared"), on="case", how="left", maintain_order="left")
        .join(_unreadable(lines), on="line", how="left", maintain_order="left")
        .join(
            by_material(claims, materials, knowledge),
            on=["line", "material_id"],
            how="left",
            maintain_order="left",
        )
        .with_columns(pl.col("declared", "unread", "claimed").fill_null(""))
    )
    keyed = with_item(keyed, lines, knowledge).select("line", *_FACTS)
    distinct = keyed.select(_FACTS).unique(maintain_order=True)
    answers = _answers(distinct, knowledge, contract, as_of)
    findings = keyed.join(answers, on=_FACTS, how="inner", maintain_order="left")
    findings = findings.with_columns(inferred="supposed").drop("supposed")
    return (
        fingerprinted(findings, lines)
        .with_columns(disposition=pl.lit(None, pl.String))
        .sort("line", "rule", "material_id", maintain_order=True)
        .select(FINDINGS.names)
    )


def unjudged(contract: ContractFacts) -> tuple[str, ...]:
    """What the contract leaves open, so that whole families of rules cannot be judged, in sentences."""
    said = []
    if contract.platform is None:
        said.append(
            "Specialty metals (252.225-7009) are judged only where a melt is declared: the contract does"
            " not state the platform."
        )
    if contract.ship_from is None:
        said.append(
            "Chinese export controls are not judged: the contract states no place of shipment."
        )
    if contract.duty_day() is None:
        said.append("US duties are not judged: the contract states no day of entry or delivery.")
    return tuple(said)


def _answers(
    distinct: pl.DataFrame, knowledge: Knowledge, contract: ContractFacts, as_of: date
) -> pl.DataFrame:
    """Every distinct set of facts with its findings, one row each."""
    schema = {name: distinct.schema[name] for name in _FACTS}
    schema |= {name: FINDINGS.schema()[name] for name in _ANSWER}
    schema["supposed"] = pl.Boolean()
    rows: list[tuple[object, ...]] = []
    asked: tuple[Rule, ...] | None = None
    for facts in distinct.iter_rows():
        material, item, declared, unread, inferred, claimed, by_substances = facts
        claims = read_claims(claimed)
        part = _part(material, item, declared, unread, inferred, claims, by_substances)
        part = _as_told(part, claims, knowledge)
        matter = matter_of(part, contract, knowledge, as_of=as_of)
        asked = _asked(matter) if asked is None else asked
        judged = _judgements(matter, asked, claims)
        if by_substances:
            judged = chain(map(not_cleared, judged), open_elements(matter, asked))
        caught = _caught(matter, asked, claims)
        judged = denied(judged, claims, inferred=part.inferred, caught=caught)
        rows += [(*facts, *_row(judgement), part.inferred) for judgement in judged]
    return pl.DataFrame(rows, schema=schema, orient="row")


def _asked(matter: Matter) -> tuple[Rule, ...]:
    """The rules that the contract's days and places leave to ask; the same for every line."""
    silent = set()
    if matter.contract.ship_from is None:
        silent.add(Kind.CONTROL)
    if matter.contract.duty_day() is None:
        silent.add(Kind.DUTY)
    return tuple(
        rule
        for rule in all_rules().values()
        if rule.kind in KINDS - silent and not rule.out_of_time(matter)
    )


def _by_the_bom(matter: Matter, claims: Claims) -> Matter | None:
    """The same part with the countries of the BOM's own columns, where a declaration names others."""
    columns = claims.columns()
    if not columns:
        return None
    sources = dict(matter.part.sources)
    for stage in columns:
        sources.pop(f"origins.{stage}", None)
    told = {"origins": {**matter.part.origins, **columns}, "sources": sources}
    part = matter.part.model_copy(update=told)
    return matter_of(part, matter.contract, matter.knowledge, as_of=matter.as_of)


def _by_doubts(matter: Matter, claims: Claims) -> Matter | None:
    """The same part with the countries of answers that clear nothing."""
    doubts = claims.doubts()
    if not doubts:
        return None
    cells = {stage: claim.value for stage, claim in doubts.items()}
    sources = {f"origins.{stage}": claim.source for stage, claim in doubts.items()}
    told = {
        "origins": {**matter.part.origins, **cells},
        "sources": {**matter.part.sources, **sources},
    }
    part = matter.part.model_copy(update=told)
    return matter_of(part, matter.contract, matter.knowledge, as_of=matter.as_of)


def _caught(matter: Matter, asked: Iterable[Rule], claims: Claims) -> frozenset[str]:
    """Rules that would fail a guess which its supplier denies, by the countries that anybody states."""
    claim = claims.contains()
    if not matter.part.inferred or claim is None or claim.value != NOT_HELD:
        return frozenset()
    found = set()
    for one in (matter, _by_doubts(matter, claims)):
        if one is not None and one.places:
            part = one.part.model_copy(update={"inferred": False})
            named = matter_of(part, one.contract, one.knowledge, as_of=one.as_of)
            found |= {rule.id for rule in asked if rule.judge(named).code is Code.FAIL}
    return frozenset(found)


def _judgements(matter: Matter, asked: Iterable[Rule], claims: Claims) -> Iterable[Judgement]:
    by_the_bom = _by_the_bom(matter, claims)
    by_doubts = _by_doubts(matter, claims)
    plain = matter.family in (None, NONE) and matter.make.specialty.is_one is False
    for rule in asked:
        if plain and rule.kind is Kind.DELIVERY and rule.family in ("7018", "7003", "4872"):
            continue
        judgement = rule.judge(matter)
        if by_the_bom is not None:
            judgement = disputed(judgement, rule.judge(by_the_bom), claims.columns())
        if by_doubts is not None:
            judgement = doubted(judgement, rule.judge(by_doubts))
        judgement = _by_columns_alone(judgement, claims)
        if _worth_a_row(rule, judgement, matter):
            yield judgement


def _by_columns_alone(judgement: Judgement, claims: Claims) -> Judgement:
    """A clearance says so where it rests on what the BOM states, without any supplier's declaration.

    Where the supplier refuses to declare it is for review.
    """
    said = " ".join(judgement.facts)
    if judgement.code is not Code.PASS or DECLARATION in said or BOM_COLUMN not in said:
        return judgement
    refusal = claims.refused()
    if refusal is None:
        return replace(judgement, reason=f"{judgement.reason}; {UNPROVED}")
    return replace(
        judgement,
        code=Code.REVIEW,
        reason=f"its supplier does not declare ({refusal.value}); by the BOM's own columns PASS:"
        f" {judgement.reason}",
        facts=(*judgement.facts, f"refused ({refusal.source})"),
        missing=(*judgement.missing, "a declaration, or a test of the part"),
    )


def _worth_a_row(rule: Rule, judgement: Judgement, matter: Matter) -> bool:
    """Whether a judgement is a finding of the line: it speaks of it, and lacks more than the contract owes.

    A specialty metal whose declared melt would fail stays, though the platform is not stated.
    """
    if judgement.code is Code.NOT_APPLICABLE:
        return rule.family == "7018" and matter.family in (*COVERED, UNKNOWN_MAGNET)
    if rule.id.startswith("US-CLAUSE-"):
        return judgement.code is Code.REVIEW
    if judgement.code is not Code.INCOMPLETE:
        return True
    owed = CONTRACT_FACTS.intersection(judgement.missing)
    if rule.kind is Kind.DUTY:
        return False
    if rule.kind is Kind.DELIVERY and "platform" in owed:
        return "melted" in matter.places
    return not owed or not owed.issuperset(judgement.missing)


def _part(
    material_id: str,
    item: str,
    declared: str,
    unread: str,
    inferred: bool,
    claims: Claims,
    by_substances: bool,
) -> PartFacts:
    told = {
        one.stage: str(one).partition("=")[2].partition("@")[0]
        for one in declared_from_text(declared)
    }
    told |= dict(part.split("=", 1) for part in unread.split(SEPARATOR) if part)
    recognized = "inferred from the type of part" if inferred else "recognized in the text"
    recognized = RECOGNIZED if by_substances else recognized
    return PartFacts.model_construct(
        material=material_id,
        item=item,
        origins=claims.origins(told),
        inferred=bool(inferred),
        sources={
            "material": recognized,
            "item": "read from the text",
            "origins": BOM_COLUMN,
            **claims.sources(),
        },
        cots=claims.flag("cots"),
        recycled=claims.flag("recycled"),
    )


def _as_told(part: PartFacts, claims: Claims, knowledge: Knowledge) -> PartFacts:
    """The part as its supplier says: the magnet named, a guess from the type of part confirmed."""
    claim = claims.contains()
    if claim is None or claim.value == NOT_HELD:
        return part
    family = make_of(part, knowledge).family
    told: dict[str, object] = {"sources": {**part.sources, "material": claim.source}}
    if family == UNKNOWN_MAGNET and claim.value in MAGNETS:
        return part.model_copy(update={**told, "material": claim.value, "inferred": False})
    of_it = claim.value == family or (claim.value == "specialty" and family not in FAMILIES)
    if part.inferred and of_it:
        return part.model_copy(update={**told, "inferred": False})
    return part


def _row(judgement: Judgement) -> tuple[object, ...]:
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


def _unreadable(lines: pl.DataFrame) -> pl.DataFrame:
    """Country cells that cannot be read, "stage=cell", one text per line that has any."""
    columns = {f"origin_{stage}": stage for stage in STAGES if f"origin_{stage}" in lines.columns}
    parts = []
    for column, stage in columns.items():
        texts = lines[column].drop_nulls().unique().to_list()
        bad = sorted(text for text in texts if read_origin(text).unreadable)
        if bad:
            cells = pl.format("{}={}", pl.lit(stage), column)
            parts.append(lines.filter(pl.col(column).is_in(bad)).select("line", unread=cells))
    if not parts:
        return pl.DataFrame(schema={"line": pl.UInt32, "unread": pl.String})
    return (
        pl.concat(parts)
        .group_by("line", maintain_order=True)
        .agg(pl.col("unread").str.join(SEPARATOR))
        .with_columns(pl.col("line").cast(pl.UInt32))
    )
