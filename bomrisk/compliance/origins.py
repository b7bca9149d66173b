"""What a part's country cells say: every country of a cell, what share nobody states, what is unreadable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bomrisk.knowledge.countries import country_name
from bomrisk.knowledge.model import OTHER
from bomrisk.supply.origin import read_origin

FULL_SHARE = 0.995
"""Declared shares of a cell that sum to less leave a remainder whose country nobody states."""

WITH_ARTICLE = frozenset(("United States", "United Kingdom", "Netherlands", "Philippines"))

WORDS = {"separated": "separated (refined)", "sintered": "sintered or bonded"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where one stage was done, as its cell says.

    `countries` are all that the cell names (ISO alpha-3). `remainder` is true where a part of the
    share has no country; `unreadable` says what was not understood, and then no country is known.
    """

    stage: str
    cell: str
    countries: tuple[str, ...]
    remainder: bool
    unreadable: str | None
    source: str

    @property
    def whole(self) -> bool:
        """Whether the country of all of it is known."""
        return bool(self.countries) and not self.remainder

    def __str__(self) -> str:
        names = " and ".join(in_words(country) for country in self.countries)
        return f"{WORDS.get(self.stage, self.stage)} in {names}"


def read_places(
    origins: Mapping[str, str], sources: Mapping[str, str], prefix: str = "origins."
) -> dict[str, Place]:
    """Read the cells; a stage whose cell is empty or says "unknown" is left out."""
    places = {}
    for stage, cell in origins.items():
        read = read_origin(cell)
        named = tuple(o.country for o in read.origins if o.country != OTHER)
        shares = [origin.share for origin in read.origins if origin.country != OTHER]
        told = [share for share in shares if share is not None]
        remainder = len(named) < len(read.origins) or (
            bool(told) and len(told) == len(shares) and sum(told) < FULL_SHARE
        )
        if named or read.unreadable:
            source = sources.get(f"{prefix}{stage}", sources.get("origins", "stated"))
            places[stage] = Place(stage, cell, named, remainder, read.unreadable, source)
    return places


def words(stages: Iterable[str]) -> tuple[str, ...]:
    """Stages as the law says them."""
    return tuple(WORDS.get(stage, stage) for stage in stages)


def said(places: Iterable[Place]) -> str:
    """Places in words: 'melted in China; magnetized in United States'."""
    return "; ".join(map(str, places))


def covered_there(places: Iterable[Place], covered: frozenset[str]) -> str:
    """Which of the countries of the places are covered: 'China is a covered country'."""
    found = sorted({country for place in places for country in place.countries} & covered)
    verb = "is a covered country" if len(found) == 1 else "are covered countries"
    return f"{' and '.join(map(country_name, found))} {verb}"


def in_words(code: str) -> str:
    """A country after 'in', with its article where it has one."""
    name = country_name(code)
    return f"the {name}" if name in WITH_ARTICLE else name
