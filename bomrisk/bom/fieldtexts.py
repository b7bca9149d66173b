"""Texts of the lines: each field as its cells say it, several columns of a field joined."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bomrisk.bom import words
from bomrisk.bom.columns import ColumnMap
from bomrisk.bom.figures import series
from bomrisk.bom.folding import CONTINUED, MADE_OF
from bomrisk.bom.gaps import spare
from bomrisk.tables import LINES, TEXT_FIELDS

if TYPE_CHECKING:
    import polars as pl

_STAGE_FIELDS = tuple(
    name for name in LINES.names if name.startswith("origin_") or name == "country_of_origin"
)
_JOINED = ("description", "material", "specification", "notes")
"""Fields of which several columns are joined into one text."""
_CODES = ("part_number", "mpn", "supplier_pn", "manufacturer", "supplier", "cage", "niin", "fsc")
"""Fields in which "N/A" or "TBD" is no value."""
_NOTHING = rf"(?i)^(?:{'|'.join(sorted(map(re.escape, words.plain('nothing'))))})$"
_EMPTY = ("-", "--", "---", "–", "—", ".", "nan", "NaN", "NAN", "<NA>")
"""Cells that say nothing, the last ones as programs write an empty cell of a table."""
_NUMBERED = ("part_number", "mpn", "supplier_pn")
"""Numbers of parts: never a fraction, so 545636.0 was written by a program that read a number."""
MOST_SPARE = 6
"""Columns without a known header whose texts are kept in the notes."""
_SAID_IN_NOTES = ("value", "footprint", "category")
"""Columns without a field of their own whose texts may still tell a material."""


def _whole(text: pl.Expr) -> pl.Expr:
    """Numbers of parts without the ``.0`` of a float, if no cell of the column has other decimals."""
    import polars as pl

    fraction = text.str.contains(r"^\d+\.\d*[1-9]\d*$").fill_null(value=False).any()
    return pl.when(~fraction).then(text.str.replace(r"^(\d{3,})\.0$", "${1}")).otherwise(text)


def texts_of(keep: pl.DataFrame, mapping: ColumnMap) -> pl.DataFrame:
    """Columns place, every text field, every origin field, for the rows that are lines."""
    texts = keep.select(
        "place",
        *(_text(name, mapping, keep) for name in (*TEXT_FIELDS, *_STAGE_FIELDS)),
    )
    return _stock_numbers(texts, keep, mapping).with_columns(_make_buy(keep, mapping))


def _text(name: str, mapping: ColumnMap, keep: pl.DataFrame) -> pl.Expr:
    """The text of a field: stripped, a lone dash is null, further columns of the field are joined."""
    import polars as pl

    letters = [mapping.main[name].letter] if name in mapping.main else []
    if (
        name == "description"
        and "name" in mapping.main
        and letters == [mapping.main["name"].letter]
    ):
        letters = []
    if name in _JOINED:
        letters += [column.letter for column in mapping.more.get(name, ())]
    extra: list[pl.Expr] = []
    if name == "material":
        if len(letters) > 1:
            return _cut_text(letters, keep).alias(name)
        letters += [MADE_OF] if MADE_OF in keep.columns else []
    if name in CONTINUED and letters and f"{name}+" in keep.columns:
        return _continued(name, letters[0]).alias(name)
    if name == "notes":
        extra = [
            pl.lit(f"{mapping.main[role].header.text}: ") + _clean(mapping.main[role].letter)
            for role in _SAID_IN_NOTES
            if role in mapping.main and mapping.main[role].letter not in _lettered(mapping)
        ]
        extra += [
            pl.lit(f"{mapping.headers[letter].text}: ") + _clean(letter)
            for letter, found in list(spare(mapping, mapping.main).items())[:MOST_SPARE]
            if found.words >= 0.5 and found.url < 0.5 and letter in keep.columns
        ]
    if not letters and not extra:
        return pl.lit(None, pl.String).alias(name)
    if len(letters) + len(extra) == 1:
        text = _clean(letters[0]) if letters else extra[0]
        if name in _CODES:
            text = pl.when(~text.str.contains(_NOTHING)).then(text)
        if name in _NUMBERED and keep.get_column(letters[0]).str.contains(".0", literal=True).any():
            text = _whole(text)
        return text.alias(name)
    joined = pl.concat_str(
        [*(_clean(letter) for letter in letters), *extra], separator="; ", ignore_nulls=True
    )
    return pl.when(joined != "").then(joined).alias(name)


def _lettered(mapping: ColumnMap) -> set[str]:
    return {
        mapping.main[name].letter
        for name in ("name", "part_number", "mpn", "description")
        if name in mapping.main
    }


def _clean(letter: str) -> pl.Expr:
    import polars as pl

    text = pl.col(letter).str.strip_chars()
    return pl.when(~text.is_in(_EMPTY)).then(text)


def _continued(name: str, letter: str) -> pl.Expr:
    """A text that goes on in the rows below: numbers without, words with a space between."""
    import polars as pl

    separator = "" if name == "part_number" else " "
    head = _clean(letter)
    if name != "part_number":
        head = head.str.replace(r"[\s.]*\.{2,}[\s.]*$", "")
    return pl.concat_str(head, f"{name}+", separator=separator, ignore_nulls=True)


def _cut_text(letters: list[str], keep: pl.DataFrame) -> pl.Expr:
    """One text cut over several cells of fixed width (MATERIAL1 to MATERIAL4): full cells go on.

    A cell as long as the longest of its column was cut, so the next follows without a space; one such
    cell alone may just be the longest text.
    """
    import polars as pl

    whole = pl.lit("")
    for letter in letters:
        text = _clean(letter).fill_null("")
        lengths = keep.get_column(letter).str.len_chars()
        longest = lengths.max()
        cut = isinstance(longest, int) and int((lengths == longest).sum()) > 1
        full = pl.col(letter).str.len_chars() == (longest if cut else 0)
        joint = pl.when(full.fill_null(value=False) & (text.str.len_chars() >= 10)).then(pl.lit(""))
        whole = whole + text + joint.otherwise(pl.lit(" "))
    whole = whole.str.replace_all(r" +", " ").str.strip_chars()
    return pl.when(whole != "").then(whole)


def _stock_numbers(texts: pl.DataFrame, keep: pl.DataFrame, mapping: ColumnMap) -> pl.DataFrame:
    """FSC and NIIN from a national stock number, where they have no column of their own."""
    import polars as pl

    if "nsn" not in mapping.main:
        return texts
    digits = series(keep, mapping, "nsn").str.replace_all(r"[\s\-]", "")
    full = digits.str.contains(r"^\d{4}[0-9A-Z]{9}$")
    frame = texts.with_columns(digits.alias("digits"), full.alias("full"))
    return frame.with_columns(
        pl.coalesce("fsc", pl.when("full").then(pl.col("digits").str.slice(0, 4))).alias("fsc"),
        pl.coalesce("niin", pl.when("full").then(pl.col("digits").str.slice(4))).alias("niin"),
    ).drop("digits", "full")


_MAKE = rf"(?i)^\s*(?:{words.pattern('make')})\b"
_BUY = rf"(?i)^\s*(?:{words.pattern('buy')})\b"


def _make_buy(keep: pl.DataFrame, mapping: ColumnMap) -> pl.Series:
    """Make or buy, from a column that says so, else from the source code of SMR.

    P codes are procured, M codes made, K codes come in a kit that is bought; A codes are assembled
    from their parts; X codes are not stocked, which tells nothing (meanings recalled).
    """
    import polars as pl

    said = series(keep, mapping, "make_buy")
    code = series(keep, mapping, "smr").str.to_uppercase()
    frame = pl.DataFrame({"said": said, "code": code})
    return frame.select(
        pl.when(pl.col("said").str.contains(_MAKE))
        .then(pl.lit("make"))
        .when(pl.col("said").str.contains(_BUY))
        .then(pl.lit("buy"))
        .when(pl.col("code").str.contains(r"^(?:P|K)[A-Z]"))
        .then(pl.lit("buy"))
        .when(pl.col("code").str.contains(r"^(?:M|A)[A-Z]"))
        .then(pl.lit("make"))
        .alias("make_buy")
    ).to_series()
