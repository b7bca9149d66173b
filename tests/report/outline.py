"""The outline of a page as text, for comparison: tags, what names and addresses them, and their words."""

from __future__ import annotations

from html.parser import HTMLParser

KEPT = (
    "class",
    "id",
    "href",
    "role",
    "aria-label",
    "scope",
    "open",
    "hidden",
    "data-kind",
)
SKIPPED = ("style", "script", "svg")
VOID = ("meta", "link", "input", "br", "rect", "img")


class Outline(HTMLParser):
    """Collects one line per element or text, indented by depth; styles, scripts and pictures are left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.open: list[str] = []
        self.skipping = 0
        self.fresh = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SKIPPED:
            self.skipping += 1
        if self.skipping:
            return
        kept = " ".join(
            f"{name}={value}" if value else name for name, value in attrs if name in KEPT
        )
        self.fresh = True
        self.lines.append(" " * len(self.open) + f"<{tag}{' ' + kept if kept else ''}>")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in SKIPPED:
            self.skipping -= 1
            return
        self.fresh = False
        if not self.skipping and tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        words = " ".join(data.split())
        if not words or self.skipping:
            return
        if self.lines and self.lines[-1].endswith(">") and self.fresh:
            self.lines[-1] += f" {words}"
        else:
            self.lines.append(" " * len(self.open) + words)
        self.fresh = False


class Words(Outline):
    """Collects the words alone."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SKIPPED:
            self.skipping += 1

    def handle_data(self, data: str) -> None:
        if not self.skipping:
            self.lines.extend(data.split())


def words(page: str) -> str:
    """The words of the page in one line, one blank between; hidden ones too."""
    reader = Words()
    reader.feed(page)
    return " ".join(reader.lines)


def outline(page: str) -> str:
    """The outline of the page."""
    reader = Outline()
    reader.feed(page)
    return "\n".join(reader.lines) + "\n"
