"""The files that the page is made of: templates, styles and scripts, and their hashes for the policy.

In a checkout they stand in ``templates/`` beside the package; in an installed wheel inside the package.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files
from pathlib import Path

ENTRY = "report.html"
"""The template that includes all others."""

STYLES = ("css/base.css", "css/sections.css", "css/lines.css", "css/print.css")
SCRIPTS = (
    "js/start.js",
    "js/data.js",
    "js/details.js",
    "js/lines.js",
    "js/page.js",
)
TABLE_SCRIPT = "vendor/tabulator/tabulator.js"
TABLE_STYLE = "vendor/tabulator/tabulator.css"

_COMMENT = re.compile(
    r"^ *(//# sourceMappingURL=\S+|/\*(?!!)[^*]*(?:\*(?!/)[^*]*)*\*/)$", re.MULTILINE
)
"""Comments that fill whole lines; one that begins with ``/*!`` is a licence and stays."""


@cache
def folder() -> Path:
    """The folder of the templates; raises `FileNotFoundError` if the installation is not whole."""
    package = Path(str(files("bomrisk")))
    for place in (package / "templates", package.parent / "templates"):
        if (place / ENTRY).is_file():
            return place
    raise FileNotFoundError(f"{ENTRY} is in neither {package / 'templates'} nor its checkout")


@cache
def text(name: str) -> str:
    """A file of the templates folder without what a browser does not need.

    That is indents, comments that fill lines, and source maps, which would point to a network.
    """
    content = (folder() / name).read_text(encoding="utf-8").replace("\r\n", "\n")
    lines = (line.strip() for line in _COMMENT.sub("", content).split("\n"))
    return "\n".join(line for line in lines if line) + "\n"


def style(marking: str | None = None) -> str:
    """All styles of the page as one sheet; a marking stands in the margins of every printed page."""
    parts = [text(name) for name in (TABLE_STYLE, *STYLES)]
    if marking:
        box = f"{{ content: {css_string(marking)}; font: bold 10pt system-ui, sans-serif; }}"
        parts.append(f"@page {{ @top-center {box} @bottom-center {box} }}\n")
    return _checked("".join(parts), "</style")


def css_string(words: str) -> str:
    """The words as a CSS string in which nothing but letters, digits and blanks stands as itself."""
    safe = (c if c.isascii() and (c.isalnum() or c == " ") else f"\\{ord(c):x} " for c in words)
    return '"' + "".join(safe) + '"'


def script() -> str:
    """The page's own scripts, one after the other, in one function scope."""
    return _checked(
        '(function () {\n"use strict";\n' + "".join(text(name) for name in SCRIPTS) + "})();\n",
        "</script",
    )


def table_script() -> str:
    """The vendored table."""
    return _checked(text(TABLE_SCRIPT), "</script")


def hash_source(content: str) -> str:
    """The content's hash as a Content-Security-Policy names it."""
    digest = hashlib.sha256(content.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _checked(content: str, closing: str) -> str:
    if closing in content.lower():
        raise ValueError(f"{closing} inside an inlined file would end it")
    return content
