"""Share sets: complete, in range, each country once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from bomrisk.errors import InputError
from bomrisk.knowledge.checks.shelf import Shelf, in_table, number
from bomrisk.tables import STAGES

SLACK = 0.005
"""A set may miss 1 by this much."""
ROUNDED_SLACK = 0.02
"""A set that is kept as published, and marked as rounded, may miss 1 by this much."""

KEYS = {
    "shares": ("commodity", "stage"),
    "published_shares": ("commodity", "stage", "year", "source_ids"),
    "derived_shares": ("commodity", "stage", "year"),
}
"""What names one set, by table."""


def sets_sum_to_one(shelf: Shelf) -> Iterator[InputError]:
    """Complete sets sum to 1 ± 0.005, the unknown remainder being a row of its own (OTH)."""
    for table, columns in KEYS.items():
        sums: dict[tuple[str, ...], float] = defaultdict(float)
        first: dict[tuple[str, ...], int] = {}
        slack: dict[tuple[str, ...], float] = {}
        for _, row, values in shelf.rows(table):
            if values.get("closed_set", "yes") == "no" or not values["share"]:
                continue
            key = tuple(values[column] for column in columns)
            sums[key] += number(values["share"]) or 0.0
            first.setdefault(key, row)
            slack[key] = ROUNDED_SLACK if values.get("closed_set") == "rounded" else SLACK
        for key, total in sums.items():
            if abs(total - 1.0) > slack[key]:
                what = f"the shares of {' '.join(key[:2])} sum to {total:.4f}, not to 1"
                yield in_table(table, first[key], what, "give every country, and OTH for the rest")


def shares_are_sound(shelf: Shelf) -> Iterator[InputError]:
    """A share is 0 to 1 and inside its range; a country stands once in a set; stages are the law's."""
    for table, columns in KEYS.items():
        seen: dict[tuple[str, ...], int] = {}
        for _, row, values in shelf.rows(table):
            yield from _share(table, row, values)
            closed = values.get("closed_set", "yes") != "no"
            if closed and values["stage"] not in STAGES:
                what = f"{values['stage']!r} is no stage of the law"
                yield in_table(table, row, what, f"use one of {', '.join(STAGES)}", "stage")
            key = (*(values[column] for column in columns), values["country"])
            if closed and key in seen:
                what = f"{values['country']} stands twice in its set, first in row {seen[key]}"
                yield in_table(table, row, what, "add the two into one row", "country")
            seen.setdefault(key, row)


def _share(table: str, row: int, values: dict[str, str]) -> Iterator[InputError]:
    if not values["share"]:
        if table == "shares":
            yield in_table(table, row, "the share is empty", "give it, or remove the row", "share")
        return
    share = number(values["share"])
    low = number(values.get("low") or values["share"])
    high = number(values.get("high") or values["share"])
    if share is None or low is None or high is None:
        yield in_table(table, row, "a share is no number", "give a number, 0 to 1", "share")
    elif not 0.0 <= low <= share <= high <= 1.0:
        what = f"low {low:g}, share {share:g} and high {high:g} are not in order within 0 to 1"
        yield in_table(table, row, what, "give 0 <= low <= share <= high <= 1", "share")
