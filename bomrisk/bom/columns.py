"""Columns of a table → fields: what the header says, weighed with what the cells look like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bomrisk.bom.content import Profile, agreement, profile
from bomrisk.bom.vocabulary import Header, read_header, vocabulary

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


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """All columns of a table: the main column of each field, and further columns of the same field."""

    main: Mapping[str, Column]
    more: Mapping[str, tuple[Column, ...]]
    profiles: Mapping[str, Profile]

    def letter(self, name: str) -> str | None:
        """Letter of the column of a field, or None."""
        column = self.main.get(name)
        return column.letter if column else None


def map_columns(
    headers: Mapping[str, str | None], samples: Mapping[str, Sequence[str | None]]
) -> ColumnMap:
    """Give each column the field that fits header and content best; each field has one main column."""
    profiles = {letter: profile(values) for letter, values in samples.items()}
    read = {letter: read_header(text or "") for letter, text in headers.items()}
    options: list[tuple[float, float, int, str, str, str]] = []
    for place, (letter, header) in enumerate(read.items()):
        for candidate in header.candidates:
            name = _of_ordinal(candidate.field, header.ordinal)
            fit = agreement(name, profiles[letter])
            score = candidate.strength * fit
            if score >= LEAST_SCORE:
                reason = _reason(header, candidate.words, fit, profiles[letter])
                options.append((score, candidate.strength, -place, letter, name, reason))
    options.sort(key=lambda option: (-option[0], -option[1], -option[2], option[4]))
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
        elif not _better_elsewhere(letter, name, score, options, taken, main):
            more.setdefault(name, []).append(column)
            taken.add(letter)
    _by_word_alone(main, read, profiles, taken)
    _fill_gaps(main, read, profiles, taken)
    return ColumnMap(main, {name: tuple(columns) for name, columns in more.items()}, profiles)


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
            reason = _reason(header, header.candidates[0].words, 0.2, profiles[letter])
            main[name] = Column(letter, name, header, 0.2, reason)
            taken.add(letter)


def _of_ordinal(name: str, ordinal: int) -> str:
    return _ALTERNATES.get(name, name) if ordinal > 1 else name


def _reason(header: Header, words: str, fit: float, found: Profile) -> str:
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
    taken: set[str],
    main: Mapping[str, Column],
) -> bool:
    """Whether this column has another, still free field that fits nearly as well."""
    return any(
        other[3] == letter and other[4] != name and other[4] not in main and other[0] >= 0.5 * score
        for other in options
    )


def _fill_gaps(
    main: dict[str, Column],
    read: Mapping[str, Header],
    profiles: Mapping[str, Profile],
    taken: set[str],
) -> None:
    _dotted_as_level(main, profiles)
    _value_as_name(main, profiles)
    if not any(name in main for name in IDENTITIES):
        _any_text_as_name(main, read, profiles, taken)
    if (
        "name" not in main
        and "part_number" not in main
        and "mpn" not in main
        and "description" in main
    ):
        only = main["description"]
        main["name"] = replace(
            only, field="name", reason=f"{only.reason}; the only text of the part"
        )
    if (
        "part_number" in main
        and "mpn" not in main
        and "reference" in main
        and "supplier_pn" in main
    ):
        own = main["part_number"]
        main["mpn"] = replace(
            own,
            field="mpn",
            reason=f"{own.reason}; on a circuit's list with order numbers it is the maker's number",
        )
    if "quantity" not in main and "quantity_total" in main:
        total = main.pop("quantity_total")
        main["quantity"] = replace(
            total,
            field="quantity",
            score=total.score * 0.8,
            reason=f"{total.reason}; the only quantity",
        )


def _dotted_as_level(main: dict[str, Column], profiles: Mapping[str, Profile]) -> None:
    """A position number such as 1.2.3 is also the level."""
    item = main.get("item_no")
    if "level" in main or item is None:
        return
    found = profiles[item.letter]
    if found.dotted >= 0.25 and found.step >= 0.85:
        main["level"] = replace(
            item, field="level", reason=f"{item.reason}; dotted numbers show the level"
        )


def _value_as_name(main: dict[str, Column], profiles: Mapping[str, Profile]) -> None:
    value = main.get("value")
    if "name" in main or value is None:
        return
    found = profiles[value.letter]
    if (
        found.filled >= 0.8
        and found.electrical < 0.2
        and found.number < 0.2
        and found.distinct > 0.6
    ):
        main["name"] = replace(value, field="name", reason=f"{value.reason}; the values are names")


def _any_text_as_name(
    main: dict[str, Column],
    read: Mapping[str, Header],
    profiles: Mapping[str, Profile],
    taken: set[str],
) -> None:
    """Without any identity by header: the text column whose cells differ most names the parts."""
    soft = {
        main[name].letter: name
        for name in ("category", "value", "reference", "other", "parent")
        if name in main
    }
    best: tuple[float, str] | None = None
    for place, (letter, header) in enumerate(read.items()):
        found = profiles[letter]
        if (letter in taken and letter not in soft) or found.count == 0 or found.url >= 0.5:
            continue
        score = found.words * found.filled * (0.3 + found.distinct) - 0.001 * place
        if found.number < 0.6 and score > 0.2 and (best is None or score > best[0]):
            best = (score, letter)
    if best is None:
        return
    letter = best[1]
    if letter in soft:
        del main[soft[letter]]
    taken.add(letter)
    main["name"] = Column(
        letter, "name", read[letter], 0.5, "the text column whose cells differ most"
    )


def line_fields() -> tuple[str, ...]:
    """Names of the fields that are columns of the lines table."""
    return tuple(name for name, one in vocabulary().fields.items() if one.role == "line")


def by_content(fields: Mapping[str, str], samples: Mapping[str, Sequence[str | None]]) -> ColumnMap:
    """A mapping for a table without header: letter → field, as told by the content."""
    main = {
        name: Column(letter, name, Header(""), 0.4, "there is no header; the cells look like it")
        for letter, name in fields.items()
    }
    return ColumnMap(main, {}, {letter: profile(values) for letter, values in samples.items()})
