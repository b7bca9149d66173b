"""The third-party browser files are the pinned ones, each with its licence."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("vendor_assets", ROOT / "tools/vendor_assets.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["vendor_assets"] = module
    spec.loader.exec_module(module)
    return module


def test_files_are_those_recorded(tool: ModuleType) -> None:
    assert tool.check() == []
    for item in tool.PACKAGES:
        assert (ROOT / item.folder / "LICENSE").read_text(encoding="utf-8")


def test_a_changed_or_missing_file_is_noticed(tool: ModuleType, tmp_path: Path) -> None:
    for item in tool.PACKAGES:
        shutil.copytree(ROOT / item.folder, tmp_path / item.folder)
    assert tool.check(tmp_path) == []
    script = tmp_path / "templates/vendor/tabulator/tabulator.js"
    script.write_text(script.read_text(encoding="utf-8") + "//", encoding="utf-8")
    (tmp_path / "tests/data/vendor/axe-core/LICENSE").unlink()
    wrong = "\n".join(tool.check(tmp_path))
    assert "tabulator.js is not the pinned one" in wrong
    assert "missing LICENSE" in wrong


def test_unused_rules_of_style_are_cut(tool: ModuleType) -> None:
    sheet = "/* x */ .tabulator-row, .tabulator-menu { a: b; }\n.tabulator-edit-list { c: d; }"
    assert tool.trimmed(sheet) == b".tabulator-row{a: b;}\n"


def test_the_licence_of_the_table_stands_in_its_script() -> None:
    script = (ROOT / "templates/vendor/tabulator/tabulator.js").read_text(encoding="utf-8")
    assert script.startswith("/*! tabulator-tables")
    assert "Oli Folkerd" in script[:600]
