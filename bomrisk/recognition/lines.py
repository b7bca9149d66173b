"""Lines to materials: every text column counts, each with its weight; clues of a line confirm each other.

A material or specification column outranks a description. "N52" in one column waits for "magnet" in
another. What a line says is worked out once per distinct combination of texts and joined back. What a
person has decided is taken before anything else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, replace
from typing import TYPE_CHECKING

from bomrisk.recognition.answer import Recognition, TextAnswer
from bomrisk.recognition.borrowed import with_places
from bomrisk.recognition.combination import NUMBERS, WEIGHTS, Combination
from bomrisk.recognition.decisions import Decision, decide
from bomrisk.recognition.engine import Recognizer, recognizer_for
from bomrisk.recognition.frames import doubts_frame, materials_frame, notes_frame
from bomrisk.recognition.fullname import with_full_names
from bomrisk.recognition.makers import by_maker
from bomrisk.recognition.numbering import by_mnemonic

if TYPE_CHECKING:
    import polars as pl

    from bomrisk.knowledge import Knowledge

_AISI = "AISI "


def recognize(
    lines: pl.DataFrame, knowledge: Knowledge, decisions: Sequence[Decision] = ()
) -> Recognition:
    """The materials of the lines (LINES schema), notes on contradictions, and doubts for a reviewer.

    A line gets one row per material. `inferred` rows follow only from the type of part (`part_rule`);
    a named material on a line whose part rule would imply its kind carries that rule's id, so that the
    rule's share of mass applies to it. `decisions` of a person outrank all else; those that fit no line
    are noted.
    """
    import polars as pl

    settled, unused = decide(lines, decisions)
    free = lines.join(settled, on="line", how="anti", maintain_order="left")
    recognizer = recognizer_for(knowledge)
    named, repairs = with_full_names(free)
    keyed = named.select("line", *WEIGHTS)
    answers = _read_fields(keyed, recognizer)
    for field, by_text in zip(WEIGHTS, answers, strict=True):
        keyed = _with_key(keyed, field, by_text)
    joined, cases = _combinations(keyed, answers)
    rows: list[tuple[object, ...]] = []
    notes: list[tuple[int, str]] = []
    doubts: list[tuple[object, ...]] = []
    for number, *texts in cases.iter_rows():
        said = {
            field: (text, by_text.get(text, TextAnswer(text)))
            for field, by_text, text in zip(WEIGHTS, answers, texts, strict=True)
            if text is not None
        }
        combination = Combination(said, recognizer, knowledge.part_rules)
        rows.extend((number, *astuple(row)) for row in combination.rows())
        notes.extend((number, note) for note in combination.notes())
        doubts.extend((number, *astuple(doubt)) for doubt in combination.doubts())
    materials = materials_frame(rows, joined, settled, decisions, lines)
    asked = doubts_frame(doubts, joined)
    heard = pl.concat([materials["line"], asked["line"], settled["line"]]).unique()
    supposed, in_doubt = by_maker(free, heard, recognizer, knowledge.part_rules)
    coded = by_mnemonic(free, pl.concat([heard, supposed["line"]]), recognizer.materials)
    return Recognition(
        with_places(_by_line(materials, supposed), lines, "rule"),
        pl.concat([notes_frame(notes, joined, unused, lines), repairs]),
        with_places(pl.concat([asked, in_doubt, coded]), lines, "reason"),
    )


def _by_line(materials: pl.DataFrame, supposed: pl.DataFrame) -> pl.DataFrame:
    """All materials in the order of lines, those that only the maker suggests among them."""
    import polars as pl

    if not supposed.height:
        return materials
    return pl.concat([materials, supposed]).sort(
        "line", "inferred", "material_id", maintain_order=True
    )


def _combinations(
    keyed: pl.DataFrame, answers: list[dict[str, TextAnswer]]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Each busy line with its combination of texts, and the distinct combinations."""
    import polars as pl

    keys = [f"{field}_key" for field in WEIGHTS]
    busy = keyed.filter(pl.any_horizontal(pl.col(key).is_not_null() for key in keys))
    unsure = _doubtful(answers)
    if unsure:
        # a doubt is settled by words of the other columns, which may hold no clue themselves
        doubt = pl.any_horizontal(
            pl.col(field).is_in(list(texts)) for field, texts in unsure.items()
        )
        busy = busy.with_columns(
            pl.when(doubt & pl.col(f"{field}_key").is_null())
            .then(pl.col(field))
            .otherwise(pl.col(f"{field}_key"))
            .alias(f"{field}_key")
            for field in WEIGHTS
        )
    cases = busy.select(keys).unique(maintain_order=True).with_row_index("combination")
    joined = busy.select("line", *keys).join(cases, on=keys, how="left", nulls_equal=True)
    return joined.select("line", "combination"), cases


def _read_fields(keyed: pl.DataFrame, recognizer: Recognizer) -> list[dict[str, TextAnswer]]:
    """The answers to the texts of each column, in their order; each distinct text is read once."""
    texts = [field for field in WEIGHTS if field not in NUMBERS]
    said = _read_together(keyed, texts, recognizer, numbers=False)
    said |= _read_together(keyed, NUMBERS, recognizer, numbers=True)
    if (bare := keyed["material"]).null_count() < bare.len():
        said["material"] |= _bare_grades(bare.drop_nulls().unique(maintain_order=True), recognizer)
    return [said[field] for field in WEIGHTS]


def _read_together(
    keyed: pl.DataFrame, fields: Sequence[str], recognizer: Recognizer, *, numbers: bool
) -> dict[str, dict[str, TextAnswer]]:
    import polars as pl

    columns = {field: keyed[field].drop_nulls().unique(maintain_order=True) for field in fields}
    distinct = pl.concat([column.rename("text") for column in columns.values()])
    if len(fields) > 1:
        distinct = distinct.unique(maintain_order=True)
    distinct = distinct.filter(distinct.str.len_chars() > 1)
    said = {answer.text: answer for _, answer in recognizer.read(distinct, numbers=numbers)}
    found = pl.Series("text", list(said), dtype=pl.String)
    return {
        field: {text: said[text] for text in column.filter(column.is_in(found.implode()))}
        for field, column in columns.items()
    }


def _bare_grades(distinct: pl.Series, recognizer: Recognizer) -> dict[str, TextAnswer]:
    """A bare number in a material column is a stainless grade, if it is one: 304, 316L."""
    import polars as pl

    bare = distinct.filter(distinct.str.contains(r"^[34][0-9]{2}[A-Z]{0,2}$"))
    if bare.len() == 0:
        return {}
    read = recognizer.read(pl.Series(bare.name, [_AISI + text for text in bare], dtype=pl.String))
    return {
        (text := answer.text.removeprefix(_AISI)): answer._replace(
            text=text,
            materials=tuple(
                replace(clue, start=0, end=clue.end - len(_AISI)) for clue in answer.materials
            ),
        )
        for _, answer in read
    }


def _with_key(keyed: pl.DataFrame, field: str, by_text: Mapping[str, TextAnswer]) -> pl.DataFrame:
    """The column's text where it says something, null elsewhere."""
    import polars as pl

    said = pl.Series(list(by_text), dtype=pl.String)
    return keyed.with_columns(
        pl.when(pl.col(field).is_in(said.implode())).then(pl.col(field)).alias(f"{field}_key")
    )


def _doubtful(answers: list[dict[str, TextAnswer]]) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for field, by_text in zip(WEIGHTS, answers, strict=True):
        texts = [text for text, answer in by_text.items() if answer.doubts]
        if texts:
            out[field] = texts
    return out
