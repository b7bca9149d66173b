"""How a line is called in the report: its number, its words, and where it stands in the file."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

NAMELESS = "(no part number or name)"


@dataclass(frozen=True, slots=True)
class LineRef:
    """A line as it is cited: `line` opens its details; the rest is read by a person."""

    line: int
    line_id: str
    place: str
    """Row, and the sheet where the file has several."""
    number: str
    words: str
    supplier: str

    @property
    def title(self) -> str:
        """Part number and words, whichever there are."""
        return " ".join(part for part in (self.number, self.words) if part) or NAMELESS


def filled(*fields: str) -> pl.Expr:
    """The first of the text columns that says something; null if none does."""
    return pl.coalesce(*(pl.col(f).str.strip_chars().replace("", None) for f in fields))


def number_of() -> pl.Expr:
    """The number by which a line is ordered: part number, else a maker's or supplier's number."""
    return filled("part_number", "mpn", "supplier_pn")


def words_of() -> pl.Expr:
    """What a line says it is: its name, else its description."""
    return filled("name", "description")


def named(lines: pl.DataFrame) -> pl.DataFrame:
    """`line`, `line_id`, `sheet`, `row`, `number`, `words`, `who` of the lines; texts null if not given."""
    return lines.select(
        "line",
        "line_id",
        "sheet",
        "row",
        number=number_of(),
        words=words_of(),
        who=filled("supplier", "manufacturer", "cage"),
    )


def several_sheets(lines: pl.DataFrame) -> bool:
    """Whether a row number alone would not say where a line stands."""
    return lines["sheet"].n_unique() > 1


def references(frame: pl.DataFrame, *, with_sheet: bool) -> list[LineRef]:
    """The rows of a `named` frame as references, in their order."""
    return [
        LineRef(
            line=row["line"],
            line_id=row["line_id"],
            place=f"{row['sheet']}, row {row['row']}" if with_sheet else f"row {row['row']}",
            number=row["number"] or "",
            words=row["words"] or "",
            supplier=row["who"] or "",
        )
        for row in frame.iter_rows(named=True)
    ]
