"""The word lists of `data/words.toml`: what context is made of, apart from the rules that use it."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any


@lru_cache(maxsize=1)
def _lists() -> dict[str, Any]:
    with files("bomrisk.recognition.data").joinpath("words.toml").open("rb") as handle:
        return tomllib.load(handle)


@lru_cache(maxsize=64)
def words(name: str) -> frozenset[str]:
    """The words of a list, in capitals."""
    return frozenset(_lists()[name].split())


@lru_cache(maxsize=8)
def words_by_key(name: str) -> dict[str, frozenset[str]]:
    """The words of a list that is kept by key, such as by metal or by kind of material."""
    return {key: frozenset(text.split()) for key, text in _lists()[name].items()}
