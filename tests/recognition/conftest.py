"""One knowledge and one recognizer for all tests of recognition, and lines made from a few cells."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from bomrisk.knowledge import Knowledge
from bomrisk.recognition import TextAnswer, recognize_texts
from bomrisk.recognition.engine import Recognizer, recognizer_for

DATA = Path(__file__).parents[1] / "data" / "recognition"


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return Knowledge()


@pytest.fixture(scope="session")
def recognizer(knowledge: Knowledge) -> Recognizer:
    return recognizer_for(knowledge)


@pytest.fixture
def read(knowledge: Knowledge) -> Callable[[str], TextAnswer]:
    """What one text says."""
    return lambda text: recognize_texts([text], knowledge)[0]


@pytest.fixture
def named(read: Callable[[str], TextAnswer]) -> Callable[[str], set[str]]:
    """The ids of the materials that a text names."""
    return lambda text: {clue.material_id for clue in read(text).materials}


def labelled(file: str) -> list[dict[str, str]]:
    with (DATA / file).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))
