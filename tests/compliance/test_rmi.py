"""RMI templates by cell address: what they are evidence of, and what they cannot prove."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bomrisk.compliance.declarations import read_rmi
from bomrisk.compliance.declarations.rmi import evidence_of
from bomrisk.errors import BomriskError

SMELTERS = [
    (
        "Tungsten",
        "Example Tungsten Works",
        "Example Tungsten Works",
        "CHINA",
        "CID000001",
        "CHINA",
        "No",
    ),
    ("钨", "Example Wolfram", "Example Wolfram", "AUSTRIA", "CID000002", "", "Yes"),
    ("Tantalum", "Smelter not listed", "", "", "", "", ""),
    ("Gold", "Example Gold", "Example Gold", "JAPAN", "CID000003", "", ""),
]


def template(
    path: Path,
    *,
    kind: str = "CMRT",
    scope: str = "B. Product (or List of Products)",
    products: tuple[str, ...] = ("M-1",),
    smelters: Sequence[tuple[str, ...]] | None = None,
) -> Path:
    """A template as its cells stand: labels in another language, answers at their addresses."""
    book = openpyxl.Workbook()
    first: Any = book.active
    first.title = "Revision"
    first["A1"] = f"{kind} 6.5"
    sheet = book.create_sheet("Declaration")
    signer, day = ("D18", "D22") if kind == "CMRT" else ("D22", "D26")
    values: dict[str, Any] = {
        "A8": "公司名称",
        "D8": "Example Parts GmbH",
        "D9": scope,
        signer: "P. Example",
        day: datetime(2026, 3, 1),
    }
    for cell, value in values.items():
        sheet[cell] = value
    listed = book.create_sheet("Smelter List")
    for at, (metal, lookup, name, country, cid, mine, recycled) in enumerate(
        smelters or SMELTERS, start=5
    ):
        row = {2: metal, 3: lookup, 4: name, 5: country, 6: cid, 15: mine, 16: recycled}
        for column, value in row.items():
            listed.cell(at, column).value = value or None
    shown = book.create_sheet("Product List")
    for at, product in enumerate(products, start=6):
        shown.cell(at, 2).value = product
    book.save(path)
    return path


def test_a_cmrt_names_smelters_of_tungsten_and_tantalum(tmp_path: Path) -> None:
    found = read_rmi(template(tmp_path / "cmrt.xlsx"))
    assert (found.kind, found.scope, found.products) == ("CMRT", "product", ("M-1",))
    assert (found.company, found.signer) == ("Example Parts GmbH", "P. Example")
    assert found.effective is not None
    said = evidence_of(found)
    tungsten = next(text for text in said if "W reduced" in text)
    assert "AUT, CHN" in tungsten
    tantalum = next(text for text in said if "Ta reduced" in text)
    assert "1 without a country" in tantalum
    assert any(
        "cannot prove" in text and "which smelter made the metal in this part" in text
        for text in said
    )
    assert not any("Gold" in text for text in said)


def test_a_company_scope_clears_no_line(tmp_path: Path) -> None:
    found = read_rmi(template(tmp_path / "cmrt.xlsx", scope="A. Company", products=()))
    assert any("clears no line" in remark for remark in found.remarks)
    loose = read_rmi(template(tmp_path / "b.xlsx", scope="B. Product", products=()))
    assert any("no product list" in remark for remark in loose.remarks)


def test_an_amrt_lumps_the_rare_earths(tmp_path: Path) -> None:
    site = [("Rare Earth Elements", "Example Site", "Example Site", "CHINA", "CID000004", "", "")]
    found = read_rmi(template(tmp_path / "amrt.xlsx", kind="AMRT", smelters=site))
    said = " ".join(evidence_of(found))
    assert "REE separated or reduced, not told apart in CHN" in said
    assert "nothing on alloy melting, sintering or magnetizing" in said


def test_an_emrt_proves_nothing_here(tmp_path: Path) -> None:
    site = [("Cobalt", "Example Site", "Example Site", "CONGO", "CID000005", "", "")]
    found = read_rmi(template(tmp_path / "emrt.xlsx", kind="EMRT", smelters=site))
    assert evidence_of(found)[0].startswith("EMRT cannot prove")


def test_the_kind_is_found_without_its_name(tmp_path: Path) -> None:
    path = template(tmp_path / "answer.xlsx", kind="")
    assert read_rmi(path).kind == "CMRT"
    book = openpyxl.load_workbook(path)
    book.create_sheet("Mine List")
    book.save(path)
    assert read_rmi(path).kind == "EMRT"


def test_what_is_no_template(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "other.xlsx")
    with pytest.raises(BomriskError, match="Smelter List"):
        read_rmi(tmp_path / "other.xlsx")
    (tmp_path / "a.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(BomriskError, match="no RMI template"):
        read_rmi(tmp_path / "a.csv")
