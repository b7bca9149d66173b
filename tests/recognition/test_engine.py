"""The engine: each text once, the same in any company, and no text can make it slow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bomrisk.knowledge import Knowledge
from bomrisk.recognition import TextAnswer, engine, recognize_texts
from bomrisk.recognition.answer import Clue, Conflict, PartFound
from bomrisk.recognition.engine import Recognizer, _seen
from bomrisk.recognition.reading import LONGEST, Reading
from bomrisk.recognition.shape import Shapes, quotes_a_number
from bomrisk.recognition.typo import corrections
from tests.recognition.conftest import labelled

TEXTS = [row["text"] for row in labelled("corpus.csv")]


def test_answers_come_in_the_order_of_the_texts(knowledge: Knowledge) -> None:
    texts = ["brass", "nothing", "N42SH", "brass", ""]
    answers = recognize_texts(texts, knowledge)
    assert [answer.text for answer in answers] == texts
    assert answers[0] == answers[3]
    assert answers[1].empty
    assert answers[4].empty


def test_company_does_not_change_an_answer(knowledge: Knowledge) -> None:
    together = recognize_texts(TEXTS, knowledge)
    assert recognize_texts(TEXTS[::-1], knowledge)[::-1] == together
    assert [recognize_texts([text], knowledge)[0] for text in TEXTS[:40]] == together[:40]


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("STEEL 48213", "STEEL 88888"),
        ("48213 STEEL 777", "88888 STEEL 888"),
        ("STEEL #483, (777);48213|483:", "STEEL #888, (888);88888|888:"),
        ("PN4821300 SN-4821300 4821300/A", "PN8888888 SN-8888888 8888888/A"),
        ("plate 12x8.5x4mm, 120X8 \u00d8", "plate 88x8.8x8mm, 888X8 \u00d8"),
        ("plate 120.75 mm", "plate 888.75 mm"),
        ("plate 75x4130 mm", "plate 88x8888 mm"),
        ("  777  777 ", "  888  888 "),
        ("\u78c1\u77f3 48213", "\u78c1\u77f3 88888"),
        ("5777 H111", "8888 H111"),
        ("48215 H111", "88888 H111"),
        ("777.5 H1", "888.5 H1"),
    ],
)
def test_numbers_that_mean_nothing_are_alike(text: str, shape: str) -> None:
    assert Shapes(["4130", "75", "8", "2"], ["5 H1"]).numbered(pl.Series([text])) == [shape]


@pytest.mark.parametrize(
    "text",
    [
        "4130 12",
        "4130.5 4130,",
        "ams 48213",
        "9,AMS-4821300",
        "grade: 777",
        "ALNICO 5x10",
        "5775 h111",
        "A48213 48213-2",
        "12 x 8 x 4",
        "1.4130 4,777",
        "S3320 | 33 | 20000",
        "Y30 | 0.4 | 225 | 230 | 29 | 777 | 8.0 x 8",
        "\uff11\uff12\uff13\uff14",
        "",
    ],
)
def test_a_number_that_may_mean_something_is_kept(text: str) -> None:
    """Names' own numbers, behind AMS or grade, where letters of a rule reach in, values of a magnet."""
    meant = ["4130", "EN AW 5005", *map(str, range(100))]
    assert Shapes(meant, ["5 H1", "steel"]).numbered(pl.Series([text])) == [text]


def test_a_shape_is_no_longer_than_what_is_read(recognizer: Recognizer) -> None:
    """What lies behind is neither kept nor searched, but stands in the answer's text."""
    text = "STEEL 48213 ".ljust(LONGEST) + " 12x8.5x4mm" * LONGEST
    assert Shapes([]).numbered(pl.Series([text])) == ["STEEL 88888 ".ljust(LONGEST)]
    assert [answer.text for _, answer in recognizer.read([text])] == [text]


def test_a_shape_levels_serial_numbers_beside_letters_no_rule_looks_for() -> None:
    shapes = Shapes(["4130", "x 12"])
    read = {
        ("P/N A48213-02", "STEEL"): "P/N A88888-02",
        ("P/N A48213-02", "a"): "P/N A48213-02",
        ("LOT48213-4130/777", "STEEL"): "LOT88888-4130/888",
        ("33 20,000/48213", "STEEL"): "33 20,000/88888",
        ("AMS A48213", "STEEL"): "AMS A48213",
        ("48213", "STEEL"): "48213",
        ("STEEL-48213", " steel "): "STEEL-48213",
    }
    assert {given: shapes.of(*given) for given in read} == read


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("MIL-PRF-55365", ("1422206", "1606861")),
        ("9225 90 KV brushless motor", ("1987611", "888888")),
    ],
)
def test_an_answer_that_quotes_a_number_is_not_lent(
    name: str, numbers: tuple[str, str], recognizer: Recognizer
) -> None:
    """Whichever of two texts comes first, in one pass or in two."""
    texts = [f"{name} {number}" for number in numbers]
    alone = [_alone(text, recognizer) for text in texts]
    assert [answer for _, answer in recognizer.read(texts)] == alone
    assert [answer for _, answer in recognizer.read(texts[::-1])] == alone[::-1]
    assert [answer for text in texts for _, answer in recognizer.read([text])] == alone


def test_a_misspelt_text_that_quotes_a_number_is_not_lent(recognizer: Recognizer) -> None:
    numbers = ("1422206", "1606861")
    texts = [f"neodimium, MIL-PRF-55365 {number}" for number in numbers]
    for number, (_, answer) in zip(numbers, recognizer.read(texts), strict=True):
        assert [number in clue.rule for clue in answer.materials] == [False, True]


@pytest.mark.parametrize(
    ("answer", "quotes"),
    [
        (TextAnswer("", materials=(Clue("ti_17", 0, 9, "", 0.9),)), True),
        (TextAnswer("", materials=(Clue("ti_17", 0, 5, "", 0.9),)), False),
        (TextAnswer("", parts=(PartFound("magneto", 0, 9, 0.9),)), True),
        (TextAnswer("", doubts=(Clue("ti_17", 0, 9, "", 0.3),)), True),
        (TextAnswer("", conflicts=(Conflict("magnet", "two say 88888"),)), True),
        (TextAnswer("", conflicts=(Conflict("magnet", "two say 12"),)), False),
    ],
)
def test_what_an_answer_may_quote_a_number_with(answer: TextAnswer, quotes: bool) -> None:
    assert quotes_a_number(answer, "STEEL 88888 BAR") is quotes


def test_answers_forgotten_in_the_middle_of_a_list_are_read_anew(
    monkeypatch: pytest.MonkeyPatch, knowledge: Knowledge
) -> None:
    texts = [f"{name} {text}" for name in ("bolt", "shim") for text in TEXTS[:6]] * 2
    expected = list(Recognizer(knowledge).read(texts))
    monkeypatch.setattr(engine, "BATCH", 5)
    monkeypatch.setattr(engine, "KEPT", 6)
    recognizer = Recognizer(knowledge)
    assert list(recognizer.read(texts)) == expected
    assert len(recognizer._known[False]) <= 6


def test_the_forms_remembered_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bomrisk.recognition.shape.KEPT", 2)
    shapes = Shapes([])
    for form in range(9):
        shapes.numbered(pl.Series(["A" * form]))
    assert len(shapes._runs) <= 3


SIGNS = [" ", "-", "/", "_", "#", " (", ": ", "; ", " | ", ", "]
NUMBERS = st.integers(100, 9_999_999).map(str)
EXTENTS = st.one_of(st.integers(1, 999).map(str), st.decimals(1, 99, places=1).map(str))
SIZES = st.tuples(
    st.lists(EXTENTS, min_size=2, max_size=3), st.sampled_from(["", "mm", " mm"])
).map(lambda size: "x".join(size[0]) + size[1])


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    text=st.sampled_from(TEXTS),
    number=st.one_of(NUMBERS, SIZES, st.decimals(100, 9999, places=2).map(str)),
    before=st.sampled_from(["", "P", "SN", "LOT-", "0.", "12-"]),
    behind=st.sampled_from(["", "-02", "/303", "-18 x 8"]),
    sign=st.sampled_from(SIGNS),
    first=st.booleans(),
)
def test_a_serial_number_changes_nothing(
    text: str,
    number: str,
    before: str,
    behind: str,
    sign: str,
    first: bool,
    recognizer: Recognizer,
) -> None:
    """Texts that differ in a meaningless number are read as one shape: as if each were read alone."""
    serial = f"{before}{number}{behind}"
    _read_as_if_alone(f"{serial}{sign}{text}" if first else f"{text}{sign}{serial}", recognizer)


@pytest.mark.parametrize(
    "text",
    [
        "$54.00/AMS 5530",
        "0.868163474/303 SS STANDOFF",
        "4811-518-18 0.261448 stainless",
        "AlNiCo 161 magnet",
        "EN AW 4750 H111",
        "EN AW 5733 H111",
        "CAP MIL-PRF-39018 /110700",
        "CAP M39018 110700",
        "PWA 1422.926x85x3",
        "Zr 702.8x24.822x7",
        "816.18650 Li-Ion Cell",
        "RENE 41.5x30 mm",
        "N 42.5x10x5 NdFeB",
        "S3320 28 ~ 33 20,000/48213",
        "S3320 33 20000",
        "C10 | 0.39 | 225 | 230 | 29 | 60 | 157.5x223.252x56MM",
        "5670 | Bar",
        "Ferrit Y30-136614",
        "302 60870 SS",
        "STAHL AISI C 1085",
        "stali 1032",
        "COPPER ALLOY NO. 932",
        "BRASS, ALLOY, 954",
        "ALNICO\u00a01234567",
        "ALNICO\t1234567",
        "ALNICO\u30001234567",
    ],
)
def test_a_number_that_means_something_is_no_serial_number(
    text: str, recognizer: Recognizer
) -> None:
    """A price before a specification, a grade behind a slash, a temper behind an alloy."""
    _read_as_if_alone(text, recognizer)


def test_numbers_of_one_shape_are_read_once(
    recognizer: Recognizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hundred thousand texts that differ in a serial number take few readings, over all passes."""
    read: list[str] = []
    answer = Recognizer._answer

    def counted(self: Recognizer, text: str, seen: Sequence[str]) -> TextAnswer:
        read.append(text)
        return answer(self, text, seen)

    monkeypatch.setattr(Recognizer, "_answer", counted)
    texts = [f"STAINLESS SCREW {number}" for number in range(1_000_000, 1_100_000)]
    assert sum(1 for _ in recognizer.read(texts)) == len(texts)
    assert len(read) < 10


def _read_as_if_alone(text: str, recognizer: Recognizer) -> None:
    alone = _alone(text, recognizer)
    expected = [] if alone.empty else [alone]
    misspelt = corrections(Reading(text))
    assert misspelt or [answer for _, answer in recognizer.read([text])] == expected


def _alone(text: str, recognizer: Recognizer) -> TextAnswer:
    found = recognizer.candidates(pl.Series([text]))
    letters = found["letters"][0] if found.height else ""
    return recognizer._answer(text, _seen(letters))


HOSTILE = (
    "SMCO ", "CAP ", "1x1x", "6AL-", "304 STAINLESS ", "N52 ", "STEEL,", "S2809 ", "TANT ", "AMS 4928/",
    "ALNICO ", "FOR MAGNET ", "NO ", "neodimium ", "钕铁硼", "GR 5 TI ", "6.2Zn - 2.3Cu - ", "(" * 7, "A",
    "WHA CL 1 B777 ", "SN63 ", "MAGNETS A ", "CAPACITOR A", "ISOLATOR GHZ ", "2S MAH ", "\u200b", "é",
    "RELAY SPD", "MOTOR, A, ", "LINEAR ACTUATOR 1 ", "DIN 912 M3 ", "AL BRACKET ", "A36 ", "CR20", "ALY STL ",
)  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_makes_it_slow(piece: str, knowledge: Knowledge) -> None:
    """A hundred cells of a hundred thousand characters each: a pattern that backtracks would hang here."""
    texts = [piece * (100_000 // len(piece)) + str(number) for number in range(3)]
    for answer in recognize_texts(texts, knowledge):
        assert all(clue.end <= LONGEST for clue in answer.materials)


@pytest.mark.parametrize("numbers", [False, True])
def test_many_texts_are_sieved_before_they_are_looked_at(
    numbers: bool, recognizer: Recognizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a pass that only asks whether letters stand in a text, as without it; cut names among them."""
    texts = [*TEXTS, "ALTERNATOR,PERMANEN", "钕铁硼", "T491A106K016AT", *("é", "washer") * 3]
    monkeypatch.setattr(engine, "FEW", 0)
    sieved = list(recognizer.read(texts, numbers=numbers))
    monkeypatch.setattr(engine, "FEW", len(texts) + 1)
    recognizer._known[numbers].clear()
    assert list(recognizer.read(texts, numbers=numbers)) == sieved
    places = recognizer._places(pl.Series(texts), numbers=numbers).to_list()
    monkeypatch.setattr(engine, "FEW", 0)
    held = recognizer.candidates(pl.Series(texts), numbers=numbers)["index"].to_list()
    assert recognizer._places(pl.Series(texts), numbers=numbers).to_list() == held != places


def test_part_numbers_are_left_to_the_filter(recognizer: Recognizer) -> None:
    numbers = pl.Series([f"{7000 + n}-{n:05d}-0{n % 7}K" for n in range(500)])
    assert recognizer.candidates(numbers).height < 250


@pytest.mark.parametrize("before", ["磁石", "不锈钢", "네오디뮴"])
def test_a_word_is_found_right_behind_a_script_without_spaces(
    before: str, recognizer: Recognizer
) -> None:
    """The grammar takes it for a word of its own, and so must the filter."""
    answers = [answer for _, answer in recognizer.read([f"{before}Getriebemotor"])]
    assert [[part.rule for part in answer.parts] for answer in answers] == [["dc_motor_brushed"]]


def test_an_overlay_is_recognized(knowledge: Knowledge) -> None:
    from dataclasses import replace
    from types import SimpleNamespace

    own = replace(
        knowledge.materials["inconel_718"],
        id="own_alloy",
        name="Own alloy",
        synonyms=("Zamboni metal",),
        patterns=(r"\bZBM-[0-9]{3}\b",),
        codes=(("uns", "N99999"), ("ams", "9998")),
        confirm=(),
        veto=("TOY*",),
        origin="own.yaml",
    )
    stub = SimpleNamespace(
        materials={**knowledge.materials, "own_alloy": own},
        part_rules=knowledge.part_rules,
        table=knowledge.table,
        digest="own",
    )
    texts = ["ring ZBM-120", "zamboni metal ring", "UNS N99999", "AMS 9998", "toy ZBM-120"]
    answers = recognize_texts(texts, cast("Knowledge", stub))
    found = [{clue.material_id for clue in answer.materials} for answer in answers]
    assert found == [{"own_alloy"}] * 4 + [set()]
