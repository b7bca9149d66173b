"""What was not understood, the remarks on the input, and the rows that are no lines."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from bomrisk.assessment import Assessment
from bomrisk.report.figures import row_ranges
from bomrisk.report.labels import LineRef, named, references, several_sheets, words_of

TEXTS_SHOWN = 200
"""Distinct texts without a material that are printed; the table of lines can be filtered for all."""
REFS_SHOWN = 3
NOTES_SHOWN = 100
"""Distinct remarks printed per kind."""
ROWS_SHOWN = 200
"""Excluded rows printed with their text, per reason."""


@dataclass(frozen=True, slots=True)
class UnreadText:
    """One text in which no material was recognized, on how many lines, and the first of them."""

    text: str
    lines: int
    refs: tuple[LineRef, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark, how often it was made, and where first."""

    text: str
    times: int
    places: str


@dataclass(frozen=True, slots=True)
class RemarkKind:
    """The remarks of one kind; `left` of the distinct ones are not printed."""

    kind: str
    times: int
    remarks: tuple[Remark, ...]
    left: int


@dataclass(frozen=True, slots=True)
class ExcludedRow:
    """A row that is no line, with the text that stands in it."""

    place: str
    text: str


@dataclass(frozen=True, slots=True)
class ExcludedReason:
    """The rows excluded for one reason: their numbers per sheet, and their text if they have any."""

    reason: str
    count: int
    ranges: tuple[tuple[str, str], ...]
    rows: tuple[ExcludedRow, ...]
    left: int


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Texts without a material, and remarks by kind."""

    lines: int
    texts: tuple[UnreadText, ...]
    distinct: int
    kinds: tuple[RemarkKind, ...]


def not_understood(assessment: Assessment) -> NotUnderstood:
    """Lines without a recognized material, grouped by text, and the remarks on the input."""
    with_material = assessment.materials.select("line").unique()
    lines = assessment.lines.with_columns(text=words_of()).join(
        with_material, on="line", how="anti"
    )
    grouped = (
        lines.sort("line")
        .group_by("text")
        .agg(lines=pl.len(), first=pl.col("line").min())
        .sort(["lines", "first"], descending=[True, False])
    )
    shown = grouped.head(TEXTS_SHOWN).with_row_index("place")
    members = (
        lines.sort("line")
        .join(shown.select("place", "text"), on="text", how="inner", nulls_equal=True)
        .sort("place", "line")
        .group_by("place", maintain_order=True)
        .head(REFS_SHOWN)
    )
    names = members.select("place", "line").join(
        named(assessment.lines), on="line", how="left", maintain_order="left"
    )
    refs: dict[int, list[LineRef]] = {}
    cited = references(names, with_sheet=several_sheets(assessment.lines))
    for place, ref in zip(names["place"].to_list(), cited, strict=True):
        refs.setdefault(place, []).append(ref)
    return NotUnderstood(
        lines=lines.height,
        texts=tuple(
            UnreadText(row["text"] or "", row["lines"], tuple(refs.get(row["place"], ())))
            for row in shown.iter_rows(named=True)
        ),
        distinct=grouped.height,
        kinds=_remarks(assessment),
    )


def _remarks(assessment: Assessment) -> tuple[RemarkKind, ...]:
    notes = assessment.notes
    with_sheet = several_sheets(assessment.lines)
    distinct = (
        notes.sort("sheet", "row", nulls_last=False)
        .group_by("kind", "text", maintain_order=True)
        .agg(
            times=pl.len(),
            rows=pl.col("row").head(REFS_SHOWN),
            sheets=pl.col("sheet").head(REFS_SHOWN),
        )
        .sort(["kind", "times", "text"], descending=[False, True, False])
    )
    kinds = []
    for (kind,), group in distinct.group_by(["kind"], maintain_order=True):
        remarks = tuple(
            Remark(
                text=row["text"] or "",
                times=row["times"],
                places=_places(row["rows"], row["sheets"], row["times"], with_sheet=with_sheet),
            )
            for row in group.head(NOTES_SHOWN).iter_rows(named=True)
        )
        kinds.append(
            RemarkKind(str(kind), int(group["times"].sum()), remarks, group.height - len(remarks))
        )
    return tuple(kinds)


def _places(
    rows: list[int | None], sheets: list[str | None], times: int, *, with_sheet: bool
) -> str:
    said = []
    for row, sheet in zip(rows, sheets, strict=True):
        where = f"row {row}" if row is not None else "whole sheet" if sheet else "whole file"
        said.append(f"{sheet}, {where}" if with_sheet and sheet else where)
    listed = "; ".join(dict.fromkeys(said))
    return f"{listed} and {times - len(rows)} more" if times > len(rows) else listed


def excluded_of(assessment: Assessment) -> tuple[ExcludedReason, ...]:
    """The excluded rows by reason, most frequent first."""
    frame = assessment.excluded.sort("sheet", "row")
    several = frame["sheet"].n_unique() > 1
    reasons = []
    for (reason,), group in frame.group_by(["reason"], maintain_order=True):
        texts = group.filter(pl.col("text").str.strip_chars().fill_null("") != "")
        shown = texts.head(ROWS_SHOWN)
        reasons.append(
            ExcludedReason(
                reason=str(reason),
                count=group.height,
                ranges=tuple(
                    (str(sheet or ""), row_ranges(part["row"].drop_nulls().to_list()))
                    for (sheet,), part in group.group_by(["sheet"], maintain_order=True)
                ),
                rows=tuple(
                    ExcludedRow(
                        f"{sheet}, row {row}" if several else f"row {row}",
                        text,
                    )
                    for sheet, row, text in shown.select("sheet", "row", "text").iter_rows()
                ),
                left=texts.height - shown.height,
            )
        )
    return tuple(sorted(reasons, key=lambda r: (-r.count, r.reason)))
