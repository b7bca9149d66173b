"""One knowledge and one recognizer for all tests of recognition, and lines made from a few cells."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from bomrisk.knowledge import Knowledge
from bomrisk.recognition import TextAnswer, recognize_texts
from bomrisk.recognition.engine import Recognizer, recognizer_for
from bomrisk.tables import LINES

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


def lines_of(rows: Iterable[dict[str, Any]]) -> pl.DataFrame:
    """A lines table from the cells given; all others are null."""
    full = [
        {
            **dict.fromkeys(LINES.names),
            "line": place,
            "line_id": f"abc123:{place}",
            "file": "bom.csv",
            "sheet": "",
            "row": place + 2,
            "level": 0,
            "path": "",
            **row,
        }
        for place, row in enumerate(rows)
    ]
    return pl.DataFrame(full, schema=LINES.schema())
