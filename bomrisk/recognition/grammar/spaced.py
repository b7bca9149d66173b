"""Short names of alloys with their symbols set apart, as schools and older drawings write them.

Cu Zn 39 Pb 2, 45 Si 8, X5 CrNi 18 10, Al Cu 4 Mg. Only the case of chemistry is read, so that 10 W or
5 CO stay what they are. The name is closed up and read as the grammar of its metal reads it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from bomrisk.recognition.answer import Clue
from bomrisk.recognition.grammar import nonferrous, steelname
from bomrisk.recognition.grammar.pattern import Answer, Context, Pattern
from bomrisk.recognition.reading import Reading

_SHARE = r"(?: ?[0-9]{1,2}(?:[.,][0-9])?)?"
_STEEL = "Cr|Ni|Mo|Mn|Si|Ti|Nb|Al|Cu|V"


def _closed(text: str) -> str:
    """The name without spaces; between two figures a hyphen stands for the space: 18 10 is 18-10."""
    return re.sub(r"(?<=[0-9]) (?=[0-9])", "-", text).replace(" ", "")


def _reader(
    patterns: tuple[Pattern, ...],
) -> Callable[[re.Match[str], Context], Iterable[Answer]]:
    def read(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
        if " " not in match.group():
            return
        closed = _closed(match.group())
        inner = Context(Reading(closed))
        for pattern in patterns:
            for found in pattern.answers(inner):
                if isinstance(found, Clue) and (found.start, found.end) == (0, len(closed)):
                    yield replace(found, start=match.start(), end=match.end())

    return read


PATTERNS = (
    Pattern(
        rf"Cu ?(?:Zn|Sn|Al|Ni|Be|Co|Cr){_SHARE}(?: ?(?:Zn|Sn|Al|Ni|Pb|Fe|Mn|Si|Zr|P){_SHARE})*",
        _reader(nonferrous.PATTERNS),
        cased=True,
        triggers=(" CU ",),
    ),
    Pattern(
        rf"Al ?(?:Mg|Si|Zn|Cu|Mn){_SHARE}(?: ?(?:Mg|Si|Zn|Cu|Mn|Pb|Bi|Ti|Cr){_SHARE})*",
        _reader(nonferrous.PATTERNS),
        cased=True,
        triggers=(" AL ",),
    ),
    Pattern(
        rf"(?:X ?)?[0-9]{{1,3}} ?(?:Cr|Mn|Ni|Mo|Si)(?: ?(?:{_STEEL}))*"
        r" ?[0-9]{1,2}(?:[ -][0-9]{1,2}){0,3}",
        _reader(steelname.PATTERNS),
        cased=True,
        triggers=tuple(
            f"{symbol} {digit}"
            for symbol in ("CR", "NI", "MO", "MN", "SI", "V", "TI")
            for digit in "123456789"
        )
        + tuple(
            f"{digit} {symbol}"
            for symbol in ("CR", "MN", "NI", "MO", "SI")
            for digit in "0123456789"
        ),
    ),
)
