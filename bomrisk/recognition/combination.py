"""The texts of one line and what they say together: columns weigh differently and confirm each other.

Worked out once per distinct combination of texts; the frames of `lines` join the result back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bomrisk.knowledge.model import Material, PartRule
from bomrisk.recognition.answer import NAMED_FLOOR, Clue, TextAnswer
from bomrisk.recognition.engine import Recognizer
from bomrisk.recognition.families import evidence
from bomrisk.recognition.reading import Reading

WEIGHTS = {
    "material": 1.0,
    "specification": 1.0,
    "name": 0.97,
    "description": 0.97,
    "notes": 0.85,
    "mpn": 0.8,
    "part_number": 0.8,
    "alternates": 0.8,
}
"""Text columns that are read, surest first, with the factor on a clue's confidence."""

DOUBTFUL = 0.7
"""Confidence below which a named material is put before a reviewer."""

_UNSTATED = "_unspecified"
"""Ending of the ids of materials whose alloy or grade a text leaves open."""

_SAYS_ALL = ("material", "specification")
NUMBERS = ("mpn", "part_number", "alternates")
"""Columns in which only type codes and plain words count."""
_TYPE_CODES = ("part number", "series of", "military capacitor")
_PART_FIELDS = ("name", "description", "mpn", "part_number")
_MAGNET_ALLOYS = (
    "permanent_magnet_ndfeb",
    "permanent_magnet_smco",
    "permanent_magnet_alnico",
    "permanent_magnet_ferrite",
)


@dataclass(frozen=True, slots=True)
class LineMaterial:
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


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question for a person: is this text that material? `material_id` is None where clues contradict."""

    material_id: str | None
    field: str
    text: str
    confidence: float
    reason: str


class Combination:
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
                if field in NUMBERS and not _in_number(clue, text):
                    continue
                yield field, clue.at(clue.confidence * WEIGHTS[field])
            for clue in answer.doubts:
                if field in NUMBERS:
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

    def rows(self) -> Iterator[LineMaterial]:
        """The materials: named ones first, in the order of their names, then inferred ones."""
        implied = self._implied()
        for one, (field, clue) in sorted(self._named.items()):
            text = self._said[field][0]
            yield LineMaterial(
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
            yield LineMaterial(
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

    def doubts(self) -> Iterator[Doubt]:
        """What a reviewer should settle.

        Clues that nothing confirms, weak or contradicted ones, alloys and grades that are not stated,
        and what only the type of part says.
        """
        for field, (text, answer) in self._said.items():
            if field in NUMBERS:
                continue
            for clue in answer.doubts:
                if clue.material_id not in self._named and clue.needs:
                    reason = f"{clue.rule}: nothing in the line confirms it ({clue.needs})"
                    yield Doubt(clue.material_id, field, text, clue.confidence, reason)
            for conflict in answer.conflicts:
                yield Doubt(None, field, text, 0.0, conflict.text)
        for one, (field, clue) in sorted(self._named.items()):
            if clue.confidence < DOUBTFUL:
                text = self._said[field][0]
                yield Doubt(one, field, text, round(clue.confidence, 3), f"{clue.rule}: weak")
            elif one.endswith(_UNSTATED):
                reason = f"{clue.rule}: which alloy or grade is not stated"
                yield Doubt(one, field, self._said[field][0], round(clue.confidence, 3), reason)
        for one, (rule_id, field, _, _, confidence) in sorted(self._implied().items()):
            reason = f"inferred from the type of part alone ({self._part_rules[rule_id].part})"
            yield Doubt(one, field, self._said[field][0], confidence, reason)


def _in_number(clue: Clue, text: str) -> bool:
    """Whether a clue may count in a part number: a type code of a part, a word, or the whole number."""
    if clue.rule.startswith(_TYPE_CODES):
        return True
    said = text[clue.start : clue.end]
    spelled = said.replace(" ", "").isalpha() or said == text
    return spelled and clue.rule.startswith(("name", "trade name"))
