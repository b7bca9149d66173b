"""Words by topic, from `words.csv`: totals, notes, services, "as required" … in many languages."""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib import resources


@lru_cache(maxsize=1)
def _topics() -> dict[str, tuple[str, ...]]:
    source = resources.files("bomrisk.bom").joinpath("words.csv").read_text(encoding="utf-8")
    topics: dict[str, list[str]] = {}
    for row in csv.DictReader(source.splitlines()):
        topics.setdefault(row["topic"], []).append(row["words"])
    return {topic: tuple(lines) for topic, lines in topics.items()}


def pattern(topic: str) -> str:
    """The words of a topic as alternatives of a regular expression that Python and Rust accept."""
    return "|".join(_topics()[topic])


def plain(topic: str) -> frozenset[str]:
    """The words of a topic that are plain words, in lower case."""
    return frozenset(word for line in _topics()[topic] for word in line.split("|"))
