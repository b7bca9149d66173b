"""How both regimes of DFARS 225.7018 decide: exceptions first, then the stages, each judged alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bomrisk.compliance.contract import ContractFacts
from bomrisk.compliance.judgement import Code
from bomrisk.compliance.origins import (
    COVERED,
    NOT_NAMED,
    WORDS,
    covered_there,
    done,
    facts,
    inside,
    partly_unknown,
    stated,
)
from bomrisk.compliance.part import MAGNETS, UNKNOWN_MAGNET, PartFacts
from bomrisk.compliance.rule import Decision
from bomrisk.compliance.rules.exceptions_7018 import exception, not_restricted

LAST_STEP = "magnetized"
"""Of a bare magnet the country of origin speaks of its last step."""


@dataclass(frozen=True, slots=True)
class Regime:
    """What one regime catches and demands, by covered family.

    `demanded` lists groups: of each group one stage needs a country. `mines` is whether the regime
    reaches back to the mine.
    """

    paragraphs: Mapping[str, str]
    caught: Mapping[str, tuple[str, ...]]
    demanded: Mapping[str, tuple[tuple[str, ...], ...]]
    words: str
    mines: bool


def decide(regime: Regime, part: PartFacts, contract: ContractFacts) -> Decision:
    """Judge a part under one regime of 225.7018."""
    family = part.family
    if family is None or family not in regime.paragraphs:
        return Decision(
            Code.NOT_APPLICABLE,
            "225.7018-2",
            f"{family or 'the material'} is not among the materials of the clause",
        )
    excluded = not_restricted(contract)
    if excluded:
        return excluded
    by_stage = _by_stage(regime, family, _with_last_step(part))
    if by_stage.code is Code.PASS:
        return by_stage
    relief = exception(part, contract, mines=regime.mines)
    if relief is None:
        return by_stage
    if relief.code is Code.REVIEW:
        reason = f"{relief.reason}; otherwise {by_stage.code}: {by_stage.reason}"
        merged = (*relief.facts, *by_stage.facts)
        return Decision(Code.REVIEW, relief.paragraph, reason, merged, by_stage.missing)
    return relief


def _with_last_step(part: PartFacts) -> PartFacts:
    """A bare magnet whose country of origin alone is known was last worked, magnetized, there."""
    origins = dict(part.origins)
    countries = origins.get("manufactured")
    if part.item != "magnet" or countries is None or LAST_STEP in origins:
        return part
    origins[LAST_STEP] = countries
    return part.model_copy(update={"origins": origins})


def _by_stage(regime: Regime, family: str, part: PartFacts) -> Decision:
    paragraph = regime.paragraphs[family]
    known = stated(part, regime.caught[family])
    bad = inside(part, known, COVERED)
    made_there = part.item == "end-item" and inside(part, ("manufactured",), COVERED)
    if bad or made_there:
        return _covered(regime, family, part, bad or ("manufactured",), known)
    unclear = inside(part, known, NOT_NAMED)
    if unclear:
        return Decision(
            Code.REVIEW,
            paragraph,
            f"{done(part, unclear)}: neither statute nor clause names Hong Kong or Macau",
            facts(part),
            _missing(regime, family, part),
        )
    missing = _missing(regime, family, part)
    if missing or family == UNKNOWN_MAGNET or part.inferred:
        return _incomplete(regime, family, part, missing)
    if part.recycled and regime.mines and family == "ndfeb" and part.origins.get("feedstock"):
        return Decision(
            Code.REVIEW,
            paragraph,
            "the text on neodymium-iron-boron says nothing of recycled material",
            facts(part),
        )
    return Decision(
        Code.PASS,
        paragraph,
        f"no step in a covered country: {done(part, known)}{_unsaid(part, regime)}",
        facts(part),
    )


def _covered(
    regime: Regime, family: str, part: PartFacts, bad: tuple[str, ...], known: tuple[str, ...]
) -> Decision:
    paragraph = regime.paragraphs[family]
    missing = _missing(regime, family, part)
    if part.inferred or family == UNKNOWN_MAGNET:
        what = (
            "the material follows only from the type of part"
            if part.inferred
            else "the magnet's material is not stated"
        )
        return Decision(
            Code.REVIEW, paragraph, f"{done(part, bad)}, but {what}", facts(part), ("material",)
        )
    if "manufactured" in bad:
        return Decision(
            Code.FAIL,
            paragraph,
            f"end item with covered material in it, {done(part, bad)}: {covered_there(part, bad)}",
            facts(part),
            missing,
        )
    elsewhere = tuple(stage for stage in known if stage not in bad)
    cure = f"; that it was {done(part, elsewhere)} does not cure it" if elsewhere else ""
    return Decision(
        Code.FAIL,
        paragraph,
        f"{done(part, bad)}: {covered_there(part, bad)}{cure}",
        facts(part),
        missing,
    )


def _missing(regime: Regime, family: str, part: PartFacts) -> tuple[str, ...]:
    """Demanded stages without a country, or with a country for a part of the share only."""
    lacking = []
    for group in regime.demanded[family]:
        if part.recycled and "mined" in group and part.origins.get("feedstock"):
            continue
        known = stated(part, group)
        if not known or partly_unknown(part, known):
            lacking.append(" or ".join(WORDS.get(stage, stage) for stage in group))
    if not regime.mines and "magnetized" not in lacking:
        lacking += [
            WORDS.get(stage, stage) for stage in partly_unknown(part, regime.caught[family])
        ]
    return tuple(dict.fromkeys(lacking))


def _incomplete(regime: Regime, family: str, part: PartFacts, missing: tuple[str, ...]) -> Decision:
    paragraph = regime.paragraphs[family]
    if family == UNKNOWN_MAGNET:
        missing = ("material of the magnet", *missing)
        why = "a magnet whose material is not stated: SmCo and NdFeB are covered, ferrite is not"
    elif part.inferred:
        missing = ("whether the part holds it", *missing)
        why = f"the type of part suggests {_name(family)}; nothing says that it holds it or where it was made"
    else:
        why = f"no country stated for: {', '.join(missing)}"
    return Decision(Code.INCOMPLETE, paragraph, why, facts(part), missing)


def _unsaid(part: PartFacts, regime: Regime) -> str:
    """A step that the regime judges when it is stated, and that nobody stated."""
    if regime.mines and part.family in MAGNETS and not part.origins.get("reduced"):
        return "; the country of reduction to metal is not stated"
    return ""


def _name(family: str) -> str:
    return {"smco": "SmCo", "ndfeb": "NdFeB"}.get(family, family.replace("-", " "))
