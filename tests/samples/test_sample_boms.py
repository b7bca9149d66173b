"""The sample BOMs say what they claim: the facts of the 2022 case, sources, no real supplier."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from openpyxl import load_workbook

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "sample_boms"
WORKBOOKS = {
    "f35_subsystems.xlsx": ("Indentured BOM", 5),
    "missile_actuator.xlsx": ("Parts List", 3),
    "electronics_flat.xlsx": ("BOM", 1),
}
STAGES = ("Mined", "Separated", "Reduced", "Melted", "Sintered", "Magnetized")

Line = dict[str, object]


def lines_of(name: str) -> list[Line]:
    """The lines of a workbook's parts list, each a header → value map."""
    sheet_name, header_row = WORKBOOKS[name]
    rows = list(load_workbook(SAMPLES / name)[sheet_name].iter_rows(values_only=True))
    header = [str(cell) for cell in rows[header_row - 1]]
    return [dict(zip(header, row, strict=True)) for row in rows[header_row:]]


def about_of(name: str) -> list[tuple[object, ...]]:
    return list(load_workbook(SAMPLES / name).worksheets[0].iter_rows(values_only=True))


def declared(line: Line) -> dict[str, object]:
    return {s: line[f"Country {s}"] for s in STAGES if line[f"Country {s}"] is not None}


@pytest.fixture(scope="module")
def f35() -> list[Line]:
    return lines_of("f35_subsystems.xlsx")


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    build(folder)
    return folder


def build(folder: Path) -> None:
    script = ROOT / "tools" / "build_samples.py"
    subprocess.run([sys.executable, str(script), "--out", str(folder)], check=True)


def test_a_second_build_gives_the_same_bytes(rebuilt: Path, tmp_path: Path) -> None:
    build(tmp_path)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {
        p.name: p.read_bytes() for p in rebuilt.iterdir()
    }


def test_the_samples_kept_are_those_the_script_writes(rebuilt: Path) -> None:
    assert {p.name for p in rebuilt.iterdir()} <= {p.name for p in SAMPLES.iterdir()}
    csv_name = "uav_propulsion.csv"
    assert (rebuilt / csv_name).read_bytes() == (SAMPLES / csv_name).read_bytes()
    for name in WORKBOOKS:
        kept, new = load_workbook(SAMPLES / name), load_workbook(rebuilt / name)
        assert kept.sheetnames == new.sheetnames
        for sheet in kept:
            assert list(sheet.values) == list(new[sheet.title].values), (name, sheet.title)


def test_the_f35_sample_is_long_and_properly_indented(f35: list[Line]) -> None:
    levels = [line["Level"] for line in f35]
    assert 120 <= len(f35) <= 220
    assert levels[0] == 0
    assert levels.count(0) == 1
    for above, below in pairwise(levels):
        assert isinstance(above, int)
        assert isinstance(below, int)
        assert 1 <= below <= above + 1
    assert max(level for level in levels if isinstance(level, int)) == 5


def test_the_lubrication_pump_magnet_is_as_in_the_case_of_2022(f35: list[Line]) -> None:
    magnets = [line for line in f35 if "LUBRICATION PUMP" in str(line["Nomenclature"])]
    (magnet,) = (line for line in magnets if str(line["Nomenclature"]).startswith("MAGNET"))
    assert magnet["Material"] == "SmCo 2:17, 30 MGOe"
    assert magnet["Level"] == 5
    assert declared(magnet) == {"Melted": "CHN", "Magnetized": "USA"}
    assert magnet["Country of Origin"] is None
    assert "country of sintering was not published" in str(magnet["Basis"])
    above = f35[: f35.index(magnet)]
    chain = [[a for a in above if a["Level"] == level][-1]["Nomenclature"] for level in range(5)]
    assert chain[1:4] == [
        "INTEGRATED POWER PACKAGE",
        "TURBOMACHINE ASSEMBLY,INTEGRATED POWER PACKAGE",
        "PUMP ASSEMBLY,LUBRICATION,TURBOMACHINE",
    ]


@pytest.mark.parametrize("name", ["f35_subsystems.xlsx", "missile_actuator.xlsx"])
def test_no_line_is_without_a_basis_and_each_public_fact_cites_a_listed_source(name: str) -> None:
    listed = {str(row[0]): row for row in about_of(name) if re.fullmatch(r"\[\d+\]", str(row[0]))}
    kinds: Counter[str] = Counter()
    for line in lines_of(name):
        basis = str(line["Basis"])
        kinds[basis.split(":", maxsplit=1)[0]] += 1
        if basis != "Illustrative":
            cited = re.findall(r"\[\d+\]", basis)
            assert cited, basis
            assert all(all(listed[number][1:5]) for number in cited), basis
    assert set(kinds) == {"Illustrative", "Public fact"}


@pytest.mark.parametrize("name", WORKBOOKS)
def test_the_first_sheet_says_what_is_illustrative(name: str) -> None:
    workbook = load_workbook(SAMPLES / name)
    assert workbook.sheetnames[0] == "About"
    assert "Illustrative" in {row[0] for row in workbook["About"].values}


@pytest.mark.parametrize("name", WORKBOOKS)
def test_suppliers_and_codes_are_visibly_fictitious(name: str) -> None:
    for line in lines_of(name):
        supplier = str(line.get("Supplier", line.get("Manufacturer")))
        assert supplier.startswith("Example ")
        assert supplier.endswith(" (illustrative)")
        assert re.fullmatch(r"FIC\d\d", str(line.get("CAGE Code", "FIC00")))


def test_the_f35_sample_holds_every_kind_of_declaration(f35: list[Line]) -> None:
    magnets = [line for line in f35 if str(line["Nomenclature"]).startswith("MAGNET,PERMANENT")]
    chains = [declared(line) for line in magnets]
    assert any(c.get("Separated") == "CHN" and c.get("Melted") == "JPN" for c in chains)
    assert any(c.get("Magnetized") == "Hong Kong" for c in chains)
    assert any("CN/JP" in c.values() for c in chains)
    allied = [c for c in chains if len(c) == len(STAGES) and "CHN" not in c.values()]
    assert len(allied) == 1
    bare = [m for m in magnets if not declared(m) and m["Country of Origin"]]
    silent = [m for m in magnets if not declared(m) and not m["Country of Origin"]]
    assert bare
    assert len(silent) >= 3
    texts = " ".join(f"{line['Nomenclature']} {line['Material']}" for line in f35)
    for word in (
        "WIRE,MAGNET", "SMA,50 OHM", "Tungsten heavy alloy", "Tantalum", "GaAs", "GaN", "Germanium",
        "7YSZ", "PWA 1484", "Ti-6Al-4V", "N42UH", "N38EH", "YIG", "Nd:YAG",
    ):  # fmt: skip
        assert word in texts, word


def test_the_missile_list_keeps_item_numbers_as_text() -> None:
    items = [line["Item No."] for line in lines_of("missile_actuator.xlsx")]
    assert len(items) >= 25
    assert all(isinstance(item, str) for item in items)
    assert {"1.2.1.1", "1.2.1.10"} <= set(items)
    assert all(str(item).rpartition(".")[0] in {"", *map(str, items)} for item in items)


def test_the_propulsion_list_has_comment_rows_and_decimal_commas() -> None:
    text = (SAMPLES / "uav_propulsion.csv").read_text(encoding="utf-8")
    comments = [line for line in text.splitlines() if line.startswith("#")]
    assert "illustrative" in " ".join(comments)
    rows = list(csv.DictReader(text.splitlines()[len(comments) :], delimiter=";"))
    assert len(rows) >= 25
    assert all(row["Note"].startswith("Illustrative") for row in rows)
    assert any(re.fullmatch(r"\d+,\d+", row["Mass [g]"]) for row in rows)


def test_the_electronics_list_is_flat_and_counts_its_designators() -> None:
    lines = lines_of("electronics_flat.xlsx")
    assert len(lines) >= 25
    for line in lines:
        count = 0
        for part in str(line["Designator"]).split(", "):
            ends = [int(number) for number in re.findall(r"\d+", part)]
            count += ends[-1] - ends[0] + 1
        assert count == line["Qty"], line
