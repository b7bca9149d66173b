"""`bomrisk recognize`: texts in, one a line; the materials that they name out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from bomrisk.cli.options import knowledge_option, name_overlays
from bomrisk.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console

    from bomrisk.knowledge import Knowledge
    from bomrisk.recognition.answer import Clue, Conflict, PartFound, TextAnswer

AT_ONCE = 50_000
"""Lines that are read before their answers are printed."""
_JSON = json.JSONEncoder(ensure_ascii=False)


@click.command(short_help="Find materials in texts, one text a line.")
@click.argument("file", default="-", type=click.Path(path_type=Path), metavar="[FILE|-]")
@click.option("--jsonl", is_flag=True, help="One JSON object per line, in the order of the texts.")
@knowledge_option
def command(file: Path, jsonl: bool, overlays: tuple[Path, ...]) -> None:
    """Find materials in texts, one text a line.

    Shows the words that name a material, the rule in words and the confidence; under 'part' what only
    follows from the type of part, which is less sure and kept apart.

    \b
    Examples:
      bomrisk recognize texts.txt
      echo "RING MAGNET N42SH 12x5x3" | bomrisk recognize
      bomrisk recognize texts.txt --jsonl > answers.jsonl
    """
    from bomrisk.knowledge import Knowledge
    from bomrisk.recognition import recognize_texts

    knowledge = Knowledge(overlays)
    name_overlays(knowledge)
    lines = _lines(file)
    console = None if jsonl else _console()
    while batch := list(islice(lines, AT_ONCE)):
        answers = recognize_texts(batch, knowledge)
        if console is None:
            sys.stdout.write("".join(f"{as_json(answer)}\n" for answer in answers))
        else:
            for answer in answers:
                _show(answer, console, knowledge)


def as_json(answer: TextAnswer) -> str:
    """The answer as one line of JSON: text, materials, parts, conflicts."""
    said = _said(answer.materials, answer.parts, answer.conflicts)
    return f'{{"text": {_JSON.encode(answer.text)}, {said}}}'


@lru_cache(maxsize=50_000)
def _said(
    materials: tuple[Clue, ...], parts: tuple[PartFound, ...], conflicts: tuple[Conflict, ...]
) -> str:
    """The members of the JSON that texts of one shape share, without braces."""
    return _JSON.encode(
        {
            "materials": [
                {
                    "id": clue.material_id,
                    "span": [clue.start, clue.end],
                    "rule": clue.rule,
                    "confidence": clue.confidence,
                }
                for clue in materials
            ],
            "parts": [
                {"rule": part.rule, "span": [part.start, part.end], "confidence": part.confidence}
                for part in parts
            ],
            "conflicts": [conflict.text for conflict in conflicts],
        }
    )[1:-1]


def _lines(file: Path) -> Iterator[str]:
    if str(file) == "-":
        yield from _decoded(sys.stdin.buffer, "standard input")
        return
    try:
        with file.open("rb") as handle:
            yield from _decoded(handle, str(file))
    except OSError as error:
        raise InputError(
            f"cannot be read: {error.strerror}",
            mend="name a text file, or - for standard input",
            file=str(file),
        ) from error


def _decoded(handle: BinaryIO, name: str) -> Iterator[str]:
    for row, line in enumerate(handle, start=1):
        try:
            text = line.decode("utf-8-sig" if row == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise InputError(
                "is not UTF-8 text", mend="save the texts as UTF-8, one a line", file=name, row=row
            ) from error
        yield text.rstrip("\r\n")


def _console() -> Console:
    from rich.console import Console

    return Console(highlight=False, soft_wrap=True)


def _show(answer: TextAnswer, console: Console, knowledge: Knowledge) -> None:
    """One text with its spans marked, then a line per finding."""
    from rich.text import Text

    marked = Text(answer.text)
    spans = [(clue.start, clue.end, "bold yellow") for clue in answer.materials]
    spans += [(part.start, part.end, "bold cyan") for part in answer.parts]
    if console.is_terminal and console.color_system:
        for start, end, style in spans:
            marked.stylize(style, start, end)
    else:
        marked = Text(_bracketed(answer.text, [(start, end) for start, end, _ in spans]))
    console.print(marked)
    for clue in answer.materials:
        words = answer.text[clue.start : clue.end]
        name = knowledge.materials[clue.material_id].name
        console.print(
            Text.assemble(
                "    ",
                (clue.material_id, "bold"),
                f"  {clue.confidence:.2f}  {words!r}: {clue.rule}",
                (f"  [{name}]", "dim"),
            )
        )
    for part in answer.parts:
        rule = knowledge.part_rules[part.rule]
        holds = ", ".join(dict.fromkeys(one.material_id for one in rule.implies))
        console.print(
            Text.assemble(
                "    part ",
                (part.rule, "bold"),
                f"  {part.confidence:.2f}  {rule.part}: may hold {holds} (inferred)",
            )
        )
    for conflict in answer.conflicts:
        console.print(Text.assemble("    ", ("conflict", "bold red"), f"  {conflict.text}"))
    if not (answer.materials or answer.parts or answer.conflicts):
        console.print(Text("    nothing recognized", style="dim"))


def _bracketed(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with « » around the spans, for output without colour."""
    marks = sorted(
        {(start, "«") for start, _ in spans} | {(end, "»") for _, end in spans}, reverse=True
    )
    for place, mark in sorted(marks, key=lambda pair: (-pair[0], pair[1] == "»")):
        text = text[:place] + mark + text[place:]
    return text
