"""Every proof of the knowledge, run over its files as they stand.

A check is a plain function from a `Shelf` to problems; a problem names the file, the row or the record,
what is wrong and the mend. The checks read the files as text, so that a broken figure is reported and
does not stop the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from bomrisk.errors import InputError
from bomrisk.knowledge.checks import figures, materials, references, shares
from bomrisk.knowledge.checks.shelf import Shelf
from bomrisk.knowledge.store import DATA

Check = Callable[[Shelf], Iterable[InputError]]

CHECKS: Sequence[tuple[str, Check]] = (
    ("edition and version are given", figures.edition_is_given),
    ("ids are unique", references.ids_are_unique),
    ("every entry has a source", references.sources_resolve),
    ("sources say what was seen", references.sources_say_what_was_seen),
    ("every figure has a grade", references.grades_are_words),
    ("materials, families and elements resolve", references.names_resolve),
    ("countries are ISO 3166", references.countries_are_iso),
    ("share sets sum to 1", shares.sets_sum_to_one),
    ("shares lie in their ranges", shares.shares_are_sound),
    ("compositions sum to 100", materials.compositions_sum),
    ("materials are sound", materials.records_are_sound),
    ("part rules are sound", materials.part_rules_are_sound),
    ("patterns compile everywhere", materials.patterns_compile),
    ("dates parse and are in order", figures.dates_parse),
    ("figures are numbers in their ranges", figures.figures_are_numbers),
    ("figures have units", figures.units_are_known),
    ("export controls are sound", figures.controls_are_sound),
    ("stages are the law's", figures.chains_are_sound),
)
"""Each proof with its name, in the order in which it is printed."""


def check(data: Path = DATA) -> list[tuple[str, list[InputError]]]:
    """Run every proof over a folder of tables; the problems of each, in the order of `CHECKS`."""
    shelf = Shelf(data)
    return [(name, list(proof(shelf))) for name, proof in CHECKS]
