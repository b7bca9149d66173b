"""Headers of a column per level: families of columns whose headers count levels, or that one header spans."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bomrisk.bom import words
from bomrisk.bom.vocabulary import normal, read_header, vocabulary

if TYPE_CHECKING:
    import polars as pl

    from bomrisk.bom.regions import Region

_NUMBERED = re.compile(r"(\D*?) ?(\d{1,2})(?: 0)?(?: ?(?:st|nd|rd|th))? ?(\D*)")
_LETTERS = "abcdefgh"
_LETTERED = re.compile(rf"^(|.*(?:indenture|level|ind|ebene|stufe)) ?\b([{_LETTERS}])$")
"""A header that ends in the letter of an indenture; A is the end item."""
_HAN = {name: str(at) for at, name in enumerate("零一二三四五六七八九")}
_HAN_LEVEL = re.compile(r"第?([零一二三四五六七八九])(级|層|层|阶)")
_OWNERS = ("part_number", "name", "description", "mpn", "level", "item_no")


@dataclass(frozen=True, slots=True)
class Family:
    """Columns that may be a column per level, from the top level down.

    `counted` says that their headers count levels; `says` is what these say beside the level, such as
    ``part number``. `beside` are families of the same levels that stand between them.
    """

    letters: tuple[str, ...]
    counted: bool
    says: str = ""
    bare: bool = False
    """Whether the headers are numbers or letters alone."""
    beside: tuple[Family, ...] = ()


def families(frame: pl.DataFrame, region: Region, texts: Mapping[str, str]) -> list[Family]:
    """Families of columns of a region by their headers, the surer ones first."""
    read = {letter: _level(texts.get(letter, "")) for letter in region.letters}
    found = _counted(region.letters, read)
    said = words.plain("assembly step")
    named = [letter for letter in region.letters if normal(texts.get(letter, "")) in said]
    found += [Family(run, counted=False) for run in _runs(region.letters, named)]
    owners = [letter for letter in region.letters if _owns(texts.get(letter, ""))]
    bare = {
        letter
        for letter in region.letters
        if not texts.get(letter) and frame.get_column(letter).null_count() < frame.height
    }
    for owner in owners if bare else ():
        run = next(r for r in _runs(region.letters, [owner, *bare]) if owner in r)
        header = read_header(texts.get(owner, ""))
        spans = header.strength >= 0.9 and header.candidates[0].field == "level"
        found.append(Family(run[run.index(owner) :] if spans else run, counted=spans))
    return [family for family in found if len(family.letters) >= 2]


def counts_levels(text: str) -> bool:
    """Whether a header names a level by its number and a word."""
    return _level(text) is not None and re.search(r"[^\W\d]", text) is not None


def _counted(letters: Sequence[str], read: Mapping[str, tuple[int, str] | None]) -> list[Family]:
    """Families whose headers count levels, each with those that stand between its columns."""
    found: list[Family] = []
    for run in _runs(letters, [letter for letter in letters if read[letter] is not None]):
        kinds: dict[str, list[list[str]]] = {}
        for letter in run:
            number, says = read[letter] or (0, "")
            parts = kinds.setdefault(says, [[]])
            last = read[parts[-1][-1]] if parts[-1] else None
            if last is not None and number != last[0] + 1:
                parts.append([])
            parts[-1].append(letter)
        own = [
            Family(tuple(part), counted=True, says=says, bare=says == _BARE)
            for says, parts in kinds.items()
            for part in parts
            if len(part) >= 2
        ]
        for family in own:
            like = [one for one in own if one is not family and _same(one, family, read)]
            apart = set(run[run.index(family.letters[0]) : run.index(family.letters[-1])])
            between = {letter for one in like for letter in one.letters}
            if apart <= between | set(family.letters):
                found.append(Family(family.letters, True, family.says, family.bare, tuple(like)))
    return found


_BARE = "#"


def _same(one: Family, two: Family, read: Mapping[str, tuple[int, str] | None]) -> bool:
    def numbers(family: Family) -> list[int]:
        return [found[0] for letter in family.letters if (found := read[letter]) is not None]

    return numbers(one) == numbers(two)


def _runs(letters: Sequence[str], chosen: Sequence[str]) -> list[tuple[str, ...]]:
    """The chosen columns in runs of neighbours."""
    runs: list[list[str]] = [[]]
    for letter in letters:
        if letter in chosen:
            runs[-1].append(letter)
        elif runs[-1]:
            runs.append([])
    return [tuple(run) for run in runs if run]


def _owns(text: str) -> bool:
    header = read_header(text)
    return header.strength >= 0.6 and header.candidates[0].field in _OWNERS


def _level(text: str) -> tuple[int, str] | None:
    """Number of the level that a header names, and what else it says.

    ``L0``, ``Level 2``, ``3rd level``, ``Stufe 1``, ``2``; ``L1 Part Number`` says the part number.
    """
    clean = normal(text)
    han = _HAN_LEVEL.fullmatch(clean.replace(" ", ""))
    if han:
        return int(_HAN[han[1]]), ""
    clean = _LETTERED.sub(lambda found: f"{found[1]} {_LETTERS.index(found[2])}", clean)
    match = _NUMBERED.fullmatch(clean)
    if match is None:
        return None
    tokens = f"{match[1]} {match[3]}".split()
    if not tokens:
        return int(match[2]), _BARE
    if len(tokens) > 4:
        return None
    exact = vocabulary().exact
    plain = words.plain("level step")

    def says(token: str) -> bool:
        known = exact.get(token, ())
        return token in plain or any(one.field == "level" and one.strength >= 0.75 for one in known)

    if says(" ".join(tokens)):
        return int(match[2]), ""
    rest = [token for token in tokens if not says(token)]
    return (int(match[2]), " ".join(rest)) if len(rest) < len(tokens) else None
