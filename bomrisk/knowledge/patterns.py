"""The subset of regular expressions that Python, Polars (Rust) and RE2 all accept."""

from __future__ import annotations

import re
from functools import cache

_LOOK_AROUND = re.compile(r"\(\?(?:=|!|<=|<!)")
_BACK_REFERENCE = re.compile(r"(?<!\\)(?:\\\\)*(?:\\[1-9]|\(\?P=)")
_POSSESSIVE = re.compile(r"\(\?>|[*+?}]\+")


@cache
def pattern_fault(pattern: str) -> str | None:
    """What is wrong with a pattern; None if it compiles everywhere and can never become slow.

    Look-around and back-references are outside the subset: they do not run inside Polars.
    """
    if _LOOK_AROUND.search(pattern):
        return f"the pattern {pattern!r} looks around, which Rust's engine cannot"
    if _BACK_REFERENCE.search(pattern):
        return f"the pattern {pattern!r} refers back, which Rust's engine cannot"
    if _POSSESSIVE.search(pattern):
        return f"the pattern {pattern!r} has an atomic group or a possessive repeat"
    try:
        compiled = re.compile(pattern)
    except re.error as error:
        return f"the pattern {pattern!r} does not compile: {error}"
    if compiled.search("") is not None:
        return f"the pattern {pattern!r} matches an empty text, so it would match every line"
    import polars as pl

    try:
        pl.Series([""]).str.contains(pattern)
    except pl.exceptions.ComputeError as error:
        return f"the pattern {pattern!r} does not compile in Polars: {str(error).splitlines()[0]}"
    return None
