"""Figures of the other tables: dates, numbers in range, units, controls, chains."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from bomrisk.errors import InputError
from bomrisk.knowledge.checks.shelf import Shelf, in_table, number
from bomrisk.tables import STAGES

MODEL_VERSION = 1
"""Version of the form of the tables that this program reads."""

DATE_COLUMNS = {
    "events": ("date",),
    "controls": ("effective_from", "effective_to"),
    "rules": ("effective_from", "effective_to"),
    "routes": ("date_from", "date_to"),
    "routes_constraints": ("date_from", "date_to"),
    "country_sets": ("since", "until"),
    "lead_times": ("from_date", "to_date"),
}
"""Columns that hold a full day, in order: the first is not after the second."""

REQUIRED_DATES = frozenset({("events", "date"), ("controls", "effective_from")})

YEAR_COLUMNS = {
    "shares": "year",
    "published_shares": "year",
    "derived_shares": "year",
    "prices": "year",
    "wgi": "year",
    "facilities": "status_date",
}

YEAR = re.compile(r"(19|20)\d\d(-(19|20)\d\d)?")
DAY_OR_YEAR = re.compile(r"(19|20)\d\d(-\d\d(-\d\d)?)?")

RANGES = {
    "wgi": (
        ("PV", -4.0, 4.0),
        ("VA", -4.0, 4.0),
        ("GE", -4.0, 4.0),
        ("RQ", -4.0, 4.0),
        ("RL", -4.0, 4.0),
        ("CC", -4.0, 4.0),
        ("PV_pctrank", 0.0, 100.0),
    ),
    "prices": (("usd_per_kg", 0.0, 1e7),),
    "import_reliance": (("pct_low", 0.0, 100.0), ("pct_high", 0.0, 100.0)),
    "trade_factor": (("t_low", 0.5, 2.0), ("t_likely", 0.5, 2.0), ("t_high", 0.5, 2.0)),
    "lead_times": (
        ("months_low", 0.0, 600.0),
        ("months_typ", 0.0, 600.0),
        ("months_high", 0.0, 600.0),
    ),
    "elasticities": (("low", -20.0, 100.0), ("mid", -20.0, 100.0), ("high", -20.0, 100.0)),
    "routes_constraints": (("low", 0.0, 1.0), ("high", 0.0, 1.0)),
    "recycling_substitution": (
        ("eol_rir_pct_2017", 0.0, 100.0),
        ("eol_rir_pct_2020", 0.0, 100.0),
        ("eol_rir_pct_2023", 0.0, 100.0),
        ("eol_rir_pct_use", 0.0, 100.0),
        ("si_ei_2017", 0.0, 1.0),
        ("si_sr_2017", 0.0, 1.0),
    ),
    "bands": (("value", 0.0, 1e6),),
    "derived_shares": (("contained_t", 0.0, 1e9),),
}
"""Columns of numbers with the least and the greatest that is possible; an empty cell is unknown."""

REQUIRED_NUMBERS = frozenset({"trade_factor", "routes_constraints", "bands"})

ORDERED = {
    "trade_factor": ("t_low", "t_likely", "t_high"),
    "lead_times": ("months_low", "months_typ", "months_high"),
    "elasticities": ("low", "mid", "high"),
    "routes_constraints": ("low", "high"),
    "import_reliance": ("pct_low", "pct_high"),
}
"""Columns whose numbers are in order."""

UNITS = {
    "prices": ("unit", re.compile(r"(cents|dollars) per .+")),
    "published_shares": ("unit", re.compile(r"(t|kt|Mt|kg|Mm3|t/y|kt dry)( .+|,.+)?")),
    "lead_times": ("unit", re.compile(r"months.*")),
    "stockpile": ("unit", re.compile(r"(t|kg|M USD|t/y)( .+)?")),
    "facilities": ("capacity_unit", re.compile(r".*\bt( |/y|$).*")),
    "bands": ("unit", re.compile(r"\S.*")),
}
"""The column of units of a table, and the form of a unit."""

FIGURES = {
    "prices": "value_raw",
    "published_shares": "quantity",
    "lead_times": "months_typ",
    "stockpile": "quantity",
    "facilities": "capacity",
    "bands": "value",
}
"""The figure that needs the unit."""

CONTROL_KINDS = frozenset({"licence", "ban", "quota", "technology"})
END_USES = frozenset({"any", "military"})


def edition_is_given(shelf: Shelf) -> Iterator[InputError]:
    """The edition is a day, and the form of the tables is one that this program reads."""
    edition = shelf.edition
    if _day(str(edition.get("edition", ""))) is None:
        yield InputError("the edition is no day", mend="give yyyy-mm-dd", file="edition.json")
    if edition.get("model") != MODEL_VERSION:
        yield InputError(
            f"the form of the tables is version {edition.get('model')!r}, not {MODEL_VERSION}",
            mend="use the bomrisk of that version, or build the tables anew",
            file="edition.json",
        )


def dates_parse(shelf: Shelf) -> Iterator[InputError]:
    """Days are yyyy-mm-dd, years have four digits, and no span ends before it begins."""
    for table, columns in DATE_COLUMNS.items():
        for _, row, values in shelf.rows(table):
            days = []
            for column in columns:
                text = values[column]
                day = _day(text)
                if day is None and (text or (table, column) in REQUIRED_DATES):
                    yield in_table(table, row, f"{text!r} is no day", "give yyyy-mm-dd", column)
                days.append(day)
            if len(days) == 2 and days[0] and days[1] and days[1] < days[0]:
                yield in_table(table, row, "it ends before it begins", "mend a date", columns[1])
    for table, column in YEAR_COLUMNS.items():
        form = DAY_OR_YEAR if column == "status_date" else YEAR
        for _, row, values in shelf.rows(table):
            text = values[column]
            if not form.fullmatch(text) and not (column == "status_date" and text == ""):
                yield in_table(table, row, f"{text!r} is no year", "give four digits", column)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def figures_are_numbers(shelf: Shelf) -> Iterator[InputError]:
    """Numbers are finite and in the range that is possible; low, likely and high are in order."""
    for table, columns in RANGES.items():
        for _, row, values in shelf.rows(table):
            for column, least, greatest in columns:
                text = values[column]
                if not text and table not in REQUIRED_NUMBERS:
                    continue
                value = number(text)
                if value is None or not least <= value <= greatest:
                    what = f"{text!r} is no number from {least:g} to {greatest:g}"
                    yield in_table(table, row, what, "mend the figure or its unit", column)
    for table, names in ORDERED.items():
        for _, row, values in shelf.rows(table):
            given = [v for name in names if (v := number(values[name])) is not None]
            if given != sorted(given):
                what = f"{', '.join(names)} are not in order"
                yield in_table(table, row, what, "put the least first", names[0])


def units_are_known(shelf: Shelf) -> Iterator[InputError]:
    """A figure has a unit, and the unit is one that is known."""
    for table, (column, form) in UNITS.items():
        for _, row, values in shelf.rows(table):
            figure = number(values[FIGURES[table]].replace(",", ""))
            unit = values[column]
            if figure is not None and not form.fullmatch(unit):
                what = (
                    f"{unit!r} is no unit of {FIGURES[table]}" if unit else "the figure has no unit"
                )
                yield in_table(table, row, what, "give the unit, such as t or kt", column)


STAGE_COLUMNS = (
    ("commodities", "chain"),
    ("events", "stages"),
    ("facilities", "stages"),
    ("stages", "stage"),
    ("routes_constraints", "from_stage"),
    ("routes_constraints", "to_stage"),
)
"""Columns that hold stages in the law's words alone."""


def controls_are_sound(shelf: Shelf) -> Iterator[InputError]:
    """Controls name kinds, end uses, elements and trade factors that exist; their windows are spans."""
    known = shelf.column("commodities", "commodity")
    words = {
        "kind": CONTROL_KINDS,
        "end_use": END_USES,
        "trade_factor": shelf.column("trade_factor", "kind"),
        "elements": known,
    }
    for _, row, values in shelf.rows("controls"):
        for column, allowed in words.items():
            for word in values[column].split(";"):
                if word not in allowed:
                    what = f"{word!r} is none of the {column.replace('_', ' ')} that are known"
                    mend = "use one that exists, or add it to its table"
                    yield in_table("controls", row, what, mend, column)
        yield from _windows(row, values["suspensions"])


def chains_are_sound(shelf: Shelf) -> Iterator[InputError]:
    """Chains, plants and events name the law's stages; a stand-in commodity exists."""
    known = shelf.column("commodities", "commodity")
    for _, row, values in shelf.rows("commodities"):
        for column in ("mined_with", "reduced_as"):
            if values[column] and values[column] not in known:
                what = f"there is no commodity {values[column]!r}"
                yield in_table("commodities", row, what, "use one that exists", column)
    for table, column in STAGE_COLUMNS:
        for _, row, values in shelf.rows(table):
            for stage in filter(None, values[column].split(";")):
                if stage not in STAGES:
                    what = f"{stage!r} is no stage of the law"
                    mend = f"use one of {', '.join(STAGES)}"
                    yield in_table(table, row, what, mend, column)


def _windows(row: int, text: str) -> Iterator[InputError]:
    for window in filter(None, text.split(";")):
        start, _, end = window.partition("/")
        first, last = _day(start), _day(end)
        if first is None or last is None or last < first:
            what = f"{window!r} is no span of days"
            mend = "give yyyy-mm-dd/yyyy-mm-dd, the first day first"
            yield in_table("controls", row, what, mend, "suspensions")
