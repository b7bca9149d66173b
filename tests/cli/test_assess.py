"""The main job as a user runs it: report, answer, gates, and every kind of bad input."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

ROOT = Path(__file__).parents[2]
F35 = ROOT / "sample_boms" / "f35_subsystems.xlsx"


def bomrisk(*arguments: object, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bomrisk", *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, "COLUMNS": "120"},
        check=False,
    )


def small_bom(path: Path, *rows: tuple[str | int | None, ...]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    head = ("Part Number", "Description", "Qty", "Supplier", "Country Melted", "Country Sintered")
    for row in (head, *rows):
        sheet.append(row)
    book.save(path)
    return path


@pytest.fixture(scope="module")
def assessed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("demo")
    run = bomrisk("assess", F35, folder=folder)
    assert run.returncode == 0, run.stderr
    return folder, run.stdout


def test_the_demo_ends_with_the_path_of_a_report(assessed: tuple[Path, str]) -> None:
    folder, told = assessed
    last = told.rstrip().splitlines()[-1]
    assert last == "f35_subsystems.bomrisk.html"
    assert (folder / last).read_text(encoding="utf-8").lower().startswith("<!doctype html>")
    assert sorted(p.name for p in folder.iterdir()) == [last, "matches-to-review.csv"]


def test_the_answer_is_about_twenty_lines_and_counts_rows(assessed: tuple[Path, str]) -> None:
    told = assessed[1]
    assert len(told.splitlines()) <= 32
    assert "BLOCKED" in told
    assert "rows read =" in told
    assert "What is missing, and from whom" in told


def test_the_same_command_twice_gives_the_same_bytes(
    assessed: tuple[Path, str], tmp_path: Path
) -> None:
    bomrisk("assess", F35, folder=tmp_path)
    name = "f35_subsystems.bomrisk.html"
    assert (tmp_path / name).read_bytes() == (assessed[0] / name).read_bytes()


@pytest.fixture(scope="module")
def f35(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    run = bomrisk(
        "assess", F35, "--format", "json", "-o", "-", folder=tmp_path_factory.mktemp("json")
    )
    assert run.returncode == 0, run.stderr
    document: dict[str, object] = json.loads(run.stdout)
    return document


def test_the_json_fits_the_published_schema(f35: dict[str, object]) -> None:
    import jsonschema

    from bomrisk.report.json import schema

    shipped = ROOT / "bomrisk" / "report" / "assessment.schema.json"
    assert json.loads(shipped.read_text(encoding="utf-8")) == schema(), (
        "run python tools/build_schema.py"
    )
    jsonschema.validate(f35, schema())


def _tables(document: dict[str, object]) -> dict[str, list[dict[str, object]]]:
    tables = document["tables"]
    assert isinstance(tables, dict)
    return tables


def _lube_pump_magnet(document: dict[str, object]) -> dict[str, object]:
    lines = _tables(document)["lines"]
    melted_abroad = [
        line
        for line in lines
        if str(line["origin_melted"]) in ("CHN", "CN", "China", "CHINA")
        and line["origin_magnetized"]
    ]
    found = [line for line in melted_abroad if "LUBRICATION PUMP" in str(line["name"])]
    assert len(found) == 1, melted_abroad
    return found[0]


def test_the_lube_pump_magnet_fails_for_its_melt_although_magnetized_in_the_us(
    f35: dict[str, object],
) -> None:
    magnet = _lube_pump_magnet(f35)
    assert not magnet["origin_sintered"]
    findings = [
        finding
        for finding in _tables(f35)["findings"]
        if finding["line_id"] == magnet["line_id"]
        and str(finding["rule"]).startswith("US-DFARS-7018")
    ]
    assert {finding["rule"] for finding in findings} == {"US-DFARS-7018-A", "US-DFARS-7018-B"}
    assert {finding["code"] for finding in findings} == {"FAIL"}
    assert all("252.225-7052" in str(finding["paragraph"]) for finding in findings)


def test_the_lube_pump_magnet_is_traced_to_samarium_with_shares_and_sources(
    f35: dict[str, object],
) -> None:
    magnet = _lube_pump_magnet(f35)
    tables = _tables(f35)
    case = next(m["case"] for m in tables["materials"] if m["line_id"] == magnet["line_id"])
    steps = [s for s in tables["steps"] if s["case"] == case and s["country"] == "CHN"]
    sources = {s["source_id"] for s in tables["sources"]}
    seen = {(s["commodity"], s["stage"]) for s in steps}
    assert {("Sm", "mined"), ("Sm", "separated"), ("Sm", "reduced")} <= seen
    assert ("SmCo", "melted") in seen
    for step in steps:
        if not step["declared"]:
            assert str(step["source_ids"])
            assert set(str(step["source_ids"]).split(";")) <= sources


def test_a_magnet_without_declarations_is_incomplete_and_never_passes(
    f35: dict[str, object],
) -> None:
    tables = _tables(f35)
    origins = [key for key in tables["lines"][0] if str(key).startswith("origin_")]
    bare = {
        line["line_id"]
        for line in tables["lines"]
        if not any(line[o] for o in origins) and not line["country_of_origin"]
    }
    judged = [
        f
        for f in tables["findings"]
        if f["line_id"] in bare and str(f["rule"]).startswith("US-DFARS-7018")
    ]
    assert any(f["code"] == "INCOMPLETE" for f in judged)
    assert not [f for f in judged if f["code"] == "PASS"]


def test_a_named_day_of_delivery_leaves_one_regime(tmp_path: Path) -> None:
    bom = small_bom(tmp_path / "b.xlsx", ("M-1", "Magnet N42SH", 2, "Maker", "JPN", "JPN"))
    for day, rule in (("2026-12-31", "US-DFARS-7018-A"), ("2027-01-01", "US-DFARS-7018-B")):
        run = bomrisk(
            "assess", bom, "--delivery", day, "--format", "json", "-o", "-", folder=tmp_path
        )
        rules = {f["rule"] for f in json.loads(run.stdout)["tables"]["findings"]}
        assert {r for r in rules if r.startswith("US-DFARS-7018")} == {rule}


def test_gates_give_their_exit_codes(tmp_path: Path) -> None:
    bad = small_bom(tmp_path / "bad.xlsx", ("M-1", "Magnet N42SH", 1, "Maker", "CHN", "CHN"))
    open_ = small_bom(tmp_path / "open.xlsx", ("M-1", "Magnet N42SH", 1, "Maker", None, None))
    assert bomrisk("assess", bad, "--fail-on", "fail", folder=tmp_path).returncode == 1
    assert bomrisk("assess", open_, "--fail-on", "fail", folder=tmp_path).returncode == 0
    assert bomrisk("assess", open_, "--fail-on", "unknown", folder=tmp_path).returncode == 3
    gates = ("--fail-on", "unknown", "--fail-on", "fail")
    assert bomrisk("assess", bad, open_, *gates, folder=tmp_path).returncode == 1


def test_several_boms_go_to_a_folder_and_a_bad_one_does_not_stop_the_others(
    tmp_path: Path,
) -> None:
    good = small_bom(tmp_path / "good.xlsx", ("M-1", "Magnet N42SH", 1, "Maker", "JPN", "JPN"))
    run = bomrisk("assess", "gone.xlsx", good, "-o", "out", folder=tmp_path)
    assert run.returncode == 2
    assert run.stderr.strip().splitlines()[0].startswith("bomrisk: gone.xlsx")
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["good.bomrisk.html"]


def _bad_inputs(folder: Path) -> dict[str, Path]:
    """One file of each kind that cannot be assessed, made by the test."""
    made = {
        "missing": folder / "missing.xlsx",
        "folder": folder / "folder.xlsx",
        "no spreadsheet": folder / "noise.xlsx",
        "empty file": folder / "empty.csv",
        "empty sheet": folder / "empty.xlsx",
        "no BOM": folder / "letter.xlsx",
        "PDF": folder / "bom.pdf",
        "Word": folder / "bom.docx",
        "locked": folder / "locked.xlsx",
    }
    made["folder"].mkdir()
    made["no spreadsheet"].write_bytes(bytes(range(256)) * 8)
    made["empty file"].write_bytes(b"")
    openpyxl.Workbook().save(made["empty sheet"])
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "Dear colleague,"
    sheet["A3"] = "please find the report attached to the next mail."
    book.save(made["no BOM"])
    made["PDF"].write_bytes(b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n")
    with zipfile.ZipFile(made["Word"], "w") as word:
        word.writestr("[Content_Types].xml", "<Types/>")
        word.writestr("word/document.xml", "<document/>")
    # A compound file that names the stream of an encrypted package, as a locked workbook is.
    header = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16) + bytes.fromhex("3E000300FEFF0900")
    stream = "EncryptedPackage".encode("utf-16-le")
    made["locked"].write_bytes(header.ljust(512, b"\0") + stream.ljust(1024, b"\0"))
    return made


@pytest.mark.parametrize(
    "kind",
    [
        "missing",
        "folder",
        "no spreadsheet",
        "empty file",
        "empty sheet",
        "no BOM",
        "PDF",
        "Word",
        "locked",
    ],
)
def test_bad_input_is_one_line_with_the_mend_and_writes_nothing(kind: str, tmp_path: Path) -> None:
    file = _bad_inputs(tmp_path)[kind]
    before = sorted(p.name for p in tmp_path.iterdir())
    run = bomrisk("assess", file, folder=tmp_path)
    assert run.returncode == 2, run.stderr
    assert run.stdout == ""
    (line,) = run.stderr.strip().splitlines()
    assert line.startswith(f"bomrisk: {file.name}") or str(file) in line
    assert ";" in line, "what is wrong, then the mend"
    assert sorted(p.name for p in tmp_path.iterdir()) == before


def test_a_broken_overlay_is_refused_with_the_place_in_it(tmp_path: Path) -> None:
    bom = small_bom(tmp_path / "b.xlsx", ("M-1", "Magnet N42SH", 1, "Maker", "JPN", "JPN"))
    overlay = tmp_path / "own.yaml"
    overlay.write_text(
        "shares:\n- commodity: Nd\n  stage: separated\n  year: '2025'\n"
        "  shares:\n  - {country: XX, share: 1.0, source_id: nowhere}\n",
        encoding="utf-8",
    )
    run = bomrisk("assess", bom, "--knowledge", overlay, folder=tmp_path)
    assert run.returncode == 2
    assert "own.yaml" in run.stderr
    assert "shares[0]" in run.stderr
    assert not list(tmp_path.glob("*.html"))


def test_a_country_set_that_is_none_is_refused(tmp_path: Path) -> None:
    bom = small_bom(tmp_path / "b.xlsx", ("M-1", "Magnet N42SH", 1, "Maker", "JPN", "JPN"))
    run = bomrisk("assess", bom, "--to", "CHN,XYZ", folder=tmp_path)
    assert run.returncode == 2
    assert "'XYZ' is neither an ISO 3166 alpha-3 code nor a country set" in run.stderr


def test_standard_output_takes_one_result_only(tmp_path: Path) -> None:
    assert bomrisk("assess", F35, F35, "-o", "-", folder=tmp_path).returncode == 2


def test_parquet_is_a_folder_of_tables(tmp_path: Path) -> None:
    import polars as pl

    bom = small_bom(tmp_path / "b.xlsx", ("M-1", "Magnet N42SH", 3, "Maker", "JPN", "JPN"))
    assert bomrisk("assess", bom, "--format", "parquet", folder=tmp_path).returncode == 0
    folder = tmp_path / "b.bomrisk.parquet"
    lines = pl.read_parquet(folder / "lines.parquet")
    assert lines["part_number"].to_list() == ["M-1"]
    contents = pl.read_parquet(folder / "contents.parquet")
    assert set(contents["line_id"]) == set(lines["line_id"])
    assert json.loads((folder / "assessment.json").read_text())["meta"]["input"]["lines"] == 1


def test_tungsten_heavy_alloy_clears_or_fails_by_its_own_stages(tmp_path: Path) -> None:
    head = (
        "Part Number,Description,Qty,Mined in,Separated in,Reduced in,Atomized in,Consolidated in"
    )
    row = "Tungsten heavy alloy balance weight 90W-7Ni-3Fe,2,CAN,CAN,USA,USA"
    (tmp_path / "bom.csv").write_text(
        "\n".join(
            (
                head,
                f"W-1,{row},USA",
                f"W-2,{row},CHN",
                f"W-3,{row},",
            )
        ),
        encoding="utf-8",
    )
    run = bomrisk("assess", "bom.csv", "--format", "json", "-o", "-", folder=tmp_path)
    tables = _tables(json.loads(run.stdout))
    rows = {line["line_id"]: line["part_number"] for line in tables["lines"]}
    found = {
        rows[f["line_id"]]: (f["code"], f["missing"])
        for f in tables["findings"]
        if f["rule"] == "US-DFARS-7018-B"
    }
    assert found["W-1"] == ("PASS", "")
    assert found["W-2"][0] == "FAIL"
    assert found["W-3"] == ("INCOMPLETE", "consolidated")


@pytest.mark.parametrize(
    ("day", "said"),
    [("1990-01-01", "earlier than the oldest shares"), ("2030-01-01", "later than the knowledge")],
)
def test_a_day_outside_the_knowledge_is_remarked(tmp_path: Path, day: str, said: str) -> None:
    small_bom(tmp_path / "bom.xlsx", ("P-1", "SmCo magnet 2:17", 1, "x", None, None))
    run = bomrisk("assess", "bom.xlsx", "--as-of", day, folder=tmp_path)
    assert said in " ".join(run.stdout.split())
    assert said in (tmp_path / "bom.bomrisk.html").read_text(encoding="utf-8")
    assert said not in " ".join(bomrisk("assess", "bom.xlsx", folder=tmp_path).stdout.split())
