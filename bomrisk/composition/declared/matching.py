"""Which lines a declared part speaks of: by part number or maker's number, the first declaration first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bomrisk.composition.declared.model import DeclaredPart, DeclaredSubstance, Remark

if TYPE_CHECKING:
    import polars as pl


def matched(
    lines: pl.DataFrame, parts: Sequence[DeclaredPart]
) -> tuple[list[tuple[int, DeclaredPart]], list[Remark]]:
    """Lines with the part that is declared for each, by line; and parts that no line has.

    A part nested in another that stands on no line of its own counts into the one that holds it.
    """
    numbers = {_key(part.part_number) for part in parts} - {""}
    found: dict[str, list[tuple[int, str, bool]]] = {}
    for line, number, mpn, maker in lines.select(
        "line", "part_number", "mpn", "manufacturer"
    ).iter_rows():
        for text, by_maker in ((number, False), (mpn, True)):
            key = _key(text or "")
            if key and key in numbers:
                found.setdefault(key, []).append((line, maker or "", by_maker))
    remarks: list[Remark] = []
    chosen: dict[int, DeclaredPart] = {}
    for part in _folded([part for part in parts if part.part_number], set(found)):
        hits = found.get(_key(part.part_number), [])
        if not hits:
            remarks.append(_remark(part, f"no line has the part {part.part_number[:80]!r}"))
        for line, maker, by_maker in hits:
            if by_maker and not _same_maker(part.manufacturer, maker):
                remarks.append(
                    _remark(
                        part,
                        f"{part.part_number[:80]!r} is declared by {part.manufacturer[:60]!r}, but the"
                        f" line's maker is {maker[:60]!r}: not used there",
                    )
                )
            elif line not in chosen:
                chosen[line] = part
            elif chosen[line] is not part and chosen[line].substances != part.substances:
                remarks.append(
                    _remark(
                        part,
                        f"{part.part_number[:80]!r} is declared otherwise in {chosen[line].place}:"
                        " that one is used",
                    )
                )
    chosen = _of_columns(lines, parts) | chosen
    return sorted(chosen.items(), key=lambda pair: pair[0]), list(dict.fromkeys(remarks))


def _of_columns(lines: pl.DataFrame, parts: Sequence[DeclaredPart]) -> dict[int, DeclaredPart]:
    """The lines whose own columns declare something, with the part that these say."""
    told = {(part.file, part.sheet, part.row): part for part in parts if not part.part_number}
    if not told:
        return {}
    places = lines.select("line", "file", "sheet", "row").iter_rows()
    return {line: told[place] for line, *rest in places if (place := tuple(rest)) in told}


def _folded(parts: Sequence[DeclaredPart], on_lines: set[str]) -> list[DeclaredPart]:
    """The parts, those on no line of their own within the part that holds them, which stands before them."""
    out = list(parts)
    for at in range(len(out) - 1, -1, -1):
        part = out[at]
        if not part.parent or _key(part.part_number) in on_lines:
            continue
        before = range(at - 1, -1, -1)
        same = (
            place
            for place in before
            if (out[place].part_number, out[place].file) == (part.parent, part.file)
        )
        holder = next(same, None)
        if holder is not None:
            inner = tuple(_held(one, part) for one in part.substances)
            out[holder] = replace(out[holder], substances=(*out[holder].substances, *inner))
            del out[at]
    return out


def _held(one: DeclaredSubstance, part: DeclaredPart) -> DeclaredSubstance:
    """A substance of an inner part as one of the part that holds it; unknown if its mass is."""
    amount = one.amount
    if amount is not None and amount.share:
        amount = None if part.mass_g is None else amount.times(part.mass_g, share=False)
    return replace(one, amount=None if amount is None else amount.times(part.pieces))


def _key(text: str) -> str:
    return "".join(text.split()).casefold()


def _same_maker(one: str, two: str) -> bool:
    first, second = _key(one), _key(two)
    return not first or not second or first in second or second in first


def _remark(part: DeclaredPart, text: str) -> Remark:
    return Remark(part.file, part.sheet, part.row, text)
