"""The patterns that records of the knowledge bring along, with the words that confirm or forbid them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from bomrisk.knowledge.model import Material
from bomrisk.recognition.answer import Clue
from bomrisk.recognition.context import has
from bomrisk.recognition.grammar.pattern import Answer, Context, Pattern, quoted
from bomrisk.recognition.reading import capitals

UNSURE = 0.35
"""Confidence of a pattern whose record asks for a confirming word that is missing."""


def patterns(materials: Mapping[str, Material], replaced: frozenset[str]) -> tuple[Pattern, ...]:
    """The records' own patterns as rules, except where the grammar reads them; an overlay's always count."""
    rules: list[Pattern] = []
    for material in materials.values():
        if material.id in replaced and material.origin == "bomrisk":
            continue
        read = _reader(material)
        typed = material.family.startswith(("capacitor", "battery"))
        rules.extend(
            Pattern(regex, read, cased=True, whole=False, type_code=typed)
            for regex in material.patterns
        )
    return tuple(rules)


def _reader(material: Material) -> Callable[[re.Match[str], Context], Iterable[Answer]]:
    confirm = tuple(capitals(word) for word in material.confirm)
    veto = tuple(capitals(word) for word in material.veto)

    def read(match: re.Match[str], context: Context) -> Iterable[Answer]:
        reading = context.reading
        if any(has(reading, word) for word in veto):
            return
        start, end = _trimmed(match)
        sure = not confirm or any(has(reading, word) for word in confirm)
        yield Clue(
            material.id,
            start,
            end,
            f"pattern of {material.name}: {quoted(match)}",
            0.92 if sure else UNSURE,
            "" if sure else "material",
        )

    return read


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    text = match.group()
    lead = len(text) - len(text.lstrip(" ,;|(/-"))
    return match.start() + lead, match.end() - (len(text) - len(text.rstrip(" ,;|)/-")))
