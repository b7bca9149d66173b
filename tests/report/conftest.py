"""Chromium for the tests that open the report, and pages that must not load anything."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bomrisk.report.html import render

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request

    from bomrisk.assessment import Assessment

_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def chromium() -> str | None:
    """The browser: BOMRISK_CHROMIUM, else the first that the path knows."""
    named = os.environ.get("BOMRISK_CHROMIUM")
    if named:
        return named if Path(named).is_file() else None
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return next((path for path in found if path), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests; without one the tests fail in CI and are skipped elsewhere."""
    path = chromium()
    if path is None:
        message = "no Chromium: install the package chromium, or set BOMRISK_CHROMIUM to its path"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        yield started
        started.close()


Opener = Callable[..., "Page"]


@pytest.fixture
def open_report(browser: Browser, tmp_path: Path) -> Iterator[Opener]:
    """Opens an assessment's report from a file; afterwards no request, error or complaint may stand."""
    contexts: list[Any] = []
    trouble: list[str] = []

    def refuse(request: Request) -> None:
        if not request.url.startswith(("file:", "data:", "blob:")):
            trouble.append(f"request: {request.url}")

    def opened(assessment: Assessment, *, javascript: bool = True, **options: Any) -> Page:
        path = tmp_path / f"report{len(contexts)}.html"
        path.write_text(render(assessment), encoding="utf-8")
        context = browser.new_context(
            offline=True,
            java_script_enabled=javascript,
            accept_downloads=True,
            **{"viewport": {"width": 1440, "height": 900}, **options},
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: trouble.append(f"console {m.type}: {m.text}"))
        page.on("pageerror", lambda error: trouble.append(f"error: {error}"))
        page.on("dialog", lambda box: trouble.append(f"alert: {box.message}"))
        page.on("request", refuse)
        page.goto(path.as_uri())
        if javascript:
            page.wait_for_selector("html[data-lines=ready]", state="attached")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert trouble == []
