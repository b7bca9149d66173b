"""Exports that join an assembly with its components: whose a column is, as its header says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from bomrisk.bom.vocabulary import Candidate, Header

LEAST_CHILD_COLUMNS = 3
"""Headers that must name the same table in brackets, from which they are taken for a joined table."""

_TABLE = re.compile(r"\(([^()]{2,30})\)\s*$")


def of_joined_tables(read: Mapping[str, Header]) -> dict[str, Header]:
    """Headers of an export that joins an assembly with its components: ``Qty (Items)`` beside ``Qty``.

    The columns that name the table in brackets are the component's; of the others the first name or
    number is the assembly's, and no quantity or description among them is the component's.
    """
    groups = {
        letter: match[1] for letter, one in read.items() if (match := _TABLE.search(one.text))
    }
    counts = Counter(groups.values())
    table = max(counts, key=lambda name: counts[name], default="")
    own = {letter for letter, name in groups.items() if name == table}
    if counts[table] < LEAST_CHILD_COLUMNS or not all(
        any(_means(read[letter], name) for letter in letters)
        for letters in (own, read.keys() - own)
        for name in ("quantity", "part_number")
    ):
        return dict(read)
    result: dict[str, Header] = {}
    above = False
    for letter, header in read.items():
        result[letter] = header
        if letter in own or not header.candidates:
            continue
        names = header.candidates[0].field in ("name", "part_number")
        field = "parent" if names and not above else "other"
        if names or any(_means(header, name) for name in ("quantity", "description", "unit")):
            above = above or names
            words_ = header.candidates[0].words
            result[letter] = replace(header, candidates=(Candidate(field, 0.9, words_),))
    return result


def _means(header: Header, name: str) -> bool:
    return any(one.field == name and one.strength >= 0.5 for one in header.candidates)
