"""Who is part of whom: parents of lines from levels, dotted numbers, keys, indents or outline groups."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from math import gcd

ROOT = -1
"""Parent of a line that is no part of another line."""

_NUMBER = re.compile(r"[\s.*+>\-–_|·•]*(\d{1,3})(?:\.0+)?[.)]?\s*")
_MARKS = re.compile(r"[.*+>\-–_|·•\s]+")
_WORD = re.compile(r"(?i)(?:level|lvl|lev|stufe|nivel|niveau|l)[\s.:#]*(\d{1,3})")
_DOTTED = re.compile(r"\d+(?:[.\-/]\d+)*[.]?")
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Indenture codes of provisioning lists: A is the end item; I and O are not used."""


@dataclass(slots=True)
class Tree:
    """Parents of the lines of one table, by place in the table; `ROOT` for a root.

    `uses` lists, for a line whose parent stands in the table more than once, all the places: the
    sub-tree is written once and used by each of them. `troubles` are remarks by place; the roll-up
    of a line in `broken` is unknown, and with it that of everything below.
    """

    parents: list[int]
    kind: str = "flat"
    uses: dict[int, list[int]] = field(default_factory=dict)
    troubles: list[tuple[int, str]] = field(default_factory=list)
    broken: set[int] = field(default_factory=set)
    groups: dict[int, str] = field(default_factory=dict)
    """Place → name of a parent that is no line of the table, such as a product or a system."""

    def trouble(self, place: int, text: str) -> None:
        """Note structural trouble: what it is, and that the roll-up is unknown from here down."""
        self.troubles.append((place, text))
        self.broken.add(place)


def flat(count: int) -> Tree:
    """Lines without hierarchy: all are roots."""
    return Tree([ROOT] * count)


def depth_of(text: str | None) -> int | None:
    """Depth that a cell of a level column says: ``2``, ``..2``, ``*2``, ``Level 2``, ``...``."""
    if text is None:
        return None
    clean = text.strip()
    match = _NUMBER.fullmatch(clean) or _WORD.fullmatch(clean)
    if match:
        return int(match[1])
    if clean and _MARKS.fullmatch(clean):
        return len(clean.replace(" ", ""))
    return None


def letter_depth(text: str | None) -> int | None:
    """Depth of an indenture letter: A is 0, B is 1 …; I and O are skipped."""
    clean = (text or "").strip().upper()
    return _LETTERS.index(clean) if len(clean) == 1 and clean in _LETTERS else None


def depths(texts: Sequence[str | None]) -> list[int | None]:
    """Depths of a level column; letters if (nearly) all cells are single letters."""
    distinct = set(texts)
    filled = [text for text in distinct if text and text.strip()]
    letters = sum(1 for text in filled if letter_depth(text) is not None)
    read: Callable[[str | None], int | None] = (
        letter_depth if letters > 0.8 * len(filled) else depth_of
    )
    table = {text: read(text) for text in distinct}
    if any(text.strip().startswith("..") for text in filled):
        for text in filled:  # ".1" that a spreadsheet took for the number 0.1
            lost = re.fullmatch(r"0\.([1-9])", text.strip())
            if lost:
                table[text] = int(lost[1])
    return [table[text] for text in texts]


def is_dotted(texts: Sequence[str | None]) -> bool:
    """Whether a column writes the tree as 1, 1.1, 1.1.1 rather than as depths."""
    distinct = {text.strip() for text in set(texts) if text and text.strip()}
    dotted = [text for text in distinct if re.fullmatch(r"\d+(?:[.\-/]\d+)+\.?", text)]
    if not dotted or all(re.fullmatch(r"\d+\.0+", text) for text in dotted):
        return False
    steps = sum(1 for text in distinct if _DOTTED.fullmatch(text))
    return steps >= 0.7 * len(distinct)


def by_depth(found: Sequence[int | None], kind: str = "level") -> Tree:
    """Parents by depth: the parent is the nearest line above that is one level higher.

    A line without depth, and one that lies more than one level below the line above it, is reported;
    what is above it cannot be told, so its roll-up is unknown.
    """
    tree = Tree([ROOT] * len(found), kind)
    known = [depth for depth in found if depth is not None]
    base = min(known, default=0)
    stack: list[tuple[int, int]] = []
    for place, depth in enumerate(found):
        if depth is None:
            tree.trouble(
                place,
                "the level is missing or unreadable: the line stands alone, its roll-up is unknown",
            )
            continue
        while stack and stack[-1][0] >= depth:
            stack.pop()
        if stack:
            above = stack[-1][0]
            tree.parents[place] = stack[-1][1]
            if depth - above > 1:
                tree.trouble(
                    place, f"the level jumps from {above} to {depth}: its roll-up is unknown"
                )
        elif depth > base:
            tree.trouble(
                place,
                f"level {depth} stands under no line of level {depth - 1}: its roll-up is unknown",
            )
        stack.append((depth, place))
    return tree


def by_depth_below(found: Sequence[int | None], kind: str = "outline") -> Tree:
    """The same where an assembly stands below its parts, as outline groups with totals below write it."""
    count = len(found)
    turned = by_depth(list(reversed(found)), kind)
    tree = Tree([ROOT] * count, kind)
    for place, parent in enumerate(turned.parents):
        tree.parents[count - 1 - place] = ROOT if parent == ROOT else count - 1 - parent
    tree.troubles = [(count - 1 - place, text) for place, text in turned.troubles]
    tree.broken = {count - 1 - place for place in turned.broken}
    return tree


def by_dots(texts: Sequence[str | None]) -> Tree:
    """Parents by dotted numbers: 1.2.3 is part of 1.2.

    A spreadsheet that took 1.10 for a number shows 1.1 again; after 1.9 it is read as 1.10.
    """
    tree = Tree([ROOT] * len(texts), "dotted")
    numbers = [_steps(text) for text in texts]
    shortest = min((len(steps) for steps in numbers if steps), default=1)
    seen: dict[tuple[int, ...], int] = {}
    last: dict[tuple[int, ...], int] = {}
    for place, written in enumerate(numbers):
        if not written:
            tree.trouble(
                place,
                f"the number {(texts[place] or '')[:30]!r} does not say where the line belongs",
            )
            continue
        steps = _with_lost_zero(written, seen, last, tree, place)
        parent = steps[:-1]
        if len(steps) > shortest:
            at = seen.get(parent)
            if at is None:
                name = ".".join(map(str, parent))
                tree.trouble(place, f"there is no line {name} above it: its roll-up is unknown")
                while parent and parent not in seen:
                    parent = parent[:-1]
                at = seen.get(parent, ROOT)
            tree.parents[place] = at
        seen[steps] = place
        last[steps[:-1]] = steps[-1]
    return tree


def _steps(text: str | None) -> tuple[int, ...]:
    clean = (text or "").strip().rstrip(".")
    if not _DOTTED.fullmatch(clean) or len(clean) > 200:
        return ()
    steps = tuple(int(step) for step in re.split(r"[.\-/]", clean))
    while len(steps) > 1 and steps[-1] == 0:
        steps = steps[:-1]
    return steps


def _with_lost_zero(
    steps: tuple[int, ...],
    seen: dict[tuple[int, ...], int],
    last: dict[tuple[int, ...], int],
    tree: Tree,
    place: int,
) -> tuple[int, ...]:
    before = last.get(steps[:-1])
    if len(steps) < 2 or steps not in seen or before is None or before + 1 != steps[-1] * 10:
        return steps
    mended = (*steps[:-1], steps[-1] * 10)
    name = ".".join(map(str, mended))
    tree.troubles.append(
        (place, f"the number stands twice and follows {before}: it is read as {name}")
    )
    return mended


def by_key(keys: Sequence[str | None], parents: Sequence[str | None]) -> Tree:
    """Parents by name: the parent cell holds the part number (or key) of the next higher assembly.

    A parent that stands nowhere as a line of its own is a product or group above the list. One that
    stands several times is used in several places; its parts count for each of them, unless they are
    written out under each.
    """
    tree = Tree([ROOT] * len(keys), "parent")
    places: dict[str, list[int]] = {}
    for place, key in enumerate(keys):
        if key and key.strip():
            places.setdefault(_key(key), []).append(place)
    counts = Counter(
        (_key(parent), _key(key))
        for key, parent in zip(keys, parents, strict=True)
        if parent and key
    )
    for place, parent in enumerate(parents):
        if not parent or not parent.strip():
            continue
        name = _key(parent)
        found = places.get(name)
        if not found:
            tree.groups[place] = parent.strip()
            continue
        own = _key(keys[place] or "")
        if own == name:
            tree.trouble(place, f"{parent.strip()!r} is its own parent: its roll-up is unknown")
            continue
        above = [at for at in found if at < place]
        tree.parents[place] = above[-1] if above else found[0]
        if len(found) > 1 and counts[(name, own)] < len(found):
            tree.uses[place] = found
    cut_circles(tree)
    return tree


def _key(text: str) -> str:
    return text.strip().casefold()


def cut_circles(tree: Tree) -> None:
    """Lines that are above and below themselves: reported, and cut so that the rest still stands."""
    state = [0] * len(tree.parents)
    for start in range(len(tree.parents)):
        path: list[int] = []
        at = start
        while at != ROOT and state[at] == 0:
            state[at] = 1
            path.append(at)
            at = tree.parents[at]
        if at != ROOT and state[at] == 1:
            circle = path[path.index(at) :]
            for place in circle:
                tree.trouble(
                    place, "the line is part of itself through its parents: its roll-up is unknown"
                )
            tree.parents[min(circle)] = ROOT
        for place in path:
            state[place] = 2


def widths(texts: Sequence[str | None]) -> list[int]:
    """Width of the indent that leading spaces, tabs or dots make before each text."""
    result: list[int] = []
    for text in texts:
        if not text:
            result.append(0)
            continue
        head = len(text) - len(text.lstrip(" \u00a0\u3000\t.·•"))
        lead = text[:head]
        marks = sum(lead.count(mark) for mark in ".·•")
        result.append(
            marks
            if marks
            else lead.count("\t") * 4 + sum(lead.count(space) for space in " \u00a0\u3000")
        )
    return result


def depths_of_indents(found: Sequence[int]) -> list[int | None] | None:
    """Depths from indent widths, or None if they do not look like a tree.

    Stray leading spaces are common: a tree needs several indented lines, widths that are multiples of
    one step, and a first line that is not indented.
    """
    indented = [width for width in found if width]
    if not indented or found[0] != min(found) or len(indented) < max(2, 0.15 * len(found)):
        return None
    step = reduce(gcd, indented)
    if len(indented) < 0.5 * len(found) and step < 2 and max(indented) < 2:
        return None
    table = {width: width // step for width in set(found)}
    if max(table.values()) > 40:
        return None
    return [table[width] for width in found]
