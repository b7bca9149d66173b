"""Several makers' parts in one cell: "YAGEO: RC0402 AVX: CR05", "GRM155 / C1005", a list of lines.

The first is the line's own choice, the others are alternates. Only cells that are nothing but parts are cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bomrisk.bom import words

if TYPE_CHECKING:
    import polars as pl

_CODE = r"(?=[^\s,;|]*\d)[A-Za-z0-9][A-Za-z0-9._/#+()\-]{3,47}"
_NAMED = re.compile(rf"\s*([^\W\d_][\w&.,'\- ]{{0,38}}?)\s*[:：]\s*({_CODE})\s*[;,|/]?")
_CUT = re.compile(rf"\s*(?:\n|;|\||\s/\s|\s+(?:{words.pattern('or')})\s+)\s*")
_PIECE = re.compile(_CODE)
_HINTS = [":", "：", ";", "|", "\n", " / ", "或"] + [
    f" {form} "
    for word in sorted(words.plain("or"))
    for form in (word, word.upper(), word.capitalize())
]
"""What a packed cell has one of in it; cells without are not looked at."""

Part = tuple[str | None, str | None]
"""Maker and number."""


def of_cells(lines: pl.DataFrame, makers: str, numbers: str) -> pl.DataFrame:
    """Parts packed into two columns of lines: place, rank (1 is the first), manufacturer, part_number.

    Lines whose cells hold one part only, or anything else besides parts, have no rows.
    """
    import polars as pl

    schema = {
        "place": pl.UInt32,
        "rank": pl.UInt32,
        "part_number": pl.String,
        "manufacturer": pl.String,
    }
    packed = lines.select("place", maker=makers, number=numbers).filter(
        pl.any_horizontal(pl.col("maker", "number").str.contains_any(_HINTS)).fill_null(value=False)
    )
    distinct = packed.select("maker", "number").unique(maintain_order=True)
    cut = {pair: parts for pair in distinct.iter_rows() if (parts := list(_parts(*pair)))}
    rows = [
        (place, rank, number, maker)
        for place, *pair in packed.iter_rows()
        for rank, (maker, number) in enumerate(cut.get(tuple(pair), ()), start=1)
    ]
    return pl.DataFrame(rows, schema=schema, orient="row")


def split(others: pl.DataFrame) -> pl.DataFrame:
    """Alternates of which one cell holds several, one row for each; ranks count on from 2 by line."""
    import polars as pl

    held = pl.col("part_number").str.contains_any(_HINTS).fill_null(value=False)
    if not others.select(held.any()).item():
        return others
    texts = others.filter(held).get_column("part_number").unique(maintain_order=True).to_list()
    cut = {text: pieces for text in texts if len(pieces := _pieces(text)) > 1}
    if not cut:
        return others
    whole = pl.concat_list("part_number")
    apart = pl.col("part_number").replace_strict(
        list(cut), list(cut.values()), default=whole, return_dtype=pl.List(pl.String)
    )
    longer = others.with_columns(part_number=apart).explode("part_number")
    return longer.with_columns(rank=pl.int_range(2, pl.len() + 2, dtype=pl.UInt32).over("place"))


def _parts(maker: str | None, number: str | None) -> Iterator[Part]:
    """The parts of one line, at least two; nothing where the cells are not lists of parts."""
    for cell in (maker, number):
        named = _named(cell or "")
        if len(named) > 1:
            yield from named
            return
    numbers = _pieces(number or "")
    if len(numbers) < 2:
        return
    makers = [text.strip() for text in _CUT.split(maker or "") if text.strip()]
    for at, text in enumerate(numbers):
        if len(makers) == len(numbers):
            yield makers[at], text
        else:
            yield (makers[0] if len(makers) == 1 else None), text


def _named(cell: str) -> list[Part]:
    """Maker and number by turns, a colon between them, over the whole cell."""
    found: list[Part] = []
    at = 0
    while at < len(cell.rstrip()):
        match = _NAMED.match(cell, at)
        if match is None:
            return []
        found.append((match[1].strip(), match[2].rstrip(",;")))
        at = match.end()
    return found


def _pieces(cell: str) -> list[str]:
    """The numbers of a list of parts; empty where a piece is none."""
    pieces = [text.strip() for text in _CUT.split(cell) if text.strip()]
    return pieces if all(_PIECE.fullmatch(text) and _is_number(text) for text in pieces) else []


def _is_number(text: str) -> bool:
    """Whether a code can be the number of a part: 1/4 and 5/16 are sizes."""
    return len(text) >= 5 or any(char.isalpha() for char in text)
