"""Lines to materials: every text column counts, each with its weight; clues of a line confirm each other.

A material or specification column outranks a description. "N52" in one column waits for "magnet" in
another. What a line says is worked out once per distinct combination of texts and joined back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bomrisk.knowledge.model import Material, PartRule
from bomrisk.recognition.answer import NAMED_FLOOR, Clue, Recognition, TextAnswer
from bomrisk.recognition.engine import Recognizer, recognizer_for
from bomrisk.recognition.families import evidence
from bomrisk.recognition.reading import Reading
from bomrisk.tables import MATERIALS, NOTES

if TYPE_CHECKING:
    import polars as pl

    from bomrisk.knowledge import Knowledge

WEIGHTS = {
    "material": 1.0,
    "specification": 1.0,
    "name": 0.97,
    "description": 0.97,
    "notes": 0.85,
    "mpn": 0.8,
    "part_number": 0.8,
}
"""Text columns that are read, surest first, with the factor on a clue's confidence."""

_SAYS_ALL = ("material", "specification")
_NUMBERS = ("mpn", "part_number")
_TYPE_CODES = ("part number", "series of", "military capacitor")
_AISI = "AISI "
_PART_FIELDS = ("name", "description", "mpn", "part_number")
_MAGNET_ALLOYS = (
    "permanent_magnet_ndfeb",
    "permanent_magnet_smco",
    "permanent_magnet_alnico",
    "permanent_magnet_ferrite",
)


@dataclass(frozen=True, slots=True)
class _Row:
    """A material of a combination of texts: the columns of MATERIALS that recognition fills."""

    material_id: str
    field: str | None
    span_start: int | None
    span_end: int | None
    matched: str
    rule: str
    confidence: float
    inferred: bool
    part_rule: str | None
    role: str


def recognize(lines: pl.DataFrame, knowledge: Knowledge) -> Recognition:
    """The materials of the lines (LINES schema), and notes on clues that contradict each other.

    A line gets one row per material. `inferred` rows follow only from the type of part (`part_rule`);
    a named material on a line whose part rule would imply its kind carries that rule's id, so that the
    rule's share of mass applies to it.
    """
    import polars as pl

    recognizer = recognizer_for(knowledge)
    answers: list[dict[str, TextAnswer]] = []
    keyed = lines.select("line", *WEIGHTS)
    for field in WEIGHTS:
        by_text = _read_field(field, keyed[field], recognizer)
        answers.append(by_text)
        keyed = _with_key(keyed, field, by_text)
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
    rows: list[tuple[object, ...]] = []
    notes: list[tuple[int, str]] = []
    for number, *texts in cases.iter_rows():
        said = {
            field: (text, by_text.get(text, TextAnswer(text)))
            for field, by_text, text in zip(WEIGHTS, answers, texts, strict=True)
            if text is not None
        }
        combination = _Combination(said, recognizer, knowledge.part_rules)
        rows.extend((number, *_values(row)) for row in combination.rows())
        notes.extend((number, note) for note in combination.notes())
    return Recognition(_materials_frame(rows, joined), _notes_frame(notes, joined, lines))


def _read_field(field: str, column: pl.Series, recognizer: Recognizer) -> dict[str, TextAnswer]:
    distinct = column.drop_nulls().unique(maintain_order=True)
    distinct = distinct.filter(distinct.str.len_chars() > 1)
    said = {answer.text: answer for _, answer in recognizer.read(distinct)}
    if field == "material":
        said |= _bare_grades(distinct, recognizer)
    return said


def _bare_grades(distinct: pl.Series, recognizer: Recognizer) -> dict[str, TextAnswer]:
    """A bare number in a material column is a stainless grade, if it is one: 304, 316L."""
    import polars as pl

    bare = distinct.filter(distinct.str.contains(r"^[34][0-9]{2}[A-Z]{0,2}$"))
    read = recognizer.read(pl.Series(bare.name, [_AISI + text for text in bare], dtype=pl.String))
    return {
        (text := answer.text.removeprefix(_AISI)): replace(
            answer,
            text=text,
            materials=tuple(
                replace(clue, start=0, end=clue.end - len(_AISI)) for clue in answer.materials
            ),
        )
        for _, answer in read
    }


def _in_number(clue: Clue, text: str) -> bool:
    """Whether a clue may count in a part number: a type code of a part, a word, or the whole number."""
    if clue.rule.startswith(_TYPE_CODES):
        return True
    said = text[clue.start : clue.end]
    spelled = said.replace(" ", "").isalpha() or said == text
    return spelled and clue.rule.startswith(("name", "trade name"))


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


class _Combination:
    """The texts of a line, by column, and what they say together."""

    def __init__(
        self,
        said: dict[str, tuple[str, TextAnswer]],
        recognizer: Recognizer,
        part_rules: Mapping[str, PartRule],
    ) -> None:
        self._said = said
        self._recognizer = recognizer
        self._part_rules = part_rules
        self._materials: Mapping[str, Material] = recognizer.materials
        self._contradictions: list[str] = []
        self._parts = [
            (field, part)
            for field in _PART_FIELDS
            if field in said
            for part in said[field][1].parts
        ]
        self._named = self._name()

    def _name(self) -> dict[str, tuple[str, Clue]]:
        """The best clue per material, with its column."""
        best: dict[str, tuple[str, Clue]] = {}
        for field, clue in self._weighed():
            if clue.confidence < NAMED_FLOOR:
                continue
            held = best.get(clue.material_id)
            if held is None or clue.confidence > held[1].confidence:
                best[clue.material_id] = (field, clue)
        yields = self._recognizer.yields
        best = {
            one: found
            for one, found in best.items()
            if not yields.get(one, frozenset()) & best.keys()
        }
        return self._outranked(best)

    def _weighed(self) -> Iterator[tuple[str, Clue]]:
        for field, (text, answer) in self._said.items():
            for clue in answer.materials:
                if field in _NUMBERS and not _in_number(clue, text):
                    continue
                yield field, clue.at(clue.confidence * WEIGHTS[field])
            for clue in answer.doubts:
                if field in _NUMBERS:
                    continue
                if self._confirmed(clue, field, text):
                    yield field, clue.at(0.8 * WEIGHTS[field])

    def _confirmed(self, clue: Clue, field: str, text: str) -> bool:
        """Whether the column or another text of the line supplies the evidence a doubt waits for."""
        if field in _SAYS_ALL and clue.needs:
            return True
        if not clue.needs or clue.needs == "material":
            return False
        return any(
            clue.needs in evidence(Reading(other))
            for other, _ in self._said.values()
            if other != text
        )

    def _outranked(self, best: dict[str, tuple[str, Clue]]) -> dict[str, tuple[str, Clue]]:
        """Without magnet alloys of a description that the material column contradicts: that is noted."""
        by_alloy = {
            one: alloy
            for one in best
            for alloy in _MAGNET_ALLOYS
            if self._materials[one].family == alloy
        }
        leading = {alloy for one, alloy in by_alloy.items() if best[one][0] in _SAYS_ALL}
        if not leading:
            return best
        losing = [
            one
            for one, alloy in by_alloy.items()
            if alloy not in leading and best[one][0] not in _SAYS_ALL
        ]
        for one in losing:
            field, clue = best[one]
            self._contradictions.append(
                f"the {field} says {self._materials[one].name} ({clue.rule}), but the material or"
                " specification column says another magnet alloy, which is taken; please check"
            )
        return {one: found for one, found in best.items() if one not in losing}

    def rows(self) -> Iterator[_Row]:
        """The materials: named ones first, in the order of their names, then inferred ones."""
        implied = self._implied()
        for one, (field, clue) in sorted(self._named.items()):
            text = self._said[field][0]
            yield _Row(
                one,
                field,
                clue.start,
                clue.end,
                text[clue.start : clue.end],
                clue.rule,
                round(clue.confidence, 3),
                inferred=False,
                part_rule=self._holding_rule(one),
                role=clue.role,
            )
        for one, (rule_id, field, start, end, confidence) in sorted(implied.items()):
            rule = self._part_rules[rule_id]
            yield _Row(
                one,
                field,
                start,
                end,
                self._said[field][0][start:end],
                f"part rule: {rule.part}",
                confidence,
                inferred=True,
                part_rule=rule_id,
                role="inside",
            )

    def _implied(self) -> dict[str, tuple[str, str, int, int, float]]:
        out: dict[str, tuple[str, str, int, int, float]] = {}
        kinds = {self._kind(one) for one in self._named}
        for field, part in self._parts:
            rule = self._part_rules[part.rule]
            for holds in rule.implies:
                one = holds.material_id
                if one in self._named or one not in self._materials or self._kind(one) in kinds:
                    continue
                confidence = round(min(rule.confidence, holds.confidence), 3)
                if one not in out or confidence > out[one][4]:
                    out[one] = (part.rule, field, part.start, part.end, confidence)
        return out

    def _kind(self, material_id: str) -> str:
        """What a named material stands in for: any magnet names the magnets, any cell the cells."""
        family = self._materials[material_id].family
        for kind in ("permanent_magnet", "battery_cell", "capacitor", "semiconductor"):
            if family.startswith(kind):
                return kind
        if family.startswith(("ni_", "co_", "ti_", "fe_superalloy")):
            return "aerospace alloy"
        return material_id

    def _holding_rule(self, material_id: str) -> str | None:
        kind = self._kind(material_id)
        for _, part in self._parts:
            if any(
                holds.material_id in self._materials and self._kind(holds.material_id) == kind
                for holds in self._part_rules[part.rule].implies
            ):
                return part.rule
        return None

    def notes(self) -> Iterator[str]:
        """Contradictions between clues, in words."""
        for field, (text, answer) in self._said.items():
            for conflict in answer.conflicts:
                shown = text if len(text) <= 80 else text[:77] + "…"
                yield f"{field} {shown!r}: {conflict.text}; nothing was picked, please check"
        yield from self._contradictions


def _values(row: _Row) -> tuple[object, ...]:
    return (
        row.material_id,
        row.field,
        row.span_start,
        row.span_end,
        row.matched,
        row.rule,
        row.confidence,
        row.inferred,
        row.part_rule,
        row.role,
    )


_FILLED = (
    "material_id",
    "field",
    "span_start",
    "span_end",
    "matched",
    "rule",
    "confidence",
    "inferred",
    "part_rule",
    "role",
)


def _materials_frame(rows: list[tuple[object, ...]], joined: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    schema = MATERIALS.schema()
    frame = pl.DataFrame(
        rows,
        schema={"combination": pl.UInt32, **{name: schema[name] for name in _FILLED}},
        orient="row",
    )
    return (
        joined.select("line", "combination")
        .join(frame, on="combination", how="inner")
        .select("line", *_FILLED)
        .sort("line", "inferred", "material_id", maintain_order=True)
    )


def _notes_frame(
    notes: list[tuple[int, str]], joined: pl.DataFrame, lines: pl.DataFrame
) -> pl.DataFrame:
    import polars as pl

    said = pl.DataFrame(notes, schema={"combination": pl.UInt32, "text": pl.String}, orient="row")
    return (
        joined.select("line", "combination")
        .join(said, on="combination", how="inner")
        .join(lines.select("line", "file", "sheet", "row"), on="line", how="left")
        .with_columns(kind=pl.lit("conflict"))
        .select(NOTES.names)
        .cast(NOTES.schema())  # type: ignore[arg-type]
        .sort("line", "text", maintain_order=True)
    )
