"""A column per level: the part stands, or a mark, in the column of its depth, as printed trees write it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from bomrisk.bom import words
from bomrisk.bom.columns import Column, ColumnMap, map_columns
from bomrisk.bom.content import is_number
from bomrisk.bom.gaps import filled
from bomrisk.bom.regions import Region, sample
from bomrisk.bom.vocabulary import Header, normal, read_header, vocabulary

if TYPE_CHECKING:
    import polars as pl

    from bomrisk.bom.sheet import Sheet

ALONE = 0.95
"""Share of the rows in which one column alone is filled, from which the columns are a staggered tree."""
MOST_JUMPS = 0.05
"""Share of the rows that may lie more than one level below the row above."""
LEAST_ROWS = 3

_NUMBERED = re.compile(r"(\D*?) ?(\d{1,2})(?: 0)?(?: ?(?:st|nd|rd|th))? ?(\D*)")
_LETTERS = "abcdefgh"
_LETTERED = re.compile(rf"^(|.*(?:indenture|level|ind|ebene|stufe)) ?\b([{_LETTERS}])$")
"""A header that ends in the letter of an indenture; A is the end item."""
_HAN = {name: str(at) for at, name in enumerate("零一二三四五六七八九")}
_HAN_LEVEL = re.compile(r"第?([零一二三四五六七八九])(级|層|层|阶)")
_MARK = re.compile(r"(?i)x|[✓✔✗●•○■□*+√]|yes|y|-")
_CODE = re.compile(r"(?=.*\d)[\w./#+\-]{3,48}")
_STEP = re.compile(r"\d{1,4}(?:[.\-]\d{1,4})*\.?")
_SAYS = {
    "part_number": "numbers of parts",
    "name": "names of parts",
    "quantity": "quantities",
    "item_no": "positions",
}
_WORDS = {"part_number": "part number", "name": "name", "quantity": "qty", "item_no": "item no"}
_OWNERS = ("part_number", "name", "description", "mpn", "level", "item_no")


@dataclass(frozen=True, slots=True)
class Steps:
    """The columns of a staggered tree, one per level, and the field whose texts they hold.

    `holds` is None if the cells say nothing but the depth: digits or marks.
    """

    letters: tuple[str, ...]
    holds: str | None


def mapped(sheet: Sheet, region: Region) -> ColumnMap:
    """The columns of a table by header and content, a column per level read as level and part."""
    texts = region.header.texts if region.header is not None else (sheet.header or {})
    steps = steps_of(sheet.frame, region, texts)
    heads = {letter: texts.get(letter) for letter in region.letters}
    if steps is None:
        flat = map_columns(heads, sample(sheet.frame, region))
        if flat.letter("level") in _by_level(region, texts):
            main = {name: one for name, one in flat.main.items() if name != "level"}
            flat = replace(flat, main=main)
        return filled(flat)
    first, second = steps.letters[:2]
    given: dict[str, str | None] = {**heads, **dict.fromkeys(steps.letters)}
    given[first] = "level"
    holds = steps.holds and _free(steps.holds, given)
    if holds:
        given[second] = _WORDS[holds]
    cells = sample(merged(sheet.frame, region, steps.letters), region)
    found = map_columns(given, cells)
    main = dict(found.main)
    named = next((text for letter in steps.letters if (text := texts.get(letter))), "")
    for name, letter in (("level", first), (holds, second)):
        if name and (name not in main or main[name].letter == letter):
            main[name] = _column(name, letter, named, steps)
    headers = {**found.headers, first: Header(named), second: Header(texts.get(second, ""))}
    return filled(replace(found, main=main, headers=headers, steps=steps.letters))


def _by_level(region: Region, texts: Mapping[str, str]) -> list[str]:
    """Columns of something else by level, such as prices: none of them says the level of the part."""
    counted = [
        letter
        for letter in region.letters
        if _level(text := texts.get(letter, "")) is not None and re.search(r"[^\W\d]", text)
    ]
    return counted if len(counted) > 1 else []


def _column(name: str, letter: str, text: str, steps: Steps) -> Column:
    span = f"{steps.letters[0]} to {steps.letters[-1]}"
    says = (
        f"one column per level, {span}: the filled one says how deep the part lies"
        if name == "level"
        else f"the cells of the columns of the levels, {span}, are {_SAYS[name]}"
    )
    return Column(letter, name, replace(read_header(text), text=text), 0.9, says, steps.letters[-1])


def _free(holds: str, given: Mapping[str, str | None]) -> str | None:
    """The field of the texts in the columns: another column that says the same goes before them."""
    taken = {
        header.candidates[0].field
        for text in given.values()
        if text
        for header in (read_header(text),)
        if header.strength >= 0.75
    }
    if holds == "quantity" and "quantity" in taken:
        holds = "item_no"
    if holds in ("part_number", "name"):
        other = "name" if holds == "part_number" else "part_number"
        order = (holds, other) if holds == "part_number" else (holds,)
        return next((name for name in order if name not in taken), None)
    return None if holds in taken else holds


def steps_of(frame: pl.DataFrame, region: Region, texts: Mapping[str, str]) -> Steps | None:
    """The staggered tree of a table, or None.

    A family of neighbouring columns is one if its headers count levels, name an assembly and what is
    in it, or are one merged header, and each row has one cell in it (or the whole path down to
    the part), never more than one level below the row above. Columns of prices by
    level, or of alternates, are filled side by side in one row.
    """
    for letters, sure in _families(frame, region, texts):
        found = _judged(frame, region, letters, sure=sure)
        bare = not any(re.search(r"[^\W\d]{2}", texts.get(letter, "")) for letter in letters)
        if found is not None and not (bare and sure and _may_be_kinds(frame, region, found)):
            return found
    return None


def _may_be_kinds(frame: pl.DataFrame, region: Region, steps: Steps) -> bool:
    """Whether columns headed by bare numbers or letters may be variants: counts, or marks in their order."""
    if steps.holds in ("part_number", "name"):
        return False
    depths = _rows(frame, region, steps.letters).get_column("depth").drop_nulls().to_list()
    return steps.holds is not None or (depths == sorted(depths) and depths.count(depths[0]) > 1)


def _families(
    frame: pl.DataFrame, region: Region, texts: Mapping[str, str]
) -> list[tuple[tuple[str, ...], bool]]:
    """Runs of columns that may be a tree, and whether their headers say so by numbers."""
    numbers = {letter: _level(texts.get(letter, "")) for letter in region.letters}
    said = words.plain("assembly step")
    named = [letter for letter in region.letters if normal(texts.get(letter, "")) in said]
    found: list[tuple[tuple[str, ...], bool]] = []
    for run in _runs(region.letters, [one for one, at in numbers.items() if at is not None]):
        part: list[str] = []
        for letter in run:
            at, before = numbers[letter], numbers[part[-1]] if part else None
            if part and (at is None or before is None or at != before + 1):
                found.append((tuple(part), True))
                part = []
            part.append(letter)
        found.append((tuple(part), True))
    found += [(run, False) for run in _runs(region.letters, named)]
    owners = [letter for letter in region.letters if _owns(texts.get(letter, ""))]
    if owners:
        bare = {
            letter
            for letter in region.letters
            if not texts.get(letter) and frame.get_column(letter).null_count() < frame.height
        }
        for owner in owners if bare else ():
            run = next(r for r in _runs(region.letters, [owner, *bare]) if owner in r)
            header = read_header(texts.get(owner, ""))
            if header.strength >= 0.9 and header.candidates[0].field == "level":
                found.append((run[run.index(owner) :], True))
            else:
                found.append((run, False))
    return [(letters, sure) for letters, sure in found if len(letters) >= 2]


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


def _level(text: str) -> int | None:
    """Number of the level that a header names: ``L0``, ``Level 2``, ``3rd level``, ``Stufe 1``, ``2``."""
    clean = normal(text)
    han = _HAN_LEVEL.fullmatch(clean.replace(" ", ""))
    if han:
        return int(_HAN[han[1]])
    clean = _LETTERED.sub(lambda found: f"{found[1]} {_LETTERS.index(found[2])}", clean)
    match = _NUMBERED.fullmatch(clean)
    if match is None:
        return None
    tokens = f"{match[1]} {match[3]}".split()
    if not tokens:
        return int(match[2])
    exact = vocabulary().exact
    plain = words.plain("level step")
    says = any(
        token in plain
        or any(one.field == "level" and one.strength >= 0.75 for one in exact.get(token, ()))
        for token in (*tokens, " ".join(tokens))
    )
    return int(match[2]) if says and len(tokens) <= 4 else None


def _judged(
    frame: pl.DataFrame, region: Region, letters: tuple[str, ...], *, sure: bool
) -> Steps | None:
    import polars as pl

    rows = _rows(frame, region, letters)
    held = rows.filter(pl.col("count") > 0)
    others = rows.filter(pl.col("all") > 0).height
    if held.height < LEAST_ROWS or held.height < 0.6 * others:
        return None
    depths = held.get_column("depth").to_list()
    if len(set(depths)) < 2 or depths[0] != min(depths):
        return None
    alone = float((held.get_column("count") == 1).mean() or 0.0)  # type: ignore[arg-type]
    texts = [" ".join(text.split()) for text in held.get_column("text").to_list()]
    kind = _held(texts, depths)
    if alone < ALONE:
        path = sure or len(letters) >= 3
        return Steps(letters, kind) if path and kind in _WORDS and _is_path(held, letters) else None
    jumps = sum(1 for above, here in pairwise(depths) if here > above + 1)
    if jumps > MOST_JUMPS * len(depths):
        return None
    if not sure:
        below = held.filter(pl.col("depth") > min(depths))
        told = below.filter(pl.col("all") > pl.col("count")).height
        if kind not in ("part_number", "name") or told < 0.8 * below.height:
            return None
        if len(letters) < 3 and held.filter(pl.col("all") > 1).height < held.height:
            return None
    return Steps(letters, kind)


def _held(texts: Sequence[str], depths: Sequence[int]) -> str | None:
    """The field that the cells of a staggered tree hold; None for digits of the level, and marks."""
    if all(_MARK.fullmatch(text) for text in texts):
        return None
    digits = [text.removesuffix(".0").strip(". ") for text in texts]
    if all(text.isdecimal() and len(text) <= 2 for text in digits):
        steps = {int(text) - depth for text, depth in zip(digits, depths, strict=True)}
        return None if len(steps) == 1 or set(digits) == {"1"} else "quantity"
    if sum(1 for text in texts if _STEP.fullmatch(text) and len(text) <= 4) >= 0.9 * len(texts):
        dotted = any("." in text for text in digits)
        return "item_no" if dotted else "quantity"
    coded = sum(1 for text in texts if _CODE.fullmatch(text))
    return "part_number" if coded >= 0.6 * len(texts) else "name"


def _is_path(held: pl.DataFrame, letters: Sequence[str]) -> bool:
    """Whether each row writes the whole path down to its part, and each assembly has its own row."""
    stack: list[str] = []
    for row in held.select(letters).iter_rows():
        cells = [text.strip() if text else "" for text in row]
        while cells and not cells[-1]:
            cells.pop()
        if not all(cells) or is_number(cells[-1]) or cells[:-1] != stack[: len(cells) - 1]:
            return False
        if len(cells) - 1 > len(stack):
            return False
        stack = cells
    return True


def _rows(frame: pl.DataFrame, region: Region, letters: Sequence[str]) -> pl.DataFrame:
    """The rows of a region with the cells of the columns, how many, how deep the last, and its text."""
    import polars as pl

    part = frame.slice(region.first, region.end - region.first).with_row_index("place")
    if region.repeats:
        apart = [place - region.first for place in region.repeats]
        part = part.filter(~pl.col("place").is_in(apart))
    depth = pl.coalesce(
        pl.when(pl.col(letter).is_not_null()).then(pl.lit(at, pl.Int32))
        for at, letter in reversed(list(enumerate(letters)))
    )
    return part.select(
        "place",
        *letters,
        pl.sum_horizontal(pl.col(list(letters)).is_not_null()).alias("count"),
        pl.sum_horizontal(pl.col(list(region.letters)).is_not_null()).alias("all"),
        depth.alias("depth"),
        pl.coalesce(list(reversed(letters))).alias("text"),
    )


def merged(frame: pl.DataFrame, region: Region, letters: Sequence[str]) -> pl.DataFrame:
    """The frame with the depth in the first of the columns and the text in the second.

    A text that is alone in its row with nothing deeper below it is a title or a note: it has no depth.
    """
    import polars as pl

    rows = _rows(frame, region, letters)
    held = rows.filter(pl.col("count") > 0)
    path = held.height > 0 and (held.get_column("count") == 1).mean() < ALONE  # type: ignore[operator]
    following = pl.col("depth").shift(-1).fill_null(-1)
    lone = (pl.col("all") == 1) & (following <= pl.col("depth")) & (pl.col("depth") == 0)
    several = (pl.col("count") > 1) if not path else pl.lit(value=False)
    told = held.with_columns(
        pl.when(~lone & ~several).then(pl.col("depth").cast(pl.String)).alias("level")
    )
    places = told.get_column("place") + region.first
    inside = pl.int_range(pl.len()).is_between(region.first, region.end - 1)
    if region.repeats:
        inside = inside & ~pl.int_range(pl.len()).is_in(sorted(region.repeats))
    cleared = frame.with_columns(pl.when(~inside).then(letter).alias(letter) for letter in letters)
    first, second = letters[:2]
    return cleared.with_columns(
        cleared.get_column(first).scatter(places, told.get_column("level")),
        cleared.get_column(second).scatter(places, told.get_column("text")),
    )
