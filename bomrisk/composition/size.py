"""Volume from a size in words: 12x5x3 mm, Ø10 x 4 mm, OD 20 ID 10 H 5 mm, 1/2 x 1/8 x 1/16 in.

What shape it is can be wrong, so the volume is a range: from the round to the square of it. Sizes without
a unit are not read, except of magnets that are too large to be in inches.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import pi

from bomrisk.bom.units import millimetres

_PLAIN = str.maketrans(
    {**dict.fromkeys("⌀øφΦϕ∅", "Ø"), **dict.fromkeys("×✕", "x"), **dict.fromkeys("”″", '"')}
    | {"½": " 1/2", "¼": " 1/4", "¾": " 3/4", "＝": "="}
)
_LEAD = {
    "outer": r"Ø|O\.?D\.?|D[AE]|DIA(?:M(?:ETER)?)?\.?|D|外径|直径",
    "inner": r"I\.?D\.?|DI|内径|孔径?",
    "length": r"LENGTH|L|长度?|長さ?",
    "width": r"WIDTH|W|B|宽度?|幅",
    "height": r"HEIGHT|H|高さ?|高度?|THK|THICKNESS|T|S|厚さ?|厚度?",
    "wall": r"WALL",
}
_BEHIND = {
    "outer": r"O\.?D\.?|DIA(?:M(?:ETER)?)?\.?|D",
    "inner": r"I\.?D\.?|BORE",
    "length": r"LONG|LENGTH|LG|L",
    "width": r"WIDE|WIDTH|W",
    "height": r"HIGH|HEIGHT|THICK(?:NESS)?|THK|H|T",
    "wall": r"WALL(?: THICKNESS)?",
}
_UNIT = r"MM|CM|DM|M|INCH(?:ES)?|IN|FT|\"|мм|см|м|毫米|厘米|米"
_VALUE = r"(?:[0-9]+[- ])?[0-9]+/[0-9]+|[0-9]*[.,]?[0-9]+"
_TIGHT = re.compile(r"(?<=[0-9\"mMnNtT)м米])\s*[xXхХ]\s*(?=[0-9.ØODILWHTBSd])")
"""An x between two extents, Latin or Cyrillic."""
_LEADS, _ENDS = "|".join(_LEAD.values()), "|".join(_BEHIND.values())
_FIGURE = rf"(?<![-/.,#])(?P<value>{_VALUE})(?:\s*(?P<unit>{_UNIT})(?![^\W_]))?"
_MIXED = re.compile(
    rf"(?<![^\W_])(?:(?P<lead>{_LEADS})\s*[=:]?\s*|(?<![-/.,#])){_FIGURE}"
    rf"(?:\s*\(?(?P<behind>{_ENDS})(?![^\W_])\)?(?!\s*[=:]?\s*[0-9.]))?(?![^\W_])(?!-[0-9])",
    re.I,
)
_ENDED = re.compile(
    rf"(?<![^\W_])(?P<lead>){_FIGURE}(?:\s*\(?(?P<behind>{_ENDS})(?![^\W_])\)?)?(?![^\W_])(?!-[0-9])",
    re.I,
)
"""Labels before or behind each figure, and behind alone: "OD 20 ID 10", "10 mm dia 5 mm thick"."""
_BY = re.compile(r"\s*(?:x|\*|by)\s*", re.I)
_NEXT = re.compile(r"[\s,;/]*(?:x\s*)?", re.I)
_RING = re.compile(r"\bRING\b|\bANNUL|\bANNEAU\b|\bANILLO\b|环|環|リング")
_TUBE = re.compile(r"\bTUB(?:E|ING)S?\b|\bPIPES?\b|ROHR|ТРУБА|管")
_ROUND = re.compile(r"\bDIS[CK]S?\b|\bDIA|CYLIND|\bRODS?\b|ROUND|\bWIRE\b|RUND|圆|円")
_ROLLING = re.compile(
    r"BEARING|LAGER|WASHER|UNTERLEG|O-?RING|\bSEAL|GASKET|BUSH|GROMMET|GEAR|ПОДШИПНИК|ШАЙБА|轴承|垫圈"
)
"""Parts whose three sizes may be bore, outside and width."""
_BALL = re.compile(r"\bBALLS?\b|\bSPHERE|KUGEL|\bШАРИК|钢球|球形")
_LONG = re.compile(r"\bBARS?\b|\bRODS?\b|\bWIRE\b|STAB|STANGE|DRAHT|ПРУТОК|ПРОВОЛОКА|棒|线材")
_FLAT = re.compile(r"\bPLATES?\b|\bSHEETS?\b|\bFOILS?\b|BLECH|PLATTE|FOLIE|ЛИСТ|ПЛИТА|板")
_BOX = re.compile(r"\bBOUNDING BOX\b")
_STOCK = re.compile(
    r"\b(?:STRIPS?|BLOCKS?|BILLETS?|DIS[CK]S?|RINGS?)\b"
    rf"|{_LONG.pattern}|{_FLAT.pattern}|{_TUBE.pattern}"
)
_METRIC_FROM = 8.0
"""A magnet of this greatest extent is not in inches."""

Volume = tuple[float, float | None, float]
"""Least, likely and greatest volume, cm3; likely is None where the size only bounds it."""


@dataclass(frozen=True, slots=True)
class Extent:
    """One extent of a size: its part in the shape ("" = not said), and millimetres or None."""

    role: str
    value: float
    unit: str | None

    def cm(self, unit: str) -> float:
        """Centimetres; `unit` is that of the size where the extent has none of its own."""
        return self.value * (millimetres(self.unit or unit) or 0.0) / 10.0


def volume_of(size: str, texts: Iterable[str], *, solid: bool) -> Volume | None:
    """The volume of a part from its size columns, else from its texts; None if neither says it.

    A magnet, a bar or a plate fills its size (`solid`); of any other part, and of a bounding box, the
    size only bounds the volume from above. Two sizes of such a part are no bound: a screw has a head.
    """
    words = " ".join((size, *texts)).upper()
    for text in (size, *texts):
        extents = extents_of(text)
        if len(extents) == 1 and extents[0].role in ("", "length"):
            extents = _completed(extents, texts)
        unit = _unit_of(extents, metric=solid)
        found = _volume(extents, unit, words) if unit else None
        if unit is None or found is None:
            continue
        if _BOX.search(words):
            return 0.0, None, found[2]
        if solid or _STOCK.search(words):
            return found
        if len(extents) == 2 and not any(one.role == "outer" for one in extents):
            return None
        return 0.0, None, _around(extents, unit, found[2]) if _ROLLING.search(words) else found[2]
    return None


def rod_cm3(length_mm: float, texts: Iterable[str]) -> Volume | None:
    """The volume of a length of wire or rod whose diameter a text says."""
    for text in texts:
        for one in extents_of(text, least=1):
            unit = one.unit
            if one.role == "outer" and unit:
                rod = pi / 4 * one.cm(unit) ** 2 * length_mm / 10.0
                return rod * 0.9, rod, rod
    return None


def volume_cm3(text: str) -> tuple[float, float, float] | None:
    """The volume that a size in a text describes; None without a size or without its unit."""
    extents = extents_of(text)
    unit = _unit_of(extents, metric=False)
    return _volume(extents, unit, text.upper()) if unit else None


def extents_of(text: str, *, least: int = 2) -> list[Extent]:
    """The extents of the first size in a text, in their order; a single one where it stands alone."""
    plain = _TIGHT.sub(" x ", text.translate(_PLAIN))
    if re.search(r"[0-9],[0-9]{3}(?![0-9])", plain):
        return []
    readings = [_read(plain, pattern, least) for pattern in (_MIXED, _ENDED)]
    return max(readings, key=lambda one: (len(one) > 1, sum(bool(each.role) for each in one)))


def _read(plain: str, pattern: re.Pattern[str], least: int) -> list[Extent]:
    groups: list[list[Extent]] = []
    end = -1
    labelled = False
    for match in pattern.finditer(plain):
        gap = plain[end : match.start()] if groups else None
        told = bool(match["lead"] or match["behind"] or labelled)
        joined = gap is not None and (_BY.fullmatch(gap) or (told and _NEXT.fullmatch(gap)))
        if not joined:
            groups.append([])
        groups[-1] += _extents(match, groups[-1])
        end, labelled = match.end(), bool(match["lead"] or match["behind"])
    if least == 1:
        return [one for group in groups for one in group]
    alone = [group for group in groups if len(group) == 1 and group[0].unit]
    several = [group for group in groups if len(group) > 1]
    return several[0] if several else alone[0] if len(alone) == 1 else []


def _extents(match: re.Match[str], before: Sequence[Extent]) -> list[Extent]:
    role = _role(match["lead"], _LEAD) or _role(match["behind"], _BEHIND)
    if match["lead"] == "d" and any(one.role == "outer" for one in before):
        role = "inner"
    text, unit = match["value"].replace(",", "."), match["unit"]
    over, _, under = text.rpartition(" ")[2].rpartition("-")[2].partition("/")
    if under and float(over) >= float(under) > 0:
        return [Extent("outer", float(over), unit), Extent("inner", float(under), unit)]
    return [Extent(role, _number(text), unit)]


def _role(label: str | None, table: dict[str, str]) -> str:
    if label:
        for role, pattern in table.items():
            if re.fullmatch(pattern, label, re.I):
                return role
    return ""


def _completed(extents: list[Extent], texts: Iterable[str]) -> list[Extent]:
    """A length in its column and a diameter in the text: a rod or a wire."""
    for text in texts:
        for one in extents_of(text, least=1):
            if one.role == "outer":
                return [one, *extents]
    return extents


def _unit_of(extents: Sequence[Extent], *, metric: bool) -> str | None:
    """The unit of the extents without one: the last that is named."""
    named = [one.unit for one in extents if one.unit]
    if named:
        return named[-1]
    values = [one.value for one in extents]
    if not metric or max(values, default=0.0) < _METRIC_FROM:
        return None
    count = len(values) == 2 and values[0] < values[1] and not any(one.role for one in extents)
    return None if count else "mm"


def _volume(extents: Sequence[Extent], unit: str, words: str) -> tuple[float, float, float] | None:
    sizes = [one.cm(unit) for one in extents]
    if not sizes or min(sizes) <= 0:
        return None
    by_role = {one.role: size for one, size in zip(extents, sizes, strict=True) if one.role}
    rest = [
        size
        for one, size in zip(extents, sizes, strict=True)
        if one.role not in ("outer", "inner", "wall")
    ]
    if len(sizes) == 1:
        ball = pi / 6 * sizes[0] ** 3
        return (ball * 0.9, ball, ball) if _BALL.search(words) else None
    if "outer" in by_role:
        return _of_round(by_role, rest)
    if len(sizes) == 2:
        return _of_two(sizes, by_role, words)
    if len(sizes) == 3:
        return _of_three(sizes, by_role, words)
    return _of_section(sizes) if len(sizes) == 4 and _TUBE.search(words) else None


def _of_round(
    by_role: dict[str, float], rest: Sequence[float]
) -> tuple[float, float, float] | None:
    """A disc, a rod, a ring or a tube."""
    outer, inner = by_role["outer"], by_role.get("inner", 0.0)
    inner = inner or max(0.0, outer - 2 * by_role.get("wall", outer / 2))
    if len(rest) != 1 or inner >= outer:
        return None
    full = pi / 4 * (outer**2 - inner**2) * rest[0]
    return full * 0.9, full, full


def _of_two(
    sizes: Sequence[float], by_role: dict[str, float], words: str
) -> tuple[float, float, float] | None:
    """A disc or a rod; of a sheet two sizes leave the third open."""
    if by_role or _FLAT.search(words) or _TUBE.search(words) or _RING.search(words):
        return None
    across, along = sorted(sizes) if _LONG.search(words) else sizes
    disc = pi / 4 * across**2 * along
    return disc * 0.9, disc, (disc if _ROUND.search(words) else across**2 * along)


def _of_three(
    sizes: Sequence[float], by_role: dict[str, float], words: str
) -> tuple[float, float, float]:
    """A block, or a ring or tube where the text says so; a tube's second size may be its wall."""
    first, second, third = sizes
    block = first * second * third
    if not by_role and first > second and (_RING.search(words) or _TUBE.search(words)):
        ring = pi / 4 * (first**2 - second**2) * third
        if not _TUBE.search(words) or 2 * second >= first:
            return ring * 0.9, ring, ring
        tube = pi / 4 * (first**2 - (first - 2 * second) ** 2) * third
        likely = tube if second < 0.3 * first else ring
        return min(tube, ring) * 0.9, likely, max(tube, ring)
    return block * 0.7, block, block


def _of_section(sizes: Sequence[float]) -> tuple[float, float, float] | None:
    """A rectangular tube: width, height, wall, length."""
    width, height, wall, length = sizes
    if 2 * wall >= min(width, height):
        return None
    full = (width * height - (width - 2 * wall) * (height - 2 * wall)) * length
    return full * 0.9, full, full


def _around(extents: Sequence[Extent], unit: str, most: float) -> float:
    """The box around a part that turns: its greatest size both ways, since the first may be the bore."""
    sizes = sorted((one.cm(unit) for one in extents), reverse=True)
    return max(most, sizes[0] ** 2 * min(sizes[1:])) if len(sizes) > 1 else most


def _number(text: str) -> float:
    whole, _, fraction = text.replace("-", " ").rpartition(" ")
    if "/" in fraction:
        over, under = fraction.split("/")
        value = float(over) / float(under) if float(under) else 0.0
    else:
        value = float(fraction)
    return value + (float(whole) if whole else 0.0)
