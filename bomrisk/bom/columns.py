"""Columns of a table → fields: what the header says, weighed with what the cells look like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bomrisk.bom.content import Profile, agreement, profile
from bomrisk.bom.joined import of_joined_tables
from bomrisk.bom.vocabulary import Header, read_header

LEAST_SCORE = 0.3
"""A column whose best score is below stays without a field."""

_ALTERNATES = {
    "mpn": "alt_part_number",
    "part_number": "alt_part_number",
    "manufacturer": "alt_manufacturer",
    "cage": "alt_manufacturer",
}
IDENTITIES = ("part_number", "name", "description", "mpn")
"""Fields of which a part has at least one."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column taken for a field: letter, header as read, score from 0 to 1, and the reason."""

    letter: str
    field: str
    header: Header
    score: float
    reason: str
    last: str | None = None
    """Letter of the last column, where a column per level holds the field; `letter` is one of them."""


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """All columns of a table: the main column of each field, and further columns of the same field."""

    main: Mapping[str, Column]
    more: Mapping[str, tuple[Column, ...]]
    profiles: Mapping[str, Profile]
    headers: Mapping[str, Header] = field(default_factory=dict)
    products: tuple[Column, ...] = ()
    """Quantity columns of several end items: one column for each of them."""
    steps: tuple[tuple[str, ...], ...] = ()
    """Columns of a staggered tree, one per level: `bomrisk.bom.stagger` merges each group into one field."""
    path: tuple[str, ...] = ()
    """Columns that name the assemblies above a part, from the top down: together they are its parent."""

    def letter(self, name: str) -> str | None:
        """Letter of the column of a field, or None."""
        column = self.main.get(name)
        return column.letter if column else None


def map_columns(
    headers: Mapping[str, str | None], samples: Mapping[str, Sequence[str | None]]
) -> ColumnMap:
    """Give each column the field that fits header and content best; each field has one main column.

    What the headers leave open is filled by `bomrisk.bom.gaps`.
    """
    profiles = {letter: profile(values) for letter, values in samples.items()}
    read = of_joined_tables({letter: read_header(text or "") for letter, text in headers.items()})
    least = _least_ordinals(read)
    options: list[tuple[float, float, int, str, str, str]] = []
    for place, (letter, header) in enumerate(read.items()):
        for candidate in header.candidates:
            name = _of_ordinal(candidate.field, header.ordinal, least)
            fit = agreement(name, profiles[letter])
            score = candidate.strength * fit
            if score >= LEAST_SCORE and (profiles[letter].count or candidate.strength >= 0.95):
                reason = _reason(candidate.words, fit, profiles[letter])
                options.append((score, candidate.strength, -place, letter, name, reason))
    options = _in_order(options, read)
    main: dict[str, Column] = {}
    more: dict[str, list[Column]] = {}
    taken: set[str] = set()
    for score, _, _, letter, name, reason in options:
        if letter in taken:
            continue
        column = Column(letter, name, read[letter], min(1.0, score), reason)
        if name not in main:
            main[name] = column
            taken.add(letter)
        elif not _better_elsewhere(letter, name, score, options, main):
            more.setdefault(name, []).append(column)
            taken.add(letter)
    _by_word_alone(main, read, profiles, taken)
    return ColumnMap(main, {name: tuple(columns) for name, columns in more.items()}, profiles, read)


def _in_order(
    options: list[tuple[float, float, int, str, str, str]], read: Mapping[str, Header]
) -> list[tuple[float, float, int, str, str, str]]:
    """The options from the best to the worst.

    Of numbered headers such as details1, details2 the first goes first, however well the others fit.
    """
    best: dict[tuple[str, str], float] = {}
    for score, _, _, letter, name, _ in options:
        one = (name, _numbered(read[letter].text)[0])
        best[one] = max(best.get(one, 0.0), score)

    def key(option: tuple[float, float, int, str, str, str]) -> tuple[object, ...]:
        score, strength, place, letter, name, _ = option
        plain, number = _numbered(read[letter].text)
        family = best[name, plain] if number else score
        return (-family, number, -score, -strength, -place, name)

    return sorted(options, key=key)


def _numbered(text: str) -> tuple[str, int]:
    """A header without the number at its end, and the number (0 if there is none)."""
    plain = text.rstrip("0123456789")
    digits = text[len(plain) :]
    return (plain, int(digits)) if plain and 0 < len(digits) <= 2 else (text, 0)


def _by_word_alone(
    main: dict[str, Column],
    read: Mapping[str, Header],
    profiles: Mapping[str, Profile],
    taken: set[str],
) -> None:
    """A sure header word whose field is still free keeps its meaning, whatever the cells look like."""
    for letter, header in read.items():
        if letter in taken or header.strength < 0.95 or header.ordinal > 1:
            continue
        name = header.candidates[0].field
        if name not in main:
            reason = _reason(header.candidates[0].words, 0.2, profiles[letter])
            main[name] = Column(letter, name, header, 0.2, reason)
            taken.add(letter)


def _least_ordinals(read: Mapping[str, Header]) -> dict[str, int]:
    """For each field the least number among its headers: MPN_2 may be the first there is."""
    least: dict[str, int] = {}
    for header in read.values():
        for candidate in header.candidates[:1]:
            known = least.get(candidate.field, header.ordinal)
            least[candidate.field] = min(known, header.ordinal)
    return least


def _of_ordinal(name: str, ordinal: int, least: Mapping[str, int]) -> str:
    return _ALTERNATES.get(name, name) if ordinal > least.get(name, 1) else name


def _reason(words: str, fit: float, found: Profile) -> str:
    says = f"header says {words!r}"
    if found.count == 0:
        return f"{says}; the column is empty"
    if fit >= 1.0:
        return f"{says}; the cells agree"
    return f"{says}; the cells fit by {fit:.0%}"


def _better_elsewhere(
    letter: str,
    name: str,
    score: float,
    options: list[tuple[float, float, int, str, str, str]],
    main: Mapping[str, Column],
) -> bool:
    """Whether this column has another, still free field that fits nearly as well."""
    return any(
        other[3] == letter and other[4] != name and other[4] not in main and other[0] >= 0.5 * score
        for other in options
    )


def by_content(fields: Mapping[str, str], samples: Mapping[str, Sequence[str | None]]) -> ColumnMap:
    """A mapping for a table without header: letter → field, as told by the content."""
    main = {
        name: Column(letter, name, Header(""), 0.4, "there is no header; the cells look like it")
        for letter, name in fields.items()
    }
    return ColumnMap(main, {}, {letter: profile(values) for letter, values in samples.items()})
