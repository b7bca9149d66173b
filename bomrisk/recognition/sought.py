"""What is sought in a text because the filter found certain letters in it.

Most letters stand in a text by chance (ND in a distributor's number, EN in an address). So what was
sought by them is first asked whether it can be there at all; the grammar runs only where it can.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bomrisk.recognition.grammar.pattern import Pattern
from bomrisk.recognition.reading import Reading


@dataclass(frozen=True, slots=True)
class Spelling:
    """Tokens that all stand in any text that holds a name; `cased` are letters in the name's own case.

    Without either it may be in any text.
    """

    tokens: tuple[str, ...]
    cased: tuple[str, ...] = ()

    def may_be_in(self, reading: Reading) -> bool:
        """Whether the text holds all of it; the letters first, since that needs no cutting into tokens."""
        upper = reading.upper
        for token in self.tokens:
            if token not in upper:
                return False
        for letters in self.cased:
            if letters not in reading.cased:
                return False
        return reading.words.issuperset(self.tokens)


@dataclass(frozen=True, slots=True)
class PartsSought:
    """Patterns of part rules, by rule, and spellings of names of parts."""

    patterns: tuple[tuple[str, re.Pattern[str]], ...] = ()
    spellings: tuple[Spelling, ...] = ()

    def may_be_in(self, reading: Reading) -> bool:
        """Whether one of them can stand in the text; False is sure, True is not."""
        for _, pattern in self.patterns:
            if pattern.search(reading.upper):
                return True
        return _any_in(self.spellings, reading)


@dataclass(frozen=True, slots=True)
class Sought:
    """What the letters of one trigger may stand for."""

    rules: tuple[Pattern, ...]
    spellings: tuple[Spelling, ...]
    """Of names of materials."""
    parts: PartsSought

    def may_be_in(self, reading: Reading) -> bool:
        """Whether any of it can stand in the text; False is sure, True is not."""
        if _any_in(self.spellings, reading):
            return True
        for rule in self.rules:
            if rule.occurs(reading):
                return True
        return self.parts.may_be_in(reading)


def _any_in(spellings: Iterable[Spelling], reading: Reading) -> bool:
    return any(spelling.may_be_in(reading) for spelling in spellings)
