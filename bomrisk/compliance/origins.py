"""Reading a part's origins against a set of countries, and saying them in words."""

from __future__ import annotations

from collections.abc import Iterable

from bomrisk.compliance.part import PartFacts
from bomrisk.knowledge.countries import country_name

COVERED = frozenset({"CHN", "RUS", "PRK", "IRN"})
"""Covered countries of 10 USC 4872(f)(2) and DFARS 225.7001."""

NOT_NAMED = frozenset({"HKG", "MAC"})
"""Neither statute nor clause names Hong Kong or Macau: a person must decide."""

OTHER = "OTH"
"""Share of a declared cell whose country is not said."""

WITH_ARTICLE = frozenset({"United States", "United Kingdom", "Netherlands", "Philippines"})

WORDS = {"separated": "separated (refined)", "sintered": "sintered or bonded"}


def stated(part: PartFacts, stages: Iterable[str]) -> tuple[str, ...]:
    """Those of the stages for which a country is stated, in the order given."""
    return tuple(stage for stage in stages if part.origins.get(stage))


def inside(part: PartFacts, stages: Iterable[str], countries: frozenset[str]) -> tuple[str, ...]:
    """Those of the stages that were done in one of the countries, in whole or in part."""
    return tuple(s for s in stages if countries.intersection(part.origins.get(s, ())))


def partly_unknown(part: PartFacts, stages: Iterable[str]) -> tuple[str, ...]:
    """Those of the stages whose countries are stated for a share only."""
    return tuple(s for s in stages if OTHER in part.origins.get(s, ()))


def done(part: PartFacts, stages: Iterable[str]) -> str:
    """The stages with their countries in words: 'melted in China; magnetized in United States'."""
    return "; ".join(
        f"{WORDS.get(stage, stage)} in {' and '.join(map(_in_words, part.origins[stage]))}"
        for stage in stages
    )


def covered_there(part: PartFacts, stages: Iterable[str]) -> str:
    """Which of the countries of the stages are covered: 'China is a covered country'."""
    found = sorted({c for stage in stages for c in part.origins[stage]} & COVERED)
    verb = "is a covered country" if len(found) == 1 else "are covered countries"
    return f"{' and '.join(map(country_name, found))} {verb}"


def _in_words(code: str) -> str:
    """A country after 'in', with its article where it has one."""
    name = "a country not stated" if code == OTHER else country_name(code)
    return f"the {name}" if name in WITH_ARTICLE else name


def facts(part: PartFacts) -> tuple[str, ...]:
    """The stated origins as facts."""
    return tuple(
        f"{stage}={'/'.join(countries)} (declared)" for stage, countries in part.origins.items()
    )
