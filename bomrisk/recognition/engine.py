"""The engine: one pass over distinct texts for the letters of any name or rule, then the grammar.

`Recognizer` is built once per state of the knowledge. The pass is Polars' Aho-Corasick over all
triggers; a text without any is done. The rest is read by Python, each distinct text once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bomrisk.recognition import grammar, records
from bomrisk.recognition.answer import NAMED_FLOOR, Clue, Conflict, TextAnswer
from bomrisk.recognition.context import role_of, stands
from bomrisk.recognition.contradiction import contradictions
from bomrisk.recognition.cut import LENGTH as CUT
from bomrisk.recognition.cut import clipped, completed
from bomrisk.recognition.families import evidence, general_to
from bomrisk.recognition.grammar.pattern import Context, Pattern
from bomrisk.recognition.lexicon import Lexicon, clue_of, names_of, vendor_grades
from bomrisk.recognition.parts import PartBook
from bomrisk.recognition.reading import LONGEST, Reading, capitals
from bomrisk.recognition.resolution import resolve
from bomrisk.recognition.shape import LETTERS, Shapes, quotes_a_number
from bomrisk.recognition.sought import PartsSought, Sought
from bomrisk.recognition.typo import Correction, corrected, corrections, moved_back, openings

if TYPE_CHECKING:
    import polars as pl

    from bomrisk.knowledge import Knowledge

BATCH = 100_000
"""Texts per pass: bounds the memory of the candidate filter."""
FEW = 5_000
"""Texts up to which a pass of its own over all of them costs more than it saves."""
KEPT = 100_000
"""Shapes whose answers are kept from one pass to the next."""
QUOTING = TextAnswer("")
"""Stands for the answer to a shape that quotes a number: each of its texts is read alone."""
_NO_RUN = r"[^\pL]+|[\x{2e80}-\x{10ffff}]+"
"""What parts runs of letters, as Rust writes it."""
SHORTEST_WORD = 4
"""Letters that a word in a part number must have to be looked for."""


@dataclass(frozen=True, slots=True)
class Triggers:
    """What the candidate filter looks for: stretches anywhere, and runs of letters as whole runs."""

    stretches: list[str]
    runs: list[str]
    """Each between two spaces, as the filter sees runs."""

    @staticmethod
    def of(literals: Iterable[str], words: Iterable[str]) -> Triggers:
        """Sorted into the two kinds: a literal between spaces is a run."""
        found = set(literals) - {""}
        runs = {one for one in found if one[0] == one[-1] == " " and len(one.split()) == 1}
        return Triggers(sorted(found - runs), sorted(runs | {f" {word} " for word in words}))


class Recognizer:
    """Recognition for one state of the knowledge."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.materials = dict(knowledge.materials)
        self.yields = general_to(self.materials)
        names = [
            *names_of(self.materials),
            *vendor_grades(self.materials, knowledge.table("grades")),
        ]
        self._lexicon = Lexicon(names)
        self._openings = openings()
        self.rules: tuple[Pattern, ...] = (
            *grammar.patterns(self.materials, self.yields),
            *records.patterns(self.materials, grammar.replaced(self.materials)),
        )
        self._by_trigger: dict[str, list[Pattern]] = {}
        untriggered: list[Pattern] = []
        for rule in self.rules:
            literals = rule.literals()
            if not literals:
                untriggered.append(rule)
            for trigger in literals:
                self._by_trigger.setdefault(trigger, []).append(rule)
        self._parts = PartBook(knowledge.part_rules)
        words = self._lexicon.words | self._parts.words
        self.triggers = Triggers.of(
            {*self._by_trigger, *self._lexicon.triggers, *self._parts.triggers, *openings()}, words
        )
        """What the filter looks for in texts."""
        self.number_triggers = Triggers.of(
            {one for rule in self.rules if rule.type_code for one in rule.literals()}
            | {one for one in self._lexicon.triggers if not one.isascii()}
            | self._parts.triggers,
            {word for word in words if len(word) >= SHORTEST_WORD},
        )
        """What it looks for in part numbers: type codes and plain words, no grades, no bare numbers."""
        self._shapes = Shapes(
            [
                *self.triggers.stretches,
                *(rule.regex for rule in self.rules),
                *(name.text for name in names),
                *(code for one in self.materials.values() for _, code in one.codes),
            ],
            self.triggers.stretches,
        )
        self._sought: dict[str, Sought] = {}
        self._always = Sought(tuple(untriggered), (), PartsSought())
        self._known: dict[bool, dict[str, TextAnswer | None]] = {False: {}, True: {}}

    def candidates(self, texts: pl.Series, *, numbers: bool = False) -> pl.DataFrame:
        """The texts that hold a trigger: `index`, `text`, `read_as`, and the `letters` found, tabs between.

        `read_as` is the text, but for an item name cut at 19 characters, which is read completed.
        """
        import polars as pl

        sought = self.number_triggers if numbers else self.triggers
        frame = pl.DataFrame({"text": texts}).with_row_index("index")
        read_as = frame["text"].alias("read_as") if numbers else _completed(frame["text"])
        folded = _folded(read_as)
        held = folded.str.extract_many(
            sought.stretches, ascii_case_insensitive=True, overlapping=True
        )
        spoken = _runs(folded).str.extract_many(
            sought.runs, ascii_case_insensitive=True, overlapping=True
        )
        letters = held.list.concat(spoken).list.join(LETTERS).alias("letters")
        return frame.with_columns(read_as, letters).filter(letters != "")

    def _places(self, texts: pl.Series, *, numbers: bool) -> pl.Series:
        """Places of the texts that hold a trigger, without saying which; of few texts all places."""
        if texts.len() < FEW:
            return texts.to_frame().with_row_index()["index"]
        sought = self.number_triggers if numbers else self.triggers
        folded = _folded(texts if numbers else _completed(texts))
        held = folded.str.contains_any(sought.stretches, ascii_case_insensitive=True)
        others = (~held).arg_true()
        spoken = _runs(folded.gather(others)).str.contains_any(
            sought.runs, ascii_case_insensitive=True
        )
        return held.scatter(others.filter(spoken), True).arg_true()

    def read(
        self, texts: Sequence[str] | pl.Series, *, numbers: bool = False
    ) -> Iterator[tuple[int, TextAnswer]]:
        """The answers to the texts that say something, with their place among the texts, in order.

        `numbers` says that they are part numbers: only type codes and words are looked for in them.
        """
        import polars as pl

        series = (
            texts if isinstance(texts, pl.Series) else pl.Series("text", texts, dtype=pl.String)
        )
        known = self._known[numbers]
        for start in range(0, series.len(), BATCH):
            batch = series.slice(start, BATCH)
            places = self._places(batch, numbers=numbers)
            holding = batch.gather(places)
            candidates, shapes = holding.to_list(), self._shapes.numbered(holding)
            distinct = dict.fromkeys(shapes)
            new = [shape for shape in distinct if shape not in known]
            if len(known) + len(new) > KEPT:
                known.clear()
                new = list(distinct)
            known.update(self._answers(new, numbers=numbers))
            said = [known[shape] for shape in shapes]
            quoting = {text for text, one in zip(candidates, said, strict=True) if one is QUOTING}
            alone = self._answers(sorted(quoting), numbers=numbers, alone=True)
            for place, text, one in zip(places.to_list(), candidates, said, strict=True):
                answer = alone[text] if one is QUOTING else one
                if answer is not None:
                    yield start + place, answer if text == answer.text else answer.of(text)

    def _answers(
        self, texts: Sequence[str], *, numbers: bool, alone: bool = False
    ) -> dict[str, TextAnswer | None]:
        """What distinct texts say; None for nothing.

        Unless each is to be read alone, numbers may be those of its shape: an answer that quotes one
        is QUOTING.
        """
        import polars as pl

        found: dict[str, TextAnswer | None] = dict.fromkeys(texts)
        if not found:
            return found
        by_shape: dict[str, TextAnswer] = {}
        misspelt: list[tuple[str, list[Correction]]] = []
        series = pl.Series("text", texts, dtype=pl.String)
        for text, read_as, letters in _rows(self.candidates(series, numbers=numbers)):
            shape = read_as if alone else self._shapes.of(read_as, letters)
            answer = by_shape.get(shape)
            if answer is None:
                seen = _seen(letters)
                if not self._openings.isdisjoint(seen) and (wrong := corrections(Reading(text))):
                    misspelt.append((text, wrong))
                    continue
                answer = by_shape[shape] = self._answer(shape, seen)
            if not alone and quotes_a_number(answer, shape):
                found[text] = QUOTING
            elif not answer.empty:
                found[text] = answer if read_as == text else clipped(answer, text)
        for text, answer in self._read_misspelt(misspelt) if misspelt else ():
            found[text] = answer if alone or not quotes_a_number(answer, text) else QUOTING
        return found

    def _read_misspelt(
        self, misspelt: list[tuple[str, list[Correction]]]
    ) -> Iterator[tuple[str, TextAnswer]]:
        """The answers to texts whose misspelt words were put right, with the distance in the rule."""
        import polars as pl

        right = pl.Series("text", [corrected(*one) for one in misspelt], dtype=pl.String)
        found = self.candidates(right)
        for place, (text, _, letters) in zip(found["index"], _rows(found), strict=True):
            written, wrong = misspelt[place]
            answer = self._answer(text, _seen(letters))
            if not answer.empty:
                yield written, moved_back(answer, written, wrong)

    def _answer(self, text: str, seen: Sequence[str]) -> TextAnswer:
        """All that one candidate text says; `seen` are the triggers and words that the filter found."""
        reading = Reading(text)
        sought = self._sought_in(reading, seen)
        if not sought:
            return TextAnswer(text)
        context = Context(reading)
        conflicts: list[Conflict] = []
        clues: list[Clue] = []
        for found in self._found(reading, sought, seen, context):
            if isinstance(found, Conflict):
                conflicts.append(found)
                continue
            material = self.materials.get(found.material_id)
            if material is None or not stands(found, reading, material):
                continue
            settled = _settled(found, context)
            clues.append(_with_role(settled, role_of(settled, reading, material)))
        materials, doubts = resolve(clues, self.yields) if clues else ((), ())
        conflicts += contradictions(materials, reading, self.materials)
        parts = self._parts.find(reading, [one.parts for one in sought], seen)
        return TextAnswer(text, materials, parts, tuple(dict.fromkeys(conflicts)), doubts)

    def _sought_in(self, reading: Reading, seen: Sequence[str]) -> list[Sought]:
        """What was sought by the letters found and may really be in the text."""
        by_trigger = self._sought
        found = [self._always] if self._always.rules else []
        for trigger in seen:
            sought = by_trigger.get(trigger)
            if sought is None:
                by_trigger[trigger] = sought = Sought(
                    tuple(self._by_trigger.get(trigger, ())),
                    self._lexicon.spellings(trigger),
                    self._parts.sought(trigger),
                )
            if sought.may_be_in(reading):
                found.append(sought)
        return found

    def _found(
        self, reading: Reading, sought: Sequence[Sought], seen: Sequence[str], context: Context
    ) -> Iterator[Clue | Conflict]:
        for rule in {id(rule): rule for one in sought for rule in one.rules}.values():
            yield from rule.answers(context)
        if any(one.spellings for one in sought):
            for name, start, end in self._lexicon.find(reading, seen):
                yield clue_of(name, start, end)


def _rows(found: pl.DataFrame) -> Iterator[tuple[str, str, str]]:
    """Candidates one by one: text, text to read, and what the filter found, as it stands there."""
    return zip(*(found[column].to_list() for column in ("text", "read_as", "letters")), strict=True)


def _runs(folded: pl.Series) -> pl.Series:
    """The runs of letters of each text between two spaces; signs of scripts without spaces part them."""
    import polars as pl

    return pl.select(
        pl.concat_str(pl.lit(" "), pl.lit(folded).str.replace_all(_NO_RUN, " "), pl.lit(" "))
    ).to_series()


def _seen(letters: str) -> list[str]:
    """The triggers and words found, in capitals and sorted; of a whole run of letters also the word."""
    seen = set(letters.upper().split(LETTERS))
    # in one order, so that equals win alike in every run
    return sorted(seen | {one.strip() for one in seen if one.startswith(" ")})


def _completed(texts: pl.Series) -> pl.Series:
    """The texts with item names cut at 19 characters completed where that is safe."""
    import polars as pl

    short = texts.filter(texts.str.len_chars() == CUT).unique(maintain_order=True)
    full = {text: whole for text in short if (whole := completed(text))}
    read_as = texts.replace(full) if full else texts
    return pl.Series("read_as", read_as, dtype=pl.String)


def _folded(texts: pl.Series) -> pl.Series:
    """The texts as the filter sees them: of limited length, and levelled where they are not plain ASCII."""
    import polars as pl

    short = texts.str.head(LONGEST)
    odd = short.str.len_bytes() != short.str.len_chars()
    if not odd.any():
        return short
    levelled = pl.Series([capitals(text) for text in short.filter(odd)], dtype=pl.String)
    return short.scatter(odd.arg_true(), levelled)


def _settled(clue: Clue, context: Context) -> Clue:
    """The clue with its need met by other words of the text, or left weak."""
    if not clue.needs:
        return clue
    if clue.needs in context.evidence and _elsewhere(clue, context.reading):
        return clue.at(max(clue.confidence, 0.75))
    return replace(clue, confidence=min(clue.confidence, NAMED_FLOOR - 0.1))


def _elsewhere(clue: Clue, reading: Reading) -> bool:
    """Whether the evidence stands outside the clue's own words."""
    rest = Reading(reading.upper[: clue.start] + " " + reading.upper[clue.end :])
    return clue.needs in evidence(rest)


def _with_role(clue: Clue, role: str) -> Clue:
    return clue if role == clue.role else replace(clue, role=role)


_latest: list[tuple[str, Recognizer]] = []


def recognizer_for(knowledge: Knowledge) -> Recognizer:
    """The recognizer of a state of the knowledge; the latest one is kept."""
    if not _latest or _latest[0][0] != knowledge.digest:
        _latest[:] = [(knowledge.digest, Recognizer(knowledge))]
    return _latest[0][1]


def recognize_texts(texts: Sequence[str], knowledge: Knowledge) -> list[TextAnswer]:
    """What each text says, in the order of the texts; a text is read once however often it occurs."""
    answers = dict(recognizer_for(knowledge).read(texts))
    return [answers.get(place) or TextAnswer(text) for place, text in enumerate(texts)]
