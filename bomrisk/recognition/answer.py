"""What recognition says: clues in a text, materials and types of part, each with its words and its rule."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import polars as pl

NAMED_FLOOR = 0.5
"""Confidence from which a material counts as named; weaker clues wait for another field to confirm them."""


@dataclass(frozen=True, slots=True)
class Clue:
    """Words in a text that speak for one material.

    `needs` is the kind of evidence that an ambiguous clue waits for (a magnet word for "N52"); an
    empty string needs none. `role` is bulk, coating, inside or unknown: what share of the item the
    material can be. `confidence` is a judgement between 0 and 1, not a measured rate.
    """

    material_id: str
    start: int
    end: int
    rule: str
    confidence: float
    needs: str = ""
    role: str = "unknown"

    def at(self, confidence: float) -> Clue:
        """The same clue with another confidence and nothing left to confirm."""
        return replace(self, confidence=round(confidence, 3), needs="")


@dataclass(frozen=True, slots=True)
class PartFound:
    """A type of part that a text names, with the words that name it; its materials follow by rule only."""

    rule: str
    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Conflict:
    """Clues that cannot all be true, in words; nothing is picked silently."""

    kind: str
    text: str


class TextAnswer(NamedTuple):
    """All that one text says; a tuple, because a million texts have one each.

    `materials` are named in the text; `parts` are types of part; `doubts` are clues too weak to count
    in this text alone, which another field of the same line may confirm.
    """

    text: str
    materials: tuple[Clue, ...] = ()
    parts: tuple[PartFound, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    doubts: tuple[Clue, ...] = ()

    def of(self, text: str) -> TextAnswer:
        """The same answer to a text of the same shape."""
        return TextAnswer(text, self.materials, self.parts, self.conflicts, self.doubts)

    @property
    def empty(self) -> bool:
        """Whether the text says nothing to any line."""
        return not (self.materials or self.parts or self.conflicts or self.doubts)


@dataclass(frozen=True, slots=True)
class Recognition:
    """The materials of all lines (columns of MATERIALS without what later rooms add), notes and doubts."""

    materials: pl.DataFrame
    notes: pl.DataFrame
    doubts: pl.DataFrame
    """Questions for a person: line, material_id, field, text, confidence, reason."""
