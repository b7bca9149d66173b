"""Wrought aluminium by number and temper (7075-T651, 2024-T3, 5052-H32), and the common castings.

A four-digit number is an alloy only with a temper, or beside a word for aluminium; the numbers that
are also years (2014, 2024) need the word right beside them. A temper on an alloy that the knowledge
does not hold still proves aluminium.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from bomrisk.knowledge.model import Material
from bomrisk.recognition.answer import Clue
from bomrisk.recognition.grammar.pattern import Answer, Context, Pattern
from bomrisk.recognition.wordlists import words

_YEARS = frozenset(str(year) for year in range(2010, 2031))
_WORDS = words("aluminium_words")
_BEFORE_NO_ALLOY = words("no_alloy_before")
_PAIR = re.compile(r"(?<![0-9])[5-7]0[0-9]{2} ?/ ?[5-7]0[0-9]{2}(?![0-9])")
"""Two alloys to choose from: 6061/7075."""
_FORMS = words("stock_forms")
_REGISTERED = words("registered_aluminium")
_AFTER_NO_ALLOY = words("no_alloy_after")


def replaces(materials: Mapping[str, Material]) -> frozenset[str]:
    """Records whose own patterns this grammar makes unnecessary."""
    return frozenset(
        material.id
        for material in materials.values()
        if material.id.startswith("al_") and material.id[3:7].isdigit()
    ) | {"al_6005a"}


def patterns(materials: Mapping[str, Material]) -> tuple[Pattern, ...]:
    """The rules for the alloys that the knowledge holds."""
    numbers: dict[str, str] = {"6060": "al_6063"}
    for material in materials.values():
        found = re.match(r"al_(\d{4})(a?)$", material.id)
        if found:
            numbers[found[1] + found[2].upper()] = material.id
        for system, code in material.codes:
            if system == "uns" and re.fullmatch(r"A9[0-9]{4}", code):
                numbers.setdefault(code[2:], material.id)
    numbers = {number: one for number, one in numbers.items() if one in materials}
    return (
        Pattern(
            r"(?:(?:ALU?|AA)[ -]?)?([1-8][0-9]{3}A?)[ -]?(T[1-9][0-9]{0,4}|H[1-3][0-9]{1,2}|-[OF])",
            _tempered(numbers),
            triggers=_temper_triggers(),
        ),
        Pattern(
            r"(?:ALU?|AA)?([1-8][0-9]{3}A?)", _numbered(numbers), triggers=tuple(sorted(numbers))
        ),
        Pattern(
            r"A35[67](?:\.0)?(?:[ -]?T[4-7][0-9]?)?|[A-F]?35[67](?:\.0)?[ -]?(?:T[4-7][0-9]?)",
            _cast,
        ),
    )


def _temper_triggers() -> tuple[str, ...]:
    digits = "0123456789"
    return tuple(
        f"{digit}{mark}{gap}{temper}"
        for digit in (*digits, "A")
        for mark in ("",)
        for gap in ("", "-", " ")
        for temper in (*(f"T{n}" for n in range(1, 10)), "H1", "H2", "H3")
    ) + tuple(f"{digit}-{temper}" for digit in (*digits, "A") for temper in "OF")


def _tempered(numbers: dict[str, str]) -> Callable[[re.Match[str], Context], Iterable[Answer]]:
    def read(match: re.Match[str], context: Context) -> Iterable[Answer]:
        upper = context.reading.upper
        if upper[match.end() : match.end() + 1] == "-" or upper[
            max(0, match.start() - 1) : match.start()
        ] in ("-", "."):
            return
        number, temper = match[1], match[2].strip("-")
        known = numbers.get(number)
        if known:
            yield Clue(
                known, match.start(), match.end(), f"aluminium {number} in temper {temper}", 0.97
            )
        elif number in _REGISTERED or ("aluminium" in context.evidence and number[0] != "4"):
            yield Clue(
                "al_unspecified",
                match.start(),
                match.end(),
                f"aluminium alloy {number}, not in the knowledge, by its temper {temper}",
                0.8,
            )

    return read


def _numbered(numbers: dict[str, str]) -> Callable[[re.Match[str], Context], Iterable[Answer]]:
    def read(match: re.Match[str], context: Context) -> Iterable[Answer]:
        number = match[1]
        if number not in numbers:
            return
        reading, start, end = context.reading, match.start(1), match.end()
        upper = reading.upper
        if _part_of_number(upper, start, end):
            return
        before, after = reading.before(start, 2), reading.after(end, 2)
        if (before and before[0] in _BEFORE_NO_ALLOY) or (after and after[0] in _AFTER_NO_ALLOY):
            return
        reach = 1 if number in _YEARS or number in ("2090", "2050", "2091", "2099") else 4
        sure = (
            match.start() < start
            or context.near(start, end, _WORDS, reach)
            or any(char in upper for char in ("铝", "アルミ", "鋁", "알루미늄"))
        )
        likely = number not in _YEARS and (
            "AMS" in reading.words
            or "HONEYCOMB" in reading.words
            or (after[:1] and after[0] in _FORMS)
        )
        confidence = 0.95 if sure else 0.8 if likely else 0.4
        yield Clue(
            numbers[number],
            start,
            end,
            f"aluminium alloy number {number}",
            confidence,
            "" if confidence > 0.5 else "aluminium",
        )

    return read


def _part_of_number(upper: str, start: int, end: int) -> bool:
    before, after = upper[max(0, start - 1) : start], upper[end : end + 2]
    if _PAIR.search(upper[max(0, start - 5) : end + 5]):
        return False
    if before in ("-", ".", "/", "#") and start > 1 and upper[start - 2].isdigit():
        return True
    if upper[max(0, start - 3) : start] == "AL.":
        return False
    if before == "." or upper[max(0, start - 3) : start] == "P/N":
        return True
    return bool(re.match(r"[-./][0-9]", after)) or after[:1] in ("$", "%")


def _cast(match: re.Match[str], context: Context) -> Iterable[Answer]:
    """A356 is an alloy with its temper or decimal, or beside a word for aluminium or a casting."""
    sure = len(match.group().rstrip()) > 4 or "aluminium" in context.evidence
    sure = sure or any(
        word.startswith(("CAST", "GUSS", "HOUSING")) for word in context.reading.words
    )
    yield Clue(
        "al_a357" if "357" in match.group() else "al_a356",
        match.start(),
        match.end(),
        f"cast aluminium {match.group()}",
        0.93 if sure else 0.4,
        "" if sure else "aluminium",
    )
