"""The shipped knowledge passes every proof, and each kind of planted fault fails its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from bomrisk.errors import InputError
from bomrisk.knowledge.check import CHECKS, check
from bomrisk.knowledge.checks.shelf import Shelf
from bomrisk.knowledge.patterns import pattern_fault
from tests.knowledge.conftest import Copy


def problems(copy: Copy, name: str) -> list[InputError]:
    return list(dict(CHECKS)[name](Shelf(copy.data)))


def test_the_shipped_knowledge_is_sound() -> None:
    results = check()
    assert [name for name, _ in results] == [name for name, _ in CHECKS]
    assert [problem for _, found in results for problem in found] == []


def _material(copy: Copy, change: Callable[[dict[str, Any]], object]) -> None:
    copy.record("materials/magnets.json", lambda records: change(records[0]) and None)


def _rule(copy: Copy, change: Callable[[dict[str, Any]], object]) -> None:
    copy.record("part_rules.json", lambda records: change(records[0]) and None)


def _drop_country(rows: list[dict[str, str]]) -> None:
    del rows[next(i for i, row in enumerate(rows) if row["country"] == "OTH")]


def _twice(rows: list[dict[str, str]]) -> None:
    rows.append(dict(rows[0]))


def _closed(rows: list[dict[str, str]]) -> None:
    next(row for row in rows if row["closed_set"] == "yes" and row["share"])["share"] = "0.9999"


def _edition(copy: Copy, **values: object) -> None:
    path = copy.data / "edition.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | values))


FAULTS: dict[str, tuple[str, str, Callable[[Copy], object]]] = {
    # name: the check, words of the problem, the fault
    "edition is no day": (
        "edition and version are given",
        "no day",
        lambda c: _edition(c, edition="autumn"),
    ),
    "another form": (
        "edition and version are given",
        "version 2, not 1",
        lambda c: _edition(c, model=2),
    ),
    "source twice": ("ids are unique", "stands twice", lambda c: c.rows("sources", _twice)),
    "country twice in a named set": (
        "ids are unique",
        "'covered_4872 CHN'",
        lambda c: c.rows("country_sets", _twice),
    ),
    "material twice": (
        "ids are unique",
        "the material stands twice",
        lambda c: c.record("materials/magnets.json", lambda r: r.append(dict(r[0]))),
    ),
    "share without source": (
        "every entry has a source",
        "the row has no source",
        lambda c: c.row("shares", source_ids=""),
    ),
    "unknown source": (
        "every entry has a source",
        "there is no source 'NOPE'",
        lambda c: c.row("prices", source_ids="NOPE"),
    ),
    "unknown source of a plant's earlier status": (
        "every entry has a source",
        "earlier_source_ids",
        lambda c: c.row("facilities", earlier_source_ids="NOPE"),
    ),
    "table without sources": (
        "every entry has a source",
        "no column of sources",
        lambda c: c.rows("wgi", lambda rows: [row.pop("source_ids") for row in rows] and None),
    ),
    "material without source": (
        "every entry has a source",
        "the record has no source",
        lambda c: _material(c, lambda m: m.update(sources=[])),
    ),
    "platform with unknown source": (
        "every entry has a source",
        "f35.claims[0]",
        lambda c: c.record("platforms.json", lambda p: p[0]["claims"][0].update(sources=["X"])),
    ),
    "source that says nothing": (
        "sources say what was seen",
        "does not say what it is",
        lambda c: c.row("sources", title=""),
    ),
    "source of no kind": (
        "sources say what was seen",
        "no kind of source",
        lambda c: c.row("sources", kind="rumour"),
    ),
    "no grade": ("every figure has a grade", "'' is no grade", lambda c: c.row("wgi", evidence="")),
    "wrong grade": (
        "every figure has a grade",
        "'sure' is no grade",
        lambda c: _rule(c, lambda r: r.update(evidence="sure")),
    ),
    "unknown family": (
        "materials, families and elements resolve",
        "no family 'cheese'",
        lambda c: _material(c, lambda m: m.update(family="cheese")),
    ),
    "part rule of an unknown material": (
        "materials, families and elements resolve",
        "no material 'cheese'",
        lambda c: _rule(c, lambda r: r["implies"][0].update(material="cheese")),
    ),
    "platform of an unknown material": (
        "materials, families and elements resolve",
        "platforms.json, f35",
        lambda c: c.record(
            "platforms.json", lambda p: p[0]["subsystems"][0].update(materials=["x"])
        ),
    ),
    "grade of an unknown material": (
        "materials, families and elements resolve",
        "grades.csv, row 2",
        lambda c: c.row("grades", material_id="cheese"),
    ),
    "share of an unknown commodity": (
        "materials, families and elements resolve",
        "no commodity 'cheese'",
        lambda c: c.row("published_shares", commodity="cheese"),
    ),
    "event of an unknown element": (
        "materials, families and elements resolve",
        "no element or group 'Qq'",
        lambda c: c.row("events", elements="Nd;Qq"),
    ),
    "country that is none": (
        "countries are ISO 3166",
        "'CN' is no country code",
        lambda c: c.row("shares", country="CN"),
    ),
    "country of an event that is none": (
        "countries are ISO 3166",
        "events.csv, row 2, countries",
        lambda c: c.row("events", countries="CHN;QQQ"),
    ),
    "import source that is none": (
        "countries are ISO 3166",
        "'Canada'",
        lambda c: c.rows(
            "import_reliance",
            lambda rows: (
                next(r for r in rows if r["import_sources"]).update(import_sources="Canada:100")
                or None
            ),
        ),
    ),
    "bloc in a share set": (
        "countries are ISO 3166",
        "several countries",
        lambda c: c.row("shares", country="EU"),
    ),
    "set that does not sum": (
        "share sets sum to 1",
        "not to 1",
        lambda c: c.rows("shares", _drop_country),
    ),
    "published set that does not sum": (
        "share sets sum to 1",
        "published_shares.csv",
        lambda c: c.rows("published_shares", _closed),
    ),
    "negative share": (
        "shares lie in their ranges",
        "not in order within 0 to 1",
        lambda c: c.row("shares", share="-0.1", low="", high=""),
    ),
    "share that is NaN": (
        "shares lie in their ranges",
        "no number",
        lambda c: c.row("shares", share="nan"),
    ),
    "share above its range": (
        "shares lie in their ranges",
        "not in order",
        lambda c: c.row("shares", low="0", high="0"),
    ),
    "share that is empty": (
        "shares lie in their ranges",
        "the share is empty",
        lambda c: c.row("shares", share=""),
    ),
    "stage that is no word of the law": (
        "shares lie in their ranges",
        "'mining' is no stage",
        lambda c: c.row("shares", stage="mining"),
    ),
    "country twice in a set": (
        "shares lie in their ranges",
        "stands twice in its set",
        lambda c: c.rows("shares", _twice),
    ),
    "composition that does not sum": (
        "compositions sum to 100",
        "sum to",
        lambda c: _material(c, lambda m: m["composition"].update(Co=[0.0, 3.0, 5.0])),
    ),
    "content below its least": (
        "compositions sum to 100",
        "not in order",
        lambda c: _material(c, lambda m: m["composition"].update(Co=[0.6, 0.5, 1.5])),
    ),
    "content that is no number": (
        "compositions sum to 100",
        "not three numbers",
        lambda c: _material(c, lambda m: m["composition"].update(Co=["much", 0.5, 1.5])),
    ),
    "element that is none": (
        "compositions sum to 100",
        "no element 'Nx'",
        lambda c: _material(c, lambda m: m["composition"].update(Nx=[0.0, 0.0, 0.0])),
    ),
    "composition that is empty": (
        "compositions sum to 100",
        "is empty",
        lambda c: _material(c, lambda m: m.update(composition={})),
    ),
    "basis that is none": (
        "materials are sound",
        "'guess' is no basis",
        lambda c: _material(c, lambda m: m.update(basis="guess")),
    ),
    "density in kg/m3": (
        "materials are sound",
        "impossible",
        lambda c: _material(c, lambda m: m.update(density_g_cm3=7500)),
    ),
    "code system that is none": (
        "materials are sound",
        "no system of codes 'din'",
        lambda c: _material(c, lambda m: m.update(codes={"din": ["1"]})),
    ),
    "balance that is not there": (
        "materials are sound",
        "the balance 'Zn'",
        lambda c: _material(c, lambda m: m.update(balance=["Zn"])),
    ),
    "material without a name": (
        "materials are sound",
        "empty",
        lambda c: _material(c, lambda m: m.update(name="")),
    ),
    "rule without a pattern": (
        "part rules are sound",
        "no pattern",
        lambda c: _rule(c, lambda r: r.update(patterns=[])),
    ),
    "confidence above 1": (
        "part rules are sound",
        "confidence",
        lambda c: _rule(c, lambda r: r.update(confidence=1.2)),
    ),
    "amounts not in order": (
        "part rules are sound",
        "not in order",
        lambda c: _rule(c, lambda r: r["implies"][0].update(low=0.5, likely=0.2, high=0.6)),
    ),
    "more than the part": (
        "part rules are sound",
        "more than the whole part",
        lambda c: _rule(c, lambda r: r["implies"][0].update(high=1.2)),
    ),
    "amount that is no number": (
        "part rules are sound",
        "no number",
        lambda c: _rule(c, lambda r: r["implies"][0].update(low="some")),
    ),
    "amount of no basis": (
        "part rules are sound",
        "no basis",
        lambda c: _rule(c, lambda r: r["implies"][0].update(basis="per metre")),
    ),
    "look-around": (
        "patterns compile everywhere",
        "looks around",
        lambda c: _material(c, lambda m: m.update(patterns=["N(?=52)"])),
    ),
    "pattern of a rule that does not compile": (
        "patterns compile everywhere",
        "does not compile",
        lambda c: _rule(c, lambda r: r.update(negative_patterns=["(open"])),
    ),
    "day that is none": (
        "dates parse and are in order",
        "'2025-02-30' is no day",
        lambda c: c.row("events", date="2025-02-30"),
    ),
    "span that ends before it begins": (
        "dates parse and are in order",
        "ends before it begins",
        lambda c: c.row("routes_constraints", date_to="1999-01-01"),
    ),
    "year that is none": (
        "dates parse and are in order",
        "'last year' is no year",
        lambda c: c.row("shares", year="last year"),
    ),
    "price below nothing": (
        "figures are numbers in their ranges",
        "'-1'",
        lambda c: c.row("prices", usd_per_kg="-1"),
    ),
    "factor that is missing": (
        "figures are numbers in their ranges",
        "t_likely",
        lambda c: c.row("trade_factor", t_likely=""),
    ),
    "factors not in order": (
        "figures are numbers in their ranges",
        "not in order",
        lambda c: c.row("trade_factor", t_low="1.4"),
    ),
    "price in no unit": (
        "figures have units",
        "the figure has no unit",
        lambda c: c.row("prices", unit=""),
    ),
    "tonnes in words": (
        "figures have units",
        "'metric tons' is no unit",
        lambda c: c.rows(
            "published_shares",
            lambda rows: next(r for r in rows if r["quantity"]).update(unit="metric tons") or None,
        ),
    ),
    "control of no kind": (
        "export controls are sound",
        "'whim'",
        lambda c: c.row("controls", kind="whim"),
    ),
    "control of an unknown element": (
        "export controls are sound",
        "'Qq'",
        lambda c: c.row("controls", elements="Ga;Qq"),
    ),
    "window that ends before it begins": (
        "export controls are sound",
        "no span of days",
        lambda c: c.row("controls", suspensions="2026-01-02/2026-01-01"),
    ),
    "chain with a stage of the data": (
        "stages are the law's",
        "'refining' is no stage",
        lambda c: c.row("commodities", chain="mined;refining"),
    ),
    "stand-in that does not exist": (
        "stages are the law's",
        "no commodity 'cheese'",
        lambda c: c.row("commodities", mined_with="cheese"),
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(copy: Copy, fault: str) -> None:
    name, words, plant = FAULTS[fault]
    plant(copy)
    found = problems(copy, name)
    assert any(words in str(problem) for problem in found), found
    assert all(problem.mend and problem.file for problem in found)


def test_every_check_has_a_planted_fault() -> None:
    assert {name for name, _, _ in FAULTS.values()} == {name for name, _ in CHECKS}


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"a(?!b)", "looks around"),
        (r"(?<=a)b", "looks around"),
        (r"(a)\1", "refers back"),
        (r"(?P<x>a)(?P=x)", "refers back"),
        (r"(?>a)b", "atomic"),
        (r"a++b", "possessive"),
        (r"a*", "empty text"),
        (r"[a", "does not compile"),
        (r"\Ad\Z", "does not compile in Polars"),
    ],
)
def test_patterns_outside_the_subset(pattern: str, words: str) -> None:
    fault = pattern_fault(pattern)
    assert fault is not None
    assert words in fault


@pytest.mark.parametrize(
    "pattern", [r"\bN(?:42|52)\b", r"(?i)servo[\s-]*motor", r"\\1a", "无刷电机"]
)
def test_patterns_inside_the_subset(pattern: str) -> None:
    assert pattern_fault(pattern) is None
