"""Rows that are no plain lines, one by one: parts all the same, titles, sections, totals or notes."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from bomrisk.bom import words
from bomrisk.bom.content import is_number, is_quantity, is_ruled, is_url
from bomrisk.bom.regions import Region

if TYPE_CHECKING:
    import polars as pl

    from bomrisk.bom.columns import ColumnMap

LINE = "line"
SHAPES_SEEN = 1_000
"""Part numbers that are looked at to tell how those of a table are built."""
CONTINUATION = "continuation of the row above"
TOTAL_WORDS = (
    rf"(?i)^[\s*=\-–]*(?:{words.pattern('total')})(?:{words.pattern('counted solid')})*"
    rf"(?:[\s:=\-–(]+(?:{words.pattern('counted')}"
    r"|\$|€|£|[\w.,$€£%]*\d[\w.,$€£%]*|[()/\s:])*)*(?:\s*\([^()]{0,60}\))?[\s:*=.)]*$"
    rf"|^[^:]{{0,40}}\b(?:{words.pattern('price')})\b[^:]{{0,20}}:\s*$"
)
"""A cell that says total, with nothing else but words of counting, or that announces a price."""
SERVICE_WORDS = (
    rf"(?i)^\W*(?:(?:{words.pattern('service')}|{words.pattern('service along')})[\s/:,.\-]*)+"
    r"(?:[(@]?\s*\d{1,2}(?:[.,]\d+)?\s*%\s*\)?)?[\s:]*$"
)
"""A part's name that is nothing but words of service, freight or tax."""
CARRIAGE_WORDS = (
    rf"(?i)^[^,:]{{0,60}}\b(?:{words.pattern('carriage')})"
    rf"(?:[\s/&+]+(?:{words.pattern('charge')}|and|und|y))*"
    rf"[\s/&+]*(?:{words.pattern('charge')})\s*$"
    rf"|^\W*(?:{words.pattern('carriage')})\W*$"
)
"""A part's name that ends in the costs of carriage, whatever they are for: ``Hardware shipping costs``.

``Container, shipping`` and ``shipping bracket`` are parts.
"""
OWN_TOTAL = re.compile(
    r"(?i)^(?:[^\W\d_]+\s+){1,3}(?:grand |sub)?totals?\s*(?:\([^()]{0,60}\))?[\s:.]*$"
)
"""A text that ends in total: the total of something named, if the row has a sum of money."""
PAGE_MARK = rf"(?i)^\W*(?:{words.pattern('page mark')})\W*$"
"""A cell that counts pages: ``Page 2 of 5``."""
_SIGNED = re.compile(r"[^:：]{1,30}[:：]\s*\S{0,30}(?:\s\S{0,20}){0,2}")
"""A cell of a sign-off row: ``Prepared by:``, ``Date: 2024-05-01``."""
_NOTE = re.compile(rf"(?i)^\s*(?:{words.pattern('note')})")
_GROUP = re.compile(rf"(?i)^\s*(?:{words.pattern('group')})\s*\w")
_HEADING = re.compile(r"\s*(?:#{1,6}\s|={2,}|-{2,}\s*\w|\*{2,}\s*\w|\[[^\]]+\]$|<[^>]+>$)")
"""A title that is set off by signs: ``## Electronics ##``, ``=== Hardware``, ``[Frame]``."""
_SERVICE = re.compile(rf"(?i){words.pattern('service')}")
IDENTITY = ("part_number", "name", "description", "mpn")


def _shape(text: str) -> str:
    """How a part number is built: runs of letters and of digits, and the signs between them."""
    return re.sub(r"\d+", "9", re.sub(r"[^\W\d_]+", "A", text.strip()))


class OddRows:
    """Looks at the rows that are not plain lines, one by one, with their neighbours."""

    def __init__(
        self,
        rows: pl.DataFrame,
        region: Region,
        mapping: ColumnMap,
        flags: pl.DataFrame,
        usual: float,
        last_line: int,
    ) -> None:
        self.rows = rows
        self.region = region
        self.names = {column.letter: name for name, column in mapping.main.items()}
        self.amount = mapping.letter("quantity")
        self.flags = flags
        self.filled: Sequence[int] = flags.get_column("filled").to_list()
        self.named: Sequence[bool] = flags.get_column("named").to_list()
        self.counted: Sequence[bool] = flags.get_column("counted").to_list()
        self.usual = usual
        self.last_line = last_line
        self.notes: list[tuple[int, str, str]] = []
        self.typical = self._typical_width()
        self.shapes: dict[str, set[str]] = {}
        self.wraps = "smr" in mapping.main and "item_no" in mapping.main
        self.total = re.compile(TOTAL_WORDS)
        self.service = re.compile(SERVICE_WORDS)
        self.carriage = re.compile(CARRIAGE_WORDS)
        self.page = re.compile(PAGE_MARK)
        self.money = {mapping.letter("unit_cost"), mapping.letter("ext_cost")} - {None}

    def _typical_width(self) -> float:
        widths = sorted(width for width in self.filled if width)
        return widths[len(widths) // 2] if widths else 0

    def cells(self, place: int) -> dict[str, str]:
        """Cells of a row that are not empty."""
        return {
            letter: text.strip()
            for letter, text in zip(self.rows.columns, self.rows.row(place), strict=True)
            if text is not None and text.strip()
        }

    def kind(self, place: int) -> str:
        """What the row is."""
        if place + self.region.first in self.region.repeats:
            return "header"
        if not self.filled[place]:
            return "blank"
        cells = self.cells(place)
        if is_ruled(cells.values()):
            return "ruled line"
        if self._says_total(cells):
            return "total"
        if any(
            (self.service.match(text) and _SERVICE.search(text)) or self.carriage.match(text)
            for letter, text in cells.items()
            if self.names.get(letter) in IDENTITY
        ):
            return "service"
        if self._frames_the_page(place, cells):
            return "note"
        if self.named[place]:
            return self._named(place, cells)
        return self._unnamed(place, cells)

    def _frames_the_page(self, place: int, cells: Mapping[str, str]) -> bool:
        """Whether a row is the head or foot of a page, or the labels of a sign-off below the last line."""
        amount = cells.get(self.amount) if self.amount else None
        if amount is not None and is_quantity(amount):
            return False
        signed = sum(1 for text in cells.values() if _SIGNED.fullmatch(text))
        if signed == len(cells) and signed >= 2 and place > self.last_line:
            return True
        return len(cells) <= 3 and any(self.page.match(text) for text in cells.values())

    def _says_total(self, cells: Mapping[str, str]) -> bool:
        numbered = any(self.names.get(letter) in ("part_number", "mpn") for letter in cells)
        texts = [text for letter, text in cells.items() if self.names.get(letter) in IDENTITY]
        own = len(texts) == 1 and OWN_TOTAL.match(texts[0])
        if own and not numbered and self.money & cells.keys():
            return True
        if not any(self.total.match(text) for text in cells.values()):
            return False
        return len(cells) <= max(3.0, 0.7 * self.typical) or not numbered

    def _named(self, place: int, cells: Mapping[str, str]) -> str:
        """A row that names something but is not a plain line."""
        if self.counted[place]:
            return LINE
        if self._detached(place):
            return "note"
        if self.wraps and self._goes_on(place, cells):
            return CONTINUATION
        if self.amount is None:
            return (
                LINE if len(cells) >= 2 or self.typical <= 2 or self._in_run(place) else "section"
            )
        return self._without_amount(place, cells)

    def _without_amount(self, place: int, cells: Mapping[str, str]) -> str:
        """A row that names something in a list with quantities, and has none."""
        texts = set(cells.values())
        keyed = any(
            self.names.get(letter) in ("level", "item_no", "parent", "part_number", "mpn")
            for letter in cells
        )
        if keyed and (len(texts) >= 2 or self.usual < 0.5):
            return self._line_without_amount(place)
        letter, text = next(iter(cells.items()))
        if len(texts) > 1:
            return "note" if _NOTE.match(text) else self._line_without_amount(place)
        if self._is_number_of_part(letter, text):
            return self._line_without_amount(place)
        return self._alone(place, text)

    def _goes_on(self, place: int, cells: Mapping[str, str]) -> bool:
        """A row of a manual's parts list that holds nothing but the rest of the row above."""
        names = {self.names.get(letter) for letter in cells}
        if not names <= {"part_number", "name", "description", None}:
            return False
        if any(_NOTE.match(text) or _GROUP.match(text) for text in cells.values()):
            return False
        at = place - 1
        while at >= 0 and self.filled[at] and not self.counted[at]:
            at -= 1
        return at >= 0 and self.counted[at] and self.named[at]

    def _line_without_amount(self, place: int) -> str:
        self.notes.append((place, "quantity", "no quantity is given: it counts as unknown"))
        return LINE

    def _detached(self, place: int) -> bool:
        """Whether a row without quantity stands below the last line, after two blank rows."""
        if place <= self.last_line or self.usual < 0.5:
            return False
        return sum(1 for at in range(self.last_line + 1, place) if self.filled[at] == 0) >= 2

    def _alone(self, place: int, text: str) -> str:
        """A text alone in its row: a section title, a note, or one of several parts without more."""
        if _HEADING.match(text):
            return "section"
        if _NOTE.match(text) or len(text) > 60 or text.endswith((".", ":")) or is_url(text):
            return "section" if text.endswith(":") and len(text) <= 60 else "note"
        return self._line_without_amount(place) if self._in_run(place) else "section"

    def _is_number_of_part(self, letter: str, text: str) -> bool:
        """Whether a text alone stands where parts have their numbers, and is built as those are."""
        if self.names.get(letter) not in ("part_number", "mpn") or not re.search(r"\d", text):
            return False
        if letter not in self.shapes:
            plain = [
                cell
                for cell, counted in zip(self.rows.get_column(letter), self.counted, strict=True)
                if counted and cell
            ]
            self.shapes[letter] = {_shape(cell) for cell in plain[:SHAPES_SEEN]}
        return len(text) >= 3 and _shape(text) in self.shapes[letter]

    def _in_run(self, place: int) -> bool:
        """Whether at least three such rows follow one another without a blank row between."""
        first = place
        while first > 0 and self._lonely(first - 1):
            first -= 1
        last = place
        while last + 1 < len(self.filled) and self._lonely(last + 1):
            last += 1
        return last - first >= 2

    def _lonely(self, place: int) -> bool:
        return self.filled[place] == 1 and self.named[place] and not self.counted[place]

    def _unnamed(self, place: int, cells: Mapping[str, str]) -> str:
        """A row in which no column names a part."""
        numbers = {
            letter: text for letter, text in cells.items() if is_number(text) or text in "-–—"
        }
        roles = {self.names.get(letter) for letter in cells}
        amount = cells.get(self.amount) if self.amount else None
        some = (
            amount is not None and is_quantity(amount) and re.search(r"[1-9]", amount) is not None
        )
        if len(numbers) == len(cells):
            return self._only_numbers(place, roles, some=some)
        if some and amount is not None and self._sums_up(place, amount, roles):
            return "total"
        if "reference" in roles and (some or len(cells) >= (2 if self.amount is None else 3)):
            return self._unknown_part(place)
        if some and len(cells) - len(numbers) >= 2:
            return self._unknown_part(place)
        if some and roles & {
            "item_no",
            "level",
            "manufacturer",
            "category",
            "material",
            "supplier_pn",
        }:
            return self._unknown_part(place)
        if len(cells) == 1 and not numbers:
            return self._alone(place, next(iter(cells.values()))) if self.usual > 0 else "note"
        return "section" if len(set(cells.values())) == 1 else "note"

    def _sums_up(self, place: int, amount: str, roles: set[str | None]) -> bool:
        """Whether the last row, set off by a blank one, has the sum of all quantities above it.

        So end the lists of circuit programs: ``Approved | Notes | … | 63``.
        """
        import polars as pl

        decimal = amount.replace(".", "", 1).isdecimal()
        if place < self.last_line or not decimal or "reference" in roles:
            return False
        if not any(self.filled[at] == 0 for at in range(self.last_line, place)):
            return False
        plain = self.flags.get_column("named") & self.flags.get_column("counted")
        column = self.rows.get_column(self.amount or "").head(place).filter(plain.head(place))
        above = column.cast(pl.Float64, strict=False).drop_nulls()
        return above.len() >= 2 and math.isclose(above.sum(), float(amount), abs_tol=1e-6)

    def _only_numbers(self, place: int, roles: set[str | None], *, some: bool) -> str:
        if some and "item_no" in roles:
            return self._unknown_part(place)
        if roles & {"unit_cost", "ext_cost", "ext_mass", "mass"} or (some and len(roles) > 1):
            values = [text for text in self.cells(place).values() if re.search(r"[1-9]", text)]
            return "total" if values and "item_no" not in roles else "placeholder"
        return "total" if some else "placeholder"

    def _unknown_part(self, place: int) -> str:
        self.notes.append(
            (place, "part", "the row has a quantity but names no part: its material is unknown")
        )
        return LINE
