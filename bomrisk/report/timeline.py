"""Dated events that touch the elements found: what is coming, and what has been, seen from the as-of date."""

from __future__ import annotations

from dataclasses import dataclass

from bomrisk.assessment import Assessment
from bomrisk.report.countries import country_name
from bomrisk.report.sources import Citation, SourceIndex
from bomrisk.report.wording import Word, grade_word, split_list


@dataclass(frozen=True, slots=True)
class EventItem:
    """One event as the timeline shows it."""

    date: str
    kind: str
    title: str
    effect: str
    countries: tuple[str, ...]
    elements: tuple[str, ...]
    stages: tuple[str, ...]
    grade: Word
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Coming events, next first, and past ones, latest first; the words to filter by."""

    coming: tuple[EventItem, ...]
    past: tuple[EventItem, ...]
    kinds: tuple[str, ...]
    elements: tuple[str, ...]


def timeline_of(assessment: Assessment, sources: SourceIndex) -> Timeline:
    """The timeline as of the assessment's date; an event on that day is past."""
    today = assessment.meta.as_of.isoformat()
    items = [
        EventItem(
            date=row["date"],
            kind=row["kind"] or "",
            title=row["title"] or "",
            effect=row["effect"] or "",
            countries=tuple(country_name(code) for code in split_list(row["countries"])),
            elements=tuple(split_list(row["elements_found"])),
            stages=tuple(split_list(row["stages"])),
            grade=grade_word(row["evidence"]),
            citations=sources.cite(row["source_ids"]),
        )
        for row in assessment.events.sort("date", "title").iter_rows(named=True)
    ]
    return Timeline(
        coming=tuple(item for item in items if item.date > today),
        past=tuple(item for item in reversed(items) if item.date <= today),
        kinds=tuple(sorted({item.kind for item in items})),
        elements=tuple(sorted({element for item in items for element in item.elements})),
    )
