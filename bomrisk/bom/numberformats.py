"""What the number format of a cell says of the number in it: a plain number, a day, or neither for sure."""

from __future__ import annotations

import re
from enum import IntEnum

FIRST_DAY, LAST_DAY = 61, 2_958_465
"""Numbers of 1900-03-01, before which Excel counts a day that never was, and of 9999-12-31."""


class Shown(IntEnum):
    """How the numbers of a format are to be read."""

    UNSURE = 0
    NUMBER = 1
    DAY = 2


_NUMBER_FORMATS = frozenset(map(str, (*range(14), *range(37, 41), 48, 49)))
"""Formats of Excel's own, by their numbers, that show no date or time."""
_DAY_FORMATS = frozenset(map(str, (*range(14, 18), 22)))
"""Formats of Excel's own that show a day."""
_NUMBER = re.compile(
    r"""(?:"[^"\\_]*"|\\.|[_*].|\[(?![hms]+\])[^\]]*\]|[#0?.,%/\s+\-();$€£¥@]|E[+-]|General)+""",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"(?:\[\$-[0-9a-f]+\])?(?=[^;]*[dy])(?:[dmyhs]|\\?[-/.,: ])+(?:;@)?", re.IGNORECASE
)


def shown(identity: str, code: str | None, *, since_1904: bool = False) -> Shown:
    """What a format shows, by its number and, unless it is one of Excel's own, its code.

    Workbooks that count days since 1904 have no format that surely shows a day.
    """
    if code is None:
        number = identity in _NUMBER_FORMATS
    else:  # calamine takes the a of General and a slash for a.m. and p.m.
        number = bool(_NUMBER.fullmatch(code)) and not ("/" in code and "general" in code.lower())
    if number:
        return Shown.NUMBER
    day = bool(_DAY.fullmatch(code)) if code is not None else identity in _DAY_FORMATS
    return Shown.DAY if day and not since_1904 else Shown.UNSURE
