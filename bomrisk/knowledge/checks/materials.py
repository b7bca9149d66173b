"""Materials and part rules: compositions that sum, ranges in order, patterns that run everywhere."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from bomrisk.errors import InputError
from bomrisk.knowledge.checks.shelf import Shelf, in_record, number
from bomrisk.knowledge.patterns import pattern_fault

SLACK = 1.0
"""The likely contents may miss 100 weight percent by this much."""

BASES = frozenset({"ranges", "formula", "mixture", "unknown"})

CODE_SYSTEMS = frozenset({"uns", "ams", "astm", "mil", "en", "trade"})

IMPLIED_BASES = frozenset({"mass_fraction_of_part", "kg_per_kW"})


def compositions_sum(shelf: Shelf) -> Iterator[InputError]:
    """The likely contents sum to 100 ± 1, each inside its range; empty only where the basis is unknown."""
    for file, record in shelf.materials:
        composition = record["composition"]
        if not composition:
            if record["basis"] != "unknown":
                mend = "give it, or say that the basis is unknown"
                yield in_record(file, record["id"], "the composition is empty", mend)
            continue
        likely = []
        for element, content in composition.items():
            what = _content_fault(element, content, shelf)
            if what:
                mend = "give [low, likely, high] in weight percent"
                yield in_record(file, f"{record['id']}.{element}", what, mend)
            else:
                likely.append(float(content[1]))
        total = math.fsum(likely)
        if len(likely) == len(composition) and abs(total - 100.0) > SLACK:
            what = f"the likely contents sum to {total:g}, not to 100 ± 1"
            yield in_record(file, record["id"], what, "give weight percent, the balance included")


def _content_fault(element: str, content: Any, shelf: Shelf) -> str | None:
    if element not in shelf.elements:
        return f"there is no element {element!r}"
    values = [number(value) for value in content] if isinstance(content, list) else []
    if len(values) != 3 or any(value is None for value in values):
        return "the content is not three numbers"
    low, likely, high = (value or 0.0 for value in values)
    if not 0.0 <= low <= likely <= high <= 100.0:
        return f"low {low:g}, likely {likely:g} and high {high:g} are not in order within 0 to 100"
    return None


def records_are_sound(shelf: Shelf) -> Iterator[InputError]:
    """Basis, density, code systems and balance have the form that the code relies on."""
    for file, record in shelf.materials:
        identity = record["id"]
        if record["basis"] not in BASES:
            what = f"{record['basis']!r} is no basis"
            yield in_record(file, identity, what, f"use one of {', '.join(sorted(BASES))}")
        density = record["density_g_cm3"]
        if density is not None and not 0.0 < (number(density) or 0.0) < 30.0:
            what = f"a density of {density} g/cm3 is impossible"
            yield in_record(file, identity, what, "give it in g/cm3, or null")
        for system in record.get("codes", {}).keys() - CODE_SYSTEMS:
            mend = f"use one of {', '.join(sorted(CODE_SYSTEMS))}"
            yield in_record(file, identity, f"there is no system of codes {system!r}", mend)
        for element in record.get("balance", []):
            if element not in record["composition"]:
                what = f"the balance {element!r} is not in the composition"
                yield in_record(file, identity, what, "add it")
        if not (record["name"] and record["form"]):
            yield in_record(file, identity, "name or form is empty", "fill it")


def part_rules_are_sound(shelf: Shelf) -> Iterator[InputError]:
    """Amounts are in order and no more than the part; confidences are 0 to 1."""
    for rule in shelf.part_rules:
        if not rule["patterns"]:
            yield _in_rule(rule, "the rule has no pattern", "give one")
        confidences = [rule["confidence"], *(i["confidence"] for i in rule["implies"])]
        if not all(_is_portion(confidence) for confidence in confidences):
            yield _in_rule(rule, "a confidence is not 0 to 1", "give 0 to 1")
        for implied in rule["implies"]:
            yield from _implied(rule, implied)


def _is_portion(value: Any) -> bool:
    found = number(value)
    return found is not None and 0.0 <= found <= 1.0


def _implied(rule: dict[str, Any], implied: dict[str, Any]) -> Iterator[InputError]:
    given = [implied[key] for key in ("low", "likely", "high") if implied[key] is not None]
    numbers = [number(value) for value in given]
    if any(value is None or value < 0.0 for value in numbers):
        yield _in_rule(rule, "an amount is no number", "give numbers, or null")
        return
    if given != sorted(given):
        what = f"the amounts of {implied['material']} are not in order"
        yield _in_rule(rule, what, "give low <= likely <= high")
    if implied["basis"] not in IMPLIED_BASES:
        what = f"{implied['basis']!r} is no basis"
        yield _in_rule(rule, what, f"use one of {', '.join(sorted(IMPLIED_BASES))}")
    elif implied["basis"] == "mass_fraction_of_part" and given and given[-1] > 1.0:
        what = f"{implied['material']} is more than the whole part"
        yield _in_rule(rule, what, "give a share of 0 to 1")


def _in_rule(rule: dict[str, Any], what: str, mend: str) -> InputError:
    return in_record("part_rules.json", rule["id"], what, mend)


def patterns_compile(shelf: Shelf) -> Iterator[InputError]:
    """Patterns stay in the subset of Rust's engine and RE2, and match no empty text."""
    mend = "write it without look-around and back-references"
    for file, record in shelf.materials:
        for pattern in record.get("patterns", []):
            if fault := pattern_fault(pattern):
                yield in_record(file, record["id"], fault, mend)
    for rule in shelf.part_rules:
        for pattern in (*rule["patterns"], *rule["negative_patterns"]):
            if fault := pattern_fault(pattern):
                yield _in_rule(rule, fault, mend)
