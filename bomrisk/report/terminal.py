"""The answer on a terminal, in about twenty lines: the same words and counts as the HTML report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bomrisk.assessment.background import AS_OF

if TYPE_CHECKING:
    from rich.text import Text

    from bomrisk.assessment import Answer, Assessment, Blocking, RegimeAnswer

HEADLINES = {
    "blocked": ("BLOCKED", "bold white on red"),
    "not proven": ("NOT PROVEN", "bold black on yellow"),
    "review": ("REVIEW NEEDED", "bold black on yellow"),
    "clear": ("CLEAR", "bold white on green"),
    "nothing covered": ("NOTHING COVERED FOUND", "bold"),
}
"""Headline of each verdict, and its colour; the words alone must say it."""

LISTED = 3
"""Blocking lines and owing suppliers shown by name; the report has them all."""

CODES = ("FAIL", "INCOMPLETE", "REVIEW", "WATCH", "PASS", "EXEMPT", "NOT_APPLICABLE")


def answer_lines(assessment: Assessment) -> Iterator[Text]:
    """The answer, a styled line at a time."""
    from rich.text import Text

    answer, meta = assessment.answer, assessment.meta
    yield Text.assemble(
        (f"{meta.input.name}", "bold"),
        f": {answer.rows_read} rows read = {_lines(answer.lines)} + {answer.excluded} excluded"
        f"; knowledge {meta.knowledge.edition}, as of {meta.as_of}",
    )
    for overlay in meta.knowledge.overlays:
        yield Text(f"  with overlay {overlay}")
    for file in meta.companions:
        yield Text(f"  with {file.kind} {file.name} (sha256 {file.sha256})")
    told = assessment.notes.filter(assessment.notes["kind"].is_in([AS_OF, "mapping"]))
    for text in told["text"]:
        yield Text(f"  Note: {text}")
    word, style = HEADLINES[answer.verdict]
    yield Text("")
    yield Text.assemble((f" {word} ", style), " ", verdict_sentence(answer))
    for regime in sorted(answer.regimes, key=_worst_first):
        yield Text(f"  {regime_sentence(regime)}")
    yield from _blocking(answer)
    yield from _owed(answer)
    yield Text("")
    yield Text(
        "Risk bands: " + ", ".join(f"{count} {band}" for band, count in answer.bands.items())
    )
    without = answer.lines - answer.lines_with_material
    yield Text(
        f"Understood: {_lines(answer.lines_with_material)} with a material"
        f" ({answer.lines_with_inferred_only} inferred from the type of part only),"
        f" {without} without"
    )
    yield Text("Decision support, not legal advice.", style="dim")


def verdict_sentence(answer: Answer) -> str:
    """The verdict in one sentence, with the date it speaks of."""
    if answer.delivery:
        when, rules = f"on {answer.delivery}", ""
    else:
        when, rules = "", " under at least one regime; the delivery date is open"
    failing, owing = _lines(answer.blocking_lines), _lines(answer.owing_lines)
    sentences = {
        "blocked": f"{failing} may not be delivered {when}".rstrip() + rules,
        "not proven": f"{owing} may not be delivered {when}".rstrip()
        + f" until proof is in{rules}",
        "review": f"a person must decide before delivery {when}".rstrip() + rules,
        "clear": f"every covered line is shown to pass or to be exempt {when}".rstrip(),
        "nothing covered": "no covered material was recognized; see what was not understood",
    }
    return sentences[answer.verdict]


def regime_sentence(regime: RegimeAnswer) -> str:
    """One rule: when it applies, how it stands, and how many lines have which result."""
    if regime.effective_to:
        span = f"until {regime.effective_to}"
    else:
        span = f"from {regime.effective_from}" if regime.effective_from else "on any day"
    counts = ", ".join(f"{regime.codes[code]} {code}" for code in CODES if code in regime.codes)
    return f"delivered {span} ({regime.rule}): {counts}"


def _worst_first(regime: RegimeAnswer) -> tuple[int, str]:
    return (list(HEADLINES).index(regime.verdict), regime.effective_from)


def _lines(count: int) -> str:
    return "1 line" if count == 1 else f"{count} lines"


def _shortened(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"


def _blocking(answer: Answer) -> Iterator[Text]:
    from rich.text import Text

    if not answer.blocking:
        return
    yield Text("")
    yield Text("What blocks", style="bold")
    for item in _one_per_line(answer)[:LISTED]:
        yield Text(f"  row {item.row} {_shortened(item.part, 60)}, {item.supplier}")
        yield Text(f"    {item.paragraph}: {_shortened(item.reason, 150)}")
    if answer.blocking_lines > LISTED:
        yield Text(f"  … {_lines(answer.blocking_lines)} in all: see the report")


def _one_per_line(answer: Answer) -> list[Blocking]:
    """The first failure of each blocking line, in the order of the answer."""
    return list({item.line_id: item for item in reversed(answer.blocking)}.values())[::-1]


def _owed(answer: Answer) -> Iterator[Text]:
    from rich.text import Text

    if not answer.owed:
        return
    yield Text("")
    yield Text("What is missing, and from whom", style="bold")
    for item in answer.owed[:LISTED]:
        yield Text(f"  {item.supplier}: {_lines(item.lines)}: {', '.join(item.missing)}")
    rest = len(answer.owed) - LISTED
    if rest > 0:
        yield Text(f"  … and {rest} more: see the report")
