"""The engine: one pass over distinct texts for the letters of any name or rule, then the grammar on what is left.

`Recognizer` is built once per state of the knowledge. The pass is Polars' Aho-Corasick over all
triggers; a text without any is done. The rest is read by Python, each distinct text once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bomrisk.recognition import grammar, records
from bomrisk.recognition.answer import NAMED_FLOOR, Clue, Conflict, TextAnswer
from bomrisk.recognition.context import role_of, stands
from bomrisk.recognition.families import evidence, general_to
from bomrisk.recognition.grammar.pattern import Context, Pattern
from bomrisk.recognition.lexicon import Lexicon, clue_of, names_of
from bomrisk.recognition.parts import PartBook
from bomrisk.recognition.reading import LONGEST, Reading, capitals
from bomrisk.recognition.resolution import resolve

if TYPE_CHECKING:
    import polars as pl

    from bomrisk.knowledge import Knowledge

BATCH = 50_000
"""Texts per pass: bounds the memory of the candidate filter."""


class Recognizer:
    """Recognition for one state of the knowledge."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.materials = dict(knowledge.materials)
        self._lexicon = Lexicon(names_of(self.materials))
        self.rules: tuple[Pattern, ...] = (
            *grammar.patterns(self.materials),
            *records.patterns(self.materials, grammar.replaced(self.materials)),
        )
        self._by_trigger: dict[str, list[Pattern]] = {}
        for rule in self.rules:
            for trigger in rule.literals():
                self._by_trigger.setdefault(trigger, []).append(rule)
        self._parts = PartBook(knowledge.part_rules)
        self.yields = general_to(self.materials)
        self.triggers = sorted(
            {*self._by_trigger, *self._lexicon.triggers, *self._parts.triggers} - {""}
        )

    def candidates(self, texts: pl.Series) -> pl.DataFrame:
        """Rows of the texts that hold a trigger: `index`, `text`, and the triggers found in it."""
        import polars as pl

        frame = pl.DataFrame({"text": texts}).with_row_index("index")
        plain = frame["text"].str.len_bytes() == frame["text"].str.len_chars()
        folded = frame["text"].str.head(LONGEST)
        if not plain.all():
            odd = frame.filter(~plain)
            levelled = pl.DataFrame(
                {
                    "index": odd["index"],
                    "levelled": [capitals(text[:LONGEST]) for text in odd["text"]],
                },
                schema={"index": pl.UInt32, "levelled": pl.String},
            )
            folded = frame.join(levelled, on="index", how="left", maintain_order="left").select(
                pl.coalesce("levelled", pl.col("text").str.head(LONGEST))
            )["levelled"]
        held = folded.str.extract_many(self.triggers, ascii_case_insensitive=True, overlapping=True)
        return frame.with_columns(held.alias("triggers")).filter(held.list.len() > 0)

    def read(self, texts: Sequence[str] | pl.Series) -> Iterator[tuple[int, TextAnswer]]:
        """The answers to the texts that say something, with their place among the texts."""
        import polars as pl

        series = (
            texts if isinstance(texts, pl.Series) else pl.Series("text", texts, dtype=pl.String)
        )
        for start in range(0, series.len(), BATCH):
            found = self.candidates(series.slice(start, BATCH))
            rows = zip(found["index"], found["text"], found["triggers"].to_list(), strict=True)
            for index, text, triggers in rows:
                answer = self.answer(text, triggers)
                if not answer.empty or answer.evidence:
                    yield start + index, answer

    def answer(self, text: str, triggers: Sequence[str]) -> TextAnswer:
        """All that one candidate text says; `triggers` are the letters that the filter found in it."""
        reading = Reading(text)
        seen = {trigger.upper() for trigger in triggers}
        said = evidence(reading)
        context = Context(reading, said, self.materials)
        conflicts: list[Conflict] = []
        clues: list[Clue] = []
        for found in self._found(reading, seen, context):
            if isinstance(found, Conflict):
                conflicts.append(found)
                continue
            material = self.materials.get(found.material_id)
            if material is None or not stands(found, reading, material):
                continue
            settled = self._settled(found, reading, said)
            clues.append(_with_role(settled, role_of(settled, reading, material)))
        materials, doubts = resolve(clues, self.yields)
        parts = self._parts.find(reading, seen)
        return TextAnswer(text, materials, parts, tuple(dict.fromkeys(conflicts)), doubts, said)

    def _found(
        self, reading: Reading, seen: set[str], context: Context
    ) -> Iterator[Clue | Conflict]:
        run: dict[int, Pattern] = {}
        for trigger in seen:
            for rule in self._by_trigger.get(trigger, ()):
                run[id(rule)] = rule
        for rule in run.values():
            yield from rule.answers(context)
        for name, start, end in self._lexicon.find(reading):
            yield clue_of(name, start, end)

    def _settled(self, clue: Clue, reading: Reading, said: frozenset[str]) -> Clue:
        """The clue with its need met by other words of the text, or left weak."""
        if not clue.needs:
            return clue
        if clue.needs in said and _elsewhere(clue, reading):
            return clue.at(max(clue.confidence, 0.75))
        return Clue(
            clue.material_id,
            clue.start,
            clue.end,
            clue.rule,
            min(clue.confidence, NAMED_FLOOR - 0.1),
            clue.needs,
            clue.role,
        )


def _elsewhere(clue: Clue, reading: Reading) -> bool:
    """Whether the evidence stands outside the clue's own words."""
    rest = Reading(reading.upper[: clue.start] + " " + reading.upper[clue.end :])
    return clue.needs in evidence(rest)


def _with_role(clue: Clue, role: str) -> Clue:
    return Clue(
        clue.material_id, clue.start, clue.end, clue.rule, clue.confidence, clue.needs, role
    )


_latest: list[tuple[str, Recognizer]] = []


def recognizer_for(knowledge: Knowledge) -> Recognizer:
    """The recognizer of a state of the knowledge; the latest one is kept."""
    if not _latest or _latest[0][0] != knowledge.digest:
        _latest[:] = [(knowledge.digest, Recognizer(knowledge))]
    return _latest[0][1]


def recognize_texts(texts: Sequence[str], knowledge: Knowledge) -> list[TextAnswer]:
    """What each text says, in the order of the texts; a text is read once however often it occurs."""
    distinct = list(dict.fromkeys(texts))
    answers = dict(recognizer_for(knowledge).read(distinct))
    by_text = {text: answers.get(place) for place, text in enumerate(distinct)}
    return [by_text[text] or TextAnswer(text) for text in texts]
