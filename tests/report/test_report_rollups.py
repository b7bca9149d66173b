"""What the section on assemblies, suppliers and regimes holds, worked out by hand on a small BOM."""

from __future__ import annotations

from bomrisk.report.rollups import ASSEMBLIES_SHOWN, Rollups, rollups_of
from tests.report.builders import RULE_A, RULE_B, assessment_of, finding, line, score

METALS = {**RULE_A, "rule": "US-DFARS-7003", "effective_to": None}


def small() -> Rollups:
    """A plane with a pump that holds a failing magnet, and a passing bracket."""
    lines = [
        line(0, part_number="PLANE", level=0),
        line(1, part_number="PUMP", parent=0, level=1),
        line(2, part_number="MAGNET", parent=1, level=2, supplier="Magnets"),
        line(3, part_number="BRACKET", parent=0, level=1, supplier="Metals"),
    ]
    findings = [
        finding(2, "PASS", RULE_A),
        finding(2, "FAIL", RULE_B),
        finding(2, "EXEMPT", METALS),
        finding(3, "INCOMPLETE", METALS),
    ]
    scores = [
        score(0, "Unknown", ""),
        score(1, "Low", ""),
        score(2, "Critical", ""),
        score(3, "Moderate", ""),
    ]
    evidence = [
        {"supplier": "Magnets", "stage": "melted", "lines": 3, "bands_moved": 2, "width": 1.0},
        {"supplier": "", "stage": "mined", "lines": 1, "bands_moved": 0, "width": 0.5},
        {"supplier": "Magnets", "stage": "mined", "lines": 3, "bands_moved": 0, "width": 0.4},
    ]
    return rollups_of(
        assessment_of(lines=lines, findings=findings, scores=scores, next_evidence=evidence)
    )


def test_an_assembly_shows_the_worst_below_it_and_counts_each_line_once() -> None:
    plane, pump = small().assemblies
    assert (plane.ref.number, plane.depth, plane.band.code) == ("PLANE", 0, "Critical")
    assert {word.code: n for word, n in plane.counts} == {
        "Critical": 1,
        "High": 0,
        "Moderate": 1,
        "Unknown": 1,
        "Low": 1,
    }
    assert (pump.ref.number, pump.depth) == ("PUMP", 1)
    assert [(s.word.code, s.lines) if s else None for s in pump.standings] == [
        ("PASS", 1),
        ("FAIL", 1),
        ("EXEMPT", 1),
    ]
    assert [s.word.code if s else None for s in plane.standings] == ["PASS", "FAIL", "INCOMPLETE"]


def test_suppliers_stand_by_their_worst_line() -> None:
    found = small()
    assert [row.name for row in found.suppliers] == ["Magnets", "Metals"]
    assert [s.word.code if s else None for s in found.suppliers[1].standings] == [
        None,
        None,
        "INCOMPLETE",
    ]
    assert found.heads[0] == ("7052", "until 2026-12-31")


def test_regimes_side_by_side_and_where_the_clauses_differ() -> None:
    found = small()
    assert found.deliveries == (("deliverable until 2026-12-31, not after", 1),)
    first, second = found.overlaps
    assert (first.word.code, first.word_7009.code, first.count) == ("PASS", "EXEMPT", 1)
    assert (second.word.code, second.head[1]) == ("FAIL", "from 2027-01-01")
    assert second.ref.number == "MAGNET"


def test_requests_are_grouped_by_supplier_in_the_order_of_their_first_stage() -> None:
    magnets, unnamed = small().requests
    assert magnets.supplier == "Magnets"
    assert [(one.stage, one.bands_moved) for one in magnets.stages] == [
        ("melted (alloy)", 2),
        ("mined", 0),
    ]
    assert unnamed.supplier == "supplier not stated"


def test_of_many_assemblies_the_upper_levels_are_shown_and_the_rest_counted() -> None:
    lines = [line(0, part_number="TOP", level=0)]
    for number in range(1, 2 * ASSEMBLIES_SHOWN, 2):
        lines.append(line(number, part_number=f"A{number}", parent=0, level=1))
        lines.append(line(number + 1, part_number=f"P{number}", parent=number, level=2))
    found = rollups_of(assessment_of(lines=lines))
    assert len(found.assemblies) == ASSEMBLIES_SHOWN
    assert found.assemblies[0].ref.number == "TOP"
    assert found.assemblies_left == 1


def test_a_flat_bom_without_findings_has_nothing_to_sum_up() -> None:
    found = rollups_of(assessment_of(lines=[line(0), line(1)]))
    assert found == Rollups((), (), (), 0, (), 0, (), (), (), 0)
