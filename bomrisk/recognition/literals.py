"""The letters that a pattern cannot match without: what the candidate filter looks for.

A pattern is read by Python's own parser of patterns. From its parts follow sets of which one must
occur in any match; the most telling set is chosen: its shortest member is long, has digits, and is no
everyday word of parts lists. A pattern for which no set is found runs on every candidate text.
Everything is in capitals: the filter ignores case.
"""

from __future__ import annotations

import re
import warnings
from functools import lru_cache
from typing import Any

from bomrisk.recognition.wordlists import words

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from re import _constants as op  # type: ignore[attr-defined]
    from re import _parser as parser  # type: ignore[attr-defined]

MOST = 96
"""Alternatives a set may hold; a wider one is given up."""
BORDER = "\x00"
"""Stands for a word border inside a required run."""

Runs = frozenset[str]
Parts = list[tuple[Any, Any]]


@lru_cache(maxsize=4096)
def required(pattern: str) -> Runs:
    """Capitals of which at least one occurs in any match; empty when none is sure.

    A run between two borders, such as " ITO ", must be a whole run of letters.
    """
    return frozenset(_told(run) for run in _best(list(parser.parse(pattern)), 2))


def _told(run: str) -> str:
    """A run as the filter looks for it: a word between spaces, or its longest stretch without border."""
    inner = run.strip(BORDER)
    if run.startswith(BORDER) and run.endswith(BORDER) and inner.isalpha() and len(run) > 2:
        return f" {inner} "
    return max(run.split(BORDER), key=len)


def _best(parts: Parts, depth: int) -> Runs:
    """The most telling set of a sequence; a branch is also tried whole, each choice with its neighbours."""
    best: Runs = max(_sets(parts), key=_worth, default=frozenset())
    if depth == 0 or _worth(best)[0] > 4:
        return best
    for place, (code, value) in enumerate(parts):
        branch = list(value[3]) if code is op.SUBPATTERN else [(code, value)]
        if len(branch) != 1 or branch[0][0] is not op.BRANCH:
            continue
        union: set[str] = set()
        for choice in branch[0][1][1]:
            runs = _best([*parts[:place], *choice, *parts[place + 1 :]], depth - 1)
            if not runs:
                break
            union |= runs
        else:
            if len(union) <= MOST and _worth(frozenset(union)) > _worth(best):
                best = frozenset(union)
    return best


def _worth(runs: Runs) -> tuple[float, int]:
    return (min((_telling(run) for run in runs), default=0.0), -len(runs))


def _telling(run: str) -> float:
    """How rarely a run stands in a text by chance."""
    told = _told(run)
    bare = told.strip()
    if not bare:
        return 0.0
    value = len(bare) + 0.7 * sum(char.isdigit() for char in bare) + 1.5 * (told != bare)
    return min(value, 2.5) if bare in words("everyday") else value


def _sets(parts: Parts) -> list[Runs]:
    """Sets required by a sequence: exact stretches are joined, all else is a border between them."""
    found: list[Runs] = []
    exact: Runs = frozenset({""})
    for code, value in parts:
        spelled = _exact(code, value)
        if spelled is not None and len(exact) * len(spelled) <= MOST:
            exact = frozenset(head + tail for head in exact for tail in spelled)
            continue
        edge = _edge(code, value)
        if spelled is None and len(exact) * len(edge) <= MOST:
            exact = frozenset(head + tail for head in exact for tail in edge)
        found.append(exact)
        if spelled is not None:
            exact = spelled
        else:
            found.extend(_inner(code, value))
            exact = edge
    found.append(exact)
    return [runs for runs in found if runs and all(run.strip(BORDER) for run in runs)]


def _edge(code: object, value: Any) -> Runs:
    """What stands at both ends of a repeated element that occurs at least once: it joins its neighbours."""
    if code in (op.MAX_REPEAT, op.MIN_REPEAT) and value[0] > 0:
        return _spelled(value[2]) or frozenset({""})
    if code is op.SUBPATTERN and len(value[3]) == 1:
        return _edge(*value[3][0])
    return frozenset({""})


def _exact(code: object, value: Any) -> Runs | None:
    """All that an element can match, when that is a small set of strings; None otherwise."""
    if code is op.AT:
        return frozenset({BORDER if value is op.AT_BOUNDARY else ""})
    if code is op.LITERAL:
        return frozenset({chr(value).upper()})
    if code is op.IN:
        return _characters(value)
    if code is op.SUBPATTERN:
        return _spelled(value[3])
    if code is op.BRANCH:
        runs: set[str] = set()
        for branch in value[1]:
            spelled = _spelled(branch)
            if spelled is None:
                return None
            runs |= spelled
        return frozenset(runs) if len(runs) <= MOST else None
    if code in (op.MAX_REPEAT, op.MIN_REPEAT):
        return _repeated(*value)
    return None


def _repeated(least: int, most: Any, inner: Any) -> Runs | None:
    spelled = _spelled(inner)
    if spelled is None or int(most) > 2 or len(spelled) > 12:
        return None
    out: set[str] = set()
    part: Runs = frozenset({""})
    for count in range(int(most) + 1):
        if count >= least:
            out |= part
        part = frozenset(head + tail for head in part for tail in spelled)
    return frozenset(out) if len(out) <= MOST else None


def _spelled(parts: Any) -> Runs | None:
    runs: Runs = frozenset({""})
    for code, value in parts:
        spelled = _exact(code, value)
        if spelled is None or len(runs) * len(spelled) > MOST:
            return None
        runs = frozenset(head + tail for head in runs for tail in spelled)
    return runs


def _characters(value: Any) -> Runs | None:
    runs: set[str] = set()
    for code, item in value:
        if code is op.LITERAL:
            runs.add(chr(item).upper())
        elif code is op.RANGE and item[1] - item[0] < 12:
            runs |= {chr(point).upper() for point in range(item[0], item[1] + 1)}
        elif code is op.CATEGORY and item is op.CATEGORY_DIGIT:
            runs |= set("0123456789")
        elif code is op.CATEGORY and item is op.CATEGORY_SPACE:
            runs.add(" ")  # a reading holds no other white space
        else:
            return None
    return frozenset(runs) if len(runs) <= 12 else None


def _inner(code: object, value: Any) -> list[Runs]:
    """Sets required by an element that is not exact."""
    if code is op.SUBPATTERN:
        return _sets(list(value[3]))
    if code in (op.MAX_REPEAT, op.MIN_REPEAT) and value[0] > 0:
        return _sets(list(value[2]))
    if code is op.BRANCH:
        union: set[str] = set()
        for branch in value[1]:
            best = max(_sets(list(branch)), key=_worth, default=frozenset())
            if not best:
                return []
            union |= best
        return [frozenset(union)] if len(union) <= MOST else []
    return []


def is_plain(pattern: str) -> bool:
    """Whether a pattern stays in the subset of Rust's regex and RE2: no look-around, no back-reference."""
    try:
        tree = parser.parse(pattern)
    except re.error:
        return False
    return _plain(tree)


def _plain(parts: Any) -> bool:
    for code, value in parts:
        if code not in _KNOWN:
            return False
        if code is op.SUBPATTERN and not _plain(value[3]):
            return False
        if code in (op.MAX_REPEAT, op.MIN_REPEAT) and not _plain(value[2]):
            return False
        if code is op.BRANCH and not all(_plain(branch) for branch in value[1]):
            return False
    return True


_KNOWN = {
    op.AT,
    op.LITERAL,
    op.NOT_LITERAL,
    op.IN,
    op.ANY,
    op.SUBPATTERN,
    op.BRANCH,
    op.MAX_REPEAT,
    op.MIN_REPEAT,
}
