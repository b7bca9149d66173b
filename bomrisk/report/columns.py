"""Columns packed for the page: JSON, then gzip, then base64; small where values repeat.

A packed column is one of
  {"x": value}                  every row has this value
  {"d": [values], "i": [n, …]}  values by number; -1 is null
  {"s": [n, …]}                 whole numbers as differences from the row before
  {"v": [values]}               the values themselves
No object exists per row: Polars makes the lists, `json` writes them.
"""

from __future__ import annotations

import base64
import gzip
import io
import json
import zlib
from collections.abc import Mapping

import polars as pl

_REPEATS = 0.6
"""Values are numbered if at most this share of them is distinct."""

GZIP_LEVEL = 6


def packed(series: pl.Series) -> str:
    """The column as JSON text in the shortest of the forms above; NaN and infinities are null."""
    if series.dtype.is_float():
        series = series.fill_nan(None)
        series = series.set(series.is_infinite().fill_null(value=False), None)
    distinct = series.unique()
    if distinct.len() <= 1:
        return f'{{"x":{_json(distinct.to_list()[0] if distinct.len() else None)}}}'
    if series.dtype == pl.Boolean:
        series = series.cast(pl.Int8)
        distinct = series.unique()
    if series.dtype.is_integer() and not series.null_count():
        if series.is_sorted():
            steps = series.cast(pl.Int64).diff().fill_null(int(series[0]))
            return f'{{"s":{_json(steps.to_list())}}}'
        return f'{{"v":{_json(series.to_list())}}}'
    if distinct.len() > _REPEATS * series.len():
        return f'{{"v":{_json(series.to_list())}}}'
    words = distinct.drop_nulls().sort()
    numbers = series.rank("dense").cast(pl.Int32) - 1
    return f'{{"d":{_json(words.to_list())},"i":{_json(numbers.fill_null(-1).to_list())}}}'


def significant(series: pl.Series, digits: int = 4) -> pl.Series:
    """The floats rounded to significant digits: what a page can show."""
    return series.round_sig_figs(digits)


def record(parts: Mapping[str, str]) -> str:
    """A JSON object from texts that are JSON already."""
    return "{" + ",".join(f"{_json(name)}:{text}" for name, text in parts.items()) + "}"


def listing(parts: list[str]) -> str:
    """A JSON list from texts that are JSON already."""
    return "[" + ",".join(parts) + "]"


def plain(value: object) -> str:
    """A plain value as JSON text."""
    return _json(value)


def cost(text: str) -> int:
    """About how many bytes a piece of JSON takes in the page, compressed and in base64."""
    return len(zlib.compress(text.encode(), 1)) * 4 // 3


def base64_of(text: str) -> str:
    """The text as gzip in base64, the same bytes for the same text on every machine."""
    buffer = io.BytesIO()
    with gzip.GzipFile("", "wb", GZIP_LEVEL, buffer, mtime=0) as file:
        file.write(text.encode())
    return base64.b64encode(buffer.getvalue()).decode("ascii")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
