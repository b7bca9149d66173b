"""An item master beside the BOM: named, found, left aside, recorded, and named in every reason."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from tests.cli.test_assess import bomrisk

BOM = "parent,component,quantity\nPUMP,471-A,2\nPUMP,9000,4\n"
ITEMS = "part number,name,supplier,mass [g]\n471-A,Ring magnet N42SH,Example Magnets,12.5\n9000,Screw,,1\n"


def folder_with(folder: Path, bom: str = "bom.csv", items: str = "materials.csv") -> Path:
    (folder / bom).write_text(BOM)
    (folder / items).write_text(ITEMS)
    return folder


def assessed(folder: Path, bom: str, *options: object) -> dict[str, Any]:
    run = bomrisk("assess", bom, "--format", "json", "-o", "-", *options, folder=folder)
    assert run.returncode == 0, run.stderr
    document: dict[str, Any] = json.loads(run.stdout)
    return document


def materials(document: dict[str, Any]) -> dict[str, str]:
    return {row["material_id"]: row["rule"] for row in document["tables"]["materials"]}


def test_the_reason_of_a_material_names_the_item_that_it_was_read_in(tmp_path: Path) -> None:
    folder_with(tmp_path, "list.csv", "master.csv")
    assert materials(assessed(tmp_path, "list.csv")) == {}
    document = assessed(tmp_path, "list.csv", "--items", "master.csv")
    (rule,) = materials(document).values()
    assert rule.startswith("NdFeB grade: 42 MGOe, suffix SH")
    assert rule.endswith(" (name from master.csv row 2)")
    line = document["tables"]["lines"][0]
    assert (line["supplier"], line["mass_g"]) == ("Example Magnets", 12.5)
    assert line["from_items"] == "master.csv row 2: name, supplier, mass"
    assert document["meta"]["companions"] == [
        {
            "kind": "items",
            "name": "master.csv",
            "sha256": hashlib.sha256(ITEMS.encode()).hexdigest(),
        }
    ]


def test_a_sister_file_is_read_recorded_and_can_be_left_aside(tmp_path: Path) -> None:
    folder_with(tmp_path)
    document = assessed(tmp_path, "bom.csv")
    assert list(materials(document)) == ["ndfeb_sintered_sh"]
    assert [file["name"] for file in document["meta"]["companions"]] == ["materials.csv"]
    alone = assessed(tmp_path, "bom.csv", "--no-items")
    assert materials(alone) == {}
    assert alone["meta"]["companions"] == []
    assert alone["meta"]["settings"]["left aside"] == "items"


def test_a_sister_file_of_other_parts_is_neither_used_nor_recorded(tmp_path: Path) -> None:
    folder_with(tmp_path)
    (tmp_path / "materials.csv").write_text(ITEMS.replace("471-A", "X").replace("9000", "Y"))
    document = assessed(tmp_path, "bom.csv")
    assert materials(document) == {}
    assert document["meta"]["companions"] == []


def test_the_report_says_how_to_make_it_again_with_the_items(tmp_path: Path) -> None:
    folder_with(tmp_path)
    run = bomrisk("assess", "bom.csv", folder=tmp_path)
    assert run.returncode == 0, run.stderr
    assert "--items materials.csv" in (tmp_path / "bom.bomrisk.html").read_text()
    run = bomrisk("assess", "bom.csv", "--no-items", folder=tmp_path)
    assert run.returncode == 0, run.stderr
    assert "--no-items" in (tmp_path / "bom.bomrisk.html").read_text()


def test_inspect_shows_the_lines_with_their_items(tmp_path: Path) -> None:
    folder_with(tmp_path)
    assert "Ring magnet N42SH" in bomrisk("inspect", "bom.csv", folder=tmp_path).stdout
    assert "Ring magnet" not in bomrisk("inspect", "bom.csv", "--no-items", folder=tmp_path).stdout


def test_a_supplier_of_the_item_master_is_asked_for_origins(tmp_path: Path) -> None:
    folder_with(tmp_path)
    run = bomrisk("declare", "request", "bom.csv", "--out", "asked", folder=tmp_path)
    assert run.returncode == 0, run.stderr
    assert "Example Magnets, 1 rows" in run.stdout


def test_items_that_cannot_be_used_stop_the_run_in_one_line(tmp_path: Path) -> None:
    folder_with(tmp_path)
    (tmp_path / "rates.csv").write_text("day,rate\nMonday,1\n")
    for wrong in ("rates.csv", "none.csv"):
        run = bomrisk("assess", "bom.csv", "--items", wrong, folder=tmp_path)
        assert run.returncode == 2
        assert run.stderr.count("\n") == 1
        assert wrong in run.stderr
    assert not (tmp_path / "bom.bomrisk.html").exists()


def test_a_bom_whose_name_leaves_no_room_for_a_sister_is_read_or_refused_as_usual(
    tmp_path: Path,
) -> None:
    """A folder has no name to put another in the place of, and a long name grows with a longer word."""
    for place in (".", "/"):
        run = bomrisk("inspect", place, folder=tmp_path)
        assert run.returncode == 2
        assert run.stderr.count("\n") == 1
        assert "this is a folder" in run.stderr
    long = "p" * 245 + "_bom.csv"
    (tmp_path / long).write_text(BOM)
    assert bomrisk("inspect", long, folder=tmp_path).returncode == 0
