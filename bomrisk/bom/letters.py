"""Column letters of a spreadsheet: A is column 0."""

from __future__ import annotations


def letter(index: int) -> str:
    """Letters of the column with this index, counted from 0: 0 is A, 26 is AA."""
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(65 + rest) + text
    return text


def index_of(letters: str) -> int:
    """Index of the column, from 0, of letters such as ``AB``."""
    index = 0
    for char in letters:
        index = index * 26 + ord(char) - 64
    return index - 1
