"""Alternates are judged each, and the line that permits them stands as the worst of them."""

from __future__ import annotations

from pathlib import Path

import polars as pl

import bomrisk
from bomrisk.assessment import Assessment

HEAD = "Find No,Part Number,Description,Qty,Alt,Melted in,Sintered in,Magnetized in\n"
FIRST = "10,P-100,Magnet SmCo 2:17,2,,USA,USA,USA\n"
OTHER = ",P-101,Magnet SmCo 2:17,2,ALT,CHN,CHN,CHN\n"
SCREW = "20,P-200,Screw,4,,,,\n"
RULE = "US-DFARS-7018-A"


def assessed(folder: Path, *rows: str) -> Assessment:
    path = folder / "bom.csv"
    path.write_text(HEAD + "".join(rows), encoding="utf-8")
    return bomrisk.assess(path)


def codes(assessment: Assessment, row: int) -> dict[str, str]:
    line = assessment.lines.filter(pl.col("row") == row)["line"][0]
    found = assessment.findings.filter((pl.col("line") == line) & (pl.col("rule") == RULE))
    return dict(found.select("reason", "code").iter_rows())


def test_an_alternate_that_fails_makes_its_line_fail_and_is_named(tmp_path: Path) -> None:
    assessment = assessed(tmp_path, FIRST, OTHER, SCREW)
    first = codes(assessment, 2)
    assert sorted(first.values()) == ["FAIL", "PASS"]
    (reason,) = [text for text, code in first.items() if code == "FAIL"]
    assert reason.startswith("permitted alternate P-101 in row 3: melted")
    assert list(codes(assessment, 3).values()) == ["FAIL"]
    assert codes(assessment, 4) == {}
    bands = dict(
        assessment.scores.filter(pl.col("indicator") == "overall")
        .select("line", "band")
        .iter_rows()
    )
    assert bands[0] == "Critical"


def test_a_line_without_alternates_stands_alone(tmp_path: Path) -> None:
    assessment = assessed(tmp_path, FIRST, SCREW)
    assert list(codes(assessment, 2).values()) == ["PASS"]


def test_the_alternate_adds_no_mass_and_no_fingerprint_stands_twice(tmp_path: Path) -> None:
    assessment = assessed(tmp_path, FIRST, OTHER, SCREW)
    brought = assessment.materials.filter(pl.col("field") == "alternate")
    assert brought["line"].to_list() == [0]
    assert brought["mass_likely_g"].to_list() == [None]
    assert brought["fraction_low"].to_list() == [0.0]
    assert assessment.findings["fingerprint"].n_unique() == assessment.findings.height


def test_an_alternate_in_a_column_is_recognized(tmp_path: Path) -> None:
    path = tmp_path / "bom.csv"
    path.write_text(
        "Designator,Description,Qty,Manufacturer,MPN,Manufacturer 2,MPN 2\n"
        "C1,Capacitor 68uF,2,A,X-1,KEMET,T495C686M016ATE250\n",
        encoding="utf-8",
    )
    assessment = bomrisk.assess(path)
    assert assessment.lines["alternates"].to_list() == ["KEMET T495C686M016ATE250"]
    found = assessment.materials.filter(pl.col("field") == "alternates")
    assert found.height == 1
    assert found["fraction_low"].to_list() == [0.0]
