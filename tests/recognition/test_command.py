"""`bomrisk recognize`: JSON for programs, marked spans for people, one line for bad input."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from bomrisk.cli.recognize import command


def run(*arguments: str, stdin: str | bytes = "") -> tuple[int, str]:
    result = CliRunner().invoke(command, arguments, input=stdin)
    if result.exception and not isinstance(result.exception, SystemExit):
        return 1, str(result.exception)
    return result.exit_code, result.output


def test_jsonl_has_one_object_per_text_in_order() -> None:
    code, output = run("-", "--jsonl", stdin="N42SH ring magnet\n\nServo motor\nSmCo magnet N52\n")
    assert code == 0
    answers = [json.loads(line) for line in output.splitlines()]
    assert [answer["text"] for answer in answers] == [
        "N42SH ring magnet", "", "Servo motor", "SmCo magnet N52",
    ]  # fmt: skip
    (material,) = answers[0]["materials"]
    assert material["id"] == "ndfeb_sintered_sh"
    assert material["span"] == [0, 5]
    assert material["confidence"] > 0.9
    assert "suffix SH" in material["rule"]
    assert answers[1]["materials"] == answers[1]["parts"] == []
    assert answers[2]["parts"][0]["rule"] == "servo_motor"
    assert answers[2]["materials"] == []
    assert answers[3]["conflicts"]


def test_a_person_sees_the_span_the_rule_and_the_confidence(tmp_path: Path) -> None:
    file = tmp_path / "texts.txt"
    file.write_text("\ufeffring N42SH magnet\nServo motor\nSmCo N52\nwasher\n", encoding="utf-8")
    code, output = run(str(file))
    assert code == 0
    assert "ring «N42SH» magnet" in output
    assert "0.97" in output
    assert "suffix SH" in output
    assert "«Servo motor»" in output
    assert "inferred" in output
    assert "conflict" in output
    assert "nothing recognized" in output


def test_colour_marks_spans_without_changing_the_text() -> None:
    from rich.console import Console

    from bomrisk.cli.recognize import _show
    from bomrisk.knowledge import Knowledge
    from bomrisk.recognition import recognize_texts

    knowledge = Knowledge()
    console = Console(force_terminal=True, color_system="standard", record=True, width=200)
    with console.capture() as captured:
        for answer in recognize_texts(["ring N42SH magnet"], knowledge):
            _show(answer, console, knowledge)
    assert "«" not in captured.get()
    assert "\x1b[" in captured.get()


def test_bad_input_says_what_and_where(tmp_path: Path) -> None:
    code, said = run(str(tmp_path / "none.txt"))
    assert code != 0
    assert "cannot be read" in said
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"brass\n\xff\xfe\n")
    code, said = run(str(bad))
    assert code != 0
    assert "not UTF-8" in said
    assert "row 2" in said
