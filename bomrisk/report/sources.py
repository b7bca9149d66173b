"""Sources as the report cites them: an id that links to the entry in the appendix."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from bomrisk.report.wording import split_list

_ADDRESS = re.compile(r"https://[^\s;,<>\"']+")


@dataclass(frozen=True, slots=True)
class Citation:
    """A source id with the anchor of its entry; no anchor if the assessment does not list it."""

    source_id: str
    anchor: str


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A source in the appendix. `pieces` is the locator cut at its https addresses, which are links."""

    source_id: str
    anchor: str
    title: str
    publisher: str
    year: str
    pieces: tuple[tuple[str, bool], ...]
    seen: str


class SourceIndex:
    """The sources of one assessment by id."""

    __slots__ = ("_anchors", "entries")

    def __init__(self, sources: pl.DataFrame) -> None:
        self._anchors = {
            source_id: f"src-{place}"
            for place, source_id in enumerate(sources["source_id"].to_list(), 1)
        }
        self.entries = tuple(
            SourceEntry(
                source_id=row["source_id"],
                anchor=self._anchors[row["source_id"]],
                title=row["title"] or "",
                publisher=row["publisher"] or "",
                year=row["year"] or "",
                pieces=_pieces(row["locator"] or ""),
                seen=row["seen"] or "",
            )
            for row in sources.iter_rows(named=True)
        )

    def cite(self, *texts: str | None) -> tuple[Citation, ...]:
        """The sources named in ';' lists, each once, in their order."""
        ids: Iterable[str] = (part for text in texts for part in split_list(text))
        return tuple(Citation(i, self._anchors.get(i, "")) for i in dict.fromkeys(ids))


def _pieces(locator: str) -> tuple[tuple[str, bool], ...]:
    """The locator cut into (text, whether it is an address that may be followed)."""
    pieces: list[tuple[str, bool]] = []
    end = 0
    for match in _ADDRESS.finditer(locator):
        address = match.group().rstrip(".)")
        pieces.append((locator[end : match.start()], False))
        pieces.append((address, True))
        end = match.start() + len(address)
    pieces.append((locator[end:], False))
    return tuple(piece for piece in pieces if piece[0])
