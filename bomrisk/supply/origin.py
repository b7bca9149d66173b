"""A declared country as people write it in a cell: one, several, with shares, or not readable."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bomrisk.supply.country import find_country

_UNKNOWN = frozenset(
    {"unknown", "unk", "n/a", "na", "none", "nil", "tbd", "tba", "tbc", "various", "multiple"}
    | {"mixed", "global", "worldwide", "-", "--", "?", "??"}
) | frozenset(
    (
        "not known",
        "not stated",
        "not available",
        "not applicable",
        "not provided",
        "see note",
        "see notes",
        "to be determined",
        "to be advised",
        "unbekannt",
        "inconnu",
        "desconocido",
    )
)
"""Cells that say nobody knows. They are readable, and they declare nothing."""

_LEAD = re.compile(
    r"^(?:made in|product of|produced in|manufactured in|melted in|mined in|origin|country of"
    r" origin|coo|hergestellt in|fabriqu[ée] en)\s*:?\s+",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s*%")
_STRONG = re.compile(r"[;/|+&\n]|\s(?:and|or|und|et|y)\s", re.IGNORECASE)
_SEVERAL = re.compile(
    r"(\d\s*%\s*[^\d%;/,]+?)\s+(?=\d+(?:[.,]\d+)?\s*%)|([^\d%;/,]+\d+(?:[.,]\d+)?\s*%)\s+(?=[^\W\d])"
)
"""Shares and countries in a row without a separator: "40% CN 60% JP", "CN 40% JP 60%"."""
_SHARE = re.compile(r":\s*([01](?:\.\d+)?)\s*$")
_PAREN = re.compile(r"^(.*?)\s*\((.*?)\)\s*$")


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """A country of a declared origin (ISO 3166 alpha-3), with its share 0 to 1 where the cell says one."""

    country: str
    share: float | None = None


@dataclass(frozen=True, slots=True)
class OriginCell:
    """What a cell says: its origins, in the order written, or why nothing could be read from it.

    `unreadable` is None for a cell that was read, and for one that is empty or says "unknown": both
    declare nothing. Otherwise it says in words what was not understood; the origin is then unknown.
    """

    origins: tuple[Origin, ...]
    unreadable: str | None = None


def parse_origin(text: str | None) -> tuple[Origin, ...]:
    """Read a cell such as "CN/JP", "60% AU, 40% CN", "CHINA"; nothing for "unknown" or what cannot be read.

    Countries without a share stay without one: "CN/JP" says one of the two, in proportions not told.
    Shares that do not reach 100 % leave the rest undeclared. Use `read_origin` for the reason of a failure.
    """
    return read_origin(text).origins


@lru_cache(maxsize=65536)
def read_origin(text: str | None) -> OriginCell:
    """Read a cell and say, where it cannot be read, what was not understood."""
    cell = " ".join((text or "").split())
    if not cell or cell.casefold().strip(" .()") in _UNKNOWN or not cell.strip(" .()-?"):
        return OriginCell(())
    if cell.endswith("?"):
        return OriginCell((), f"{cell!r} is marked as doubtful")
    cell = _LEAD.sub("", cell)
    parts = _parts(cell)
    found: list[Origin] = []
    for part in parts:
        origin = _origin(part)
        if origin is None:
            return OriginCell((), f"{part.strip()!r} is no country that is known here")
        found.append(origin)
    return _checked(cell, found)


def _parts(cell: str) -> list[str]:
    """Split at strong separators; at commas only where the whole is no name ("Korea, Republic of")."""
    if _origin(cell) is not None:
        return [cell]
    parts: list[str] = []
    for piece in _STRONG.split(cell):
        if not piece.strip():
            continue
        if "," in piece and _origin(piece) is None:
            parts += [word for word in re.split(r",(?!\d)", piece) if word.strip()]
        else:
            parts.append(piece)
    if len(parts) == 1 and _origin(parts[0]) is None:
        rows = _SEVERAL.sub(r"\1\2;", parts[0]).split(";")
        if len(rows) > 1 and all(_origin(row) for row in rows):
            return rows
        words = parts[0].split()
        if len(words) > 1 and all(_origin(word) for word in words):
            return words
    return parts


def _origin(part: str) -> Origin | None:
    """One country with an optional percentage before or behind it."""
    share = None
    if fraction := _SHARE.search(part):
        share, part = float(fraction.group(1)), part[: fraction.start()]
    elif match := _PERCENT.search(part):
        share = float(match.group(1).replace(",", ".")) / 100.0
        part = part[: match.start()] + part[match.end() :]
    name = part.strip(" .,:;-()[]")
    country = find_country(name)
    if country is None and (inner := _PAREN.match(part.strip())):
        outside, inside = find_country(inner.group(1).strip()), find_country(inner.group(2).strip())
        country = outside or inside if None in (outside, inside) or outside == inside else None
    return None if country is None else Origin(country, share)


def _checked(cell: str, found: list[Origin]) -> OriginCell:
    """Merge repeated countries; refuse shares that are above 100 % or given for some only."""
    shares = [origin.share for origin in found]
    if any(share is None for share in shares) and any(share is not None for share in shares):
        if len(found) > 1:
            return OriginCell((), f"{cell!r} gives a share for some of its countries only")
    elif shares[0] is not None and sum(s or 0.0 for s in shares) > 1.0 + 0.005:
        return OriginCell((), f"the shares in {cell!r} add up to more than 100 %")
    merged: dict[str, float | None] = {}
    for origin in found:
        before = merged.get(origin.country)
        both = None if origin.share is None else (before or 0.0) + origin.share
        merged[origin.country] = both
    if len(merged) == 1:
        country, share = next(iter(merged.items()))
        return OriginCell((Origin(country, None if share is None or share > 0.995 else share),))
    return OriginCell(tuple(Origin(country, share) for country, share in merged.items()))
