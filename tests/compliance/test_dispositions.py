"""Dispositions label findings and hide none; what expired or met nothing is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from bomrisk.compliance.dispositions import Disposition, label, open_findings, read_dispositions
from bomrisk.errors import BomriskError
from bomrisk.tables import FINDINGS, LINES

DAY = date(2026, 11, 23)
PRINTS = ("00000000000000aa", "00000000000000bb", "00000000000000cc")


def findings() -> pl.DataFrame:
    rows = [
        {"line": 0, "rule": "US-DFARS-7018-A", "material_id": "smco_2_17", "code": "FAIL"},
        {"line": 0, "rule": "US-DFARS-7018-B", "material_id": "smco_2_17", "code": "FAIL"},
        {"line": 1, "rule": "US-DFARS-7018-A", "material_id": "ta", "code": "INCOMPLETE"},
    ]
    full = [
        {name: row.get(name) for name in FINDINGS.names} | {"fingerprint": fingerprint}
        for row, fingerprint in zip(rows, PRINTS, strict=True)
    ]
    return pl.DataFrame(full, schema=FINDINGS.schema(), orient="row")


def lines() -> pl.DataFrame:
    rows = [
        {"line": 0, "part_number": "M-1", "supplier": "Example Magnets", "path": "TOP / PUMP"},
        {"line": 1, "part_number": "C-1", "supplier": "Example Parts", "path": "TOP"},
    ]
    full = [{name: row.get(name) for name in LINES.names} for row in rows]
    return pl.DataFrame(full, schema=LINES.schema(), orient="row")


def decided(**facts: object) -> Disposition:
    given = {
        "state": "accepted",
        "owner": "A. Reviewer",
        "reason": "because",
        "until": "2027-01-31",
    }
    return Disposition.model_validate({**given, **facts})


def labels(*decisions: Disposition) -> tuple[list[str | None], list[str]]:
    done = label(findings(), lines(), decisions, as_of=DAY, file="d.yaml")
    assert done.findings.height == 3
    return done.findings["disposition"].to_list(), done.notes["text"].to_list()


def test_a_fingerprint_labels_one_finding() -> None:
    assert labels(decided(fingerprint=PRINTS[0])) == (["accepted", None, None], [])


def test_a_scope_labels_all_that_match() -> None:
    scope = {"part_number": "m-1", "code": "FAIL"}
    assert labels(decided(scope=scope))[0] == ["accepted", "accepted", None]
    scope = {"supplier": "EXAMPLE MAGNETS", "rule": "US-DFARS-7018-B", "material": "smco_2_17"}
    assert labels(decided(scope=scope))[0] == [None, "accepted", None]
    assert labels(decided(scope={"path": "TOP / "}))[0] == ["accepted", "accepted", None]


def test_a_fingerprint_goes_before_a_scope() -> None:
    wide = decided(scope={"part_number": "M-1"}, state="mitigated")
    found, notes = labels(wide, decided(fingerprint=PRINTS[0], state="false positive"))
    assert found == ["false positive", "mitigated", None]
    assert notes == []


@pytest.mark.parametrize(("until", "labelled"), [("2026-11-23", True), ("2026-11-22", False)])
def test_the_last_day_counts_and_the_day_after_is_told(until: str, labelled: bool) -> None:
    found, notes = labels(decided(fingerprint=PRINTS[0], until=until))
    assert found[0] == ("accepted" if labelled else None)
    assert [note.partition(":")[0] for note in notes] == ([] if labelled else ["expired"])


def test_what_meets_nothing_or_nothing_new_is_told() -> None:
    _, notes = labels(decided(fingerprint="f" * 16))
    assert notes[0].startswith("unmatched")
    _, notes = labels(
        decided(fingerprint=PRINTS[2]), decided(scope={"part_number": "C-1"}, state="mitigated")
    )
    assert notes[0].startswith("unused")


def test_a_gate_counts_what_is_open_or_only_mitigated() -> None:
    done = label(
        findings(),
        lines(),
        [
            decided(fingerprint=PRINTS[0], state="waived", citation="10 USC 4872(e)"),
            decided(fingerprint=PRINTS[1], state="mitigated"),
        ],
        as_of=DAY,
        file="d.yaml",
    )
    assert open_findings(done.findings)["fingerprint"].to_list() == [PRINTS[1], PRINTS[2]]


GOOD = "{state: accepted, owner: A, reason: b, until: 2027-01-31, fingerprint: 00000000000000aa}"


def test_a_file_of_dispositions(tmp_path: Path) -> None:
    file = tmp_path / "d.yaml"
    file.write_text(f"dispositions:\n- {GOOD}\n", encoding="utf-8")
    (one,) = read_dispositions(file)
    assert (one.state, one.until) == ("accepted", date(2027, 1, 31))
    assert str(one) == "accepted (00000000000000aa; A, until 2027-01-31)"
    file.write_text("", encoding="utf-8")
    assert read_dispositions(file) == ()


def test_numbers_stay_the_texts_that_were_written(tmp_path: Path) -> None:
    told = "state: accepted, owner: O, reason: r, citation: , until: 2027-01-31"
    (tmp_path / "d.yaml").write_text(
        f"- {{fingerprint: 0000000000001234, {told}}}\n"
        f"- {{scope: {{part_number: 00471, supplier: null}}, {told}}}\n"
    )
    first, second = read_dispositions(tmp_path / "d.yaml")
    assert first.fingerprint == "0000000000001234"
    assert first.citation is None
    assert second.scope is not None
    assert (second.scope.part_number, second.scope.supplier) == ("00471", None)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{a: 1}", "holds no list of dispositions"),
        ("- [", "not readable as YAML"),
        ("- {state: fine}", "d.yaml, [0].state"),
        (
            "- {state: accepted, owner: A, reason: b, until: 2027-01-31}",
            "either a fingerprint or a scope",
        ),
        ("- {state: accepted, owner: A, reason: b, fingerprint: 00000000000000aa}", "[0].until"),
        (
            "- {state: waived, owner: A, reason: b, until: 2027-01-31, fingerprint: 00000000000000aa}",
            "a waiver needs its citation",
        ),
        (
            "- {state: accepted, owner: A, reason: b, until: 2027-01-31, scope: {rule: US-DFARS-7018-A}}",
            "never means all",
        ),
        (f"- {GOOD}\n- {GOOD}", "decided twice"),
    ],
)
def test_a_bad_file_is_told_in_lines(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "d.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BomriskError) as caught:
        read_dispositions(file)
    assert said in str(caught.value)
    assert all(line.startswith("d.yaml") for line in str(caught.value).splitlines())


def test_a_file_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(BomriskError, match="name an existing file"):
        read_dispositions(tmp_path / "none.yaml")
    huge = tmp_path / "huge.yaml"
    huge.write_bytes(b"#" * 20_000_001)
    with pytest.raises(BomriskError, match="too large"):
        read_dispositions(huge)
