"""Text files of delimited records (.csv, .tsv and whatever they are called) as a frame of texts."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from bomrisk.bom import cards, records
from bomrisk.bom.aligned import Aligned, aligned
from bomrisk.bom.encoding import decode, spoiled
from bomrisk.bom.letters import letter
from bomrisk.bom.limits import Limits, mostly_empty
from bomrisk.bom.sheet import Sheet
from bomrisk.bom.workbook import blank_to_null, check_texts, last_used
from bomrisk.errors import InputError

if TYPE_CHECKING:
    import polars as pl

DELIMITERS = ("\t", ";", ",", "|")
CAREFUL_LINES = 20_000
"""Files up to this many lines are parsed record by record, so that broken records can be mended."""


def read_delimited(data: bytes, file: str, limits: Limits) -> Sheet:
    """Read a text file as one sheet; its name is empty."""
    decoded = decode(data)
    text = decoded.text
    remarks: list[str] = []
    if decoded.encoding != "utf-8" or "another encoding" in decoded.reason:
        remarks.append(f"read as {decoded.encoding} ({decoded.reason})")
    if "\0" in text:
        remarks.append(f"{text.count(chr(0)):,} NUL characters were dropped")
        text = text.replace("\0", "")
    wrong = spoiled(text)
    if wrong:
        remarks.append(
            f"characters were spoiled before the file came here, such as {wrong!r}"
            f" {text.count(wrong)} times: names and units may be wrong"
        )
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.count("\n") + (not text.endswith("\n"))
    if lines > limits.rows:
        raise InputError(
            f"the file has {lines:,} lines, more than the limit of {limits.rows:,}",
            mend="split it, or raise the limit of rows",
            file=file,
        )
    if cards.are_cards(text[:65536].split("\n")):
        return cards.read_cards(text.rstrip("\n").split("\n"))
    if lines <= CAREFUL_LINES:
        listed = aligned(text.rstrip("\n").split("\n"))
        if listed is not None:
            return _listed(listed, remarks, limits, file)
    delimiter = sniff(text)
    frame: pl.DataFrame | None = None
    if lines > CAREFUL_LINES:
        frame = _fast(text, delimiter, limits, file)
    if frame is not None:
        starts = _line_numbers(frame, lines)
    else:
        frame, starts, mended = _careful(text, delimiter, limits, file)
        remarks += mended
    frame = blank_to_null(frame)
    used = last_used(frame)
    if used == 0:
        raise InputError("the file is empty", mend="give a file with a parts list in it", file=file)
    frame, starts = frame.head(used), starts.head(used)
    check_texts(frame, limits, file, None)
    return Sheet(
        "", frame, starts, remarks=tuple(remarks), decimal_hint="," if delimiter == ";" else None
    )


def _listed(listed: Aligned, remarks: list[str], limits: Limits, file: str) -> Sheet:
    """The sheet of a list without delimiters."""
    import polars as pl

    frame = blank_to_null(listed.frame())
    check_texts(frame, limits, file, None)
    told = "read as a list whose columns are told by the blanks between them"
    rows = pl.Series("row", range(1, frame.height + 1), dtype=pl.UInt32)
    return Sheet("", frame, rows, remarks=(*remarks, told))


def sniff(text: str) -> str:
    """The delimiter of the records: the one that cuts most of the first lines into equally many fields."""
    head = [line for line in text[:262_144].split("\n")[:400] if line.strip()]
    if not head:
        return ","
    named = re.fullmatch(r'"?sep=(.)"?', head[0].strip(), re.IGNORECASE)
    if named:
        return named[1]
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        widths = Counter(
            len(record.fields)
            for record in records.parse(head[:200], delimiter)
            if any(record.fields)
        )
        widths.pop(1, None)
        if not widths:
            continue
        width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
        score = sum(widths.values()) / len(head) + count / len(head) + min(width, 20) * 0.02
        if score > best_score + 0.05:
            best, best_score = delimiter, score
    return best


def _fast(text: str, delimiter: str, limits: Limits, file: str) -> pl.DataFrame | None:
    """The whole text by Polars, or None if its quoting or its widths are irregular."""
    import io

    import polars as pl

    if text.count('"') % 2:
        return None
    mark = re.escape(delimiter)
    whole = pl.Series([text], dtype=pl.String)
    if whole.str.contains(f'[^{mark}\n"]"[^{mark}\n"]').any():
        return None
    del whole
    head = text[: 1 << 20].split("\n")[:5000]
    width = max((len(record.fields) for record in records.parse(head, delimiter)), default=1)
    _check_width(width, limits, file)
    names = [letter(index) for index in range(width)]
    buffer = io.BytesIO()
    buffer.write((delimiter.join(names) + "\n").encode())
    buffer.write(text.encode())
    buffer.seek(0)
    try:
        return pl.read_csv(buffer, separator=delimiter, infer_schema=False, quote_char='"')
    except pl.exceptions.PolarsError:
        return None


def _check_width(width: int, limits: Limits, file: str) -> None:
    if width > limits.columns:
        raise InputError(
            f"a record has {width:,} fields, more than the limit of {limits.columns:,}",
            mend="check the delimiter and the quotes, or raise the limit of columns",
            file=file,
        )


def _line_numbers(frame: pl.DataFrame, lines: int) -> pl.Series:
    """First physical line of each record; cells with line breaks in them push the next ones down."""
    import polars as pl

    if frame.height == lines:
        return pl.Series("row", range(1, frame.height + 1), dtype=pl.UInt32)
    breaks = frame.select(
        pl.sum_horizontal(pl.all().str.count_matches("\n", literal=True)).fill_null(0).alias("n")
    ).to_series()
    return (
        (
            breaks.cum_sum().shift(1, fill_value=0).cast(pl.Int64)
            + pl.Series(range(1, frame.height + 1))
        )
        .cast(pl.UInt32)
        .alias("row")
    )


def _careful(
    text: str, delimiter: str, limits: Limits, file: str
) -> tuple[pl.DataFrame, pl.Series, list[str]]:
    import polars as pl

    lines = text.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    found = records.parse(lines, delimiter)
    if len(found) <= CAREFUL_LINES:
        found = records.mend(found)
    width = max((len(record.fields) for record in found), default=1)
    _check_width(width, limits, file)
    empty = mostly_empty(len(found), width, sum(len(record.fields) for record in found))
    if width * len(found) > limits.cells or empty:
        raise InputError(
            f"the records span {len(found):,} rows and {width:,} columns, beyond the limits",
            mend="check the delimiter and the quotes, or raise the limit of cells",
            file=file,
        )
    remarks = [f"line {record.line}: {record.mended}" for record in found if record.mended]
    columns = {
        letter(at): pl.Series(
            [record.fields[at] if at < len(record.fields) else None for record in found],
            dtype=pl.String,
        )
        for at in range(width)
    }
    starts = pl.Series("row", [record.line for record in found], dtype=pl.UInt32)
    return pl.DataFrame(columns), starts, remarks
