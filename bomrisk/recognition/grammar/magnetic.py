"""Soft-magnetic materials: electrical steels by their names and grades, soft ferrites by their metals."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bomrisk.recognition.answer import Clue
from bomrisk.recognition.grammar.pattern import Answer, Context, Pattern, quoted


def _clue(material: str, match: re.Match[str], rule: str, confidence: float) -> Clue:
    return Clue(material, match.start(), match.end(), f"{rule}: {quoted(match)}", confidence)


def _electrical(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    yield _clue("si_steel_electrical", match, "electrical steel", 0.92)


def _grade(match: re.Match[str], context: Context) -> Iterable[Answer]:
    """IEC 60404-8-4 (M250-35A), JIS C 2552 (35H300, 50A470) and GB/T 2521 (50W470): loss and thickness."""
    iec = match.group().startswith("M")
    if iec or {"lamination", "steel"} & context.evidence:
        yield _clue("si_steel_electrical", match, "grade of electrical steel", 0.9)


def _ferrite(match: re.Match[str], context: Context) -> Iterable[Answer]:
    if re.search(r"FERRIT|CORE|铁氧体|磁芯|フェライト|페라이트", context.reading.upper):
        manganese = "MN" in match.group()
        yield _clue(
            "ferrite_mnzn" if manganese else "ferrite_nizn", match, "metals of a soft ferrite", 0.92
        )


_THICK = ("20", "27", "30", "35", "50", "65")
"""Thicknesses of electrical steel, hundredths of a millimetre."""
_JAPANESE = tuple(
    f"{one}{kind}{digit}"
    for one in _THICK
    for kind in ("WW", "W", "H", "A", "JN", "PN")
    for digit in "1234678"
)

PATTERNS = (
    Pattern(
        r"M-?(?:15|19|22|27|36|43|45|47)[ ,-]{1,2}(?:(?:24|26|29) ?GA|GA|LAM[A-Z]*|STEEL|ELEC[A-Z]*|SILICON)",
        _electrical,
    ),
    Pattern(
        r"(?:NON[ -]?)?(?:GRAIN[ -])?ORIENTED[ ,-](?:SILICON|SI|ELECTRICAL)[ -]?STEEL"
        r"|SI[ -]?STEEL|SILICON[ -](?:STEEL|IRON)|(?:STEEL|IRON)[ ,]{1,2}SILICON|CRN?GO"
        r"|ELEKTROBAND|ELEKTROBLECH|DYNAMOBLECH|TOLES? MAGNETIQUES?|ACERO ELECTRICO|ACCIAIO MAGNETICO"
        r"|LAMIERINI? MAGNETIC[OI]|ACO SILICIO|ACERO AL SILICIO|STAL ELEKTROTECHNICZNA",
        _electrical,
    ),
    Pattern(
        r"M[1-9][0-9]{2}-(?:20|27|30|35|50|65)[AKDEPS]"
        r"|(?:20|27|30|35|50|65)(?:WW|W|H|A|JN|PN)[0-9]{3,4}",
        _grade,
        triggers=(*(f"-{one}{kind}" for one in _THICK for kind in "AKDEPS"), *_JAPANESE),
    ),
    Pattern(
        r"(?:MN|NI)[ -]?ZN", _ferrite, triggers=("MNZN", "MN-ZN", "MN ZN", "NIZN", "NI-ZN", "NI ZN")
    ),
)
