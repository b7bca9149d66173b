"""Declared origins of one supply case: stage by stage, with shares and reliability, in one canonical text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bomrisk.errors import InputError
from bomrisk.supply.origin import Origin, read_origin
from bomrisk.tables import STAGES

LAST_STAGE = "manufactured"
"""The step of which a bare country of origin speaks: customs mean the last substantial transformation."""

_STAGE_WORDS = {
    "mining": "mined",
    "mine": "mined",
    "separation": "separated",
    "refined": "separated",
    "refining": "separated",
    "reduction": "reduced",
    "metal": "reduced",
    "melt": "melted",
    "melting": "melted",
    "alloy": "melted",
    "bonded": "sintered",
    "sintering": "sintered",
    "magnetised": "magnetized",
    "magnetization": "magnetized",
    "country_of_origin": LAST_STAGE,
    "coo": LAST_STAGE,
    "origin": LAST_STAGE,
}


@dataclass(frozen=True, slots=True)
class Declared:
    """What is declared of one stage: its countries, and how far the declaration is believed (0 to 1)."""

    stage: str
    origins: tuple[Origin, ...]
    reliability: float = 1.0

    def __str__(self) -> str:
        cells = "/".join(
            origin.country if origin.share is None else f"{origin.country}:{origin.share:g}"
            for origin in sorted(self.origins)
        )
        return f"{self.stage}={cells}" + (
            "" if self.reliability == 1.0 else f"@{self.reliability:g}"
        )

    @property
    def countries(self) -> tuple[str, ...]:
        """The declared countries in order of their code."""
        return tuple(sorted(origin.country for origin in self.origins))


def stage_of(word: str) -> str | None:
    """The stage that a word names, in the law's words; None if it names none."""
    word = word.strip().casefold().removeprefix("origin_").replace(" ", "_")
    return word if word in STAGES else _STAGE_WORDS.get(word)


def declared_text(declared: Iterable[Declared]) -> str:
    """The canonical text, "melted=CHN;magnetized=USA": stages in processing order, countries by code."""
    return ";".join(str(one) for one in sorted(declared, key=lambda d: STAGES.index(d.stage)))


@lru_cache(maxsize=65536)
def declared_from_text(text: str) -> tuple[Declared, ...]:
    """Read the canonical text back."""
    return read_declared(dict(part.split("=", 1) for part in text.split(";") if part))


def read_declared(declare: Mapping[str, str]) -> tuple[Declared, ...]:
    """Read declarations as a person gives them: {"melted": "USA", "mined": "60% AU, 40% CN"}.

    A value may end in "@0.9": the declaration is believed to nine parts in ten. "country_of_origin"
    is the last step only. A value that says "unknown" declares nothing. Raises `InputError` for a
    word that is no stage, a country that is none, a reliability outside 0 to 1, or a stage told twice.
    """
    found: dict[str, Declared] = {}
    for word, value in declare.items():
        stage = stage_of(word)
        if stage is None:
            raise InputError(
                f"{word!r} is no stage of processing",
                mend=f"use one of {', '.join(STAGES)} or country_of_origin",
            )
        cell, _, trust = str(value).partition("@")
        read = read_origin(cell)
        if read.unreadable:
            raise InputError(
                f"the country declared as {word} cannot be read: {read.unreadable}",
                mend="write a country or its ISO code, such as USA, CN/JP or '60% AU, 40% CN'",
            )
        if stage in found:
            raise InputError(f"{stage} is declared twice", mend="give each stage once")
        if read.origins:
            found[stage] = Declared(stage, read.origins, _reliability(word, trust))
    return tuple(sorted(found.values(), key=lambda one: STAGES.index(one.stage)))


def _reliability(word: str, trust: str) -> float:
    if not trust:
        return 1.0
    try:
        value = float(trust.strip().rstrip("%")) / (100.0 if trust.strip().endswith("%") else 1.0)
    except ValueError:
        value = -1.0
    if not 0.0 <= value <= 1.0:
        raise InputError(
            f"the reliability {trust!r} of the declaration {word} is no number from 0 to 1",
            mend=f"write for example {word}=USA@0.9",
        )
    return value
