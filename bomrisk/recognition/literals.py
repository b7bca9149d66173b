"""The letters that a pattern cannot match without: what the candidate filter looks for.

A pattern is read by Python's own parser of patterns. From its parts follow sets of which one must
occur in any match; the best set is the one whose shortest member is longest. A pattern for which no
set is found runs on every candidate text. Everything is in capitals: the filter ignores case.
"""

from __future__ import annotations

import re
import warnings
from functools import lru_cache

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from re import _constants as op  # type: ignore[attr-defined]
    from re import _parser as parser  # type: ignore[attr-defined]

MOST = 96
"""Alternatives a set may hold; a wider one is given up."""

Runs = frozenset[str]


@lru_cache(maxsize=4096)
def required(pattern: str) -> Runs:
    """Capitals of which at least one occurs in any match of the pattern; empty when none is sure."""
    return _best(list(parser.parse(pattern)), 2)


def _best(parts: list[tuple[object, object]], depth: int) -> Runs:
    """The best set of a sequence; a branch in it is also tried whole, each branch with its neighbours."""
    best: Runs = max(_sets(parts), key=_worth, default=frozenset())
    if depth == 0 or _worth(best)[0] > 3:
        return best
    for place, (code, value) in enumerate(parts):
        branch = value[3] if code is op.SUBPATTERN else [(code, value)]  # type: ignore[index]
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


def _worth(runs: Runs) -> tuple[int, int]:
    return (min((len(run) for run in runs), default=0), -len(runs))


def _sets(parts: object) -> list[Runs]:
    """Sets required by a sequence: exact stretches are joined, all else is a border between them."""
    found: list[Runs] = []
    exact: Runs = frozenset({""})
    for code, value in parts:  # type: ignore[attr-defined]
        spelled = _exact(code, value)
        if spelled is not None and len(exact) * len(spelled) <= MOST:
            exact = frozenset(head + tail for head in exact for tail in spelled)
            continue
        found.append(exact)
        exact = frozenset({""})
        if spelled is not None:
            exact = spelled
        else:
            found.extend(_inner(code, value))
            exact = _last(code, value)
    found.append(exact)
    return [runs for runs in found if runs and "" not in runs]


def _last(code: object, value: object) -> Runs:
    """What stands at the end of a repeated element that occurs at least once, so that it joins what follows."""
    if code in (op.MAX_REPEAT, op.MIN_REPEAT) and value[0] > 0:  # type: ignore[index]
        return _spelled(value[2]) or frozenset({""})  # type: ignore[index]
    return frozenset({""})


def _exact(code: object, value: object) -> Runs | None:
    """All that an element can match, when that is a small set of strings; None otherwise."""
    if code is op.AT:
        return frozenset({""})
    if code is op.LITERAL:
        return frozenset({chr(value).upper()})  # type: ignore[arg-type]
    if code is op.IN:
        return _characters(value)
    if code is op.SUBPATTERN:
        return _spelled(value[3])  # type: ignore[index]
    if code is op.BRANCH:
        runs: set[str] = set()
        for branch in value[1]:  # type: ignore[index]
            spelled = _spelled(branch)
            if spelled is None:
                return None
            runs |= spelled
        return frozenset(runs) if len(runs) <= MOST else None
    if code in (op.MAX_REPEAT, op.MIN_REPEAT):
        least, most, inner = value  # type: ignore[misc]
        spelled = _spelled(inner)
        if spelled is None or most > 2 or len(spelled) > 12:
            return None
        out: set[str] = set()
        for count in range(least, most + 1):
            part = frozenset({""})
            for _ in range(count):
                part = frozenset(head + tail for head in part for tail in spelled)
            out |= part
        return frozenset(out) if len(out) <= MOST else None
    return None


def _spelled(parts: object) -> Runs | None:
    runs: Runs = frozenset({""})
    for code, value in parts:  # type: ignore[attr-defined]
        spelled = _exact(code, value)
        if spelled is None or len(runs) * len(spelled) > MOST:
            return None
        runs = frozenset(head + tail for head in runs for tail in spelled)
    return runs


def _characters(value: object) -> Runs | None:
    runs: set[str] = set()
    for code, item in value:  # type: ignore[attr-defined]
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


def _inner(code: object, value: object) -> list[Runs]:
    """Sets required by an element that is not exact."""
    if code is op.SUBPATTERN:
        return _sets(value[3])  # type: ignore[index]
    if code in (op.MAX_REPEAT, op.MIN_REPEAT) and value[0] > 0:  # type: ignore[index]
        return _sets(value[2])  # type: ignore[index]
    if code is op.BRANCH:
        union: set[str] = set()
        for branch in value[1]:  # type: ignore[index]
            best = max(_sets(branch), key=_worth, default=frozenset())
            if not best:
                return []
            union |= best
        return [frozenset(union)] if len(union) <= MOST else []
    return []


def is_plain(pattern: str) -> bool:
    """Whether a pattern stays in the subset that Rust's regex and RE2 accept: no look-around, no back-reference."""
    try:
        tree = parser.parse(pattern)
    except re.error:
        return False
    return _plain(tree)


def _plain(parts: object) -> bool:
    for code, value in parts:  # type: ignore[attr-defined]
        if code in (op.ASSERT, op.ASSERT_NOT, op.GROUPREF, op.GROUPREF_EXISTS):
            return False
        if code is op.SUBPATTERN and not _plain(value[3]):
            return False
        if code in (op.MAX_REPEAT, op.MIN_REPEAT) and not _plain(value[2]):
            return False
        if code is op.BRANCH and not all(_plain(branch) for branch in value[1]):
            return False
        if code not in _KNOWN:
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
