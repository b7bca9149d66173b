"""Settings files: what they may hold, and what is said of a bad one."""

from __future__ import annotations

from pathlib import Path

import pytest

from bomrisk.cli.settings import defaults
from bomrisk.errors import InputError


def test_bomrisk_toml_gives_defaults_per_command(tmp_path: Path) -> None:
    (tmp_path / "bomrisk.toml").write_text(
        '[assess]\ndelivery = 2027-02-01\nfail-on = ["fail"]\n', encoding="utf-8"
    )
    assert defaults(tmp_path) == {"assess": {"delivery": "2027-02-01", "fail_on": ["fail"]}}


def test_pyproject_table_is_used_when_there_is_no_own_file(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nname = "x"\n[tool.bomrisk.assess]\nto = "CHN"\n', encoding="utf-8"
    )
    assert defaults(tmp_path) == {"assess": {"to": "CHN"}}


def test_own_file_outranks_pyproject(tmp_path: Path) -> None:
    (tmp_path / "bomrisk.toml").write_text('[trace]\nto = "RUS"\n', encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text('[tool.bomrisk.trace]\nto = "CHN"\n', encoding="utf-8")
    assert defaults(tmp_path) == {"trace": {"to": "RUS"}}


def test_no_file_no_defaults(tmp_path: Path) -> None:
    assert defaults(tmp_path) == {}


@pytest.mark.parametrize(
    ("text", "part"),
    [("[assess\n", "not readable as TOML"), ('delivery = "x"\n', "must be a table of settings")],
)
def test_a_bad_file_is_named_with_the_mend(tmp_path: Path, text: str, part: str) -> None:
    (tmp_path / "bomrisk.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        defaults(tmp_path)
    assert str(caught.value).startswith("bomrisk.toml: ")
    assert part in str(caught.value)
