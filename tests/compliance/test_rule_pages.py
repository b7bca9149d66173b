"""The manual of the rules is what the rules say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_pages_are_made_from_the_rules() -> None:
    run = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "build_rule_docs.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout


def test_each_page_says_that_it_is_no_legal_advice() -> None:
    pages = sorted((ROOT / "docs" / "rules").glob("*.md"))
    assert len(pages) == 11
    for page in pages:
        assert "not legal advice" in page.read_text(encoding="utf-8")
