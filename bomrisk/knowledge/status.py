"""The state of the knowledge: edition, digest, counts by grade, and the age of its figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median_low
from typing import TYPE_CHECKING, Any

from bomrisk.knowledge.model import Evidence

if TYPE_CHECKING:
    from bomrisk.knowledge.store import Knowledge

DATED = {
    "shares": "year",
    "published_shares": "year",
    "derived_shares": "year",
    "facilities": "status_date",
    "routes": "date_from",
    "prices": "year",
    "import_reliance": "year",
    "wgi": "year",
    "events": "date",
}
"""The column that dates the figures of a table; the others hold no date of their own."""

WORDS = frozenset({"sources", "commodities", "families", "stages"})
"""Tables without figures: they have no grade."""


@dataclass(frozen=True, slots=True)
class TableStatus:
    """One table: how many rows of each grade, and from when to when its figures are.

    `ungraded` counts rows whose table has several grades a row, or none. The median year is the lower
    one; a year after the as-of date is a plan and not counted.
    """

    name: str
    rows: int
    verified: int
    derived: int
    recalled: int
    ungraded: int
    oldest: str | None
    median_year: int | None
    newest: str | None


@dataclass(frozen=True, slots=True)
class Status:
    """The whole knowledge, as of a day."""

    edition: date
    model: int
    digest: str
    as_of: date
    age_days: int
    tables: tuple[TableStatus, ...]
    overlays: tuple[Mapping[str, Any], ...]

    @property
    def totals(self) -> Mapping[str, int]:
        """Graded figures of all tables, by grade."""
        names = [grade.value for grade in Evidence]
        return {name: sum(getattr(table, name) for table in self.tables) for name in names}


def status_of(knowledge: Knowledge, as_of: date | None = None) -> Status:
    """Count the knowledge; its age is measured from `as_of`, by default the edition date."""
    day = as_of or knowledge.edition
    return Status(
        knowledge.edition,
        knowledge.model_version,
        knowledge.digest,
        day,
        (day - knowledge.edition).days,
        tuple(_tables(knowledge, day)),
        tuple(
            {"file": o.file, "sha256": o.sha256, "added": o.added, "replaced": o.replaced}
            for o in knowledge.overlays
        ),
    )


def _tables(knowledge: Knowledge, day: date) -> Iterator[TableStatus]:
    yield _counted("materials", [m.evidence.value for m in knowledge.materials.values()])
    yield _counted("part_rules", [r.evidence.value for r in knowledge.part_rules.values()])
    claims = [
        entry["evidence"]
        for platform in knowledge.platforms
        for key in ("claims", "subsystems")
        for entry in platform[key]
    ]
    yield _counted("platforms", claims)
    for name in knowledge.table_names:
        rows = knowledge.table(name)
        grades = [row.get("evidence", "") for row in rows]
        column = DATED.get(name)
        dates = [row[column] for row in rows] if column else []
        yield _counted(name, grades, dates, day)


def _counted(
    name: str, grades: list[str], dates: Iterable[str] = (), day: date = date.max
) -> TableStatus:
    count = Counter(grades)
    graded = {grade: count[grade] for grade in (g.value for g in Evidence)}
    known = sorted(text for text in dates if text[:4].isdigit() and text[:4] <= str(day.year))
    return TableStatus(
        name,
        len(grades),
        **graded,
        ungraded=len(grades) - sum(graded.values()),
        oldest=known[0] if known else None,
        median_year=median_low(int(text[:4]) for text in known) if known else None,
        newest=known[-1] if known else None,
    )
