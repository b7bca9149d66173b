"""A small BOM, the request made of it, and answers as a clerk fills them, for the tests of declarations."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from bomrisk.compliance import ContractFacts, judge_lines
from bomrisk.compliance.declarations import (
    Answer,
    Fault,
    Merged,
    Request,
    checked,
    merge,
    read_returned,
    requests,
    workbook_bytes,
)
from bomrisk.compliance.declarations.columns import COLUMNS, SIGNATURE
from bomrisk.compliance.declarations.ledger import Ledger
from bomrisk.knowledge import Knowledge
from bomrisk.supply import trace_lines
from bomrisk.tables import LINES, MATERIALS, Table

KNOWLEDGE = Knowledge()
DAY = date(2026, 11, 23)
SIGNED = {
    "name": "P. Example",
    "title": "Quality manager",
    "email": "quality@example.invalid",
    "signature": "P. Example",
    "signed": "2026-11-20",
    "effective": "2026-11-20",
    "expires": "2027-11-20",
}
JAPAN = dict.fromkeys(("melted", "sintered", "magnetized"), "JPN")
SOUND = {
    "respondent_part": "EM-77",
    "scope": "lot",
    "lot": "L-1",
    "contains": "SmCo magnet",
    "known_by": "own process",
    **{f"{stage}_country": country for stage, country in JAPAN.items()},
}
WITHOUT = {key: value for key, value in SOUND.items() if not key.endswith("_country")}
"""A sound answer that names no country."""


def frame(table: Table, rows: list[dict[str, Any]]) -> pl.DataFrame:
    full = [{name: row.get(name) for name in table.names} for row in rows]
    return pl.DataFrame(full, schema=table.schema(), orient="row")


def bom() -> tuple[pl.DataFrame, pl.DataFrame]:
    """Two magnets of one supplier, a tungsten weight of another, a bracket of no matter."""
    lines = frame(
        LINES,
        [
            {
                "line": n,
                "line_id": f"f:{n}",
                "file": "bom.xlsx",
                "sheet": "BOM",
                "row": n + 2,
                "part_number": part,
                "description": text,
                "supplier": supplier,
                "cage": cage,
                "path": "TOP",
            }
            for n, (part, text, supplier, cage) in enumerate(
                [
                    ("M-1", "MAGNET, SMCO", "Example Magnets, Inc.", "1ABC2"),
                    ("M-2", "=MAGNET", "EXAMPLE MAGNETS", None),
                    ("W-1", "WEIGHT", "Example Tungsten", None),
                    ("B-1", "BRACKET", "Example Metals", None),
                ]
            )
        ],
    )
    found = ["smco_2_17", "ndfeb_sintered_sh", _heavy(), "al_6061"]
    rows = [{"line": n, "material_id": m, "inferred": n == 1} for n, m in enumerate(found)]
    return lines, frame(MATERIALS, rows)


def _heavy() -> str:
    return next(
        i
        for i, m in KNOWLEDGE.materials.items()
        if KNOWLEDGE.covered_family(m) == "tungsten-heavy-alloy"
    )


def asked(**contract: Any) -> tuple[Request, ...]:
    lines, materials = bom()
    facts = ContractFacts.model_validate({"id": "C-1", **contract})
    return requests(
        lines,
        materials,
        KNOWLEDGE,
        contract=facts,
        due=date(2026, 12, 15),
        requester="Example Prime",
    )


def magnets() -> Request:
    return asked()[0]


@cache
def sent() -> bytes:
    """The workbook as it goes to the magnet supplier."""
    return workbook_bytes(magnets())


def fill(
    data: bytes, answers: dict[int, dict[str, Any]], signature: dict[str, Any] | None = None
) -> bytes:
    """Fill a workbook as a clerk does: answers by row from 0, and the signature."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["Answers"]
    places = {column.key: at for at, column in enumerate(COLUMNS, start=1)}
    for row, values in answers.items():
        for key, value in values.items():
            sheet.cell(3 + row, places[key]).value = value
    sign = book["Signature"]
    for at, (key, _, _) in enumerate(SIGNATURE, start=2):
        if key in (signature if signature is not None else SIGNED):
            sign.cell(at, 2).value = (signature if signature is not None else SIGNED)[key]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def back(
    tmp_path: Path, data: bytes, name: str = "answer.xlsx", **more: Any
) -> tuple[tuple[Answer, ...], tuple[Fault, ...]]:
    path = tmp_path / name
    path.write_bytes(data)
    return checked(read_returned(path), more.pop("requests", asked()), **more)


def saved_by_libreoffice(tmp_path: Path, data: bytes) -> bytes:
    """The workbook as LibreOffice saves it; without LibreOffice the test fails in CI, and is skipped elsewhere."""
    program = shutil.which("soffice")
    if program is None:
        message = "no LibreOffice: install the package libreoffice-calc"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    filled, out = tmp_path / "filled.xlsx", tmp_path / "out"
    filled.write_bytes(data)
    run = subprocess.run(
        [
            program,
            f"-env:UserInstallation=file://{tmp_path / 'profile'}",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(out),
            str(filled),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (out / "filled.xlsx").is_file(), run.stderr
    return (out / "filled.xlsx").read_bytes()


def answered(
    tmp_path: Path, answer: dict[str, Any], signature: dict[str, Any] | None = None
) -> Answer:
    answers, _ = back(tmp_path, fill(sent(), {0: answer}, signature))
    return answers[0]


def merged_of(answers: tuple[Answer, ...], as_of: date = DAY) -> dict[str, Merged]:
    ledger = Ledger().with_answers(answers, date(2026, 11, 21))
    found = merge(asked(), ledger.as_of(as_of), as_of=as_of)
    return {one.asked.part_number: one for one in found}


def several(tmp_path: Path, *answers: dict[str, Any]) -> tuple[Answer, ...]:
    found: tuple[Answer, ...] = ()
    for at, answer in enumerate(answers):
        more, _ = back(tmp_path, fill(sent(), {0: answer}), f"answer{at}.xlsx")
        found += more[:1]
    return found


def findings_of(
    lines: pl.DataFrame, materials: pl.DataFrame, claims: pl.DataFrame | None = None
) -> pl.DataFrame:
    """The findings of all lines, without a contract."""
    traces = trace_lines(lines, materials, KNOWLEDGE, as_of=DAY, to=frozenset({"CHN"}))
    return judge_lines(
        lines,
        traces.materials,
        traces.cases,
        KNOWLEDGE,
        contract=ContractFacts(),
        as_of=DAY,
        claims=claims,
    )


def code_of(
    lines: pl.DataFrame,
    materials: pl.DataFrame,
    claims: pl.DataFrame | None = None,
    *,
    rule: str = "US-DFARS-7018-A",
) -> dict[str, Any]:
    findings = findings_of(lines, materials, claims)
    rows = findings.filter((pl.col("line") == 0) & (pl.col("rule") == rule))
    return rows.to_dicts()[0]
