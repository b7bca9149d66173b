"""Nothing is half written and nothing old is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from bomrisk.cli.output import write_atomically
from bomrisk.errors import InputError


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    target.write_text("old")
    write_atomically(target, b"new")
    assert target.read_bytes() == b"new"
    assert [p.name for p in tmp_path.iterdir()] == ["report.html"]


def test_a_missing_folder_is_named_and_nothing_is_made(tmp_path: Path) -> None:
    target = tmp_path / "missing" / "report.html"
    with pytest.raises(InputError, match="name a folder that exists"):
        write_atomically(target, b"new")
    assert list(tmp_path.iterdir()) == []


def test_the_old_file_stays_when_writing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "report.html"
    target.write_text("old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(InputError, match="No space left"):
        write_atomically(target, b"new")
    assert target.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["report.html"]
