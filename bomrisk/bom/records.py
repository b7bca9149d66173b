"""Records of a delimited text whose quoting cannot be trusted, and the mending of broken ones.

A quote counts only at the start of a field; it ends the field only before a delimiter or the end of
the line. So an inch mark inside a cell stays an inch mark.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_BLANK = re.compile(r"\s*")
LOOK_AHEAD = 200
"""Lines that one quoted field may span before its quote is taken for a plain character."""

IN_VAIN = 200_000
"""Lines looked at for the end of open quotes after which a text has plain characters for quotes."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record: the physical line where it starts, from 1, its fields, and what was mended in it."""

    line: int
    fields: list[str]
    mended: str | None = None


def parse(lines: Sequence[str], delimiter: str) -> list[Record]:
    """All records of the lines, blank lines included as records without fields."""
    usual = _usual_width(lines, delimiter)
    records: list[Record] = []
    at = vain = 0
    while at < len(lines):
        line = lines[at]
        if '"' not in line:
            records.append(Record(at + 1, line.split(delimiter) if line else []))
            at += 1
            continue
        fields, closed = _split(line, delimiter)
        used = 1
        if not closed:
            longer, more = _extended(lines, at, delimiter, LOOK_AHEAD if vain < IN_VAIN else 1)
            plain = _split(line, delimiter, quotes=False)[0]
            if longer is not None and not (len(plain) == usual != len(longer)):
                fields, used = longer, more
            else:
                fields = plain
                vain += min(LOOK_AHEAD, len(lines) - at) if longer is None else more
        records.append(Record(at + 1, fields))
        at += used
    return records


def _usual_width(lines: Sequence[str], delimiter: str) -> int:
    widths = Counter(
        line.count(delimiter) + 1 for line in lines[:2000] if line.strip() and '"' not in line
    )
    return widths.most_common(1)[0][0] if widths else 0


def _extended(
    lines: Sequence[str], at: int, delimiter: str, ahead: int
) -> tuple[list[str] | None, int]:
    """The record that starts at this line with an open quote, over as many lines as it needs."""
    fields, _ = _split(lines[at], delimiter)
    for more in range(1, min(ahead, len(lines) - at)):
        following = lines[at + more]
        text, end, closed = _quoted(following, 0, delimiter)
        fields[-1] += "\n" + text
        if closed and end < len(following):
            rest, closed = _split(following[end + len(delimiter) :], delimiter)
            fields += rest
        if closed:
            return fields, more + 1
    return None, 1


def _split(line: str, delimiter: str, *, quotes: bool = True) -> tuple[list[str], bool]:
    """Fields of one record, and whether every quoted field was closed."""
    fields: list[str] = []
    at, end = 0, len(line)
    while True:
        if quotes and line.startswith('"', at):
            text, at, closed = _quoted(line, at + 1, delimiter)
            fields.append(text)
            if not closed:
                return fields, False
        else:
            stop = line.find(delimiter, at)
            stop = end if stop < 0 else stop
            fields.append(line[at:stop])
            at = stop
        if at >= end:
            return fields, True
        at += len(delimiter)


def _quoted(line: str, at: int, delimiter: str) -> tuple[str, int, bool]:
    """Text of the quoted field that starts at `at`, where it ends, and whether it was closed."""
    parts: list[str] = []
    while True:
        stop = line.find('"', at)
        if stop < 0:
            parts.append(line[at:])
            return "".join(parts), len(line), False
        parts.append(line[at:stop])
        after = stop + 1
        if after >= len(line) or line.startswith(delimiter, after):
            return "".join(parts), after, True
        if line.startswith('"', after):
            after += 1
        elif (blank := _BLANK.match(line, after)) and (
            blank.end() == len(line) or line.startswith(delimiter, blank.end())
        ):
            rest = line.find(delimiter, after)
            return "".join(parts), len(line) if rest < 0 else rest, True
        parts.append('"')
        at = after


def mend(records: list[Record]) -> list[Record]:
    """Rejoin records that a stray line break cut in two or a stray delimiter made too wide.

    Only where nearly all other records agree on one width; every mended record says so.
    """
    widths = Counter(len(record.fields) for record in records if len(record.fields) > 1)
    if not widths:
        return records
    usual, count = widths.most_common(1)[0]
    if usual < 3 or count < 0.8 * sum(widths.values()):
        return records
    return _narrowed(_rejoined(records, usual), usual)


def _rejoined(records: list[Record], usual: int) -> list[Record]:
    result: list[Record] = []
    at = 0
    while at < len(records):
        first = records[at]
        second = records[at + 1] if at + 1 < len(records) else None
        if (
            second is not None
            and 1 <= len(first.fields) < usual
            and 1 <= len(second.fields) < usual
            and len(first.fields) + len(second.fields) - 1 == usual
            and any(first.fields)
            and _continues(first.fields, second.fields)
        ):
            joined = [
                *first.fields[:-1],
                f"{first.fields[-1].rstrip()} {second.fields[0].lstrip()}".strip(),
                *second.fields[1:],
            ]
            result.append(
                Record(first.line, joined, "one record stood on two lines and was rejoined")
            )
            at += 2
            continue
        result.append(first)
        at += 1
    return result


def _continues(first: list[str], second: list[str]) -> bool:
    """Whether the second record looks like the rest of the first: both carry text at the break."""
    return bool(first[-1].strip()) and bool(second[0].strip()) and len(first) + len(second) > 2


def _narrowed(records: list[Record], usual: int) -> list[Record]:
    shape = _shape(records, usual)
    result: list[Record] = []
    for record in records:
        extra = len(record.fields) - usual
        if extra <= 0:
            result.append(record)
        elif not any(record.fields[usual:]):
            result.append(Record(record.line, record.fields[:usual], record.mended))
        else:
            result.append(_merged(record, usual, extra, shape))
    return result


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the columns look like in the records that are whole: share of numbers, usual length."""

    numbers: list[float]
    lengths: list[float]


def _merged(record: Record, usual: int, extra: int, shape: _Shape) -> Record:
    """Join neighbouring fields where the rest then fits the columns best.

    A comma before a space is one of a sentence; and long texts are cut more often than short ones.
    """
    longest = max(shape.lengths, default=0.0) or 1.0
    best: list[str] = record.fields[:usual]
    best_score = float("-inf")
    for at in range(usual):
        pieces = record.fields[at : at + extra + 1]
        joined = [*record.fields[:at], ",".join(pieces), *record.fields[at + extra + 1 :]]
        score = sum(
            (1 if _is_number(text) else -1) * (share - 0.5) if text.strip() else 0.0
            for text, share in zip(joined, shape.numbers, strict=True)
        )
        score += 0.3 * all(piece.startswith(" ") for piece in pieces[1:])
        score += 0.1 * shape.lengths[at] / longest
        if score > best_score + 1e-9:
            best, best_score = joined, score
    return Record(
        record.line, best, "a delimiter without quotes split a cell; the cell was rejoined"
    )


def _shape(records: list[Record], usual: int) -> _Shape:
    counts = [0] * usual
    filled = [0] * usual
    lengths = [0] * usual
    for record in records[:5000]:
        if len(record.fields) != usual:
            continue
        for at, text in enumerate(record.fields):
            if text.strip():
                filled[at] += 1
                lengths[at] += len(text)
                counts[at] += _is_number(text)
    return _Shape(
        [count / total if total else 0.5 for count, total in zip(counts, filled, strict=True)],
        [length / total if total else 0.0 for length, total in zip(lengths, filled, strict=True)],
    )


def _is_number(text: str) -> bool:
    try:
        float(text.strip().lstrip("$€£").replace(",", "."))
    except ValueError:
        return False
    return True
