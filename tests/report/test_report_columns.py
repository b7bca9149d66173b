"""Columns packed for the page come back as they went in."""

from __future__ import annotations

import base64
import gzip
import json
from itertools import accumulate
from typing import Any

import polars as pl
import pytest

from bomrisk.report import columns


def unpacked(text: str, height: int) -> list[Any]:
    """The values as the page's script reads them."""
    found = json.loads(text)
    if "x" in found:
        return [found["x"]] * height
    if "d" in found:
        return [None if n < 0 else found["d"][n] for n in found["i"]]
    if "s" in found:
        return list(accumulate(found["s"]))
    values: list[Any] = found["v"]
    return values


@pytest.mark.parametrize(
    ("values", "form"),
    [
        (["a", "a", "a"], "x"),
        ([None, None], "x"),
        ([], "x"),
        (["b", None, "a", "b", "b", "b"], "d"),
        (["p1", "p2", "p3"], "v"),
        ([1, 5, 6, 6, 900], "s"),
        ([3, 1, 2], "v"),
        ([1, None, 2, 1, 1, 1], "d"),
        ([0.5, 0.25, None, 0.5, 0.5, 0.5], "d"),
        ([True, False, None, True, True, True], "d"),
    ],
)
def test_a_column_comes_back_in_the_shortest_form(values: list[Any], form: str) -> None:
    text = columns.packed(pl.Series(values))
    assert form in json.loads(text)
    assert unpacked(text, len(values)) == values


def test_what_is_no_number_is_null() -> None:
    values = [1.0, float("nan"), float("inf"), -float("inf")]
    assert unpacked(columns.packed(pl.Series(values)), 4) == [1.0, None, None, None]


def test_base64_is_gzip_with_no_time_in_it() -> None:
    text = '{"part":"Ω"}'
    data = base64.b64decode(columns.base64_of(text))
    assert gzip.decompress(data).decode() == text
    assert data[4:8] == b"\0\0\0\0"
    assert columns.base64_of(text) == columns.base64_of(text)


def test_records_and_lists_are_json() -> None:
    text = columns.record({"a": columns.plain(1), "b": columns.listing(['"x"', "null"])})
    assert json.loads(text) == {"a": 1, "b": ["x", None]}
    assert columns.cost(text) > 0
    assert columns.significant(pl.Series([0.123456])).to_list() == [0.1235]
