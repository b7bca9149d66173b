"""The contract's facts: what is assumed is said, what is wrong is refused in one line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bomrisk.compliance import ContractFacts, contract_for, read_contract
from bomrisk.errors import BomriskError


def test_what_the_contract_does_not_say_is_marked_as_assumed() -> None:
    texts = ContractFacts(value_usd=1_000_000, award=date(2026, 1, 1)).as_text()
    assert texts["value_usd"] == "1000000.0"
    assert texts["award"] == "2026-01-01"
    assert texts["used_in"] == "USA (assumed)"
    assert texts["clauses"].endswith("(assumed)")
    assert "252.225-7052 (MAY 2024)" in texts["clauses"]
    assert texts["delivery"] == "not stated"
    assert texts["waivers"] == "not stated"


def test_the_flag_outranks_the_file() -> None:
    stated = ContractFacts(delivery=date(2026, 1, 1))
    assert contract_for(stated, delivery=date(2027, 2, 1)).delivery == date(2027, 2, 1)
    assert contract_for(stated, delivery=None).delivery == date(2026, 1, 1)
    assert contract_for(None, delivery=None).delivery is None


def test_a_contract_file(tmp_path: Path) -> None:
    file = tmp_path / "contract.yaml"
    file.write_text(
        "id: N00019-26-C-0001\ndelivery: 2027-02-01\nvalue_usd: 400000\n"
        "clauses: {252.225-7052: MAY 2024}\n"
        "waivers: [{authority: 10 USC 4872(e), signed: 2026-12-01, until: 2027-12-01}]\n",
        encoding="utf-8",
    )
    contract = read_contract(file)
    assert contract.delivery == date(2027, 2, 1)
    assert contract.waivers[0].until == date(2027, 12, 1)
    assert contract.as_text()["waivers"] == (
        "authority 10 USC 4872(e), signed 2026-12-01, until 2027-12-01"
    )


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("delivery: soon\n", "contract.yaml, delivery: "),
        ("delivry: 2027-01-01\n", "known facts are id, clauses, award, delivery"),
        ("value_usd: -1\n", "contract.yaml, value_usd: "),
        ("waivers: [{signed: 2026-01-01}]\n", "contract.yaml, waivers.0.authority: "),
        ("- a\n- b\n", "holds no facts of a contract"),
        ("a: [\n", "not readable as YAML"),
        ("delivery: 2026-13-40\n", "not readable as YAML"),
    ],
)
def test_a_bad_contract_is_one_line_with_the_place_and_the_mend(
    tmp_path: Path, text: str, part: str
) -> None:
    file = tmp_path / "contract.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BomriskError) as caught:
        read_contract(file)
    (line,) = str(caught.value).splitlines()
    assert part in line
    assert line.startswith("contract.yaml")
    assert ";" in line


def test_all_faults_of_a_contract_are_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "contract.yaml"
    file.write_text("delivery: soon\nvalue_usd: much\n", encoding="utf-8")
    with pytest.raises(BomriskError) as caught:
        read_contract(file)
    assert len(str(caught.value).splitlines()) == 2


def test_a_missing_or_huge_file(tmp_path: Path) -> None:
    with pytest.raises(BomriskError, match="name an existing file"):
        read_contract(tmp_path / "none.yaml")
    huge = tmp_path / "huge.yaml"
    huge.write_bytes(b"#" * 1_000_001)
    with pytest.raises(BomriskError, match="too large"):
        read_contract(huge)


@pytest.mark.parametrize(
    ("line", "mend"),
    [
        ("clauses: [252.225-7052]", r"names and values, such as clauses: \{252\.225-7052"),
        ("award: soon", "yyyy-mm-dd"),
        ("value_usd: much", "write a number"),
    ],
)
def test_the_mend_says_what_to_write(tmp_path: Path, line: str, mend: str) -> None:
    path = tmp_path / "contract.yaml"
    path.write_text(f"{line}\n")
    with pytest.raises(BomriskError, match=mend):
        read_contract(path)
