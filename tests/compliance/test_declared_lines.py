"""What a declaration does to the lines it meets: to its own material, to others, and against doubts."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from bomrisk.compliance import ContractFacts
from bomrisk.compliance.declarations import (
    apply_declarations,
    merge,
    requests,
    workbook_bytes,
)
from bomrisk.compliance.declarations.ledger import Ledger
from bomrisk.tables import MATERIALS
from tests.compliance.declared import (
    DAY,
    KNOWLEDGE,
    SOUND,
    WITHOUT,
    asked,
    back,
    bom,
    code_of,
    fill,
    findings_of,
    frame,
    merged_of,
    sent,
)


def _two_materials(tmp_path: Path, *answers: dict[str, object]) -> dict[str, str]:
    """Code of the first line by material, of a line that holds a magnet and a heavy alloy."""
    lines, _ = bom()
    held = {"smco_2_17": "smco", "wha_class1": "tungsten-heavy-alloy"}
    materials = frame(
        MATERIALS, [{"line": 0, "material_id": m, "inferred": True} for m in sorted(held)]
    )
    sent_out = requests(lines, materials, KNOWLEDGE, contract=ContractFacts(id="C-1"))
    assert [row.family for row in sent_out[0].rows] == ["smco", "tungsten-heavy-alloy"]
    data = fill(workbook_bytes(sent_out[0]), dict(enumerate(answers)))
    answered, _ = back(tmp_path, data, requests=sent_out)
    merged = merge(sent_out, Ledger().with_answers(answered, DAY).as_of(DAY), as_of=DAY)
    applied = apply_declarations(lines, merged)
    rows = findings_of(applied.lines, materials, applied.claims)
    rows = rows.filter((pl.col("line") == 0) & (pl.col("rule") == "US-DFARS-7018-A"))
    return {held[row["material_id"]]: row["code"] for row in rows.to_dicts()}


def test_none_of_one_material_settles_no_other_of_the_line(tmp_path: Path) -> None:
    none = {**WITHOUT, "contains": "contains none"}
    codes = _two_materials(tmp_path, none)
    assert codes == {"smco": "NOT_APPLICABLE", "tungsten-heavy-alloy": "INCOMPLETE"}


def test_where_one_material_was_made_says_nothing_of_another_of_the_line(tmp_path: Path) -> None:
    tungsten = {
        **WITHOUT,
        "contains": "tungsten heavy alloy",
        "reduced_country": "CHN",
        "consolidated_country": "JPN",
    }
    magnet = {**SOUND, "reduced_country": "JPN"}
    codes = _two_materials(tmp_path, magnet, tungsten)
    assert codes["tungsten-heavy-alloy"] == "FAIL"
    assert codes["smco"] != "FAIL"
    codes = _two_materials(tmp_path, magnet)
    assert codes["tungsten-heavy-alloy"] == "INCOMPLETE"


@pytest.mark.parametrize(("melted", "code"), [("CHN", "FAIL"), ("JPN", "PASS"), ("HKG", "REVIEW")])
def test_a_guess_that_its_supplier_confirms_is_judged_as_named(
    tmp_path: Path, melted: str, code: str
) -> None:
    lines, materials = bom()
    materials = materials.with_columns(inferred=pl.lit(True))
    answers, _ = back(tmp_path, fill(sent(), {0: {**SOUND, "melted_country": melted}}))
    merged = merge(asked(), Ledger().with_answers(answers[:1], DAY).as_of(DAY), as_of=DAY)
    applied = apply_declarations(lines, merged)
    found = code_of(applied.lines, materials, applied.claims)
    assert (found["code"], found["inferred"]) == (code, False), found
    assert "(declaration answer.xlsx" in found["facts"].partition("; ")[0]


def test_whether_a_guess_is_true_stays_owed_until_it_is_answered(tmp_path: Path) -> None:
    rows = {"mined_country": "AUS", "separated_country": "MYS", **SOUND, "contains": "unknown"}
    answers, _ = back(tmp_path, fill(sent(), {1: rows}))
    assert merged_of(answers)["M-2"].owed == ("whether the part holds it",)
    answers, _ = back(tmp_path, fill(sent(), {1: {**rows, "contains": "NdFeB magnet"}}))
    assert merged_of(answers)["M-2"].owed == ()


def test_a_supplier_whom_another_line_writes_otherwise_is_still_met(tmp_path: Path) -> None:
    lines, materials = bom()
    answers, _ = back(tmp_path, fill(sent(), {0: SOUND}))
    merged = merge(asked(), Ledger().with_answers(answers[:1], DAY).as_of(DAY), as_of=DAY)
    other = pl.col("line") == 3
    lines = lines.with_columns(
        supplier=pl.when(other).then(pl.lit("AAA Example")).otherwise("supplier"),
        cage=pl.when(other).then(pl.lit("1ABC2")).otherwise("cage"),
    )
    applied = apply_declarations(lines, merged)
    assert code_of(applied.lines, materials, applied.claims)["code"] == "PASS"
    without = lines.with_columns(cage=pl.when(other).then("cage"))
    unmet = requests(without, materials, KNOWLEDGE, contract=ContractFacts(id="C-1"))
    plain = [r for r in unmet if any(row.part_number == "M-1" for row in r.rows)]
    assert [r.supplier.cage for r in plain] == [None]
    data = fill(workbook_bytes(plain[0]), {0: SOUND})
    answers, _ = back(tmp_path, data, "plain.xlsx", requests=tuple(plain))
    merged = merge(plain, Ledger().with_answers(answers, DAY).as_of(DAY), as_of=DAY)
    named = without.with_columns(
        supplier=pl.when(other).then(pl.lit("Example Magnets")).otherwise("supplier")
    )
    applied = apply_declarations(named, merged)
    assert code_of(applied.lines, materials, applied.claims)["code"] == "PASS"
