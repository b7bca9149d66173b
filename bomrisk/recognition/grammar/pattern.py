"""A rule of the grammar: a plain pattern over the levelled capitals of a text, and what a match says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from bomrisk.recognition.answer import Clue, Conflict
from bomrisk.recognition.families import evidence
from bomrisk.recognition.literals import required
from bomrisk.recognition.reading import Reading

MOST = 40
"""Matches of one rule that are read in one text: a text that repeats itself says no more."""


class Context:
    """What a rule may look at beside its own match: the text and the kinds of evidence in it."""

    __slots__ = ("_evidence", "reading")

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._evidence: frozenset[str] | None = None

    @property
    def evidence(self) -> frozenset[str]:
        """The kinds of material that the words of the text speak of; worked out on first use."""
        if self._evidence is None:
            self._evidence = evidence(self.reading)
        return self._evidence

    def near(self, start: int, end: int, words: frozenset[str], reach: int = 3) -> bool:
        """Whether one of the words stands within some tokens of a span; long words count by their opening."""
        around = [*self.reading.before(start, reach), *self.reading.after(end, reach)]
        return any(word in words or word[:6] in words for word in around)


Answer = Clue | Conflict


@dataclass(frozen=True, slots=True)
class Pattern:
    """One rule: `regex` stays in the subset of Rust and RE2; `read` turns a match into clues.

    `cased` rules read the text in its own case; `whole` demands word borders at both ends; `triggers`
    name the letters to look for where they do not follow from the pattern; a `type_code` may stand in a
    part number.
    """

    regex: str
    read: Callable[[re.Match[str], Context], Iterable[Answer]]
    cased: bool = False
    whole: bool = True
    triggers: tuple[str, ...] = ()
    type_code: bool = False

    def literals(self) -> frozenset[str]:
        """Letters of which one stands in every match."""
        return frozenset(self.triggers) or required(self.regex)

    def occurs(self, reading: Reading) -> bool:
        """Whether the text holds a match."""
        text = reading.cased if self.cased else reading.upper
        match = compiled(self.regex).search(text)
        if match is None:
            return False
        return not self.whole or next(self._matches(reading), None) is not None

    def answers(self, context: Context) -> Iterable[Answer]:
        """What all matches in the text say."""
        for match in self._matches(context.reading):
            yield from self.read(match, context)

    def _matches(self, reading: Reading) -> Iterator[re.Match[str]]:
        text = reading.cased if self.cased else reading.upper
        search = compiled(self.regex).search
        place = 0
        for _ in range(MOST):
            match = search(text, place)
            if match is None:
                return
            if self.whole and not reading.whole(*match.span()):
                place = match.start() + 1  # the SS 410 in STAINLESS 410 hides what begins behind it
                continue
            place = max(match.end(), match.start() + 1)
            yield match


@lru_cache(maxsize=4096)
def compiled(regex: str) -> re.Pattern[str]:
    """The compiled pattern; compiled on first use, because most texts need few."""
    return re.compile(regex)


def quoted(match: re.Match[str]) -> str:
    """The matched words, for the rule that is shown."""
    return " ".join(match.group().split())
