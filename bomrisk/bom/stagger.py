"""A column per level: the part stands, or a mark, in the column of its depth, as printed trees write it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from bomrisk.bom.columns import IDENTITIES, Column, ColumnMap, map_columns
from bomrisk.bom.content import is_number
from bomrisk.bom.gaps import filled
from bomrisk.bom.levelheads import Family, counts_levels, families
from bomrisk.bom.pathgroups import joined, with_path
from bomrisk.bom.regions import Region, sample
from bomrisk.bom.summed import with_summed
from bomrisk.bom.vocabulary import Header, read_header

if TYPE_CHECKING:
    import polars as pl

    from bomrisk.bom.sheet import Sheet

ALONE = 0.95
"""Share of the rows in which one column alone is filled, from which the columns are a staggered tree."""
MOST_JUMPS = 0.05
"""Share of the rows that may lie more than one level below the row above."""
LEAST_ROWS = 3

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


@dataclass(frozen=True, slots=True)
class Steps:
    """The columns of a staggered tree, and the field whose texts they hold.

    The first of `groups` has the columns that say the level, one per level; it is empty where the
    table writes only the parts at the end of their paths. The others hold one field each,
    the first of them the part in that case. `holds` is None if the cells say nothing but the depth:
    digits or marks. `says` has the headers of the further groups.
    """

    groups: tuple[tuple[str, ...], ...]
    holds: str | None
    says: tuple[str | None, ...] = ()


def mapped(sheet: Sheet, region: Region) -> ColumnMap:
    """The columns of a table by header and content, a column per level read as level and part."""
    texts = region.header.texts if region.header is not None else (sheet.header or {})
    steps = steps_of(sheet.frame, region, texts)
    heads = {letter: texts.get(letter) for letter in region.letters}
    if steps is None:
        flat = map_columns(heads, sample(sheet.frame, region))
        counted = [letter for letter in region.letters if counts_levels(texts.get(letter, ""))]
        if len(counted) > 1 and flat.letter("level") in counted:
            # something else by level, such as prices: none of them says the level of the part
            main = {name: one for name, one in flat.main.items() if name != "level"}
            flat = replace(flat, main=main)
        found = with_summed(filled(flat), sheet.frame, region)
        return with_path(found, sheet.frame, region, texts)
    return filled(_with_steps(sheet, region, texts, steps))


def _with_steps(sheet: Sheet, region: Region, texts: Mapping[str, str], steps: Steps) -> ColumnMap:
    """The columns of a table with a column per level, these read as one column for each field."""
    groups = steps.groups
    given: dict[str, str | None] = {letter: texts.get(letter) for letter in region.letters}
    for letters in groups:
        given |= dict.fromkeys(letters)
    for letters, says in zip(groups[1:], steps.says, strict=True):
        given[letters[0]] = says
    placed: dict[str, tuple[str, tuple[str, ...]]] = {}
    if groups[0]:
        given[groups[0][0]] = "level"
        placed[groups[0][0]] = ("level", groups[0])
    holds = steps.holds and _free(steps.holds, given)
    at = groups[0][1] if groups[0] else groups[1][0]
    if holds:
        given[at] = _WORDS[holds]
        placed[at] = (holds, groups[0] or groups[1])
    found = map_columns(given, sample(merged(sheet.frame, region, groups), region))
    main, headers = dict(found.main), dict(found.headers)
    for letter, (name, letters) in placed.items():
        text = next((text for one in letters if (text := texts.get(one))), "")
        headers[letter] = Header(text)
        if name not in main or main[name].letter == letter:
            main[name] = _column(name, letter, text, letters)
    if not groups[0] and "parent" not in main:
        main["parent"] = _above(groups[1], texts)
    spans = {letters[0]: letters[-1] for letters in groups[1:]}
    for name, column in main.items():
        if column.letter in spans and column.letter not in placed:
            header = replace(column.header, text=texts.get(column.letter, ""))
            main[name] = replace(column, header=header, last=spans[column.letter])
    return replace(found, main=main, headers=headers, steps=groups)


def _column(name: str, letter: str, text: str, letters: Sequence[str]) -> Column:
    span = f"{letters[0]} to {letters[-1]}"
    says = (
        f"one column per level, {span}: the filled one says how deep the part lies"
        if name == "level"
        else f"the cells of the columns of the levels, {span}, are {_SAYS[name]}"
    )
    return Column(letter, name, replace(read_header(text), text=text), 0.9, says, letters[-1])


def _above(letters: Sequence[str], texts: Mapping[str, str]) -> Column:
    """The assemblies above a part that stands at the end of its path: `merged` writes them beside it."""
    says = (
        f"the cells before the last one, {letters[0]} to {letters[-1]}, name the assemblies above"
    )
    header = Header(texts.get(letters[0], ""))
    return Column(letters[1], "parent", header, 0.9, says, letters[-1])


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
    for family in families(frame, region, texts):
        found = _judged(frame, region, family)
        if found is not None and not found.groups[0] and _named_elsewhere(texts, family.letters):
            continue  # they are categories of the parts
        if found is not None and not (family.bare and _may_be_kinds(frame, region, found)):
            return found
    return None


def _named_elsewhere(texts: Mapping[str, str], letters: Sequence[str]) -> bool:
    """Whether the header of another column names the part."""
    return any(
        one.field in IDENTITIES and one.strength >= 0.6
        for letter, text in texts.items()
        if letter not in letters
        for one in read_header(text).candidates[:1]
    )


def _may_be_kinds(frame: pl.DataFrame, region: Region, steps: Steps) -> bool:
    """Whether columns headed by bare numbers or letters may be variants: counts, or marks in their order."""
    if steps.holds in ("part_number", "name"):
        return False
    depths = _rows(frame, region, steps.groups[0]).get_column("depth").drop_nulls().to_list()
    return steps.holds is not None or (depths == sorted(depths) and depths.count(depths[0]) > 1)


def _judged(frame: pl.DataFrame, region: Region, family: Family) -> Steps | None:
    import polars as pl

    letters, sure = family.letters, family.counted
    rows = _rows(frame, region, letters)
    held = rows.filter(pl.col("count") > 0)
    others = rows.filter(pl.col("all") > 0).height
    if held.height < LEAST_ROWS or held.height < 0.6 * others:
        return None
    depths = held.get_column("depth").to_list()
    alone = float((held.get_column("count") == 1).mean() or 0.0)  # type: ignore[arg-type]
    texts = [" ".join(text.split()) for text in held.get_column("text").to_list()]
    kind = _held(texts, depths)
    steps = Steps(
        (letters, *(one.letters for one in family.beside)),
        kind,
        tuple(one.says for one in family.beside),
    )
    rises = len(set(depths)) > 1 and depths[0] == min(depths)
    if alone < ALONE:
        if (sure or len(letters) >= 3) and kind in _WORDS and rises and _is_path(held, letters):
            return steps
        ends = sure and not family.bare and kind in ("part_number", "name") and _written(texts)
        return Steps(((), letters), kind, (None,)) if ends and not family.beside else None
    jumps = sum(1 for above, here in pairwise(depths) if here > above + 1)
    if not rises or jumps > MOST_JUMPS * len(depths):
        return None
    if not sure:
        below = held.filter(pl.col("depth") > min(depths))
        told = below.filter(pl.col("all") > pl.col("count")).height
        if kind not in ("part_number", "name") or told < 0.8 * below.height:
            return None
        few = below.height < 2 or held.height <= LEAST_ROWS
        if len(letters) < 3 and (few or held.filter(pl.col("all") > 1).height < held.height):
            return None
    return steps


def _written(texts: Sequence[str]) -> bool:
    """Whether texts are words or numbers of parts, not sums of money."""
    told = sum(1 for text in texts if re.search(r"[^\W\d_]{2}|[^\W\d_].*\d.*\d", text))
    return told >= 0.8 * len(texts)


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


def merged(
    frame: pl.DataFrame,
    region: Region,
    groups: Sequence[Sequence[str]],
    path: Sequence[str] = (),
) -> pl.DataFrame:
    """The frame with the depth in the first of the columns that say the level and the text in the second.

    The text of each further group stands in the first of its columns; where no column says the level,
    the path above that text stands in the second. The columns of `path` are joined in its first. A text
    that is alone in its row with nothing deeper below it is a title or a note: it has no depth.
    """
    import polars as pl

    letters = groups[0] if groups else ()
    if letters:
        rows = _rows(frame, region, letters)
        held = rows.filter(pl.col("count") > 0)
        written = held.height > 0 and (held.get_column("count") == 1).mean() < ALONE  # type: ignore[operator]
        following = pl.col("depth").shift(-1).fill_null(-1)
        lone = (pl.col("all") == 1) & (following <= pl.col("depth")) & (pl.col("depth") == 0)
        several = (pl.col("count") > 1) if not written else pl.lit(value=False)
        told = held.with_columns(
            pl.when(~lone & ~several).then(pl.col("depth").cast(pl.String)).alias("level")
        )
        frame = _written_as(frame, region, letters, told, {letters[0]: "level", letters[1]: "text"})
    for others in groups[1:]:
        held = _rows(frame, region, others).filter(pl.col("count") > 0)
        names = {others[0]: "text"}
        if not letters and others == groups[1]:
            held = held.with_columns(above=_path_above(held, others))
            names[others[1]] = "above"
        frame = _written_as(frame, region, others, held, names)
    if path:
        rows = _rows(frame, region, path)
        told = rows.with_columns(joined=joined(rows, path)).filter(pl.col("joined").is_not_null())
        frame = _written_as(frame, region, path, told, {path[0]: "joined"})
    return frame


def _path_above(held: pl.DataFrame, letters: Sequence[str]) -> pl.Series:
    """The texts of each row before its last one, joined; null where there is none."""
    import polars as pl

    upper = held.with_columns(
        pl.when(pl.lit(at) < pl.col("depth")).then(pl.col(letter)).alias(letter)
        for at, letter in enumerate(letters)
    )
    return joined(upper, letters)


def _written_as(
    frame: pl.DataFrame,
    region: Region,
    letters: Sequence[str],
    told: pl.DataFrame,
    names: Mapping[str, str],
) -> pl.DataFrame:
    """The frame with the columns emptied in the region, and some filled from what its rows say."""
    import polars as pl

    places = told.get_column("place") + region.first
    inside = pl.int_range(pl.len()).is_between(region.first, region.end - 1)
    if region.repeats:
        inside = inside & ~pl.int_range(pl.len()).is_in(sorted(region.repeats))
    cleared = frame.with_columns(pl.when(~inside).then(letter).alias(letter) for letter in letters)
    return cleared.with_columns(
        cleared.get_column(letter).scatter(places, told.get_column(name))
        for letter, name in names.items()
    )
