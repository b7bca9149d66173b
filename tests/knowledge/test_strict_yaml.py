"""YAML as data only: a hostile or broken file is refused with one line, and never slows the machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from bomrisk.errors import InputError
from bomrisk.knowledge import strict_yaml
from bomrisk.knowledge.strict_yaml import read_yaml

BOMB = "a: &a [x, x, x, x]\n" + "".join(
    f"{new}: &{new} [*{old}, *{old}, *{old}, *{old}]\n"
    for old, new in zip("abcdefghijklmn", "bcdefghijklmno", strict=True)
)


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        (BOMB, "anchor or alias", 1),
        ("a: 1\nb: 2\na: 3\n", "the key 'a' twice", 3),
        ("a:\n  - b: 1\n    b: 2\n", "the key 'b' twice", 3),
        ("a: !!python/object/apply:os.system ['true']\n", "uses the tag", 1),
        ("a: 1\n---\nb: 2\n", "several documents", 2),
        ("a: " + "[" * 40 + "]" * 40 + "\n", "nested deeper", 1),
        ("a: " + "[" * 100_000 + "\n", "nest", 1),
        ("<<: {a: 1}\nb: 2\n", "merge key", 1),
        ("? [a, b]\n: 1\n", "key that is no text", 1),
        ("a: [1, 2\n", "no YAML", 2),
        ("a: 'b\n", "no YAML", 2),
        ("a: \x00\n", "no YAML", None),
    ],
)
def test_what_is_refused(tmp_path: Path, text: str, words: str, line: int | None) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(text, encoding="utf-8", newline="\n")
    with pytest.raises(InputError) as caught:
        read_yaml(path)
    assert words in caught.value.what
    assert caught.value.mend
    assert caught.value.file == str(path)
    assert caught.value.path == (f"line {line}" if line else None)


def test_words_that_other_yaml_turns_into_something_else_stay_texts(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: NO\nb: 2026-01-01\nc: true\nd: yes\ne: 0.5\nf: .nan\n")
    content, raw = read_yaml(path)
    assert content.pop("f") != content.get("f")
    assert content == {"a": "NO", "b": "2026-01-01", "c": True, "d": "yes", "e": 0.5}
    assert raw == path.read_bytes()


def test_an_empty_file_is_nothing(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("# only a comment\n")
    assert read_yaml(path)[0] is None


def test_files_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="does not exist"):
        read_yaml(tmp_path / "none.yaml")
    with pytest.raises(InputError, match="is a folder"):
        read_yaml(tmp_path)
    text = tmp_path / "latin.yaml"
    text.write_bytes("a: ä\n".encode("latin-1"))
    with pytest.raises(InputError, match="no text in UTF-8"):
        read_yaml(text)
    monkeypatch.setattr(strict_yaml, "MAX_BYTES", 3)
    with pytest.raises(InputError, match="is larger than"):
        read_yaml(text)


def test_a_number_that_python_refuses_is_a_fault_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("a: " + "9" * 5000 + "\n")
    with pytest.raises(InputError, match="cannot be read"):
        read_yaml(path)


def test_a_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("a: 1\n")

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(InputError, match="Permission denied"):
        read_yaml(path)
