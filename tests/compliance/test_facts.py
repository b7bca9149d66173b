"""Facts at the door: spans, editions, cells, and one line for each fault with its place and mend."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

import bomrisk.compliance
from bomrisk.compliance import ContractFacts, PartFacts, read_cases
from bomrisk.compliance.contract import months_after
from bomrisk.compliance.facts_file import LIMIT_BYTES
from bomrisk.compliance.origins import read_places
from bomrisk.errors import BomriskError


def test_a_span_of_deliveries() -> None:
    for told in ("2026-11-01/2027-02-28", ["2026-11-01", "2027-02-28"]):
        facts = ContractFacts.model_validate({"delivery": told})
        assert facts.delivery == date(2026, 11, 1)
        assert facts.last_delivery == date(2027, 2, 28)
    assert ContractFacts(delivery=date(2027, 1, 1)).last_delivery == date(2027, 1, 1)
    with pytest.raises(ValidationError, match="not behind"):
        ContractFacts.model_validate({"delivery": "2027-02-28/2026-11-01"})


@pytest.mark.parametrize("told", ["may 2024", "MAY 2024", "May  2024", date(2024, 5, 30)])
def test_editions_of_a_clause(told: object) -> None:
    facts = ContractFacts.model_validate({"clauses": {"252.225-7052": told}})
    assert facts.clauses == {"252.225-7052": "MAY 2024"}


@pytest.mark.parametrize("told", ["2024", "spring 2024", "XYZ 2024"])
def test_what_is_no_edition_is_refused(told: str) -> None:
    with pytest.raises(ValidationError, match="no clause edition"):
        ContractFacts.model_validate({"clauses": {"252.225-7052": told}})


def test_the_threshold_of_an_unknown_day_is_unknown() -> None:
    assert ContractFacts.model_validate({"award": None}).threshold_usd is None
    assert ContractFacts(award=date(2025, 9, 30)).threshold_usd == 250_000
    assert ContractFacts(award=date(2025, 10, 1)).threshold_usd == 350_000
    with pytest.raises(ValidationError):
        ContractFacts.model_validate({"value_usd": float("nan")})


def test_names_that_yaml_reads_as_numbers() -> None:
    assert ContractFacts.model_validate({"id": 4711}).id == "4711"
    assert PartFacts.model_validate({"end_item": 35}).end_item == "35"


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2026, 12, 5), 36, date(2029, 12, 5)),
    ],
)
def test_months_later(day: date, months: int, expected: date) -> None:
    assert months_after(day, months) == expected


@pytest.mark.parametrize(
    ("facts", "fault"),
    [
        ({"composition": {"Fe": 120}}, "give 0 to 100"),
        ({"composition": {"Fe": 60, "Ni": 50}}, "above 101"),
        ({"composition": {"Fe": float("nan")}}, "give 0 to 100"),
        ({"origins": {"refined": "AUS", "separated": "CHN"}}, "same stage"),
        ({"constituents": {"Dy": {"forged": "CHN"}}}, "no stage"),
        ({"constituents": ["Dy"]}, "valid dictionary"),
        ({"hts": "abc"}, "pattern"),
    ],
)
def test_facts_that_cannot_be(facts: dict[str, object], fault: str) -> None:
    with pytest.raises(ValidationError, match=fault):
        PartFacts.model_validate(facts)


def test_a_key_without_a_value_is_unsaid() -> None:
    part = PartFacts.model_validate({"material": None, "origins": {"melted": None}, "cots": None})
    assert part == PartFacts()


def test_where_a_fact_came_from() -> None:
    part = PartFacts(
        origins={"melted": "CN/JP"}, sources={"origins.melted": "column H", "cots": "flag"}
    )
    place = read_places(part.origins, part.sources)["melted"]
    assert (place.countries, place.source) == (("CHN", "JPN"), "column H")
    assert part.source("cots") == "flag"
    assert part.source("item") == "stated"


def test_cells_and_their_remainders() -> None:
    cells = {
        "mined": "60% AU, 40% CN",
        "separated": "60% AU",
        "reduced": "unknown",
        "melted": "Atlantis",
        "sintered": "JPN/OTH",
    }
    places = read_places(cells, {})
    assert set(places) == {"mined", "separated", "melted", "sintered"}
    assert places["mined"].whole
    assert not places["separated"].whole
    assert places["melted"].unreadable
    assert places["melted"].countries == ()


ONE = "part: {material: smco, item: magnet, origins: {melted: CHN}}\ncontract: {delivery: 2026-12-15}\n"


def test_one_part_alone_and_a_list() -> None:
    (case,) = read_cases(ONE, file="magnet.yaml")
    assert (case.id, case.part.material, case.contract.delivery) == (
        "1",
        "smco",
        date(2026, 12, 15),
    )
    (bare,) = read_cases("{material: smco, item: magnet}", file="x")
    assert bare.part.item == "magnet"
    cases = read_cases('[{"id": "A", "part": {}}, {"id": 7, "part": {}, "contract": {}}]', file="x")
    assert [case.id for case in cases] == ["A", "7"]


def test_a_contract_of_the_command_serves_parts_without_one() -> None:
    given = ContractFacts(delivery=date(2030, 1, 1))
    first, second = read_cases(
        "- {part: {}}\n- {part: {}, contract: {}}\n", file="x", contract=given
    )
    assert first.contract.delivery == date(2030, 1, 1)
    assert second.contract.delivery is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: [", "not readable as YAML or JSON"),
        ("just words", "holds no facts of a part"),
        ("[]", "holds no facts of a part"),
        ("- 1", "holds no facts of a part"),
        ("contract: {}", "x, part: holds no facts"),
        ("part: []", "x, part: holds no facts"),
        ("- {id: B, part: {}, contrct: {}}", "x, B.contrct: no fact of that name"),
        ("- {id: B, part: {materiel: smco}}", "x, B.part.materiel: no fact of that name"),
        ("- {id: B, part: {origins: {forged: CHN}}}", "x, B.part.origins: 'forged' is no stage"),
        ("- {id: B, part: {}, contract: {waivers: [{foo: 1}]}}", "x, B.contract.waivers.0."),
        ("- {id: B, part: {}}\n- {id: B, part: {}}", "x: the id B stands twice"),
        ("- {part: {item: gadget}}", "x, [0].part.item: input should be 'magnet'"),
    ],
)
def test_a_fault_is_one_line_with_its_place(text: str, said: str) -> None:
    with pytest.raises(BomriskError) as caught:
        read_cases(text, file="x")
    lines = str(caught.value).splitlines()
    assert any(said in line for line in lines), lines
    assert all(line.startswith("x") and ";" in line for line in lines)


def test_all_faults_at_once_and_a_limit() -> None:
    with pytest.raises(BomriskError) as caught:
        read_cases("- {part: {item: a}}\n- {part: {item: b}, contract: {delivery: soon}}", file="x")
    assert len(str(caught.value).splitlines()) == 3
    with pytest.raises(BomriskError, match="too large"):
        read_cases("#" * (LIMIT_BYTES + 1), file="x")


def test_the_package_names_what_it_has_not() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = bomrisk.compliance.nothing
