"""Numbers of a company's own that hold a mnemonic (MAT-MOT-001), on lines that say nothing else.

Such a code is no evidence of a material: in one public list MAT-MOT-001 is a motor and MAT-MOT-003 its
controller. It only says which lines to look up first, so they are asked about and nothing is taken from
them. A code counts where the list plainly has a numbering system: several numbers of the form letters,
code, figures under the same letters, with more than one code.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from bomrisk.recognition.frames import asked_frame
from bomrisk.recognition.lexicon import rows_of

if TYPE_CHECKING:
    from collections.abc import Container

    import polars as pl

CONFIDENCE = 0.2
"""Confidence of a question that rests on a mnemonic alone; a judgement, far below what counts."""
LEAST_NUMBERS = 3
"""Numbers of one form that a list must have before their middle is taken for a code."""
LEAST_CODES = 2
"""Different codes among them."""
_FORM = r"^(?P<system>[A-Z]{2,6})[-_.](?P<code>[A-Z]{3,7})[-_.](?P<serial>[0-9]{2,6})$"
_SAYS = ("name", "description", "material", "specification")


@lru_cache(maxsize=1)
def _codes() -> dict[str, tuple[str, str]]:
    """Code → what it is short for, and the material to ask about."""
    return {row["code"]: (row["says"], row["material"]) for row in rows_of("mnemonics.csv")}


def by_mnemonic(lines: pl.DataFrame, heard: pl.Series, materials: Container[str]) -> pl.DataFrame:
    """Questions about lines (LINES schema) whose number alone says what they may be, as `doubts_frame`.

    `heard` are the numbers of lines of which anything is known or asked already.
    """
    import polars as pl

    formed = (
        lines.lazy()
        .select(
            "line",
            "part_number",
            silent=pl.all_horizontal(
                ~pl.col(name).str.contains(r"\p{L}").fill_null(value=False) for name in _SAYS
            ),
            form=pl.col("part_number").str.to_uppercase().str.extract_groups(_FORM),
        )
        .unnest("form")
        .filter(pl.col("code").is_not_null())
        .collect()
    )
    if not formed.height:
        return asked_frame([])
    systems = (
        formed.group_by("system")
        .agg(
            numbers=pl.col("part_number").str.to_uppercase().n_unique(),
            codes=pl.col("code").n_unique(),
        )
        .filter((pl.col("numbers") >= LEAST_NUMBERS) & (pl.col("codes") >= LEAST_CODES))
    )
    asked = formed.join(systems, on="system", how="semi", maintain_order="left").filter(
        pl.col("silent")
        & pl.col("code").is_in(list(_codes()))
        & ~pl.col("line").is_in(heard.implode())
    )
    rows: list[tuple[object, ...]] = []
    for line, number, code in asked.select("line", "part_number", "code").iter_rows():
        says, material = _codes()[code]
        if material in materials:
            reason = (
                f"only the number's code {code} says {says}, which a bracket or controller may bear too:"
                " nothing is taken from it; give the part a name, or an item master"
            )
            rows.append((line, material, "part_number", number, CONFIDENCE, reason))
    return asked_frame(rows)
