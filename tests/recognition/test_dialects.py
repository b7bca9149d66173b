"""Every pattern is plain, means the same to Rust and to Python, and cannot match without its letters."""

from __future__ import annotations

import re

import polars as pl

from bomrisk.knowledge import Knowledge
from bomrisk.recognition.engine import Recognizer
from bomrisk.recognition.grammar.pattern import compiled
from bomrisk.recognition.literals import is_plain, required
from bomrisk.recognition.parts import PartBook
from bomrisk.recognition.reading import Reading
from tests.recognition.conftest import labelled

TEXTS = [
    row["text"] for file in ("corpus.csv", "bom_lines.csv", "classes.csv") for row in labelled(file)
]


def test_patterns_stay_in_the_subset_of_rust_and_re2(
    recognizer: Recognizer, knowledge: Knowledge
) -> None:
    for regex in _regexes(recognizer, knowledge):
        assert is_plain(regex), regex


def test_rust_and_python_find_the_same(recognizer: Recognizer, knowledge: Knowledge) -> None:
    readings = [Reading(text) for text in TEXTS]
    upper = pl.Series([reading.upper for reading in readings])
    cased = pl.Series([reading.cased for reading in readings])
    read_in_case = {rule.regex for rule in recognizer.rules if rule.cased}
    for regex in _regexes(recognizer, knowledge):
        column = cased if regex in read_in_case else upper
        found = column.str.contains(regex).to_list()
        assert found == [bool(re.search(regex, text)) for text in column], regex


def test_no_rule_matches_without_its_letters(recognizer: Recognizer) -> None:
    for rule in recognizer.rules:
        literals = rule.literals()
        assert literals, rule.regex
        for text in TEXTS:
            reading = Reading(text)
            read = reading.cased if rule.cased else reading.upper
            runs = " " + re.sub(r"[\W\d_]+", " ", reading.upper) + " "
            for match in compiled(rule.regex).finditer(read):
                if rule.whole and not reading.whole(*match.span()):
                    continue
                assert any(
                    one
                    in (
                        runs
                        if one[0] == one[-1] == " " and len(one.split()) == 1
                        else reading.upper
                    )
                    for one in literals
                ) or not list(rule.read(match, _context(reading))), (rule.regex, text)


def _context(reading: Reading):  # type: ignore[no-untyped-def]
    from bomrisk.recognition.grammar.pattern import Context

    return Context(reading)


def _regexes(recognizer: Recognizer, knowledge: Knowledge) -> list[str]:
    parts = [
        pattern
        for rule in knowledge.part_rules.values()
        for pattern in (*rule.patterns, *rule.negative_patterns)
    ]
    parts += PartBook(knowledge.part_rules).forms
    return sorted({*(rule.regex for rule in recognizer.rules), *parts})


def test_letters_of_a_pattern_are_found() -> None:
    assert required(r"\bITO\b") == {" ITO "}
    assert required(r"(?i)\bTI-?64\b") == {"TI64", "TI-64"}
    assert required(r"(?i)ACTUATOR,\s*ELECTRIC") == {"ELECTRIC"} or required(
        r"(?i)ACTUATOR,\s*ELECTRIC"
    ) == {"ACTUATOR,"}
    assert required(r"(?i)\bNI-?CD\b|\bNICKEL[\s-]*CADMIUM\b") >= {" NICD "}
    assert required(r"[A-Z]+") == frozenset()
    assert required(r"(?:AB)?") == frozenset()


def test_look_around_and_back_references_are_not_plain() -> None:
    assert not is_plain(r"(?<!A)B")
    assert not is_plain(r"(A)\1")
    assert not is_plain(r"(?:x(?=y))+")
    assert not is_plain(r"a|(?!b)c")
    assert not is_plain("(")
    assert is_plain(r"(?:A|B){2,3}[^C]")
