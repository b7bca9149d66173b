"""The words of the report: results, bands, stages, grades and rules, each said for a person.

Colour never speaks alone: every result and band has a word, a sign and a tone. The tone is a class name
of the style sheet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from bomrisk.report.countries import in_country
from bomrisk.report.figures import percent


@dataclass(frozen=True, slots=True)
class Word:
    """How a code is shown: the word for a person, the name of the sign before it, and the tone."""

    code: str
    label: str
    sign: str
    tone: str
    meaning: str


CODES = {
    word.code: word
    for word in (
        Word("FAIL", "Fails", "cross", "critical", "a declared fact breaks the rule"),
        Word("INCOMPLETE", "Proof missing", "query", "high", "no declaration proves the origin"),
        Word("REVIEW", "Review", "diamond", "moderate", "a person must decide"),
        Word("WATCH", "Watch", "watch", "moderate", "may change on a known date"),
        Word("PASS", "Passes", "check", "low", "the declared facts satisfy the rule"),
        Word("EXEMPT", "Exempt", "check", "low", "an exception applies"),
        Word("NOT_APPLICABLE", "Not covered", "dash", "plain", "the rule does not speak of it"),
    )
}
"""Results of a rule, worst first."""

BANDS = {
    word.code: word
    for word in (
        Word("Critical", "Critical", "up", "critical", ""),
        Word("High", "High", "up", "high", ""),
        Word("Moderate", "Moderate", "diamond", "moderate", ""),
        Word("Unknown", "Unknown", "query", "unknown", ""),
        Word("Low", "Low", "dot", "low", ""),
    )
}
"""Risk bands, worst first; unknown stands before Low, because it may hide anything."""

GRADES = {
    "declared": Word("declared", "declared", "", "declared", "stated in the BOM or a declaration"),
    "verified": Word("verified", "verified", "●●●", "verified", "read at its source"),
    "derived": Word("derived", "derived", "●●○", "derived", "computed from figures that were read"),
    "recalled": Word("recalled", "recalled", "●○○", "recalled", "known, but not checked: weak"),
}
"""Grades of evidence, strongest first."""

STAGES = {
    "mined": "mined",
    "separated": "separated or refined",
    "reduced": "reduced to metal",
    "melted": "melted (alloy)",
    "atomized": "atomized",
    "powdered": "powdered",
    "consolidated": "consolidated",
    "sintered": "sintered or bonded",
    "magnetized": "magnetized",
    "manufactured": "manufactured (end item)",
}
"""Stage words of the law with what else they cover."""

HEADLINES = {
    "blocked": Word("blocked", "Blocked", "cross", "critical", ""),
    "not proven": Word("not proven", "Not proven", "query", "high", ""),
    "review": Word("review", "Review needed", "diamond", "moderate", ""),
    "clear": Word("clear", "Clear", "check", "low", ""),
    "nothing covered": Word("nothing covered", "Nothing covered found", "dash", "plain", ""),
}
"""The verdicts of an answer."""


@dataclass(frozen=True, slots=True)
class RuleTitle:
    """A rule as the report names it: what it is about, where it stands, and a name for a column."""

    subject: str
    citation: str
    short: str


_SHORT = {
    "US-DFARS-7018-A": "magnets, Ta, W",
    "US-DFARS-7018-B": "magnets, Ta, W",
    "US-DFARS-7003": "specialty metals",
    "US-DFARS-7008": "raw specialty metal",
}
"""Names of delivery rules that fit over a column."""


@cache
def rule_title(rule: str) -> RuleTitle:
    """The title of a rule by its id; the id itself for one that the register does not know."""
    from bomrisk.compliance.register import all_rules

    known = all_rules().get(rule)
    short = _SHORT.get(rule, rule.removeprefix("US-").removeprefix("DFARS-"))
    return RuleTitle(known.title, known.citation, short) if known else RuleTitle(rule, "", short)


def stage_label(stage: str | None) -> str:
    """A stage in words; the stage as it stands if it is not one of the law's."""
    return STAGES.get(stage or "", stage or "unknown stage")


def code_word(code: str | None) -> Word:
    """The word of a result; an unknown code is shown as it stands."""
    return CODES.get(code or "", Word(code or "", code or "not judged", "", "plain", ""))


def band_word(band: str | None) -> Word:
    """The word of a band; None is unknown."""
    return BANDS.get(band or "Unknown", BANDS["Unknown"])


def grade_word(grade: str | None) -> Word:
    """The word of a grade; None and unheard-of grades are shown as ungraded."""
    return GRADES.get(grade or "", Word(grade or "", grade or "ungraded", "○○○", "recalled", ""))


def is_open(code: str | None) -> bool:
    """Whether a result leaves something to do: it fails, lacks proof, or waits for a decision."""
    return code_word(code).tone not in ("low", "plain")


def code_rank(code: str | None) -> int:
    """Place of a result from the worst, 0; unheard-of codes come last."""
    order = list(CODES)
    return order.index(code) if code in CODES else len(order)


def declared_words(declared: str | None) -> str:
    """Declared origins in words, as 'melted in China, magnetized in the United States'.

    The text is 'melted=CHN;sintered=DEU:0.6/USA:0.4@0.9': after ':' stands a share, after '@' how far
    the declaration is believed.
    """
    said = []
    for part in split_list(declared):
        stage, mark, cell = part.partition("=")
        where, _, belief = cell.partition("@")
        countries = " and ".join(_where(piece) for piece in where.split("/") if piece)
        trust = f" (believed to {_share(belief)})" if belief else ""
        said.append(f"{stage.strip()} in {countries}{trust}" if mark else stage)
    return ", ".join(said)


def _where(text: str) -> str:
    code, _, share = text.partition(":")
    return in_country(code.strip()) + (f" ({_share(share)})" if share else "")


def _share(text: str) -> str:
    try:
        return percent(float(text))
    except ValueError:
        return text


_FACT = re.compile(r"([a-z]+)=([A-Z]{3}(?:/[A-Z]{3})*)( \([^)]*\))?")


def facts_words(facts: str | None) -> str:
    """The facts of a finding in words: 'melted=CHN (declared)' → 'melted in China (declared)'."""
    said = []
    for fact in split_list(facts):
        match = _FACT.fullmatch(fact)
        if match:
            countries = " and ".join(in_country(code) for code in match[2].split("/"))
            said.append(f"{match[1]} in {countries}{match[3] or ''}")
        else:
            said.append(fact)
    return "; ".join(said)


def stated_words(facts: str | None) -> str:
    """Where each step was done, by the facts of a finding, and who says so; steps of one source together.

    'melted=CHN (BOM column); magnetized=USA (BOM column)' → 'melted in China, magnetized in the United
    States (BOM column)'. Empty if the facts name no step.
    """
    by_source: dict[str, list[str]] = {}
    for fact in dict.fromkeys(split_list(facts)):
        match = _FACT.fullmatch(fact)
        if match:
            countries = " and ".join(in_country(code) for code in match[2].split("/"))
            by_source.setdefault(match[3] or "", []).append(f"{match[1]} in {countries}")
    return "; ".join(f"{', '.join(steps)}{source}" for source, steps in by_source.items())


def common_ending(reasons: list[str]) -> str:
    """The last clauses that all of several reasons share; empty if none, or if it is a whole reason."""
    clauses = [reason.split("; ") for reason in dict.fromkeys(reasons)]
    if len(clauses) < 2:
        return ""
    shared = 0
    while all(len(c) > shared + 1 for c in clauses) and len({c[-1 - shared] for c in clauses}) == 1:
        shared += 1
    return "; ".join(clauses[0][len(clauses[0]) - shared :]) if shared else ""


def without_ending(reason: str, ending: str) -> str:
    """A reason without the clauses that stand once for all."""
    return reason.removesuffix(f"; {ending}") if ending else reason


def period(effective_from: str, effective_to: str | None, as_of: date) -> str:
    """When a rule applies, short: 'until 2026-12-31' once it has begun, else 'from 2027-01-01'."""
    begun = effective_from <= as_of.isoformat()
    if effective_to is None:
        return "in force" if begun else f"from {effective_from}"
    return f"until {effective_to}" if begun else f"{effective_from} to {effective_to}"


def spoken_period(effective_from: str, effective_to: str | None, as_of: date) -> str:
    """The same as it heads an answer: 'Delivery until 2026-12-31'."""
    words = period(effective_from, effective_to, as_of)
    return "Delivery at any date" if words == "in force" else f"Delivery {words}"


def split_list(text: str | None) -> list[str]:
    """The parts of a ';' list, trimmed, empty ones dropped."""
    return [part.strip() for part in (text or "").split(";") if part.strip()]
